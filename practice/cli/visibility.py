"""``visibility-table``: the outcome of the policy for every kind of record and reader."""

import itertools
from uuid import UUID

import click

from practice.domain.people import Reader, Standing
from practice.domain.visibility import Audience, Facts, Kind, decide

COUPLE, OTHER_COUPLE, AUTHOR, SOMEBODY = (UUID(int=n) for n in range(1, 5))

READERS: dict[str, Reader] = {
    "author, member": Reader(AUTHOR, COUPLE, Standing.MEMBER),
    "author, has left": Reader(AUTHOR, COUPLE, Standing.FORMER),
    "author, treating": Reader(AUTHOR, COUPLE, Standing.TREATING),
    "treating therapist": Reader(SOMEBODY, COUPLE, Standing.TREATING),
    "other member": Reader(SOMEBODY, COUPLE, Standing.MEMBER),
    "former member": Reader(SOMEBODY, COUPLE, Standing.FORMER),
    "other therapist": Reader(SOMEBODY, COUPLE, Standing.NONE),
    "member elsewhere": Reader(SOMEBODY, OTHER_COUPLE, Standing.MEMBER),
}


def table() -> str:
    """Return the whole outcome table as text, one line per case, in a fixed order."""
    lines = [
        "# Made by script/visibility-table --write; read its difference in every review.",
        "# kind | audience | concerns | all done | reader | verdict | rule",
    ]
    concerned = {"everyone": frozenset[UUID](), "the author only": frozenset({AUTHOR})}
    for kind, audience, (whom, ids), done, (name, reader) in itertools.product(
        Kind, Audience, concerned.items(), (False, True), READERS.items()
    ):
        facts = Facts(COUPLE, AUTHOR, kind, audience, ids, done)
        decision = decide(reader, facts)
        cells = (kind, audience, whom, "yes" if done else "no", name)
        verdict = "sees" if decision.allowed else "-"
        lines.append(" | ".join((*cells, verdict, decision.reason)))
    return "\n".join(lines) + "\n"


@click.command("visibility-table")
def visibility_table() -> None:
    """Print who sees what, for review."""
    click.echo(table(), nl=False)
