"""``flask import-scores``: totals collected elsewhere, from a CSV file. A dry run unless told."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext

from practice.services import audit, score_import
from practice.services.errors import Refused
from practice.services.score_import import ImportResult, SpreadsheetError
from practice.services.spreadsheets import printable

ROWS_NAMED = 30
"""Rows named one by one; of more, only their number is said."""


class CannotImport(click.ClickException):
    """Nothing is imported; exit code 2."""

    exit_code = 2


@click.command("import-scores")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--write", is_flag=True, help="Import. Without it the file is only checked.")
@click.option(
    "--as",
    "sign_in_name",
    metavar="SIGN_IN_NAME",
    help="The therapist who typed them in: then only couples in their care are known. Without it, "
    "whoever treats each couple.",
)
@click.option("--day-first", is_flag=True, help="Days are written 04/03/2026, not 2026-03-04.")
@with_appcontext
def import_scores(file: Path, write: bool, sign_in_name: str | None, day_first: bool) -> None:
    """Check FILE, a CSV with totals, and import it with --write.

    \b
    Columns, in any order, with these headings:
      person   the person's id; or, instead of it,
      name     the whole name as in the records, and
      born     the date of birth as in the records
      measure  the key of a measure (flask measures list)
      scale    the key of a scale; needed where a measure has several
      date     the day on which it was filled in
      total    the total; within the range and on the steps of its scale
      couple   the couple's id; needed where a person belongs to several

    The file is UTF-8, separated by commas, semicolons or tabs; other columns are passed over.
    Everything is imported or nothing. A total that is there already is passed over, so a file can
    be imported again; another total for the same person, measure and day is an error. Totals are
    seen by their person and the therapist, and marked as imported.
    """
    try:
        by = score_import.therapist_called(sign_in_name) if sign_in_name else None
        if write:
            score_import.hold_all()
        found = score_import.import_scores(file, write=write, by=by, day_first=day_first)
    except Refused as error:
        audit.finish(write_succeeded=False)
        raise CannotImport(str(error)) from error
    except SpreadsheetError as error:
        audit.finish(write_succeeded=False)
        raise CannotImport(f"{printable(file.name)}: {error}.") from error
    audit.finish(write_succeeded=found.written)
    for problem in found.problems:
        click.echo(f"{printable(file.name)}: {problem}.", err=True)
    click.echo("\n".join(_said(found, write=write)))
    if found.problems:
        raise SystemExit(2)


def _said(found: ImportResult, *, write: bool) -> Iterator[str]:
    if found.unused:
        yield f"Columns passed over: {', '.join(found.unused)}."
    if found.already:
        yield f"There already, passed over: {_rows(found.already)}."
    yield (
        f"Rows read: {found.read}; new: {found.new}; there already: {len(found.already)}; "
        f"errors: {len(found.problems)}."
    )
    if found.problems:
        yield "Nothing is imported: everything must be right, or nothing is stored."
    elif not write:
        yield "Nothing is imported: this was a dry run. Add --write to import."
    elif found.new:
        yield f"Imported: {found.new}."
    else:
        yield "There was nothing new to import."


def _rows(numbers: Sequence[int]) -> str:
    named = ", ".join(str(number) for number in numbers[:ROWS_NAMED])
    more = len(numbers) - ROWS_NAMED
    kind = "row" if len(numbers) == 1 else "rows"
    return f"{kind} {named}" + (f" and {more} more" if more > 0 else "")
