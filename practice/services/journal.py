"""A partner's journal: pages for themselves alone, of which they may show one to the therapist.

Nobody else can tell that a private page exists, the therapist included: no list, count, order or
size of anybody's page comes from this table, no line of the access log speaks of it, and the query
of the therapist's page leaves it out before the policy is asked. Decision 0045 says why its words
can be changed, and from when on they cannot.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.agreements import SecretsRule
from practice.domain.joint_facts import tells
from practice.domain.people import Actor, Reader, Standing
from practice.domain.texts import tidy
from practice.domain.visibility import Audience, Facts, Kind
from practice.domain.words import listed
from practice.models.journal import JournalPage
from practice.services import access, clock, drafts, secrets_policies
from practice.services.badges import carers_in_words, seen_by
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.once import free_id
from practice.services.paging import Paging, paging
from practice.services.people import Member, each_once, members_of, members_of_all, title_of

LONGEST = 20_000
"""Characters of one page."""

ON_A_PAGE = 10
_PLACE = UUID("7b0c5f0e-6f4e-4f0d-9b55-0a5ddc6a2d51")


@dataclass(frozen=True, slots=True)
class Place:
    """A couple in which somebody can write: whose therapist a page can be shown to."""

    id: UUID
    """Of the person's place in the couple; the couple itself stands in no form."""

    words: str
    carers: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page as its author reads it."""

    id: UUID
    words: str
    written_at: datetime
    changed_at: datetime | None
    badge: str
    carers: str
    """Everybody who treats them now, by first name."""

    is_shown: bool
    """The therapist reads it now."""

    may_change: bool
    may_delete: bool


@dataclass(frozen=True, slots=True)
class Journal:
    """One's own journal, newest page first."""

    pages: tuple[Page, ...]
    paging: Paging
    places: tuple[Place, ...]
    """Where a new page can be written; none after leaving the couple."""


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page as the therapist reads it."""

    author: Member
    words: str
    written_at: datetime
    shown_at: datetime
    badge: str
    rule: SecretsRule
    """The rule about secrets that held when it was written."""


@dataclass(frozen=True, slots=True)
class ShownPages:
    """What members chose to show of their journals, the latest shown first."""

    title: str
    pages: tuple[ShownPage, ...]
    paging: Paging
    readers: str
    """Who could see such a page, in words to the therapist."""


@tells()
def own_journal(*, actor: Actor, wanted: int = 1) -> Journal:
    """Return the journal of ``actor``, a partner, without what they have locked away."""
    readers = access.own_couples(actor)
    rows = [
        row
        for row in _own_rows(actor)
        if row.couple_id in readers and access.may_see(readers[row.couple_id], row.facts)
    ]
    part = paging(len(rows), wanted, ON_A_PAGE)
    return Journal(
        pages=tuple(_page(readers[row.couple_id], row) for row in rows[part.part]),
        paging=part,
        places=places(actor=actor),
    )


@tells()
def places(*, actor: Actor) -> tuple[Place, ...]:
    """Return where ``actor`` can write, the couple they joined last first."""
    readers = access.present_couples(actor)
    members = members_of_all(readers)
    return tuple(
        Place(
            id=_place_id(reader),
            words=_place_words(actor, members[couple_id], couple_id),
            carers=carers_in_words(couple_id),
        )
        for couple_id, reader in readers.items()
    )


@tells()
def own_page(*, actor: Actor, page_id: UUID) -> Page:
    """Return one page of the actor's own.

    Raises:
        NotFound: if it is not the actor's own, or locked away.
    """
    reader, row = _require_own(actor, page_id)
    return _page(reader, row)


def write(*, actor: Actor, new_id: UUID, words: str, place: UUID | None = None) -> UUID:
    """Write a page for oneself alone, and return its id.

    Args:
        actor: A present member.
        new_id: Id of the new page; a second call with the same id changes nothing.
        words: 1 to ``LONGEST`` characters.
        place: One of ``places``; None: the first.

    Raises:
        NotFound: if the actor is a member of no couple now, or ``place`` is none of theirs.
        Invalid: naming ``words``.
    """
    reader = _require_place(actor, place)
    access.hold(reader.couple_id)
    row_id = free_id(
        JournalPage,
        new_id,
        lambda known: known.author_id == actor.person_id,
    )
    if row_id is None:
        return new_id
    row = JournalPage(
        id=row_id,
        couple_id=reader.couple_id,
        author_id=actor.person_id,
        words=_checked(words),
        audience=Audience.PRIVATE,
        written_at=clock.now(),
    )
    access.require_act(reader, row.facts, Operation.WRITE)
    db.session.add(row)
    db.session.flush()
    return row_id


def change(*, actor: Actor, page_id: UUID, words: str) -> None:
    """Change the words of an own page that was never shown; nothing is kept of what stood there.

    Raises:
        NotFound: if it is not the actor's own, or they have left the couple.
        Refused: if it was shown once: what was read stays as it was.
        Invalid: naming ``words``.
    """
    reader, row = _require_own(actor, page_id, to_change=True)
    access.require_act(reader, row.facts, Operation.WRITE)
    if row.shown_at is not None:
        raise Refused("This page was shown once, and stays as it was read. Write a new one.")
    found = _checked(words)
    if found != row.words:
        row.words, row.changed_at = found, clock.now()
    drafts.drop(person_id=actor.person_id, kind=DraftKind.JOURNAL, about_id=page_id)
    db.session.flush()


def delete(*, actor: Actor, page_id: UUID) -> None:
    """Delete an own page that was never shown: it is gone for good, and nothing says it was there.

    Also after leaving the couple, and whatever has to be kept of the record: it was never a part.

    Raises:
        NotFound: if it is not the actor's own.
        Refused: if it was shown once, and so is part of the record.
    """
    reader, row = _require_own(actor, page_id, to_change=True)
    access.require_act(reader, row.facts, Operation.WITHDRAW)
    if row.shown_at is not None:
        raise Refused(
            "This page was shown once and belongs to the record. You can take it back, or lock it "
            "away."
        )
    drafts.drop(person_id=actor.person_id, kind=DraftKind.JOURNAL, about_id=page_id)
    db.session.delete(row)
    db.session.flush()


def shown_pages(*, actor: Actor, couple_id: UUID, wanted: int = 1) -> ShownPages:
    """Return what the members of a couple chose to show of their journals.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    rows = access.visible(
        reader,
        db.session.scalars(
            select(JournalPage)
            .where(JournalPage.couple_id == couple_id, JournalPage.audience == Audience.THERAPIST)
            .order_by(JournalPage.shown_at.desc(), JournalPage.id)
        ),
    )
    part = paging(len(rows), wanted, ON_A_PAGE)
    members = members_of(couple_id)
    rules = secrets_policies.rules_for(couple_id, [row.written_at for row in rows[part.part]])
    authors = {member.person_id: member for member in each_once(members)}
    return ShownPages(
        title=title_of(members),
        pages=tuple(
            ShownPage(
                author=authors[row.author_id],
                words=row.words,
                written_at=row.written_at,
                shown_at=row.shown_at or row.written_at,
                badge=seen_by(reader, row.facts),
                rule=rules[row.written_at],
            )
            for row in rows[part.part]
        ),
        paging=part,
        readers=seen_by(reader, Facts(couple_id, couple_id, Kind.JOURNAL, Audience.THERAPIST)),
    )


