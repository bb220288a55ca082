"""Queries on goals and their ratings, and how they become values. For this package only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select

from practice.db import db
from practice.domain.goals import t_score
from practice.domain.people import Reader, Standing, first_name
from practice.domain.visibility import Facts
from practice.models.goals import Goal, GoalProgress, GoalRating
from practice.models.people import Person
from practice.services import access
from practice.services.badges import seen_by
from practice.services.goals.values import GoalView, Progress, RaterScore, Rating
from practice.services.people import Member


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating with its rater's name. Stays inside this package."""

    row: GoalRating
    name: str


def goals(*conditions: ColumnElement[bool]) -> list[Goal]:
    """Return goals in the order they were set, with one query."""
    query = select(Goal).where(*conditions).order_by(Goal.created_at, Goal.id)
    return list(db.session.scalars(query))


def ratings_of(goal_ids: Iterable[UUID]) -> dict[UUID, list[Rated]]:
    """Return all ratings by goal, newest first, with one query; filter before any use."""
    query = (
        select(GoalRating, Person.name)
        .join(Person, Person.id == GoalRating.rater_id)
        .where(GoalRating.goal_id.in_(list(goal_ids)))
        .order_by(GoalRating.rated_at.desc(), GoalRating.id)
    )
    found: defaultdict[UUID, list[Rated]] = defaultdict(list)
    for row, name in db.session.execute(query):
        found[row.goal_id].append(Rated(row, name))
    return found


def progress_of(goal_ids: Iterable[UUID]) -> dict[UUID, list[GoalProgress]]:
    """Return all progress by goal, newest first, with one query; filter before any use."""
    query = (
        select(GoalProgress)
        .where(GoalProgress.goal_id.in_(list(goal_ids)))
        .order_by(GoalProgress.said_at.desc(), GoalProgress.id)
    )
    found: defaultdict[UUID, list[GoalProgress]] = defaultdict(list)
    for row in db.session.scalars(query):
        found[row.goal_id].append(row)
    return found


def view_of(
    reader: Reader,
    goal: Goal,
    ratings: Iterable[Rated],
    members: Mapping[UUID, Member],
    progress: Iterable[GoalProgress] = (),
) -> GoalView | None:
    """Return what the reader may see of a goal; None if that is nothing at all.

    Whoever has left the couple keeps their own ratings, without the wording of a joint goal.
    """
    concerns = goal.facts.concerns
    moved = access.in_plain_sight(reader, progress, lambda row: row.facts(concerns=concerns))

    def facts(rated: Rated) -> Facts:
        return rated.row.facts(concerns=concerns)

    seen = access.in_plain_sight(reader, ratings, facts)
    readable = access.may_see(reader, goal.facts)
    if not readable and not seen and not moved:
        return None
    history = [_rating(reader, rated, facts(rated), members) for rated in seen]
    return GoalView(
        id=goal.id,
        title=goal.title if readable else "A goal you rated",
        levels=tuple(goal.levels) if readable else (),
        weight=goal.weight,
        target_on=goal.target_on if readable else None,
        closed_on=goal.closed_on,
        area=goal.area if readable else None,
        badge=seen_by(reader, goal.facts),
        whose=members[goal.person_id] if readable and goal.person_id else None,
        latest=_latest(history),
        history=tuple(history),
        can_rate=readable and goal.closed_on is None and reader.standing is not Standing.FORMER,
        progress=tuple(_progress(reader, row, row.facts(concerns), members) for row in moved),
        measure_key=goal.measure_key if reader.standing.treats else None,
    )


def _progress(
    reader: Reader, row: GoalProgress, facts: Facts, members: Mapping[UUID, Member]
) -> Progress:
    member = members.get(row.rater_id)
    return Progress(
        id=row.id,
        rater_id=row.rater_id,
        rater=member.first_name if member else "",
        position=member.position if member else None,
        is_own=row.rater_id == reader.person_id,
        value=row.value,
        audience=row.audience,
        said_at=row.said_at,
        badge=seen_by(reader, facts),
    )


def _rating(reader: Reader, rated: Rated, facts: Facts, members: Mapping[UUID, Member]) -> Rating:
    row = rated.row
    member = members.get(row.rater_id)
    return Rating(
        id=row.id,
        rater_id=row.rater_id,
        rater=first_name(rated.name),
        position=member.position if member else None,
        is_own=row.rater_id == reader.person_id,
        level=row.level,
        comment=row.comment,
        audience=row.audience,
        rated_at=row.rated_at,
        badge=seen_by(reader, facts),
    )


def _latest(history: Iterable[Rating]) -> tuple[Rating, ...]:
    newest: dict[UUID, Rating] = {}
    for rating in history:
        newest.setdefault(rating.rater_id, rating)
    return tuple(sorted(newest.values(), key=lambda one: (one.position is None, one.position or 0)))


def score_of(
    rater_id: UUID, rater: str, position: int | None, running: Iterable[GoalView]
) -> RaterScore:
    """Return one rater's T score over the open goals that rater may rate and has rated."""
    own = [
        goal for goal in running if goal.whose is None or position in (None, goal.whose.position)
    ]
    rated = [
        (rating.level, goal.weight)
        for goal in own
        for rating in goal.latest
        if rating.rater_id == rater_id
    ]
    t = t_score([level for level, _ in rated], [weight for _, weight in rated]) if rated else None
    return RaterScore(rater, position, t, len(rated), len(own))
