"""Acts of care that the matrix decides: sessions, goals, homework, measures, who belongs to whom.

Each is made ready first and handed back as a call, so that a test can forbid it in between.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID, uuid4

from practice.db import db
from practice.domain.battery import Occasion, StepKind
from practice.domain.couples import RelationshipStatus
from practice.domain.homework.terms import GivenTo
from practice.domain.people import Actor
from practice.domain.reports import Edition
from practice.domain.sessions import SessionFormat, SessionStatus
from practice.domain.visibility import Audience, Kind
from practice.models.steps import StepRequest
from practice.services import (
    clock,
    couples,
    goals,
    homework,
    measure_requests,
    memberships,
    paper,
    reports,
    responses,
    risk_flags,
    sessions,
    step_requests,
)
from practice.services.known_people import NewPerson
from tests import builders, exercises, measure_builders
from tests.builders import Cast

Act = Callable[[], object]
THERAPIST = Audience.THERAPIST


def _details() -> sessions.SessionDetails:
    return sessions.SessionDetails(
        day=clock.today() + timedelta(days=7),
        at=time(18, 0),
        minutes=60,
        person_id=None,
        format=SessionFormat.ROOM,
        status=SessionStatus.PLANNED,
        attendance={},
    )


def _create_session(cast: Cast) -> UUID:
    return sessions.create_session(
        actor=cast.tess, couple_id=cast.couple, new_id=uuid4(), details=_details()
    )


def _changing_a_session(cast: Cast) -> Act:
    planned = _create_session(cast)
    return lambda: sessions.change_session(actor=cast.tess, session_id=planned, details=_details())


def _editing_a_goal(cast: Cast) -> Act:
    goal = exercises.set_goal(cast)
    return lambda: goals.edit_goal(
        actor=cast.tess,
        goal_id=goal,
        title="Anew",
        levels=exercises.LEVELS,
        weight=1,
        target_on=None,
    )


def _closing_a_goal(cast: Cast) -> Act:
    goal = exercises.set_goal(cast)
    return lambda: goals.close_goal(actor=cast.tess, goal_id=goal)


def _rating(name: str) -> Callable[[Cast], Act]:
    def prepare(cast: Cast) -> Act:
        goal = exercises.set_goal(cast)
        return lambda: exercises.rate(getattr(cast, name), goal, 1, THERAPIST)

    return prepare


def _step(cast: Cast, occasion: Occasion) -> UUID:
    row = StepRequest(
        couple_id=cast.couple,
        person_id=cast.ada.person_id,
        kind=StepKind.GOALS,
        occasion=occasion,
        occasion_ref="of the test",
        given_by=cast.tess.person_id,
        opens_at=clock.now() - timedelta(minutes=1),
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def _writing_hopes(cast: Cast) -> Act:
    step = _step(cast, Occasion.INTAKE)
    return lambda: goals.write_hopes(actor=cast.ada, step_id=step, words={1: "Quiet evenings"})


def _saying(occasion: Occasion) -> Callable[[Cast], Act]:
    def prepare(cast: Cast) -> Act:
        goal = exercises.set_goal(cast)
        step = _step(cast, occasion)
        return lambda: goals.say(actor=cast.ada, step_id=step, values={goal: 1})

    return prepare


def _stopping_homework(cast: Cast) -> Act:
    given = exercises.give(cast)
    return lambda: homework.retire(actor=cast.tess, assignment_id=given)


def _living(change: Callable[..., object], **more: object) -> Callable[[Cast], Act]:
    """Return how to make ready what becomes of an assignment."""

    def prepare(cast: Cast) -> Act:
        given = exercises.give(cast)
        return lambda: change(actor=cast.tess, assignment_id=given, **more)

    return prepare


def _changing_homework(cast: Cast) -> Act:
    given = exercises.give(cast)
    day = clock.today() + timedelta(days=3)
    return lambda: homework.change(
        actor=cast.tess, assignment_id=given, instructions="Anew", due_on=day
    )


def _resuming_homework(cast: Cast) -> Act:
    given = exercises.give(cast)
    homework.pause(actor=cast.tess, assignment_id=given)
    return lambda: homework.resume(actor=cast.tess, assignment_id=given)


def opening_in_a_session(cast: Cast) -> Act:
    """Make ready what Ada wrote to be read together, in a session of today."""
    given = exercises.give(cast, audience=Audience.IN_SESSION)
    exercises.write(cast.ada, given, Audience.IN_SESSION)
    session = sessions.create_session(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        details=replace(_details(), day=clock.today()),
    )
    return lambda: homework.open_in_session(
        actor=cast.tess, assignment_id=given, session_id=session
    )


def _writing_an_entry(cast: Cast) -> Act:
    given = exercises.give(cast)
    return lambda: exercises.write(cast.ada, given, THERAPIST)


def _saying_how_it_was(cast: Cast) -> Act:
    given = exercises.give(cast, given_to=GivenTo.TOGETHER, audience=Audience.COUPLE)
    return lambda: exercises.say(cast.ada, given, THERAPIST)


def _give_a_measure(cast: Cast) -> measure_requests.Given:
    return measure_requests.give(
        actor=cast.tess,
        couple_id=cast.couple,
        person_ids=[cast.ada.person_id],
        measure_keys=["ratings"],
        due_on=None,
    )


def _taking_a_measure_back(cast: Cast) -> Act:
    asked = measure_builders.ask(cast, cast.ada, "ratings")
    return lambda: measure_requests.withdraw_request(actor=cast.tess, request_id=asked)


def _answering(cast: Cast) -> Act:
    asked = measure_builders.ask(cast, cast.ada, "ratings")
    return lambda: responses.submit(
        actor=cast.ada,
        request_id=asked,
        answers=measure_builders.choose("ratings"),
        audience=THERAPIST,
    )


def _type_in(cast: Cast) -> UUID:
    return paper.enter_answers(
        actor=cast.tess,
        couple_id=cast.couple,
        person_id=cast.ada.person_id,
        measure_key="csi16",
        new_id=uuid4(),
        day=clock.today(),
        answers=measure_builders.csi16(40),
    )


def _taking_a_step_back(cast: Cast) -> Act:
    step = _step(cast, Occasion.INTAKE)
    return lambda: step_requests.withdraw_step(actor=cast.tess, step_id=step)


def _asking_a_step_again(cast: Cast) -> Act:
    step = _step(cast, Occasion.INTAKE)
    row = db.session.get_one(StepRequest, step)
    row.closes_on = clock.today() - timedelta(days=9)
    db.session.flush()
    return lambda: step_requests.ask_step_again(actor=cast.tess, step_id=step)


def _dealing_with_a_flag(cast: Cast) -> Act:
    measure_builders.answer(cast, cast.ada, "phq9", measure_builders.choose("phq9", phq_9=1))
    (flag,) = risk_flags.waiting(actor=cast.tess)
    return lambda: risk_flags.deal_with(actor=cast.tess, flag_id=flag.flag_id, note="Rang.")


def _begin_a_record(cast: Cast) -> UUID:
    new = couples.NewCouple(
        id=uuid4(),
        people=(NewPerson("Zoe Nwosu"), NewPerson("Abe Hart")),
        relationship_status=RelationshipStatus.COHABITING,
        episode_started_on=builders.STARTED,
    )
    return couples.create_couple(actor=cast.tess, new=new)


def _correct_the_record(cast: Cast) -> None:
    known = couples.couple_details(actor=cast.tess, couple_id=cast.couple)
    details = replace(known, agreed_problem="Evenings")
    couples.edit_couple(actor=cast.tess, couple_id=cast.couple, details=details)


def _record_an_ending(cast: Cast) -> None:
    ended = couples.Endings(episode_ended_on=clock.today())
    couples.record_endings(actor=cast.tess, couple_id=cast.couple, endings=ended)


def _add_a_member(cast: Cast) -> UUID:
    return memberships.add_member(
        actor=cast.tess,
        couple_id=cast.couple,
        person=NewPerson("Zoe Nwosu"),
        joined_on=clock.today(),
    )


def _member(change: Callable[..., None], **more: object) -> Callable[[Cast, Actor], None]:
    return lambda cast, person: change(
        actor=cast.tess, couple_id=cast.couple, person_id=person.person_id, **more
    )


def _end_a_membership(cast: Cast) -> None:
    _member(memberships.end_membership, left_on=clock.today())(cast, cast.ben)


def _take_the_end_back(cast: Cast) -> None:
    _member(memberships.reopen_membership)(cast, cast.finn)


def _hand_out_a_report(cast: Cast) -> None:
    reports.note_export(actor=cast.tess, couple_id=cast.couple, edition=Edition.JOINT)


def at_once(act: Callable[[Cast], object]) -> Callable[[Cast], Act]:
    """Return an act that needs nothing made ready."""
    return lambda cast: lambda: act(cast)


WRITTEN: dict[str, tuple[Kind, Callable[[Cast], Act]]] = {
    "plan a session": (Kind.SESSION, at_once(_create_session)),
    "change a session": (Kind.SESSION, _changing_a_session),
    "set a goal": (Kind.GOAL, at_once(exercises.set_goal)),
    "edit a goal": (Kind.GOAL, _editing_a_goal),
    "close a goal": (Kind.GOAL, _closing_a_goal),
    "rate a goal": (Kind.GOAL_RATING, _rating("ada")),
    "rate a goal as therapist": (Kind.GOAL_RATING, _rating("tess")),
    "say how far": (Kind.GOAL_RATING, _saying(Occasion.BEFORE_SESSION)),
    "write a hope": (Kind.HOPE, _writing_hopes),
    "give homework": (Kind.ASSIGNMENT, at_once(exercises.give)),
    "stop homework": (Kind.ASSIGNMENT, _stopping_homework),
    "let homework rest": (Kind.ASSIGNMENT, _living(homework.pause)),
    "take homework up": (Kind.ASSIGNMENT, _resuming_homework),
    "change homework": (Kind.ASSIGNMENT, _changing_homework),
    "carry homework over": (Kind.ASSIGNMENT, _living(homework.carry_over, new_id=uuid4())),
    "make homework smaller": (Kind.ASSIGNMENT, _living(homework.make_smaller, new_id=uuid4())),
    "write an entry": (Kind.HOMEWORK_ENTRY, _writing_an_entry),
    "say how it was": (Kind.HOMEWORK_VIEW, _saying_how_it_was),
    "give a measure": (Kind.MEASURE_REQUEST, at_once(_give_a_measure)),
    "take a measure back": (Kind.MEASURE_REQUEST, _taking_a_measure_back),
    "answer a measure": (Kind.RESPONSE, _answering),
    "type in from paper": (Kind.RESPONSE, at_once(_type_in)),
    "take a step back": (Kind.STEP_REQUEST, _taking_a_step_back),
    "ask a step again": (Kind.STEP_REQUEST, _asking_a_step_again),
    "deal with a flag": (Kind.RISK_FLAG, _dealing_with_a_flag),
    "begin a record": (Kind.IDENTITY, at_once(_begin_a_record)),
    "begin a record with problems": (Kind.PROBLEM, at_once(_begin_a_record)),
    "correct names": (Kind.IDENTITY, at_once(_correct_the_record)),
    "correct what was agreed": (Kind.PROBLEM, at_once(_correct_the_record)),
    "record an ending": (Kind.IDENTITY, at_once(_record_an_ending)),
    "add a member": (Kind.IDENTITY, at_once(_add_a_member)),
    "add what brings a member": (Kind.PROBLEM, at_once(_add_a_member)),
    "end a membership": (Kind.IDENTITY, at_once(_end_a_membership)),
    "hand out a report": (Kind.REPORT, at_once(_hand_out_a_report)),
    "take an end back": (Kind.IDENTITY, at_once(_take_the_end_back)),
}
"""By name: the kind that is written, and how it is made ready."""
