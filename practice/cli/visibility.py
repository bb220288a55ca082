"""``visibility-table``: the outcome of the policy for every kind of record and reader."""

import itertools
from collections.abc import Iterator
from uuid import UUID

import click

from practice.domain.people import Reader, Standing
from practice.domain.visibility import Audience, Facts, Kind, decide

COUPLE, OTHER_COUPLE, AUTHOR, SOMEBODY = (UUID(int=n) for n in range(1, 5))

READERS: dict[str, Reader] = {
    "author": Reader(AUTHOR, COUPLE, Standing.MEMBER),
    "author who left": Reader(AUTHOR, COUPLE, Standing.FORMER),
    "treating": Reader(SOMEBODY, COUPLE, Standing.TREATING),
    "other member": Reader(SOMEBODY, COUPLE, Standing.MEMBER),
    "former member": Reader(SOMEBODY, COUPLE, Standing.FORMER),
    "other therapist": Reader(SOMEBODY, COUPLE, Standing.NONE),
    "other couple": Reader(SOMEBODY, OTHER_COUPLE, Standing.MEMBER),
}

CONCERNS = {"all": frozenset[UUID](), "author": frozenset({AUTHOR})}


def cases() -> Iterator[tuple[str, Facts]]:
    """Yield every case the policy can meet, with its name."""
    for kind, audience, (whom, ids) in itertools.product(Kind, Audience, CONCERNS.items()):
        for done in (False, True) if audience is Audience.WHEN_ALL_DONE else (False,):
            name = f"{kind}, {audience}{', all done' if done else ''}, concerns {whom}"
            yield name, Facts(COUPLE, AUTHOR, kind, audience, ids, done)


def table() -> str:
    """Return the whole outcome as text: one line per case, one column per reader."""
    lines = [
        "# Made by script/visibility-table --write; read its difference in every review.",
        f"{'':<60}" + "".join(f"{name:<17}" for name in READERS).rstrip(),
    ]
    for name, facts in cases():
        verdicts = (decide(reader, facts).allowed for reader in READERS.values())
        cells = "".join(f"{'sees' if allowed else '-':<17}" for allowed in verdicts)
        lines.append(f"{name:<60}{cells.rstrip()}")
    return "\n".join(lines) + "\n"


@click.command("visibility-table")
def visibility_table() -> None:
    """Print who sees what, for review."""
    click.echo(table(), nl=False)
