"""Questions of our own, without a method of telling change: lines and numbers, no class."""

from dataclasses import replace
from datetime import date

from practice.reports.blocks import Block, Figures, Heading, Note, Table, in_parts
from practice.reports.charts import Chart
from practice.reports.findings import Findings, MeasureFact, ScaleFinding
from practice.reports.scale_charts import charts_of
from practice.reports.words import kept, number, short_day

ORDER = 75
TITLE = "Ratings of the week"

ROWS_IN_A_TABLE = 14

SEPARATOR = " · "
"""Between the numbers of one day, in the couple's order."""


def build(findings: Findings) -> list[Block]:
    """Return small pictures side by side, then one table of everybody's numbers, by measure."""
    found = [scale for scale in findings.scales if not scale.is_questionnaire]
    together: dict[tuple[MeasureFact, ...], list[ScaleFinding]] = {}
    for scale in found:
        together.setdefault(scale.measures, []).append(scale)
    blocks: list[Block] = []
    for measures, scales in together.items():
        if len(together) > 1:
            blocks.append(Heading(" and ".join(fact.title for fact in measures)))
        blocks += _asked_together(findings, scales)
    return blocks


def _asked_together(findings: Findings, scales: list[ScaleFinding]) -> list[Block]:
    notices = dict.fromkeys(fact.notice for scale in scales for fact in scale.measures)
    blocks: list[Block] = [Note(notice) for notice in notices if notice]
    # The numbers stand in one table below, not in one for each rating.
    charts = [replace(chart, rows=()) for scale in scales for chart in charts_of(findings, scale)]
    blocks += [Figures(tuple(pair)) for pair in _pairs(charts)]
    return [*blocks, *_tables(findings, scales)]


def _pairs(charts: list[Chart]) -> list[list[Chart]]:
    return [charts[start : start + 2] for start in range(0, len(charts), 2)]


def _tables(findings: Findings, scales: list[ScaleFinding]) -> list[Block]:
    values = {
        (person.position, scale.key): _by_day(person.position, scale)
        for person in findings.people
        for scale in scales
    }
    answering = {position for (position, _), given in values.items() if given}
    people = [person for person in findings.people if person.position in answering]
    days = sorted({on for given in values.values() for on in given})
    rows = [
        (
            short_day(on),
            *(
                kept(
                    SEPARATOR.join(
                        _cell(values[person.position, scale.key].get(on, ...)) for person in people
                    )
                )
                for scale in scales
            ),
        )
        for on in days
    ]
    parts = in_parts(rows, ROWS_IN_A_TABLE)
    return [
        Table(
            caption=f"The ratings as numbers: {', then '.join(p.label for p in people)}"
            + (f", part {place} of {len(parts)}" if len(parts) > 1 else ""),
            header=("Date", *(scale.short_title for scale in scales)),
            rows=tuple(part),
            numeric=tuple(range(1, len(scales) + 1)),
        )
        for place, part in enumerate(parts, start=1)
    ]


def _by_day(position: int, scale: ScaleFinding) -> dict[date, float | None]:
    return {
        score.on: score.value
        for person in scale.people
        if person.position == position
        for score in person.scores
    }


def _cell(value: object) -> str:
    if value is None:
        return "no answer"
    return number(value) if isinstance(value, int | float) else "–"
