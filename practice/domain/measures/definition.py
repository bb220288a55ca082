"""What a questionnaire is: items, scales, cut score, norms and how answers become scores."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from practice.domain.certainty import Certainty

KEY_PATTERN = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""Keys are stored beside answers for decades: short, plain, never renamed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen."""

    value: int
    """What the answer scores, already in the direction of the scale: never reversed again."""

    label: str
    """What is read out; shown too, unless the item is answered between two poles."""


@dataclass(frozen=True, slots=True)
class Poles:
    """The words at the two ends of a row of answers."""

    left: str
    right: str
    digits_shown: bool
    """Whether each position shows its own label; else it is a blank circle with a hidden one."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its answers in the order in which they are printed."""

    key: str
    text: str
    choices: tuple[Choice, ...]
    instruction: str | None = None
    """Shown before this item; it also holds for the items after it."""

    poles: Poles | None = None
    """Set where the answers stand in a row between two ends; None for a plain list."""

    def __post_init__(self) -> None:
        _require_key(self.key, "item")
        values = [choice.value for choice in self.choices]
        _require(len(values) >= 2, f"item {self.key}: fewer than two answers")
        _require(len(set(values)) == len(values), f"item {self.key}: two answers score the same")
        _require(bool(self.text.strip()), f"item {self.key}: no text")

    @property
    def low(self) -> int:
        """The lowest score of an answer."""
        return min(choice.value for choice in self.choices)

    @property
    def high(self) -> int:
        """The highest score of an answer."""
        return max(choice.value for choice in self.choices)

    @property
    def values(self) -> frozenset[int]:
        """Every score that an answer can have."""
        return frozenset(choice.value for choice in self.choices)


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
        _require(math.isfinite(self.sd) and self.sd > 0, "norms: the SD is not above 0")
        _require(0 <= self.reliability < 1, "norms: the reliability is not in 0 <= r < 1")


@dataclass(frozen=True, slots=True)
class Scale:
    """One score: the plain sum of the values of its items."""

    key: str
    title: str
    short_title: str
    item_keys: tuple[str, ...]
    low: int
    high: int
    higher_is_better: bool
    cut: Cut | None = None
    norms: Norms | None = None
    """None: no reliable change can be told; only the line is drawn."""

    conservative_norms: Norms | None = None
    """A second, stricter reading to stand beside the first where reliability is in doubt."""

    def __post_init__(self) -> None:
        _require_key(self.key, "scale")
        _require(bool(self.item_keys), f"scale {self.key}: no items")
        _require(_unique(self.item_keys), f"scale {self.key}: an item counts twice")
        _require(self.low < self.high, f"scale {self.key}: low is not below high")
        if self.cut is not None:
            inside = self.low < self.cut.value < self.high
            _require(inside, f"scale {self.key}: the cut is outside the range")
        if self.conservative_norms is not None:
            _require(self.norms is not None, f"scale {self.key}: conservative norms alone")


@dataclass(frozen=True, slots=True)
class Example:
    """Answers with the scores that they must give: a test that travels with the measure."""

    answers: Mapping[str, int] = field(hash=False)
    scores: Mapping[str, float] = field(hash=False)
    source: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One questionnaire as one person fills it in on one day."""

    key: str
    """Also the name of its file in ``catalogue``."""

    title: str
    short_title: str
    purpose: str
    """One line for the person who is asked to answer."""

    minutes: int
    """How long it takes, rounded up."""

    instruction: str
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    """The first is the one that is meant when only one is shown."""

    validated: bool
    notice: str
    """What must be said where scores are shown; empty only for a validated measure."""

    citation: str
    licence: str
    """Shown wherever the items are shown."""

    wording_version: str
    missing_rule: str
    examples: tuple[Example, ...]

    def __post_init__(self) -> None:
        _require_key(self.key, "measure")
        _require(bool(self.items), f"measure {self.key}: no items")
        _require(bool(self.scales), f"measure {self.key}: no scales")
        _require(_unique(i.key for i in self.items), f"measure {self.key}: an item key twice")
        _require(_unique(s.key for s in self.scales), f"measure {self.key}: a scale key twice")
        _require(bool(self.licence.strip()), f"measure {self.key}: no licence line")
        _require(self.minutes >= 1, f"measure {self.key}: minutes below 1")
        needs_notice = not self.validated and not self.notice.strip()
        _require(not needs_notice, f"measure {self.key}: not validated and no notice")
        for scale in self.scales:
            self._check_scale(scale)

    def _check_scale(self, scale: Scale) -> None:
        items = {item.key: item for item in self.items}
        unknown = [key for key in scale.item_keys if key not in items]
        _require(not unknown, f"scale {scale.key}: unknown item {', '.join(unknown)}")
        low = sum(items[key].low for key in scale.item_keys)
        high = sum(items[key].high for key in scale.item_keys)
        _require(
            (low, high) == (scale.low, scale.high),
            f"scale {scale.key}: says {scale.low} to {scale.high}, items give {low} to {high}",
        )

    def item(self, key: str) -> Item:
        """Return one item.

        Raises:
            KeyError: if the measure has no such item.
        """
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(key)

    def scale(self, key: str) -> Scale:
        """Return one scale.

        Raises:
            KeyError: if the measure has no such scale.
        """
        for scale in self.scales:
            if scale.key == key:
                return scale
        raise KeyError(key)

    def score(self, answers: Mapping[str, int]) -> dict[str, float]:
        """Turn one person's answers into raw scores.

        Args:
            answers: Value of the chosen answer by item key, one for every item.

        Returns:
            The raw score by scale key, in the order of ``scales``. No estimate is made for a
            missing answer: see ``missing_rule``.

        Raises:
            ValueError: if an answer is missing, is none of the item's choices, or belongs to no
                item; the message names the items and never the answers.
        """
        known = {item.key for item in self.items}
        _refuse(self.key, "unknown item", (key for key in answers if key not in known))
        _refuse(self.key, "no answer to item", (key for key in _keys(self) if key not in answers))
        wrong = (i.key for i in self.items if not _is_choice(answers[i.key], i))
        _refuse(self.key, "not one of the choices of item", wrong)
        return {
            scale.key: float(sum(answers[key] for key in scale.item_keys)) for scale in self.scales
        }


def _keys(measure: Measure) -> list[str]:
    return [item.key for item in measure.items]


def _is_choice(answer: object, item: Item) -> bool:
    # True and 1.0 equal 1 in Python, but neither is an answer that somebody chose.
    return type(answer) is int and answer in item.values


def _refuse(measure_key: str, what: str, keys: Iterable[str]) -> None:
    named = ", ".join(keys)
    if named:
        raise ValueError(f"{measure_key}: {what} {named}")


def _unique(keys: Iterable[str]) -> bool:
    listed = list(keys)
    return len(set(listed)) == len(listed)


def _require_key(key: str, what: str) -> None:
    _require(KEY_PATTERN.fullmatch(key) is not None, f"{what} key {key!r} is not a plain name")


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)
