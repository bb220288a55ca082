"""A partner's goals. What the others rated for the therapist changes nothing here."""

from uuid import UUID

from sqlalchemy import or_

from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor, Reader, Standing
from practice.models.goals import Goal
from practice.services import access
from practice.services.badges import carers_in_words
from practice.services.errors import NotFound
from practice.services.goals import rows
from practice.services.goals.values import GoalView, PortalGoal, PortalGoals
from practice.services.people import (
    PRESENT_MEMBERS,
    Member,
    members_of,
    members_of_all,
)


@tells(JointFact.JOINT_GOAL)
def portal_goals(*, actor: Actor) -> PortalGoals:
    """Return the joint goals and the actor's own, with what may be seen of their ratings.

    Four statements, whatever the number of ratings.
    """
    readers = access.present_couples(actor)
    found = rows.goals(
        Goal.couple_id.in_(list(readers)),
        or_(Goal.person_id.is_(None), Goal.person_id == actor.person_id),
    )
    ratings = rows.ratings_of(goal.id for goal in found)
    members = {
        couple_id: {member.person_id: member for member in of_couple}
        for couple_id, of_couple in members_of_all(readers).items()
    }
    views: list[GoalView] = []
    for goal in found:
        reader = readers[goal.couple_id]
        view = rows.view_of(reader, goal, ratings.get(goal.id, []), members[goal.couple_id])
        if view is not None:
            views.append(view)
    running = tuple(view for view in views if view.closed_on is None)
    score = rows.score_of(actor.person_id, actor.first_name, None, running)
    return PortalGoals(
        running=running,
        closed=tuple(view for view in reversed(views) if view.closed_on is not None),
        score=score if score.rated else None,
    )


@tells(JointFact.JOINT_GOAL)
def portal_goal(*, actor: Actor, goal_id: UUID) -> PortalGoal:
    """Return one goal with the ratings the actor may see.

    Raises:
        NotFound: if there is none such for the actor; a hidden one looks the same.
    """
    readers = access.own_couples(actor)
    found = rows.goals(Goal.id == goal_id, Goal.couple_id.in_(list(readers)))
    if not found:
        raise NotFound
    goal = found[0]
    members = members_of(goal.couple_id)
    by_id = {member.person_id: member for member in members}
    ratings = rows.ratings_of([goal_id]).get(goal_id, [])
    progress = rows.progress_of([goal_id]).get(goal_id, ())
    view = rows.view_of(readers[goal.couple_id], goal, ratings, by_id, progress)
    if view is None:
        raise NotFound
    others = _others(readers[goal.couple_id], members) if goal.person_id is None else ()
    return PortalGoal(view, carers_in_words(goal.couple_id), others, goal.couple_id)


def _others(reader: Reader, members: tuple[Member, ...]) -> tuple[str, ...]:
    if reader.standing is not Standing.MEMBER:
        return (PRESENT_MEMBERS,)
    return tuple(
        member.first_name
        for member in members
        if member.is_current and member.person_id != reader.person_id
    )
