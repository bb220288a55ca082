"""Events on a couple's time line: what the therapist marks, and who may know of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.events import EventKind
from practice.domain.people import Actor, Reader
from practice.domain.texts import tidy
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.events import CourseEvent
from practice.services import access, audit, clock, people
from practice.services.badges import seen_by
from practice.services.errors import Invalid, NotFound
from practice.services.people import Member

AUDIENCES = (Audience.PRIVATE, Audience.THERAPIST, Audience.COUPLE)
"""Whom an event can be for, narrowest first; the first is preset."""

WORDS_LIMIT = 80
"""Characters: they stand at a mark in a picture."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What the therapist says of an event."""

    on: date
    kind: EventKind
    words: str
    about_id: UUID | None
    """The only member it concerns; None: all of them."""

    audience: Audience


@dataclass(frozen=True, slots=True)
class Mark:
    """An event as it stands at its day in a picture."""

    on: date
    text: str
    about_id: UUID | None
    audience: Audience
    facts: Facts


@dataclass(frozen=True, slots=True)
class EventView:
    """An event in the therapist's list."""

    id: UUID
    on: date
    text: str
    about: str
    """First name of the only member it concerns; empty for all of them."""

    position: int | None
    badge: str
    """Who can see it, in words to the therapist."""


@dataclass(frozen=True, slots=True)
class CoupleEvents:
    """A couple's events as the treating therapist sees them, newest first."""

    couple_id: UUID
    title: str
    members: tuple[Member, ...]
    """The present members: whom an event can concern."""

    events: tuple[EventView, ...]


def couple_events(*, actor: Actor, couple_id: UUID) -> CoupleEvents:
    """Return the events that the treating therapist may see.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    members = people.each_once(people.members_of(couple_id))
    rows = reversed(_visible({couple_id: reader}))
    audit.note_read(actor, couple_id, "events")
    return CoupleEvents(
        couple_id=couple_id,
        title=people.title_of(members),
        members=tuple(member for member in members if member.is_current),
        events=tuple(_view(reader, row, members) for row in rows),
    )


def marks_for(readers: Iterable[Reader]) -> dict[UUID, tuple[Mark, ...]]:
    """Return the events that each reader may see, by couple, oldest first; one statement.

    Args:
        readers: One for each couple, authorised before.
    """
    by_couple = {reader.couple_id: reader for reader in readers}
    found: dict[UUID, tuple[Mark, ...]] = dict.fromkeys(by_couple, ())
    for row in _visible(by_couple) if by_couple else ():
        mark = Mark(row.happened_on, _text(row), row.about_id, row.audience, row.facts)
        found[row.couple_id] = (*found[row.couple_id], mark)
    return found


def add_event(*, actor: Actor, couple_id: UUID, new_id: UUID, new: NewEvent) -> UUID:
    """Mark an event; return its id. A second call with the same id changes nothing.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming the fields that need another look.
    """
    about = frozenset({new.about_id} if new.about_id else ())
    record = Facts(couple_id, actor.person_id, Kind.EVENT, new.audience, about)
    access.require_writing(actor, record)
    access.hold(couple_id)
    known = db.session.get(CourseEvent, new_id)
    if known is not None:
        if known.couple_id != couple_id:
            raise NotFound
        return known.id
    _check(new, people.current_members(couple_id))
    row = CourseEvent(
        id=new_id,
        couple_id=couple_id,
        author_id=actor.person_id,
        about_id=new.about_id,
        happened_on=new.on,
        kind=new.kind,
        words=tidy(new.words),
        audience=new.audience,
        written_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    audit.note_write(actor, couple_id, "event.added")
    return row.id


def remove_event(*, actor: Actor, event_id: UUID) -> UUID:
    """Take an event off the time line; return its couple. A second time changes nothing.

    Raises:
        NotFound: if there is none in the actor's care that they may see.
    """
    row = db.session.get(CourseEvent, event_id, with_for_update=True)
    if row is None:
        raise NotFound
    access.require_writing(actor, row.facts)
    if row.removed_at is None:
        row.removed_at = clock.now()
        db.session.flush()
        audit.note_write(actor, row.couple_id, "event.removed")
    return row.couple_id


def _visible(readers: dict[UUID, Reader]) -> list[CourseEvent]:
    wanted = select(CourseEvent).where(
        CourseEvent.couple_id.in_(readers), CourseEvent.removed_at.is_(None)
    )
    if not any(reader.standing.treats for reader in readers.values()):
        # What is none of a partner's is not even read: it must not cost time either.
        people_ids = {reader.person_id for reader in readers.values()}
        wanted = wanted.where(
            CourseEvent.audience == Audience.COUPLE,
            CourseEvent.about_id.is_(None) | CourseEvent.about_id.in_(people_ids),
        )
    rows = db.session.scalars(
        wanted.order_by(CourseEvent.happened_on, CourseEvent.written_at, CourseEvent.id)
    )
    return [row for row in rows if access.may_see(readers[row.couple_id], row.facts)]


def _check(new: NewEvent, members: Iterable[Member]) -> None:
    problems = {}
    if new.on > clock.today():
        problems["day"] = "Choose today or an earlier day: this is about what has happened."
    if new.kind is EventKind.OTHER and not tidy(new.words):
        problems["words"] = "Say in a few words what happened."
    if len(tidy(new.words)) > WORDS_LIMIT:
        problems["words"] = f"There is room for {WORDS_LIMIT} characters."
    if new.about_id is not None and new.about_id not in {one.person_id for one in members}:
        problems["about"] = "Choose somebody who is a member of the couple now."
    if new.audience not in AUDIENCES:
        problems["audience"] = "Choose who may see it."
    if problems:
        raise Invalid(problems)


def _text(row: CourseEvent) -> str:
    if not row.words:
        return row.kind.label
    return row.words if row.kind is EventKind.OTHER else f"{row.kind.label}: {row.words}"


def _view(reader: Reader, row: CourseEvent, members: tuple[Member, ...]) -> EventView:
    about = next((member for member in members if member.person_id == row.about_id), None)
    return EventView(
        id=row.id,
        on=row.happened_on,
        text=_text(row),
        about=about.first_name if about else "",
        position=about.position if about else None,
        badge=seen_by(reader, row.facts),
    )
