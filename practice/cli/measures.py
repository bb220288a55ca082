"""``measures``: what the catalogue holds, and whether stored scores still agree with it."""

import click
from flask.cli import AppGroup, with_appcontext

from practice.domain.certainty import Certainty
from practice.domain.measures import registry
from practice.domain.measures.definition import Item, Measure, Norms, Scale
from practice.services import audit, installation, measure_library
from practice.services.schedule import refresh_all
from practice.services.score_check import check_scores

measures = AppGroup("measures", help="List, show and verify questionnaires.")


@measures.command("list")
@with_appcontext
def list_measures() -> None:
    """Print every measure: key, questions and minutes or "totals only", title."""
    known = _known()
    width = max(16, *(len(key) for key in known))
    for measure in known.values():
        kind = "validated" if measure.validated else "our own, not validated"
        click.echo(f"{measure.key:<{width}} {_asked(measure):<20}  {measure.title} ({kind})")


@measures.command("show")
@click.argument("key")
@with_appcontext
def show_measure(key: str) -> None:
    """Print one measure: questions, answers with their points, scales, norms, licence."""
    known = _known()
    if key not in known:
        raise click.ClickException(f"There is no measure {key!r}. Known: {', '.join(known)}.")
    click.echo("\n".join(_described(known[key])))


@measures.command("verify")
@with_appcontext
def verify() -> None:
    """Check every stored score and total; exit 1 if one is wrong, or a definition is unusable."""
    found = check_scores()
    for difference in found.differences:
        click.echo(f"response {difference.response_id}: {difference.what}", err=True)
    for what in found.damaged:
        click.echo(f"cannot be used: {what}", err=True)
    click.echo(
        f"{found.recomputed} responses recomputed, {found.without_answers} without answers, "
        f"{len(found.differences)} differences."
    )
    if found.differences or found.damaged:
        raise SystemExit(1)


def _known() -> dict[str, Measure]:
    """Return every measure as the practice uses it; the shipped ones before there is a practice."""
    if not installation.has_tables():
        return registry.all_measures()
    return measure_library.all_measures()


@measures.command("schedule")
@with_appcontext
def schedule() -> None:
    """Bring what is asked of every couple in line with its battery and its course."""
    looked_at = refresh_all()
    audit.finish(write_succeeded=True)
    click.echo(
        f"The schedule of {looked_at} {'couple' if looked_at == 1 else 'couples'} is up to date."
    )


def _described(measure: Measure) -> list[str]:
    lines = [measure.title, measure.purpose, f"Instruction: {measure.instruction}"]
    if measure.notice:
        lines.append(f"Notice: {measure.notice}")
    if measure.totals_only:
        lines.append(f"Totals only: {measure.totals_reason}")
    lines += _questions(measure)
    for scale in measure.scales:
        lines += _scale(scale)
    lines.append(f"Missing answers: {measure.missing_rule}")
    if measure.risk_in_total:
        lines.append(f"Total alone: {measure.risk_in_total}")
    if measure.note:
        lines.append(f"Note: {measure.note}")
    lines += [
        f"Citation: {measure.citation}",
        f"Licence: {measure.licence}",
        f"Wording: {measure.wording_version}",
        f"Shareable: {'by its author' if measure.shareable else 'no, for author and therapist'}",
    ]
    return lines


def _questions(measure: Measure) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(measure.items, start=1):
        if item.instruction:
            lines.append(f"    [{item.instruction}]")
        lines.append(f"{number:>4}. {item.text} [{item.key}]{_standing(item)}")
        lines.append(
            "      " + ", ".join(f"{choice.label} = {choice.value}" for choice in item.choices)
        )
    return lines


def _standing(item: Item) -> str:
    if item.optional:
        return " (not counted, may be left open)"
    if item.risk_from is not None:
        return f" (from {item.risk_from} on a flag for the therapist)"
    return ""


def _asked(measure: Measure) -> str:
    if measure.totals_only:
        return "totals only"
    return f"{len(measure.items):>2} questions  {measure.minutes} min"


def _scale(scale: Scale) -> list[str]:
    better = "higher" if scale.higher_is_better else "lower"
    steps = "" if scale.step == 1 else f" in steps of {scale.step:g}"
    lines = [
        f"Scale {scale.key}: {scale.title}, {scale.low} to {scale.high}{steps}, {better} is better"
        f"{_mark(scale.range_certainty)}"
    ]
    if scale.cut:
        lines.append(
            f"    cut score {scale.cut.value:g}: {scale.cut.source}{_mark(scale.cut.certainty)}"
        )
    for band in scale.bands:
        lines.append(f"    {band.low:g} to {band.high:g}: {band.label}")
    if scale.bands:
        lines.append(f"    bands: {scale.bands_source}{_mark(scale.bands_certainty)}")
    if (published := scale.published_change) is not None:
        lines.append(
            f"    reliable change: {published.words}; {published.source}"
            f"{_mark(published.certainty)}"
        )
    for name, norms in (("norms", scale.norms), ("stricter", scale.conservative_norms)):
        if norms:
            lines.append(f"    {name}: {_norms(norms)}")
    return lines


def _norms(norms: Norms) -> str:
    return (
        f"SD {norms.sd:g}, reliability {norms.reliability:.2f}, {norms.kind_of_reliability}; "
        f"{norms.source}{_mark(norms.certainty)}"
    )


def _mark(certainty: Certainty) -> str:
    return "" if certainty.is_firm else f" ({certainty.label})"
