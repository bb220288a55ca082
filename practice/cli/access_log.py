"""``audit``: whether the access log is whole, its head, who opened what, and its oldest part."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from flask.cli import AppGroup, with_appcontext

from practice.domain.access_chain import Tip, in_utc
from practice.services import access_archive, access_chain, audit
from practice.services.errors import Refused

access_log = AppGroup("audit", help="Check, show and archive the access log.")


class _Place(click.ParamType[Tip]):
    """``NUMBER:DIGEST`` as ``audit head`` prints it."""

    name = "NUMBER:DIGEST"

    def convert(self, value: Any, param: Any, ctx: Any) -> Tip:
        number, _, digest = str(value).strip().partition(":")
        is_one = number.isascii() and number.isdecimal() and len(digest) == 64
        if not is_one:
            self.fail(f"{value!r} is no head; it looks like 1234: and 64 signs.", param, ctx)
        return Tip(int(number), digest.lower())


@access_log.command("verify")
@click.option("--against", type=_Place(), help="A head written down earlier.")
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Check an archived part instead.",
)
@with_appcontext
def verify(against: Tip | None, path: Path | None) -> None:
    """Check every line; name what was changed, is missing, put in or moved, and exit 1."""
    if path is not None:
        _verify_file(path)
        return
    verdict = access_chain.verify(against=against)
    for finding in verdict.findings:
        click.echo(finding.words, err=True)
    if verdict.findings:
        click.echo("The access log is NOT whole.", err=True)
        raise SystemExit(1)
    if verdict.cut.number:
        click.echo(f"Archived up to line {verdict.cut.number}.")
    click.echo(f"{verdict.lines} lines, all as they were written.")
    click.echo(f"Head: {verdict.head.number}:{verdict.head.digest}")


@access_log.command("head")
@with_appcontext
def head() -> None:
    """Print number, digest and time of the last line, to be kept away from this machine."""
    found = access_chain.head()
    if found is None:
        raise click.ClickException("The access log has no line yet.")
    click.echo(f"{found.words} {in_utc(found.at) if found.at else '(archived)'}")


@access_log.command("show")
@click.option("--person", type=click.UUID, help="Who read or wrote.")
@click.option("--couple", type=click.UUID, help="Whose record.")
@with_appcontext
def show(person: UUID | None, couple: UUID | None) -> None:
    """Print the lines of one person, or about one couple: ids only."""
    if person is None and couple is None:
        raise click.UsageError("Name a --person, a --couple, or both.")
    for line in access_chain.lines_about(person_id=person, couple_id=couple):
        parts = (
            line.number,
            in_utc(line.at),
            line.person_id or "-",
            line.couple_id or "-",
            line.how,
            line.what,
            line.reason,
            line.count,
            line.address or "-",
        )
        click.echo("\t".join(map(str, parts)))


@access_log.command("archive")
@click.option(
    "--until",
    required=True,
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="The first day that stays, for example 2020-01-01.",
)
@click.option(
    "--to", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A new file."
)
@with_appcontext
def archive(until: datetime, to: Path) -> None:
    """Move the lines older than a day to a file, and keep their mark so that the chain holds."""
    try:
        done = access_archive.archive(until=date(until.year, until.month, until.day), to=to)
    except Refused as problem:
        raise click.ClickException(str(problem)) from problem
    audit.finish(write_succeeded=True)
    click.echo(f"Lines {done.first} to {done.last} are in {to} and no longer in the database.")
    click.echo(f"SHA-256 of the file: {done.sha256}")


def _verify_file(path: Path) -> None:
    try:
        found = list(access_archive.check_file(path, begins_after=None, ends_at=None))
    except Refused as problem:
        raise click.ClickException(str(problem)) from problem
    for finding in found:
        click.echo(finding.words, err=True)
    if found:
        raise SystemExit(1)
    click.echo("Every line of the file is as it was written.")
