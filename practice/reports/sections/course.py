"""How therapy is going, by rules of thumb: for the treating therapist alone."""

from practice.domain.course import RULE_OF_THUMB, SOURCES
from practice.domain.reports import Edition
from practice.reports.blocks import Block, Note, Table
from practice.reports.findings import Findings
from practice.reports.words import day

ORDER = 47
TITLE = "How it is going, by rules of thumb"
EDITIONS = (Edition.CLINICIAN,)


def build(findings: Findings) -> list[Block]:
    """Return what the rules said, why, and on how much it rests."""
    if not findings.signals:
        return []
    return [
        Table(
            caption=f"As of {day(findings.made_on)}",
            header=("Sign", "What was found", "Why"),
            rows=tuple(
                (
                    signal.level.label,
                    f"{signal.words}, since {day(signal.since)}",
                    f"{signal.why} Rests on {signal.basis}.",
                )
                for signal in findings.signals
            ),
            widths=(15, 35, 50),
        ),
        Note(f"{RULE_OF_THUMB} {SOURCES}"),
    ]
