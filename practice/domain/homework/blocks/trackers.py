"""A tracker: lines that somebody promised, or that are to be watched, with a day each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from practice.domain.homework.blocks.base import (
    JSON,
    LINE_LIMIT,
    Block,
    Option,
    RowProblem,
    clean_day,
    clean_text,
    rows_given,
    too_many,
)
from practice.domain.words import weekday_in_words


@dataclass(frozen=True, slots=True)
class TrackedLine:
    """One line as it was written. ``key`` stays the same for good: marks are tied to it."""

    key: str
    what: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerBlock(Block):
    """Up to ``most`` lines: what, and perhaps by when.

    Stored as a list of ``{"id", "what", "day"}``. An entry is final, so the number of a line
    in it names it for good. ``day`` is an ISO date or "".
    """

    kind: ClassVar[str] = "tracker"
    missing: ClassVar[str] = "Please write at least one line."
    parts: ClassVar[tuple[Option, ...]] = (Option("what", "What"), Option("day", "By when"))
    """The inputs of one row, in order, with their labels."""

    most: int = 6

    def __post_init__(self) -> None:
        if self.most < 1:
            raise ValueError(f"{self.key}: a tracker needs room for at least one line.")

    def clean(self, raw: object) -> JSON:
        kept: list[dict[str, str]] = []
        for number, given in enumerate(rows_given(raw)):
            what, day = self._what(given, number), self._day(given, number)
            if day and not what:
                raise RowProblem(number, "what", f"Row {number + 1}: please say what it is about.")
            if what:
                kept.append({"id": str(len(kept) + 1), "what": what, "day": day})
        too_many(self.most, len(kept))
        return kept

    def text(self, value: JSON) -> str:
        return "\n".join(_in_words(line) for line in self.lines(value))

    def lines(self, value: JSON) -> tuple[TrackedLine, ...]:
        """Return a stored value line by line; what is no line is left out."""
        return tuple(_lines(value))

    def _what(self, given: Mapping[str, object], row: int) -> str:
        try:
            text = clean_text(given.get("what"), LINE_LIMIT, name=f"Row {row + 1}")
        except ValueError as problem:
            raise RowProblem(row, "what", str(problem)) from None
        return " ".join(text.split())

    def _day(self, given: Mapping[str, object], row: int) -> str:
        try:
            return clean_day(given.get("day"))
        except ValueError as problem:
            raise RowProblem(row, "day", f"Row {row + 1}: {problem}") from None


def _lines(value: JSON) -> Iterator[TrackedLine]:
    for line in value if isinstance(value, list | tuple) else ():
        if isinstance(line, Mapping) and line.get("id") and line.get("what"):
            day = str(line.get("day") or "")
            due_on = date.fromisoformat(day) if day else None
            yield TrackedLine(str(line["id"]), str(line["what"]), due_on)


def _in_words(line: TrackedLine) -> str:
    if line.due_on is None:
        return line.what
    return f"{line.what} (by {weekday_in_words(line.due_on, year=True)})"
