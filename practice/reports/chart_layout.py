"""Places everything a chart shows, so that no label touches a line or another label.

The room is divided first: scale and ends of the axis to the left, names and last scores to the
right, what happened above, days, sessions and homework below. Lines live in the plot alone, labels
outside.
"""

from datetime import date
from math import ceil

from practice.domain.words import number, short_month
from practice.reports import chart_rows
from practice.reports.chart_axis import TimeScale, spread
from practice.reports.chart_distance import between
from practice.reports.chart_drawing import Band, Box, Drawing, Label, Line, Mark, Segment
from practice.reports.chart_events import events, how_many
from practice.reports.chart_room import INSET, NARROW, ROW, SIGN, WIDE, Room, Shape, drawn
from practice.reports.chart_spec import ChartSeries, ChartSpec
from practice.reports.text_width import fit, text_width

__all__ = ["NARROW", "WIDE", "Shape", "place"]


def place(spec: ChartSpec, shape: Shape) -> Drawing:
    """Return the drawing of ``spec`` in ``shape``.

    Raises:
        ValueError: if no series has a score; there is nothing to draw then.
    """
    if not spec.has_scores():
        raise ValueError(f"{spec.title}: nothing to draw without a score.")
    room = _divide(spec, shape)
    happened, breaks, event_labels = events(room)
    ticks, below, row_signs, height = chart_rows.below(room)
    leaders, ends, end_signs = _ends(room)
    return Drawing(
        width=shape.width,
        height=height,
        size=shape.size,
        plot=room.plot,
        better=_better(room),
        cut=_cut(room),
        bands=_bands(room),
        distance=_distance(room),
        events=happened,
        breaks=breaks,
        ticks=ticks,
        sessions=chart_rows.sessions(room),
        session_width=chart_rows.session_width(room),
        homework=chart_rows.homework(room),
        lines=tuple(line for series in spec.series for line in _lines(room, series)),
        leaders=leaders,
        marks=(*_signs(room), *end_signs, *row_signs),
        labels=(_scale_title(room), *_scores(room), *event_labels, *below, *ends),
    )


def _divide(spec: ChartSpec, shape: Shape) -> Room:
    """Keep as few rows above the plot as the words of the events need."""
    room = _room(spec, shape, 0)
    count = how_many(room)
    most = min(shape.lanes, count)
    while room.lanes < most and len(events(room)[2]) < count:
        room = _room(spec, shape, room.lanes + 1)
    return room


def _room(spec: ChartSpec, shape: Shape, lanes: int) -> Room:
    left = _left_room(spec, shape)
    right = max(text_width(_end_text(spec, series, shape), shape.size) for series in drawn(spec))
    top = shape.size * (ROW * (1 + lanes) + 1.0)
    plot = Box(left, top, shape.width - right - 30, top + shape.plot_height)
    days = spec.days()
    time = TimeScale(days[0], days[-1], plot.left + INSET, plot.right - INSET)
    return Room(spec, shape, plot, time, lanes)


def _scale_title(room: Room) -> Label:
    size = room.shape.size
    return Label(0, size, fit(room.spec.scale_title, size, room.shape.width), size)


# Left: the ends of the scale and the cut score, where no line can go.


def _cut_text(spec: ChartSpec, shape: Shape, cut: float) -> str:
    """Name the cut score: in full where there is room, else in one word."""
    value = number(cut)
    limit = shape.left_most - text_width(f" {value}", shape.size)
    label = spec.cut_label if text_width(spec.cut_label, shape.size) <= limit else "cut"
    return f"{fit(label, shape.size, limit)} {value}"


def _score_texts(spec: ChartSpec, shape: Shape) -> dict[float, str]:
    texts = {spec.high: number(spec.high), spec.low: number(spec.low)}
    if spec.cut is not None:
        texts[spec.cut] = _cut_text(spec, shape, spec.cut)
    return texts


def _left_room(spec: ChartSpec, shape: Shape) -> float:
    scores = ((text, 0.0) for text in _score_texts(spec, shape).values())
    words = (*scores, *chart_rows.names(spec))
    return max(text_width(text, shape.size) + beside for text, beside in words) + 10


def _scores(room: Room) -> tuple[Label, ...]:
    size, texts = room.shape.size, _score_texts(room.spec, room.shape)
    gap = size * 1.15
    feet = spread(
        [room.y(score) + size * 0.35 for score in texts],
        gap,
        room.plot.top + size * 0.35,
        room.plot.bottom + size * 0.35,
    )
    return tuple(
        Label(room.plot.left - 8, foot, text, size, "end")
        for foot, text in zip(feet, texts.values(), strict=True)
    )


