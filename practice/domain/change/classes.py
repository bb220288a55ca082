"""The class of one person's change: recovered, improved, unchanged or deteriorated."""

from dataclasses import dataclass

from practice.domain.change.class_rule import (
    PartnerClass,
    class_of,
    crossed_into_distress,
    crossed_unreliably,
)
from practice.domain.change.criteria import Criteria, is_reliable, points_of, whole_points_of
from practice.domain.change.reliable_change import reliable_change_index


@dataclass(frozen=True, slots=True)
class Change:
    """Two scores of one person on one scale, and what they amount to."""

    before: float
    after: float
    criteria: Criteria
    rci: float
    """Signed as the raw scores: positive means that the score rose. With published points it is
    the index that those points imply."""

    partner_class: PartnerClass
    started_distressed: bool | None
    """None without a cut score; so are the two flags below it False then."""

    ended_distressed: bool | None
    no_room_to_improve: bool
    """Even the best score of the scale would not be a reliable improvement."""

    no_room_to_worsen: bool
    """Even the worst score of the scale would not be a reliable worsening."""

    @property
    def difference(self) -> float:
        """``after`` minus ``before``, in scale points."""
        return self.after - self.before

    @property
    def points_needed(self) -> float:
        """The difference at which a change is reliable, in scale points (see ``points_of``)."""
        return points_of(self.criteria)

    @property
    def whole_points_needed(self) -> int:
        """The smallest whole difference that is a reliable change, in scale points."""
        return whole_points_of(self.criteria)

    @property
    def is_reliable(self) -> bool:
        """Whether the change is more than the test's own error would give in 95 of 100 cases."""
        return is_reliable(self.difference, self.criteria)

    @property
    def started_non_distressed(self) -> bool:
        """Whether recovery was not open, because the first score was on the better side."""
        return self.started_distressed is False

    @property
    def crossed_cut_without_reliable_change(self) -> bool:
        """Whether the cut was crossed, either way, by a step too small to be reliable."""
        return crossed_unreliably(
            started_distressed=self.started_distressed,
            ended_distressed=self.ended_distressed,
            reliable=self.is_reliable,
        )

    @property
    def crossed_into_distress(self) -> bool:
        """Whether a reliable worsening also crossed the cut."""
        return crossed_into_distress(
            started_distressed=self.started_distressed,
            ended_distressed=self.ended_distressed,
            partner_class=self.partner_class,
        )


def is_distressed(score: float, cut: float, *, higher_is_better: bool) -> bool:
    """Say on which side of the cut a score lies; exactly on it counts as not distressed.

    Formula:
        score < cut where higher is better, score > cut where lower is.

    Args:
        score: Raw score, in scale points.
        cut: Cut score, in scale points. Published cuts of whole-number scales lie between two
            scores (51.5), so that nothing falls on them.
        higher_is_better: Direction of the scale.

    Returns:
        True on the distressed side.

    Raises:
        Nothing: it is ``classify`` that refuses a score that is no number.

    Source:
        Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19; the rule for a score on
        the cut is ours.
    """
    return score < cut if higher_is_better else score > cut


def classify(before: float, after: float, *, criteria: Criteria) -> Change:
    """Judge one person's change on one scale.

    The four classes are disjoint, and every pair of finite scores has one.

    Formula:
        RCI = (after - before) / (sqrt(2) SD sqrt(1 - r)); reliable where |RCI| > 1.959964, or where
        the difference reaches the published points. The class by ``class_of``.

    Args:
        before: Raw score at baseline, in scale points, inside the range of the scale.
        after: Raw score at follow-up, in scale points, inside the range of the scale.
        criteria: From ``criteria_for``, or built from other figures.

    Returns:
        The change in scale points, its index without unit, its class and its flags.

    Raises:
        ValueError: if a score is not finite, or outside the range of the scale where it is known.

    Source:
        Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19.
    """
    rci = reliable_change_index(before, after, criteria)
    _require_in_range(criteria, before, after)
    return Change(
        before=before,
        after=after,
        criteria=criteria,
        rci=rci,
        partner_class=_class(before, after, criteria),
        started_distressed=_distressed(before, criteria),
        ended_distressed=_distressed(after, criteria),
        no_room_to_improve=_no_room(before, _best(criteria), criteria),
        no_room_to_worsen=_no_room(before, _worst(criteria), criteria),
    )


def _class(before: float, after: float, criteria: Criteria) -> PartnerClass:
    gain = after - before if criteria.higher_is_better else before - after
    reliable = is_reliable(gain, criteria)
    return class_of(
        gain_is_reliable=reliable and gain > 0,
        loss_is_reliable=reliable and gain < 0,
        crossed_to_better=_distressed(before, criteria) is True
        and _distressed(after, criteria) is False,
    )


def _distressed(score: float, criteria: Criteria) -> bool | None:
    if criteria.cut is None:
        return None
    return is_distressed(score, criteria.cut, higher_is_better=criteria.higher_is_better)


def _best(criteria: Criteria) -> float | None:
    return criteria.high if criteria.higher_is_better else criteria.low


def _worst(criteria: Criteria) -> float | None:
    return criteria.low if criteria.higher_is_better else criteria.high


def _no_room(before: float, end: float | None, criteria: Criteria) -> bool:
    if end is None:
        return False
    return not is_reliable(end - before, criteria)


def _require_in_range(criteria: Criteria, *scores: float) -> None:
    low, high = criteria.low, criteria.high
    for score in scores:
        if (low is not None and score < low) or (high is not None and score > high):
            raise ValueError("a score is outside the range of its scale")
