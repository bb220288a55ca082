"""What the schedule asks of a partner beside measures: what is open, and taking it back.

What a step of one kind asks for, and where its answer goes, is the business of a service of its
own (``goals.steps``). Whether something is open, and for whom, is the same for all kinds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.battery import Occasion, StepKind
from practice.domain.joint_facts import tells
from practice.domain.people import Actor, Reader
from practice.domain.schedule import GRACE, TASKS, GoalTask, minutes_of
from practice.domain.steps import IN_PORTAL, KINDS, asked_again
from practice.models.goals import Goal
from practice.models.steps import StepRequest
from practice.services import access, audit, clock, drafts, people
from practice.services.drafts import DraftKind
from practice.services.errors import NotFound, Refused
from practice.services.measure_requests import CLOSED, TAKEN_BACK, Audiences, audiences_of
from practice.services.schedule import refresh


@dataclass(frozen=True, slots=True)
class OpenStep:
    """Something beside questions that waits for the person who reads this."""

    step_id: UUID
    couple_id: UUID
    kind: StepKind
    occasion: Occasion
    session_id: UUID | None
    due_on: date | None
    closes_on: date | None
    optional: bool
    readers: Audiences
    minutes: int
    task: GoalTask | None
    """What is asked about goals; None for another kind of step."""

    goals: int
    """How many goals there are to rate."""

    has_joint: bool
    """Whether one of them is a joint goal, so that there is somebody to show it to."""


@dataclass(frozen=True, slots=True)
class _Goals:
    all: int = 0
    joint: int = 0


def portal_steps(*, actor: Actor) -> tuple[OpenStep, ...]:
    """Return what waits for ``actor``, a partner: what has a day first, by day."""
    own = access.present_couples(actor)
    if not own:
        return ()
    rows = db.session.scalars(
        select(StepRequest)
        .where(
            StepRequest.couple_id.in_(own),
            StepRequest.person_id == actor.person_id,
            StepRequest.kind.in_(IN_PORTAL),
            is_open(),
        )
        .order_by(StepRequest.given_at, StepRequest.id)
    )
    visible = [row for row in rows if access.visible(own[row.couple_id], [row])]
    if not visible:
        return ()
    goals = _goals_of(own, actor.person_id) if any(_is_rating(row) for row in visible) else {}
    readers = audiences_of(own, actor.person_id)
    found = [
        _open_step(row, readers[row.couple_id], goals.get(row.couple_id, _Goals()))
        for row in visible
    ]
    return tuple(sorted(found, key=lambda item: (item.due_on is None, item.due_on or date.min)))


def is_open() -> ColumnElement[bool]:
    """The condition that a step has opened, and is neither done nor over nor taken back."""
    closes_on = StepRequest.closes_on
    return and_(
        StepRequest.withdrawn_at.is_(None),
        StepRequest.done_at.is_(None),
        StepRequest.opens_at <= clock.now(),
        or_(closes_on.is_(None), closes_on >= clock.today()),
    )


@tells()
def open_hopes(*, actor: Actor) -> UUID | None:
    """Return the step in which ``actor`` may write or change their hopes now; None if none is open.

    Done or not: what stands there can be changed as long as the step is open.
    """
    own = access.present_couples(actor)
    rows = db.session.scalars(
        select(StepRequest)
        .where(
            StepRequest.couple_id.in_(own),
            StepRequest.person_id == actor.person_id,
            StepRequest.kind == StepKind.GOALS,
            StepRequest.withdrawn_at.is_(None),
            StepRequest.opens_at <= clock.now(),
        )
        .order_by(StepRequest.given_at.desc(), StepRequest.id)
    )
    for row in rows:
        writes = TASKS[row.occasion] is GoalTask.WRITE and not takes_no_more(row)
        if writes and access.visible(own[row.couple_id], [row]):
            return row.id
    return None


def waits_for(reader: Reader, person_id: UUID, kinds: Iterable[StepKind]) -> bool:
    """Whether something of these kinds waits for one member. For the treating therapist."""
    rows = db.session.scalars(
        select(StepRequest).where(
            StepRequest.couple_id == reader.couple_id,
            StepRequest.person_id == person_id,
            StepRequest.kind.in_(list(kinds)),
            is_open(),
        )
    )
    return bool(access.visible(reader, rows))


def require_own(
    *, actor: Actor, step_id: UUID, kind: StepKind, to_answer: bool = False
) -> StepRequest:
    """Return a step that was asked of ``actor``, done or not; for services alone.

    Args:
        actor: The partner.
        step_id: What the page is about.
        kind: Of which kind it has to be.
        to_answer: Hold the row until the transaction ends, so that it is done once.

    Raises:
        NotFound: if there is none, or it is somebody else's, or the actor has left the couple, or
            it does not open before later.
        Refused: if it was taken back, or closed, before it was done.
    """
    row = db.session.get(StepRequest, step_id, with_for_update=to_answer or None)
    if row is None or row.person_id != actor.person_id or row.kind is not kind:
        raise NotFound
    reader = access.present_couples(actor).get(row.couple_id)
    if reader is None:
        raise NotFound
    access.require_visible(reader, row.facts)
    if row.opens_at > clock.now():
        raise NotFound
    if row.done_at is None and row.withdrawn_at is not None:
        raise Refused(TAKEN_BACK)
    if row.done_at is None and takes_no_more(row):
        raise Refused(CLOSED)
    return row


def takes_no_more(row: StepRequest) -> bool:
    """Whether its time has passed, with the day of grace."""
    return row.closes_on is not None and row.closes_on + GRACE < clock.today()


def withdraw_step(*, actor: Actor, step_id: UUID) -> UUID:
    """Take a step back; return the couple's id. A second time changes nothing.

    Raises:
        NotFound: if there is no such step in the actor's care.
        Refused: if it was done in the meantime.
    """
    row = _treated(actor, step_id)
    if row.done_at is not None:
        raise Refused("This was done in the meantime, so there is nothing to take back.")
    if row.withdrawn_by is None:
        row.withdrawn_at, row.withdrawn_by = clock.now(), actor.person_id
        drafts.drop_about(DraftKind.GOAL_STEP, [row.id])
        audit.note_write(actor, row.couple_id, "step.withdrawn")
    return row.couple_id


def ask_step_again(*, actor: Actor, step_id: UUID) -> UUID:
    """Ask once more what was missed or taken back; return the couple's id.

    Within its time a step is opened again. Else it is asked by hand, once and without a day, and
    what was missed stays so.

    Raises:
        NotFound: if there is no such step in the actor's care.
        Refused: if it was done or is open, has been asked once more already, or there is nothing
            left to say.
    """
    row = _treated(actor, step_id)
    is_over = row.closes_on is not None and row.closes_on < clock.today()
    if row.done_at is not None or (row.withdrawn_by is None and not is_over):
        raise Refused(NOTHING_TO_ASK)
    if is_over:
        _ask_once_more(actor, row)
    else:
        row.withdrawn_at = row.withdrawn_by = None
        refresh(row.couple_id, person_id=row.person_id)
    audit.note_write(actor, row.couple_id, "step.given")
    return row.couple_id


NOTHING_TO_ASK = "This was done or is open, so there is nothing to ask again."


def _ask_once_more(actor: Actor, missed: StepRequest) -> None:
    """Ask by hand what was missed; nobody else's plan is looked at."""
    if missed.kind not in IN_PORTAL or (missed.withdrawn_at and not missed.withdrawn_by):
        raise Refused("This cannot be asked again here; its reason is gone.")
    if _is_rating(missed):
        known = _goals_of([missed.couple_id], missed.person_id)
        if not known.get(missed.couple_id, _Goals()).all:
            raise Refused("There is no open goal to speak of, so there is nothing to ask again.")
    again = _again_of(missed)
    if again is None:
        again = StepRequest(
            couple_id=missed.couple_id,
            person_id=missed.person_id,
            kind=missed.kind,
            occasion=missed.occasion,
            occasion_ref=asked_again(missed.occasion_ref),
            session_id=missed.session_id,
        )
        db.session.add(again)
    elif again.done_at is not None or again.withdrawn_at is None:
        raise Refused(NOTHING_TO_ASK)
    again.given_by, again.given_at, again.opens_at = actor.person_id, clock.now(), clock.now()
    again.withdrawn_at = again.withdrawn_by = None
    db.session.flush()


