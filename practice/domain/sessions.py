"""The words of a session: format, kind, state, who attended, and patterns seen in the room."""

from datetime import datetime, timedelta
from enum import StrEnum

LATE_AFTER = timedelta(hours=72)
"""What is written later than this after a session says so: memory is no longer fresh."""


def days_late(ended_at: datetime, written_at: datetime) -> int:
    """Return how many whole days after the session something was written; 0 if in good time."""
    waited = written_at - ended_at
    return waited.days if waited > LATE_AFTER else 0


class SessionFormat(StrEnum):
    """Where people meet."""

    ROOM = "room"
    VIDEO = "video"
    PHONE = "phone"

    @property
    def label(self) -> str:
        return _FORMAT_LABELS[self]


class SessionKind(StrEnum):
    """Who is meant to be there."""

    CONJOINT = "conjoint"
    """The couple."""

    INDIVIDUAL = "individual"
    """One member alone."""

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


class SessionStatus(StrEnum):
    """Whether it took place."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]


class Attendance(StrEnum):
    """How one member attended one session."""

    ATTENDED = "attended"
    LATE = "late"
    """Was there, but not from the start."""

    CANCELLED = "cancelled"
    """Said so within the practice's notice."""

    LATE_CANCELLATION = "late_cancellation"
    DID_NOT_ATTEND = "did_not_attend"

    @property
    def label(self) -> str:
        return _ATTENDANCE_LABELS[self]

    @property
    def was_there(self) -> bool:
        return self in (Attendance.ATTENDED, Attendance.LATE)


class InteractionPattern(StrEnum):
    """What a counsellor may notice between the members. Describes a moment, not a person."""

    CRITICISM = "criticism"
    CONTEMPT = "contempt"
    DEFENSIVENESS = "defensiveness"
    STONEWALLING = "stonewalling"
    DEMAND_WITHDRAW = "demand_withdraw"
    AVOIDANCE = "avoidance"

    @property
    def label(self) -> str:
        return _PATTERN_LABELS[self]


_FORMAT_LABELS = {
    SessionFormat.ROOM: "In the room",
    SessionFormat.VIDEO: "By video",
    SessionFormat.PHONE: "By phone",
}
_KIND_LABELS = {
    SessionKind.CONJOINT: "Conjoint",
    SessionKind.INDIVIDUAL: "Individual",
}
_STATUS_LABELS = {
    SessionStatus.PLANNED: "Planned",
    SessionStatus.HELD: "Held",
    SessionStatus.CANCELLED: "Cancelled",
}
_ATTENDANCE_LABELS = {
    Attendance.ATTENDED: "Attended",
    Attendance.LATE: "Attended, late",
    Attendance.CANCELLED: "Cancelled in time",
    Attendance.LATE_CANCELLATION: "Late cancellation",
    Attendance.DID_NOT_ATTEND: "Did not attend",
}
_PATTERN_LABELS = {
    InteractionPattern.CRITICISM: "criticism",
    InteractionPattern.CONTEMPT: "contempt",
    InteractionPattern.DEFENSIVENESS: "defensiveness",
    InteractionPattern.STONEWALLING: "stonewalling",
    InteractionPattern.DEMAND_WITHDRAW: "demand and withdraw",
    InteractionPattern.AVOIDANCE: "avoidance",
}
