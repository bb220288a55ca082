"""How an answer came into the record."""

from enum import StrEnum


class Origin(StrEnum):
    """How a response or a total was given."""

    PORTAL = "portal"
    """By its author, on their own page."""

    HAND_OVER = "hand_over"
    """By its author, on the therapist's device."""

    PAPER = "paper"
    """On paper, and typed in by the therapist."""

    IMPORTED = "imported"
    """A total from a file."""

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def has_day_only(self) -> bool:
        """Whether only the day is known; the time of day that is stored means nothing."""
        return self in (Origin.PAPER, Origin.IMPORTED)


_LABELS = {
    Origin.PORTAL: "In their own portal",
    Origin.HAND_OVER: "On your device",
    Origin.PAPER: "From paper",
    Origin.IMPORTED: "Imported total",
}
