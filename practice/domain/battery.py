"""Which measures are asked when: the occasions of a course of therapy."""

from enum import StrEnum


class Occasion(StrEnum):
    """A point in the course of therapy at which measures are asked."""

    INTAKE = "intake"
    BEFORE_SESSION = "before_session"
    AFTER_SESSION = "after_session"
    REVIEW = "review"
    DISCHARGE = "discharge"
    FOLLOW_UP_3 = "follow_up_3"
    FOLLOW_UP_12 = "follow_up_12"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Occasion.INTAKE: "Intake",
    Occasion.BEFORE_SESSION: "Before a session",
    Occasion.AFTER_SESSION: "After a session",
    Occasion.REVIEW: "Review",
    Occasion.DISCHARGE: "Discharge",
    Occasion.FOLLOW_UP_3: "3 months after",
    Occasion.FOLLOW_UP_12: "12 months after",
}
