"""How the figures were worked out, and whose questionnaires they come from."""

from practice.domain.class_words import PARTNER_CLASS_WORDS
from practice.reports.blocks import Block, Facts, Heading, Paragraph, Table
from practice.reports.findings import Findings, MeasureFact

ORDER = 110
TITLE = "Method and sources"

_CHANGE = (
    "Reliable change after Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12–19: the "
    "standard error of a score is SD × √(1 − r), of a difference √2 times that, and a difference "
    "beyond 1.96 of these is unlikely (5 in 100) without real change. First and latest are those "
    "of the scores in this report."
)
_CONSISTENCY = (
    "Where reliability is internal consistency, it overstates how steady a score is over weeks: "
    "moods move, and that is not error of this kind. So a second, stricter reading stands beside "
    "the first. Where the two differ, the change should be read with care."
)
_PUBLISHED = (
    "Where a source states the reliable change in points, those points decide. First and latest "
    "are those of the scores in this report."
)
_MARKS = (
    "Marks in brackets say how sure we are of a figure. “General knowledge, not re-read”, “our "
    "inference”, “computed by us”, “entered by the practice” and “looked for, not confirmed” mean "
    "what they say; a figure without a mark was read in the source named."
)


def build(findings: Findings) -> list[Block]:
    """Return the method for what the report holds; nothing for an empty one."""
    blocks: list[Block] = []
    if any(scale.norms for scale in findings.scales):
        blocks += [Paragraph(_CHANGE), Paragraph(_CONSISTENCY)]
    if any(scale.published for scale in findings.scales):
        blocks.append(Paragraph(_PUBLISHED))
    if any(scale.can_show_change for scale in findings.scales):
        blocks += [
            Paragraph(_MARKS),
            Table(
                caption="What the classes mean",
                header=("Class", "Meaning"),
                rows=tuple((w.label, w.meaning) for w in PARTNER_CLASS_WORDS.values()),
                widths=(20, 80),
            ),
        ]
    for fact in dict.fromkeys(fact for scale in findings.scales for fact in scale.measures):
        blocks += [Heading(fact.title), Facts(_rows(fact))]
    return blocks


def _rows(fact: MeasureFact) -> tuple[tuple[str, str], ...]:
    rows = [
        ("Source", fact.citation),
        ("Licence", fact.licence),
        ("Wording", fact.wording_version),
        ("Missing answers", fact.missing_rule),
        ("Standing", "validated" if fact.validated else fact.notice),
    ]
    return tuple(rows)
