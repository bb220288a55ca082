"""Where one class ends and the next begins, in raw scores: for a picture and for a plain answer."""

from practice.domain.change.criteria import Criteria
from practice.domain.change.hageman_arrindell import reliability_after
from practice.domain.change.methods import METHODS, GroupFigures, Method, Need
from practice.domain.change.reliable_change import standard_error_of_measurement


def after_border(before: float, index: float, *, method: Method, figures: GroupFigures) -> float:
    """Return the score after at which a row that started at ``before`` reaches an index.

    Every index of the table is a straight line in the second score, so two points give it.

    Formula:
        before + (index - I(before)) / (I(before + SD) - I(before)) x SD, where I(score) is the
        method's index of a row that starts at ``before`` and ends at ``score``.

    Args:
        before: Raw score at baseline, in scale points.
        index: Without unit; for example the method's critical value, or its negative.
        method: One of the table.
        figures: What the method needs, in scale points; reliabilities 0 <= r < 1.

    Returns:
        A raw score, in scale points; it may lie outside the range of the scale.

    Raises:
        ValueError: as the method.

    Source:
        Ours: the formula of the method, solved for the score after.
    """
    of = METHODS[method].index
    here = of(before, before, figures)
    per_point = (of(before, before + figures.sd, figures) - here) / figures.sd
    return before + (index - here) / per_point


def cut_borders(
    criteria: Criteria, *, method: Method, figures: GroupFigures
) -> tuple[float, float] | None:
    """Return the raw scores at which a row starts, and ends, past the cut-off.

    Formula:
        Before: M_pre + (cut - M_pre) / r_pre. After: M_post + (cut +/- 1.644854 sqrt(r_post) SEM -
        M_post) / r_post; plus where higher is better. The cut-off itself for raw scores.

    Args:
        criteria: Direction and cut-off, in scale points.
        method: One of the table.
        figures: What the method needs, in scale points; reliabilities 0 <= r < 1.

    Returns:
        The border among the scores before and the one among the scores after, in scale points;
        both are the cut-off itself for a method of raw scores. None without a cut-off, and where
        true scores cannot be turned back into raw ones (a reliability of 0).

    Raises:
        ValueError: as the method.

    Source:
        The formulas of ``estimated_true_score`` and ``hageman_arrindell_cut_index``, solved for
        the raw score.
    """
    cut, entry = criteria.cut, METHODS[method]
    if cut is None or not entry.true_scores:
        return None if cut is None else (cut, cut)
    if figures.reliability == 0:
        return None
    mean_pre, mean_post = figures.known(Need.MEAN_PRE), figures.known(Need.MEAN_POST)
    reliability = reliability_after(figures, sd_post=figures.known(Need.SD_POST))
    margin = entry.critical_value * reliability**0.5 * standard_error_of_measurement(figures)
    past = cut + margin if criteria.higher_is_better else cut - margin
    return (
        mean_pre + (cut - mean_pre) / figures.reliability,
        mean_post + (past - mean_post) / reliability,
    )
