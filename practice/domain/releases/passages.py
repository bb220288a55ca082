"""Passages that speak of somebody else: finding them, and taking them out for good.

A word list finds what it knows and nothing else: it proposes, and the therapist reads.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

NAME_REMOVED = "[name removed]"
PASSAGE_REMOVED = "[passage removed: it concerns another person]"

RELATIONS = (
    "mother father mum mam dad parent parents sister brother siblings son daughter child children "
    "stepson stepdaughter stepchildren uncle aunt cousin grandmother grandfather gran grandparents "
    "nephew niece mother-in-law father-in-law boss manager colleague colleagues friend friends "
    "neighbour neighbours lover affair ex-husband ex-wife ex-partner girlfriend boyfriend"
).split()
"""Words that speak of people outside the couple, in the singular and plural that notes use."""


class PassageFate(StrEnum):
    """What becomes of a passage."""

    KEEP = "keep"
    NAMES = "names"
    REMOVE = "remove"

    @property
    def label(self) -> str:
        return {
            PassageFate.KEEP: "Keep it as it is",
            PassageFate.NAMES: "Take out the names",
            PassageFate.REMOVE: "Take out the passage",
        }[self]


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph that somebody must decide about."""

    key: str
    """Of place and words together: words that change are decided anew."""

    text: str
    found: tuple[str, ...]
    """Names and words as they stand there, each once."""


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text, parted at every line break; empty ones are left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def key_of(place: str, paragraph: str) -> str:
    """Return under which key a decision about a paragraph is kept (64 hexadecimal digits)."""
    return hashlib.sha256(f"{place}\n{paragraph}".encode()).hexdigest()


def parts_of_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return what to look for: whole names and each of their words of three letters and more."""
    found: dict[str, None] = {}
    for name in names:
        words = name.split()
        for part in (" ".join(words), *words):
            if len(part) >= 3 or part == name:
                found[part] = None
    return tuple(part for part in found if part)


def mentions(paragraph: str, names: Iterable[str], *, relations: bool) -> tuple[str, ...]:
    """Return what in a paragraph speaks of somebody else, in the order in which it stands there.

    Args:
        paragraph: Plain text.
        names: As ``parts_of_names`` returns them; compared by whole words, whatever the case.
        relations: Whether ``RELATIONS`` count too.
    """
    wanted = _pattern((*names, *(RELATIONS if relations else ())))
    if wanted is None:
        return ()
    return tuple(dict.fromkeys(match.group() for match in wanted.finditer(paragraph)))


def without_names(text: str, names: Iterable[str], put: str = NAME_REMOVED) -> str:
    """Return a text in which each of ``names`` is replaced; longer ones first."""
    wanted = _pattern(names)
    return text if wanted is None else wanted.sub(put, text)


def redacted(paragraph: str, names: Iterable[str], fate: PassageFate) -> str:
    """Return a paragraph as it may leave. What is taken out is not in it any more."""
    if fate is PassageFate.REMOVE:
        return PASSAGE_REMOVED
    return without_names(paragraph, names) if fate is PassageFate.NAMES else paragraph


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    if not ordered:
        return None
    choices = "|".join(re.escape(word) for word in ordered)
    return re.compile(rf"(?<!\w)(?:{choices})(?!\w)", re.IGNORECASE)