def _again_of(missed: StepRequest) -> StepRequest | None:
    access.hold(missed.couple_id)
    return db.session.scalar(
        select(StepRequest).where(
            StepRequest.couple_id == missed.couple_id,
            StepRequest.person_id == missed.person_id,
            StepRequest.kind == missed.kind,
            StepRequest.occasion_ref == asked_again(missed.occasion_ref),
        )
    )


def _treated(actor: Actor, step_id: UUID) -> StepRequest:
    row = db.session.get(StepRequest, step_id, with_for_update=True)
    if row is None:
        raise NotFound
    reader = access.require_treating(actor, row.couple_id)
    access.require_visible(reader, row.facts)
    access.require_act(reader, row.facts, Operation.WRITE)
    if row.person_id not in {one.person_id for one in people.current_members(row.couple_id)}:
        raise NotFound
    return row


def _open_step(row: StepRequest, readers: Audiences, goals: _Goals) -> OpenStep:
    task = TASKS.get(row.occasion) if row.kind is StepKind.GOALS else None
    rates = task is not None and task is not GoalTask.WRITE
    return OpenStep(
        step_id=row.id,
        couple_id=row.couple_id,
        kind=row.kind,
        occasion=row.occasion,
        session_id=row.session_id,
        due_on=row.due_on,
        closes_on=row.closes_on,
        optional=row.optional,
        readers=readers,
        minutes=minutes_of(task, goals.all) if task is not None else KINDS[row.kind].minutes,
        task=task,
        goals=goals.all if rates else 0,
        has_joint=rates and goals.joint > 0,
    )


def _is_rating(row: StepRequest) -> bool:
    return row.kind is StepKind.GOALS and TASKS.get(row.occasion) is not GoalTask.WRITE


def _goals_of(couple_ids: Iterable[UUID], person_id: UUID) -> dict[UUID, _Goals]:
    """Count the open goals that one member knows of, by couple."""
    joint = func.sum(case((Goal.person_id.is_(None), 1), else_=0))
    rows = db.session.execute(
        select(Goal.couple_id, func.count(), joint)
        .where(
            Goal.couple_id.in_(list(couple_ids)),
            or_(Goal.person_id.is_(None), Goal.person_id == person_id),
            Goal.closed_on.is_(None),
        )
        .group_by(Goal.couple_id)
    )
    return {couple_id: _Goals(count, int(of_both)) for couple_id, count, of_both in rows}
