"""What changes are judged by: SD, reliable change and cut-off, each with where it comes from."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from practice.domain.change import (
    Criteria,
    cutoff_a,
    cutoff_b,
    cutoff_c,
    reliable_change_points,
    s_difference,
    standard_error_of_measurement,
)
from practice.domain.statistics import sample_mean, sample_sd

LARGEST = 1e9
"""No score of any test is larger; beyond it, squares lose their digits."""

SMALLEST_SD = 1e-9
"""Below it, a standard deviation is nothing but rounding."""


class CutoffMethod(StrEnum):
    """How the cut-off is found where it is not given as a number."""

    A = "a"
    """Two SD from the clinical mean, towards the better side."""

    B = "b"
    """Two SD from the functional mean, towards the worse side."""

    C = "c"
    """Between the two means, weighted by the SDs."""


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


def check(question: Question) -> None:
    """Refuse figures that no test can have.

    Raises:
        ValueError: naming the figure that is outside its range.
    """
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


def criteria_of(
    before: Sequence[float], question: Question
) -> tuple[Criteria, tuple[Parameter, ...]]:
    """Return what the changes are judged by, and each figure that this rests on.

    Args:
        before: First scores of the complete rows, in scale points.
        question: Checked.

    Raises:
        ValueError: if the SD cannot be taken from the rows, or the cut-off lacks a figure.
    """
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
