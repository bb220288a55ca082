"""What is asked of the rows, and what no test can have."""

import math
from dataclasses import dataclass
from enum import StrEnum

from practice.domain.change import METHODS, Method, Need

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

    method: Method | None = None
    """None: Jacobson and Truax."""

    reliability_post: float | None = None
    """Of the scores after, 0 <= r < 1; None: the same as before. Only for the methods that need
    it."""

    @property
    def judged_by(self) -> Method:
        """The method that is used."""
        return self.method or Method.JT


@dataclass(frozen=True, slots=True)
class Parameter:
    """One figure that the analysis rests on."""

    key: str
    label: str
    value: float | str
    origin: str
    """Given by the person who asked, taken from the rows, or computed, and from what."""


def check(question: Question, n: int) -> None:
    """Refuse figures that no test can have, and rows that are too few for the method.

    Args:
        question: As it was asked.
        n: Rows with both scores, at least 1.

    Raises:
        ValueError: naming the figure that is outside its range, or the smallest n.
    """
    _check_reliabilities(question)
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
    entry = METHODS[question.judged_by]
    if n < entry.smallest_n:
        raise ValueError(
            f"the method of {entry.label} rests on the whole group and needs at least "
            f"{entry.smallest_n} rows with both scores; there are {n}"
        )


def _check_reliabilities(question: Question) -> None:
    after = question.reliability_post
    if not 0 <= question.reliability < 1:
        raise ValueError("the reliability must be at least 0 and below 1")
    if after is None:
        return
    if not 0 <= after < 1:
        raise ValueError("the reliability after must be at least 0 and below 1")
    entry = METHODS[question.judged_by]
    if Need.RELIABILITY_POST not in entry.needs:
        raise ValueError(f"the method of {entry.label} does not use a reliability after")
