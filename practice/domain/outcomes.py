"""Before and after in a whole caseload: classes, shares, effect sizes, and how they were found.

The scores come from anywhere and are not stored. Every figure that the answer rests on is part of
the answer, with where it came from.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from practice.domain.change import (
    Change,
    Criteria,
    PartnerClass,
    classify,
    cutoff_a,
    cutoff_b,
    cutoff_c,
    reliable_change_points,
    s_difference,
    standard_error_of_measurement,
)
from practice.domain.statistics import (
    SMALLEST_N_FOR_PERCENT,
    EffectSizes,
    Interval,
    effect_sizes,
    percent_or_none,
    sample_mean,
    sample_sd,
    wilson_interval,
)


class CutoffMethod(StrEnum):
    """How the cut-off is found where it is not given as a number."""

    A = "a"
    """Two SD from the clinical mean, towards the better side."""

    B = "b"
    """Two SD from the functional mean, towards the worse side."""

    C = "c"
    """Between the two means, weighted by the SDs."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the source: a person or a couple with two scores."""

    number: int
    """Where it stands in the source, so that it can be found again; the heading is row 1."""

    name: str
    """What the source calls it; "row 7" where it has no name."""

    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the rows. Only direction and reliability must be known beforehand."""

    higher_is_better: bool
    reliability: float
    """0 <= r < 1."""

    sd: float | None = None
    """Clinical SD before treatment, in scale points; None: that of the complete rows."""

    mean: float | None = None
    """Clinical mean before treatment, in scale points; None: that of the complete rows."""

    cutoff: CutoffMethod | float | None = None
    """A number is taken as it is; None: c where functional figures are given, else a."""

    functional_mean: float | None = None
    functional_sd: float | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure that the analysis rests on."""

    key: str
    label: str
    value: float | str
    origin: str
    """Given by the person who asked, taken from the rows, or computed, and from what."""


