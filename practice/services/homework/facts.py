"""What the policy and the figures need to know of homework: asked once here, for every reader."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from practice.domain.adherence import Pause, Schedule
from practice.domain.homework.sharing import Written, has_opened, occasion_number
from practice.domain.homework.terms import Frequency
from practice.domain.visibility import Audience, Facts
from practice.models.homework import Assignment, HomeworkEntry
from practice.services import clock
from practice.services.people import Member


def schedule_of(row: Any, pauses: tuple[Pause, ...] | None = None) -> Schedule:
    """Return when an assignment asks for something; ``row`` is one, or has its columns.

    Args:
        row: An assignment, or a row with its columns.
        pauses: When it rests; None: what the assignment itself says.
    """
    if pauses is None:
        pauses = tuple(Pause(one.starts_on, one.ends_on) for one in row.pauses)
    return Schedule(
        frequency=row.frequency,
        start=row.starts_on,
        until=row.due_on,
        ended_on=row.retired_on,
        times_per_week=row.times_per_week,
        pauses=pauses,
    )


def is_running(row: Assignment, today: date) -> bool:
    """Whether it is still asked for, resting or not; something done once until it is retired."""
    if row.retired_on is not None:
        return False
    return row.frequency is Frequency.ONCE or row.due_on >= today


def receivers_of(row: Assignment) -> frozenset[UUID]:
    """Return the ids of everybody an assignment was given to."""
    return frozenset(receiver.person_id for receiver in row.receivers)


def facts_of_entries(
    row: Assignment, entries: Iterable[HomeworkEntry], members: Iterable[Member]
) -> Callable[[HomeworkEntry], Facts]:
    """Return what tells the facts of each of ``entries``, for the policy.

    Args:
        row: The assignment, with its receivers.
        entries: All that the assignment has, not only those that somebody may see.
        members: Everybody who is or was a member of the couple.
    """
    entries = list(entries)
    left = {member.person_id: member.left_on for member in members}
    receivers = {person: left.get(person) for person in receivers_of(row)}
    written = {entry.id: _written(row, entry) for entry in entries}
    occasions: defaultdict[int, list[Written]] = defaultdict(list)
    for entry in entries:
        if not entry.is_locked:
            # What its author locked away never was: nothing opens by it.
            occasions[written[entry.id].occasion].append(written[entry.id])

    def facts(entry: HomeworkEntry) -> Facts:
        own = written[entry.id]
        waits = entry.audience is Audience.WHEN_ALL_DONE
        opened = waits and has_opened(own, occasions[own.occasion], receivers)
        # Whoever joined the couple later was not asked, and reads nothing of it.
        return replace(entry.facts(all_done=opened), concerns=frozenset(receivers))

    return facts


def _written(row: Assignment, entry: HomeworkEntry) -> Written:
    return Written(
        author_id=entry.author_id,
        occasion=occasion_number(row.frequency, row.starts_on, entry.for_day),
        audience=entry.audience,
        on=clock.local(entry.submitted_at).date(),
        is_done=entry.outcome.counts_as_done,
    )
