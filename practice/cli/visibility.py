"""``visibility-table``: the written matrix of who may read and do what, beside the rules."""

import csv
from pathlib import Path

import click

from practice.domain import access_matrix
from practice.domain.access_matrix import READERS, FieldLine, Line

MATRIX = Path(__file__).parents[2] / "docs" / "access" / "records.csv"
FIELDS = MATRIX.with_name("fields.csv")


def table(lines: list[Line]) -> str:
    """Return the matrix as text: one line per kind and operation, one column per reader."""
    return _table(
        [
            (f"{one.kind} / {one.whose} / {one.about}: {one.operation}", dict(one.cells))
            for one in lines
        ]
    )


def field_table(lines: list[FieldLine]) -> str:
    """Return the lines about single fields as text, in the same columns."""
    return _table(
        [
            (one.name, {name: "yes" if name in one.readers else "-" for name in READERS})
            for one in lines
        ]
    )


def _table(lines: list[tuple[str, dict[str, str]]]) -> str:
    first = max(len(name) for name, _ in lines) + 2
    widths = {name: max(len(name), len("not private")) + 2 for name in READERS}
    head = "".join(f"{name:<{width}}" for name, width in widths.items())
    rows = [f"{'':<{first}}{head}".rstrip()]
    for name, words in lines:
        cells = "".join(f"{words[reader]:<{width}}" for reader, width in widths.items())
        rows.append(f"{name:<{first}}{cells}".rstrip())
    return "\n".join(rows)


@click.command("visibility-table")
def visibility_table() -> None:
    """Print who may read and do what, and each case in which the rules say otherwise."""
    try:
        lines, fields = access_matrix.read(_rows(MATRIX)), access_matrix.read_fields(_rows(FIELDS))
    except (OSError, ValueError) as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(table(lines))
    click.echo("\nWhere the fields of one record have other readers than the record itself:\n")
    click.echo(field_table(fields))
    wrong = [str(one) for line in lines for one in access_matrix.differences(line)]
    wrong += access_matrix.too_wide(lines, fields)
    for difference in wrong:
        click.echo(difference, err=True)
    if wrong:
        raise click.ClickException(f"The rules differ from the matrix in {len(wrong)} cases.")
    number = len(list(access_matrix.states(lines[0])))
    click.echo(
        "\nKind / whose words / about whom. '-' never; 'not private': unless written for oneself;"
        "\n'finished': no draft; 'signed': both; 'open': opened to the couple and not sealed."
        "\nOf a field: 'yes' as far as the record is theirs to read or write."
        f"\nThe rules keep to every cell: {len(lines)} lines, {len(READERS)} readers, "
        f"{number} states."
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
