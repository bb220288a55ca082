"""What is entered of a session, and everything that keeps it from being stored, at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from practice.domain.sessions import Attendance, SessionFormat, SessionStatus
from practice.services import clock
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid
from practice.services.people import Member

SHORTEST_MINUTES = 5
LONGEST_MINUTES = 480
YEARS = range(1990, 2100)
"""Outside these a day is a slip of the keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDetails:
    """What is planned or recorded of a session."""

    day: date
    at: time
    """On the clocks of the practice."""

    minutes: int
    person_id: UUID | None
    """The member seen alone; None for the couple."""

    format: SessionFormat
    status: SessionStatus
    attendance: Mapping[UUID, Attendance | None] = field(default_factory=dict)
    """How each member attended, None where it was not said."""

    next_steps: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What follows from details that can be stored."""

    moment: datetime
    expected: tuple[Member, ...]
    next_steps: str


def expected_on(members: tuple[Member, ...], day: date) -> tuple[Member, ...]:
    """Return who was a member on ``day``: they can be expected at a session."""
    return tuple(member for member in members if member.was_member_on(day))


def checked(details: SessionDetails, members: tuple[Member, ...]) -> Checked:
    """Return what follows from ``details``.

    Args:
        details: As they were entered.
        members: Everybody who is or was a member of the couple.

    Raises:
        Invalid: naming every field that cannot be stored; ``attendance_N`` for the member at
            position N.
    """
    errors: dict[str, str] = {}
    if details.day.year not in YEARS:
        raise Invalid({"day": "Check the year."} | _of_status(details, None) | _lengths(details))
    moment = _moment(details, errors)
    expected = _expected(details, members, errors)
    errors |= _lengths(details) | _of_status(details, moment)
    if expected:
        errors |= _of_attendance(details, expected)
    if errors or moment is None:
        raise Invalid(errors)
    return Checked(moment, expected, clean_text(details.next_steps, "next_steps"))


def _moment(details: SessionDetails, errors: dict[str, str]) -> datetime | None:
    try:
        return clock.moment_of(details.day, details.at)
    except Invalid as problem:
        errors.update(problem.errors)
        return None


def _expected(
    details: SessionDetails, members: tuple[Member, ...], errors: dict[str, str]
) -> tuple[Member, ...]:
    present = expected_on(members, details.day)
    if details.person_id is None:
        if not present:
            errors["day"] = (
                "The record begins later than that day. Change the day care began first."
            )
        return present
    alone = tuple(member for member in present if member.person_id == details.person_id)
    if not alone:
        errors["with_whom"] = "Choose somebody who was a member on that day."
    return alone


def _lengths(details: SessionDetails) -> dict[str, str]:
    errors = {}
    if not SHORTEST_MINUTES <= details.minutes <= LONGEST_MINUTES:
        errors["minutes"] = f"Enter {SHORTEST_MINUTES} to {LONGEST_MINUTES} minutes."
    try:
        clean_text(details.next_steps, "next_steps")
    except Invalid as problem:
        errors |= problem.errors
    return errors


def _of_status(details: SessionDetails, moment: datetime | None) -> dict[str, str]:
    if details.status is SessionStatus.PLANNED and any(details.attendance.values()):
        return {"status": "Attendance is filled in, but the session is called planned."}
    if details.status is SessionStatus.HELD and moment is not None and moment > clock.now():
        return {"status": "This session has not begun. Call it planned."}
    return {}


def _of_attendance(details: SessionDetails, expected: tuple[Member, ...]) -> dict[str, str]:
    errors = {}
    ids = {member.person_id for member in expected}
    if any(said for key, said in details.attendance.items() if key not in ids):
        errors["with_whom"] = "Attendance is filled in for somebody who is not expected."
    if details.status is SessionStatus.HELD:
        errors |= {
            f"attendance_{member.position}": f"Say how {member.first_name} attended."
            for member in expected
            if details.attendance.get(member.person_id) is None
        }
    return errors
