"""A safety plan: six parts in the person's own words, on one page."""

from collections.abc import Mapping
from enum import StrEnum

LONGEST_PART = 480
MOST_LINES = 6
"""Together they keep the plan on one sheet of paper."""


class PlanPart(StrEnum):
    """One part, in the order in which they are gone through."""

    SIGNS = "signs"
    COPING = "coping"
    PEOPLE = "people"
    PROFESSIONALS = "professionals"
    PLACE = "place"
    NUMBERS = "numbers"

    @property
    def label(self) -> str:
        """What the part is, to the therapist and on a plan that says what it is."""
        return _LABELS[self]

    @property
    def plain_label(self) -> str:
        """A heading that gives nothing away to whoever finds the sheet."""
        return _PLAIN[self]


_LABELS = {
    PlanPart.SIGNS: "Warning signs",
    PlanPart.COPING: "What I can do myself",
    PlanPart.PEOPLE: "People I can turn to",
    PlanPart.PROFESSIONALS: "Professionals who help",
    PlanPart.PLACE: "Making where I am safer",
    PlanPart.NUMBERS: "Numbers for an emergency",
}
_PLAIN = {
    PlanPart.SIGNS: "What I notice",
    PlanPart.COPING: "What I do",
    PlanPart.PEOPLE: "People",
    PlanPart.PROFESSIONALS: "Others to ask",
    PlanPart.PLACE: "Around me",
    PlanPart.NUMBERS: "Numbers",
}


def problems_of(parts: Mapping[PlanPart, str]) -> dict[str, str]:
    """Return what keeps the parts from being one page, by part; empty where nothing does."""
    problems = {}
    for part, text in parts.items():
        if len(text) > LONGEST_PART:
            problems[part.value] = f"Use at most {LONGEST_PART} characters; these are {len(text)}."
        elif text.count("\n") >= MOST_LINES:
            problems[part.value] = f"Use at most {MOST_LINES} lines, so that it fits on one page."
    if not any(parts.values()):
        problems[PlanPart.SIGNS.value] = "Write at least one part."
    return problems
