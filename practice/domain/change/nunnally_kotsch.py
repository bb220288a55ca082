"""Reliable change after Nunnally and Kotsch: with a reliability of its own for each time."""

import math

from practice.domain.change.checks import require_finite, require_reliability
from practice.domain.change.reliable_change import Precision, standard_error_of_measurement
from practice.domain.change.true_scores import estimated_true_score


def nunnally_kotsch_error(norms: Precision, *, reliability_post: float) -> float:
    """Return the divisor of the index.

    The error of the expected score and that of the second score, put together.

    Formula:
        sqrt(r^2 SD^2 (1 - r) + SD^2 (1 - r_post)).

    Args:
        norms: ``sd`` (scale points, > 0) and ``reliability`` (0 <= r < 1) of the scores before.
        reliability_post: 0 <= r < 1, of the scores after.

    Returns:
        Scale points, above 0.

    Raises:
        ValueError: if a figure is outside its range.

    Source:
        As ``nunnally_kotsch_index``: Nunnally & Kotsch (1983).
    """
    error = standard_error_of_measurement(norms)
    require_reliability(reliability_post)
    return math.hypot(norms.reliability * error, norms.sd * math.sqrt(1 - reliability_post))


def nunnally_kotsch_index(
    before: float, after: float, norms: Precision, *, mean_pre: float, reliability_post: float
) -> float:
    """Return how far the second score lies from the true score that the first leads one to expect.

    Formula:
        (after - [r (before - M) + M]) / sqrt(r^2 SD^2 (1 - r) + SD^2 (1 - r_post)).

    Args:
        before: Raw score at baseline, in scale points.
        after: Raw score at follow-up, in scale points.
        norms: ``sd`` (scale points, > 0) and ``reliability`` (0 <= r < 1) of the scores before.
        mean_pre: M, mean of the group before treatment, in scale points.
        reliability_post: 0 <= r < 1, of the scores after; the same as before where only one is
            known.

    Returns:
        A signed number without unit; positive means that the score is higher than expected.
        Larger than 1.959964 either way is reliable (two-sided).

    Raises:
        ValueError: if a score or the mean is not finite, or a figure is outside its range.

    Source:
        Nunnally & Kotsch (1983), Br. J. Clin. Psychol. 22(2), 83-93; formula as in open R code,
        the article not re-read.
    """
    error = nunnally_kotsch_error(norms, reliability_post=reliability_post)
    require_finite("score", after)
    expected = estimated_true_score(before, mean=mean_pre, reliability=norms.reliability)
    return (after - expected) / error
