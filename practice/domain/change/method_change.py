"""One person's change as any of the methods judges it."""

from dataclasses import dataclass

from practice.domain.change.class_rule import (
    PartnerClass,
    class_of,
    crossed_into_distress,
    crossed_unreliably,
)
from practice.domain.change.classes import classify, is_distressed
from practice.domain.change.criteria import Criteria
from practice.domain.change.hageman_arrindell import hageman_arrindell_cut_index
from practice.domain.change.methods import METHODS, GroupFigures, Method, Need
from practice.domain.change.true_scores import estimated_true_score


@dataclass(frozen=True, slots=True)
class MethodChange:
    """Two scores of one person on one scale, and what they amount to by one method."""

    before: float
    after: float
    method: Method
    criteria: Criteria
    index: float
    """Signed as the raw scores; for Jacobson and Truax the reliable change index."""

    partner_class: PartnerClass
    started_distressed: bool | None
    """None without a cut-off."""

    ended_distressed: bool | None
    """None without a cut-off, and where a method of true scores leaves the side open."""

    cut_index: float | None = None
    """How far the estimated true score after lies past the cut-off, in units of its error, signed
    as the raw scores; None for methods of raw scores."""

    @property
    def difference(self) -> float:
        """``after`` minus ``before``, in scale points."""
        return self.after - self.before

    @property
    def is_reliable(self) -> bool:
        """Whether the index exceeds the method's critical value, either way."""
        return exceeds(self.index, self.method)

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


def judge(
    before: float, after: float, *, method: Method, criteria: Criteria, figures: GroupFigures
) -> MethodChange:
    """Judge one person's change by one method.

    Formula:
        That of the method; reliable where the index exceeds its critical value: 1.959964 either
        way, 1.644854 for Hageman & Arrindell. The class by ``class_of``.

    Args:
        before: Raw score at baseline, in scale points.
        after: Raw score at follow-up, in scale points.
        method: One of the table.
        criteria: Direction and cut-off; for a method of true scores the cut-off is one among true
            scores. Jacobson and Truax take SD and reliability from here, too.
        figures: SD and reliability, and what ``METHODS[method].needs``.

    Returns:
        The index without unit, the change in scale points, its class and its flags.

    Raises:
        ValueError: if a score is not finite, a figure is missing or outside its range.

    Source:
        That of the method. The classes are those of Jacobson & Truax (1991) for every method. For
        Hageman & Arrindell, which side a row started on is told from its estimated true score, so
        that like is compared with like.
    """
    if method is Method.JT:
        return _by_raw_difference(before, after, criteria)
    entry = METHODS[method]
    index = entry.index(before, after, figures)
    sides = _true_score_sides if entry.true_scores else _raw_sides
    started, ended, cut_index = sides(before, after, criteria, figures)
    gain = index if criteria.higher_is_better else -index
    return MethodChange(
        before=before,
        after=after,
        method=method,
        criteria=criteria,
        index=index,
        partner_class=class_of(
            gain_is_reliable=gain > entry.critical_value,
            loss_is_reliable=gain < -entry.critical_value,
            crossed_to_better=started is True and ended is False,
        ),
        started_distressed=started,
        ended_distressed=ended,
        cut_index=cut_index,
    )


def exceeds(index: float, method: Method) -> bool:
    """Say whether an index is larger than the method's critical value, either way.

    Formula:
        |index| > 1.959964, or 1.644854 for Hageman & Arrindell.

    Args:
        index: Without unit, as ``MethodEntry.index`` gives it.
        method: One of the table.

    Returns:
        True where the change is reliable.

    Raises:
        Nothing.

    Source:
        That of the method.
    """
    return abs(index) > METHODS[method].critical_value


def _by_raw_difference(before: float, after: float, criteria: Criteria) -> MethodChange:
    change = classify(before, after, criteria=criteria)
    return MethodChange(
        before=before,
        after=after,
        method=Method.JT,
        criteria=criteria,
        index=change.rci,
        partner_class=change.partner_class,
        started_distressed=change.started_distressed,
        ended_distressed=change.ended_distressed,
    )


_Sides = tuple[bool | None, bool | None, float | None]
"""Whether it started distressed, whether it ended so, and the index of the cut-off."""


def _raw_sides(before: float, after: float, criteria: Criteria, _figures: GroupFigures) -> _Sides:
    cut, higher = criteria.cut, criteria.higher_is_better
    if cut is None:
        return None, None, None
    started = is_distressed(before, cut, higher_is_better=higher)
    return started, is_distressed(after, cut, higher_is_better=higher), None


def _true_score_sides(
    before: float, after: float, criteria: Criteria, figures: GroupFigures
) -> _Sides:
    cut, higher = criteria.cut, criteria.higher_is_better
    if cut is None:
        return None, None, None
    true_before = estimated_true_score(
        before, mean=figures.known(Need.MEAN_PRE), reliability=figures.reliability
    )
    cut_index = hageman_arrindell_cut_index(
        after,
        cut,
        figures,
        mean_post=figures.known(Need.MEAN_POST),
        sd_post=figures.known(Need.SD_POST),
    )
    started = is_distressed(true_before, cut, higher_is_better=higher)
    return started, _ended_distressed(cut_index if higher else -cut_index), cut_index


def _ended_distressed(past_cut: float) -> bool | None:
    critical = METHODS[Method.HA].critical_value
    if past_cut > critical:
        return False
    return True if past_cut < -critical else None
