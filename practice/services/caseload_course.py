"""What the rules of thumb say of many couples, from the few scores that they need."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.change import criteria_for, origin_of
from practice.domain.course import (
    RECENT,
    CourseLine,
    CourseSituation,
    FeedbackLine,
    Reading,
    Signal,
    signals_for,
)
from practice.services.caseload_figures import (
    SATISFACTION_KEYS,
    Numbered,
    PersonScores,
    satisfaction_scale,
)
from practice.services.measure_library import all_measures


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """What is known of one present member."""

    person_id: UUID
    name: str
    scores: PersonScores
    missed: tuple[tuple[str, date], ...]
    """Measures that were not answered in time, with the day."""


def signals_of_records(
    people: Sequence[PersonRecord], *, sessions_held: int, third_session_on: date | None
) -> tuple[Signal, ...]:
    """Return what the rules say of one couple in care.

    Args:
        people: The present members, in the order of entry.
        sessions_held: How many sessions with the couple were held.
        third_session_on: Day of the third of them.
    """
    return signals_for(
        CourseSituation(
            lines=tuple(line for person in people for line in _lines(person)),
            sessions_held=sessions_held,
            third_session_on=third_session_on,
            feedback=tuple(
                FeedbackLine(person.person_id, person.name, tuple(_feedback(person.scores)))
                for person in people
            ),
        )
    )


def _lines(person: PersonRecord) -> Iterator[CourseLine]:
    for key in SATISFACTION_KEYS:
        given = person.scores.satisfaction.get(key)
        if given:
            yield from _line(person, key, given)


def _line(person: PersonRecord, key: str, given: Sequence[Numbered]) -> Iterator[CourseLine]:
    scale = satisfaction_scale(key)
    criteria, origin = criteria_for(scale), origin_of(scale)
    if criteria is None or origin is None:
        return
    readings = [Reading(one.on, one.value) for one in given]
    latest = readings[-1].on
    yield CourseLine(
        person_id=person.person_id,
        name=person.name,
        scale_key=key,
        scale_title=scale.short_title,
        criteria=criteria,
        origin=origin,
        cut=scale.cut,
        first=readings[0],
        recent=tuple(readings[-RECENT:]),
        count=given[-1].nth,
        missed=tuple(sorted({day for day in _missed(person.missed, key) if day > latest})),
    )


def _missed(missed: Iterable[tuple[str, date]], key: str) -> Iterator[date]:
    known = all_measures()
    for measure_key, day in missed:
        measure = known.get(measure_key)
        if measure is not None and any(scale.key == key for scale in measure.scales):
            yield day


def _feedback(scores: PersonScores) -> Iterator[Reading]:
    for on, values in scores.feedback.values():
        yield Reading(on, sum(values) / len(values))
