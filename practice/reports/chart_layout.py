"""Places everything a chart shows, so that no label touches a line or another label.

The room is divided first: scale and ends of the axis to the left, names and last scores to the
right, what happened above, days and sessions below. Lines live in the plot alone, labels outside.
"""

from dataclasses import dataclass
from datetime import date

from practice.domain.words import number, short_month
from practice.reports.chart_axis import TimeScale, day_ticks, spread
from practice.reports.chart_drawing import Band, Box, Drawing, Label, Line, Mark, Segment
from practice.reports.chart_spec import ChartSeries, ChartSpec
from practice.reports.text_width import fit, text_width


@dataclass(frozen=True, slots=True)
class Shape:
    """The proportions of a drawing, in drawing units.

    Attributes:
        width: Of the whole.
        plot_height: Of the room for the lines.
        size: Font size.
        left_most: Most room for labels at the left.
        right_most: Most room for labels at the right.
        lanes: Rows above the plot for what happened; 0 leaves the words to the key.
        says_when: Whether a line that stopped early has its last day beside the score.
    """

    width: float
    plot_height: float
    size: float
    left_most: float
    right_most: float
    lanes: int
    says_when: bool


WIDE = Shape(
    width=640, plot_height=190, size=13, left_most=110, right_most=170, lanes=3, says_when=True
)
NARROW = Shape(
    width=300, plot_height=190, size=13, left_most=92, right_most=96, lanes=0, says_when=False
)

INSET = 10.0
"""Between the plot's edge and the first and last day, so that signs stay clear of the axis."""

SIGN = 4.2
"""Radius of a sign where there is room."""

ROW = 1.4
"""Height of a row of text, as a share of the font size."""


@dataclass(frozen=True, slots=True)
class _Room:
    """The plot and the two scales of one drawing."""

    spec: ChartSpec
    shape: Shape
    plot: Box
    time: TimeScale
    lanes: int
    """Rows kept above the plot for what happened."""

    def y(self, score: float) -> float:
        share = (score - self.spec.low) / (self.spec.high - self.spec.low)
        return self.plot.bottom - share * self.plot.height


def place(spec: ChartSpec, shape: Shape) -> Drawing:
    """Return the drawing of ``spec`` in ``shape``.

    Raises:
        ValueError: if no series has a score; there is nothing to draw then.
    """
    if not spec.has_scores():
        raise ValueError(f"{spec.title}: nothing to draw without a score.")
    room = _divide(spec, shape)
    events, event_labels = _events(room)
    ticks, below, height = _below(room)
    leaders, ends, end_signs = _ends(room)
    return Drawing(
        width=shape.width,
        height=height,
        size=shape.size,
        plot=room.plot,
        better=_better(room),
        cut=_cut(room),
        bands=_bands(room),
        events=events,
        ticks=ticks,
        sessions=_sessions(room),
        session_width=_thickness(room, len(spec.sessions), 2.5),
        homework=_homework(room),
        homework_width=_thickness(room, len(spec.homework_days), 4.0),
        lines=tuple(line for series in spec.series for line in _lines(room, series)),
        leaders=leaders,
        marks=(*_signs(room), *end_signs),
        labels=(_scale_title(room), *_scores(room), *event_labels, *below, *ends),
    )


def _divide(spec: ChartSpec, shape: Shape) -> _Room:
    """Keep as few rows above the plot as the words of the events need."""
    most = min(shape.lanes, len(spec.events))
    for lanes in range(most):
        room = _room(spec, shape, lanes)
        if len(_events(room)[1]) == len(spec.events):
            return room
    return _room(spec, shape, most)


def _room(spec: ChartSpec, shape: Shape, lanes: int) -> _Room:
    left = max(text_width(text, shape.size) for text in _left_texts(spec, shape)) + 10
    right = max(text_width(_end_text(spec, series, shape), shape.size) for series in _drawn(spec))
    top = shape.size * (ROW * (1 + lanes) + 1.0)
    plot = Box(left, top, shape.width - right - 30, top + shape.plot_height)
    days = spec.days()
    time = TimeScale(days[0], days[-1], plot.left + INSET, plot.right - INSET)
    return _Room(spec, shape, plot, time, lanes)


