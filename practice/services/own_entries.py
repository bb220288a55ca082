"""A partner's own entries: who sees each, showing it later, taking it back, locking it away.

One way for every kind of entry (``EntryKind``); a further kind is one class with ``find`` and
``locked``. What it means that something is taken back or locked away, decision 0030 says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.services import access, audit, clock
from practice.services.badges import seen_by, would_be_seen_by
from practice.services.entry_kinds import (
    Found,
    OwnAnswers,
    OwnHopes,
    OwnIntake,
    OwnProgress,
    OwnRatings,
    Plain,
    Source,
)
from practice.services.entry_kinds_homework import OwnHomework, OwnViews
from practice.services.entry_kinds_letters import OwnLetters, OwnTimeRequests
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.journal_entries import OwnJournal


class EntryKind(StrEnum):
    """What a partner can show, take back and lock away; stands in addresses."""

    ANSWERS = "answers"
    HOMEWORK = "homework"
    RATING = "rating"
    PROGRESS = "progress"
    HOPE = "hope"
    """Locked away alone: it is never shown to anybody else."""

    INTAKE = "intake"
    VIEW = "view"
    """How somebody saw what was done together; locked away alone, as a hope."""
    JOURNAL = "journal"
    """Shown to the therapist and taken back; never shown to another member."""
    LETTER = "letter"
    """Locked away alone, as an answer to one; never shown to anybody else."""

    TIME_ALONE = "time_alone"


SOURCES: Mapping[EntryKind, Source] = {
    EntryKind.ANSWERS: OwnAnswers(),
    EntryKind.HOMEWORK: OwnHomework(),
    EntryKind.RATING: OwnRatings(),
    EntryKind.PROGRESS: OwnProgress(),
    EntryKind.HOPE: OwnHopes(),
    EntryKind.INTAKE: OwnIntake(),
    EntryKind.VIEW: OwnViews(),
    EntryKind.JOURNAL: OwnJournal(),
    EntryKind.LETTER: OwnLetters(),
    EntryKind.TIME_ALONE: OwnTimeRequests(),
}


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """One entry of the reader's own, as the page shows it that says who can see it."""

    kind: EntryKind
    record_id: UUID
    title: str
    on: date
    """The day it is about, in the practice's zone."""

    lines: tuple[str, ...]
    """What it says, in short; only where it is opened behind a password."""

    audience: Audience
    seen_by: str
    wider: tuple[tuple[Audience, str], ...]
    """To whom it can be shown now, with the words for each, the narrowest first."""

    is_open: bool
    """It can be taken back: others see it, or will when all have written or it is opened in a
    session; of a journal, the therapist does."""

    waits_for_session: bool
    """It is to be read together, and was not opened yet."""

    others: tuple[str, ...]
    """First names of the members who could be shown it."""


@tells(JointFact.HAS_OPENED)
def own_entry(*, actor: Actor, kind: EntryKind, record_id: UUID) -> OwnEntry:
    """Return one entry of the actor's own.

    Raises:
        NotFound: if it is not the actor's own, or locked away.
    """
    found = _require_own(actor, kind, record_id)
    access.require_visible(access.own_couples(actor)[found.facts.couple_id], found.facts)
    return _shown(kind, found)


def show(*, actor: Actor, kind: EntryKind, record_id: UUID, audience: Audience) -> None:
    """Show an own entry to more people than now; a second time changes nothing.

    Raises:
        NotFound: if it is not the actor's own.
        Refused: if nobody else can be shown it, for instance after leaving the couple.
        Invalid: naming ``audience``, if it is not one of those offered.
    """
    found = _require_own(actor, kind, record_id, to_change=True)
    row = found.row
    if row.audience is audience:
        return
    if not found.wider:
        raise Refused("This can no longer be shared. Your own words remain yours.")
    access.require_act(found.reader, found.facts, Operation.SHARE)
    if audience not in found.wider:
        raise Invalid({"audience": "Choose one of the readers in the list."})
    _write(kind, found, audience)
    _note(actor, found, "shared", was=audience)


