"""An outcome analysis as text for a person and as JSON for a program."""

import json
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

from practice.domain.change import MethodChange
from practice.domain.class_words import PARTNER_CLASS_WORDS
from practice.domain.outcomes import ClassCount, OutcomeAnalysis
from practice.domain.words import number as score
from practice.reports.figures import NONE, decimal, percent, range_percent, short
from practice.reports.outcomes import (
    Source,
    effect_lines,
    group_sentence,
    parameter_value,
    row_remarks,
)

RIGHT = ">"
LEFT = "<"
LONGEST_LINE = 120
"""Characters; a longer sentence goes on in the next line."""


def as_text(analysis: OutcomeAnalysis, source: Source) -> str:
    """Return the analysis in plain words and aligned columns, for a terminal."""
    return "\n".join(_lines(analysis, source))


def _lines(analysis: OutcomeAnalysis, source: Source) -> Iterator[str]:
    yield f"{source.file_name}: {source.before} to {source.after}"
    yield f"Rows with both scores: {analysis.n}. Left out: {len(analysis.left_out)}."
    yield ", ".join(f"{count.count} {count.partner_class.value}" for count in analysis.counts) + "."
    yield ""
    yield from _table(
        ("Class", "n", "of", "share", "95 % interval"),
        [_class_cells(count) for count in analysis.counts],
        (LEFT, RIGHT, RIGHT, RIGHT, RIGHT),
    )
    yield ""
    yield from _remarks(analysis)
    yield from _section(f"How it was worked out: {analysis.entry.label}")
    yield from _wrapped(analysis.entry.meaning)
    yield from _wrapped(f"Source: {analysis.entry.source}.")
    yield ""
    yield from _table(
        ("Figure", "value", "where it comes from"),
        [(p.label, parameter_value(p), p.origin) for p in analysis.parameters],
        (LEFT, RIGHT, LEFT),
    )
    yield from _effects(analysis)
    yield from _section("Row by row")
    yield from _table(
        ("Name", "before", "after", "change", "index", "class", "remarks"),
        [
            (
                short(result.row.name),
                score(result.change.before),
                score(result.change.after),
                score(result.change.difference),
                decimal(result.change.index),
                PARTNER_CLASS_WORDS[result.change.partner_class].label,
                row_remarks(result),
            )
            for result in analysis.results
        ],
        (LEFT, RIGHT, RIGHT, RIGHT, RIGHT, LEFT, LEFT),
    )
    if analysis.left_out:
        yield from _section("Left out")
        yield from _table(
            ("Row", "name", "why"),
            [
                (str(left.row.number), short(left.row.name), left.reason.value)
                for left in analysis.left_out
            ],
            (RIGHT, LEFT, LEFT),
        )


def _remarks(analysis: OutcomeAnalysis) -> Iterator[str]:
    group = group_sentence(analysis)
    for remark in (*analysis.remarks, *([] if group is None else [group])):
        yield from _wrapped(remark)


def _wrapped(sentence: str) -> list[str]:
    return wrap(sentence, LONGEST_LINE, break_on_hyphens=False)


def _class_cells(count: ClassCount) -> tuple[str, ...]:
    interval = count.interval
    return (
        PARTNER_CLASS_WORDS[count.partner_class].label,
        str(count.count),
        str(count.n),
        percent(count.percent),
        NONE if interval is None else range_percent(interval.low, interval.high),
    )


def _effects(analysis: OutcomeAnalysis) -> Iterator[str]:
    lines = effect_lines(analysis)
    if not lines:
        return
    yield from _section(f"Effect sizes, n = {analysis.n}; positive is better")
    yield from _table(
        ("Name", "value", "what it is"),
        [(line.name, decimal(line.value), line.meaning) for line in lines],
        (LEFT, RIGHT, LEFT),
    )
    before, after = analysis.before, analysis.after
    yield f"Mean before {decimal(before.mean)} (SD {decimal(before.sd)}), " + (
        f"after {decimal(after.mean)} (SD {decimal(after.sd)})."
    )


def _section(title: str) -> Iterator[str]:
    yield ""
    yield title
    yield "-" * len(title)


def _table(
    headings: Sequence[str], rows: Sequence[Sequence[str]], sides: Sequence[str]
) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    for row in (headings, *rows):
        cells = (
            f"{cell:{side}{width}}" for cell, side, width in zip(row, sides, widths, strict=True)
        )
        yield "  ".join(cells).rstrip()


def as_json(analysis: OutcomeAnalysis, source: Source) -> str:
    """Return the analysis as JSON, unrounded; shares and intervals in per cent.

    ``percent`` and ``interval_percent`` are null where n is too small for a percentage.
    """
    effects, shares, entry = analysis.effects, analysis.shares, analysis.entry
    answer = {
        "source": {"file": source.file_name, "before": source.before, "after": source.after},
        "method": {
            "key": analysis.method.value,
            "label": entry.label,
            "meaning": entry.meaning,
            "source": entry.source,
            "critical_value": entry.critical_value,
            "sidedness": entry.sidedness,
            "warning": entry.warning,
        },
        "n": analysis.n,
        "started": analysis.started,
        "without_after": analysis.without_after,
        "classes": {count.partner_class.value: _json_count(count) for count in analysis.counts},
        "parameters": [
            {"key": p.key, "label": p.label, "value": p.value, "origin": p.origin}
            for p in analysis.parameters
        ],
        "before": {"mean": analysis.before.mean, "sd": analysis.before.sd},
        "after": {"mean": analysis.after.mean, "sd": analysis.after.sd},
        "effect_sizes": None
        if effects is None
        else {
            "d_pre": effects.d_pre,
            "hedges_g": effects.hedges_g,
            "d_av": effects.d_av,
            "d_z": effects.d_z,
            "d_pre_standard_error": effects.d_pre_standard_error,
            "correlation": effects.correlation,
            "positive_is_better": True,
        },
        "group": None
        if shares is None
        else {
            "changed_percent": 100 * shares.changed,
            "past_cut_percent": 100 * shares.past_cut,
        },
        "rows": [
            {"row": r.row.number, "name": r.row.name, **_json_change(r.change)}
            for r in analysis.results
        ],
        "left_out": [
            {"row": left.row.number, "name": left.row.name, "reason": left.reason.value}
            for left in analysis.left_out
        ],
        "remarks": list(analysis.remarks),
    }
    return json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False)


def _json_count(count: ClassCount) -> dict[str, Any]:
    interval = count.interval
    return {
        "count": count.count,
        "n": count.n,
        "percent": count.percent,
        "interval_percent": None if interval is None else [100 * interval.low, 100 * interval.high],
    }


def _json_change(change: MethodChange) -> dict[str, Any]:
    return {
        "before": change.before,
        "after": change.after,
        "difference": change.difference,
        "index": change.index,
        "rci": change.index,  # the name that the index had when there was one method
        "cut_index": change.cut_index,
        "class": change.partner_class.value,
        "is_reliable": change.is_reliable,
        "started_distressed": change.started_distressed,
        "ended_distressed": change.ended_distressed,
        "started_non_distressed": change.started_non_distressed,
        "crossed_cut_without_reliable_change": change.crossed_cut_without_reliable_change,
        "crossed_into_distress": change.crossed_into_distress,
    }
