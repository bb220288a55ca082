"""The private questions, for the therapist with the lead: asking, reading, asking again.

Nobody else comes in here, a co-therapist included. What the person themselves does is
``screening_answers``; no act of theirs writes a line of the access log, because others may read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select, update

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.people import Actor, Reader
from practice.domain.safety.hark_items import HARK_ITEMS
from practice.domain.safety.screening import (
    PORTAL_DAYS,
    ScreeningState,
    ScreeningWay,
    checked_answers,
    default_rescreen,
    is_positive,
    yes_count,
)
from practice.domain.visibility import Audience, Facts, Kind, decide
from practice.models.people import Person
from practice.models.safety import Screening, ScreeningRequest
from practice.services import access, audit, clock, people
from practice.services.cleaning import clean_text
from practice.services.couples import FIRST_YEAR
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.people import Member
from practice.services.safety_facts import PersonSafety, facts_of
from practice.services.schedule import refresh

LONGEST_NOTE = 4000
YEARS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """One question, and what was said to it; None where it was left open."""

    text: str
    yes: bool | None


@dataclass(frozen=True, slots=True)
class ReadScreening:
    """One set of answers as the therapist with the lead reads it."""

    screening_id: UUID
    answered_on: date
    way: ScreeningWay
    answers: tuple[ReadAnswer, ...]
    yes_count: int
    waits: bool
    """Whether the therapist has still to say what was done about it."""

    seen_at: datetime | None
    seen_by: str
    note: str


@dataclass(frozen=True, slots=True)
class MemberScreenings:
    """One member's answers, newest first, and what is to do."""

    couple_id: UUID
    title: str
    member: Member
    safety: PersonSafety
    screenings: tuple[ReadScreening, ...]


def states(reader: Reader, actor: Actor) -> dict[UUID, ScreeningState]:
    """Return where each present member is with the private questions, by person.

    For a step of the intake, and for whatever else has to know: asked, due or done. Empty to
    whoever may not know of the questions, a co-therapist included. Authorise first.
    """
    if not decide(reader, _facts(reader.couple_id, reader.couple_id)).allowed:
        return {}
    found = facts_of(actor=actor, couples=[reader.couple_id]).get(reader.couple_id)
    members = people.current_members(reader.couple_id)
    if found is None:
        return {}
    known = {member.person_id: found.of(member.person_id).state for member in members}
    return {person_id: state for person_id, state in known.items() if state is not None}


def member_screenings(*, actor: Actor, couple_id: UUID, person_id: UUID) -> MemberScreenings:
    """Return one member's answers; of somebody who has left too.

    Raises:
        NotFound: if the actor does not have the lead, or the person never was a member.
    """
    reader = _require_lead(actor, couple_id, person_id)
    member = people.member_of(couple_id, person_id)
    rows = db.session.execute(
        select(Screening, Person.name)
        .outerjoin(Person, Person.id == Screening.seen_by)
        .where(Screening.couple_id == couple_id, Screening.person_id == person_id)
        .order_by(Screening.answered_on.desc(), Screening.recorded_at.desc(), Screening.id)
    )
    seen = [row for row in rows if access.may_see(reader, row.Screening.facts)]
    facts = facts_of(actor=actor, couples=[couple_id])[couple_id]
    return MemberScreenings(
        couple_id=couple_id,
        title=people.title_of(people.members_of(couple_id)),
        member=member,
        safety=facts.of(person_id),
        screenings=tuple(_read(row.Screening, row.name or "") for row in seen),
    )


def screening_page(*, actor: Actor, screening_id: UUID) -> tuple[MemberScreenings, ReadScreening]:
    """Return one set of answers with whose they are.

    Raises:
        NotFound: if there is none that the actor may see.
    """
    row = db.session.get(Screening, screening_id)
    if row is None:
        raise NotFound
    found = member_screenings(actor=actor, couple_id=row.couple_id, person_id=row.person_id)
    one = next(one for one in found.screenings if one.screening_id == screening_id)
    return found, one