def take_back(*, actor: Actor, kind: EntryKind, record_id: UUID) -> None:
    """Take an own entry back from the other members; a second time changes nothing.

    The therapist goes on reading what was for the therapist, but for a page of a journal, which
    was never shown to anybody else and is taken back from the therapist.

    Raises:
        NotFound: if it is not the actor's own.
    """
    found = _require_own(actor, kind, record_id, to_change=True)
    access.require_act(found.reader, found.facts, Operation.WITHDRAW)
    source = SOURCES[kind]
    if found.row.audience not in source.open_to:
        return
    was = found.row.audience
    _write(kind, found, source.back_to)
    _note(actor, found, "taken_back", was=was)


def lock_away(*, actor: Actor, kind: EntryKind, record_id: UUID) -> None:
    """Lock an own entry away: for the others it never was, and it leaves the actor's own lists.

    It is taken back as well, so that opening it again shows it to nobody. The therapist goes on
    reading what was for the therapist. What the actor began to change in it and did not save goes.

    Raises:
        NotFound: if it is not the actor's own, or is locked away already.
    """
    found = _require_own(actor, kind, record_id, to_change=True)
    access.require_act(found.reader, found.facts, Operation.SEAL)
    if found.row.audience in Plain.open_to:
        _write(kind, found, Audience.THERAPIST)
    now = clock.now()
    for row in SOURCES[kind].whole(found.row):
        row.locked_at = now
    SOURCES[kind].let_go(found.row)
    db.session.flush()
    _note(actor, found, "locked", was=found.row.audience)


def open_again(*, actor: Actor, kind: EntryKind, record_id: UUID) -> None:
    """Take an own entry out of the locked ones; the others still do not see it.

    Raises:
        NotFound: if there is none such that the actor has locked away.
        Refused: if what was written since stands in its place.
    """
    found = _find(actor, kind, record_id, to_change=True)
    if found is None or not found.row.is_locked:
        raise NotFound
    access.require_act(found.reader, found.facts, Operation.SEAL)
    SOURCES[kind].make_room(found.row)
    for row in SOURCES[kind].whole(found.row):
        row.locked_at = None
    db.session.flush()
    _note(actor, found, "opened_again", was=found.row.audience)


@tells()
def locked_entries(*, actor: Actor) -> tuple[OwnEntry, ...]:
    """Return what the actor has locked away, newest first. Ask for the password before."""
    readers = access.own_couples(actor)
    found = [
        _shown(kind, one, lines=source.lines(one))
        for kind, source in SOURCES.items()
        for one in source.locked(readers)
        if access.may_see(one.reader, one.facts)
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.title), reverse=True))


def _require_own(
    actor: Actor, kind: EntryKind, record_id: UUID, *, to_change: bool = False
) -> Found:
    found = _find(actor, kind, record_id, to_change=to_change)
    if found is None or found.row.is_locked:
        raise NotFound
    return found


def _find(
    actor: Actor, kind: EntryKind, record_id: UUID, *, to_change: bool = False
) -> Found | None:
    readers = access.own_couples(actor)
    found = SOURCES[kind].find(readers, record_id, to_change=to_change)
    if found is None or not found.is_of(actor.person_id):
        return None
    return found


def _write(kind: EntryKind, found: Found, audience: Audience) -> None:
    found.row.audience = audience
    SOURCES[kind].note_audience(found.row)
    db.session.flush()


def _note(actor: Actor, found: Found, act: str, *, was: Audience) -> None:
    """Let the log hear of it; of a page that its author keeps to themselves it hears nothing."""
    if not audit.leaves_no_line(found.facts.kind, was):
        audit.note_write(actor, found.row.couple_id, f"{found.facts.kind}.{act}")


def _shown(kind: EntryKind, found: Found, lines: tuple[str, ...] = ()) -> OwnEntry:
    return OwnEntry(
        kind=kind,
        record_id=found.row.id,
        title=found.title,
        on=found.on,
        lines=lines,
        audience=found.row.audience,
        seen_by=seen_by(found.reader, found.facts),
        wider=tuple(
            (audience, would_be_seen_by(found.reader, found.facts, audience))
            for audience in found.wider
        ),
        is_open=found.row.audience in SOURCES[kind].open_to,
        waits_for_session=found.row.audience is Audience.IN_SESSION and not found.facts.opened,
        others=found.others,
    )
