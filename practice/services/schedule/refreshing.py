"""Writes the plan into requests. Idempotent: what is as planned stays untouched.

What is answered is never touched, nor what the therapist took back, nor what was missed while its
session stands. A request whose reason is gone is taken back, and comes back with its reason.
Nothing is asked whose time has passed already: a couple that was there before has no misses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, or_, select

from practice.db import db
from practice.domain.battery import Battery
from practice.domain.homework.terms import Frequency
from practice.domain.measures.definition import Measure
from practice.domain.schedule import GRACE, CourseFacts, PersonFacts, Planned, plan
from practice.models.couples import Care, Couple
from practice.models.homework import Assignment
from practice.models.responses import MeasureRequest, Response
from practice.models.steps import StepRequest
from practice.services import clock, drafts
from practice.services.drafts import DraftKind
from practice.services.measure_library import all_measures
from practice.services.schedule.facts import facts_of
from practice.services.schedule.following import follow, is_over, stays_missed
from practice.services.schedule.step_rows import kept_steps, write_steps
from practice.services.schedule.stored import as_asked, askable, in_force, settings_of

CHUNK = 50
"""Couples read at a time."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The requests that the schedule has made to one person, by what they are about."""

    rows: Mapping[tuple[str, str], MeasureRequest]
    answered: frozenset[UUID]


def refresh(
    couple_id: UUID, *, person_id: UUID | None = None, only_what_is_there: bool = False
) -> None:
    """Bring a couple's scheduled requests in line with its course. Authorise first.

    Args:
        couple_id: The couple whose course has changed.
        person_id: The only member whose doing it was: nobody else's plan is looked at then.
        only_what_is_there: Adapt what was planned and plan nothing new: for acts that are no
            step of the course, such as giving a measure by hand.
    """
    db.session.flush()
    _refresh([couple_id], person_id, only_what_is_there=only_what_is_there)


def refresh_all(couple_ids: Iterable[UUID] | None = None) -> int:
    """Bring many couples in line; return how many somebody treats. For commands and settings.

    Args:
        couple_ids: Which; None: everybody in anybody's care.
    """
    db.session.flush()
    if couple_ids is None:
        treated = select(Care.couple_id).where(Care.until.is_(None)).distinct()
        couple_ids = db.session.scalars(treated.order_by(Care.couple_id))
    ids = list(couple_ids)
    return sum(_refresh(ids[start : start + CHUNK], None) for start in range(0, len(ids), CHUNK))


def _refresh(
    couple_ids: Sequence[UUID], person_id: UUID | None, *, only_what_is_there: bool = False
) -> int:
    # Two acts at a time would both find a request missing and both write it.
    in_turn = select(Couple.id).where(Couple.id.in_(couple_ids)).order_by(Couple.id)
    db.session.execute(in_turn.with_for_update())
    measures = askable()
    settings = settings_of(couple_ids)
    facts = facts_of(couple_ids)
    kept, steps = _kept(couple_ids), kept_steps(couple_ids)
    for couple_id, couple in facts.items():
        battery = as_asked(in_force(settings, couple_id), measures)
        for person in couple.people:
            if person_id is not None and person.person_id != person_id:
                continue
            known = kept.get((couple_id, person.person_id), _Kept({}, frozenset()))
            missing = _write(couple.course, person, battery, known, all_measures())
            db.session.add_all(
                _request(couple_id, person.person_id, couple.therapist_id, planned)
                for planned in ([] if only_what_is_there else missing)
            )
            others = write_steps(couple_id, couple, person, battery, steps)
            db.session.add_all([] if only_what_is_there else others)
    db.session.flush()
    _drop_drafts(couple_ids, person_id)
    return len(facts)


def _drop_drafts(couple_ids: Sequence[UUID], person_id: UUID | None) -> None:
    """Let go of what was begun of what nobody can answer any more."""
    over: dict[DraftKind, Select[UUID]] = {}
    for kind, table in (
        (DraftKind.QUESTIONS, MeasureRequest),
        (DraftKind.GOAL_STEP, StepRequest),
    ):
        over[kind] = select(table.id).where(
            table.couple_id.in_(couple_ids),
            or_(table.withdrawn_at.is_not(None), table.closes_on < clock.today() - GRACE),
        )
        if person_id is not None:
            over[kind] = over[kind].where(table.person_id == person_id)
    yesterday = clock.today() - timedelta(days=1)
    over[DraftKind.HOMEWORK] = select(Assignment.id).where(
        Assignment.couple_id.in_(couple_ids),
        Assignment.frequency != Frequency.ONCE,
        Assignment.due_on < yesterday,
    )
    drafts.drop_all(over, person_id=person_id)


def _kept(couple_ids: Sequence[UUID]) -> dict[tuple[UUID, UUID], _Kept]:
    rows = db.session.execute(
        select(MeasureRequest, Response.id)
        .outerjoin(Response, Response.request_id == MeasureRequest.id)
        .where(MeasureRequest.couple_id.in_(couple_ids), MeasureRequest.occasion.is_not(None))
    ).all()
    answered = frozenset(request.id for request, response_id in rows if response_id is not None)
    found: dict[tuple[UUID, UUID], dict[tuple[str, str], MeasureRequest]] = {}
    for request, _ in rows:
        of_person = found.setdefault((request.couple_id, request.person_id), {})
        of_person[request.occasion_ref or "", request.measure_key] = request
    return {key: _Kept(of_person, answered) for key, of_person in found.items()}


def _write(
    course: CourseFacts,
    person: PersonFacts,
    battery: Battery,
    kept: _Kept,
    known: Mapping[str, Measure],
) -> list[Planned]:
    """Bring the requests of one person in line, and return what is to be asked newly."""
    today = clock.today()
    wanted = {
        (planned.occasion_ref, planned.measure_key): planned
        for planned in plan(battery, course, person, known)
    }
    for key, request in kept.rows.items():
        if request.id in kept.answered or request.withdrawn_by is not None:
            continue
        planned = wanted.get(key)
        if planned is not None:
            follow(request, planned, today)
        elif request.withdrawn_at is None and not stays_missed(request, course, person, today):
            request.withdrawn_at = clock.now()
    return [
        planned
        for key, planned in wanted.items()
        if key not in kept.rows and not is_over(planned.closes_on, today)
    ]


def _request(
    couple_id: UUID, person_id: UUID, therapist_id: UUID, planned: Planned
) -> MeasureRequest:
    return MeasureRequest(
        couple_id=couple_id,
        person_id=person_id,
        measure_key=planned.measure_key,
        # Never whoever did the act: an author sees the record, and it concerns one member.
        given_by=therapist_id,
        given_at=clock.now(),
        due_on=planned.due_on,
        occasion=planned.occasion,
        occasion_ref=planned.occasion_ref,
        session_id=planned.session_id,
        opens_at=planned.opens_at,
        closes_on=planned.closes_on,
        optional=planned.optional,
    )
