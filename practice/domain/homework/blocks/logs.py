"""A log: the same few things written down again and again, one row each time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from practice.domain.homework.blocks.base import (
    JSON,
    LINE_LIMIT,
    Block,
    Option,
    RowProblem,
    clean_text,
    labels,
    require_distinct,
    rows_given,
    too_many,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One thing that is written down in every row: a short text, or one of a few options."""

    key: str
    label: str
    options: tuple[Option, ...] = ()
    """Empty: a short text."""

    required: bool = False
    """Whether a row that says anything says this."""

    def __post_init__(self) -> None:
        if self.options:
            require_distinct(self.key, self.options)

    def clean(self, raw: object, row: int) -> str:
        """Return one cell as it is stored; a message names its row, from 1."""
        if not self.options:
            return clean_text(raw, LINE_LIMIT, name=f"Row {row}, “{self.label}”,")
        if raw is None or raw == "":
            return ""
        if not isinstance(raw, str) or raw not in [option.key for option in self.options]:
            raise ValueError(f"Row {row}: choose one of the answers for “{self.label}”.")
        return str(raw)

    def text(self, value: object) -> str:
        """Return a stored cell as its readers see it."""
        return labels(self.options, [value]) if value else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogBlock(Block):
    """Up to ``most`` rows with the same columns.

    Stored as a list of mappings from column key to text or option key, without empty rows.
    """

    kind: ClassVar[str] = "log"
    missing: ClassVar[str] = "Please fill in at least one row."
    columns: tuple[Column, ...]
    most: int = 7

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        if not keys or len(set(keys)) < len(keys):
            raise ValueError(f"{self.key}: a log needs columns, each with a key of its own.")
        if self.most < 1:
            raise ValueError(f"{self.key}: a log needs room for at least one row.")

    def clean(self, raw: object) -> JSON:
        kept: list[dict[str, str]] = []
        for number, given in enumerate(rows_given(raw)):
            row = {column.key: self._cell(column, given, number) for column in self.columns}
            if any(row.values()):
                self._require_cells(row, number)
                kept.append(row)
        too_many(self.most, len(kept))
        return kept

    def _cell(self, column: Column, given: Mapping[str, object], row: int) -> str:
        try:
            return column.clean(given.get(column.key), row + 1)
        except ValueError as problem:
            raise RowProblem(row, column.key, str(problem)) from None

    def _require_cells(self, row: Mapping[str, str], number: int) -> None:
        for column in self.columns:
            if column.required and not row[column.key]:
                message = f"Row {number + 1}: please fill in “{column.label}”, or empty the row."
                raise RowProblem(number, column.key, message)

    def text(self, value: JSON) -> str:
        if not isinstance(value, list | tuple):
            return ""
        rows = [self._line(row) for row in value if isinstance(row, Mapping)]
        return "\n".join(row for row in rows if row)

    def _line(self, row: Mapping[str, JSON]) -> str:
        cells = (column.text(row.get(column.key)) for column in self.columns)
        return " – ".join(" ".join(cell.split()) for cell in cells if cell)
