"""What the couple came with. What one member alone came with is for the therapist."""

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
    return blocks
