"""Reliable change after Gulliksen, Lord and Novick: against what regression leads one to expect."""

from practice.domain.change.checks import require_finite
from practice.domain.change.reliable_change import Precision
from practice.domain.change.true_scores import estimated_true_score, standard_error_of_prediction


def gulliksen_lord_novick_index(
    before: float, after: float, norms: Precision, *, mean_pre: float
) -> float:
    """Return how far the second score lies from the one that the first leads one to expect.

    Someone who started far from the mean is expected to come nearer to it without any treatment;
    only what goes beyond counts.

    Formula:
        ((after - M) - r (before - M)) / (SD sqrt(1 - r^2)).

    Args:
        before: Raw score at baseline, in scale points.
        after: Raw score at follow-up, in scale points.
        norms: ``sd`` (scale points, > 0) and ``reliability`` (0 <= r < 1) of the scores before.
        mean_pre: M, mean of the group before treatment, in scale points.

    Returns:
        A signed number without unit; positive means that the score is higher than expected.
        Larger than 1.959964 either way is reliable (two-sided).

    Raises:
        ValueError: if a score or the mean is not finite, or a figure is outside its range.

    Source:
        Hsu (1989), Behavioral Assessment 11(4), 459-467, and Hsu (1995), J. Consult. Clin.
        Psychol. 63(1), 141-144, after Gulliksen (1950) and Lord & Novick (1968); formula as in
        open R code, the articles not re-read.
    """
    error = standard_error_of_prediction(norms)
    require_finite("score", after)
    expected = estimated_true_score(before, mean=mean_pre, reliability=norms.reliability)
    return (after - expected) / error
