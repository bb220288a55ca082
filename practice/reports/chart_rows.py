"""Below the plot: days, then a row of sessions, and a row of homework for each person."""

from datetime import timedelta

from practice.reports.chart_axis import day_ticks
from practice.reports.chart_drawing import Bars, Box, Label, Mark, Segment
from practice.reports.chart_room import SIGN, Room
from practice.reports.chart_spec import ChartSeries, ChartSpec

SESSIONS, HOMEWORK = "sessions", "homework"
SIGN_ROOM = 14.0
"""Beside the word "homework", for the sign of whose it is."""

_ROW = 1.6
"""Height of a row, as a share of the font size."""

_BAR = 0.75
"""Height of a full bar, likewise."""


def names(spec: ChartSpec) -> tuple[tuple[str, float], ...]:
    """Return the words at the left of the rows, each with the room that it needs beside it."""
    sessions = ((SESSIONS, 0.0),) * bool(spec.sessions or spec.alone)
    return sessions + ((HOMEWORK, SIGN_ROOM),) * bool(with_homework(spec))


def with_homework(spec: ChartSpec) -> tuple[ChartSeries, ...]:
    """Return the people who have a row of homework."""
    return tuple(series for series in spec.series if series.homework)


def below(room: Room) -> tuple[tuple[Segment, ...], tuple[Label, ...], tuple[Mark, ...], float]:
    """Return the ticks of the days, all words and signs, and the height of the whole drawing."""
    size, plot = room.shape.size, room.plot
    ticks = day_ticks(room.time, size, room.shape.width)
    days, sessions, homework = _feet(room)
    labels = [Label(tick.x, plot.bottom + size * 1.5, tick.text, size, "middle") for tick in ticks]
    labels += [
        Label(tick.x, plot.bottom + size * 2.7, tick.year, size, "middle")
        for tick in ticks
        if tick.year
    ]
    if sessions > days:
        labels.append(Label(plot.left - 8, sessions, SESSIONS, size, "end"))
    if homework:
        labels.append(Label(plot.left - 8 - SIGN_ROOM, homework[0], HOMEWORK, size, "end"))
    signs = tuple(
        Mark(series.position, plot.left - 12, foot - size * 0.35, SIGN)
        for series, foot in zip(with_homework(room.spec), homework, strict=True)
    )
    marks = tuple(Segment(tick.x, plot.bottom, tick.x, plot.bottom + 4) for tick in ticks)
    return marks, tuple(labels), signs, max([sessions, *homework]) + size * 0.5


def sessions(room: Room) -> tuple[Segment, ...]:
    """Return a line for each session: a full one with the couple, half of one with a member."""
    foot, size = _feet(room)[1], room.shape.size
    together = {room.time.x(day) for day in room.spec.sessions}
    alone = {room.time.x(day) for day in room.spec.alone} - together
    heights = {x: 0.75 for x in together} | {x: 0.35 for x in alone}
    return tuple(Segment(x, foot - size * heights[x], x, foot) for x in sorted(heights))


def session_width(room: Room) -> float:
    """Return how thick the lines of sessions may be and still stand apart."""
    count = len({*room.spec.sessions, *room.spec.alone})
    return min(2.5, 0.5 * (room.time.right - room.time.left) / max(count, 1))


def homework(room: Room) -> tuple[Bars, ...]:
    """Return a row of bars for each person: a frame for what was due, filled as far as done."""
    size = room.shape.size
    rows = zip(with_homework(room.spec), _feet(room)[2], strict=True)
    return tuple(_bars(room, series, foot, size * _BAR) for series, foot in rows)


def _bars(room: Room, series: ChartSeries, foot: float, height: float) -> Bars:
    due, done = [], []
    for week in series.homework:
        left = room.time.x(week.first)
        right = min(room.time.x(week.first + timedelta(days=7)), room.plot.right)
        right = max(left + 1, right - 0.15 * (right - left))
        due.append(Box(left, foot - height, right, foot))
        if week.done:
            done.append(Box(left, foot - height * week.done / week.due, right, foot))
    return Bars(series.position, tuple(due), tuple(done))


def _feet(room: Room) -> tuple[float, float, tuple[float, ...]]:
    """Return the feet of the last row of days, of the sessions and of each row of homework."""
    size = room.shape.size
    ticks = day_ticks(room.time, size, room.shape.width)
    days = room.plot.bottom + size * (1.5 + (1.2 if any(tick.year for tick in ticks) else 0))
    last = days + size * _ROW * bool(room.spec.sessions or room.spec.alone)
    count = len(with_homework(room.spec))
    return days, last, tuple(last + size * _ROW * place for place in range(1, count + 1))
