"""Geometry of the Jacobson-Truax picture: score before across, score after upwards.

On the diagonal nothing has changed; inside the band the change is not reliable; the cut-off is
drawn on both axes. The band is that of the method: parallel to the diagonal where raw differences
count, tilted where regression to the mean is reckoned in. Everything is in units of the SVG's view
box; the template only draws.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from practice.domain.change import (
    Method,
    MethodChange,
    PartnerClass,
    after_border,
    cut_borders,
    reliable_change_points,
)
from practice.domain.outcomes import OutcomeAnalysis
from practice.domain.words import number as score
from practice.reports.figures import decimal

WIDTH, HEIGHT = 680.0, 510.0
LEFT, TOP, SIDE = 70.0, 34.0, 420.0
"""The plot is a square, so that the line of no change runs at 45 degrees."""

_TICKS_WANTED = 6
_LABEL_HALF = 60.0
"""Half of the room that the label of the cut-off takes, so that it stays above the square."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A number on an axis; ``at`` is its x or its y."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Point:
    """One row; its class decides the shape of the mark."""

    x: float
    y: float
    partner_class: PartnerClass


@dataclass(frozen=True, slots=True)
class JacobsonTruaxPlot:
    """Everything that the template draws."""

    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    band: str
    """Corners of the band, as the ``points`` of a polygon."""

    no_change: Line
    cut_before: Line | None
    cut_after: Line | None
    cut_label_x: float | None
    cut_label: str
    points: tuple[Point, ...]
    title: str
    description: str
    """What a reader who does not see the picture should know."""

    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    top: float = TOP
    side: float = SIDE

    @property
    def right(self) -> float:
        """The right edge of the square."""
        return self.left + self.side

    @property
    def bottom(self) -> float:
        """The lower edge of the square."""
        return self.top + self.side


@dataclass(frozen=True, slots=True)
class _Axes:
    low: float
    high: float
    step: float

    def x(self, value: float) -> float:
        return round(LEFT + SIDE * (value - self.low) / (self.high - self.low), 2)

    def y(self, value: float) -> float:
        return round(TOP + SIDE * (self.high - value) / (self.high - self.low), 2)

    def values(self) -> list[float]:
        count = round((self.high - self.low) / self.step)
        return [self.low + number * self.step for number in range(count + 1)]


def jacobson_truax_plot(analysis: OutcomeAnalysis) -> JacobsonTruaxPlot:
    """Lay out the picture of one analysis.

    Args:
        analysis: At least one row with two scores, as ``analyse`` gives it.

    Returns:
        Positions in units of the view box (0 to ``WIDTH``, 0 to ``HEIGHT``), y downwards.
    """
    changes = [result.change for result in analysis.results]
    cuts = cut_borders(analysis.criteria, method=analysis.method, figures=analysis.figures)
    axes = _axes(changes, cuts or ())
    vertical, horizontal, label_x = _cut_lines(axes, cuts)
    return JacobsonTruaxPlot(
        x_ticks=tuple(Tick(axes.x(value), score(value)) for value in axes.values()),
        y_ticks=tuple(Tick(axes.y(value), score(value)) for value in axes.values()),
        band=_band(axes, analysis),
        no_change=Line(LEFT, TOP + SIDE, LEFT + SIDE, TOP),
        cut_before=vertical,
        cut_after=horizontal,
        cut_label_x=label_x,
        cut_label=_cut_label(analysis),
        points=tuple(
            Point(axes.x(change.before), axes.y(change.after), change.partner_class)
            for change in changes
        ),
        title=f"Scores before and after, {analysis.n} rows",
        description=_description(analysis),
    )


def nice_step(span: float, wanted: int = _TICKS_WANTED) -> float:
    """Return a step of 1, 2 or 5 times a power of ten that cuts ``span`` into few parts.

    Args:
        span: Length of the axis, in scale points, > 0.
        wanted: About how many parts.
    """
    raw = span / wanted
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (1, 2, 5):
        if raw <= factor * power:
            return factor * power
    return 10 * power


