"""What a chart says in words and in a table: the answer before the picture."""

from collections import defaultdict
from datetime import date

from practice.domain.words import day_in_words, number
from practice.reports.chart_spec import ChartSeries, ChartSpec

_SMALL_NUMBERS = "One Two Three Four Five Six Seven Eight Nine Ten".split()

MISSING = "no answer"
"""In the table: the person was asked that day and did not answer."""

NOT_ASKED = "–"
"""In the table: nothing of this person on that day."""


def _points(amount: float) -> str:
    return f"{number(amount)} {'point' if amount == 1 else 'points'}"


def _cut_in_words(spec: ChartSpec, cut: float) -> str:
    return f"the {spec.cut_label} of {number(cut)}"


def _side(spec: ChartSpec, cut: float, score: float) -> str:
    if score == cut:
        return f"at {_cut_in_words(spec, cut)}"
    return f"{'above' if score > cut else 'below'} {_cut_in_words(spec, cut)}"


def _where(spec: ChartSpec, first: float, last: float) -> str:
    """Say how the first and the last score lie to the cut score, if there is one."""
    if spec.cut is None:
        return ""
    if _side(spec, spec.cut, first) == _side(spec, spec.cut, last):
        return f"; both lie {_side(spec, spec.cut, last)}"
    if spec.cut in (first, last):
        return f", and is now {_side(spec, spec.cut, last)}"
    return f", and crossed {_cut_in_words(spec, spec.cut)}"


def _movement(spec: ChartSpec, series: ChartSeries) -> str:
    scores = [score for _, score in series.answered()]
    if not scores:
        return f"{series.name} has no score yet."
    first, last = scores[0], scores[-1]
    if len(scores) == 1:
        side = "" if spec.cut is None else f", {_side(spec, spec.cut, last)}"
        return f"{series.name} has one score so far: {number(last)}{side}."
    if first == last:
        side = "" if spec.cut is None else f", {_side(spec, spec.cut, last)}"
        return f"{series.name} is at {number(last)}, as at the start{side}."
    verb = "rose" if last > first else "fell"
    ends = f"from {number(first)} to {number(last)}"
    by = _points(abs(round(last - first, 6)))
    return f"{series.name} {verb} by {by}, {ends}{_where(spec, first, last)}."


def _gaps(series: ChartSeries) -> str:
    missing = sum(score is None for _, score in series.points)
    if missing == 0:
        return ""
    count = _SMALL_NUMBERS[missing - 1] if missing <= len(_SMALL_NUMBERS) else str(missing)
    return f" {count} {'answer is' if missing == 1 else 'answers are'} missing."


def sentences(spec: ChartSpec) -> tuple[str, ...]:
    """Return what is to be said of each person, in the couple's order."""
    return tuple(_movement(spec, series) + _gaps(series) for series in spec.series)


def key(spec: ChartSpec) -> tuple[str, ...]:
    """Return what the signs in the picture mean and when things happened."""
    said = [f"{day_in_words(day)}: {label}" for day, label in sorted(spec.events)]
    if any(series.band and series.answered() for series in spec.series):
        said.append(
            "Bracket and pale band: within it, a score differs from the person’s own first score"
            " by less than a reliable change"
        )
    elif spec.cut is not None:
        side = "above" if spec.higher_is_better else "below"
        said.append(f"Shaded: the better side, {side} the {spec.cut_label}")
    return tuple(said)


def table_header(spec: ChartSpec) -> tuple[str, ...]:
    """Return the heads of the table's columns."""
    return ("Date", *(series.name for series in spec.series))


def table_rows(spec: ChartSpec) -> tuple[tuple[str, ...], ...]:
    """Return a row for each day; as many rows a day as the person with most scores that day."""
    cells: defaultdict[tuple[date, int], dict[int, str]] = defaultdict(dict)
    for series in spec.series:
        seen: defaultdict[date, int] = defaultdict(int)
        for day, score in series.in_order():
            words = MISSING if score is None else number(score)
            cells[day, seen[day]][series.position] = words
            seen[day] += 1
    return tuple(
        (
            day_in_words(day),
            *(row.get(series.position, NOT_ASKED) for series in spec.series),
        )
        for (day, _), row in sorted(cells.items(), key=lambda item: item[0])
    )
