"""Goal attainment scaling: five described levels for each goal, and one T score over goals.

Beside it, from session to session, progress from 0 to 10: a number in somebody's own judgement,
with no norm, no cut score and no index of reliable change. The two are never mixed.
"""

import math
from collections.abc import Sequence
from enum import IntEnum

DEFAULT_CORRELATION = 0.30
"""Assumed correlation between goals; the customary value since Kiresuk and Sherman."""


PROGRESS = range(11)
"""0 to 10: from ``PROGRESS_ENDS[0]`` to ``PROGRESS_ENDS[1]``."""

PROGRESS_ENDS = ("nothing has moved yet", "we are there")
"""In words of Dyad's own, about a joint goal."""

OWN_PROGRESS_ENDS = ("nothing has moved yet", "I am there")
"""The same about somebody's own goal."""


class AttainmentLevel(IntEnum):
    """How far a goal has been reached, seen from what was expected when it was set."""

    MUCH_LESS = -2
    LESS = -1
    EXPECTED = 0
    MORE = 1
    MUCH_MORE = 2

    @property
    def label(self) -> str:
        """The level in plain words."""
        return _LABELS[self]


_LABELS: dict[AttainmentLevel, str] = {
    AttainmentLevel.MUCH_LESS: "Much less than expected",
    AttainmentLevel.LESS: "Somewhat less than expected",
    AttainmentLevel.EXPECTED: "As expected",
    AttainmentLevel.MORE: "Somewhat more than expected",
    AttainmentLevel.MUCH_MORE: "Much more than expected",
}


def t_score(
    levels: Sequence[int],
    weights: Sequence[float] | None = None,
    correlation: float = DEFAULT_CORRELATION,
) -> float | None:
    """Return the goal attainment T score of one set of goals, rated by one person.

    T = 50 + 10 sum(w x) / sqrt((1 - rho) sum(w^2) + rho (sum w)^2). It depends on how boldly the
    goals were set; it has no reliable change index.

    Args:
        levels: One attainment level for each goal, -2 to 2.
        weights: How much each goal counts, >= 0, in the order of ``levels``; None: all equal. A
            weight of 0 takes the goal out.
        correlation: Assumed correlation between goals, 0 <= rho <= 1.

    Returns:
        50 where all goals are attained as expected; None where no goal is left.

    Raises:
        ValueError: if a level, a weight or the correlation is outside its range, or the two lists
            differ in length.

    Source:
        Kiresuk & Sherman (1968), Community Mental Health Journal 4, 443-453 (general knowledge,
        not re-read); described in Turner-Stokes (2009), Clinical Rehabilitation 23, 362-370, whose
        printed formulas have an erratum.
    """
    used = [1.0] * len(levels) if weights is None else [float(weight) for weight in weights]
    _check(levels, used, correlation)
    total = math.fsum(used)
    if total == 0:
        return None
    attained = math.fsum(weight * level for weight, level in zip(used, levels, strict=True))
    squares = math.fsum(weight * weight for weight in used)
    return 50 + 10 * attained / math.sqrt((1 - correlation) * squares + correlation * total**2)


def _check(levels: Sequence[int], weights: Sequence[float], correlation: float) -> None:
    if len(levels) != len(weights):
        raise ValueError("there must be one weight for each goal")
    for number, level in enumerate(levels, start=1):
        if level not in tuple(AttainmentLevel):
            raise ValueError(f"goal {number}: the level is not one of -2 to 2")
    for number, weight in enumerate(weights, start=1):
        if not (math.isfinite(weight) and weight >= 0):
            raise ValueError(f"goal {number}: the weight is not a number of 0 or more")
    if not 0 <= correlation <= 1:
        raise ValueError("the correlation between goals must be from 0 to 1")
