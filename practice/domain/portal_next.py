"""What somebody does next of what waits for them, and why that: one rule, the same for everybody.

First what is asked before the next appointment, then the shortest; what may be left out, and what
is better done when alone, never comes before the rest. It knows of one person's own things alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """Why it comes first."""

    BEFORE_APPOINTMENT = "before_appointment"
    SHORTEST = "shortest"
    ONLY = "only"
    """There is nothing else."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits, as far as its place in the order goes."""

    minutes: int
    """How long it takes; 0 or more."""

    asked_by: date | None = None
    """The day it is meant for; None: any day."""

    can_wait: bool = False
    """It may be left out, or wants a moment when one is alone."""


@dataclass(frozen=True, slots=True)
class Order:
    """Places of what waits, in the order in which it is shown; ``why`` says why of the first."""

    places: tuple[int, ...]
    why: Why | None
    """None where nothing waits."""


def in_order(waiting: Sequence[Waiting], appointment: date | None) -> Order:
    """Put what waits for one person in order.

    Args:
        waiting: What waits, in the order in which it stands where nothing else decides.
        appointment: The day of their next appointment, in the practice's zone; None: none planned.
    """
    places = sorted(
        range(len(waiting)),
        key=lambda place: (
            waiting[place].can_wait,
            not _is_before(waiting[place], appointment),
            waiting[place].minutes,
            place,
        ),
    )
    return Order(tuple(places), _why([waiting[place] for place in places], appointment))


def _why(ordered: Sequence[Waiting], appointment: date | None) -> Why | None:
    if not ordered:
        return None
    if _is_before(ordered[0], appointment) and not ordered[0].can_wait:
        return Why.BEFORE_APPOINTMENT
    return Why.SHORTEST if len(ordered) > 1 else Why.ONLY


def _is_before(one: Waiting, appointment: date | None) -> bool:
    return appointment is not None and one.asked_by is not None and one.asked_by <= appointment