def open_in_portal(*, actor: Actor, couple_id: UUID, person_id: UUID) -> date:
    """Put the questions into somebody's own portal; return the last day on which it shows them.

    Raises:
        NotFound: if the actor does not have the lead, or the person is no present member.
    """
    until = clock.today() + timedelta(days=PORTAL_DAYS)
    _ask(actor, couple_id, person_id, ScreeningWay.PORTAL, until)
    return until


def ask_on_device(*, actor: Actor, couple_id: UUID, person_id: UUID) -> UUID:
    """Put the questions for a device that is being handed over; return the request's id.

    Raises:
        NotFound: as ``open_in_portal``.
    """
    return _ask(actor, couple_id, person_id, ScreeningWay.HAND_OVER, None)


def take_back(*, actor: Actor, couple_id: UUID, person_id: UUID) -> None:
    """Take the questions out of somebody's portal, if they are there.

    Raises:
        NotFound: as ``open_in_portal``; also of nobody who has left.
    """
    _require_lead(actor, couple_id, person_id, Operation.WRITE)
    withdraw(couple_id, person_id)
    audit.note_write(actor, couple_id, "screening.taken_back")


def withdraw(couple_id: UUID, person_id: UUID) -> None:
    """Close what was asked of somebody and not answered. Authorise first."""
    answered = select(Screening.id).where(Screening.request_id == ScreeningRequest.id).exists()
    db.session.execute(
        update(ScreeningRequest)
        .where(
            ScreeningRequest.couple_id == couple_id,
            ScreeningRequest.person_id == person_id,
            ScreeningRequest.withdrawn_at.is_(None),
            ~answered,
        )
        .values(withdrawn_at=clock.now())
        .execution_options(synchronize_session=False)
    )


def record_talk(
    *,
    actor: Actor,
    couple_id: UUID,
    person_id: UUID,
    new_id: UUID,
    day: date,
    answers: Mapping[str, bool],
    note: str = "",
) -> UUID:
    """Keep what somebody answered when they were asked aloud, alone; return the id.

    Args:
        actor: The therapist with the lead.
        couple_id: Of which couple.
        person_id: Who answered.
        new_id: Id of the new answers; a second call with the same id changes nothing.
        day: When it was; today or earlier.
        answers: Yes or no by key of a question; what was not asked is left out.
        note: What the therapist did about it.

    Raises:
        NotFound: as ``open_in_portal``.
        Invalid: naming ``day``, ``answers`` or ``note``.
    """
    _require_lead(actor, couple_id, person_id, Operation.WRITE)
    _require_member(couple_id, person_id)
    access.hold(couple_id)
    known = db.session.get(Screening, new_id)
    if known is not None:
        if (known.couple_id, known.person_id) != (couple_id, person_id):
            raise NotFound
        return known.id
    if day > clock.today() or day.year < FIRST_YEAR:
        raise Invalid({"day": "Choose today or an earlier day."})
    moment = clock.now()
    row = Screening(
        id=new_id,
        couple_id=couple_id,
        person_id=person_id,
        way=ScreeningWay.TALK,
        answered_on=day,
        recorded_at=moment,
        entered_by=actor.person_id,
        answers=_checked(answers),
        rescreen_on=default_rescreen(day),
        rescreen_set_on=day,
        # Who asked aloud has heard the answer.
        seen_at=moment,
        seen_by=actor.person_id,
        note=clean_text(note, "note", LONGEST_NOTE),
    )
    withdraw(couple_id, person_id)
    db.session.add(row)
    db.session.flush()
    refresh(couple_id, person_id=person_id)
    audit.note_write(actor, couple_id, "screening.entered")
    return row.id


def set_rescreen(*, actor: Actor, couple_id: UUID, person_id: UUID, on: date) -> None:
    """Set the day on which it is time to ask somebody again.

    Raises:
        NotFound: if the actor does not have the lead, or there are no answers.
        Invalid: naming ``rescreen_on``.
    """
    _require_lead(actor, couple_id, person_id, Operation.WRITE)
    row = db.session.scalar(
        select(Screening)
        .where(Screening.couple_id == couple_id, Screening.person_id == person_id)
        .order_by(Screening.answered_on.desc(), Screening.recorded_at.desc(), Screening.id)
        .limit(1)
        .with_for_update()
    )
    if row is None:
        raise NotFound
    today = clock.today()
    if not today <= on <= today + timedelta(days=366 * YEARS_AHEAD):
        raise Invalid({"rescreen_on": f"Choose a day from today, within {YEARS_AHEAD} years."})
    row.rescreen_on, row.rescreen_set_on = on, today
    db.session.flush()
    audit.note_write(actor, couple_id, "screening.rescreen_set")


