"""What published trials found, and what each figure counts: context, never a target."""

from practice.domain.literature import REPORT_SENTENCE, PublishedFigure
from practice.reports.blocks import Block, Paragraph, Table, in_parts
from practice.reports.findings import Findings

ORDER = 90
TITLE = "What published studies found"

ROWS_IN_A_TABLE = 7

_CONTEXT = (
    "Shares of many couples say nothing about one couple. They are given so that a figure read "
    "elsewhere can be understood; they are no aim to be reached and no line to be measured by. "
    "This report is about one couple (n = 1)."
)


def build(findings: Findings) -> list[Block]:
    """Return the figures wherever the report itself tells of a change; else nothing.

    The joint edition has the short list; the clinician's has all.
    """
    if not any(scale.has_classes for scale in findings.scales):
        return []
    figures = [figure for figure in findings.literature if figure.brief or not findings.is_joint]
    parts = in_parts(figures, ROWS_IN_A_TABLE)
    return [
        Paragraph(REPORT_SENTENCE),
        Paragraph(_CONTEXT),
        *(
            Table(
                caption="Published figures"
                + (f", part {place} of {len(parts)}" if len(parts) > 1 else ""),
                header=("Source and sample", "Figure", "What it counts"),
                rows=tuple(_row(figure) for figure in part),
                widths=(30, 30, 40),
            )
            for place, part in enumerate(parts, start=1)
        ),
    ]


def _row(published: PublishedFigure) -> tuple[str, str, str]:
    mark = f" ({published.mark})" if published.mark else ""
    source = f"{published.source}; sample: {published.sample}"
    return (source, published.figure + mark, published.meaning)
