"""Setting a goal with the couple, mending its wording, closing it."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.people import Actor
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.texts import tidy
from practice.models.goals import Goal, GoalProgress, GoalRating
from practice.services import access, audit, clock, drafts
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.goals import hopes
from practice.services.measure_library import all_measures
from practice.services.people import current_members
from practice.services.schedule import refresh

TITLE_LIMIT = 200
LEVEL_LIMIT = 500
"""Characters in the description of one level."""

LEVEL_FIELDS = ("much_less", "less", "expected", "more", "much_more")
"""Names of the five levels, from -2 to +2, as ``Invalid`` uses them."""


def set_goal(
    *,
    actor: Actor,
    couple_id: UUID,
    new_id: UUID,
    person_id: UUID | None = None,
    title: str,
    levels: Sequence[str],
    weight: int = 1,
    target_on: date | None = None,
    hope_id: UUID | None = None,
    area: ProblemGroup | None = None,
    measure_key: str | None = None,
) -> UUID:
    """Set a goal with five described levels; return its id.

    Args:
        actor: The treating therapist.
        couple_id: Of which couple.
        new_id: Id of the new goal; a second call with the same id changes nothing.
        person_id: The present member whose own goal it is; None for a joint goal.
        title: The goal in a line.
        levels: Five descriptions, from -2 to +2, all of them needed.
        weight: Importance in the T score, 0 to 9; 0 leaves the goal out.
        target_on: When the expected level should be reached, if that was settled.
        hope_id: What a member wrote, if the goal comes of that; from then on their words stay.
        area: What it is about, if that was said; worksheets are suggested by it.
        measure_key: A measure that may show the way to it, if one does.

    Raises:
        NotFound: if the couple is not in the actor's care, or has no such hope.
        Invalid: naming the fields that need another look.
    """
    wanted = Goal(couple_id=couple_id, person_id=person_id, set_by=actor.person_id)
    reader = access.require_writing(actor, wanted.facts)
    access.hold(couple_id)
    hope = hopes.require(reader, hope_id) if hope_id is not None else None
    known = db.session.get(Goal, new_id)
    if known is not None:
        if known.couple_id != couple_id:
            raise NotFound
        return known.id
    problems = dict(_problems(title, levels, weight))
    members = {member.person_id for member in current_members(couple_id)}
    if person_id is not None and person_id not in members:
        problems["whose"] = "Choose somebody who is a member of the couple now."
    if measure_key is not None and measure_key not in all_measures():
        problems["measure_key"] = "Choose a measure from the list."
    if problems:
        raise Invalid(problems)
    goal = Goal(
        id=new_id,
        couple_id=couple_id,
        person_id=person_id,
        set_by=actor.person_id,
        weight=weight,
        target_on=target_on,
        measure_key=measure_key,
    )
    _write(goal, title, levels, area)
    db.session.add(goal)
    db.session.flush()
    audit.note_write(actor, couple_id, "goal.set")
    if hope is not None and hope.goal_id is None:
        hope.goal_id = goal.id
    # A member's own goal changes nothing of what the others are asked.
    refresh(couple_id, person_id=person_id)
    return goal.id


def edit_goal(
    *,
    actor: Actor,
    goal_id: UUID,
    title: str,
    levels: Sequence[str],
    weight: int,
    target_on: date | None,
    area: ProblemGroup | None = None,
) -> None:
    """Change a goal that nobody has rated yet; arguments as for ``set_goal``.

    Raises:
        NotFound: if there is no such goal in the actor's care.
        Refused: if it was rated or closed; a changed wording would change what a rating meant.
        Invalid: naming the fields that need another look.
    """
    goal = _to_write(actor, goal_id)
    if _is_rated(goal_id) or goal.closed_on is not None:
        raise Refused(
            "This goal was rated or closed, so its wording stays. Close it and set a new one."
        )
    problems = dict(_problems(title, levels, weight))
    if problems:
        raise Invalid(problems)
    _write(goal, title, levels, area)
    goal.weight, goal.target_on = weight, target_on
    drafts.drop_about(DraftKind.GOAL, [goal.id])
    db.session.flush()
    audit.note_write(actor, goal.couple_id, "goal.edited")


def say_area(*, actor: Actor, goal_id: UUID, area: ProblemGroup | None) -> None:
    """Say what a goal is about, or take it back; also of one that was rated.

    It changes no wording, so it changes nothing of what a rating meant.

    Raises:
        NotFound: if there is no such goal in the actor's care.
        Refused: if it was closed.
    """
    goal = _to_write(actor, goal_id)
    if goal.closed_on is not None:
        raise Refused("This goal was closed, so it stays as it is.")
    if goal.area is not area:
        goal.area_key = area.value if area else ""
        db.session.flush()
        audit.note_write(actor, goal.couple_id, "goal.edited")


def close_goal(*, actor: Actor, goal_id: UUID) -> UUID:
    """Close a goal from today on; its ratings stay. Return its couple.

    Raises:
        NotFound: if there is no such goal in the actor's care.
    """
    goal = _to_write(actor, goal_id)
    if goal.closed_on is None:
        goal.closed_on = clock.today()
        drafts.drop_about(DraftKind.GOAL, [goal.id])
        db.session.flush()
        audit.note_write(actor, goal.couple_id, "goal.closed")
        refresh(goal.couple_id, person_id=goal.person_id)
    return goal.couple_id


def _is_rated(goal_id: UUID) -> bool:
    ratings = select(GoalRating.id).where(GoalRating.goal_id == goal_id)
    progress = select(GoalProgress.id).where(GoalProgress.goal_id == goal_id)
    return db.session.scalar(select(ratings.exists() | progress.exists())) or False


def _to_write(actor: Actor, goal_id: UUID) -> Goal:
    """Return a goal of a couple in the actor's care, locked against a rating in between."""
    goal = db.session.scalar(select(Goal).where(Goal.id == goal_id).with_for_update())
    if goal is None:
        raise NotFound
    access.require_writing(actor, goal.facts)
    return goal


def _problems(title: str, levels: Sequence[str], weight: int) -> Iterator[tuple[str, str]]:
    if not tidy(title):
        yield "title", "Say the goal in a line."
    elif len(title.strip()) > TITLE_LIMIT:
        yield "title", f"There is room for {TITLE_LIMIT} characters."
    if len(levels) != len(LEVEL_FIELDS):
        raise ValueError("a goal has five levels")
    for name, text in zip(LEVEL_FIELDS, levels, strict=True):
        if not tidy(text):
            yield name, "Describe this level too: what would be seen or heard?"
        elif len(text.strip()) > LEVEL_LIMIT:
            yield name, f"There is room for {LEVEL_LIMIT} characters."
    if not 0 <= weight <= 9:
        yield "weight", "Choose a weight from 0 to 9."


def _write(goal: Goal, title: str, levels: Sequence[str], area: ProblemGroup | None) -> None:
    goal.title = tidy(title)
    goal.levels = [tidy(text) for text in levels]
    goal.area_key = area.value if area else ""
