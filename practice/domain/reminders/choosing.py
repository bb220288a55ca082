"""What is worth a reminder today: one digest of everything that waits, and seldom.

Something that waits is named when it is new, once more after a week, and on the last day before it
is due on which a mail may come; an appointment only then. A reminder must never become a nuisance
that somebody switches off together with what they wanted.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from practice.domain.reminders.terms import ReminderKind
from practice.domain.safety.mail_times import MailTimes

AGAIN_AFTER = timedelta(days=7)
FORGOTTEN_AFTER = timedelta(days=28)
MOST = 2
"""Reminders of one kind within ``FORGOTTEN_AFTER``, unless something new waits or is due."""

DAYS_AHEAD = 3
"""An appointment on Monday is spoken of on Friday where no mail may come at the weekend."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why somebody gets a reminder: one kind of thing, in one of their couples."""

    couple_id: UUID
    kind: ReminderKind


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for one person. Nothing of what it is."""

    cause: Cause
    since: date | None = None
    """From which day on it waits; None where that is not known."""

    due_on: date | None = None
    """Its last day, or the day of an appointment."""


Told = Mapping[Cause, Collection[date]]
"""On which days somebody was reminded of what."""


def digest(
    waiting: Iterable[Waiting],
    *,
    told: Told,
    today: date,
    times: MailTimes,
    switched_off: Collection[ReminderKind] = (),
) -> frozenset[Cause]:
    """Return what today's mail is for; empty: no mail today.

    Args:
        waiting: Everything that waits for the person, in all their couples.
        told: The days of earlier reminders.
        today: By the clock of the practice; a day on which a mail may come.
        times: When a mail may come.
        switched_off: Kinds of which the person wants no reminder.
    """
    return frozenset(
        one.cause
        for one in waiting
        if one.cause.kind not in switched_off
        and is_time(one, told=told.get(one.cause, ()), today=today, times=times)
    )


def is_time(one: Waiting, *, told: Collection[date], today: date, times: MailTimes) -> bool:
    """Whether one thing that waits is worth a reminder today; see ``digest``."""
    if today in told:
        return False
    if one.due_on is not None and times.last_day_before(one.due_on, at_most=DAYS_AHEAD) == today:
        return True
    if one.cause.kind is ReminderKind.APPOINTMENT:
        return False
    recent = [day for day in told if today - day < FORGOTTEN_AFTER]
    if not recent or (one.since is not None and max(recent) < one.since):
        return True
    return len(recent) < MOST and today - max(recent) >= AGAIN_AFTER
