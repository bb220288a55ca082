"""A worksheet on paper: blank, with room to write for every kind of block, or filled in.

A new kind of block needs one line in ``ROOMS``. What somebody wrote is printed as the block itself
puts it into words, whatever its kind.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from practice.domain.homework.blocks import Block
from practice.domain.homework.definition import SummaryLine, Template
from practice.reports.render import environment

BESIDE_EACH_OTHER = 62
"""Characters of all answers together that fit into one line."""

LINES_OF_A_LIST = 8
"""Lines for a list that may be longer: so that a sheet is two pages, and the back is free."""

SIGNATURES = 2
"""Lines to sign on; a third member signs below."""


@dataclass(frozen=True, slots=True)
class Part:
    """One place of several: a line with its name, or a column with what may be written in it."""

    label: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """The room to write that one block gets."""

    draw: str
    """Which macro of ``templates/reports/_rooms.html`` draws it: ``lines``, ``boxes``, ``digits``,
    ``parts``, ``rows``, ``card`` or ``signatures``."""

    count: int = 0
    """How many lines, rows or signatures."""

    options: tuple[str, ...] = ()
    """What can be marked, in order."""

    parts: tuple[Part, ...] = ()
    """Lines with a name, or columns."""

    one_only: bool = False
    """Whether one mark is asked for; else any number."""

    beside: bool = False
    """Whether the answers stand in one line."""

    ends: tuple[str, ...] = ()
    """Words at the low and the high end of a scale."""

    title: str = ""
    """What stands on a card."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One entry as it is printed."""

    heading: str
    """Whose it is and of which day."""

    answers: tuple[SummaryLine, ...]


def blank_worksheet_html(template: Template) -> str:
    """Return a worksheet to fill in by hand, as an HTML document that brings its own style."""
    return (
        environment()
        .get_template("reports/worksheet.html")
        .render(
            worksheet=template, questions=[(block, room_of(block)) for block in template.all_blocks]
        )
    )


def filled_worksheet_html(title: str, lead: str, entries: Sequence[Filled]) -> str:
    """Return what was written, as an HTML document that brings its own style.

    Args:
        title: Of the worksheet.
        lead: A line below it.
        entries: Already filtered for whoever gets the sheet.
    """
    return (
        environment()
        .get_template("reports/worksheet_filled.html")
        .render(title=title, lead=lead, entries=entries)
    )


def room_of(block: Block) -> Room:
    """Return the room to write for one block; three lines for a kind nobody has thought of."""
    make = ROOMS.get(block.kind)
    return make(block) if make else Room("lines", count=3)


def _rating(block: Any) -> Room:
    digits = tuple(str(number) for number in range(block.low, block.high + 1))
    return Room("digits", options=digits, ends=(block.low_label, block.high_label))


def _options(block: Any, *, one_only: bool) -> Room:
    labels = tuple(option.label for option in block.options)
    beside = sum(map(len, labels)) + 6 * len(labels) <= BESIDE_EACH_OTHER
    return Room("boxes", options=labels, one_only=one_only, beside=beside)


def _parts(block: Any) -> tuple[Part, ...]:
    return tuple(Part(part.label) for part in block.parts)


def _columns(block: Any) -> tuple[Part, ...]:
    return tuple(
        Part(column.label, tuple(option.label for option in column.options))
        for column in block.columns
    )


ROOMS: dict[str, Callable[[Any], Room]] = {
    "text": lambda block: Room("lines", count=max(2, block.rows)),
    "list": lambda block: Room("lines", count=min(block.most, LINES_OF_A_LIST)),
    "rating": _rating,
    "choice": lambda block: _options(block, one_only=True),
    "checklist": lambda block: _options(block, one_only=False),
    "plan": lambda block: Room("parts", parts=_parts(block)),
    "log": lambda block: Room("rows", count=block.most, parts=_columns(block)),
    "tracker": lambda block: Room("rows", count=block.most, parts=_parts(block)),
    "card": lambda block: Room("card", count=block.most, title=block.title),
    "agreement": lambda block: Room("signatures", count=SIGNATURES),
}
"""The room to write, by kind of block."""
