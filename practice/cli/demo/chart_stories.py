"""Three invented couples whose charts hold 3, 12 and 60 points: to look at pictures with."""

import math

from practice.cli.demo.stories import Story, Totals
from practice.domain.couples import RelationshipStatus

LEFT_OUT = 10
"""The second partner leaves every tenth wave unanswered: a gap must be seen too."""


def _couple(first: str, second: str, points: int) -> Story:
    """Return a couple who meet every week and are asked before each session."""
    return Story(
        (first, second),
        RelationshipStatus.COHABITING,
        weeks=points,
        sessions=points,
        every_weeks=1,
        measured_at=tuple(range(1, points + 1)),
        totals=(_rising(points), _wavering(points)),
        ratings=(((3, 3, 7, 4), (7, 7, 3, 7)), ((4, 4, 6, 6), (6, 6, 4, 7))),
        agreed=f"{points} points to look at.",
        problems=("", ""),
        shares=(True, True),
    )


def _rising(points: int) -> Totals:
    """Return totals from far below the cut to far above it, with small steps back."""
    return tuple(22 + round(44 * wave / (points - 1)) - 3 * (wave % 2) for wave in range(points))


def _wavering(points: int) -> Totals:
    """Return totals that cross the cut and the other's line again and again."""
    return tuple(
        None if wave % LEFT_OUT == LEFT_OUT - 1 else round(48 + 18 * math.sin(wave / 2))
        for wave in range(points)
    )


CHART_STORIES = (
    _couple("Freya Three", "Finlay Three", 3),
    _couple("Greta Twelve", "Gordon Twelve", 12),
    _couple("Hilda Sixty", "Hugo Sixty", 60),
)
