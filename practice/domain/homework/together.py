"""Reading together: in which session what waits for one may be opened, and whose of it.

Under ``Audience.IN_SESSION`` the author has said beforehand that it may be opened where they are
there themselves. So the session is one with the couple, today or held; its author is in it, and so
is everybody who reads then: nobody finds it on their phone who was not in the room. Where anybody
to whom it was given has left the couple, nothing is opened any more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.sessions import SessionKind, SessionStatus


@dataclass(frozen=True, slots=True)
class Meeting:
    """What opening needs to know of a session."""

    kind: SessionKind
    status: SessionStatus
    on: date
    """In the practice's zone."""

    there: frozenset[UUID]
    """Who was there; of a session still called planned, who is expected."""


def can_be_opened_in(meeting: Meeting, today: date) -> bool:
    """Whether it is a session with the couple that was held, or is meant for today."""
    if meeting.kind is not SessionKind.CONJOINT or meeting.on > today:
        return False
    planned_today = meeting.status is SessionStatus.PLANNED and meeting.on == today
    return meeting.status is SessionStatus.HELD or planned_today


def who_reads_in(
    meeting: Meeting, today: date, receivers: Mapping[UUID, date | None]
) -> frozenset[UUID]:
    """Return the members who read together in ``meeting``; empty where nothing can be opened.

    Args:
        meeting: The session.
        today: The day of opening.
        receivers: Whom the task was given to, with the day they left the couple; None for
            present members.
    """
    whole = len(receivers) > 1 and all(left is None for left in receivers.values())
    all_there = receivers.keys() <= meeting.there
    if not (whole and all_there and can_be_opened_in(meeting, today)):
        return frozenset()
    return frozenset(receivers)
