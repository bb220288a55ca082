"""How sure we are of a published number, kept beside the number so that a reader sees it."""

from enum import StrEnum


class Certainty(StrEnum):
    """The mark of a fact. Only ``READ`` may be shown without its mark."""

    READ = "read"
    """Read in the source that is named."""

    GENERAL = "general"
    """General knowledge of the field; the source was not read again."""

    COMPUTED = "computed"
    """Computed by us from other numbers."""

    INFERRED = "inferred"
    """Concluded from what the sources say; no source says it."""

    NOT_CONFIRMED = "not_confirmed"
    """Looked for and not found in a source."""

    PRACTICE = "practice"
    """Entered by the practice, which answers for it."""

    @property
    def label(self) -> str:
        """The mark in plain words, to stand in brackets after the number."""
        return _LABELS[self]

    @property
    def is_firm(self) -> bool:
        """Whether the number may be shown as a published fact, without its mark."""
        return self is Certainty.READ

    @property
    def mark(self) -> str:
        """What stands after a figure: the mark in brackets, or nothing for a published fact."""
        return "" if self.is_firm else f" ({self.label})"


_LABELS: dict[Certainty, str] = {
    Certainty.READ: "read in the source",
    Certainty.GENERAL: "general knowledge, not re-read",
    Certainty.COMPUTED: "computed by us",
    Certainty.INFERRED: "our inference",
    Certainty.NOT_CONFIRMED: "looked for, not confirmed",
    Certainty.PRACTICE: "entered by the practice",
}
