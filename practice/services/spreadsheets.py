"""Reads a spreadsheet saved as CSV: two columns of scores, or a table by its headings.

Every refusal names the row and the column and never repeats what a cell holds: a spreadsheet of a
practice may hold names and notes. Nothing is stored here.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from practice.domain.outcomes import LARGEST, Row

DELIMITERS = (",", ";", "\t")
MISSING = frozenset({"", "na", "n/a"})
"""Cells, in small letters, that say that there is no score."""

LARGEST_FILE = 50_000_000
"""In bytes; some half a million rows, far more than any caseload."""

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
_NOT_FINITE = frozenset({"nan", "inf", "+inf", "-inf", "infinity", "-infinity", "+infinity"})
_COLUMNS_NAMED = 20


class SpreadsheetError(ValueError):
    """The file cannot be used; the message is one line for the person who chose it."""


@dataclass(frozen=True, slots=True)
class _Columns:
    before: int
    after: int
    name: int | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    headings: list[str]
    records: list[tuple[int, list[str]]]
    """Row number as a spreadsheet counts (headings are row 1), and the cells."""

    decimal_comma: bool
    """Whether a comma inside a number can only be a decimal comma."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table."""

    number: int
    """As a spreadsheet counts: the headings are row 1."""

    cells: dict[str, str]
    """Trimmed text by heading, of the columns that were asked for; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a file that were asked for."""

    rows: tuple[TableRow, ...]
    columns: frozenset[str]
    """Headings that were asked for and are there."""

    unused: tuple[str, ...]
    """Headings that are there and were not asked for."""

    decimal_comma: bool
    """Whether a comma inside a number can only be a decimal comma."""


def read_table(path: Path, *, required: Sequence[str], optional: Sequence[str]) -> Table:
    """Read the columns with the given headings, whatever their order; capitals do not matter.

    The file may be written as for ``read_scores``; what the cells mean is the caller's business.

    Args:
        path: The file.
        required: Headings that must be there, in small letters.
        optional: Headings that may be there.

    Raises:
        SpreadsheetError: if the file cannot be read, is empty, not UTF-8 or not a proper table, or
            if a required column is not there or one is there twice.
    """
    wanted = [*required, *optional]
    sheet = _parse(_text(path), wanted=wanted)
    headings = [heading.casefold() for heading in sheet.headings]
    _refuse_repeated_headings([heading if heading in wanted else "" for heading in headings])
    for heading in required:
        _column(headings, heading)
    if not sheet.records:
        raise SpreadsheetError("the file has headings but no rows")
    places = {heading: headings.index(heading) for heading in wanted if heading in headings}
    return Table(
        rows=tuple(
            TableRow(
                number,
                {
                    heading: record[places[heading]].strip() if heading in places else ""
                    for heading in wanted
                },
            )
            for number, record in sheet.records
        ),
        columns=frozenset(places),
        unused=tuple(
            printable(one) for one in sheet.headings if one and one.casefold() not in wanted
        ),
        decimal_comma=sheet.decimal_comma,
    )


def number_of(cell: str, *, decimal_comma: bool) -> float:
    """Return the number that a cell holds.

    Args:
        cell: Trimmed text.
        decimal_comma: Whether a comma can only be a decimal comma (``Table.decimal_comma``).

    Raises:
        SpreadsheetError: if it holds no finite number of ordinary size; the text is not repeated.
    """
    if decimal_comma and _DECIMAL_COMMA.fullmatch(cell):
        cell = cell.replace(",", ".")
    if cell.lower() in _NOT_FINITE:
        raise SpreadsheetError("not a finite number; leave a missing score empty")
    if not _NUMBER.fullmatch(cell):
        raise SpreadsheetError("text where a number is needed")
    score = float(cell)
    if abs(score) > LARGEST:
        raise SpreadsheetError("the number is too large")
    return score


def refuse_mixed_decimals(cells: Sequence[tuple[int, str]], *, decimal_comma: bool) -> None:
    """Refuse "1.234" beside "90,5": one of the two would be read a thousand times too small.

    Args:
        cells: Row number and trimmed text of every cell with a number.
        decimal_comma: As for ``number_of``.

    Raises:
        SpreadsheetError: naming a row of each kind.
    """
    if not decimal_comma:
        return
    comma = next((number for number, cell in cells if _DECIMAL_COMMA.fullmatch(cell)), None)
    point = next(
        (number for number, cell in cells if "." in cell and _NUMBER.fullmatch(cell)), None
    )
    if point and comma:
        raise SpreadsheetError(
            f"row {comma} has a decimal comma and row {point} a decimal point; use one of them"
        )


