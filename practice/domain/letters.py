"""Letters between members and whoever treats them: limits, and when those to all are open."""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

LONGEST_LETTER = 6000
"""Characters. More than a page and a half; what is longer is better said."""

MOST_A_DAY = 20
"""Letters that one member can send in one couple on one day of the practice."""

LONGEST_ASKING = 1000
"""Characters of each field with which somebody asks for time alone."""

FEWEST_TOGETHER = 2
"""Members without whom there is nobody to write together with."""


class TimeOutcome(StrEnum):
    """What became of asking for time alone."""

    PLANNED = "planned"
    """A session with that person alone was planned."""

    ANSWERED = "answered"
    """The therapist wrote what happens instead, or why not now."""

    TAKEN_BACK = "taken_back"
    """The person took it back, or left the couple."""


def are_open_together(present: Collection[UUID], asked: Collection[UUID]) -> bool:
    """Say whether letters to all can be written now.

    Args:
        present: The present members.
        asked: Who asked for it and did not take it back.

    Returns:
        True only if every present member asked, and there are at least two.
    """
    return len(set(present)) >= FEWEST_TOGETHER and set(present) <= set(asked)
