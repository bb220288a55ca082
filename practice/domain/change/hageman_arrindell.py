"""Reliable change after Hageman and Arrindell: the true change of one person within a group.

Source of this module: Hageman & Arrindell (1999), Behav. Res. Ther. 37(12), 1169-1193; formulas as
in open R code, the article itself not re-read.
"""

import math
from statistics import NormalDist

from practice.domain.change.checks import require_finite
from practice.domain.change.reliable_change import (
    Precision,
    s_difference,
    standard_error_of_measurement,
)
from practice.domain.change.true_scores import true_score_sd

CRITICAL_VALUE_ONE_SIDED = 1.644854
"""The index must be larger than this: one-sided 5 % point of the standard normal distribution."""


def difference_reliability(norms: Precision, *, sd_difference: float) -> float:
    """Return the reliability of the difference scores.

    It is the share of the variance of the differences that is not the error of the two
    measurements; the same as (SD_pre^2 r_pre + SD_post^2 r_post - 2 SD_pre SD_post r_prepost) /
    (SD_pre^2 + SD_post^2 - 2 SD_pre SD_post r_prepost) with one standard error for both times.

    Formula:
        1 - 2 SEM^2 / SD_difference^2.

    Args:
        norms: ``sd`` (scale points, > 0) and ``reliability`` (0 <= r < 1) of the scores before.
        sd_difference: Standard deviation of after minus before over the group, in scale points.

    Returns:
        Above 0 and below 1.

    Raises:
        ValueError: if a figure is outside its range, or the differences vary no more than the
            test's own error lets expect: then no difference says anything about a person.

    Source:
        Hageman & Arrindell (1999).
    """
    error = s_difference(norms)
    require_finite("standard deviation", sd_difference)
    if not sd_difference > error:
        raise ValueError(
            "the changes of the rows vary no more than the test's own error, so their "
            "reliability is not above 0 and the method of Hageman and Arrindell cannot be used"
        )
    return 1 - (error / sd_difference) ** 2


def hageman_arrindell_index(
    before: float,
    after: float,
    norms: Precision,
    *,
    mean_pre: float,
    mean_post: float,
    sd_difference: float,
) -> float:
    """Return the estimated true change of one person in units of its error.

    The change is drawn towards that of the group, the more so the less reliable the differences
    are.

    Formula:
        ((after - before) r_dd + (M_post - M_pre) (1 - r_dd)) / (sqrt(r_dd) sqrt(2) SEM).

    Args:
        before: Raw score at baseline, in scale points.
        after: Raw score at follow-up, in scale points.
        norms: ``sd`` (scale points, > 0) and ``reliability`` (0 <= r < 1) of the scores before.
        mean_pre: Mean of the group before treatment, in scale points.
        mean_post: Mean of the same group after treatment, in scale points.
        sd_difference: Standard deviation of the group's differences, in scale points.

    Returns:
        A signed number without unit; positive means that the score rose. Larger than 1.644854 in
        the direction that is asked for is reliable (one-sided).

    Raises:
        ValueError: if a score or a mean is not finite, or as ``difference_reliability``.

    Source:
        Hageman & Arrindell (1999), RC_INDIV.
    """
    require_finite("score", before, after)
    require_finite("mean", mean_pre, mean_post)
    reliability = difference_reliability(norms, sd_difference=sd_difference)
    true_change = (after - before) * reliability + (mean_post - mean_pre) * (1 - reliability)
    return true_change / (math.sqrt(reliability) * s_difference(norms))


def reliability_after(norms: Precision, *, sd_post: float) -> float:
    """Return the reliability of the scores after, the error being the same as before.

    Formula:
        1 - SEM^2 / SD_post^2.

    Args:
        norms: ``sd`` (scale points, > 0) and ``reliability`` (0 <= r < 1) of the scores before.
        sd_post: Standard deviation of the scores after, in scale points.

    Returns:
        Above 0, at most 1.

    Raises:
        ValueError: if a figure is outside its range, or the scores after vary no more than the
            test's own error.

    Source:
        Hageman & Arrindell (1999).
    """
    return (true_score_sd(sd_post, standard_error_of_measurement(norms)) / sd_post) ** 2


