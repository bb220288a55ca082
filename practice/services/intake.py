"""A partner's own intake: section by section, each kept, changed and shown by its author alone.

What the others wrote, and whether they were asked at all, changes nothing here, unless they chose
to show a section.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.agreements import SecretsRule
from practice.domain.homework.blocks import JSON
from practice.domain.homework.definition import InvalidEntry
from practice.domain.intake import BY_KEY, SECTIONS, Section
from practice.domain.joint_facts import tells
from practice.domain.people import Actor, Reader, Standing
from practice.domain.visibility import Audience, Facts
from practice.models.intake import IntakeEntry, IntakeRequest
from practice.services import access, audit, clock, drafts, secrets_policies
from practice.services.badges import carers_in_words, seen_by
from practice.services.drafts import DraftKind, Keeping, Kept
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.intake_entries import (
    IntakeView,
    by_section,
    entries_of,
    own_and_shown,
    put,
    requests_of,
    view_of,
)
from practice.services.once import free_id
from practice.services.people import (
    PRESENT_MEMBERS,
    Member,
    members_of_all,
    therapists_of_all,
)


@dataclass(frozen=True, slots=True)
class OwnSection:
    """One section as its author meets it in the list."""

    id: UUID
    section: Section
    entry: IntakeView | None
    """What they wrote last."""

    noted: IntakeView | None
    """What the therapist noted of what they told."""

    badge: str
    """Who can see what is shown of it, in words to its author; empty while there is nothing."""


@dataclass(frozen=True, slots=True)
class OwnIntake:
    """One's own intake in one couple."""

    id: UUID
    therapist: str
    carers: str
    """Everybody who treats them now and so reads it, by first name."""

    others: tuple[str, ...]
    """First names of those to whom a section could be shown."""

    is_asked: bool
    """Whether it waits on the first page."""

    may_write: bool
    sections: tuple[OwnSection, ...]

    @property
    def minutes(self) -> int:
        """How long the sections take that are not written yet."""
        return sum(one.section.minutes for one in self.sections if one.entry is None)

    @property
    def left(self) -> int:
        """How many sections are not written yet."""
        return sum(one.entry is None for one in self.sections)


@dataclass(frozen=True, slots=True)
class ShownSection:
    """What another member chose to show."""

    member: Member
    view: IntakeView
    badge: str
    """Who can see it, in words to the reader."""


@dataclass(frozen=True, slots=True)
class MyIntake:
    """A partner's intake pages."""

    own: tuple[OwnIntake, ...]
    shown: tuple[ShownSection, ...]


@dataclass(frozen=True, slots=True)
class SectionPage:
    """One section to be filled in."""

    id: UUID
    section: Section
    carers: str
    """Everybody who treats them now and so reads it, by first name."""

    rule: SecretsRule
    content: Mapping[str, JSON]
    """What was written last; empty the first time."""

    audience: Audience
    """For whom it was written last; for as few as can be the first time."""

    kept: Kept | None
    following: UUID | None
    """The next section that is not written yet."""


@tells()
def my_intake(*, actor: Actor) -> MyIntake:
    """Return one's own intake in each couple, and what others chose to show."""
    readers = access.own_couples(actor)
    if not readers:
        return MyIntake((), ())
    rows = own_and_shown(readers, actor.person_id)
    visible = [row for row in rows if access.in_plain_sight(readers[row.couple_id], [row], _facts)]
    asked = {row.couple_id: row for row in requests_of(readers, actor.person_id)}
    therapists, members = therapists_of_all(readers), members_of_all(readers)
    own = (
        _own(
            actor, reader, visible, asked.get(couple_id), therapists[couple_id], members[couple_id]
        )
        for couple_id, reader in readers.items()
    )
    return MyIntake(
        own=tuple(one for one in own if one is not None),
        shown=tuple(
            ShownSection(
                _author(members[row.couple_id], row.person_id),
                view_of(row),
                seen_by(readers[row.couple_id], row.facts),
            )
            for row in visible
            if row.person_id != actor.person_id and row.superseded_at is None
        ),
    )


