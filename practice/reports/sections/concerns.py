"""What the couple came with.

What one member alone came with is for the therapist, but for words that its author allowed to be
moved into the joint record.
"""

from practice.reports.blocks import Block, Heading, Paragraph
from practice.reports.findings import Findings
from practice.reports.words import parts_of

ORDER = 30
TITLE = "What they came with"


def build(findings: Findings) -> list[Block]:
    """Return the agreed problem, and each member's own where the edition holds it."""
    blocks: list[Block] = []
    agreed = parts_of(findings.agreed_problem)
    if agreed:
        blocks.append(Heading("What was agreed to work on"))
        blocks += [Paragraph(part) for part in agreed]
    for problem in findings.problems:
        blocks.append(Heading(f"{findings.label(problem.position)}, as the therapist recorded it"))
        blocks += [Paragraph(part) for part in parts_of(problem.text)]
    if findings.passages:
        blocks.append(Heading("In their own words, with their permission"))
        blocks += [
            Paragraph(f"{findings.label(passage.position)}: “{part}”")
            for passage in findings.passages
            for part in parts_of(passage.text)
        ]
    return blocks
