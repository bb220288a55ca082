"""True scores: what a score would be without the test's own error, as classical theory puts it."""

import math

from practice.domain.change.checks import require_finite, require_reliability
from practice.domain.change.reliable_change import Precision, standard_error_of_measurement


def estimated_true_score(score: float, *, mean: float, reliability: float) -> float:
    """Return the score drawn towards its group's mean.

    Formula:
        M + r (score - M).

    Args:
        score: Raw score, in scale points.
        mean: Mean of the group that the score belongs to, at the same time, in scale points.
        reliability: 0 <= r < 1, of the same scores.

    Returns:
        Scale points, between the score and the mean.

    Raises:
        ValueError: if a number is not finite, or the reliability is outside its range.

    Source:
        Kelley's formula; Lord & Novick (1968), Statistical Theories of Mental Test Scores
        (general knowledge, not re-read).
    """
    require_finite("score", score)
    require_finite("mean", mean)
    require_reliability(reliability)
    return mean + reliability * (score - mean)


def true_score_sd(sd: float, error: float) -> float:
    """Return the spread of the true scores.

    Formula:
        sqrt(SD^2 - SEM^2).

    Args:
        sd: Standard deviation of the raw scores, in scale points.
        error: Standard error of measurement of one score, in scale points, >= 0.

    Returns:
        Scale points, above 0 and at most the SD.

    Raises:
        ValueError: if a number is not finite, or the SD does not exceed the error: such scores
            would be nothing but error.

    Source:
        Variance of raw scores = variance of true scores + variance of error; Lord & Novick
        (1968; general knowledge, not re-read). SD x sqrt(r) where r belongs to the same scores.
    """
    require_finite("standard deviation", sd)
    require_finite("standard error", error)
    if not sd > error >= 0:
        raise ValueError(
            "the scores vary no more than the test's own error, so their true scores cannot be "
            "told apart"
        )
    return math.sqrt(sd**2 - error**2)


def standard_error_of_prediction(norms: Precision) -> float:
    """Return the error of a second score as told from the first.

    Formula:
        SD x sqrt(1 - r^2).

    Args:
        norms: ``sd`` (scale points, > 0) and ``reliability`` (0 <= r < 1) of the first scores.

    Returns:
        Scale points, above 0.

    Raises:
        ValueError: if ``sd`` or ``reliability`` is outside its range.

    Source:
        Lord & Novick (1968); used for change by Hsu (1989), Behavioral Assessment 11(4), 459-467
        (general knowledge, not re-read).
    """
    standard_error_of_measurement(norms)
    return norms.sd * math.sqrt(1 - norms.reliability**2)
