"""The codes of presenting problems: one list, the same words for every partner.

Each partner says for themselves how heavy each weighs, so that two views can stand side by side.
They describe; nothing is added up and nobody gets a class from them.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class ProblemGroup(StrEnum):
    """What a problem is about."""

    TALKING = "talking"
    CLOSENESS = "closeness"
    TRUST = "trust"
    PATTERNS = "patterns"
    OUTSIDE = "outside"

    @property
    def label(self) -> str:
        return _GROUP_LABELS[self]


class Severity(IntEnum):
    """How heavy a problem weighs for one person, in their own words."""

    NONE = 0
    LITTLE = 1
    QUITE = 2
    MUCH = 3

    @property
    def label(self) -> str:
        return _SEVERITY_LABELS[self]


@dataclass(frozen=True, slots=True)
class Problem:
    """One code. The key is stored, so the words may be changed later."""

    key: str
    title: str
    group: ProblemGroup


_TALKING, _CLOSENESS = ProblemGroup.TALKING, ProblemGroup.CLOSENESS
_TRUST, _PATTERNS, _OUTSIDE = ProblemGroup.TRUST, ProblemGroup.PATTERNS, ProblemGroup.OUTSIDE

PROBLEMS: tuple[Problem, ...] = (
    Problem("communication", "Talking with each other goes badly", _TALKING),
    Problem("misunderstandings", "We misunderstand each other", _TALKING),
    Problem("arguments", "We argue a great deal", _TALKING),
    Problem("avoiding", "We avoid the hard subjects", _TALKING),
    Problem("not_sharing", "We no longer tell each other what we feel or need", _TALKING),
    Problem("expressing", "Feelings come out as anger, or not at all", _TALKING),
    Problem("distance", "We have grown distant", _CLOSENESS),
    Problem("intimacy", "Tenderness or sex has become difficult", _CLOSENESS),
    Problem("unequal_effort", "One of us makes more effort than the other", _CLOSENESS),
    Problem("expectations", "We expect too much of each other, or different things", _CLOSENESS),
    Problem("trust", "Trust is low", _TRUST),
    Problem("promises", "Small lies or promises that were not kept", _TRUST),
    Problem("betrayal", "An affair or another betrayal", _TRUST),
    Problem("recurring", "The same quarrel comes round again and again", _PATTERNS),
    Problem("cycle", "We pull each other down and cannot stop it", _PATTERNS),
    Problem("resentment", "Hurt and resentment have become too heavy", _PATTERNS),
    Problem("work_stress", "Work presses on us", _OUTSIDE),
    Problem("money_stress", "Money presses on us", _OUTSIDE),
    Problem("family_stress", "Family presses on us", _OUTSIDE),
)


def problems_of(*groups: ProblemGroup) -> tuple[Problem, ...]:
    """Return the codes of some groups, in the order of the list."""
    return tuple(problem for problem in PROBLEMS if problem.group in groups)


_GROUP_LABELS = {
    _TALKING: "Talking with each other",
    _CLOSENESS: "Closeness",
    _TRUST: "Trust",
    _PATTERNS: "Going round in circles",
    _OUTSIDE: "Pressure from outside",
}
_SEVERITY_LABELS = {
    Severity.NONE: "not at all",
    Severity.LITTLE: "a little",
    Severity.QUITE: "quite",
    Severity.MUCH: "very much",
}
