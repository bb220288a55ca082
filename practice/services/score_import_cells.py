"""What one row of a file of scores says: cells become a person's key, a scale, a day and a total.

Nothing is looked up here but the measures. A refusal names row and column, and never repeats what
the cell holds.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from practice.domain.measures.definition import Measure, Scale
from practice.services import clock
from practice.services.couples import FIRST_YEAR
from practice.services.measure_library import all_measures
from practice.services.spreadsheets import SpreadsheetError, TableRow, number_of

REQUIRED = ("measure", "date", "total")
OPTIONAL = ("person", "name", "born", "couple", "scale")

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps the file from being imported."""

    row: int
    column: str
    what: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.what}"


class _Wrong(Exception):
    """A cell that cannot be used."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row, understood."""

    row: int
    person_id: UUID | None
    name: str
    """As the row has it, composed and in small letters; empty where it names an id."""

    born_on: date | None
    couple_id: UUID | None
    measure: Measure
    scale: Scale
    on: date
    total: float
    """On the step of the scale."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How cells are written in this file."""

    decimal_comma: bool
    day_first: bool


def folded(name: str) -> str:
    """Return a name as it is compared: composed, single spaces, small letters."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def read_row(row: TableRow, reading: Reading) -> Entry | list[Problem]:
    """Return what a row says, or everything that is wrong with it."""
    problems: list[Problem] = []

    def part(column: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except _Wrong as wrong:
            problems.append(Problem(row.number, column, str(wrong)))
            return None

    cells = row.cells
    person_id = part("person", lambda: _id(cells["person"]))
    name = part("name", lambda: _name(cells))
    born_on = part("born", lambda: _born(cells, reading))
    couple_id = part("couple", lambda: _id(cells["couple"]))
    measure = part("measure", lambda: _measure(cells["measure"]))
    scale = None if measure is None else part("scale", lambda: _scale(measure, cells["scale"]))
    on = part("date", lambda: _day(cells["date"], reading))
    total = part("total", lambda: _total(measure, scale, cells["total"], reading))
    if problems or measure is None or scale is None or on is None or total is None:
        return problems
    return Entry(row.number, person_id, name or "", born_on, couple_id, measure, scale, on, total)


def _id(cell: str) -> UUID | None:
    if not cell:
        return None
    try:
        return UUID(cell)
    except ValueError as error:
        raise _Wrong("this is no id; copy it as it stands in the address of a page") from error


def _name(cells: dict[str, str]) -> str:
    name = folded(cells["name"])
    if not name and not cells["person"]:
        raise _Wrong("a person is needed: an id in “person”, or a name here and “born”")
    return "" if cells["person"] else name


def _born(cells: dict[str, str], reading: Reading) -> date | None:
    if cells["person"]:
        return None
    if not cells["born"]:
        raise _Wrong("a date of birth is needed beside a name; or give the person's id")
    return _date(cells["born"], reading)


def _day(cell: str, reading: Reading) -> date:
    if not cell:
        raise _Wrong("a day is needed")
    day = _date(cell, reading)
    if day > clock.today():
        raise _Wrong("this day is in the future")
    if day.year < FIRST_YEAR:
        raise _Wrong(f"check the year; {FIRST_YEAR} is the first")
    return day


def _date(cell: str, reading: Reading) -> date:
    found = (_DAY_FIRST if reading.day_first else _ISO).fullmatch(cell)
    if found is None:
        wanted = "04/03/2026 (day first)" if reading.day_first else "2026-03-04"
        raise _Wrong(f"a day is written like {wanted}")
    parts = [int(part) for part in found.groups()]
    try:
        return date(*(reversed(parts) if reading.day_first else parts))
    except ValueError as error:
        raise _Wrong("there is no such day") from error


def _measure(cell: str) -> Measure:
    if not cell:
        raise _Wrong("a measure is needed")
    measure = all_measures().get(cell.lower())
    if measure is None:
        raise _Wrong(f"there is no such measure; there are {', '.join(all_measures())}")
    return measure


def _scale(measure: Measure, cell: str) -> Scale:
    by_key = {scale.key: scale for scale in measure.scales}
    if not by_key:
        raise _Wrong(f"{measure.key} is kept without a score, so there is no total of it")
    if cell:
        if cell.lower() not in by_key:
            raise _Wrong(f"{measure.key} has no such scale; it has {', '.join(by_key)}")
        return by_key[cell.lower()]
    if measure.key in by_key:
        return by_key[measure.key]
    if len(by_key) > 1:
        raise _Wrong(f"{measure.key} has several scales; name one of {', '.join(by_key)}")
    return measure.scales[0]


def _total(measure: Measure | None, scale: Scale | None, cell: str, reading: Reading) -> float:
    if not cell:
        raise _Wrong("a total is needed")
    try:
        value = number_of(cell, decimal_comma=reading.decimal_comma)
    except SpreadsheetError as error:
        raise _Wrong(str(error)) from error
    if measure is None or scale is None:
        return value
    try:
        return measure.totals({scale.key: value})[scale.key]
    except ValueError as error:
        raise _Wrong(str(error)) from error
