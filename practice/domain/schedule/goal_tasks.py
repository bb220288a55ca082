"""What a goals step asks for at which occasion, and how long that takes."""

from enum import StrEnum

from practice.domain.steps import Occasion


class GoalTask(StrEnum):
    """What somebody is asked to do about goals."""

    WRITE = "write"
    """Write down what they hope for."""

    PROGRESS = "progress"
    """Say of each goal how far it has come, 0 to 10."""

    ATTAINMENT = "attainment"
    """Choose of each goal one of its five described levels."""


_ENDS = (Occasion.REVIEW, Occasion.DISCHARGE, Occasion.FOLLOW_UP_3, Occasion.FOLLOW_UP_12)

TASKS = {
    Occasion.INTAKE: GoalTask.WRITE,
    Occasion.BEFORE_SESSION: GoalTask.PROGRESS,
    **dict.fromkeys(_ENDS, GoalTask.ATTAINMENT),
}

MOST_HOPES = 3
"""How many hopes one person can write down."""

WRITING_MINUTES = 3
PROGRESS_A_MINUTE = 4
"""Goals that one rates from 0 to 10 within a minute."""


def minutes_of(task: GoalTask, goals: int) -> int:
    """Return how long a task takes, in minutes, rounded up.

    Args:
        task: Which; one of the five levels is chosen in about a minute, since they are read first.
        goals: How many goals are rated; of no meaning where hopes are written.
    """
    if task is GoalTask.WRITE:
        return WRITING_MINUTES
    each = 1 if task is GoalTask.ATTAINMENT else PROGRESS_A_MINUTE
    return max(1, -(-goals // each))
