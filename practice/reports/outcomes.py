"""The printed answer of ``flask outcomes``: one analysis as a complete HTML document."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from practice.domain.change import Method, PartnerClass, reliable_change_points
from practice.domain.class_words import (
    METHOD_CLASS_MEANINGS,
    PARTNER_CLASS_WORDS,
    change_remarks,
)
from practice.domain.outcomes import OutcomeAnalysis, Parameter, RowResult
from practice.domain.words import day_in_words, number
from practice.reports import figures
from practice.reports.jt_plot import jacobson_truax_plot

T = TypeVar("T")

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

LINES_IN_A_TABLE = 20
"""A table that crosses a page is torn into two in the PDF's tags.

Two of this many lines fit on a page, and one below the picture.
"""

REMARK_LINE, NAME_LINE = 36, 12
"""Characters that fit on one line of the column."""

ROWS_IN_A_DOCUMENT = 500
"""Beyond it the rows are counted and not listed: nobody reads them on paper."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the scores came from, as the reader knows it."""

    file_name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One effect size with its name and what it is."""

    name: str
    value: float | None
    meaning: str


def outcomes_html(analysis: OutcomeAnalysis, *, source: Source, made_on: date) -> str:
    """Return the analysis as an HTML document that needs nothing fetched.

    Args:
        analysis: From ``practice.domain.outcomes.analyse``.
        source: Named in the title and the first paragraph.
        made_on: Printed below the title.
    """
    listed = analysis.results[:ROWS_IN_A_DOCUMENT]
    left_out = analysis.left_out[:ROWS_IN_A_DOCUMENT]
    return (
        _environment()
        .get_template("reports/outcomes.html")
        .render(
            analysis=analysis,
            source=source,
            made_on=day_in_words(made_on),
            plot=jacobson_truax_plot(analysis),
            what_counts=what_counts(analysis),
            group_sentence=group_sentence(analysis),
            words=PARTNER_CLASS_WORDS,
            meanings=class_meanings(analysis),
            classes=tuple(PartnerClass),
            parameters=[(p.label, parameter_value(p), p.origin) for p in analysis.parameters],
            effect_lines=effect_lines(analysis),
            row_tables=tables_of_rows(listed),
            left_out_tables=_tables(left_out, [1] * len(left_out)),
            rows_listed=len(listed),
            left_out_listed=len(left_out),
        )
    )


def parameter_value(parameter: Parameter) -> str:
    """Return the value of a parameter for a reader."""
    value = parameter.value
    return value if isinstance(value, str) else figures.decimal(value)


def what_counts(analysis: OutcomeAnalysis) -> str:
    """Return in one sentence when a row counts as changed."""
    if analysis.method is Method.JT:
        points = figures.decimal(reliable_change_points(analysis.figures))
        return f"A change counts when it is larger than {points} points."
    value = figures.decimal(analysis.entry.critical_value)
    return (
        f"A row counts as changed when its index after {analysis.entry.label} is larger than "
        f"{value}, up or down ({analysis.entry.sidedness})."
    )


def class_meanings(analysis: OutcomeAnalysis) -> dict[PartnerClass, str]:
    """Return what each class means by the method of the analysis, in a sentence."""
    if analysis.method is not Method.JT:
        return METHOD_CLASS_MEANINGS
    return {found: words.meaning for found, words in PARTNER_CLASS_WORDS.items()}


def group_sentence(analysis: OutcomeAnalysis) -> str | None:
    """Return what the method says of the group as a whole; None where it says nothing."""
    shares = analysis.shares
    if shares is None:
        return None
    changed, past = figures.percent(100 * shares.changed), figures.percent(100 * shares.past_cut)
    return (
        f"Estimated for the group as a whole, and not for any row of it: {changed} changed for the "
        f"better, and {past} ended past the cut-off (true scores, taken to be normally "
        "distributed)."
    )


def effect_lines(analysis: OutcomeAnalysis) -> list[EffectLine]:
    """Return the effect sizes in the order in which they are shown; none with a single row."""
    effects = analysis.effects
    if effects is None:
        return []
    return [
        EffectLine("d_pre", effects.d_pre, "mean change / SD before (what benchmarks mostly use)"),
        EffectLine("Hedges g", effects.hedges_g, "d_pre corrected for the small sample"),
        EffectLine("d_av", effects.d_av, "mean change / mean of the SDs before and after"),
        EffectLine("d_z", effects.d_z, "mean change / SD of the changes; not for benchmarks"),
    ]


def row_remarks(result: RowResult) -> str:
    """Return what is to be said beside one row, in one line."""
    return " ".join(change_remarks(result.change))


def tables_of_rows(results: Sequence[RowResult]) -> list[list[RowResult]]:
    """Cut the rows into tables that fit on a page each, long remarks and names reckoned in."""
    return _tables(results, [_lines(result) for result in results])


def _lines(result: RowResult) -> int:
    remarks = math.ceil(len(row_remarks(result)) / REMARK_LINE)
    return max(1, remarks, math.ceil(len(figures.short(result.row.name)) / NAME_LINE))


def _tables(rows: Sequence[T], lines: Sequence[int]) -> list[list[T]]:
    tables: list[list[T]] = []
    room = 0
    for row, needed in zip(rows, lines, strict=True):
        if needed > room:
            tables.append([])
            room = LINES_IN_A_TABLE
        tables[-1].append(row)
        room -= needed
    return tables


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        score=number, decimal=figures.decimal, percent=figures.percent, short=figures.short
    )
    environment.globals.update(range_percent=figures.range_percent, row_remarks=row_remarks)
    return environment
