"""What every building block has, and the checks they share."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from practice.domain.texts import tidy

JSON: TypeAlias = "None | bool | int | float | str | Sequence[JSON] | Mapping[str, JSON]"

TEXT_LIMIT = 10_000
"""Characters in one free text; enough for several pages, and a bound on what is stored."""

LINE_LIMIT = 300
"""Characters in one line of a list or one part of a plan."""

ROWS_READ = 100
"""Rows that are looked at; a form never sends as many."""


class RowProblem(ValueError):
    """Something in one row of several that needs another look.

    Attributes:
        row: Which row, from 0, as it was handed over.
        part: The key of the part of the row.
    """

    def __init__(self, row: int, part: str, message: str) -> None:
        self.row = row
        self.part = part
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. The key is stored, so the label may be reworded later."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(ABC):
    """One question of a worksheet.

    ``key`` names the answer in the stored entry and never changes once the template was used.
    ``prompt`` is the question, ``hint`` one line of help below it.
    """

    kind: ClassVar[str]
    """Which form control and macro a page uses for it."""

    missing: ClassVar[str] = "Please answer this one."
    """What to say when a required answer is not there."""

    key: str
    prompt: str
    hint: str = ""
    required: bool = False

    @abstractmethod
    def clean(self, raw: object) -> JSON:
        """Return ``raw`` as the value to store; nothing given becomes the empty value.

        Raises:
            ValueError: with a plain message for the person who filled it in. A required
                answer that is missing is not reported here but by ``Template.clean``,
                which knows whether the task was done at all.
        """

    def check(self, value: JSON, today: date) -> str:
        """Return what is wrong with a cleaned ``value`` handed in ``today``, "" for nothing.

        Apart from ``clean``, because what was right when it was written stays right.
        """
        return ""

    def is_empty(self, value: JSON) -> bool:
        """Whether a cleaned ``value`` says nothing. Nought is an answer."""
        return value is None or value == "" or value == []

    def text(self, value: JSON) -> str:
        """Return a cleaned ``value`` as plain text for readers, "" when it is empty."""
        return "" if self.is_empty(value) else str(value)


def clean_text(raw: object, limit: int, name: str = "This text") -> str:
    """Return text as it is stored, if it is text and not too long."""
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise ValueError(f"{name} should be words.")
    text = tidy(raw)
    if len(text) > limit:
        raise ValueError(
            f"{name} has {len(text):,} characters; there is room for {limit:,}. "
            "Please shorten it a little."
        )
    return text


def clean_day(raw: object) -> str:
    if isinstance(raw, date):
        return raw.isoformat()[:10]
    text = clean_text(raw, LINE_LIMIT, name="Day")
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("Choose the day from the calendar, or write it as 2026-03-14.") from None


def strings(raw: object) -> list[str]:
    """Return what a form hands over for several answers as a list of strings."""
    if raw is None or raw == "":
        return []
    given: Iterable[object] = [raw] if isinstance(raw, str) else ()
    if isinstance(raw, list | tuple | set | frozenset):
        given = raw
    elif not isinstance(raw, str):
        raise ValueError("Please choose from the list.")
    if not all(isinstance(one, str) for one in given):
        raise ValueError("Please choose from the list.")
    return [str(one) for one in given]


def labels(options: Sequence[Option], keys: Iterable[object]) -> str:
    """Return the labels of ``keys``; a key that is no longer offered is shown as it is."""
    known = {option.key: option.label for option in options}
    return "\n".join(known.get(str(key), str(key)) for key in keys)


def require_distinct(key: str, options: Sequence[Option]) -> None:
    if len({option.key for option in options}) < max(2, len(options)):
        raise ValueError(f"{key}: at least two options are needed, each with a key of its own.")


def rows_given(raw: object) -> list[Mapping[str, object]]:
    """Return what a form hands over for several rows, empty ones included.

    Raises:
        ValueError: if it is no list of rows, or far too long a one.
    """
    if raw is None or raw == "":
        return []
    if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
        raise ValueError("Please fill in the rows one by one.")
    if len(raw) > ROWS_READ:
        raise ValueError("These are more rows than there is room for.")
    return [row for row in raw if isinstance(row, Mapping)]


def too_many(most: int, kept: int) -> None:
    """Raise ValueError if more rows were ``kept`` than there is room for."""
    if kept > most:
        raise ValueError(f"There is room for {most} rows; please keep the best.")