def _cut(room: Room) -> Segment | None:
    if room.spec.cut is None:
        return None
    y = room.y(room.spec.cut)
    return Segment(room.plot.left, y, room.plot.right, y)


def _better(room: Room) -> Box | None:
    cut = _cut(room)
    if cut is None or any(series.band for series in drawn(room.spec)):
        return None
    plot = room.plot
    if room.spec.higher_is_better:
        return Box(plot.left, plot.top, plot.right, cut.y1)
    return Box(plot.left, cut.y1, plot.right, plot.bottom)


# Middle: bands, lines and signs.


def _bands(room: Room) -> tuple[Band, ...]:
    bands = []
    for series in drawn(room.spec):
        if series.band is not None:
            low, high = (max(room.spec.low, min(room.spec.high, end)) for end in series.band)
            left = room.time.x(series.current()[0][0])
            area = Box(left, room.y(high), room.plot.right, room.y(low))
            bands.append(Band(series.position, area))
    return tuple(bands)


def _lines(room: Room, series: ChartSeries) -> tuple[Line, ...]:
    """Split a person's line wherever an answer is missing or the wording changed."""
    parts: list[tuple[int, list[tuple[float, float]]]] = [(0, [])]
    for day, score in series.in_order():
        version = series.version(day)
        if score is None or version != parts[-1][0]:
            parts.append((version, []))
        if score is not None:
            parts[-1][1].append((room.time.x(day), room.y(score)))
    return tuple(Line(series.position, tuple(part), version) for version, part in parts if part)


def _distance(room: Room) -> tuple[str, ...]:
    pair = room.spec.pair()
    return between(_lines(room, pair[0]), _lines(room, pair[1])) if pair else ()


def _signs(room: Room) -> tuple[Mark, ...]:
    """Return the signs on the lines; the first person's come last and lie on top."""
    signs: list[Mark] = []
    for series in reversed(drawn(room.spec)):
        lines = _lines(room, series)
        count = sum(len(line.points) for line in lines)
        length = lines[-1].points[-1][0] - lines[0].points[0][0]
        spacing = length / (count - 1) if count > 1 else length
        every = max(1, ceil(12 / spacing)) if spacing > 0 else 1
        radius = SIGN if spacing == 0 or spacing > 14 else SIGN * 0.72
        for line in lines:
            ends = {0, len(line.points) - 1}
            signs += [
                Mark(series.position, x, y, radius)
                for index, (x, y) in enumerate(line.points)
                if index % every == 0 or index in ends
            ]
    return tuple(signs)


# Right: every person's name and last score, beside the end of their line.


def _stopped(spec: ChartSpec, series: ChartSeries) -> date | None:
    """Return the last day of a line that ends well before the chart does."""
    days, last = spec.days(), series.answered()[-1][0]
    return last if (days[-1] - last).days > 0.1 * (days[-1] - days[0]).days else None


def _end_text(spec: ChartSpec, series: ChartSeries, shape: Shape) -> str:
    score, stopped = number(series.answered()[-1][1]), _stopped(spec, series)
    tail = f" {score}"
    if stopped and shape.says_when:
        tail += f", {stopped.day} {short_month(stopped)}"
    limit = shape.right_most - text_width(tail, shape.size)
    return fit(series.name, shape.size, limit) + tail


def _ends(room: Room) -> tuple[tuple[Segment, ...], tuple[Label, ...], tuple[Mark, ...]]:
    size, people = room.shape.size, drawn(room.spec)
    wanted = [room.y(series.answered()[-1][1]) for series in people]
    levels = spread(wanted, size * ROW, room.plot.top + size * 0.4, room.plot.bottom)
    leaders, labels, signs = [], [], []
    for series, level, y in zip(people, levels, wanted, strict=True):
        x = room.plot.right + 26
        labels.append(Label(x, level + size * 0.35, _end_text(room.spec, series, room.shape), size))
        signs.append(Mark(series.position, x - 10, level, SIGN))
        if abs(level - y) > size * 0.45 and not _stopped(room.spec, series):
            start = room.time.x(series.answered()[-1][0]) + SIGN + 2
            leaders.append(Segment(start, y, x - 17, level, series.position))
    return tuple(leaders), tuple(labels), tuple(signs)
