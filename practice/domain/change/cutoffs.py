"""Cut-offs a, b and c of Jacobson and Truax, for a scale without a published cut score."""

import math


def cutoff_a(clinical_mean: float, clinical_sd: float, *, higher_is_better: bool) -> float:
    """Return cut-off a: two SD from the clinical mean, towards the better side.

    Formula:
        M_clin + 2 SD_clin where higher is better, M_clin - 2 SD_clin where lower is.

    Args:
        clinical_mean: Mean of people before treatment, in scale points.
        clinical_sd: Their standard deviation, in scale points, > 0.
        higher_is_better: Direction of the scale.

    Returns:
        A cut-off in scale points; it may lie outside the range of the scale.

    Raises:
        ValueError: if a number is not finite or the SD is not above 0.

    Source:
        Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19.
    """
    _check(clinical_mean, clinical_sd)
    return clinical_mean + 2 * clinical_sd if higher_is_better else clinical_mean - 2 * clinical_sd


def cutoff_b(functional_mean: float, functional_sd: float, *, higher_is_better: bool) -> float:
    """Return cut-off b: two SD from the functional mean, towards the worse side.

    The SD is that of the functional group; some published software uses the clinical one here.

    Formula:
        M_fun - 2 SD_fun where higher is better, M_fun + 2 SD_fun where lower is.

    Args:
        functional_mean: Mean of people who are not in distress, in scale points.
        functional_sd: Their standard deviation, in scale points, > 0.
        higher_is_better: Direction of the scale.

    Returns:
        A cut-off in scale points; it may lie outside the range of the scale.

    Raises:
        ValueError: if a number is not finite or the SD is not above 0.

    Source:
        Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19.
    """
    _check(functional_mean, functional_sd)
    step = 2 * functional_sd
    return functional_mean - step if higher_is_better else functional_mean + step


def cutoff_c(
    clinical_mean: float, clinical_sd: float, functional_mean: float, functional_sd: float
) -> float:
    """Return cut-off c: the score as far from one mean as from the other, counted in SDs.

    Each mean is weighted by the SD of the *other* group, so that the cut lies nearer to the mean
    of the narrower group. It is the same for both directions.

    Formula:
        (SD_clin x M_fun + SD_fun x M_clin) / (SD_clin + SD_fun).

    Args:
        clinical_mean: Mean of people before treatment, in scale points.
        clinical_sd: Their standard deviation, in scale points, > 0.
        functional_mean: Mean of people who are not in distress, in scale points.
        functional_sd: Their standard deviation, in scale points, > 0.

    Returns:
        A cut-off between the two means, in scale points.

    Raises:
        ValueError: if a number is not finite or an SD is not above 0.

    Source:
        Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19.
    """
    _check(clinical_mean, clinical_sd)
    _check(functional_mean, functional_sd)
    weighted = clinical_sd * functional_mean + functional_sd * clinical_mean
    return weighted / (clinical_sd + functional_sd)


def _check(mean: float, sd: float) -> None:
    if not math.isfinite(mean):
        raise ValueError("a mean must be a finite number")
    if not (math.isfinite(sd) and sd > 0):
        raise ValueError("a standard deviation must be a number above 0")
