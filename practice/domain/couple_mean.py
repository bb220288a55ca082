"""The mean of a couple's scores as a second opinion, never as the class of the couple.

The class of a couple comes from its members' classes (``practice.domain.couple_class``). A mean
hides that one partner improved while the other did not, so what is said here has a type, words and
a label of its own.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from practice.domain.change import Change, Criteria, class_of, is_distressed, reliable_change_points
from practice.domain.statistics import sample_mean


class MeanClass(StrEnum):
    """What the change of a mean amounts to; no member of it equals a class of anybody."""

    RECOVERED = "mean recovered"
    IMPROVED = "mean improved"
    UNCHANGED = "mean unchanged"
    DETERIORATED = "mean deteriorated"


@dataclass(frozen=True, slots=True)
class CoupleMeanOpinion:
    """The means of all members at two times, and what they would amount to."""

    before: float
    """Mean of the members' scores, in scale points."""

    after: float
    members: int
    points_used: float
    """The difference that must be exceeded: that of one person divided by the root of the number
    of members, where all are judged by the same figures."""

    mean_class: MeanClass

    @property
    def difference(self) -> float:
        """``after`` minus ``before``, in scale points."""
        return self.after - self.before

    @property
    def label(self) -> str:
        """What must stand beside every figure of this opinion."""
        who = "both partners" if self.members == 2 else "all partners"
        return f"second opinion: mean of {who}"


def couple_mean_change(
    befores: Sequence[float | None],
    afters: Sequence[float | None],
    criteria: Criteria | Sequence[Criteria],
) -> CoupleMeanOpinion | None:
    """Judge the change of the members' mean.

    SEM_mean = sqrt(sum of SEM^2) / n, the members' errors taken to be independent; so the points
    that the mean must exceed are sqrt(sum of points^2) / n.

    Args:
        befores: Scores at baseline, in scale points, one for each member; None where missing.
        afters: Scores at follow-up, the members in the same order.
        criteria: What each member's change is judged by: one for all, or one for each in the same
            order. Direction and cut must be the same for all.

    Returns:
        None where a score is missing: a mean of some is not the couple's.

    Raises:
        ValueError: if there are fewer than two members, the lists differ in length, a score is
            not finite or outside the range of its scale, or the members' criteria differ in
            direction or cut.

    Source:
        Means of independent errors; Jacobson & Truax (1991) print one score for each couple. As a
        second opinion only: in about 40 % of the improved couples of Jacobson et al. (1984) one
        spouse alone had improved.
    """
    each = _for_each(criteria, len(befores))
    _require_same_people(befores, afters, each)
    first = [score for score in befores if score is not None]
    second = [score for score in afters if score is not None]
    members = len(each)
    if len(first) < members or len(second) < members:
        return None
    _require_in_range(first, each)
    _require_in_range(second, each)
    before, after = sample_mean(first), sample_mean(second)
    points = math.hypot(*(reliable_change_points(one) for one in each)) / members
    return CoupleMeanOpinion(
        before, after, members, points, _mean_class(before, after, points, each)
    )


def couple_mean_opinion(
    changes: Sequence[Change | None], criteria: Criteria | None, *, ended: bool
) -> CoupleMeanOpinion | None:
    """Judge the mean by the members' own changes, as ``couple_mean_change``.

    Args:
        changes: From the first score to the latest, one for each member; None without two scores.
        criteria: What each was judged by; None where nothing tells change.
        ended: The relationship has ended.

    Returns:
        None without criteria, for fewer than two members, or where a change is missing. None
        after the end of the relationship too: it is a fact of its own, and no verdict on the two
        as a couple stands beside it.

    Raises:
        ValueError: if a score is outside the range of the scale.
    """
    if ended or criteria is None or len(changes) < 2:
        return None
    return couple_mean_change(
        [change.before if change else None for change in changes],
        [change.after if change else None for change in changes],
        criteria,
    )


def _for_each(criteria: Criteria | Sequence[Criteria], members: int) -> Sequence[Criteria]:
    return [criteria] * members if isinstance(criteria, Criteria) else criteria


def _require_same_people(
    befores: Sequence[float | None], afters: Sequence[float | None], each: Sequence[Criteria]
) -> None:
    if len(befores) < 2:
        raise ValueError("a couple has at least two members")
    if not len(befores) == len(afters) == len(each):
        raise ValueError("scores before, scores after and criteria differ in number")
    if len({(one.higher_is_better, one.cut) for one in each}) > 1:
        raise ValueError("the members' criteria differ in direction or cut")


def _require_in_range(scores: Sequence[float], each: Sequence[Criteria]) -> None:
    for number, one in enumerate(each):
        low = -math.inf if one.low is None else one.low
        high = math.inf if one.high is None else one.high
        if not low <= scores[number] <= high:
            raise ValueError("a score is outside the range of its scale")


def _mean_class(before: float, after: float, points: float, each: Sequence[Criteria]) -> MeanClass:
    one, *_ = each
    higher, cut = one.higher_is_better, one.cut
    gain = after - before if higher else before - after
    crossed = (
        cut is not None
        and is_distressed(before, cut, higher_is_better=higher)
        and not is_distressed(after, cut, higher_is_better=higher)
    )
    found = class_of(
        gain_is_reliable=gain > points, loss_is_reliable=gain < -points, crossed_to_better=crossed
    )
    return MeanClass[found.name]
