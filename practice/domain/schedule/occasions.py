"""Every measure that the battery would ask of one member, occasion by occasion."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from practice.domain.battery import Battery, Occasion, Step
from practice.domain.change import is_distressed
from practice.domain.measures.definition import Measure
from practice.domain.measures.relations import contains
from practice.domain.schedule.facts import CourseFacts, PersonFacts
from practice.domain.schedule.windows import Window, windows_of


@dataclass(frozen=True, slots=True)
class Planned:
    """One measure asked of one person at one occasion."""

    occasion: Occasion
    occasion_ref: str
    """Which time: unique for the person together with the measure."""

    measure_key: str
    session_id: UUID | None
    opens_at: datetime
    due_on: date | None
    """The day it is meant for; that of the session where there is one."""

    closes_on: date | None
    """Last day; None: stays open."""

    optional: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """A candidate, with the days on which it would be open."""

    planned: Planned
    window: Window
    measure: Measure
    step: int
    last: date
    """The day after which it is in nobody's way any more."""

    @property
    def first(self) -> date:
        return self.window.first


def all_askings(
    battery: Battery, course: CourseFacts, person: PersonFacts, known: Mapping[str, Measure]
) -> list[Asking]:
    """Return every measure that some occasion asks for, without a look at the others."""
    return [
        _asking(window, place, step, measure, person, known)
        for window in windows_of(battery, course, person)
        for place, step, measure in _steps(battery, window.occasion, person, known)
    ]


def is_elevated(measure: Measure, person: PersonFacts, known: Mapping[str, Measure]) -> bool:
    """Whether somebody's first score on a measure lay on the distressed side of its cut.

    The measure's first scale counts. Without a cut or a score nobody is elevated.
    """
    scale = next(iter(measure.scales), None)
    if scale is None or scale.cut is None:
        return False
    scores = [
        answer.scores[scale.key]
        for answer in sorted(person.answers, key=lambda answer: answer.on)
        if scale.key in answer.scores and answer.measure_key in known
    ]
    return bool(scores) and is_distressed(
        scores[0], scale.cut.value, higher_is_better=scale.higher_is_better
    )


def covers(key: str, measure: Measure, known: Mapping[str, Measure]) -> bool:
    """Whether answering the measure with this key gives everything that ``measure`` would."""
    other = known.get(key)
    if other is None:
        return False
    return other.family_key == measure.family_key or contains(other, measure)


def _asking(
    window: Window,
    place: int,
    step: Step,
    measure: Measure,
    person: PersonFacts,
    known: Mapping[str, Measure],
) -> Asking:
    planned = Planned(
        window.occasion,
        window.occasion_ref,
        step.measure_key,
        window.session_id,
        window.opens_at,
        window.due_on,
        window.closes_on,
        step.optional,
    )
    last = window.last
    if window.occasion is Occasion.INTAKE:
        # Once it is answered, it is in nobody's way any more.
        given = [a.on for a in person.answers if covers(a.measure_key, measure, known)]
        last = max(min([last, *given]), window.first)
    return Asking(planned, window, measure, place, last)


def _steps(
    battery: Battery, occasion: Occasion, person: PersonFacts, known: Mapping[str, Measure]
) -> Iterator[tuple[int, Step, Measure]]:
    for place, step in enumerate(battery.measures):
        measure = known.get(step.measure_key)
        if step.occasion is not occasion or measure is None or measure.totals_only:
            continue
        if not step.if_elevated or is_elevated(measure, person, known):
            yield place, step, measure
