"""What published trials found, and what each figure counts: context, never a target."""

from practice.domain.literature import REPORT_SENTENCE
from practice.reports.blocks import Block, Paragraph
from practice.reports.findings import Findings
from practice.reports.published import published_shelf

ORDER = 90
TITLE = "What published studies found"

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
    return [Paragraph(REPORT_SENTENCE), Paragraph(_CONTEXT), published_shelf(figures)]
