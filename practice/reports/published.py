"""Published figures as reports print them: the figure, what it counts, on whom it rests."""

from collections.abc import Sequence

from practice.domain.literature import PublishedFigure
from practice.reports.blocks import Shelf


def published_shelf(figures: Sequence[PublishedFigure]) -> Shelf:
    """Return `figures` in their order; one that is not firm carries its mark."""
    return Shelf(
        caption="Published figures",
        header=("Figure", "What it counts", "Source and sample"),
        rows=tuple(published_row(figure) for figure in figures),
    )


def published_row(published: PublishedFigure) -> tuple[str, str, str]:
    """Return figure with its mark, what it counts, and source with sample."""
    mark = f" ({published.mark})" if published.mark else ""
    return (
        published.heading + mark,
        published.meaning,
        f"{published.source}; sample: {published.sample}",
    )
