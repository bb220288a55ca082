"""Events in the life of a couple that explain a line better than any statistic."""

from enum import StrEnum


class EventKind(StrEnum):
    """What happened, in one word."""

    DISCLOSURE = "disclosure"
    MOVED_OUT = "moved_out"
    MOVED_IN = "moved_in"
    BIRTH = "birth"
    LOSS = "loss"
    SETBACK = "setback"
    HOLIDAY = "holiday"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    EventKind.DISCLOSURE: "Disclosure",
    EventKind.MOVED_OUT: "Moved out",
    EventKind.MOVED_IN: "Moved in",
    EventKind.BIRTH: "Birth",
    EventKind.LOSS: "Loss",
    EventKind.SETBACK: "Setback",
    EventKind.HOLIDAY: "Holiday",
    EventKind.OTHER: "Other",
}
