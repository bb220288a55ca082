"""The room of a drawing: its proportions, the plot and the two scales."""

from dataclasses import dataclass

from practice.reports.chart_axis import TimeScale
from practice.reports.chart_drawing import Box
from practice.reports.chart_spec import ChartSeries, ChartSpec


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
class Room:
    """The plot and the two scales of one drawing."""

    spec: ChartSpec
    shape: Shape
    plot: Box
    time: TimeScale
    lanes: int
    """Rows kept above the plot for what happened."""

    def y(self, score: float) -> float:
        """Return where ``score`` stands, in drawing units."""
        share = (score - self.spec.low) / (self.spec.high - self.spec.low)
        return self.plot.bottom - share * self.plot.height


def drawn(spec: ChartSpec) -> tuple[ChartSeries, ...]:
    """Return the people who have a score."""
    return tuple(series for series in spec.series if series.answered())
