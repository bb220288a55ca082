"""The plan of one member: what the occasions ask, without what is repeated, answered or past."""

from collections.abc import Iterable, Mapping

from practice.domain.battery import Battery
from practice.domain.measures.definition import Measure
from practice.domain.schedule.facts import CourseFacts, PersonFacts
from practice.domain.schedule.occasions import Asking, Planned, all_askings, covers
from practice.domain.schedule.windows import FIRST


def plan(
    battery: Battery, course: CourseFacts, person: PersonFacts, known: Mapping[str, Measure]
) -> tuple[Planned, ...]:
    """Return everything that is still to be asked of one member, past occasions included.

    Args:
        battery: What is asked when. A step whose measure is not in ``known``, or has no
            questions, is left out.
        course: The couple's course; sessions of other members alone are ignored.
        person: The member.
        known: Every measure by key, retired ones too: their answers count.

    Returns:
        In the order in which they open. What this person has answered within its time is not
        among them. Whoever has left is asked nothing.
    """
    if not battery.active or person.left_on is not None:
        return ()
    askings = all_askings(battery, course, person, known)
    kept = _without_repeats(askings, person, known)
    asked = [
        asking
        for asking in kept
        if not _is_answered(asking, person, known) and not _is_about_the_past(asking, course)
    ]
    asked.sort(key=lambda a: (a.planned.opens_at, FIRST.index(a.planned.occasion), a.step))
    return tuple(asking.planned for asking in asked)


def _without_repeats(
    askings: Iterable[Asking], person: PersonFacts, known: Mapping[str, Measure]
) -> list[Asking]:
    """Keep of those whose times overlap the longest measure, then the most telling occasion."""
    in_turn = sorted(
        askings,
        key=lambda a: (-len(a.measure.items), FIRST.index(a.planned.occasion), a.first, a.step),
    )
    kept: list[Asking] = []
    for asking in in_turn:
        by_hand = any(
            waiting.since <= asking.last and covers(waiting.measure_key, asking.measure, known)
            for waiting in person.waiting
        )
        repeated = any(
            asking.first <= other.last
            and other.first <= asking.last
            and covers(other.measure.key, asking.measure, known)
            for other in kept
        )
        if not by_hand and not repeated:
            kept.append(asking)
    return kept


def _is_answered(asking: Asking, person: PersonFacts, known: Mapping[str, Measure]) -> bool:
    window = asking.window
    return any(
        window.counts_from <= answer.on <= window.last
        and covers(answer.measure_key, asking.measure, known)
        for answer in person.answers
    )


def _is_about_the_past(asking: Asking, course: CourseFacts) -> bool:
    """Whether it asks how a relationship is that had ended before."""
    parted = course.parted_on
    about = asking.measure.about_relationship
    return about and parted is not None and asking.window.last >= parted