@tells()
def section_page(*, actor: Actor, section_id: UUID) -> SectionPage:
    """Return a section for its author, with what was written or begun.

    Raises:
        NotFound: if it is not one of a present couple of the actor's.
    """
    reader, section = _find(actor, section_id)
    rows = entries_of([reader.couple_id], actor.person_id)
    own = by_section(access.in_plain_sight(reader, rows, _facts))
    latest = next(iter(own.get((section.key, False), [])), None)
    written = {key for key, is_noted in own if not is_noted}
    after = [one.key for one in SECTIONS if one.key not in written and one.key != section.key]
    return SectionPage(
        id=section_id,
        section=section,
        carers=carers_in_words(reader.couple_id),
        rule=secrets_policies.current_rule(reader.couple_id),
        content=latest.content if latest else {},
        audience=_offered(section, latest),
        kept=drafts.kept(actor=actor, kind=DraftKind.INTAKE, about_id=section_id),
        following=section_id_of(reader.couple_id, actor.person_id, after[0]) if after else None,
    )


def keep_for_later(*, actor: Actor, section_id: UUID, fields: Mapping[str, str]) -> Keeping:
    """Keep a half-written section for its author alone.

    Raises:
        NotFound: as ``section_page``.
    """
    _find(actor, section_id)
    return drafts.keep(actor=actor, kind=DraftKind.INTAKE, about_id=section_id, fields=fields)


def save(
    *,
    actor: Actor,
    section_id: UUID,
    new_id: UUID,
    raw: Mapping[str, object],
    audience: Audience,
) -> None:
    """Keep what the actor wrote, in the place of what they wrote before.

    Args:
        actor: A present member.
        section_id: Which section.
        new_id: Id of the new entry; a second call with the same id changes nothing.
        raw: Answers by question, as the form hands them over.
        audience: One of ``Section.audiences``.

    Raises:
        NotFound: as ``section_page``.
        Invalid: by question, or naming ``audience``.
    """
    reader, section = _find(actor, section_id)
    access.hold(reader.couple_id)
    row_id = free_id(
        IntakeEntry,
        new_id,
        lambda known: (known.couple_id, known.person_id) == (reader.couple_id, actor.person_id),
    )
    if row_id is None:
        return
    if audience not in section.audiences:
        raise Invalid({"audience": "Choose one of the readers in the list."})
    row = IntakeEntry(
        id=row_id,
        couple_id=reader.couple_id,
        person_id=actor.person_id,
        section=section.key,
        content=cleaned(section, raw),
        audience=audience,
        written_at=clock.now(),
    )
    access.require_act(reader, row.facts, Operation.WRITE)
    put(row)
    drafts.drop(person_id=actor.person_id, kind=DraftKind.INTAKE, about_id=section_id)
    audit.note_write(actor, reader.couple_id, "intake.written")


def share(*, actor: Actor, entry_id: UUID) -> None:
    """Show one's own section to every present member; a second time changes nothing.

    Raises:
        NotFound: if it is not the actor's own, or they may not show it any more.
        Refused: if a later one stands in its place.
    """
    reader, row = _require_own(actor, entry_id)
    if row.audience is Audience.COUPLE:
        return
    access.require_act(reader, row.facts, Operation.SHARE)
    if row.superseded_at is not None or row.noted_by is not None:
        raise Refused("Only what you wrote yourself, as it stands now, can be shown.")
    row.audience, row.shared_at = Audience.COUPLE, clock.now()
    db.session.flush()
    audit.note_write(actor, row.couple_id, "intake.shared")


def unshare(*, actor: Actor, entry_id: UUID) -> None:
    """Take one's own section back from the others; a second time changes nothing.

    Raises:
        NotFound: if it is not the actor's own.
    """
    reader, row = _require_own(actor, entry_id)
    if row.audience is not Audience.COUPLE:
        return
    access.require_act(reader, row.facts, Operation.WITHDRAW)
    row.audience, row.shared_at = Audience.THERAPIST, None
    db.session.flush()
    audit.note_write(actor, row.couple_id, "intake.taken_back")


