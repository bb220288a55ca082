"""Reliable change after Hsu, Linn and Lord: against what the group's own change makes likely."""

from practice.domain.change.checks import require_finite
from practice.domain.change.reliable_change import Precision
from practice.domain.change.true_scores import standard_error_of_prediction


def hsu_linn_lord_index(
    before: float, after: float, norms: Precision, *, mean_pre: float, mean_post: float
) -> float:
    """Return how far a person's change lies from that of the group.

    Both scores are taken from the mean of their own time, so that the change of the whole group
    drops out: it says who changed more or less than the others, and is not for counting outcomes.

    Formula:
        ((after - M_post) - r (before - M_pre)) / (SD sqrt(1 - r^2)).

    Args:
        before: Raw score at baseline, in scale points.
        after: Raw score at follow-up, in scale points.
        norms: ``sd`` (scale points, > 0) and ``reliability`` (0 <= r < 1) of the scores before.
        mean_pre: Mean of the group before treatment, in scale points.
        mean_post: Mean of the same group after treatment, in scale points.

    Returns:
        A signed number without unit; positive means a higher score than the group's course makes
        likely. Larger than 1.959964 either way is reliable (two-sided).

    Raises:
        ValueError: if a score or a mean is not finite, or a figure is outside its range.

    Source:
        Hsu (1989), Behavioral Assessment 11(4), 459-467, after Linn and Lord; formula as in open
        R code, the article not re-read.
    """
    error = standard_error_of_prediction(norms)
    require_finite("score", before, after)
    require_finite("mean", mean_pre, mean_post)
    return ((after - mean_post) - norms.reliability * (before - mean_pre)) / error
