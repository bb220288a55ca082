"""What a chart says in words and in a table: the answer before the picture."""

from collections import Counter, defaultdict
from collections.abc import Iterator
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
    if not series.answered():
        return f"{series.name} has no score yet."
    since = "Since the new wording: " if series.version(series.current()[0][0]) else ""
    return since + _of_one_wording(spec, series)


def _of_one_wording(spec: ChartSpec, series: ChartSeries) -> str:
    scores = [score for _, score in series.current()]
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


def _apart(one: float, other: float) -> str:
    return _points(abs(round(one - other, 6)))


def distance(spec: ChartSpec) -> str:
    """Say how far two people lie apart, at first and at the latest; empty where it is not shown.

    Their first scores need not be of one day, nor their latest ones.
    """
    pair = spec.pair()
    if pair is None:
        return ""
    one, other = (series.current() for series in pair)
    if pair[0].version(one[-1][0]) != pair[1].version(other[-1][0]):
        return ""
    names = f"Between {pair[0].name} and {pair[1].name}"
    latest = _apart(one[-1][1], other[-1][1])
    if len(one) == len(other) == 1:
        return f"{names} lie {latest}."
    return f"{names}: {_apart(one[0][1], other[0][1])} at first, {latest} at the latest scores."


def _gaps(series: ChartSeries) -> str:
    missing = sum(score is None for _, score in series.points)
    if missing == 0:
        return ""
    count = _SMALL_NUMBERS[missing - 1] if missing <= len(_SMALL_NUMBERS) else str(missing)
    return f" {count} {'answer is' if missing == 1 else 'answers are'} missing."


def sentences(spec: ChartSpec) -> tuple[str, ...]:
    """Return what is to be said of each person, in the couple's order."""
    return tuple(
        _movement(spec, series) + (_gaps(series) if spec.counts_missing else "")
        for series in spec.series
    )


def key(spec: ChartSpec) -> tuple[str, ...]:
    """Return what the signs in the picture mean and when things happened."""
    happened = sorted({*spec.events, *spec.new_wordings()})
    said = [f"{day_in_words(day)}: {label}" for day, label in happened]
    if any(series.band and series.answered() for series in spec.series):
        said.append(
            "Bracket and pale band: within it, a score differs from the person’s own first score"
            " by less than a reliable change"
        )
    elif spec.cut is not None:
        side = "above" if spec.higher_is_better else "below"
        said.append(f"Shaded: the better side, {side} the {spec.cut_label}")
    return (*said, *_signs_of(spec))


def _signs_of(spec: ChartSpec) -> Iterator[str]:
    """Say what those signs mean that are not named in the picture."""
    if spec.pair():
        yield "Grey between the lines: how far they lie apart"
    if spec.new_wordings():
        yield "Dashed upright line: new wording; scores before and after it are not compared"
    if spec.alone:
        yield "Short session lines: with one person alone"
    if any(series.homework for series in spec.series):
        yield (
            "Homework: a bar for each week, filled as far as what was due was done; that it stands"
            " beside the scores shows no cause"
        )


def table_header(spec: ChartSpec) -> tuple[str, ...]:
    """Return the heads of the table's columns."""
    more = ("Apart",) * bool(_distances(spec)) + ("What happened",) * bool(_happened(spec))
    return ("Date", *(series.name for series in spec.series), *more)


def table_rows(spec: ChartSpec) -> tuple[tuple[str, ...], ...]:
    """Return a row for each day; as many rows a day as the person with most scores that day."""
    cells: defaultdict[tuple[date, int], dict[int, str]] = defaultdict(dict)
    for series in spec.series:
        seen: defaultdict[date, int] = defaultdict(int)
        for day, score in series.in_order():
            cells[day, seen[day]][series.position] = _cell(series, day, score)
            seen[day] += 1
    happened, apart = _happened(spec), _distances(spec)
    for day in happened:
        cells[day, 0]  # a day with no answer has its row too
    return tuple(
        (
            day_in_words(day),
            *(row.get(series.position, NOT_ASKED) for series in spec.series),
            *((apart.get(day, NOT_ASKED) if place == 0 else NOT_ASKED,) if apart else ()),
            *((happened.get(day, "") if place == 0 else "",) if happened else ()),
        )
        for (day, place), row in sorted(cells.items(), key=lambda item: item[0])
    )


def homework_header(spec: ChartSpec) -> tuple[str, ...]:
    """Return the heads of the columns of the table of homework."""
    return ("Week from", *(series.name for series in spec.series if series.homework))


def homework_rows(spec: ChartSpec) -> tuple[tuple[str, ...], ...]:
    """Return a row for each week in which anybody had homework: done of due."""
    people = [series for series in spec.series if series.homework]
    done = {
        (week.first, series.position): f"{week.done} of {week.due}"
        for series in people
        for week in series.homework
    }
    return tuple(
        (day_in_words(day), *(done.get((day, one.position), NOT_ASKED) for one in people))
        for day in sorted({day for day, _ in done})
    )


def _cell(series: ChartSeries, day: date, score: float | None) -> str:
    if score is None:
        return MISSING
    notes = dict.fromkeys(words for on, words in series.notes if on == day)
    return f"{number(score)} ({', '.join(notes)})" if notes else number(score)


def _happened(spec: ChartSpec) -> dict[date, str]:
    """Return what happened by day, several things of one day in one text."""
    found: defaultdict[date, list[str]] = defaultdict(list)
    for day, words in sorted({*spec.events, *spec.new_wordings()}):
        found[day].append(words)
    return {day: "; ".join(words) for day, words in found.items()}


def _distances(spec: ChartSpec) -> dict[date, str]:
    """Return how far two people lay apart on the days on which both gave one score."""
    pair = spec.pair()
    if pair is None:
        return {}
    one, other = (_once_a_day(series) for series in pair)
    return {
        day: number(abs(round(one[day] - other[day], 6)))
        for day in sorted(one.keys() & other.keys())
        if pair[0].version(day) == pair[1].version(day)
    }


def _once_a_day(series: ChartSeries) -> dict[date, float]:
    days = Counter(day for day, _ in series.answered())
    return {day: score for day, score in series.answered() if days[day] == 1}
