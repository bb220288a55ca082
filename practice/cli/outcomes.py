"""``flask outcomes``: reliable change in any spreadsheet of scores before and after."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from practice.cli.files import write_atomically
from practice.cli.outcomes_text import as_json, as_text
from practice.config.settings import load_settings
from practice.domain.change import METHODS, Method, Need
from practice.domain.outcomes import CutoffMethod, OutcomeAnalysis, Question, analyse
from practice.reports.outcomes import Source, outcomes_html
from practice.services.spreadsheets import SpreadsheetError, printable, read_scores


class BadInput(click.ClickException):
    """What was handed over cannot be used; one line, exit code 2, nothing written."""

    exit_code = 2


class CutoffType(click.ParamType[CutoffMethod | float]):
    """The letter of a kind of cut-off, or a number."""

    name = "a|b|c|VALUE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> CutoffMethod | float:
        """Return the kind of cut-off or the number.

        Raises:
            click.BadParameter: if it is neither.
        """
        if isinstance(value, (CutoffMethod, float)):
            return value
        text = str(value).strip().lower()
        if text in tuple(CutoffMethod):
            return CutoffMethod(text)
        try:
            return float(text)
        except ValueError:
            self.fail("write a, b, c or a number", param, ctx)


METHODS_IN_WORDS = "\n\n".join(
    ["Methods:"]
    + [
        f"{method.value}: {entry.label}. {entry.meaning} {entry.warning or ''}".strip()
        for method, entry in METHODS.items()
    ]
)


@click.command("outcomes", epilog=METHODS_IN_WORDS)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--before", required=True, metavar="COL", help="Column with the score before.")
@click.option("--after", required=True, metavar="COL", help="Column with the score after.")
@click.option("--id", "name", metavar="COL", help="Column that names the rows.")
@click.option("--higher-is-better", is_flag=True, help="On this scale, more is better.")
@click.option("--lower-is-better", is_flag=True, help="On this scale, less is better.")
@click.option(
    "--reliability", type=float, required=True, metavar="R", help="0 or more and below 1."
)
@click.option(
    "--method",
    type=click.Choice([method.value for method in Method], case_sensitive=False),
    help="How a change is judged; without it jt, which is recommended for routine use. Each is "
    "described below.",
)
@click.option(
    "--reliability-post",
    type=float,
    metavar="R",
    help="Reliability of the scores after, for --method nk; without it the same as before.",
)
@click.option("--sd", type=float, metavar="S", help="SD before; else that of the complete rows.")
@click.option("--mean", type=float, metavar="M", help="Mean before; else of the complete rows.")
@click.option(
    "--cutoff",
    type=CutoffType(),
    help="a: two SD from the mean before. b: two SD from the functional mean. c: between the two "
    "means. Or a number. Without it: c if a functional mean is given, else a.",
)
@click.option("--functional-mean", type=float, metavar="M", help="Mean of people not in distress.")
@click.option("--functional-sd", type=float, metavar="S", help="Their SD.")
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON instead of text.")
@click.option(
    "--pdf", "pdf", type=click.Path(path_type=Path), metavar="OUT.pdf", help="Also write a PDF."
)
def outcomes(
    file: Path,
    before: str,
    after: str,
    name: str | None,
    higher_is_better: bool,
    lower_is_better: bool,
    json_wanted: bool,
    pdf: Path | None,
    method: str | None,
    **figures: Any,
) -> None:
    """Say who changed reliably in FILE, a CSV with scores before and after.

    Each row is classed as recovered, improved, unchanged or deteriorated, after Jacobson and Truax
    (1991) where no other method is named.
    A row without one of the scores is left out and named. Nothing is stored; only --pdf writes.
    """
    if higher_is_better is lower_is_better:
        raise click.UsageError("Say either --higher-is-better or --lower-is-better.")
    judged_by = None if method is None else Method(method)
    _require_fitting(judged_by or Method.JT, figures)
    if pdf is not None:
        _require_writable(pdf, file)
    shown = printable(file.name)
    try:
        rows = read_scores(file, before=before, after=after, name=name)
        analysis = analyse(
            rows, Question(higher_is_better=higher_is_better, method=judged_by, **figures)
        )
    except SpreadsheetError as error:
        raise BadInput(f"{shown}: {error}.") from error
    except ValueError as error:
        asked = "" if judged_by is None else f" (asked with --method {judged_by})"
        raise BadInput(f"{shown}: {error}{asked}.") from error
    source = Source(shown, printable(before), printable(after))
    if pdf is not None:
        _write_pdf(pdf, analysis, source)
    click.echo(as_json(analysis, source) if json_wanted else as_text(analysis, source))


def _require_fitting(method: Method, figures: dict[str, Any]) -> None:
    """Refuse options that do not go together, by their names."""
    if (
        figures["reliability_post"] is not None
        and Need.RELIABILITY_POST not in METHODS[method].needs
    ):
        fitting = ", ".join(
            other for other, entry in METHODS.items() if Need.RELIABILITY_POST in entry.needs
        )
        raise click.UsageError(f"--reliability-post is only used with --method {fitting}.")
    lacking = figures["functional_mean"] is None or figures["functional_sd"] is None
    cutoff = figures["cutoff"]
    if cutoff in (CutoffMethod.B, CutoffMethod.C) and lacking:
        raise click.UsageError(
            f"--cutoff {cutoff} needs the functional mean and the functional SD: give "
            "--functional-mean and --functional-sd."
        )
    if cutoff is None and (figures["functional_mean"] is None) is not (
        figures["functional_sd"] is None
    ):
        raise click.UsageError("Give --functional-mean and --functional-sd together.")


def _require_writable(pdf: Path, file: Path) -> None:
    if not pdf.parent.is_dir():
        raise BadInput(f"{printable(str(pdf.parent))}: there is no such folder.")
    if pdf.is_dir():
        raise BadInput(f"{printable(str(pdf))}: this is a folder, not a file.")
    if pdf.exists() and file.exists() and pdf.samefile(file):
        raise BadInput("the PDF would overwrite the file with the scores.")


def _write_pdf(pdf: Path, analysis: OutcomeAnalysis, source: Source) -> None:
    # Loading the renderer takes half a second, which a plain answer should not cost.
    from practice.reports.render import render_pdf

    today = datetime.now(load_settings().time_zone).date()
    content = render_pdf(outcomes_html(analysis, source=source, made_on=today))
    try:
        write_atomically(pdf, content)
    except OSError as error:
        shown = printable(str(pdf))
        raise BadInput(f"{shown}: the PDF cannot be written: {error.strerror}.") from error
    click.echo(f"Written: {printable(str(pdf))}", err=True)
