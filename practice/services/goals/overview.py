"""A couple's goals as the treating therapist sees them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from practice.db import db
from practice.domain.people import Actor
from practice.models.goals import Goal
from practice.services import access
from practice.services.errors import NotFound
from practice.services.goals import hopes, rows
from practice.services.goals.values import CoupleGoals, GoalView, HopeView
from practice.services.people import members_of, title_of
from practice.services.secrets_policies import rules_for


def couple_goals(*, actor: Actor, couple_id: UUID) -> CoupleGoals:
    """Return every goal with the newest view of each rater, and one T score for each rater.

    Seven statements, whatever the number of ratings.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    everybody = members_of(couple_id)
    by_id = {member.person_id: member for member in everybody}
    found = rows.goals(Goal.couple_id == couple_id)
    ratings = rows.ratings_of(goal.id for goal in found)
    progress = rows.progress_of(goal.id for goal in found)
    views = [
        rows.view_of(reader, goal, ratings.get(goal.id, []), by_id, progress.get(goal.id, ()))
        for goal in found
    ]
    seen = [view for view in views if view is not None]
    running = tuple(view for view in seen if view.closed_on is None)
    members = tuple(member for member in everybody if member.is_current)
    scores = [
        rows.score_of(member.person_id, member.first_name, member.position, running)
        for member in members
    ]
    scores.append(rows.score_of(actor.person_id, actor.first_name, None, running))
    hoped = hopes.hopes_in(reader, members)
    return CoupleGoals(
        couple_id=couple_id,
        couple_name=title_of(everybody),
        members=members,
        running=running,
        closed=tuple(view for view in reversed(seen) if view.closed_on is not None),
        scores=tuple(scores),
        hopes=hoped,
        rules=rules_for(couple_id, _moments(seen, hoped)),
    )


def _moments(views: Iterable[GoalView], hoped: Iterable[HopeView]) -> Iterable[datetime]:
    for view in views:
        yield from (one.rated_at for one in view.history)
        yield from (one.said_at for one in view.progress)
    yield from (one.said_at for one in hoped)


def goal_page(*, actor: Actor, goal_id: UUID) -> tuple[CoupleGoals, GoalView]:
    """Return one goal with its history, and the couple's goals it stands among.

    Raises:
        NotFound: if there is no such goal in the actor's care.
    """
    goal = db.session.get(Goal, goal_id)
    if goal is None:
        raise NotFound
    goals = couple_goals(actor=actor, couple_id=goal.couple_id)
    view = next((one for one in (*goals.running, *goals.closed) if one.id == goal_id), None)
    if view is None:
        raise NotFound
    return goals, view
