"""The front desk: who comes when, planning and moving it, and how to reach people.

Nothing here says what a session is about: no note, no measure, no homework, no risk, and not how
somebody attended. The rules of a session are those of ``services.sessions``.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.people import Actor, Reader, Role, Standing
from practice.domain.sessions import SessionFormat, SessionStatus
from practice.domain.visibility import Audience, Facts, Kind, decide
from practice.models.couples import Couple
from practice.models.people import Person
from practice.models.sessions import TherapySession
from practice.services import access, audit, care, clock, people, safe_contacts
from practice.services.couples import identity_facts
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.people import Member
from practice.services.session_details import SessionDetails
from practice.services.sessions import store_change, store_new, would_change_readers

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One session as the front desk sees it."""

    session_id: UUID
    couple_id: UUID
    starts_at: datetime
    ends_at: datetime
    who: str
    """Names of everybody who is expected."""

    alone: bool
    """Somebody comes without the other: never to be mentioned to the other."""

    therapist: str
    format: SessionFormat
    is_planned: bool
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """One day of the diary."""

    day: date
    entries: tuple[DiaryEntry, ...]


@dataclass(frozen=True, slots=True)
class DeskCouple:
    """One couple in care, by names."""

    couple_id: UUID
    title: str
    members: tuple[Member, ...]
    therapist: str