def _own_rows(actor: Actor) -> list[JournalPage]:
    return list(
        db.session.scalars(
            select(JournalPage)
            .where(JournalPage.author_id == actor.person_id, JournalPage.locked_at.is_(None))
            .order_by(JournalPage.written_at.desc(), JournalPage.id)
        )
    )


def _require_own(
    actor: Actor, page_id: UUID, *, to_change: bool = False
) -> tuple[Reader, JournalPage]:
    readers = access.own_couples(actor)
    row = db.session.get(JournalPage, page_id, with_for_update=to_change or None)
    if row is None or row.author_id != actor.person_id or row.is_locked:
        raise NotFound
    if row.couple_id not in readers:
        raise NotFound
    reader = readers[row.couple_id]
    access.require_visible(reader, row.facts)
    return reader, row


def _require_place(actor: Actor, place: UUID | None) -> Reader:
    readers = access.present_couples(actor)
    for reader in readers.values():
        if place is None or _place_id(reader) == place:
            return reader
    raise NotFound


def _place_id(reader: Reader) -> UUID:
    return uuid5(_PLACE, f"{reader.couple_id} {reader.person_id}")


def _place_words(actor: Actor, members: tuple[Member, ...], couple_id: UUID) -> str:
    others = [
        one.first_name for one in members if one.is_current and one.person_id != actor.person_id
    ]
    return f"{listed(['You', *others])}, with {carers_in_words(couple_id)}"


def _page(reader: Reader, row: JournalPage) -> Page:
    never_shown = row.shown_at is None
    return Page(
        id=row.id,
        words=row.words,
        written_at=row.written_at,
        changed_at=row.changed_at,
        badge=seen_by(reader, row.facts),
        carers=carers_in_words(row.couple_id),
        is_shown=row.audience is Audience.THERAPIST,
        may_change=never_shown and reader.standing is Standing.MEMBER,
        may_delete=never_shown,
    )


def _checked(words: str) -> str:
    found = tidy(words)
    if not found:
        raise Invalid({"words": "Write a few words first."})
    if len(found) > LONGEST:
        raise Invalid({"words": f"Use at most {LONGEST:,} characters; begin another page."})
    return found
