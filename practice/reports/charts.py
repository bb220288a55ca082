"""A chart of scores over time: the words first, then the picture, then the table.

``build`` turns a ``ChartSpec`` into a ``Chart`` of plain figures; the macro in
``templates/_macros/charts.html`` writes it down, alike on a page and in a PDF.
"""

from dataclasses import dataclass

from practice.reports.chart_drawing import Drawing
from practice.reports.chart_layout import NARROW, WIDE, place
from practice.reports.chart_spec import ChartSeries, ChartSpec, Week, starts_of
from practice.reports.chart_words import (
    distance,
    homework_header,
    homework_rows,
    key,
    sentences,
    table_header,
    table_rows,
)

__all__ = ["Chart", "ChartSeries", "ChartSpec", "Week", "build", "starts_of"]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, ready to be written down.

    Attributes:
        title: What is shown, as a heading would say it.
        scale_title: The scale with its range.
        words: What is to be said of each person, in the couple's order.
        positions: Whose words they are: the places in the couple, 1 to 4.
        distance: How far two people lie apart, in a sentence; empty where it is not shown.
        key: What the signs in the picture mean and when things happened.
        header: Heads of the table's columns.
        rows: Rows of the table, one for each day; numbers are already words.
        homework_header: Heads of the table of homework.
        homework_rows: Done of due for each week; empty where no homework is shown.
        wide: The picture for a page, a desk and paper; None where there is no score.
        narrow: The picture for a phone; None where there is no score.
    """

    title: str
    scale_title: str
    words: tuple[str, ...]
    positions: tuple[int, ...]
    distance: str
    key: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    homework_header: tuple[str, ...]
    homework_rows: tuple[tuple[str, ...], ...]
    wide: Drawing | None
    narrow: Drawing | None

    @property
    def description(self) -> str:
        """All the words in one line, for whoever cannot see the picture."""
        return " ".join((*self.words, self.distance)).rstrip()


def build(spec: ChartSpec) -> Chart:
    """Place everything ``spec`` has to show, for a wide page and for a phone."""
    drawable = spec.has_scores()
    return Chart(
        title=spec.title,
        scale_title=spec.scale_title,
        words=sentences(spec),
        positions=tuple(series.position for series in spec.series),
        distance=distance(spec),
        key=key(spec),
        header=table_header(spec),
        rows=table_rows(spec),
        homework_header=homework_header(spec),
        homework_rows=homework_rows(spec),
        wide=place(spec, WIDE) if drawable else None,
        narrow=place(spec, NARROW) if drawable else None,
    )
