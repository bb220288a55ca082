"""``visibility-table``: the written matrix of who may read and do what, beside the rules."""

import csv
from pathlib import Path

import click

from practice.domain import access_matrix
from practice.domain.access_matrix import READERS, Line

MATRIX = Path(__file__).parents[2] / "docs" / "access" / "records.csv"


def table(lines: list[Line]) -> str:
    """Return the matrix as text: one line per kind and operation, one column per reader."""
    names = [f"{one.kind} / {one.whose} / {one.about}: {one.operation}" for one in lines]
    first = max(map(len, names)) + 2
    widths = {name: max(len(name), len("not private")) + 2 for name in READERS}
    head = "".join(f"{name:<{width}}" for name, width in widths.items())
    rows = [f"{'':<{first}}{head}".rstrip()]
    for name, line in zip(names, lines, strict=True):
        cells = "".join(f"{line.cells[reader]:<{width}}" for reader, width in widths.items())
        rows.append(f"{name:<{first}}{cells}".rstrip())
    return "\n".join(rows)


@click.command("visibility-table")
def visibility_table() -> None:
    """Print who may read and do what, and each case in which the rules say otherwise."""
    try:
        with MATRIX.open(encoding="utf-8", newline="") as file:
            lines = access_matrix.read(csv.DictReader(file))
    except (OSError, ValueError) as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(table(lines))
    wrong = [difference for line in lines for difference in access_matrix.differences(line)]
    for difference in wrong:
        click.echo(str(difference), err=True)
    if wrong:
        raise click.ClickException(f"The rules differ from the matrix in {len(wrong)} cases.")
    click.echo(
        "\nKind / whose words / about whom. '-' never; 'not private': unless written for oneself;"
        "\n'finished': no draft; 'signed': both; 'open': opened to the couple and not sealed."
        f"\nThe rules keep to every cell: {len(lines)} lines, {len(READERS)} readers, 32 states."
    )