def _drawn(spec: ChartSpec) -> tuple[ChartSeries, ...]:
    return tuple(series for series in spec.series if series.answered())


def _scale_title(room: _Room) -> Label:
    size = room.shape.size
    return Label(0, size, fit(room.spec.scale_title, size, room.shape.width), size)


# Left: the ends of the scale and the cut score, where no line can go.


def _cut_text(spec: ChartSpec, shape: Shape, cut: float) -> str:
    value = number(cut)
    limit = shape.left_most - text_width(f" {value}", shape.size)
    return f"{fit(spec.cut_label, shape.size, limit)} {value}"


def _score_texts(spec: ChartSpec, shape: Shape) -> dict[float, str]:
    texts = {spec.high: number(spec.high), spec.low: number(spec.low)}
    if spec.cut is not None:
        texts[spec.cut] = _cut_text(spec, shape, spec.cut)
    return texts


def _left_texts(spec: ChartSpec, shape: Shape) -> tuple[str, ...]:
    rows = ("sessions",) * bool(spec.sessions) + ("homework",) * bool(spec.homework_days)
    return (*_score_texts(spec, shape).values(), *rows)


def _scores(room: _Room) -> tuple[Label, ...]:
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


def _cut(room: _Room) -> Segment | None:
    if room.spec.cut is None:
        return None
    y = room.y(room.spec.cut)
    return Segment(room.plot.left, y, room.plot.right, y)


def _better(room: _Room) -> Box | None:
    cut = _cut(room)
    if cut is None or any(series.band for series in _drawn(room.spec)):
        return None
    plot = room.plot
    if room.spec.higher_is_better:
        return Box(plot.left, plot.top, plot.right, cut.y1)
    return Box(plot.left, cut.y1, plot.right, plot.bottom)


# Middle: bands, lines and signs.


def _bands(room: _Room) -> tuple[Band, ...]:
    bands = []
    for series in _drawn(room.spec):
        if series.band is not None:
            low, high = (max(room.spec.low, min(room.spec.high, end)) for end in series.band)
            left = room.time.x(series.answered()[0][0])
            area = Box(left, room.y(high), room.plot.right, room.y(low))
            bands.append(Band(series.position, area))
    return tuple(bands)


def _lines(room: _Room, series: ChartSeries) -> tuple[Line, ...]:
    """Split a person's line wherever an answer is missing."""
    parts: list[list[tuple[float, float]]] = [[]]
    for day, score in series.in_order():
        if score is None:
            parts.append([])
        else:
            parts[-1].append((room.time.x(day), room.y(score)))
    return tuple(Line(series.position, tuple(part)) for part in parts if part)


def _signs(room: _Room) -> tuple[Mark, ...]:
    """Return the signs on the lines; the first person's come last and lie on top."""
    signs: list[Mark] = []
    for series in reversed(_drawn(room.spec)):
        lines = _lines(room, series)
        count = sum(len(line.points) for line in lines)
        length = lines[-1].points[-1][0] - lines[0].points[0][0]
        spacing = length / (count - 1) if count > 1 else length
        every = max(1, round(11 / spacing)) if spacing > 0 else 1
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


def _ends(room: _Room) -> tuple[tuple[Segment, ...], tuple[Label, ...], tuple[Mark, ...]]:
    size, drawn = room.shape.size, _drawn(room.spec)
    wanted = [room.y(series.answered()[-1][1]) for series in drawn]
    levels = spread(wanted, size * ROW, room.plot.top + size * 0.4, room.plot.bottom)
    leaders, labels, signs = [], [], []
    for series, level, y in zip(drawn, levels, wanted, strict=True):
        x = room.plot.right + 26
        labels.append(Label(x, level + size * 0.35, _end_text(room.spec, series, room.shape), size))
        signs.append(Mark(series.position, x - 10, level, SIGN))
        if abs(level - y) > size * 0.45 and not _stopped(room.spec, series):
            start = room.time.x(series.answered()[-1][0]) + SIGN + 2
            leaders.append(Segment(start, y, x - 17, level, series.position))
    return tuple(leaders), tuple(labels), tuple(signs)


