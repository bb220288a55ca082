"""Who the report is for, what it covers, and how to read it."""

from practice.reports.blocks import Block, Facts, Paragraph
from practice.reports.findings import Findings
from practice.reports.words import day

ORDER = 10
TITLE = "About this report"

_HOW_TO_READ = (
    "Scores are what people said of themselves on one day. They show where to look; they do not "
    "say why something changed, and they are no verdict on a person. Numbers are given with how "
    "many they rest on, the method and the source; how they were worked out is at the end."
)


def build(findings: Findings) -> list[Block]:
    """Return facts of the report, and a word on reading it."""
    blocks: list[Block] = [Facts(_rows(findings)), Paragraph(_HOW_TO_READ)]
    if findings.is_empty:
        blocks.append(
            Paragraph(
                "Nothing has been recorded yet that this edition may hold. That is how every "
                "record starts; sections will appear as sessions, goals, homework and "
                "questionnaires are added."
            )
        )
    return blocks


def _rows(findings: Findings) -> tuple[tuple[str, str], ...]:
    end = day(findings.period_end)
    rows = [
        ("Couple", findings.couple_title),
        ("Therapist", findings.therapist),
        ("Who reads this edition", findings.readers),
        ("Handing it on", findings.edition.handing_on),
        (
            "Period",
            f"{day(findings.period_start)} to {end}"
            + (", end of care" if findings.care_has_ended else ", care continues"),
        ),
        ("Made", f"{day(findings.made_on)}, {findings.made_at:%H:%M}"),
    ]
    rows += [
        (f"{person.label} left", day(person.left_on))
        for person in findings.people
        if person.left_on is not None
    ]
    if findings.relationship_ended_on is not None:
        rows.append(
            ("Relationship", f"ended on {day(findings.relationship_ended_on)}{_aim(findings)}")
        )
    return tuple(rows)


def _aim(findings: Findings) -> str:
    return "; parting was the aim of the work" if findings.ending_was_a_goal else ""