def finish(*, actor: Actor, intake_id: UUID) -> None:
    """Say that one has written what one wants to for now; it leaves the first page.

    Raises:
        NotFound: if it is not one's own in a present couple.
    """
    for couple_id in access.present_couples(actor):
        if intake_id_of(couple_id, actor.person_id) == intake_id:
            for row in requests_of([couple_id], actor.person_id):
                row.closed_at = row.closed_at or clock.now()
            db.session.flush()
            audit.note_write(actor, couple_id, "intake.finished")
            return
    raise NotFound


def section_id_of(couple_id: UUID, person_id: UUID, key: str) -> UUID:
    """Return the address of one person's section in one couple."""
    return uuid5(couple_id, f"intake {person_id} {key}")


def intake_id_of(couple_id: UUID, person_id: UUID) -> UUID:
    """Return the address of one person's intake in one couple."""
    return uuid5(couple_id, f"intake {person_id}")


def cleaned(section: Section, raw: Mapping[str, object]) -> dict[str, JSON]:
    """Return the answers as they are stored.

    Raises:
        Invalid: by question.
    """
    try:
        return section.clean(raw)
    except InvalidEntry as problem:
        raise Invalid(problem.errors) from problem


def _find(actor: Actor, section_id: UUID) -> tuple[Reader, Section]:
    for couple_id, reader in access.present_couples(actor).items():
        for section in SECTIONS:
            if section_id_of(couple_id, actor.person_id, section.key) == section_id:
                return reader, section
    raise NotFound


def _require_own(actor: Actor, entry_id: UUID) -> tuple[Reader, IntakeEntry]:
    row = db.session.get(IntakeEntry, entry_id, with_for_update=True)
    if row is None or row.person_id != actor.person_id or row.section not in BY_KEY:
        raise NotFound
    if row.is_locked:
        raise NotFound
    reader = access.own_couples(actor).get(row.couple_id)
    if reader is None:
        raise NotFound
    access.require_visible(reader, row.facts)
    return reader, row


def _own(
    actor: Actor,
    reader: Reader,
    visible: list[IntakeEntry],
    request: IntakeRequest | None,
    therapist: str,
    members: tuple[Member, ...],
) -> OwnIntake | None:
    present = reader.standing is Standing.MEMBER
    mine = [
        row
        for row in visible
        if row.person_id == actor.person_id and row.couple_id == reader.couple_id
    ]
    newest = {key: rows[0] for key, rows in by_section(mine).items()}
    latest = {key: view_of(row) for key, row in newest.items()}
    sections = tuple(
        OwnSection(
            id=section_id_of(reader.couple_id, actor.person_id, section.key),
            section=section,
            entry=latest.get((section.key, False)),
            noted=latest.get((section.key, True)),
            badge=_badge(reader, newest.get((section.key, False), newest.get((section.key, True)))),
        )
        for section in SECTIONS
        if present or (section.key, False) in latest or (section.key, True) in latest
    )
    if not sections:
        return None
    others = (m.first_name for m in members if m.is_current and m.person_id != actor.person_id)
    return OwnIntake(
        id=intake_id_of(reader.couple_id, actor.person_id),
        therapist=therapist,
        carers=carers_in_words(reader.couple_id),
        others=tuple(others) if present else (PRESENT_MEMBERS,),
        is_asked=present and request is not None and request.closed_at is None,
        may_write=present,
        sections=sections,
    )


def _badge(reader: Reader, row: IntakeEntry | None) -> str:
    return seen_by(reader, row.facts) if row is not None else ""


def _facts(row: IntakeEntry) -> Facts:
    return row.facts


def _author(members: tuple[Member, ...], person_id: UUID) -> Member:
    return [member for member in members if member.person_id == person_id][-1]


def _offered(section: Section, latest: IntakeEntry | None) -> Audience:
    """Return what is preset: the narrowest, or what its author chose for it the last time.

    What is shown to the others by now is not shown again by changing it.
    """
    chosen = latest is not None and latest.audience in section.audiences
    return latest.audience if latest is not None and chosen else section.audiences[0]
