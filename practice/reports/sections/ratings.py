"""Ratings without a published method of telling change: lines and numbers, no class."""

from dataclasses import replace
from datetime import date

from practice.reports.blocks import Block, Figure, Heading, Note, Table, in_parts
from practice.reports.findings import Findings, ScaleFinding
from practice.reports.scale_charts import charts_of
from practice.reports.words import number, short_day

ORDER = 75
TITLE = "Ratings of the week"

ROWS_IN_A_TABLE = 28


def build(findings: Findings) -> list[Block]:
    """Return a picture for each rating, then one table for each person."""
    scales = [scale for scale in findings.scales if scale.norms is None]
    if not scales:
        return []
    notices = dict.fromkeys(fact.notice for scale in scales for fact in scale.measures)
    blocks: list[Block] = [Note(notice) for notice in notices if notice]
    for scale in scales:
        # The numbers stand in one table for each person below, not in one for each rating.
        blocks += [Figure(replace(chart, rows=())) for chart in charts_of(findings, scale)]
    blocks.append(Heading("The ratings as numbers"))
    for person in findings.people:
        blocks += _tables(person.position, findings.label(person.position), scales)
    return blocks


def _tables(position: int, name: str, scales: list[ScaleFinding]) -> list[Block]:
    values = [_by_day(position, scale) for scale in scales]
    days = sorted({on for given in values for on in given})
    rows = [(short_day(on), *(_cell(given.get(on, ...)) for given in values)) for on in days]
    parts = in_parts(rows, ROWS_IN_A_TABLE)
    return [
        Table(
            caption=f"{name}’s ratings"
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
