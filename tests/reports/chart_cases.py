"""Charts to be tested: specifications, days and drawings."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from practice.reports.chart_drawing import Box, Drawing, Mark
from practice.reports.charts import Chart, ChartSeries, ChartSpec

START = date(2026, 3, 5)


def days(*scores: float | None, apart: int = 21) -> tuple[tuple[date, float | None], ...]:
    return tuple(
        (START + timedelta(days=apart * number), score) for number, score in enumerate(scores)
    )


def spec(*series: ChartSeries, **changes: object) -> ChartSpec:
    facts: dict[str, object] = {
        "title": "Satisfaction",
        "scale_title": "CSI-16, 0 to 81",
        "low": 0,
        "high": 81,
        "higher_is_better": True,
        "cut": 51.5,
        "series": series,
    }
    return ChartSpec(**{**facts, **changes})  # type: ignore[arg-type]


def drawings(chart: Chart) -> tuple[Drawing, Drawing]:
    assert chart.wide is not None
    assert chart.narrow is not None
    return chart.wide, chart.narrow


def strokes(drawing: Drawing) -> Iterator[tuple[float, float, float, float]]:
    """Give every straight stroke of a drawing as x1, y1, x2, y2."""
    plot = drawing.plot
    yield plot.left, plot.top, plot.left, plot.bottom
    yield plot.left, plot.bottom, plot.right, plot.bottom
    singles = (
        *drawing.ticks,
        *drawing.events,
        *drawing.breaks,
        *drawing.sessions,
        *drawing.leaders,
    )
    for segment in singles + ((drawing.cut,) if drawing.cut else ()):
        yield segment.x1, segment.y1, segment.x2, segment.y2
    for line in drawing.lines:
        for (x1, y1), (x2, y2) in zip(line.points, line.points[1:], strict=False):
            yield x1, y1, x2, y2
    for band in drawing.bands:
        area = band.area
        yield area.left, area.top, area.left, area.bottom
    for row in drawing.homework:
        for box in (*row.due, *row.done):
            yield box.left, box.top, box.right, box.top
            yield box.left, box.bottom, box.right, box.bottom
            yield box.left, box.top, box.left, box.bottom


def crosses(box: Box, stroke: tuple[float, float, float, float]) -> bool:
    """Say whether a stroke runs through the inside of a box (Liang and Barsky's clipping)."""
    x1, y1, x2, y2 = stroke
    enter, leave = 0.0, 1.0
    edges = (
        (x1 - x2, x1 - box.left),
        (x2 - x1, box.right - x1),
        (y1 - y2, y1 - box.top),
        (y2 - y1, box.bottom - y1),
    )
    for direction, distance in edges:
        if direction == 0:
            if distance <= 0:
                return False
        elif direction < 0:
            enter = max(enter, distance / direction)
        else:
            leave = min(leave, distance / direction)
    return enter < leave


def around(mark: Mark) -> Box:
    reach = mark.radius * 1.3
    return Box(mark.x - reach, mark.y - reach, mark.x + reach, mark.y + reach)


def assert_labels_are_clear(drawing: Drawing) -> None:
    boxes = [(label.text, label.box) for label in drawing.labels]
    for (text, box), (other_text, other) in combinations(boxes, 2):
        assert not box.overlaps(other), (text, other_text)
    for text, box in boxes:
        assert drawing.frame.holds(box), (text, box)
        for stroke in strokes(drawing):
            assert not crosses(box, stroke), (text, stroke)
        for mark in drawing.marks:
            assert not box.overlaps(around(mark)), (text, mark)
