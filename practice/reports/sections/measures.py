"""Questionnaires, and whatever else change can be told on: one part for each scale."""

from practice.reports.blocks import Block, Figure, Heading, Note, Paragraph, Table
from practice.reports.change_text import (
    change_row,
    cut_sentence,
    norms_sentence,
    person_sentence,
    published_sentence,
)
from practice.reports.findings import Findings, ScaleFinding
from practice.reports.scale_charts import charts_of
from practice.reports.words import listed, number

ORDER = 40
TITLE = "What the questionnaires show"


def build(findings: Findings) -> list[Block]:
    """Return words, picture and table of every such scale."""
    blocks: list[Block] = []
    for scale in findings.scales:
        if scale.is_questionnaire:
            blocks += _scale(findings, scale)
    return blocks


def _scale(findings: Findings, scale: ScaleFinding) -> list[Block]:
    blocks: list[Block] = [
        Heading(scale.full_title),
        *(
            Paragraph(person_sentence(findings.label(person.position), person))
            for person in scale.people
        ),
    ]
    if scale.has_a_line:
        blocks += [Figure(chart) for chart in charts_of(findings, scale)]
    if scale.has_classes:
        blocks.append(_table(findings, scale))
    blocks += [Note(text) for text in (*_standing(scale), *_notes(findings, scale)) if text]
    return blocks


def _table(findings: Findings, scale: ScaleFinding) -> Table:
    return Table(
        caption=f"{scale.short_title}: change from the first to the latest score in this report",
        header=("Person", "First", "Latest", "Change", "RCI", "Class", "By the stricter line"),
        rows=tuple(change_row(findings.label(person.position), person) for person in scale.people),
        numeric=(1, 2, 3, 4),
        widths=(15, 10, 10, 15, 10, 20, 20),
    )


def _standing(scale: ScaleFinding) -> dict[str, None]:
    """Return what must be said of measures that are no validated test, each once."""
    return dict.fromkeys(fact.notice for fact in scale.measures)


def _notes(findings: Findings, scale: ScaleFinding) -> list[str]:
    texts = [_basis(findings, scale), cut_sentence(scale)]
    if scale.published is not None:
        texts.append(published_sentence(scale, scale.published))
    if scale.norms and scale.points_needed is not None:
        texts.append(norms_sentence("Reliable change", scale, scale.norms, scale.points_needed))
    if scale.conservative_norms and scale.points_needed_strict is not None:
        texts.append(
            norms_sentence(
                "The stricter line",
                scale,
                scale.conservative_norms,
                scale.points_needed_strict,
            )
        )
    return texts


def _basis(findings: Findings, scale: ScaleFinding) -> str:
    counts = listed(
        [f"{findings.label(person.position)} n = {len(person.given)}" for person in scale.people]
    )
    better = "higher" if scale.higher_is_better else "lower"
    return (
        f"Scores in this report: {counts}. Range {number(scale.low)} to {number(scale.high)}; "
        f"{better} is better. {_index(scale)}"
    )


def _index(scale: ScaleFinding) -> str:
    if scale.published is not None:
        return (
            "RCI: reliable change index; here it is worked back from the published points, which "
            "decide."
        )
    if scale.norms is not None:
        return (
            "RCI: reliable change index, the change divided by the error of a difference; beyond "
            "1.96 either way is a reliable change (Jacobson & Truax, 1991)."
        )
    return "No figures for reliable change were found, so no class is told."
