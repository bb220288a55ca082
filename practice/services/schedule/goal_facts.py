"""Reads what the schedule needs to know of goals: which there are, and who said what when."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.schedule import GoalFact, GoalSaid, GoalTask
from practice.models.goals import Goal, GoalProgress, GoalRating, Hope
from practice.services import clock

ByPerson = tuple[UUID, UUID]
"""Couple and person."""


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """Goals of some couples; nothing of their words."""

    joint: dict[UUID, list[GoalFact]]
    """By couple."""

    own: dict[ByPerson, list[GoalFact]]
    said: defaultdict[ByPerson, list[GoalSaid]]
    hoped_on: defaultdict[ByPerson, list[date]]

    def known_to(self, couple_id: UUID, person_id: UUID) -> tuple[GoalFact, ...]:
        """Return the goals that one member knows of: joint ones and their own."""
        own = self.own.get((couple_id, person_id), [])
        return (*self.joint.get(couple_id, ()), *own)


def goal_facts_of(couple_ids: Sequence[UUID]) -> GoalFacts:
    """Return what the schedule needs, with four queries. For the schedule alone."""
    facts = GoalFacts({}, {}, defaultdict(list), defaultdict(list))
    goals = db.session.execute(
        select(Goal.id, Goal.couple_id, Goal.person_id, Goal.created_at, Goal.closed_on)
        .where(Goal.couple_id.in_(couple_ids))
        .order_by(Goal.created_at, Goal.id)
    )
    for row in goals:
        fact = GoalFact(row.id, clock.local(row.created_at).date(), row.closed_on)
        if row.person_id is None:
            facts.joint.setdefault(row.couple_id, []).append(fact)
        else:
            facts.own.setdefault((row.couple_id, row.person_id), []).append(fact)
    _read_said(facts, couple_ids)
    hopes = db.session.execute(
        select(Hope.couple_id, Hope.person_id, Hope.written_at, Hope.changed_at).where(
            Hope.couple_id.in_(couple_ids)
        )
    )
    for couple_id, person_id, *moments in hopes:
        days = facts.hoped_on[couple_id, person_id]
        days += [clock.local(at).date() for at in moments if at is not None]
    return facts


def _read_said(facts: GoalFacts, couple_ids: Sequence[UUID]) -> None:
    progress = select(
        GoalProgress.couple_id, GoalProgress.rater_id, GoalProgress.goal_id, GoalProgress.said_at
    ).where(GoalProgress.couple_id.in_(couple_ids))
    ratings = select(
        GoalRating.couple_id, GoalRating.rater_id, GoalRating.goal_id, GoalRating.rated_at
    ).where(GoalRating.couple_id.in_(couple_ids))
    for task, query in ((GoalTask.PROGRESS, progress), (GoalTask.ATTAINMENT, ratings)):
        for couple_id, rater_id, goal_id, at in db.session.execute(query):
            said = GoalSaid(goal_id, task, clock.local(at).date())
            facts.said[couple_id, rater_id].append(said)
