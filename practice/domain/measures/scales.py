"""One score of a questionnaire: its range, and the published figures that it is judged by."""

import math
from dataclasses import dataclass
from itertools import pairwise

from practice.domain.certainty import Certainty
from practice.domain.measures.checks import require, require_key, unique

NEARLY = 1e-9
"""Sums of tenths are not exact in binary; scores are equal that differ by less, in points."""


def without_rest(value: float) -> float:
    """Return a number without the rest that binary leaves of tenths: 0.1 + 0.2 is 0.3.

    Args:
        value: In scale points, or a number of steps.
    """
    return round(value, 9)


def steps_lead(low: float, high: float, step: float) -> bool:
    """Whether one or more equal steps lead exactly from one score to a higher one.

    Args:
        low: In scale points, as ``high``.
        high: Where the last step must end.
        step: > 0, in scale points; it may be absurdly small or large.
    """
    steps = without_rest((high - low) / step)
    return steps >= 1 and steps.is_integer()


@dataclass(frozen=True, slots=True)
class Cut:
    """The published score that parts the distressed from the others, in scale points.

    The distressed side follows from the direction of the scale; a score that is exactly on the
    cut counts as not distressed (see ``practice.domain.change.is_distressed``).
    """

    value: float
    source: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Norms:
    """What reliable change is worked out from."""

    sd: float
    """Standard deviation of the reference sample, in scale points, > 0."""

    reliability: float
    """0 <= r < 1."""

    kind_of_reliability: str
    """For example "internal consistency (alpha)" or "test-retest over 10 weeks"."""

    source: str
    certainty: Certainty

    def __post_init__(self) -> None:
        require(math.isfinite(self.sd) and self.sd > 0, "norms: the SD is not above 0")
        require(0 <= self.reliability < 1, "norms: the reliability is not in 0 <= r < 1")


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """A reliable change as a source states it, instead of an SD and a reliability."""

    points: float
    """In scale points, > 0."""

    at_least: bool
    """Whether a change of exactly ``points`` counts; False: it must be exceeded."""

    source: str
    certainty: Certainty

    def __post_init__(self) -> None:
        finite = math.isfinite(self.points) and self.points > 0
        require(finite, "published change: the points are not a number above 0")

    @property
    def words(self) -> str:
        """``6 points or more``, ``more than 11.58 points``."""
        points = f"{self.points:g} {'point' if self.points == 1 else 'points'}"
        return f"{points} or more" if self.at_least else f"more than {points}"


@dataclass(frozen=True, slots=True)
class Band:
    """A range of scores with the word that a source has for it."""

    low: float
    """The lowest score that belongs to it, in scale points."""

    high: float
    """The highest score that belongs to it."""

    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """One score: the sum of the values of its items, times ``factor``; or an entered total."""

    key: str
    title: str
    short_title: str
    item_keys: tuple[str, ...]
    """Empty where only the total is kept."""

    low: int
    high: int
    higher_is_better: bool
    cut: Cut | None = None
    norms: Norms | None = None
    """None, and no ``published_change``: no reliable change can be told; there is only the line."""

    conservative_norms: Norms | None = None
    """A second, stricter reading to stand beside the first where reliability is in doubt."""

    bands: tuple[Band, ...] = ()
    """Severity words from the lowest score to the highest; words alone, nothing is judged by them.
    """

    bands_source: str = ""
    bands_certainty: Certainty = Certainty.NOT_CONFIRMED
    factor: int = 1
    """What the sum of the items is multiplied by."""

    step: float = 1
    """The smallest difference between two scores, in scale points: 1 for most, 0.1 for marks on a
    line that are measured in millimetres. What is entered must lie on it."""

    published_change: PublishedChange | None = None
    """Beside ``norms`` or instead of them; ``practice.domain.change.criteria_for`` says which is
    used."""

    range_certainty: Certainty = Certainty.READ
    """How sure we are of ``low`` and ``high``."""

    family: str = ""
    """Set where a practice's own scale has several versions; their scores are not one line."""

    def __post_init__(self) -> None:
        require_key(self.key, "scale")
        require(unique(self.item_keys), f"scale {self.key}: an item counts twice")
        require(self.low < self.high, f"scale {self.key}: low is not below high")
        if self.family:
            require_key(self.family, "scale family")
        self._check_steps()
        self._check_figures()
        self._check_bands()

    @property
    def family_key(self) -> str:
        """The key that all versions of the scale have in common."""
        return self.family or self.key

    @property
    def can_show_change(self) -> bool:
        """Whether reliable change can be told at all."""
        return self.norms is not None or self.published_change is not None

    def band_of(self, value: float) -> Band | None:
        """Return the band that a score belongs to; None without bands or outside the range.

        Args:
            value: In scale points.
        """
        for band in self.bands:
            if band.low <= without_rest(value) <= band.high:
                return band
        return None

    def checked(self, value: float) -> float:
        """Return an entered total as it is kept, on the step.

        Args:
            value: In scale points.

        Raises:
            ValueError: if it is no number, outside the range or between two steps; the message
                names the scale and what is allowed, never the value.
        """
        known = isinstance(value, int | float) and not isinstance(value, bool)
        require(known and math.isfinite(value), f"scale {self.key}: the total is not a number")
        total = without_rest(value)
        inside = self.low <= total <= self.high
        require(inside, f"scale {self.key}: the total must be from {self.low} to {self.high}")
        steps = round((total - self.low) / self.step)
        on_step = without_rest(self.low + steps * self.step) == total
        require(on_step, f"scale {self.key}: totals go in steps of {self.step:g} from {self.low}")
        return total

    def _check_steps(self) -> None:
        require(self.factor >= 1, f"scale {self.key}: the factor is below 1")
        above = math.isfinite(self.step) and self.step > 0
        require(above, f"scale {self.key}: the step is not a number above 0")
        reached = steps_lead(self.low, self.high, self.step)
        require(reached, f"scale {self.key}: high is not on the step")
        if self.item_keys:
            agree = self.step == self.factor
            require(agree, f"scale {self.key}: sums of answers go in steps of the factor")

    def _check_figures(self) -> None:
        if self.cut is not None:
            inside = self.low < self.cut.value < self.high
            require(inside, f"scale {self.key}: the cut is outside the range")
        if self.conservative_norms is not None:
            require(self.norms is not None, f"scale {self.key}: conservative norms alone")
        if self.published_change is not None:
            possible = self.published_change.points <= self.high - self.low
            require(possible, f"scale {self.key}: the published change is wider than the range")

    def _check_bands(self) -> None:
        if not self.bands:
            return
        require(bool(self.bands_source.strip()), f"scale {self.key}: the bands have no source")
        ends = (self.bands[0].low, self.bands[-1].high)
        whole = ends == (self.low, self.high)
        require(whole, f"scale {self.key}: the bands do not cover the range")
        for band in self.bands:
            require(bool(band.label.strip()), f"scale {self.key}: a band has no label")
            require(band.low <= band.high, f"scale {self.key}: a band ends before it begins")
        for lower, higher in pairwise(self.bands):
            next_to = without_rest(higher.low - lower.high - self.step) == 0
            require(next_to, f"scale {self.key}: bands overlap, or scores lie between them")
