"""One question of a questionnaire, with its answers."""

from dataclasses import dataclass

from practice.domain.measures.checks import require, require_key


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

    optional: bool = False
    """Asked and kept, never scored, and may be left open."""

    risk_from: int | None = None
    """An answer of this value or higher is shown to the therapist at once; None: none is."""

    def __post_init__(self) -> None:
        require_key(self.key, "item")
        values = [choice.value for choice in self.choices]
        require(len(values) >= 2, f"item {self.key}: fewer than two answers")
        require(len(set(values)) == len(values), f"item {self.key}: two answers score the same")
        require(bool(self.text.strip()), f"item {self.key}: no text")
        if self.risk_from is not None:
            # A flag that every answer raises, or none, would say nothing.
            inside = self.low < self.risk_from <= self.high
            require(inside, f"item {self.key}: risk_from parts no answers from others")

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

    def is_choice(self, answer: object) -> bool:
        """Whether ``answer`` is one that somebody can have chosen."""
        # True and 1.0 equal 1 in Python, but neither is an answer that somebody chose.
        return type(answer) is int and answer in self.values
