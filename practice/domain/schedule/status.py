"""How it stands with one thing that the schedule asks."""

from datetime import date, datetime, timedelta
from enum import StrEnum

GRACE = timedelta(days=1)
"""How long after their last day questions still take answers: a form begun before midnight."""


class RequestStatus(StrEnum):
    """How it stands with one thing that the schedule asks."""

    PLANNED = "planned"
    DUE = "due"
    DONE = "done"
    MISSED = "missed"
    LEFT_OUT = "left_out"
    TAKEN_BACK = "taken_back"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    RequestStatus.PLANNED: "planned",
    RequestStatus.DUE: "due",
    RequestStatus.DONE: "done",
    RequestStatus.MISSED: "missed",
    RequestStatus.LEFT_OUT: "left out, was optional",
    RequestStatus.TAKEN_BACK: "not needed",
}


def status_of(
    *,
    answered: bool,
    withdrawn: bool,
    opens_at: datetime | None,
    closes_on: date | None,
    optional: bool,
    now: datetime,
    today: date,
) -> RequestStatus:
    """Say how it stands with one thing that was or will be asked.

    Args:
        answered: Whether there is a response to it.
        withdrawn: Whether it was taken back.
        opens_at: When it opens or opened; None: at once.
        closes_on: Last day; None: stays open.
        optional: Whether it may be left out.
        now: The present moment, aware.
        today: The present day in the practice's zone.
    """
    if answered:
        return RequestStatus.DONE
    if withdrawn:
        return RequestStatus.TAKEN_BACK
    if opens_at is not None and opens_at > now:
        return RequestStatus.PLANNED
    if closes_on is not None and closes_on < today:
        return RequestStatus.LEFT_OUT if optional else RequestStatus.MISSED
    return RequestStatus.DUE
