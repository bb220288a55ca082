"""How far a group moved: means, spread and effect sizes, for couples and for single members."""

from collections.abc import Sequence
from dataclasses import dataclass

from practice.domain.caseload_outcomes.disclosure import SMALLEST_GROUP
from practice.domain.statistics import EffectSizes, effect_sizes, sample_mean, sample_sd


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean and standard deviation at one time, in scale points."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class GroupChange:
    """A group before and after."""

    n: int
    """Couples, where each counts once by the mean of its members; else members."""

    before: Spread
    after: Spread
    sizes: EffectSizes
    """Positive is better."""


def change_of_group(
    pairs: Sequence[tuple[float, float]], *, higher_is_better: bool
) -> GroupChange | None:
    """Return how far a group moved; None where it is smaller than ``SMALLEST_GROUP``.

    Args:
        pairs: Score before and after, in scale points, each from somebody else.
        higher_is_better: Direction of the scale.
    """
    if len(pairs) < SMALLEST_GROUP:
        return None
    before, after = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return GroupChange(
        n=len(pairs),
        before=_spread(before),
        after=_spread(after),
        sizes=effect_sizes(before, after, higher_is_better=higher_is_better),
    )


def _spread(scores: Sequence[float]) -> Spread:
    return Spread(sample_mean(scores), sample_sd(scores))
