"""Controls for blocks of several rows: logs and trackers.

Every row is there from the start, so that nothing needs a script. A page shows some of them and
keeps the rest folded.
"""

from typing import Any

from wtforms import Field, Form, FormField, SelectChoice, SelectField, StringField
from wtforms.widgets import DateInput

from practice.domain.homework.blocks import Column, LogBlock, RowProblem, TrackerBlock

FEWEST_SHOWN = 3
EMPTY_SHOWN = 2
"""Rows that stand open below the last filled one."""


class RowsForm(Form):  # type: ignore[misc]  # the library is untyped
    """The rows of one block; built by ``log_field`` and ``tracker_field``."""

    def raw(self) -> list[dict[str, object]]:
        """Return the rows in order, empty ones included, as a block takes them."""
        return [dict(row.data) for row in self]

    def shown(self) -> list[Field]:
        """Return the rows that stand open: some to begin with, and room below what is filled."""
        return list(self)[: self._open()]

    def folded(self) -> list[Field]:
        """Return the rows that are there when more is needed."""
        return list(self)[self._open() :]

    def cell_of(self, problem: ValueError) -> Field:
        """Return the control that a message of the block belongs to."""
        rows = list(self)
        if isinstance(problem, RowProblem):
            return rows[problem.row].form[problem.part]
        return next(iter(rows[0].form))

    def _open(self) -> int:
        filled = [number for number, row in enumerate(self, start=1) if any(row.data.values())]
        return max(FEWEST_SHOWN, max(filled, default=0) + EMPTY_SHOWN)


def log_field(block: LogBlock) -> Field:
    """Return the control of a log."""
    row = type("RowForm", (Form,), {column.key: _cell(column) for column in block.columns})
    return _rows(block, row)


def tracker_field(block: TrackerBlock) -> Field:
    """Return the control of a tracker."""
    what, day = block.parts
    cells = {
        what.key: StringField(what.label),
        # Text with a calendar: what was typed comes back as it was, also where it is no date.
        day.key: StringField(day.label, widget=DateInput()),
    }
    return _rows(block, type("RowForm", (Form,), cells))


def _rows(block: LogBlock | TrackerBlock, row: type[Form]) -> Field:
    rows = {
        f"row{number}": FormField(row, label=f"Row {number}") for number in range(1, block.most + 1)
    }
    form = type("RowsForm", (RowsForm,), rows)
    return FormField(form, label=block.prompt, description=block.hint)


def _cell(column: Column) -> Any:
    if not column.options:
        return StringField(column.label)
    options = [SelectChoice(option.key, option.label) for option in column.options]
    # What was chosen is the block's business, which says so in the words of its row.
    return SelectField(
        column.label, choices=[SelectChoice("", "–"), *options], validate_choice=False, default=""
    )