def hageman_arrindell_cut_index(
    after: float, cut: float, norms: Precision, *, mean_post: float, sd_post: float
) -> float:
    """Return how far the estimated true score lies beyond the cut-off, in units of its error.

    Formula:
        (M_post + (after - M_post) r_post - cut) / (sqrt(r_post) SEM).

    Args:
        after: Raw score at follow-up, in scale points.
        cut: True-score cut-off, in scale points: a, b or c of the true-score SDs
            (``true_score_sd``), or a number that is taken for one.
        norms: ``sd`` (scale points, > 0) and ``reliability`` (0 <= r < 1) of the scores before.
        mean_post: Mean of the group after treatment, in scale points.
        sd_post: Standard deviation of the group after treatment, in scale points.

    Returns:
        A signed number without unit; positive means above the cut-off. Larger than 1.644854
        towards the better side is reliably past it (one-sided).

    Raises:
        ValueError: if a number is not finite, or as ``reliability_after``.

    Source:
        Hageman & Arrindell (1999), CS_INDIV.
    """
    require_finite("score", after)
    require_finite("mean", mean_post)
    require_finite("cut-off", cut)
    reliability = reliability_after(norms, sd_post=sd_post)
    beyond = mean_post + (after - mean_post) * reliability - cut
    return beyond / (math.sqrt(reliability) * standard_error_of_measurement(norms))


def group_share_changed(
    norms: Precision,
    *,
    mean_pre: float,
    mean_post: float,
    sd_difference: float,
    higher_is_better: bool,
) -> float:
    """Return the estimated share of the group whose true score moved for the better.

    A statement about the group, never about one of its members.

    Formula:
        Phi((M_post - M_pre) / (SD_difference sqrt(r_dd))), turned where lower is better.

    Args:
        norms: ``sd`` (scale points, > 0) and ``reliability`` (0 <= r < 1) of the scores before.
        mean_pre: Mean of the group before treatment, in scale points.
        mean_post: Mean of the same group after treatment, in scale points.
        sd_difference: Standard deviation of the group's differences, in scale points.
        higher_is_better: Direction of the scale.

    Returns:
        0 to 1, normal distributions taken for granted.

    Raises:
        ValueError: if a mean is not finite, or as ``difference_reliability``.

    Source:
        Hageman & Arrindell (1999), RC_GROUP.
    """
    require_finite("mean", mean_pre, mean_post)
    reliability = difference_reliability(norms, sd_difference=sd_difference)
    z = (mean_post - mean_pre) / (sd_difference * math.sqrt(reliability))
    return NormalDist().cdf(z if higher_is_better else -z)


def group_share_past_cut(
    cut: float, norms: Precision, *, mean_post: float, sd_post: float, higher_is_better: bool
) -> float:
    """Return the estimated share of the group whose true score ended past the cut-off.

    A statement about the group, never about one of its members.

    Formula:
        Phi((M_post - cut) / (SD_post sqrt(r_post))), turned where lower is better.

    Args:
        cut: True-score cut-off, in scale points.
        norms: ``sd`` (scale points, > 0) and ``reliability`` (0 <= r < 1) of the scores before.
        mean_post: Mean of the group after treatment, in scale points.
        sd_post: Standard deviation of the group after treatment, in scale points.
        higher_is_better: Direction of the scale.

    Returns:
        0 to 1, normal distributions taken for granted.

    Raises:
        ValueError: if a number is not finite, or as ``reliability_after``.

    Source:
        Hageman & Arrindell (1999), CS_GROUP.
    """
    require_finite("mean", mean_post)
    require_finite("cut-off", cut)
    spread = true_score_sd(sd_post, standard_error_of_measurement(norms))
    z = (mean_post - cut) / spread
    return NormalDist().cdf(z if higher_is_better else -z)
