"""An outcome analysis as text for a person and as JSON for a program."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from practice.domain.change import Change
from practice.domain.class_words import PARTNER_CLASS_WORDS
from practice.domain.outcomes import ClassCount, OutcomeAnalysis
from practice.domain.words import number as score
from practice.reports.figures import NONE, decimal, percent, range_percent, short
from practice.reports.outcomes import Source, effect_lines, parameter_value, row_remarks

RIGHT = ">"
LEFT = "<"


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
    yield from analysis.remarks
    yield from _section("How it was worked out (Jacobson & Truax, 1991)")
    yield from _table(
        ("Figure", "value", "where it comes from"),
        [(p.label, parameter_value(p), p.origin) for p in analysis.parameters],
        (LEFT, RIGHT, LEFT),
    )
    yield from _effects(analysis)
    yield from _section("Row by row")
    yield from _table(
        ("Name", "before", "after", "change", "RCI", "class", "remarks"),
        [
            (
                short(result.row.name),
                score(result.change.before),
                score(result.change.after),
                score(result.change.difference),
                decimal(result.change.rci),
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
    effects = analysis.effects
    answer = {
        "source": {"file": source.file_name, "before": source.before, "after": source.after},
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


def _json_change(change: Change) -> dict[str, Any]:
    return {
        "before": change.before,
        "after": change.after,
        "difference": change.difference,
        "rci": change.rci,
        "class": change.partner_class.value,
        "started_non_distressed": change.started_non_distressed,
        "crossed_cut_without_reliable_change": change.crossed_cut_without_reliable_change,
        "crossed_into_distress": change.crossed_into_distress,
    }
