"""The steps of a battery: what is asked at which occasion of a course of therapy.

Most steps are a measure. Whatever else is asked has a kind of its own; **a further kind is added
here** (``StepKind`` and its line in ``KINDS``) and gets its rule in
``practice.domain.schedule.steps``, which says of whom it is asked and when it counts as done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Occasion(StrEnum):
    """A point in the course of therapy at which something is asked."""

    INTAKE = "intake"
    BEFORE_SESSION = "before_session"
    AFTER_SESSION = "after_session"
    REVIEW = "review"
    DISCHARGE = "discharge"
    FOLLOW_UP_3 = "follow_up_3"
    FOLLOW_UP_12 = "follow_up_12"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Occasion.INTAKE: "Intake",
    Occasion.BEFORE_SESSION: "Before a session",
    Occasion.AFTER_SESSION: "After a session",
    Occasion.REVIEW: "Review",
    Occasion.DISCHARGE: "Discharge",
    Occasion.FOLLOW_UP_3: "3 months after",
    Occasion.FOLLOW_UP_12: "12 months after",
}


class StepKind(StrEnum):
    """What a step asks for."""

    MEASURE = "measure"
    GOALS = "goals"
    """What somebody hopes for at intake; later, where they are with their goals."""

    SCREENING = "screening"
    """The private questions about fear and violence. Known to the therapist with the lead alone:
    nothing of this step is on any page of a member."""


@dataclass(frozen=True, slots=True)
class KindRules:
    """What holds for every step of one kind that is no measure."""

    label: str
    minutes: int
    """About how long one takes; what depends on the person is worked out where it is asked."""

    occasions: Mapping[Occasion, str]
    """Where it can be asked, each with what it asks there, for the therapist."""

    elsewhere: str
    """What is said where it cannot be asked."""


KINDS: Mapping[StepKind, KindRules] = {
    StepKind.GOALS: KindRules(
        label="Goals",
        minutes=2,
        occasions={
            Occasion.INTAKE: "what somebody hopes for, in their own words",
            Occasion.BEFORE_SESSION: "progress from 0 to 10",
            Occasion.REVIEW: "attainment, by the five levels",
            Occasion.DISCHARGE: "attainment, by the five levels",
            Occasion.FOLLOW_UP_3: "attainment, by the five levels",
            Occasion.FOLLOW_UP_12: "attainment, by the five levels",
        },
        elsewhere="Goals are looked at before a session, not after it.",
    ),
    StepKind.SCREENING: KindRules(
        label="Private questions",
        minutes=2,
        occasions={Occasion.INTAKE: "HARK, answered alone; from the page Safety"},
        elsewhere="They are asked at intake, and again on the day that you set on the page Safety.",
    ),
}
"""Everything but measures."""

IN_PORTAL = frozenset({StepKind.GOALS})
"""Kinds of steps that a member finds in the portal's list. The others have a way of their own."""


@dataclass(frozen=True, slots=True)
class Step:
    """One measure, or something else, at one occasion."""

    occasion: Occasion
    measure_key: str = ""
    """Empty where no measure is asked."""

    if_elevated: bool = False
    """Only of somebody whose first score lay on the distressed side of the published cut."""

    optional: bool = False
    """May be left out; said so where it is asked."""

    kind: StepKind = StepKind.MEASURE

    @property
    def what(self) -> str:
        """What is asked, in a word that no measure's key can be mistaken for."""
        return self.measure_key if self.kind is StepKind.MEASURE else f"_{self.kind.value}"


def why_not_there(step: Step) -> str:
    """Say why a step that is no measure cannot be asked at its occasion; empty if it can."""
    rules = KINDS[step.kind]
    if step.occasion not in rules.occasions:
        return rules.elsewhere
    if step.if_elevated:
        return f"{rules.label}: nobody can be elevated on it."
    return ""


_AGAIN = "+again"


def asked_again(occasion_ref: str) -> str:
    """Return under which reference the step of an occasion that is over is asked once more."""
    return first_asked(occasion_ref) + _AGAIN


def first_asked(occasion_ref: str) -> str:
    """Return the reference of the occasion itself, of a step that was asked once more too."""
    return occasion_ref.removesuffix(_AGAIN)


def is_asked_again(occasion_ref: str) -> bool:
    """Whether somebody asked this by hand, after its occasion; the schedule plans nothing so."""
    return occasion_ref.endswith(_AGAIN)