def read_scores(path: Path, *, before: str, after: str, name: str | None = None) -> tuple[Row, ...]:
    """Read two scores for each row of a CSV file.

    The file is UTF-8 (with or without byte order mark) and separated by commas, semicolons or
    tabs; where semicolons or tabs separate, numbers may have a decimal comma. A cell that is empty
    or says NA is a missing score. Rows without any content are passed over.

    Args:
        path: The file.
        before: Heading of the column with the first score.
        after: Heading of the column with the second score.
        name: Heading of the column that names the rows; None: "row 7" and so on.

    Returns:
        One ``Row`` for each row with content, in the order of the file.

    Raises:
        SpreadsheetError: if the file cannot be read, is empty, not UTF-8 or not a proper table;
            if a column is not there or there twice; or if a score is no finite number.
    """
    if before == after:
        raise SpreadsheetError(f"the same column, {_quoted(before)}, is asked for twice")
    sheet = _parse(_text(path), wanted=[before, after] if name is None else [before, after, name])
    columns = _Columns(
        before=_column(sheet.headings, before),
        after=_column(sheet.headings, after),
        name=None if name is None else _column(sheet.headings, name),
    )
    if not sheet.records:
        raise SpreadsheetError("the file has headings but no rows")
    scores = [
        (number, record[column].strip())
        for number, record in sheet.records
        for column in (columns.before, columns.after)
    ]
    refuse_mixed_decimals(scores, decimal_comma=sheet.decimal_comma)
    return tuple(_rows(sheet, columns))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise SpreadsheetError(f"the file is larger than {LARGEST_FILE // 1_000_000} MB")
        content = path.read_bytes()
    except OSError as error:
        raise SpreadsheetError(f"the file cannot be read: {error.strerror}") from error
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise SpreadsheetError("this is a spreadsheet workbook; save it as CSV (UTF-8) first")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        place = f"byte {error.start + 1}, line {line}"
        raise SpreadsheetError(f"the file is not UTF-8 ({place}); save it as CSV UTF-8") from error
    if "\0" in text:
        raise SpreadsheetError("the file is not text (it has zero bytes); save it as CSV UTF-8")
    if not any(character.isalnum() for character in text):
        raise SpreadsheetError("the file is empty")
    return text


def _parse(text: str, *, wanted: list[str]) -> _Sheet:
    delimiter = _delimiter(text, wanted)
    numbered = _records(text, delimiter)
    first, cells = next(numbered)
    headings = [cell.strip() for cell in cells]
    _refuse_repeated_headings(headings)
    records = []
    for number, record in numbered:
        if len(record) != len(headings):
            raise SpreadsheetError(
                f"row {number} has {len(record)} cells, but there are {len(headings)} headings "
                f"in row {first}"
            )
        records.append((number, record))
    return _Sheet(headings, records, decimal_comma=delimiter != ",")


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that have content, each with its number; strict about quotation marks."""
    number = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, record in enumerate(reader, start=1):
            if any(cell.strip() for cell in record):
                yield number, record
    except csv.Error as error:
        raise SpreadsheetError(f"row {number + 1} cannot be read: {error}") from error


def _delimiter(text: str, wanted: list[str]) -> str:
    """Choose the delimiter that finds most of the wanted headings, then the most headings."""

    def found(delimiter: str) -> tuple[int, int]:
        try:
            cells = next(_records(text, delimiter), (0, []))[1]
        except SpreadsheetError:
            return -1, 0
        headings = [cell.strip() for cell in cells]
        folded = {heading.casefold() for heading in headings}
        return sum(heading.strip().casefold() in folded for heading in wanted), len(headings)

    return max(DELIMITERS, key=found)


def _refuse_repeated_headings(headings: list[str]) -> None:
    for place, heading in enumerate(headings, start=1):
        first = headings.index(heading) + 1
        if heading and first != place:
            raise SpreadsheetError(
                f"the heading {_quoted(heading)} stands over column {first} and column {place}"
            )


def _column(headings: list[str], wanted: str) -> int:
    if wanted.strip() in headings and wanted.strip():
        return headings.index(wanted.strip())
    named = [_quoted(heading) for heading in headings if heading]
    more = len(named) - _COLUMNS_NAMED
    listed = ", ".join(named[:_COLUMNS_NAMED]) + (f" and {more} more" if more > 0 else "")
    raise SpreadsheetError(f"there is no column {_quoted(wanted)}; the file has {listed}")


def _rows(sheet: _Sheet, columns: _Columns) -> Iterator[Row]:
    for number, record in sheet.records:
        name = "" if columns.name is None else printable(record[columns.name].strip())
        yield Row(
            number=number,
            name=name or f"row {number}",
            before=_score(sheet, number, record, columns.before),
            after=_score(sheet, number, record, columns.after),
        )


def _score(sheet: _Sheet, number: int, record: list[str], column: int) -> float | None:
    cell = record[column].strip()
    where = f"row {number}, column {_quoted(sheet.headings[column])}"
    if cell.lower() in MISSING:
        return None
    try:
        return number_of(cell, decimal_comma=sheet.decimal_comma)
    except SpreadsheetError as error:
        raise SpreadsheetError(f"{where}: {error}") from error


def printable(text: str) -> str:
    """Return ``text`` without anything that could steer a terminal or break a line."""
    return "".join(character if character.isprintable() else "�" for character in text)


def _quoted(heading: str) -> str:
    shown = printable(heading)
    return f"“{shown[:40]}…”" if len(shown) > 40 else f"“{shown}”"
