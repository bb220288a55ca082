"""How many were there at every step from the beginning of care to a class."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from practice.domain.caseload_outcomes.disclosure import Crowd, crowd_of
from practice.domain.caseload_outcomes.rows import JudgedCouple, MemberRow


class Step(StrEnum):
    """A step of the way; each holds a part of the one before."""

    BEGUN = "begun"
    """Care began."""

    FIRST = "first"
    """Every member has a first score."""

    LATER = "later"
    """Every member has a later score as well."""

    CLASSED = "classed"
    """And the relationship has not ended, so that there is a class of the couple."""


@dataclass(frozen=True, slots=True)
class FlowStep:
    """How many reached one step."""

    step: Step
    couples: int | None
    """None where the number may not be shown."""

    members: int | None
    """Members who have what the step asks of each of them, whatever the others have."""


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole way."""

    steps: tuple[FlowStep, ...]

    def couples_at(self, step: Step) -> int | None:
        """Return how many couples reached ``step``; None where it may not be shown."""
        return next(one.couples for one in self.steps if one.step is step)


def reached(couple: JudgedCouple, step: Step) -> bool:
    """Whether a couple got as far as ``step``."""
    return {
        Step.BEGUN: True,
        Step.FIRST: couple.has_started,
        Step.LATER: couple.is_complete,
        Step.CLASSED: couple.is_classed,
    }[step]


def flow_of(couples: Sequence[JudgedCouple], may_show: Callable[[Crowd], bool]) -> Flow:
    """Count couples and members at every step.

    Args:
        couples: All whose care began.
        may_show: Says of the couples at a step whether their number may be shown.
    """
    return Flow(tuple(_step(couples, step, may_show) for step in Step))


def _step(
    couples: Sequence[JudgedCouple], step: Step, may_show: Callable[[Crowd], bool]
) -> FlowStep:
    there = [couple for couple in couples if reached(couple, step)]
    if there and not may_show(crowd_of(couple.row for couple in there)):
        return FlowStep(step, None, None)
    return FlowStep(step, len(there), sum(_members(couple, step) for couple in couples))


def _members(couple: JudgedCouple, step: Step) -> int:
    if step is Step.CLASSED and couple.row.relationship_ended:
        return 0
    return sum(_has(member, step) for member in couple.row.members)


def _has(member: MemberRow, step: Step) -> bool:
    if step is Step.BEGUN:
        return True
    return member.first is not None and (step is Step.FIRST or member.latest is not None)
