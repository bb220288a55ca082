"""What is asked when: the occasions of a course of therapy, and what belongs to each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from practice.domain.measures.definition import Measure
from practice.domain.measures.relations import contains
from practice.domain.steps import Occasion, Step, StepKind, why_not_there

__all__ = [
    "DEFAULT_BATTERY",
    "MOST_STEPS",
    "REVIEW_EVERY",
    "REVIEW_FIRST",
    "Battery",
    "Occasion",
    "Step",
    "StepKind",
    "has_caseness",
]


REVIEW_FIRST = range(2, 53)
"""The first session belongs to the intake."""

REVIEW_EVERY = range(1, 53)

MOST_STEPS = 200
"""More than this is no battery but a damaged file."""

_ONE_SITTING = (
    (Occasion.INTAKE,),
    (Occasion.BEFORE_SESSION, Occasion.AFTER_SESSION),
    (Occasion.REVIEW,),
    (Occasion.DISCHARGE,),
    (Occasion.FOLLOW_UP_3,),
    (Occasion.FOLLOW_UP_12,),
)
"""Occasions so close together that nothing may be asked twice in them.

A review and what stands before every session may overlap: the longer measure then stands for the
shorter one within it, see ``practice.domain.schedule``.
"""


@dataclass(frozen=True, slots=True)
class Battery:
    """What is asked at which occasion of a course of therapy."""

    steps: tuple[Step, ...]
    review_first: int = 4
    """Number of the session before which the first review is asked."""

    review_every: int = 6
    """Sessions from one review to the next: 4, 10, 16 …"""

    active: bool = True
    """False: nothing is asked by the schedule."""

    def at(self, occasion: Occasion) -> tuple[Step, ...]:
        """Return the steps of one occasion, in order."""
        return tuple(step for step in self.steps if step.occasion is occasion)

    @property
    def measures(self) -> tuple[Step, ...]:
        """The steps that ask a measure, in order."""
        return tuple(step for step in self.steps if step.kind is StepKind.MEASURE)

    @property
    def others(self) -> tuple[Step, ...]:
        """The steps that ask for something else, in order."""
        return tuple(step for step in self.steps if step.kind is not StepKind.MEASURE)

    def is_review(self, number: int) -> bool:
        """Whether a review stands before somebody's session with this number, counted from 1."""
        later = number - self.review_first
        return later >= 0 and later % self.review_every == 0

    def as_json(self) -> dict[str, Any]:
        """Return what ``from_json`` reads."""
        return {
            "active": self.active,
            "review_first": self.review_first,
            "review_every": self.review_every,
            "steps": [_as_json(step) for step in self.steps],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Battery":
        """Read a stored battery.

        Measures are not looked up: one that is retired or gone is simply not asked any more.

        Raises:
            ValueError: naming what is wrong and in which step, counted from 1.
        """
        steps = stored.get("steps")
        if not isinstance(steps, list) or len(steps) > MOST_STEPS:
            raise ValueError(f"battery: steps must be a list of at most {MOST_STEPS}")
        battery = cls(
            steps=tuple(_step(number, step) for number, step in enumerate(steps, start=1)),
            review_first=_number(stored, "review_first", REVIEW_FIRST),
            review_every=_number(stored, "review_every", REVIEW_EVERY),
            active=_flag("battery", stored, "active", default=True),
        )
        twice = _twice((step.occasion, step.what) for step in battery.steps)
        if twice is not None:
            raise ValueError(f"battery: {twice[0].value} asks {twice[1]} twice")
        return battery

    def problems(self, known: Mapping[str, Measure]) -> list[tuple[Step, str]]:
        """Return what keeps this battery from being asked, each with the step it is about.

        Args:
            known: The measures that can be asked, by key.
        """
        found = [(step, _why_not(step, known)) for step in self.steps]
        found += [
            (step, why)
            for sitting in _ONE_SITTING
            for step, why in _repeats(
                [s for s in self.measures if s.occasion in sitting and s.measure_key in known],
                known,
            )
        ]
        return [(step, why) for step, why in found if why]


def _repeats(steps: list[Step], known: Mapping[str, Measure]) -> Iterator[tuple[Step, str]]:
    for place, step in enumerate(steps):
        measure = known[step.measure_key]
        for other in steps[:place]:
            earlier = known[other.measure_key]
            if earlier.family_key == measure.family_key:
                yield step, f"{measure.short_title} is asked twice within one sitting. Choose one."
            elif contains(earlier, measure) or contains(measure, earlier):
                yield (
                    step,
                    f"{earlier.short_title} and {measure.short_title} ask the same questions "
                    "within one sitting. Choose one.",
                )


def _why_not(step: Step, known: Mapping[str, Measure]) -> str:
    if step.kind is not StepKind.MEASURE:
        return why_not_there(step)
    measure = known.get(step.measure_key)
    if measure is None:
        return f"There is no measure {step.measure_key!r} to ask."
    if measure.totals_only:
        return f"{measure.short_title} has no questions here: its totals are entered by you."
    if step.if_elevated and not has_caseness(measure):
        return f"{measure.short_title} has no cut score, so nobody can be elevated on it."
    if step.if_elevated and step.occasion is Occasion.INTAKE:
        return f"{measure.short_title}: at intake it is not known yet who is elevated."
    return ""


def has_caseness(measure: Measure) -> bool:
    """Whether a published cut says who is elevated: that of the measure's first scale."""
    return bool(measure.scales) and measure.scales[0].cut is not None


def _step(number: int, stored: object) -> Step:
    where = f"battery: step {number}"
    if not isinstance(stored, Mapping):
        raise ValueError(f"{where} is not a step")
    try:
        occasion = Occasion(str(stored.get("occasion")))
    except ValueError:
        raise ValueError(f"{where}: unknown occasion {stored.get('occasion')!r}") from None
    kind = _kind(where, stored)
    return Step(
        occasion,
        _measure_key(where, stored) if kind is StepKind.MEASURE else "",
        if_elevated=_flag(where, stored, "if_elevated", default=False),
        optional=_flag(where, stored, "optional", default=False),
        kind=kind,
    )


def _kind(where: str, stored: Mapping[str, Any]) -> StepKind:
    # Batteries stored before there was anything but measures name no kind.
    name = stored.get("kind", StepKind.MEASURE.value)
    try:
        return StepKind(str(name))
    except ValueError:
        raise ValueError(f"{where}: unknown kind {name!r}") from None


def _measure_key(where: str, stored: Mapping[str, Any]) -> str:
    key = stored.get("measure")
    if not isinstance(key, str) or not key:
        raise ValueError(f"{where}: no measure")
    return key


def _as_json(step: Step) -> dict[str, Any]:
    if step.kind is StepKind.MEASURE:
        what = {"measure": step.measure_key, "if_elevated": step.if_elevated}
    else:
        what = {"kind": step.kind.value}
    return {"occasion": step.occasion.value, **what, "optional": step.optional}


def _flag(where: str, stored: Mapping[str, Any], name: str, *, default: bool) -> bool:
    value = stored.get(name, default)
    if not isinstance(value, bool):
        raise ValueError(f"{where}: {name} must be true or false")
    return value


def _number(stored: Mapping[str, Any], name: str, allowed: range) -> int:
    value = stored.get(name)
    if type(value) is not int or value not in allowed:
        raise ValueError(f"battery: {name} must be {allowed.start} to {allowed.stop - 1}")
    return value


def _twice(pairs: Iterable[tuple[Occasion, str]]) -> tuple[Occasion, str] | None:
    seen: set[tuple[Occasion, str]] = set()
    for pair in pairs:
        if pair in seen:
            return pair
        seen.add(pair)
    return None


DEFAULT_BATTERY = Battery(
    (
        Step(Occasion.INTAKE, "csi16"),
        Step(Occasion.INTAKE, "phq9"),
        Step(Occasion.INTAKE, "gad7"),
        Step(Occasion.INTAKE, "who5", optional=True),
        Step(Occasion.INTAKE, "ratings"),
        Step(Occasion.INTAKE, kind=StepKind.SCREENING),
        Step(Occasion.INTAKE, kind=StepKind.GOALS),
        Step(Occasion.BEFORE_SESSION, "csi4"),
        Step(Occasion.BEFORE_SESSION, "ratings"),
        Step(Occasion.BEFORE_SESSION, kind=StepKind.GOALS),
        Step(Occasion.AFTER_SESSION, "session_feedback"),
        Step(Occasion.REVIEW, "csi16"),
        Step(Occasion.REVIEW, "phq9", if_elevated=True),
        Step(Occasion.REVIEW, "gad7", if_elevated=True),
        Step(Occasion.DISCHARGE, "csi16"),
        Step(Occasion.DISCHARGE, "phq9"),
        Step(Occasion.DISCHARGE, "gad7"),
        Step(Occasion.DISCHARGE, kind=StepKind.GOALS),
        Step(Occasion.FOLLOW_UP_3, "csi16"),
        Step(Occasion.FOLLOW_UP_3, "relationship_now"),
        Step(Occasion.FOLLOW_UP_12, "csi16"),
        Step(Occasion.FOLLOW_UP_12, "relationship_now"),
    )
)
"""What Dyad ships; a practice and a couple can have their own."""