class Missing(StrEnum):
    """Why a row is left out."""

    BEFORE = "no score before"
    AFTER = "no score after"
    BOTH = "no score before and none after"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row without a pair of scores."""

    row: Row
    reason: Missing


@dataclass(frozen=True, slots=True)
class RowResult:
    """A row with a pair of scores, and what the change amounts to."""

    row: Row
    change: Change


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many rows have one class."""

    partner_class: PartnerClass
    count: int
    n: int
    percent: float | None
    """0 to 100; None where n is too small for a percentage."""

    interval: Interval | None
    """95 % Wilson interval of the share; None where ``percent`` is."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """Mean and spread of the complete rows at one time, in scale points."""

    mean: float
    sd: float | None
    """None with a single row."""


@dataclass(frozen=True, slots=True)
class OutcomeAnalysis:
    """The whole answer."""

    criteria: Criteria
    parameters: tuple[Parameter, ...]
    results: tuple[RowResult, ...]
    left_out: tuple[LeftOut, ...]
    counts: tuple[ClassCount, ...]
    """One for each class, in the order of ``PartnerClass``; the counts add up to ``n``."""

    before: Distribution
    after: Distribution
    effects: EffectSizes | None
    """Positive is better; None with a single row."""

    remarks: tuple[str, ...]
    """What a careful reader should be told beside the figures, as whole sentences."""

    @property
    def n(self) -> int:
        """Rows with both scores."""
        return len(self.results)

    @property
    def started(self) -> int:
        """Rows with a score before, whether or not there is one after."""
        return self.n + self.without_after

    @property
    def without_after(self) -> int:
        """Rows that started and have no score after: how they fared is not known."""
        return sum(left.reason is Missing.AFTER for left in self.left_out)


CLASSES: tuple[PartnerClass, ...] = tuple(PartnerClass)

LARGEST = 1e9
"""No score of any test is larger; beyond it, squares lose their digits."""

SMALLEST_SD = 1e-9
"""Below it, a standard deviation is nothing but rounding."""


def analyse(rows: Sequence[Row], question: Question) -> OutcomeAnalysis:
    """Classify every row with two scores and count the classes.

    Args:
        rows: In the order of the source; a score that is not there is None.
        question: Direction, reliability and what else is known of the scale.

    Raises:
        ValueError: if no row has two scores; if a figure of ``question`` is outside its range or
            one that the cut-off needs is missing; or if the SD cannot be taken from the rows. The
            message is one sentence for the person who asked.
    """
    complete = [row for row in rows if row.before is not None and row.after is not None]
    if not complete:
        raise ValueError("no row has a score both before and after")
    _check(question)
    if any(abs(score) > LARGEST for row in complete for score in (row.before, row.after) if score):
        raise ValueError("a score is too large to be one")
    before = [row.before for row in complete if row.before is not None]
    after = [row.after for row in complete if row.after is not None]
    criteria, parameters = _criteria(before, question)
    results = tuple(
        RowResult(row, classify(first, second, criteria=criteria))
        for row, first, second in zip(complete, before, after, strict=True)
    )
    left_out = tuple(LeftOut(row, _missing(row)) for row in rows if _is_incomplete(row))
    return OutcomeAnalysis(
        criteria=criteria,
        parameters=parameters,
        results=results,
        left_out=left_out,
        counts=_counts(results),
        before=_distribution(before),
        after=_distribution(after),
        effects=_effects(before, after, criteria),
        remarks=_remarks(results, left_out),
    )


def _is_incomplete(row: Row) -> bool:
    return row.before is None or row.after is None


def _missing(row: Row) -> Missing:
    if row.before is None:
        return Missing.BOTH if row.after is None else Missing.BEFORE
    return Missing.AFTER


def _check(question: Question) -> None:
    if not 0 <= question.reliability < 1:
        raise ValueError("the reliability must be at least 0 and below 1")
    numbers = {
        "SD": question.sd,
        "mean": question.mean,
        "functional mean": question.functional_mean,
        "functional SD": question.functional_sd,
        "cut-off": question.cutoff if isinstance(question.cutoff, float) else None,
    }
    for name, number in numbers.items():
        if number is not None and not (math.isfinite(number) and abs(number) <= LARGEST):
            raise ValueError(f"the {name} must be a finite number of ordinary size")
        if number is not None and name.endswith("SD") and number < SMALLEST_SD:
            raise ValueError(f"the {name} must be above 0")


def _criteria(
    before: Sequence[float], question: Question
) -> tuple[Criteria, tuple[Parameter, ...]]:
    sd = _clinical_sd(before, question)
    method, why = _method(question)
    cut, cut_parameters = _cut(before, sd, question, method, why)
    criteria = Criteria(sd.number, question.reliability, question.higher_is_better, cut.number)
    direction = "higher is better" if question.higher_is_better else "lower is better"
    computed = "computed from the SD and the reliability"
    used = (
        Parameter("direction", "Direction", direction, "given"),
        Parameter("reliability", "Reliability", question.reliability, "given"),
        sd.parameter,
        Parameter("sem", "Standard error", standard_error_of_measurement(criteria), computed),
        Parameter("s_difference", "S_diff", s_difference(criteria), computed),
        Parameter("points", "Reliable change", reliable_change_points(criteria), _POINTS),
        *cut_parameters,
        cut.parameter,
    )
    return criteria, (*used, *_not_used(question, used))


def _not_used(question: Question, used: Sequence[Parameter]) -> tuple[Parameter, ...]:
    """List what was given and plays no part, so that nobody believes that it did."""
    keys = {parameter.key for parameter in used}
    given = (
        ("mean", "Mean before", question.mean),
        ("functional_mean", "Functional mean", question.functional_mean),
        ("functional_sd", "Functional SD", question.functional_sd),
    )
    return tuple(
        Parameter(key, label, number, "given; this cut-off does not use it")
        for key, label, number in given
        if number is not None and key not in keys
    )


_POINTS = "computed: 1.959964 x S_diff; the difference must be larger"
_FROM_ROWS = "sample of the complete rows, before"


@dataclass(frozen=True, slots=True)
class _Figure:
    number: float
    parameter: Parameter


def _figure(key: str, label: str, number: float, origin: str) -> _Figure:
    return _Figure(number, Parameter(key, label, number, origin))


def _clinical_sd(before: Sequence[float], question: Question) -> _Figure:
    if question.sd is not None:
        return _figure("sd", "SD before", question.sd, "given")
    if len(before) < 2:
        raise ValueError("the SD cannot be taken from a single row; give it")
    sd = sample_sd(before)
    if sd < SMALLEST_SD:
        raise ValueError("all scores before are the same, so they have no SD; give it")
    return _figure("sd", "SD before", sd, _FROM_ROWS)


def _clinical_mean(before: Sequence[float], question: Question) -> _Figure:
    if question.mean is not None:
        return _figure("mean", "Mean before", question.mean, "given")
    return _figure("mean", "Mean before", sample_mean(before), _FROM_ROWS)


def _method(question: Question) -> tuple[CutoffMethod | float, str]:
    if question.cutoff is not None:
        return question.cutoff, "given"
    if question.functional_mean is None:
        return CutoffMethod.A, "chosen because no functional figures are given"
    return CutoffMethod.C, "chosen because functional figures are given"


def _cut(
    before: Sequence[float],
    sd: _Figure,
    question: Question,
    method: CutoffMethod | float,
    why: str,
) -> tuple[_Figure, tuple[Parameter, ...]]:
    if not isinstance(method, CutoffMethod):
        return _figure("cutoff", "Cut-off", method, "given"), ()
    mean = _clinical_mean(before, question)
    chosen = Parameter("cutoff_method", "Kind of cut-off", method.value, why)
    if method is CutoffMethod.A:
        number = cutoff_a(mean.number, sd.number, higher_is_better=question.higher_is_better)
        origin = "computed: two SD from the mean before"
        return _figure("cutoff", "Cut-off", number, origin), (mean.parameter, chosen)
    functional = _functional(question, mean.number, method)
    number, origin = _functional_cut(method, mean.number, sd.number, functional, question)
    described = (
        Parameter("functional_mean", "Functional mean", functional[0], "given"),
        Parameter("functional_sd", "Functional SD", functional[1], "given"),
    )
    figures = (mean.parameter, *described) if method is CutoffMethod.C else described
    return _figure("cutoff", "Cut-off", number, origin), (*figures, chosen)


def _functional(
    question: Question, clinical_mean: float, method: CutoffMethod
) -> tuple[float, float]:
    mean, sd = question.functional_mean, question.functional_sd
    if mean is None or sd is None:
        raise ValueError(f"cut-off {method.value} needs the functional mean and the functional SD")
    better = mean > clinical_mean if question.higher_is_better else mean < clinical_mean
    if not better:
        raise ValueError(
            "the functional mean is not on the better side of the mean before; "
            "check the figures and the direction"
        )
    return mean, sd


def _functional_cut(
    method: CutoffMethod,
    clinical_mean: float,
    clinical_sd: float,
    functional: tuple[float, float],
    question: Question,
) -> tuple[float, str]:
    if method is CutoffMethod.B:
        number = cutoff_b(*functional, higher_is_better=question.higher_is_better)
        return number, "computed: two SD from the functional mean"
    number = cutoff_c(clinical_mean, clinical_sd, *functional)
    return number, "computed: between the two means, weighted by the SDs"


def _counts(results: Sequence[RowResult]) -> tuple[ClassCount, ...]:
    n = len(results)
    found = Counter(result.change.partner_class for result in results)
    return tuple(_class_count(partner_class, found[partner_class], n) for partner_class in CLASSES)


def _class_count(partner_class: PartnerClass, count: int, n: int) -> ClassCount:
    percent = percent_or_none(count, n)
    interval = None if percent is None else wilson_interval(count, n)
    return ClassCount(partner_class, count, n, percent, interval)


def _distribution(scores: Sequence[float]) -> Distribution:
    return Distribution(sample_mean(scores), sample_sd(scores) if len(scores) > 1 else None)


def _effects(
    before: Sequence[float], after: Sequence[float], criteria: Criteria
) -> EffectSizes | None:
    if len(before) < 2:
        return None
    return effect_sizes(before, after, higher_is_better=criteria.higher_is_better)


def _remarks(results: Sequence[RowResult], left_out: Sequence[LeftOut]) -> tuple[str, ...]:
    changes = [result.change for result in results]
    healthy = sum(change.started_non_distressed for change in changes)
    crossed = sum(change.crossed_cut_without_reliable_change for change in changes)
    unknown = sum(left.reason is Missing.AFTER for left in left_out)
    remarks = (
        (
            len(results) < SMALLEST_N_FOR_PERCENT,
            f"There are only {len(results)} rows with both scores: percentages are not shown "
            f"under {SMALLEST_N_FOR_PERCENT}.",
        ),
        (
            unknown > 0,
            f"Rows with a score before and none after: {unknown} of {len(results) + unknown}. "
            "How they fared is not known; they are not counted as unchanged.",
        ),
        (
            healthy > 0,
            f"Rows that started on the better side of the cut-off: {healthy}. "
            "They could not recover, only improve.",
        ),
        (
            crossed > 0,
            "Rows that crossed the cut-off by a step too small to be reliable: "
            f"{crossed}. They count as unchanged.",
        ),
        (
            _has_repeated_names(results),
            "Some names stand on more than one row. If these are partners of one couple, their "
            "scores go together, and the intervals are too narrow.",
        ),
        (
            True,
            "Without a comparison group, a change cannot be put down to the treatment alone.",
        ),
    )
    return tuple(sentence for holds, sentence in remarks if holds)


def _has_repeated_names(results: Sequence[RowResult]) -> bool:
    names = [result.row.name for result in results]
    return len(set(names)) < len(names)
