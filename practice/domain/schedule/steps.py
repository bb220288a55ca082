"""What the battery asks of one member beside measures: each kind of step by its own rule.

A rule looks at one occasion and at one member. It says whether this member is asked then, and
whether they have done already what is asked. **A further kind of step gets its rule in** ``RULES``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from practice.domain.battery import Battery, Occasion, StepKind
from practice.domain.schedule.facts import CourseFacts, GoalFact, PersonFacts
from practice.domain.schedule.goal_tasks import TASKS, GoalTask
from practice.domain.schedule.windows import FIRST, Window, windows_of


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """Something other than a measure, asked of one person at one occasion."""

    kind: StepKind
    occasion: Occasion
    occasion_ref: str
    """Which time: unique for the person together with the kind."""

    session_id: UUID | None
    opens_at: datetime
    due_on: date | None
    closes_on: date | None
    """Last day; None: stays open."""

    optional: bool
    done_on: date | None
    """The day on which all was done that is asked; None while it is not."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a rule says of one occasion."""

    sitting: str
    """What is not asked twice at a time: of two with the same word one stands for both."""

    done_on: date | None = None


Rule = Callable[[Window, PersonFacts], Wanted | None]


def plan_steps(
    battery: Battery, course: CourseFacts, person: PersonFacts
) -> tuple[PlannedStep, ...]:
    """Return everything beside measures that one member is asked, past occasions included.

    Args:
        battery: What is asked when.
        course: The couple's course; sessions of other members alone are ignored.
        person: The member, with what this member did and can know of.

    Returns:
        In the order in which they open, what is done already too. Whoever has left is asked
        nothing.
    """
    if not battery.active or person.left_on is not None:
        return ()
    found = [
        (window, step.kind, step.optional, wanted)
        for window in windows_of(battery, course, person)
        for step in battery.others
        if step.occasion is window.occasion
        and (wanted := RULES[step.kind](window, person)) is not None
    ]
    found.sort(key=lambda one: (FIRST.index(one[0].occasion), one[0].first, one[0].occasion_ref))
    kept: list[tuple[Window, str]] = []
    planned: list[PlannedStep] = []
    for window, kind, optional, wanted in found:
        sitting = f"{kind.value}:{wanted.sitting}"
        if any(sitting == other and _overlap(window, earlier) for earlier, other in kept):
            continue
        kept.append((window, sitting))
        planned.append(_planned(window, kind, wanted, optional=optional))
    planned.sort(key=lambda step: (step.opens_at, FIRST.index(step.occasion), step.kind.value))
    return tuple(planned)


def goals_wanted(window: Window, person: PersonFacts) -> Wanted | None:
    """Ask at intake what somebody hopes for, and later where they are with their goals.

    Nobody is asked about goals they do not have. A goal that was closed before the occasion closed
    is none of its goals.
    """
    task = TASKS.get(window.occasion)
    if task is None:
        return None
    if task is GoalTask.WRITE:
        days = [on for on in person.hoped_on if window.first <= on <= window.last]
        return Wanted(task.value, min(days, default=None))
    goals = [goal for goal in person.goals if _is_asked(goal, window)]
    if not goals:
        return None
    said = [_said_on(goal, task, window, person) for goal in goals]
    days = [on for on in said if on is not None]
    return Wanted("rate", max(days) if len(days) == len(goals) else None)


def screening_wanted(window: Window, person: PersonFacts) -> Wanted:
    """Ask the private questions of everybody; asking again has a day of its own, see ``safety``."""
    days = [on for on in person.screened_on if window.first <= on <= window.last]
    return Wanted("asked", min(days, default=None))


RULES: Mapping[StepKind, Rule] = {
    StepKind.GOALS: goals_wanted,
    StepKind.SCREENING: screening_wanted,
}


def _is_asked(goal: GoalFact, window: Window) -> bool:
    return goal.since <= window.last and (goal.closed_on is None or goal.closed_on > window.last)


def _said_on(goal: GoalFact, task: GoalTask, window: Window, person: PersonFacts) -> date | None:
    return min(
        (
            said.on
            for said in person.said
            if said.goal_id == goal.id
            and said.task is task
            and window.counts_from <= said.on <= window.last
        ),
        default=None,
    )


def _overlap(one: Window, other: Window) -> bool:
    return one.first <= other.last and other.first <= one.last


def _planned(window: Window, kind: StepKind, wanted: Wanted, *, optional: bool) -> PlannedStep:
    return PlannedStep(
        kind,
        window.occasion,
        window.occasion_ref,
        window.session_id,
        window.opens_at,
        window.due_on,
        window.closes_on,
        optional,
        wanted.done_on,
    )