def deal_with(*, actor: Actor, screening_id: UUID, note: str) -> tuple[UUID, UUID]:
    """Keep what was done about an answer; return couple and person. The same again changes nothing.

    Raises:
        NotFound: if there is none that the actor may see.
        Invalid: naming ``note``.
        Refused: if other words were written down in the meantime.
    """
    row = db.session.get(Screening, screening_id, with_for_update=True)
    if row is None:
        raise NotFound
    reader = access.require_treating(actor, row.couple_id)
    access.require_visible(reader, row.facts)
    access.require_act(reader, row.facts, Operation.WRITE)
    words = clean_text(note, "note", LONGEST_NOTE)
    if not words:
        raise Invalid({"note": "Write in a few words what you did, or decided not to do."})
    if row.seen_at is None:
        row.note, row.seen_at, row.seen_by = words, clock.now(), actor.person_id
        db.session.flush()
        audit.note_write(actor, row.couple_id, "screening.dealt_with")
    elif row.note != words:
        raise Refused(
            "What was done about it was written down in the meantime, and it stays as it is. "
            "Go back and copy your words; the safeguarding log is the place for more."
        )
    return row.couple_id, row.person_id


def new_screening(request: ScreeningRequest, answers: Mapping[str, bool]) -> Screening:
    """Return the row of answers to a request; one yes lets it wait for the therapist."""
    moment, today = clock.now(), clock.today()
    checked = _checked(answers)
    return Screening(
        id=uuid4(),
        couple_id=request.couple_id,
        person_id=request.person_id,
        request_id=request.id,
        way=request.way,
        answered_on=today,
        recorded_at=moment,
        answers=checked,
        rescreen_on=default_rescreen(today),
        rescreen_set_on=today,
        raised_at=moment if is_positive(checked) else None,
    )


def _checked(answers: Mapping[str, bool]) -> dict[str, bool]:
    try:
        return checked_answers(answers)
    except ValueError:
        raise Invalid({"answers": "Answer one question at least."}) from None


def _ask(
    actor: Actor, couple_id: UUID, person_id: UUID, way: ScreeningWay, until: date | None
) -> UUID:
    _require_lead(actor, couple_id, person_id, Operation.WRITE)
    _require_member(couple_id, person_id)
    access.hold(couple_id)
    withdraw(couple_id, person_id)
    row = ScreeningRequest(
        couple_id=couple_id,
        person_id=person_id,
        way=way,
        asked_by=actor.person_id,
        asked_at=clock.now(),
        open_until=until,
    )
    db.session.add(row)
    db.session.flush()
    audit.note_write(actor, couple_id, "screening.asked")
    return row.id


def _require_lead(
    actor: Actor, couple_id: UUID, person_id: UUID, operation: Operation = Operation.READ
) -> Reader:
    reader = access.require_treating(actor, couple_id)
    access.require_visible(reader, _facts(couple_id, person_id))
    access.require_act(reader, _facts(couple_id, person_id), operation)
    return reader


def _require_member(couple_id: UUID, person_id: UUID) -> None:
    if person_id not in {member.person_id for member in people.current_members(couple_id)}:
        raise NotFound


def _facts(couple_id: UUID, person_id: UUID) -> Facts:
    return Facts(couple_id, person_id, Kind.SCREENING, Audience.THERAPIST, frozenset({person_id}))


def _read(row: Screening, seen_by: str) -> ReadScreening:
    answers = row.answers
    return ReadScreening(
        screening_id=row.id,
        answered_on=row.answered_on,
        way=row.way,
        answers=tuple(ReadAnswer(text, answers.get(key)) for key, text in HARK_ITEMS),
        yes_count=yes_count(answers),
        waits=row.raised_at is not None and row.seen_at is None,
        seen_at=row.seen_at,
        seen_by=seen_by,
        note=row.note,
    )
