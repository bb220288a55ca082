"""Rating a goal: a new view is a new row, so the history stays."""

from uuid import UUID

from sqlalchemy import func, select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.goals import AttainmentLevel
from practice.domain.people import Actor, Reader, Role, Standing
from practice.domain.texts import tidy
from practice.domain.visibility import Audience
from practice.models.goals import Goal, GoalRating
from practice.services import access, audit, clock
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.once import free_id
from practice.services.schedule import refresh

RATINGS_A_DAY = 20
"""Ratings one person may give one goal in a day: far beyond use, a bound on abuse."""

COMMENT_LIMIT = 2000

AUDIENCES = (Audience.THERAPIST, Audience.COUPLE)
"""Whom a rating can be for, narrowest first; the first is preset. A rating that not even the
therapist sees would lock the wording of a goal for a reason nobody could name."""


def rate(
    *,
    actor: Actor,
    goal_id: UUID,
    new_id: UUID,
    level: int,
    comment: str = "",
    audience: Audience = Audience.THERAPIST,
) -> UUID:
    """Keep how the actor sees a goal today; return the id of the rating.

    Args:
        actor: The treating therapist, or a present member who sees the goal.
        goal_id: Which goal.
        new_id: Id of the new rating; a second call with the same id changes nothing.
        level: -2 to 2.
        comment: In the rater's own words; may be empty.
        audience: One of ``AUDIENCES``.

    Raises:
        NotFound: if the goal is not there for the actor.
        Refused: if it is closed, or was rated too often today.
        Invalid: naming ``level``, ``comment`` or ``audience``.
    """
    goal = db.session.scalar(select(Goal).where(Goal.id == goal_id).with_for_update())
    if goal is None:
        raise NotFound
    reader = _rater(actor, goal.couple_id)
    access.require_visible(reader, goal.facts)
    said = GoalRating(couple_id=goal.couple_id, rater_id=actor.person_id, audience=audience)
    access.require_act(reader, said.facts(goal.facts.concerns), Operation.WRITE)
    row_id = free_id(
        GoalRating,
        new_id,
        lambda known: (known.rater_id, known.goal_id) == (actor.person_id, goal_id),
    )
    if row_id is None:
        return new_id
    if goal.closed_on is not None:
        raise Refused("This goal was closed, so nothing was saved. What was said before stays.")
    _require_room(actor, goal_id)
    _check(level, comment, audience)
    rating = GoalRating(
        id=row_id,
        goal_id=goal_id,
        couple_id=goal.couple_id,
        rater_id=actor.person_id,
        level=level,
        audience=audience,
        rated_at=clock.now(),
    )
    rating.comment = tidy(comment)
    db.session.add(rating)
    db.session.flush()
    audit.note_write(actor, goal.couple_id, "goal.rated")
    if reader.standing is Standing.MEMBER:
        # What was said is not asked as well; of nobody else either way.
        refresh(goal.couple_id, person_id=actor.person_id, only_what_is_there=True)
    return rating.id


def _rater(actor: Actor, couple_id: UUID) -> Reader:
    if actor.role is Role.THERAPIST:
        return access.require_treating(actor, couple_id)
    return access.require_couple(actor, couple_id)


def _require_room(actor: Actor, goal_id: UUID) -> None:
    midnight = clock.beginning_of(clock.today())
    given = db.session.scalar(
        select(func.count())
        .select_from(GoalRating)
        .where(
            GoalRating.goal_id == goal_id,
            GoalRating.rater_id == actor.person_id,
            GoalRating.rated_at >= midnight,
        )
    )
    if (given or 0) >= RATINGS_A_DAY:
        raise Refused(
            f"You have rated this goal {RATINGS_A_DAY} times today. Tomorrow is fine too."
        )


def _check(level: int, comment: str, audience: Audience) -> None:
    problems: dict[str, str] = {}
    if level not in tuple(AttainmentLevel):
        problems["level"] = "Choose one of the five levels."
    if len(comment) > COMMENT_LIMIT:
        problems["comment"] = f"There is room for {COMMENT_LIMIT:,} characters."
    if audience not in AUDIENCES:
        problems["audience"] = "Choose one of the readers in the list."
    if problems:
        raise Invalid(problems)
