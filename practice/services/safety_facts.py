"""What is known of the safety of couples, with one statement for any number of them.

Nothing sealed is opened and no answer is read here: only days, and whether something waits. Who was
asked the private questions is read for the couples that ``actor`` has the lead of and for no other
(rule ``screening_is_for_the_treating_therapist``). Authorise first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    Integer,
    Select,
    String,
    Uuid,
    case,
    cast,
    literal,
    null,
    select,
    union_all,
)

from practice.db import db
from practice.domain.couples import CarePart
from practice.domain.people import Actor
from practice.domain.reminders.stuck import LOOK_BACK, Outcome, stuck
from practice.domain.reminders.terms import ReminderState
from practice.domain.safety.contact import ask_again_on
from practice.domain.safety.joint_work import JointWork
from practice.domain.safety.screening import ASK_AFTER, ScreeningState, due_on, state_of
from practice.domain.visibility import Audience
from practice.models.base import UTCDateTime
from practice.models.couples import Care
from practice.models.events import CourseEvent
from practice.models.reminders import Reminder, ReminderCause
from practice.models.safety import (
    ClearanceDecision,
    SafeContactRecord,
    Screening,
    ScreeningRequest,
)
from practice.services import clock

_NO_DAY = cast(null(), Date())
_NO_TIME = cast(null(), UTCDateTime())
_NO_WORD = cast(null(), String(40))
_NO_NUMBER = cast(null(), Integer())
_NOBODY = cast(null(), Uuid())


@dataclass(frozen=True, slots=True)
class PersonSafety:
    """What is known of one person."""

    state: ScreeningState | None = None
    """None to whoever may not know of the questions."""

    answered_on: date | None = None
    due_on: date | None = None
    """When it is time to ask again; None while there is no answer."""

    asked_at: datetime | None = None
    """When they were asked since the latest answer; None if they were not."""

    open_until: date | None = None
    """Last day on which their portal shows it; None if it does not."""

    waits_since: date | None = None
    """Day of the oldest answer that waits for the therapist."""

    contact_on: date | None = None
    """When they last said how they may be reached."""

    contact_due_on: date | None = None
    mail_stuck_on: date | None = None
    """Since which day no e-mail to them could be sent; None where none was given up."""


@dataclass(frozen=True, slots=True)
class CoupleFacts:
    """What is known of one couple."""

    joint_work: JointWork | None
    """The latest decision; None while there is none."""

    decided_on: date | None
    people: dict[UUID, PersonSafety]
    """By person; of whom nothing is known is not in it."""

    knows_screening: bool

    def of(self, person_id: UUID) -> PersonSafety:
        """Return what is known of a person."""
        nothing = ScreeningState.NOT_ASKED if self.knows_screening else None
        return self.people.get(person_id, PersonSafety(state=nothing))


@dataclass(slots=True)
class _Gathered:
    decision: Any = None
    answers: dict[UUID, Any] = field(default_factory=dict)
    waits: dict[UUID, date] = field(default_factory=dict)
    asked: dict[UUID, Any] = field(default_factory=dict)
    contacts: dict[UUID, Any] = field(default_factory=dict)
    mails: dict[UUID, list[Outcome]] = field(default_factory=dict)
    events: list[Any] = field(default_factory=list)


def facts_of(*, actor: Actor, couples: Select[UUID] | Iterable[UUID]) -> dict[UUID, CoupleFacts]:
    """Return what ``actor``, who treats these couples, may know of each; couples with nothing too.

    Args:
        actor: Treats every one of the couples, as lead or beside the lead.
        couples: Their ids, or a statement that selects them.
    """
    wanted = couples if isinstance(couples, Select) else list(couples)
    gathered: dict[UUID, _Gathered] = {}
    led: set[UUID] = set()
    for row in db.session.execute(_statement(actor, wanted)):
        of_couple = gathered.setdefault(row.couple_id, _Gathered())
        if row.what == "led":
            led.add(row.couple_id)
        else:
            _put(of_couple, row)
    today = clock.today()
    return {
        couple_id: _facts(found, couple_id in led, today) for couple_id, found in gathered.items()
    }


def _statement(actor: Actor, couples: Any) -> Select[Any]:
    mine = (Care.therapist_id == actor.person_id, Care.until.is_(None))
    lead = (
        select(Care.couple_id)
        .where(*mine, Care.part == CarePart.LEAD, Care.couple_id.in_(couples))
        .scalar_subquery()
    )
    parts = union_all(
        _select(
            case((Care.part == CarePart.LEAD, "led"), else_="beside"),
            Care.couple_id,
        ).where(*mine, Care.couple_id.in_(couples)),
        _select(
            literal("decision"),
            ClearanceDecision.couple_id,
            day=ClearanceDecision.decided_on,
            number=ClearanceDecision.number,
            word=cast(ClearanceDecision.decision, String(40)),
        ).where(ClearanceDecision.couple_id.in_(couples)),
        _select(
            literal("contact"),
            SafeContactRecord.couple_id,
            person=SafeContactRecord.person_id,
            day=SafeContactRecord.asked_on,
            at=SafeContactRecord.written_at,
            number=SafeContactRecord.number,
        ).where(SafeContactRecord.couple_id.in_(couples)),
        _select(
            literal("mail"),
            ReminderCause.couple_id,
            person=ReminderCause.person_id,
            at=Reminder.finished_at,
            word=cast(Reminder.state, String(40)),
        )
        .join(Reminder, Reminder.id == ReminderCause.reminder_id)
        .where(
            ReminderCause.couple_id.in_(couples),
            Reminder.finished_at > clock.now() - LOOK_BACK,
        ),
        _select(
            literal("answer"),
            Screening.couple_id,
            person=Screening.person_id,
            day=Screening.answered_on,
            until=Screening.rescreen_on,
            at=Screening.recorded_at,
            set_on=Screening.rescreen_set_on,
            word=case(
                (Screening.raised_at.is_not(None) & Screening.seen_at.is_(None), "waits"), else_=""
            ),
        ).where(Screening.couple_id.in_(lead)),
        _select(
            literal("asked"),
            ScreeningRequest.couple_id,
            person=ScreeningRequest.person_id,
            until=ScreeningRequest.open_until,
            at=ScreeningRequest.asked_at,
        ).where(
            ScreeningRequest.couple_id.in_(lead),
            ScreeningRequest.withdrawn_at.is_(None),
            ~select(Screening.id).where(Screening.request_id == ScreeningRequest.id).exists(),
        ),
        _select(
            literal("event"),
            CourseEvent.couple_id,
            person=CourseEvent.about_id,
            day=CourseEvent.happened_on,
        ).where(
            CourseEvent.couple_id.in_(lead),
            CourseEvent.kind.in_(ASK_AFTER),
            CourseEvent.removed_at.is_(None),
            (CourseEvent.audience != Audience.PRIVATE) | (CourseEvent.author_id == actor.person_id),
        ),
    ).subquery()
    return select(parts)


def _select(
    what: Any,
    couple: Any,
    *,
    person: Any = _NOBODY,
    day: Any = _NO_DAY,
    until: Any = _NO_DAY,
    set_on: Any = _NO_DAY,
    at: Any = _NO_TIME,
    word: Any = _NO_WORD,
    number: Any = _NO_NUMBER,
) -> Select[Any]:
    return select(
        cast(what, String(40)).label("what"),
        couple.label("couple_id"),
        person.label("person_id"),
        day.label("day"),
        until.label("until"),
        set_on.label("set_on"),
        at.label("at"),
        word.label("word"),
        number.label("number"),
    )


def _put(found: _Gathered, row: Any) -> None:
    if row.what == "decision":
        found.decision = _later(found.decision, row)
    elif row.what in ("contact", "mail"):
        _put_reaching(found, row)
    elif row.what == "asked":
        found.asked[row.person_id] = row  # asking anew takes back what was asked before
    elif row.what == "event":
        found.events.append(row)
    elif row.what == "answer":
        known = found.answers.get(row.person_id)
        if known is None or (row.day, row.at) >= (known.day, known.at):
            found.answers[row.person_id] = row
        if row.word:
            found.waits[row.person_id] = min(found.waits.get(row.person_id, row.day), row.day)


def _put_reaching(found: _Gathered, row: Any) -> None:
    if row.what == "contact":
        found.contacts[row.person_id] = _later(found.contacts.get(row.person_id), row)
    else:
        outcome = Outcome(row.at, ReminderState(row.word))
        found.mails.setdefault(row.person_id, []).append(outcome)


def _later(one: Any, other: Any) -> Any:
    return other if one is None or other.number > one.number else one


def _facts(found: _Gathered, knows_screening: bool, today: date) -> CoupleFacts:
    people = {*found.answers, *found.asked, *found.contacts, *found.mails}
    decision = found.decision
    return CoupleFacts(
        joint_work=JointWork(decision.word) if decision else None,
        decided_on=decision.day if decision else None,
        people={person: _person(found, person, knows_screening, today) for person in people},
        knows_screening=knows_screening,
    )


def _person(found: _Gathered, person: UUID, knows: bool, today: date) -> PersonSafety:
    contact = found.contacts.get(person)
    contact_on: date | None = contact.day if contact else None
    contact_due_on = ask_again_on(contact_on) if contact_on else None
    no_mail = stuck(found.mails.get(person, ()), said_at=contact.at if contact else None)
    mail_stuck_on = clock.local(no_mail.since).date() if no_mail else None
    if not knows:
        return PersonSafety(
            contact_on=contact_on, contact_due_on=contact_due_on, mail_stuck_on=mail_stuck_on
        )
    answer, asked = found.answers.get(person), found.asked.get(person)
    due = None
    if answer is not None:
        days = [row.day for row in found.events if row.person_id in (None, person)]
        due = due_on(answer.until, answer.set_on, days)
    last_day: date | None = asked.until if asked else None
    return PersonSafety(
        state=state_of(due=due, is_asked=asked is not None, today=today),
        answered_on=answer.day if answer else None,
        due_on=due,
        asked_at=asked.at if asked else None,
        open_until=last_day if last_day is not None and last_day >= today else None,
        waits_since=found.waits.get(person),
        contact_on=contact_on,
        contact_due_on=contact_due_on,
        mail_stuck_on=mail_stuck_on,
    )
