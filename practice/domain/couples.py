"""The words of a couple's record: relationship status, presenting problems, and its title."""

from collections.abc import Iterable
from enum import StrEnum


class RelationshipStatus(StrEnum):
    """How the members describe their relationship."""

    DATING = "dating"
    COHABITING = "cohabiting"
    MARRIED = "married"
    CIVIL_PARTNERSHIP = "civil_partnership"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]


class ProblemGroup(StrEnum):
    """The groups presenting problems are chosen from and reported in."""

    COMMUNICATION = "communication"
    TRUST = "trust"
    CLOSENESS = "closeness"
    EFFORT = "effort"
    OUTSIDE_STRESS = "outside_stress"

    @property
    def label(self) -> str:
        return _GROUP_LABELS[self]


class PresentingProblem(StrEnum):
    """What a member, or the couple, comes with. No diagnosis; each may name several."""

    POOR_COMMUNICATION = "poor_communication"
    MISUNDERSTANDINGS = "misunderstandings"
    CONSTANT_ARGUMENTS = "constant_arguments"
    AVOIDED_CONVERSATIONS = "avoided_conversations"
    NO_LONGER_SHARING = "no_longer_sharing"
    LACK_OF_TRUST = "lack_of_trust"
    BROKEN_PROMISES = "broken_promises"
    BETRAYAL = "betrayal"
    EMOTIONAL_DISTANCE = "emotional_distance"
    INTIMACY = "intimacy"
    RESENTMENT = "resentment"
    UNEQUAL_EFFORT = "unequal_effort"
    UNREALISTIC_EXPECTATIONS = "unrealistic_expectations"
    WORK_STRESS = "work_stress"
    MONEY_STRESS = "money_stress"
    FAMILY_STRESS = "family_stress"

    @property
    def label(self) -> str:
        return _PROBLEMS[self][1]

    @property
    def group(self) -> ProblemGroup:
        return _PROBLEMS[self][0]


def problems_by_group() -> dict[ProblemGroup, tuple[PresentingProblem, ...]]:
    """Return every presenting problem under its group, in the order they are offered."""
    return {
        group: tuple(problem for problem in PresentingProblem if problem.group is group)
        for group in ProblemGroup
    }


def couple_title(names: Iterable[str]) -> str:
    """Return what a couple is called: its members in the order in which they were entered.

    ``"Ada Lind and Ben Morrow"``; three: ``"Ada Lind, Ben Morrow and Cy Hall"``.

    Raises:
        ValueError: if there is no name, or an empty one.
    """
    given = [" ".join(name.split()) for name in names]
    if not given or not all(given):
        raise ValueError("A couple needs the name of every member.")
    *others, last = given
    return f"{', '.join(others)} and {last}" if others else last


_STATUS_LABELS = {
    RelationshipStatus.DATING: "Dating",
    RelationshipStatus.COHABITING: "Living together",
    RelationshipStatus.MARRIED: "Married",
    RelationshipStatus.CIVIL_PARTNERSHIP: "Civil partnership",
    RelationshipStatus.SEPARATED: "Separated",
    RelationshipStatus.DIVORCED: "Divorced",
    RelationshipStatus.OTHER: "Other",
}
_GROUP_LABELS = {
    ProblemGroup.COMMUNICATION: "Communication and conflict",
    ProblemGroup.TRUST: "Trust",
    ProblemGroup.CLOSENESS: "Emotional distance",
    ProblemGroup.EFFORT: "Effort and expectations",
    ProblemGroup.OUTSIDE_STRESS: "Stress from outside",
}
_PROBLEMS = {
    PresentingProblem.POOR_COMMUNICATION: (ProblemGroup.COMMUNICATION, "Poor communication"),
    PresentingProblem.MISUNDERSTANDINGS: (ProblemGroup.COMMUNICATION, "Misunderstandings"),
    PresentingProblem.CONSTANT_ARGUMENTS: (ProblemGroup.COMMUNICATION, "Constant arguments"),
    PresentingProblem.AVOIDED_CONVERSATIONS: (
        ProblemGroup.COMMUNICATION,
        "Difficult conversations avoided",
    ),
    PresentingProblem.NO_LONGER_SHARING: (
        ProblemGroup.COMMUNICATION,
        "No longer sharing feelings, needs or worries",
    ),
    PresentingProblem.LACK_OF_TRUST: (ProblemGroup.TRUST, "Lack of trust"),
    PresentingProblem.BROKEN_PROMISES: (ProblemGroup.TRUST, "Small lies or broken promises"),
    PresentingProblem.BETRAYAL: (ProblemGroup.TRUST, "An affair or another betrayal"),
    PresentingProblem.EMOTIONAL_DISTANCE: (ProblemGroup.CLOSENESS, "Emotional distance"),
    PresentingProblem.INTIMACY: (ProblemGroup.CLOSENESS, "Difficulty with intimacy"),
    PresentingProblem.RESENTMENT: (ProblemGroup.CLOSENESS, "Resentment"),
    PresentingProblem.UNEQUAL_EFFORT: (ProblemGroup.EFFORT, "Unequal effort"),
    PresentingProblem.UNREALISTIC_EXPECTATIONS: (
        ProblemGroup.EFFORT,
        "Expectations that are hard to meet",
    ),
    PresentingProblem.WORK_STRESS: (ProblemGroup.OUTSIDE_STRESS, "Stress at work"),
    PresentingProblem.MONEY_STRESS: (ProblemGroup.OUTSIDE_STRESS, "Money worries"),
    PresentingProblem.FAMILY_STRESS: (ProblemGroup.OUTSIDE_STRESS, "Family stress"),
}