# Above: what happened, each with a line down through the plot.


def _events(room: _Room) -> tuple[tuple[Segment, ...], tuple[Label, ...]]:
    """Write what happened above the plot where there is room; the key always tells the rest."""
    size, plot = room.shape.size, room.plot
    lines: list[Segment] = []
    labels: list[Label] = []
    for day, words in sorted(room.spec.events, reverse=True):
        x = room.time.x(day)
        label = _event_label(room, x, words, lines, labels)
        top = plot.top
        if label is not None:
            labels.append(label)
            top = label.y - size * 0.6
        lines.append(Segment(x, top, x, plot.bottom))
    return tuple(lines), tuple(labels)


def _event_label(
    room: _Room, x: float, words: str, lines: list[Segment], labels: list[Label]
) -> Label | None:
    size, shape = room.shape.size, room.shape
    text = fit(words, size, shape.width * 0.45)
    feet = [room.plot.top - size * (0.85 + ROW * lane) for lane in range(room.lanes)]
    to_the_right = [Label(x + 5, foot, text, size) for foot in feet]
    to_the_left = [Label(x - 5, foot, text, size, "end") for foot in feet]
    for label in to_the_right + to_the_left:
        own = Segment(x, label.y - size * 0.6, x, room.plot.bottom)
        if _is_free(room, label, own, lines, labels):
            return label
    return None


def _is_free(
    room: _Room, label: Label, own: Segment, lines: list[Segment], labels: list[Label]
) -> bool:
    box = label.box
    if box.left < room.plot.left or box.right > room.shape.width:
        return False
    if any(box.overlaps(other.box) for other in labels):
        return False
    if any(box.left - 3 < line.x1 < box.right + 3 and line.y1 < box.bottom for line in lines):
        return False
    return not any(
        other.box.left - 3 < own.x1 < other.box.right + 3 and own.y1 < other.box.bottom
        for other in labels
    )


# Below: days, then a row of sessions and a row of homework.


def _row_tops(room: _Room) -> tuple[float, float, float]:
    """Return the feet of the last row of days, of the sessions and of the homework."""
    size = room.shape.size
    ticks = day_ticks(room.time, size, room.shape.width)
    days = room.plot.bottom + size * (1.5 + (1.2 if any(tick.year for tick in ticks) else 0))
    sessions = days + size * 1.6 * bool(room.spec.sessions)
    homework = sessions + size * 1.6 * bool(room.spec.homework_days)
    return days, sessions, homework


def _below(room: _Room) -> tuple[tuple[Segment, ...], tuple[Label, ...], float]:
    size, plot = room.shape.size, room.plot
    ticks = day_ticks(room.time, size, room.shape.width)
    _, sessions, homework = _row_tops(room)
    labels = [Label(tick.x, plot.bottom + size * 1.5, tick.text, size, "middle") for tick in ticks]
    labels += [
        Label(tick.x, plot.bottom + size * 2.7, tick.year, size, "middle")
        for tick in ticks
        if tick.year
    ]
    if room.spec.sessions:
        labels.append(Label(plot.left - 8, sessions, "sessions", size, "end"))
    if room.spec.homework_days:
        labels.append(Label(plot.left - 8, homework, "homework", size, "end"))
    marks = tuple(Segment(tick.x, plot.bottom, tick.x, plot.bottom + 4) for tick in ticks)
    return marks, tuple(labels), homework + size * 0.5


def _sessions(room: _Room) -> tuple[Segment, ...]:
    foot, size = _row_tops(room)[1], room.shape.size
    xs = sorted({room.time.x(day) for day in room.spec.sessions})
    return tuple(Segment(x, foot - size * 0.75, x, foot) for x in xs)


def _homework(room: _Room) -> tuple[tuple[float, float], ...]:
    y = _row_tops(room)[2] - room.shape.size * 0.35
    return tuple((room.time.x(day), y) for day in sorted(set(room.spec.homework_days)))


def _thickness(room: _Room, count: int, most: float) -> float:
    """Return how thick ``count`` signs in a row may be and still stand apart."""
    return min(most, 0.5 * (room.time.right - room.time.left) / max(count, 1))
