"""Figures over many pairs of scores: mean, spread, effect sizes by name, shares with intervals."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

Z_95 = 1.959964
"""Two-sided 5 % point of the standard normal distribution."""

SMALLEST_N_FOR_PERCENT = 10
"""Under this many, one person more or less moves a percentage by ten points or more."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % confidence interval of a share, both ends from 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class EffectSizes:
    """Mean change of a group in units of a standard deviation, each by its name.

    A figure is None where it cannot be had: its SD is 0, or fewer than two pairs.
    """

    n: int
    d_pre: float | None
    """Mean change / SD before; what most published benchmarks use."""

    hedges_g: float | None
    """``d_pre`` corrected for the small sample."""

    d_av: float | None
    """Mean change / mean of the two SDs."""

    d_z: float | None
    """Mean change / SD of the changes; never compare it with the others."""

    d_pre_standard_error: float | None
    """Rough standard error of ``d_pre``."""

    correlation: float | None
    """Pearson's r of before and after."""


def sample_mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean.

    Args:
        values: At least one finite number.

    Raises:
        ValueError: if there is none, or one is not finite.
    """
    if not values or not all(math.isfinite(value) for value in values):
        raise ValueError("a mean needs at least one number, all finite")
    return math.fsum(values) / len(values)


def sample_sd(values: Sequence[float]) -> float:
    """Return the standard deviation of a sample (divisor n - 1), in the unit of the values.

    Args:
        values: At least two finite numbers.

    Raises:
        ValueError: if there are fewer than two, or one is not finite.
    """
    if len(values) < 2:
        raise ValueError("a standard deviation needs at least two numbers")
    if min(values) == max(values):
        return 0.0
    mean = sample_mean(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))


def pearson_correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Pearson's r of two lists of equal length, from -1 to 1.

    Args:
        first: At least two finite numbers.
        second: As many; the n-th belongs to the n-th of ``first``.

    Returns:
        None where one of the lists does not vary.

    Raises:
        ValueError: if the lengths differ or there are fewer than two pairs.
    """
    _require_pairs(first, second)
    spread = sample_sd(first) * sample_sd(second)
    if spread == 0:
        return None
    mean_first, mean_second = sample_mean(first), sample_mean(second)
    products = ((x - mean_first) * (y - mean_second) for x, y in zip(first, second, strict=True))
    covariance = math.fsum(products) / (len(first) - 1)
    return max(-1.0, min(1.0, covariance / spread))


def hedges_correction(degrees_of_freedom: int) -> float:
    """Return the factor 1 - 3 / (4 df - 1) that takes the small-sample bias out of d.

    Args:
        degrees_of_freedom: n - 1 for one group measured twice; at least 1.

    Raises:
        ValueError: if ``degrees_of_freedom`` is below 1.

    Source:
        Hedges (1981), Journal of Educational Statistics 6(2), 107-128, its approximation
        (general knowledge, not re-read).
    """
    if degrees_of_freedom < 1:
        raise ValueError("the correction needs at least one degree of freedom")
    return 1 - 3 / (4 * degrees_of_freedom - 1)


def effect_sizes(
    before: Sequence[float], after: Sequence[float], *, higher_is_better: bool = True
) -> EffectSizes:
    """Return the effect sizes of one group measured twice.

    Args:
        before: First scores, in scale points.
        after: Second scores of the same people in the same order.
        higher_is_better: Direction of the scale. The sign is turned so that positive is always
            better; pass True to have the plain difference after minus before.

    Raises:
        ValueError: if the lengths differ or there are fewer than two pairs.

    Source:
        Names and formulas as in Cumming (2012), Understanding the New Statistics, ch. 11 (general
        knowledge, not re-read); the benchmarks of couple therapy use d_pre. Standard error:
        sqrt(2 (1 - r) / n + d^2 / (2 n)), a rough approximation.
    """
    _require_pairs(before, after)
    n = len(before)
    changes = [second - first for first, second in zip(before, after, strict=True)]
    mean_change = sample_mean(changes) * (1 if higher_is_better else -1)
    sd_before, sd_after = sample_sd(before), sample_sd(after)
    d_pre = _ratio(mean_change, sd_before)
    r = pearson_correlation(before, after)
    return EffectSizes(
        n=n,
        d_pre=d_pre,
        hedges_g=None if d_pre is None else d_pre * hedges_correction(n - 1),
        d_av=_ratio(mean_change, (sd_before + sd_after) / 2),
        d_z=_ratio(mean_change, sample_sd(changes)),
        d_pre_standard_error=_standard_error(d_pre, r, n),
        correlation=r,
    )


def wilson_interval(count: int, n: int) -> Interval:
    """Return the 95 % Wilson score interval of a share.

    Args:
        count: How many, 0 <= count <= n.
        n: Out of how many, at least 1.

    Returns:
        Two ends from 0 to 1; unlike the textbook interval it never leaves that range and has a
        width at 0 and at n.

    Raises:
        ValueError: if ``count`` or ``n`` is outside its range.

    Source:
        Wilson (1927), Journal of the American Statistical Association 22, 209-212 (general
        knowledge, not re-read); checked against the values of Newcombe (1998).
    """
    if n < 1 or not 0 <= count <= n:
        raise ValueError("a share needs 0 <= count <= n and n of at least 1")
    share, z2 = count / n, Z_95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    low = 0.0 if count == 0 else max(0.0, centre - half)
    high = 1.0 if count == n else min(1.0, centre + half)
    return Interval(low, high)


def percent_or_none(count: int, n: int) -> float | None:
    """Return a share in per cent, or None where n is too small for one to mean anything.

    Args:
        count: How many, 0 <= count <= n.
        n: Out of how many.

    Returns:
        0 to 100, unrounded; None under ``SMALLEST_N_FOR_PERCENT``: show the count alone.

    Raises:
        ValueError: if ``count`` is not within 0 to ``n``.
    """
    if not 0 <= count <= n:
        raise ValueError("a share needs 0 <= count <= n")
    return None if n < SMALLEST_N_FOR_PERCENT else 100 * count / n


def _require_pairs(first: Sequence[float], second: Sequence[float]) -> None:
    if len(first) != len(second):
        raise ValueError("the two lists differ in length")
    if len(first) < 2:
        raise ValueError("fewer than two pairs")


def _ratio(numerator: float, denominator: float) -> float | None:
    return None if denominator == 0 else numerator / denominator


def _standard_error(d_pre: float | None, r: float | None, n: int) -> float | None:
    if d_pre is None or r is None:
        return None
    return math.sqrt(2 * (1 - r) / n + d_pre**2 / (2 * n))
