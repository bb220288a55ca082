"""What can be said of a promise once its day has come."""

from enum import StrEnum

from practice.domain.visibility import Audience


class PromiseWord(StrEnum):
    """How a promise went, in the words of whoever says so."""

    KEPT = "kept"
    PARTLY = "partly"
    NOT_YET = "not_yet"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    PromiseWord.KEPT: "Kept",
    PromiseWord.PARTLY: "Kept in part",
    PromiseWord.NOT_YET: "Not yet",
}


def choices_for_own(entry_audience: Audience, *, is_open: bool) -> tuple[Audience, ...]:
    """Return for whom the maker of a promise can say how it went, narrowest first.

    Args:
        entry_audience: Who reads the promise itself.
        is_open: Whether the others can read it now.
    """
    if entry_audience is Audience.PRIVATE:
        return (Audience.PRIVATE,)
    if not is_open:
        return (Audience.PRIVATE, Audience.THERAPIST)
    return (Audience.PRIVATE, Audience.THERAPIST, Audience.COUPLE)


CHOICES_FOR_OTHERS = (Audience.THERAPIST, Audience.COUPLE)
"""For whom somebody else can say what they saw; the therapist alone is preset."""
