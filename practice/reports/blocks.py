"""The vocabulary of report sections. ``templates/reports/_blocks.html`` writes each kind down.

Each block names its ``kind``; text in a block is plain text and is escaped where it is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, TypeVar

from practice.reports.charts import Chart
from practice.reports.shares import ShareBar, StepsPicture

Row = TypeVar("Row")


def in_parts(rows: Sequence[Row], most: int) -> list[Sequence[Row]]:
    """Part ``rows`` into as few parts of at most ``most`` as it takes, all about as long."""
    if not rows:
        return []
    count = -(-len(rows) // most)
    ends = [round(len(rows) * place / count) for place in range(count + 1)]
    return [rows[start:end] for start, end in pairwise(ends)]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part of a section, one level below the section's own."""

    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; short, because a list that crosses a page is torn in two for a screen reader."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and what belongs to them."""

    kind: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row heads it. Long ones are parted when they are written."""

    kind: ClassVar[str] = "table"
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    """Places of the columns of numbers, from 0."""

    widths: tuple[int, ...] = ()
    """Width of each column in per cent of the page, in steps of 5; empty: all alike.

    Widths that are given need not be measured, which is most of the work of a table.
    """

    def __post_init__(self) -> None:
        if self.widths and len(self.widths) != len(self.header):
            raise ValueError(f"table {self.caption!r}: a width is needed for every column")
        if any(width % 5 or not 5 <= width <= 80 for width in self.widths):
            raise ValueError(f"table {self.caption!r}: widths are 5 to 80 in steps of 5")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rows of text to look things up in: a table on a page; on paper short paragraphs that flow.

    A table may not cross a sheet, so a long one of words would leave two of them half empty.
    """

    kind: ClassVar[str] = "shelf"
    caption: str
    header: tuple[str, str, str]
    """What heads a row, what is said of it, and where it comes from."""

    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its words before it and its table behind it."""

    kind: ClassVar[str] = "figure"
    chart: Chart


@dataclass(frozen=True, slots=True)
class Figures:
    """One or two small charts side by side."""

    kind: ClassVar[str] = "figures"
    charts: tuple[Chart, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Smaller text: method, source, what a figure does not say."""

    kind: ClassVar[str] = "note"
    text: str


@dataclass(frozen=True, slots=True)
class Shares:
    """The classes of a group as one bar with its key."""

    kind: ClassVar[str] = "shares"
    bar: ShareBar


@dataclass(frozen=True, slots=True)
class Steps:
    """How many were there at each step of a way."""

    kind: ClassVar[str] = "steps"
    picture: StepsPicture


Block = (
    Paragraph | Heading | Bullets | Facts | Table | Shelf | Figure | Figures | Note | Shares | Steps
)
