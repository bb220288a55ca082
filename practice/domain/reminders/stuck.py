"""Whether mail to somebody has come to a standstill."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from practice.domain.reminders.terms import DELIVERED, Problem, ReminderState

LOOK_BACK = timedelta(days=60)
"""What was given up before that has been lived with."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one mail ended."""

    at: datetime
    state: ReminderState
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Stuck:
    """Mail to somebody could not be sent."""

    since: datetime
    problem: Problem | None
    """Of the last mail that was given up."""


def stuck(outcomes: Iterable[Outcome], *, said_at: datetime | None) -> Stuck | None:
    """Return since when no mail got through; None if the last one did, or none was given up.

    Args:
        outcomes: Mails in any order; those still on their way say nothing.
        said_at: When how to reach the person was last written down: what was given up before is
            settled by it. None if it never was.
    """
    found: Stuck | None = None
    for one in sorted(outcomes, key=lambda outcome: outcome.at):
        if one.state in DELIVERED:
            found = None
        elif one.state is ReminderState.GIVEN_UP and (said_at is None or one.at >= said_at):
            found = Stuck(found.since if found else one.at, one.problem)
    return found