def _axes(changes: Sequence[MethodChange], cuts: Sequence[float]) -> _Axes:
    scores = [value for change in changes for value in (change.before, change.after)]
    scores.extend(cuts)
    low, high = min(scores), max(scores)
    # Without a spread (one row, no change) there is still a square to draw.
    margin = (high - low) * 0.03 or max(1.0, abs(high) * 0.05)
    step = nice_step(high - low + 2 * margin)
    return _Axes(
        low=math.floor((low - margin) / step) * step,
        high=math.ceil((high + margin) / step) * step,
        step=step,
    )


_Corner = tuple[float, float]


def _band(axes: _Axes, analysis: OutcomeAnalysis) -> str:
    """Return the part of the square between the two borders of reliable change."""
    critical = analysis.entry.critical_value
    square = ((axes.low, axes.low), (axes.low, axes.high), (axes.high, axes.high))
    corners: Sequence[_Corner] = (*square, (axes.high, axes.low))
    for index, sign in ((-critical, 1.0), (critical, -1.0)):
        left, right = (
            after_border(before, index, method=analysis.method, figures=analysis.figures)
            for before in (axes.low, axes.high)
        )
        slope = (right - left) / (axes.high - axes.low)
        corners = _on_one_side(
            corners, [sign * (y - left - slope * (x - axes.low)) for x, y in corners]
        )
    return " ".join(f"{axes.x(x):g},{axes.y(y):g}" for x, y in corners)


def _on_one_side(corners: Sequence[_Corner], heights: Sequence[float]) -> list[_Corner]:
    """Cut a convex polygon along the line at which its corners' heights are 0; keep the upper."""
    kept: list[_Corner] = []
    for number, (corner, height) in enumerate(zip(corners, heights, strict=True)):
        other, other_height = corners[number - 1], heights[number - 1]
        if (height > 0) is not (other_height > 0):
            share = other_height / (other_height - height)
            x, y = (a + share * (b - a) for a, b in zip(other, corner, strict=True))
            kept.append((x, y))
        if height > 0:
            kept.append(corner)
    return kept


def _cut_lines(
    axes: _Axes, cuts: tuple[float, float] | None
) -> tuple[Line | None, Line | None, float | None]:
    if cuts is None:
        return None, None, None
    x, y = axes.x(cuts[0]), axes.y(cuts[1])
    label_x = min(max(x, LEFT + _LABEL_HALF), LEFT + SIDE - _LABEL_HALF)
    return Line(x, TOP, x, TOP + SIDE), Line(LEFT, y, LEFT + SIDE, y), label_x


def _cut_label(analysis: OutcomeAnalysis) -> str:
    if analysis.criteria.cut is None:
        return ""
    kind = " (true score)" if analysis.entry.true_scores else ""
    return f"cut-off {decimal(analysis.criteria.cut)}{kind}"


def _description(analysis: OutcomeAnalysis) -> str:
    counted = ", ".join(f"{count.count} {count.partner_class.value}" for count in analysis.counts)
    better = "above" if analysis.criteria.higher_is_better else "below"
    return (
        f"One mark for each of {analysis.n} rows: {counted}. Marks {better} the band changed for "
        f"the better{_by_how_much(analysis)}; marks inside it did not change reliably."
        f"{_where_the_cut_lies(analysis)}"
    )


def _by_how_much(analysis: OutcomeAnalysis) -> str:
    if analysis.method is Method.JT:
        points = reliable_change_points(analysis.figures)
        return f" by more than {decimal(points)} points"
    return f" reliably, as {analysis.entry.label} judge it"


def _where_the_cut_lies(analysis: OutcomeAnalysis) -> str:
    if not analysis.entry.true_scores:
        return ""
    return (
        " The dashed lines stand where the estimated true score before reaches the cut-off, and "
        "where the one after lies reliably past it."
    )
