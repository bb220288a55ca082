"""Measures of a practice's own: from what was typed to a measure like any other, and to storage.

One row of answers serves all items, or only totals are kept. A change of what is asked, or of how
it is scored, is a new version with a key of its own, so that no line mixes two meanings.
"""

import re
import unicodedata
from dataclasses import dataclass

from practice.domain.certainty import Certainty
from practice.domain.measures.checks import KEY_PATTERN
from practice.domain.measures.definition import Choice, Example, Item, Measure, Scale

LONGEST_SLUG = 28
"""Leaves room for ``own_``, ``_v`` and a version of up to six figures within a key."""

_MISSING = "Every question is needed. With one missing there is no total."
_NO_QUESTIONS = "Only the total is kept."
_NOT_VALIDATED = (
    "Questions of this practice’s own, not a validated test: they show how things move, no more."
)
_NO_SOURCE = "Written by the practice; no published source."


@dataclass(frozen=True, slots=True)
class OwnItem:
    """One question."""

    text: str
    reverse: bool = False
    """Whether the row of answers counts the other way round for it."""


@dataclass(frozen=True, slots=True)
class OwnDefinition:
    """What a practice says of a measure of its own; ``own_problems`` tells whether it can be."""

    title: str
    short_title: str
    purpose: str
    """One line for the person who is asked to answer."""

    minutes: int
    instruction: str
    items: tuple[OwnItem, ...]
    """Empty where only totals are kept."""

    answers: tuple[Choice, ...]
    """The row of answers of every item; empty where only totals are kept."""

    low: int
    """Of the total; where there are items, it follows from them."""

    high: int
    step: float
    """The smallest difference of two totals; 1 where there are items."""

    higher_is_better: bool
    licence: str
    """By what right the practice uses the words."""

    source: str = ""
    validated: bool = False
    shareable: bool = False
    """Whether its author may open the result to the other members of the couple."""

    about_relationship: bool = True
    """Whether it asks how the relationship is: then nobody is asked once it has ended."""

    @property
    def totals_only(self) -> bool:
        """Whether nothing is asked, and totals are entered."""
        return not self.items

    @property
    def asked(self) -> tuple[object, ...]:
        """All that the meaning of a score rests on."""
        return (
            self.instruction,
            self.items,
            self.answers,
            self.low,
            self.high,
            self.step,
            self.higher_is_better,
        )


def slug_of(title: str) -> str:
    """Return a plain name for a new family of measures; ``measure`` where no letter is left."""
    letters = unicodedata.normalize("NFKD", title)
    plain = "".join(letter for letter in letters if letter.isascii()).lower()
    words = "_".join(re.findall(r"[a-z0-9]+", plain))
    return words[:LONGEST_SLUG].removesuffix("_") or "measure"


def family_of(title: str, taken: frozenset[str] | set[str]) -> str:
    """Return the name of a new family: ``own_evening_talks``, with a number where it is taken.

    Args:
        title: What the measure is called.
        taken: Names of the families that there are.
    """
    slug = slug_of(title)
    family, number = f"own_{slug}", 1
    while family in taken:
        number += 1
        tail = f"_{number}"
        family = f"own_{slug[: LONGEST_SLUG - len(tail)].removesuffix('_')}{tail}"
    return family


def key_of(family: str, version: int) -> str:
    """Return the key of one version: ``own_evening_talks_v2``."""
    return f"{family}_v{version}"


def range_of(items: tuple[OwnItem, ...], answers: tuple[Choice, ...]) -> tuple[int, int]:
    """Return the lowest and the highest total that the answers can give."""
    values = [choice.value for choice in answers]
    return len(items) * min(values), len(items) * max(values)


def needs_new_version(old: OwnDefinition, new: OwnDefinition) -> bool:
    """Whether scores of ``new`` would mean something else than scores of ``old``."""
    return old.asked != new.asked


def measure_from(definition: OwnDefinition, *, family: str, version: int) -> Measure:
    """Build the measure; it has one scale, under the same key.

    Args:
        definition: Without problems (``practice.domain.measures.own_checks.own_problems``).
        family: Name that all versions have in common.
        version: From 1.

    Raises:
        ValueError: if it cannot be a measure; the message says why.
    """
    key = key_of(family, version)
    if KEY_PATTERN.fullmatch(key) is None:
        raise ValueError(f"measure key {key!r} is not a plain name")
    title, short = _titles(definition, version)
    items = tuple(_item(number, one, definition) for number, one in _numbered(definition))
    scale = Scale(
        key=key,
        title=title,
        short_title=short,
        item_keys=tuple(item.key for item in items),
        low=definition.low,
        high=definition.high,
        higher_is_better=definition.higher_is_better,
        step=definition.step,
        range_certainty=Certainty.PRACTICE,
        family=family,
    )
    return Measure(
        key=key,
        title=title,
        short_title=short,
        purpose=definition.purpose,
        minutes=definition.minutes,
        instruction=definition.instruction,
        items=items,
        scales=(scale,),
        validated=definition.validated,
        notice="" if definition.validated else _NOT_VALIDATED,
        citation=definition.source or _NO_SOURCE,
        licence=definition.licence,
        wording_version=f"The practice’s own, version {version}",
        missing_rule=_MISSING if items else _NO_QUESTIONS,
        examples=_examples(items, scale),
        shareable=definition.shareable,
        about_relationship=definition.about_relationship,
        totals_reason="" if items else "The practice enters totals of it and asks nothing here.",
        family=family,
        version=version,
    )


def _titles(definition: OwnDefinition, version: int) -> tuple[str, str]:
    if version == 1:
        return definition.title, definition.short_title
    return f"{definition.title}, version {version}", f"{definition.short_title} v{version}"


def _numbered(definition: OwnDefinition) -> list[tuple[int, OwnItem]]:
    return list(enumerate(definition.items, start=1))


def _item(number: int, item: OwnItem, definition: OwnDefinition) -> Item:
    values = [choice.value for choice in definition.answers]
    turned = min(values) + max(values)
    choices = tuple(
        Choice(turned - choice.value if item.reverse else choice.value, choice.label)
        for choice in definition.answers
    )
    return Item(key=f"q{number}", text=item.text, choices=choices)


def _examples(items: tuple[Item, ...], scale: Scale) -> tuple[Example, ...]:
    return tuple(
        Example(
            answers={item.key: item.low if end == scale.low else item.high for item in items},
            scores={scale.key: float(end)},
            source=f"the {words} total that the definition gives",
        )
        for end, words in ((scale.low, "lowest"), (scale.high, "highest"))
    )
