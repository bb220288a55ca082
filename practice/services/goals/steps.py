"""Doing what a step about goals asks: writing hopes, saying how far the goals have come."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Select, or_, select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.battery import StepKind
from practice.domain.goals import PROGRESS, AttainmentLevel
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor, Reader
from practice.domain.schedule import TASKS, GoalTask, counts_from
from practice.domain.visibility import Audience
from practice.models.goals import Goal, GoalProgress, GoalRating, Hope
from practice.models.steps import StepRequest
from practice.services import access, audit, clock, step_requests
from practice.services.errors import Invalid, NotFound
from practice.services.goals import hopes
from practice.services.goals.rating import AUDIENCES
from practice.services.goals.values import AskedGoal, GoalStep
from practice.services.measure_requests import audiences_of


@tells(JointFact.JOINT_GOAL)
def goal_step(*, actor: Actor, step_id: UUID) -> GoalStep:
    """Return a step about goals that was asked of ``actor``, done or not.

    Raises:
        NotFound: if it is not a step of the actor's, or they have left the couple, or have locked
            away all they wrote for it and its time has passed.
        Refused: if it was taken back, or its time has passed, before it was done.
    """
    return _page(actor, _own(actor, step_id))


def write_hopes(*, actor: Actor, step_id: UUID, words: Mapping[int, str]) -> None:
    """Keep what the actor hopes for; while the step is open it can be mended.

    Args:
        actor: The partner who was asked.
        step_id: The step at intake.
        words: By place, 1 to 3; what a goal came of stays as it is.

    Raises:
        NotFound: as ``goal_step``.
        Refused: as ``goal_step``.
        Invalid: naming ``hope_1`` to ``hope_3``.
    """
    row = _own(actor, step_id, to_answer=True)
    if TASKS[row.occasion] is not GoalTask.WRITE or step_requests.takes_no_more(row):
        return
    hope = Hope(couple_id=row.couple_id, person_id=actor.person_id)
    access.require_act(_reader(actor, row), hope.facts, Operation.WRITE)
    hopes.write(row.couple_id, actor.person_id, words)
    row.done_at = row.done_at or clock.now()
    db.session.flush()
    audit.note_write(actor, row.couple_id, "hope.written")


def say(
    *,
    actor: Actor,
    step_id: UUID,
    values: Mapping[UUID, int],
    audience: Audience = Audience.THERAPIST,
) -> None:
    """Keep how the actor sees each goal now; done once, a second time changes nothing.

    Args:
        actor: The partner who was asked.
        step_id: The step.
        values: Progress 0 to 10, or a level -2 to 2, by goal: one for each that is asked.
        audience: Whom the ratings of joint goals are for; those of own goals are for the therapist.

    Raises:
        NotFound: as ``goal_step``.
        Refused: as ``goal_step``.
        Invalid: naming ``goal_<id>`` for each without a usable value, or ``audience``.
    """
    row = _own(actor, step_id, to_answer=True)
    task = TASKS[row.occasion]
    if row.done_at is not None or task is GoalTask.WRITE:
        return
    goals = _asked(actor, row)
    _check(goals, task, values, audience)
    for goal in goals:
        rating = _rating(actor, row, goal, values[goal.id], audience)
        access.require_act(
            _reader(actor, row), rating.facts(_concerns(actor, goal)), Operation.WRITE
        )
        db.session.add(rating)
    row.done_at = clock.now()
    db.session.flush()
    audit.note_write(actor, row.couple_id, "goal.rated")


def field_of(goal_id: UUID) -> str:
    """Return the name by which a goal is known to a form."""
    return f"goal_{goal_id.hex}"


def _own(actor: Actor, step_id: UUID, *, to_answer: bool = False) -> StepRequest:
    return step_requests.require_own(
        actor=actor, step_id=step_id, kind=StepKind.GOALS, to_answer=to_answer
    )


def _reader(actor: Actor, row: StepRequest) -> Reader:
    """Return how whoever was asked stands to the couple. ``_own`` first."""
    return access.present_couples(actor)[row.couple_id]


def _concerns(actor: Actor, goal: AskedGoal) -> frozenset[UUID]:
    return frozenset() if goal.is_joint else frozenset({actor.person_id})


def _page(actor: Actor, row: StepRequest) -> GoalStep:
    task = TASKS[row.occasion]
    is_done = row.done_at is not None
    writes = task is GoalTask.WRITE
    places = hopes.places_of(row.couple_id, actor.person_id) if writes else ()
    if writes and is_done and not any(place.words for place in places):
        # All of it is locked away: no page says that something was written.
        if step_requests.takes_no_more(row):
            raise NotFound
        is_done = False
    return GoalStep(
        step_id=row.id,
        couple_id=row.couple_id,
        task=task,
        readers=audiences_of([row.couple_id], actor.person_id)[row.couple_id],
        is_done=is_done,
        is_open=not step_requests.takes_no_more(row) and (writes or not is_done),
        goals=() if writes or is_done else _asked(actor, row),
        hopes=places,
    )


def _asked(actor: Actor, row: StepRequest) -> tuple[AskedGoal, ...]:
    """Return the open goals of which the actor has not said yet what this step asks."""
    reader = access.require_couple(actor, row.couple_id)
    goals = db.session.scalars(
        select(Goal)
        .where(
            Goal.couple_id == row.couple_id,
            or_(Goal.person_id.is_(None), Goal.person_id == actor.person_id),
            Goal.closed_on.is_(None),
            Goal.id.not_in(_said(actor, row)),
        )
        .order_by(Goal.person_id.is_not(None), Goal.created_at, Goal.id)
    )
    return tuple(
        AskedGoal(goal.id, goal.title, tuple(goal.levels), goal.person_id is None)
        for goal in access.visible(reader, goals)
    )


def _said(actor: Actor, row: StepRequest) -> Select[UUID]:
    first = counts_from(row.occasion, clock.local(row.opens_at).date())
    since = clock.beginning_of(first)
    if TASKS[row.occasion] is GoalTask.PROGRESS:
        return select(GoalProgress.goal_id).where(
            GoalProgress.rater_id == actor.person_id, GoalProgress.said_at >= since
        )
    return select(GoalRating.goal_id).where(
        GoalRating.rater_id == actor.person_id, GoalRating.rated_at >= since
    )


def _check(
    goals: tuple[AskedGoal, ...], task: GoalTask, values: Mapping[UUID, int], audience: Audience
) -> None:
    allowed = PROGRESS if task is GoalTask.PROGRESS else tuple(AttainmentLevel)
    words = (
        "Choose a number from 0 to 10."
        if task is GoalTask.PROGRESS
        else "Choose one of the five levels."
    )
    problems = {field_of(goal.id): words for goal in goals if values.get(goal.id) not in allowed}
    if audience not in AUDIENCES:
        problems["audience"] = "Choose one of the readers in the list."
    if problems:
        raise Invalid(problems)


def _rating(
    actor: Actor, row: StepRequest, goal: AskedGoal, value: int, audience: Audience
) -> GoalProgress | GoalRating:
    # Of an own goal nobody else knows; were it made a joint one, nothing would open by itself.
    wanted = audience if goal.is_joint else Audience.THERAPIST
    if TASKS[row.occasion] is GoalTask.PROGRESS:
        return GoalProgress(
            goal_id=goal.id,
            couple_id=row.couple_id,
            rater_id=actor.person_id,
            value=value,
            audience=wanted,
            said_at=clock.now(),
        )
    rating = GoalRating(
        goal_id=goal.id,
        couple_id=row.couple_id,
        rater_id=actor.person_id,
        level=value,
        audience=wanted,
        rated_at=clock.now(),
    )
    rating.comment = ""
    return rating
