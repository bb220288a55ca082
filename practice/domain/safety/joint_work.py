"""Whether the clinician has cleared a couple for work together."""

from enum import StrEnum


class JointWork(StrEnum):
    """A decision of whoever treats the couple; a screen decides nothing by itself."""

    CLEARED = "cleared"
    NOT_CLEARED = "not_cleared"
    PAUSED = "paused"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    JointWork.CLEARED: "Cleared",
    JointWork.NOT_CLEARED: "Not cleared",
    JointWork.PAUSED: "Paused",
}


def warning(decision: JointWork | None) -> str:
    """Return what to say before planning or holding a session together; empty once cleared.

    Names nobody and no reason: a screen may be seen by whoever sits in the room.
    """
    if decision is JointWork.CLEARED:
        return ""
    if decision is JointWork.PAUSED:
        return "Work together is paused. See each of them alone for now."
    if decision is JointWork.NOT_CLEARED:
        return "Work together is not cleared. See each of them alone for now."
    return "Nobody has decided yet whether to work together. See each of them alone first."
