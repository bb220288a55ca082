"""Reliable change after Edwards and Nunnally: is the second score outside the first's interval?"""

from practice.domain.change.checks import require_finite
from practice.domain.change.reliable_change import Precision, standard_error_of_measurement
from practice.domain.change.true_scores import estimated_true_score


def edwards_nunnally_index(
    before: float, after: float, norms: Precision, *, mean_pre: float
) -> float:
    """Return how far the second score lies from the true score that the first leads one to expect.

    The second score's own error is left out of the divisor, so that it counts liberally both
    ways: more people improve, more deteriorate.

    Formula:
        (after - [r (before - M) + M]) / (SD sqrt(1 - r)).

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
        Speer (1992), J. Consult. Clin. Psychol. 60(3), 402-408, after Edwards et al. and Nunnally;
        formula as in open R code, the article not re-read.
    """
    error = standard_error_of_measurement(norms)
    require_finite("score", after)
    expected = estimated_true_score(before, mean=mean_pre, reliability=norms.reliability)
    return (after - expected) / error
