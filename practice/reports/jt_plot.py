"""Geometry of the Jacobson-Truax picture: score before across, score after upwards.

On the diagonal nothing has changed; inside the band the change is not reliable; the cut-off is
drawn on both axes. Everything is in units of the SVG's view box; the template only draws.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from practice.domain.change import Change, Criteria, PartnerClass
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
    criteria = analysis.criteria
    changes = [result.change for result in analysis.results]
    axes = _axes(changes, criteria)
    vertical, horizontal, label_x = _cut_lines(axes, criteria.cut)
    return JacobsonTruaxPlot(
        x_ticks=tuple(Tick(axes.x(value), score(value)) for value in axes.values()),
        y_ticks=tuple(Tick(axes.y(value), score(value)) for value in axes.values()),
        band=_band(axes, changes[0].points_needed),
        no_change=Line(LEFT, TOP + SIDE, LEFT + SIDE, TOP),
        cut_before=vertical,
        cut_after=horizontal,
        cut_label_x=label_x,
        cut_label="" if criteria.cut is None else f"cut-off {decimal(criteria.cut)}",
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


def _axes(changes: Sequence[Change], criteria: Criteria) -> _Axes:
    scores = [value for change in changes for value in (change.before, change.after)]
    if criteria.cut is not None:
        scores.append(criteria.cut)
    low, high = min(scores), max(scores)
    # Without a spread (one row, no change) there is still a square to draw.
    margin = (high - low) * 0.03 or max(1.0, abs(high) * 0.05)
    step = nice_step(high - low + 2 * margin)
    return _Axes(
        low=math.floor((low - margin) / step) * step,
        high=math.ceil((high + margin) / step) * step,
        step=step,
    )


def _band(axes: _Axes, points_needed: float) -> str:
    reach = min(points_needed, axes.high - axes.low)
    low, high = axes.low, axes.high
    corners = (
        (low, low),
        (low, low + reach),
        (high - reach, high),
        (high, high),
        (high, high - reach),
        (low + reach, low),
    )
    return " ".join(f"{axes.x(x):g},{axes.y(y):g}" for x, y in corners)


def _cut_lines(axes: _Axes, cut: float | None) -> tuple[Line | None, Line | None, float | None]:
    if cut is None:
        return None, None, None
    x, y = axes.x(cut), axes.y(cut)
    label_x = min(max(x, LEFT + _LABEL_HALF), LEFT + SIDE - _LABEL_HALF)
    return Line(x, TOP, x, TOP + SIDE), Line(LEFT, y, LEFT + SIDE, y), label_x


def _description(analysis: OutcomeAnalysis) -> str:
    counted = ", ".join(f"{count.count} {count.partner_class.value}" for count in analysis.counts)
    better = "above" if analysis.criteria.higher_is_better else "below"
    needed = decimal(analysis.results[0].change.points_needed)
    return (
        f"One mark for each of {analysis.n} rows: {counted}. Marks {better} the band changed for "
        f"the better by more than {needed} points; marks inside it did not change reliably."
    )