@dataclass(frozen=True, slots=True)
class ContactCard:
    """How to reach one person, and when they are expected."""

    couple_id: UUID
    member: Member
    therapist: str
    reach: tuple[tuple[str, str], ...]
    """Label and value, in order; empty while nothing is written down."""

    expected: tuple[DiaryEntry, ...]
    """Planned sessions from today on that this person is expected at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """What the front desk says of a session."""

    day: date
    at: time
    minutes: int
    person_id: UUID | None
    """Who comes alone; None for the couple."""

    format: SessionFormat


@dataclass(frozen=True, slots=True)
class DeskSession:
    """A planned session, for the form that moves it."""

    entry: DiaryEntry
    members: tuple[Member, ...]
    appointment: Appointment


def week(*, actor: Actor, day: date) -> tuple[DiaryDay, ...]:
    """Return the seven days of the week that ``day`` lies in, Monday first.

    Raises:
        NotFound: if the actor is not at the front desk.
    """
    _require_desk(actor)
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=number) for number in range(DAYS_OF_A_WEEK)]
    entries = _entries(actor, monday, monday + timedelta(days=DAYS_OF_A_WEEK))
    audit.note_read(actor, None, "diary")
    return tuple(
        DiaryDay(
            one, tuple(entry for entry in entries if clock.local(entry.starts_at).date() == one)
        )
        for one in days
    )


def couples_in_care(*, actor: Actor, search: str = "") -> tuple[DeskCouple, ...]:
    """Return the couples in care, or those with ``search`` in a member's name.

    Raises:
        NotFound: if the actor is not at the front desk.
    """
    _require_desk(actor)
    wanted = " ".join(unicodedata.normalize("NFC", search).split()).casefold()
    ids = list(db.session.scalars(select(Couple.id).where(Couple.episode_ended_on.is_(None))))
    leads = care.leads_of_all(ids)
    found = []
    for couple_id, members in people.members_of_all(ids).items():
        present = tuple(member for member in members if member.is_current)
        named = any(wanted in member.name.casefold() for member in present)
        if (
            present
            and named
            and decide(_at_desk(actor, couple_id), identity_facts(couple_id)).allowed
        ):
            lead = leads.get(couple_id, (None, ""))[1]
            found.append(DeskCouple(couple_id, people.title_of(present), present, lead))
    audit.note_read(actor, None, "contacts")
    return tuple(sorted(found, key=lambda couple: (couple.title.casefold(), couple.couple_id)))


def desk_couple(*, actor: Actor, couple_id: UUID) -> DeskCouple:
    """Return one couple by names, for planning.

    Raises:
        NotFound: if the actor is not at the front desk, or there is no such couple.
    """
    reader = _reader(actor, couple_id)
    access.require_visible(reader, identity_facts(couple_id))
    members = tuple(member for member in people.members_of(couple_id) if member.is_current)
    lead = care.leads_of_all([couple_id]).get(couple_id, (None, ""))[1]
    return DeskCouple(couple_id, people.title_of(members), members, lead)


def contact_card(*, actor: Actor, couple_id: UUID, person_id: UUID) -> ContactCard:
    """Return how to reach one person.

    Raises:
        NotFound: if the actor is not at the front desk, or the person is no present member.
    """
    couple = desk_couple(actor=actor, couple_id=couple_id)
    member = next((one for one in couple.members if one.person_id == person_id), None)
    if member is None:
        raise NotFound
    reader = _reader(actor, couple_id)
    today = clock.today()
    expected = [
        entry
        for row, entry in _rows(actor, today, None, couple_id)
        if entry.is_planned and row.person_id in {None, person_id}
    ]
    return ContactCard(
        couple_id, member, couple.therapist, _ways_to_reach(reader, person_id), tuple(expected)
    )


def plan(*, actor: Actor, couple_id: UUID, new_id: UUID, appointment: Appointment) -> UUID:
    """Plan a session with whoever has the lead; return its id.

    Raises:
        NotFound: if the actor is not at the front desk, or there is no such couple.
        Refused: if nobody has the lead of the couple.
        Invalid: as ``sessions.create_session``.
    """
    reader = _reader(actor, couple_id)
    lead = care.leads_of_all([couple_id]).get(couple_id)
    if lead is None:
        raise Refused("Nobody treats this couple now, so there is nobody to plan a session with.")
    access.require_act(reader, _diary(couple_id, lead[0]), Operation.WRITE)
    return store_new(
        actor, couple_id, new_id, _details(appointment, SessionStatus.PLANNED), therapist_id=lead[0]
    )


def planned(*, actor: Actor, session_id: UUID) -> DeskSession:
    """Return a planned session, for the form that moves it.

    Raises:
        NotFound: if the actor is not at the front desk, or there is no such planned session.
    """
    row, reader = _planned(actor, session_id)
    access.require_visible(reader, _diary(row.couple_id, row.therapist_id))
    couple = desk_couple(actor=actor, couple_id=row.couple_id)
    (entry,) = _described([row])
    starts = clock.local(row.starts_at)
    return DeskSession(
        entry,
        couple.members,
        Appointment(
            day=starts.date(),
            at=starts.time(),
            minutes=row.minutes,
            person_id=row.person_id,
            format=row.format,
        ),
    )


def move(*, actor: Actor, session_id: UUID, appointment: Appointment) -> None:
    """Change when, how and with whom a planned session is; what was written for it stays.

    Raises:
        NotFound: if the actor is not at the front desk, or there is no such planned session.
        Invalid: as ``sessions.change_session``; that words stand on it the desk does not learn.
    """
    _change(actor, session_id, appointment, SessionStatus.PLANNED)


def cancel(*, actor: Actor, session_id: UUID) -> None:
    """Call a planned session off.

    Raises:
        NotFound: if the actor is not at the front desk, or there is no such planned session.
    """
    _change(actor, session_id, None, SessionStatus.CANCELLED)


def _change(
    actor: Actor, session_id: UUID, appointment: Appointment | None, status: SessionStatus
) -> None:
    row, reader = _planned(actor, session_id)
    access.require_act(reader, _diary(row.couple_id, row.therapist_id), Operation.WRITE)
    starts = clock.local(row.starts_at)
    said = appointment or Appointment(
        day=starts.date(),
        at=starts.time(),
        minutes=row.minutes,
        person_id=row.person_id,
        format=row.format,
    )
    details = _details(said, status, next_steps=row.next_steps)
    if would_change_readers(row, details):
        raise Invalid({"with_whom": _only_by_therapist(row)})
    store_change(actor, row, details)


def _only_by_therapist(row: TherapySession) -> str:
    therapist = db.session.get_one(Person, row.therapist_id).name
    return (
        "Who comes to this session cannot be changed here. Call it off and plan another one, "
        f"or ask {therapist}."
    )


def _details(said: Appointment, status: SessionStatus, next_steps: str = "") -> SessionDetails:
    return SessionDetails(
        day=said.day,
        at=said.at,
        minutes=said.minutes,
        person_id=said.person_id,
        format=said.format,
        status=status,
        next_steps=next_steps,
    )


def _require_desk(actor: Actor) -> None:
    if actor.role is not Role.RECEPTION:
        audit.note_refusal(actor, None, "diary")
        raise NotFound


def _reader(actor: Actor, couple_id: UUID) -> Reader:
    _require_desk(actor)
    return access.require_staff(actor, couple_id)


def _at_desk(actor: Actor, couple_id: UUID) -> Reader:
    """As ``access.standing_of``, for a list of couples that are known to exist."""
    return Reader(actor.person_id, couple_id, Standing.RECEPTION)


def _planned(actor: Actor, session_id: UUID) -> tuple[TherapySession, Reader]:
    _require_desk(actor)
    row = db.session.get(TherapySession, session_id)
    if row is None or row.status is not SessionStatus.PLANNED:
        raise NotFound
    return row, _reader(actor, row.couple_id)


def _diary(couple_id: UUID, therapist_id: UUID) -> Facts:
    return Facts(couple_id, therapist_id, Kind.DIARY, Audience.THERAPIST)


def _entries(actor: Actor, first: date, end: date) -> list[DiaryEntry]:
    return [entry for _, entry in _rows(actor, first, end)]


def _rows(
    actor: Actor, first: date, end: date | None, couple_id: UUID | None = None
) -> list[tuple[TherapySession, DiaryEntry]]:
    query = (
        select(TherapySession)
        .where(TherapySession.starts_at >= clock.beginning_of(first))
        .options(defer(TherapySession.next_steps_sealed))
        .order_by(TherapySession.starts_at, TherapySession.id)
    )
    if end is not None:
        query = query.where(TherapySession.starts_at < clock.beginning_of(end))
    if couple_id is not None:
        query = query.where(TherapySession.couple_id == couple_id)
    # A list is one line of the log; each card and each change has its own.
    rows = [
        row
        for row in db.session.scalars(query)
        if decide(_at_desk(actor, row.couple_id), _diary(row.couple_id, row.therapist_id)).allowed
    ]
    return list(zip(rows, _described(rows), strict=True))


def _described(rows: Iterable[TherapySession]) -> list[DiaryEntry]:
    found = list(rows)
    members = people.members_of_all({row.couple_id for row in found})
    therapists = {row.therapist_id for row in found}
    query = select(Person.id, Person.name).where(Person.id.in_(therapists))
    names = {person_id: name for person_id, name in db.session.execute(query)}
    return [
        DiaryEntry(
            session_id=row.id,
            couple_id=row.couple_id,
            starts_at=row.starts_at,
            ends_at=row.starts_at + timedelta(minutes=row.minutes),
            who=_who(row, members[row.couple_id]),
            alone=row.person_id is not None,
            therapist=names[row.therapist_id],
            format=row.format,
            is_planned=row.status is SessionStatus.PLANNED,
            is_cancelled=row.status is SessionStatus.CANCELLED,
        )
        for row in found
    ]


def _who(row: TherapySession, members: tuple[Member, ...]) -> str:
    if row.person_id is None:
        return people.title_of(members)
    return next(member.name for member in members if member.person_id == row.person_id)


def _ways_to_reach(reader: Reader, person_id: UUID) -> tuple[tuple[str, str], ...]:
    """Return how somebody may be reached, as they said it last; empty if they were never asked."""
    known = safe_contacts.current(reader).get(person_id)
    if known is None:
        return ()
    said = known.contact
    ways = tuple((channel.label, place) for channel, place in said.ways.items())
    lines = (
        ("Reminders by e-mail", said.mail.words if said.mail else ""),
        ("When", said.hours),
        ("On an answering machine", said.voicemail.label if said.ways else ""),
        ("How to name ourselves", said.sender),
        ("Code word", said.code_word),
        ("Never", said.never),
        ("Asked on", f"{known.asked_on.day} {known.asked_on:%B %Y}"),
    )
    ways = ways or (("Between sessions", "Not at all: do not ring, write or leave a message."),)
    return ways + tuple((label, value) for label, value in lines if value)
