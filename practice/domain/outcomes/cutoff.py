"""The cut-off of an analysis: a, b, c or a number, among raw scores or among true scores."""

from collections.abc import Sequence
from dataclasses import dataclass

from practice.domain.change import (
    METHODS,
    GroupFigures,
    cutoff_a,
    cutoff_b,
    cutoff_c,
    standard_error_of_measurement,
    true_score_sd,
)
from practice.domain.outcomes.question import CutoffMethod, Parameter, Question


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A cut-off with everything that it was found from."""

    value: float
    parameters: tuple[Parameter, ...]
    """The cut-off itself comes last."""


@dataclass(frozen=True, slots=True)
class Clinical:
    """The people before treatment, as far as a cut-off needs them, in scale points."""

    sd: float
    mean: float
    mean_parameter: Parameter


def find_cutoff(question: Question, clinical: Clinical) -> Cutoff:
    """Return the cut-off that is asked for.

    For a method of true scores each SD is that of the true scores: sqrt(SD^2 - SEM^2), with the
    standard error of the clinical group.

    Args:
        question: Checked.
        clinical: Mean and SD before.

    Raises:
        ValueError: if the cut-off lacks a figure, or one contradicts the direction.
    """
    kind, why = _kind(question)
    true_scores = METHODS[question.judged_by].true_scores
    how = "computed among true scores" if true_scores else "computed"
    if not isinstance(kind, CutoffMethod):
        taken = "given; taken for one among true scores" if true_scores else "given"
        return Cutoff(kind, (Parameter("cutoff", "Cut-off", kind, taken),))
    spread = _Spread(question, clinical.sd)
    value, origin, figures = _of_kind(kind, question, clinical, spread)
    chosen = Parameter("cutoff_method", "Kind of cut-off", kind.value, why)
    found = Parameter("cutoff", "Cut-off", value, f"{how}: {origin}")
    return Cutoff(value, (*figures, chosen, found))


@dataclass(frozen=True, slots=True)
class _Spread:
    """Which SD of a group counts: that of its raw scores or that of its true scores."""

    question: Question
    clinical_sd: float

    def of(self, sd: float) -> float:
        if not METHODS[self.question.judged_by].true_scores:
            return sd
        before = GroupFigures(self.clinical_sd, self.question.reliability)
        return true_score_sd(sd, standard_error_of_measurement(before))


def _kind(question: Question) -> tuple[CutoffMethod | float, str]:
    if question.cutoff is not None:
        return question.cutoff, "given"
    if question.functional_mean is None:
        return CutoffMethod.A, "chosen because no functional figures are given"
    return CutoffMethod.C, "chosen because functional figures are given"


_Found = tuple[float, str, tuple[Parameter, ...]]


def _of_kind(kind: CutoffMethod, question: Question, clinical: Clinical, spread: _Spread) -> _Found:
    higher = question.higher_is_better
    clinical_sd = spread.of(clinical.sd)
    if kind is CutoffMethod.A:
        value = cutoff_a(clinical.mean, clinical_sd, higher_is_better=higher)
        return value, "two SD from the mean before", (clinical.mean_parameter,)
    mean, raw_sd = _functional(question, clinical.mean, kind)
    sd = spread.of(raw_sd)
    described = (
        Parameter("functional_mean", "Functional mean", mean, "given"),
        Parameter("functional_sd", "Functional SD", raw_sd, "given"),
    )
    if kind is CutoffMethod.B:
        value = cutoff_b(mean, sd, higher_is_better=higher)
        return value, "two SD from the functional mean", described
    value = cutoff_c(clinical.mean, clinical_sd, mean, sd)
    origin = "between the two means, weighted by the SDs"
    return value, origin, (clinical.mean_parameter, *described)


def _functional(
    question: Question, clinical_mean: float, kind: CutoffMethod
) -> tuple[float, float]:
    mean, sd = question.functional_mean, question.functional_sd
    if mean is None or sd is None:
        raise ValueError(f"cut-off {kind.value} needs the functional mean and the functional SD")
    better = mean > clinical_mean if question.higher_is_better else mean < clinical_mean
    if not better:
        raise ValueError(
            "the functional mean is not on the better side of the mean before; "
            "check the figures and the direction"
        )
    return mean, sd


def not_used(question: Question, used: Sequence[Parameter]) -> tuple[Parameter, ...]:
    """List what was given and plays no part, so that nobody believes that it did.

    Args:
        question: As it was asked.
        used: Every parameter that does play a part.
    """
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
