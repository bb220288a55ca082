"""``report couple``, ``report all``: outcome reports from the command line."""

import re
from pathlib import Path
from uuid import UUID

import click
from flask.cli import AppGroup, with_appcontext

from practice.cli.files import write_atomically
from practice.domain.reports import Edition
from practice.reports.as_json import findings_as_json
from practice.reports.findings import Findings
from practice.reports.render import render
from practice.services import audit, installation, people, reports
from practice.services.errors import Refused

report = AppGroup("report", help="Write outcome reports to files.")

STANDARD_OUTPUT = Path("-")


class CannotReport(click.ClickException):
    """What was asked for is not there or not possible; nothing is written."""

    exit_code = 2


@report.command("couple")
@click.argument("couple_id", metavar="ID", type=click.UUID)
@click.option(
    "--edition",
    required=True,
    type=click.Choice([edition.value for edition in Edition]),
    help="joint: only what every member and the therapist may see. clinician: for the treating "
    "therapist alone.",
)
@click.option("--json", "json_wanted", is_flag=True, help="Write the findings as JSON, not a PDF.")
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Where to; an old file is replaced. - prints it.",
)
@with_appcontext
def couple(couple_id: UUID, edition: str, json_wanted: bool, target: Path) -> None:
    """Write the outcome report of the couple ID, as its treating therapist would see it.

    The report is not stored. The access log is told before it is written. A report is for the
    people named on it: whoever else is to have it receives it through the release desk.
    """
    _require_writable(target)
    findings = _findings(couple_id, Edition(edition))
    if json_wanted:
        content = findings_as_json(findings).encode()
    else:
        content = _pdf(reports.report_html(findings))
    _write(target, content)


@report.command("all")
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False, exists=True, writable=True),
    metavar="DIR",
    help="The folder to write to; old files of the same names are replaced.",
)
@with_appcontext
def every_couple(folder: Path) -> None:
    """Write both editions for every couple in somebody's care, one file each."""
    refused = []
    for number, line in enumerate(installation.all_couples(), start=1):
        name = re.sub(r"\W+", "-", line.title.lower()).strip("-")
        for edition in Edition:
            try:
                findings = _findings(line.couple_id, edition)
            except CannotReport as error:
                refused.append(f"{line.title}, {edition.value}: {error.message}")
                continue
            pdf = _pdf(reports.report_html(findings))
            _write(folder / f"{number:02d}-{name}-{edition.value}.pdf", pdf)
    if refused:
        raise CannotReport("\n".join(["These could not be written:", *refused]))


def _findings(couple_id: UUID, edition: Edition) -> Findings:
    """Return what the report says, and tell the access log before it is written."""
    actor = people.treating_therapist(couple_id)
    if actor is None:
        raise CannotReport(f"There is no couple {couple_id} in anybody's care.")
    try:
        findings = reports.outcome_findings(actor=actor, couple_id=couple_id, edition=edition)
    except Refused as error:
        raise CannotReport(str(error)) from error
    reports.note_export(actor=actor, couple_id=couple_id, edition=edition)
    # Stored before the report leaves; and no lock is held while it is typeset.
    audit.finish(write_succeeded=True)
    return findings


def _pdf(html: str) -> bytes:
    try:
        return render(html, report_style=True).pdf
    except reports.RenderFailed as error:
        raise click.ClickException(str(error)) from error


def _require_writable(target: Path) -> None:
    if target == STANDARD_OUTPUT:
        return
    if target.is_dir():
        raise CannotReport(f"{target}: this is a folder, not a file.")
    if not target.absolute().parent.is_dir():
        raise CannotReport(f"{target.parent}: there is no such folder.")


def _write(target: Path, content: bytes) -> None:
    if target == STANDARD_OUTPUT:
        click.echo(content, nl=False)
        return
    try:
        write_atomically(target, content)
    except OSError as error:
        raise CannotReport(f"{target}: it cannot be written: {error.strerror}.") from error
    click.echo(f"Written: {target}", err=True)
