"""What changes are judged by: method, SD, error and cut-off, each with where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from practice.domain.change import (
    METHODS,
    Criteria,
    GroupFigures,
    Method,
    Need,
    cut_borders,
    group_share_changed,
    group_share_past_cut,
)
from practice.domain.outcomes.cutoff import Clinical, find_cutoff, not_used
from practice.domain.outcomes.question import SMALLEST_SD, Parameter, Question
from practice.domain.statistics import sample_mean, sample_sd


@dataclass(frozen=True, slots=True)
class GroupShares:
    """What is estimated of the group as a whole, never of one of its members; 0 to 1."""

    changed: float
    """True scores that moved for the better."""

    past_cut: float
    """True scores that ended on the better side of the cut-off."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything that the rows are judged by."""

    method: Method
    criteria: Criteria
    figures: GroupFigures
    parameters: tuple[Parameter, ...]


_FROM_ROWS = "sample of the complete rows, before"
_GIVEN = "given"


def basis_of(before: Sequence[float], after: Sequence[float], question: Question) -> Basis:
    """Return what the changes are judged by, and each figure that this rests on.

    Args:
        before: First scores of the complete rows, in scale points.
        after: Second scores, in the same order.
        question: Checked.

    Raises:
        ValueError: if a figure cannot be taken from the rows, or the cut-off lacks one.
    """
    method = question.judged_by
    sd = _clinical_sd(before, question)
    mean = _clinical_mean(before, question)
    figures, described = _figures(before, after, question, float(sd.value))
    cut = find_cutoff(question, Clinical(figures.sd, float(mean.value), mean))
    criteria = Criteria(
        sd=figures.sd,
        reliability=question.reliability,
        higher_is_better=question.higher_is_better,
        cut=cut.value,
    )
    workings = METHODS[method].workings(figures)
    direction = "higher is better" if question.higher_is_better else "lower is better"
    used = (
        *_method_parameters(question),
        Parameter("direction", "Direction", direction, _GIVEN),
        Parameter("reliability", "Reliability", question.reliability, _GIVEN),
        sd,
        *described,
        *(Parameter(work.key, work.label, work.value, work.how) for work in workings),
        *cut.parameters,
        *_borders(Basis(method, criteria, figures, ())),
    )
    used = _without_repeats(used)
    return Basis(method, criteria, figures, (*used, *not_used(question, used)))


def shares_of(basis: Basis) -> GroupShares | None:
    """Return what the method says of the group as a whole; None where it says nothing.

    Args:
        basis: With a cut-off.
    """
    cut, figures = basis.criteria.cut, basis.figures
    if cut is None or not METHODS[basis.method].true_scores:
        return None
    higher = basis.criteria.higher_is_better
    mean_post = figures.known(Need.MEAN_POST)
    changed = group_share_changed(
        figures,
        mean_pre=figures.known(Need.MEAN_PRE),
        mean_post=mean_post,
        sd_difference=figures.known(Need.SD_DIFFERENCE),
        higher_is_better=higher,
    )
    past = group_share_past_cut(
        cut,
        figures,
        mean_post=mean_post,
        sd_post=figures.known(Need.SD_POST),
        higher_is_better=higher,
    )
    return GroupShares(changed, past)


def _borders(basis: Basis) -> tuple[Parameter, ...]:
    """Say in raw scores what a cut-off among true scores comes to."""
    if not METHODS[basis.method].true_scores:
        return ()
    borders = cut_borders(basis.criteria, method=basis.method, figures=basis.figures)
    if borders is None:
        return ()
    before, after = borders
    started = "computed: a raw score before whose true score lies on the cut-off"
    ended = "computed: a raw score after whose true score lies reliably past the cut-off"
    return (
        Parameter("cut_before", "Cut-off, raw before", before, started),
        Parameter("cut_after", "Cut-off, raw after", after, ended),
    )


def _method_parameters(question: Question) -> tuple[Parameter, ...]:
    entry = METHODS[question.judged_by]
    why = _GIVEN if question.method else "used where no other method is named"
    return (
        Parameter("method", "Method", entry.label, why),
        Parameter("critical_value", "Critical value", entry.critical_value, entry.sidedness),
    )


def _without_repeats(parameters: Sequence[Parameter]) -> tuple[Parameter, ...]:
    """Keep the first of each key: method and cut-off may rest on the same mean."""
    found: dict[str, Parameter] = {}
    for parameter in parameters:
        found.setdefault(parameter.key, parameter)
    return tuple(found.values())


def _clinical_sd(before: Sequence[float], question: Question) -> Parameter:
    if question.sd is not None:
        return Parameter("sd", "SD before", question.sd, _GIVEN)
    if len(before) < 2:
        raise ValueError("the SD cannot be taken from a single row; give it")
    sd = sample_sd(before)
    if sd < SMALLEST_SD:
        raise ValueError("all scores before are the same, so they have no SD; give it")
    return Parameter("sd", "SD before", sd, _FROM_ROWS)


def _clinical_mean(before: Sequence[float], question: Question) -> Parameter:
    if question.mean is not None:
        return Parameter("mean", "Mean before", question.mean, _GIVEN)
    return Parameter("mean", "Mean before", sample_mean(before), _FROM_ROWS)


def _figures(
    before: Sequence[float], after: Sequence[float], question: Question, sd: float
) -> tuple[GroupFigures, tuple[Parameter, ...]]:
    needs = METHODS[question.judged_by].needs
    changes = [second - first for first, second in zip(before, after, strict=True)]
    found: dict[Need, Parameter] = {}
    if Need.MEAN_PRE in needs:
        found[Need.MEAN_PRE] = _mean_of_method(before, question, paired=Need.MEAN_POST in needs)
    if Need.MEAN_POST in needs:
        origin = "sample of the complete rows, after"
        found[Need.MEAN_POST] = Parameter("mean_post", "Mean after", sample_mean(after), origin)
    if Need.SD_POST in needs:
        origin = "sample of the complete rows, after"
        found[Need.SD_POST] = Parameter("sd_post", "SD after", sample_sd(after), origin)
    if Need.SD_DIFFERENCE in needs:
        origin = "sample of the complete rows, after minus before"
        spread = sample_sd(changes)
        found[Need.SD_DIFFERENCE] = Parameter("sd_difference", "SD of changes", spread, origin)
    if Need.RELIABILITY_POST in needs:
        found[Need.RELIABILITY_POST] = _reliability_post(question)
    numbers = {need.value: float(parameter.value) for need, parameter in found.items()}
    return GroupFigures(sd, question.reliability, **numbers), tuple(found.values())


def _mean_of_method(before: Sequence[float], question: Question, *, paired: bool) -> Parameter:
    """Return the mean that scores before are drawn to.

    Beside a mean after it must be that of the same people, or their change would be wrong.
    """
    if not paired:
        if question.mean is None and len(before) < 2:
            raise ValueError("the mean cannot be taken from a single row; give it")
        return _clinical_mean(before, question)
    own = sample_mean(before)
    if question.mean is None:
        return Parameter("mean", "Mean before", own, _FROM_ROWS)
    return Parameter(
        "mean_pre", "Mean before of the rows", own, f"{_FROM_ROWS}; to go with the mean after"
    )


def _reliability_post(question: Question) -> Parameter:
    given = question.reliability_post
    if given is None:
        same = "not given; taken to be the same as before"
        return Parameter("reliability_post", "Reliability after", question.reliability, same)
    return Parameter("reliability_post", "Reliability after", given, _GIVEN)
