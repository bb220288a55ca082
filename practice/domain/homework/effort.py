"""How much time homework took each member, roughly: for the therapist alone.

Minutes are what a worksheet says one go takes, for each day on which somebody did it. They are
estimates: nobody measured anything. They are for seeing whether one person carries most of it, and
never for a partner, a report or a comparison between couples.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from practice.domain.adherence import Pause
from practice.domain.words import listed

WEEKS = 4
"""How far back the figures look. A rule of this program: long enough for a pattern to show."""

_TO = 5  # minutes are said to the nearest five: more would pretend that they were measured

CAUTION = (
    "Minutes are what a worksheet says one go takes, for each day it was done: estimates, not "
    "measured. Who wrote more did not for that try harder."
)


@dataclass(frozen=True, slots=True)
class Effort:
    """What one person did in some weeks, as far as the reader may see it."""

    minutes: int
    """Minutes of the worksheets, for each day one was done."""

    days: int
    """Different days on which anything was done."""

    tasks: int
    """Tasks given to this person that ran in these weeks."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One task given to one person, with the days on which it was done."""

    minutes: int
    """What one go takes."""

    first: date
    last: date
    done_on: tuple[date, ...]
    """With repeats, in any order."""

    pauses: tuple[Pause, ...] = ()
    """When it rested: a task that rested all the time was none."""


def effort(tasks: Iterable[Ran], today: date) -> Effort:
    """Add up what one person did in the last ``WEEKS`` weeks, ``today`` included.

    A day on which one task was done twice counts once for that task.
    """
    since = today - timedelta(weeks=WEEKS) + timedelta(days=1)
    minutes, active, count = 0, set[date](), 0
    for task in tasks:
        days = {day for day in task.done_on if since <= day <= today}
        minutes += task.minutes * len(days)
        active |= days
        count += bool(days) or _was_asked(task, since, today)
    return Effort(minutes, len(active), count)


def _was_asked(task: Ran, since: date, today: date) -> bool:
    first, last = max(task.first, since), min(task.last, today)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return any(not any(pause.covers(day) for pause in task.pauses) for day in days)


def in_words(people: Sequence[tuple[str, Effort]]) -> str:
    """Return the figures in a sentence: ``Ada about 95 minutes in 4 weeks, Ben about 40``."""
    if not people:
        return ""
    (first, one), *others = people
    head = f"{first} {_about(one.minutes)} minutes in {WEEKS} weeks"
    return ", ".join([head, *(f"{name} {_about(found.minutes)}" for name, found in others)])


def given_in_words(people: Sequence[tuple[str, Effort]]) -> str:
    """Return how many tasks each had: ``Ada had 3 tasks, Ben 2``."""
    if not people:
        return ""
    (first, one), *others = people
    tasks = "1 task" if one.tasks == 1 else f"{one.tasks} tasks"
    return ", ".join([f"{first} had {tasks}", *(f"{name} {e.tasks}" for name, e in others)])


def _about(minutes: int) -> str:
    return f"about {_TO * round(minutes / _TO)}" if minutes else "0"


def alone_in_words(people: Sequence[tuple[str, Effort]]) -> str:
    """Name who did all of it, where there are several and only some did anything; else nothing."""
    did = [name for name, one in people if one.minutes]
    if len(people) < 2 or not did or len(did) == len(people):
        return ""
    rest = [name for name, one in people if not one.minutes]
    return f"As far as you can see, {listed(did)} did all of it. Ask {listed(rest)} how it was."
