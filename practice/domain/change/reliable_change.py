"""Reliable change after Jacobson and Truax: is a difference larger than the test's own error?"""

import math
from typing import Protocol

from practice.domain.statistics import Z_95

CRITICAL_VALUE = Z_95
"""|RCI| must be larger than this: unlikely (p < .05, two-sided) without real change."""


class Precision(Protocol):
    """What is known of a score's precision; ``Norms`` and ``Criteria`` both say it."""

    @property
    def sd(self) -> float:
        """Standard deviation of the reference sample, in scale points, > 0."""

    @property
    def reliability(self) -> float:
        """0 <= r < 1."""


def standard_error_of_measurement(norms: Precision) -> float:
    """Return the standard error of one score.

    Formula:
        SEM = SD x sqrt(1 - r).

    Args:
        norms: ``sd`` in scale points (> 0) and ``reliability`` (0 <= r < 1) of the reference
            sample; test-retest reliability where it is published.

    Returns:
        Scale points, above 0.

    Raises:
        ValueError: if ``sd`` or ``reliability`` is outside its range.

    Source:
        Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19.
    """
    if not (math.isfinite(norms.sd) and norms.sd > 0):
        raise ValueError("the standard deviation must be a number above 0")
    if not 0 <= norms.reliability < 1:
        raise ValueError("the reliability must be at least 0 and below 1")
    return norms.sd * math.sqrt(1 - norms.reliability)


def s_difference(norms: Precision) -> float:
    """Return the standard error of the difference of two scores.

    Formula:
        S_diff = sqrt(2) x SEM.

    Args:
        norms: As for ``standard_error_of_measurement``.

    Returns:
        Scale points, above 0.

    Raises:
        ValueError: as ``standard_error_of_measurement``.

    Source:
        Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19.
    """
    return math.sqrt(2) * standard_error_of_measurement(norms)


def reliable_change_index(before: float, after: float, norms: Precision) -> float:
    """Return the reliable change index (RCI) between two scores of one person.

    Formula:
        RCI = (after - before) / S_diff.

    Args:
        before: Raw score at baseline, in scale points.
        after: Raw score at follow-up, in scale points of the same scale.
        norms: As for ``standard_error_of_measurement``.

    Returns:
        A signed number without unit. Positive means that the raw score rose; whether rising is
        good is the scale's business. ``abs(rci) > CRITICAL_VALUE`` is unlikely (p < .05,
        two-sided) without real change.

    Raises:
        ValueError: if a score is not finite (a missing score must not reach this function), or
            as ``standard_error_of_measurement``.

    Source:
        Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19.
    """
    if not (math.isfinite(before) and math.isfinite(after)):
        raise ValueError("a score must be a finite number")
    return (after - before) / s_difference(norms)


def reliable_change_points(norms: Precision) -> float:
    """Return the difference that must be exceeded to be reliable.

    Formula:
        1.959964 x S_diff.

    Args:
        norms: As for ``standard_error_of_measurement``.

    Returns:
        Scale points, above 0.

    Raises:
        ValueError: as ``standard_error_of_measurement``.

    Source:
        Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19.
    """
    return CRITICAL_VALUE * s_difference(norms)


def whole_points_needed(norms: Precision) -> int:
    """Return the smallest whole number of points that is a reliable change.

    Formula:
        floor(1.959964 x S_diff) + 1.

    Args:
        norms: As for ``standard_error_of_measurement``.

    Returns:
        ``reliable_change_points`` rounded up; one more where it is itself whole, because the
        index must exceed the critical value.

    Raises:
        ValueError: as ``standard_error_of_measurement``.

    Source:
        Follows from Jacobson & Truax (1991) for scales that only take whole numbers.
    """
    return math.floor(reliable_change_points(norms)) + 1
