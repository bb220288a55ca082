"""The words of a couple's record, its title, and whose figures are the couple's."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

from practice.domain.people import Standing
from practice.domain.words import listed

Member = TypeVar("Member")


class RelationshipStatus(StrEnum):
    """How the members describe their relationship."""

    DATING = "dating"
    COHABITING = "cohabiting"
    MARRIED = "married"
    CIVIL_PARTNERSHIP = "civil_partnership"
    SEPARATED = "separated"
    DIVORCED = "divorced"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]


class Modality(StrEnum):
    """The therapy model that guides the work with a couple."""

    EFT = "eft"
    GOTTMAN = "gottman"
    IBCT = "ibct"
    CBCT = "cbct"
    PSYCHODYNAMIC = "psychodynamic"
    SYSTEMIC = "systemic"
    DISCERNMENT = "discernment"
    INTEGRATIVE = "integrative"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _MODALITY_LABELS[self]


class Agenda(StrEnum):
    """What one member wants of the therapy; partners may differ, and it may change."""

    IMPROVE = "improve"
    CLARIFY = "clarify"
    LEANING_OUT = "leaning_out"

    @property
    def label(self) -> str:
        return _AGENDA_LABELS[self]


class CarePart(StrEnum):
    """What part a therapist has in the care of a couple."""

    LEAD = "lead"
    CO_THERAPIST = "co_therapist"

    @property
    def standing(self) -> Standing:
        """How whoever has this part stands to the couple."""
        return Standing.TREATING if self is CarePart.LEAD else Standing.CO_TREATING


def who_counts(everybody: Iterable[Member], is_present: Callable[[Member], bool]) -> list[Member]:
    """Return whose figures make the couple's: the present members, or all once they have parted.

    Where fewer than two are left, the couple that was is still a couple of records.
    """
    members = list(everybody)
    present = [member for member in members if is_present(member)]
    return present if len(present) > 1 else members


def couple_title(names: Iterable[str]) -> str:
    """Return what a couple is called: its members in the order in which they were entered.

    ``"Ada Lind and Ben Morrow"``; three: ``"Ada Lind, Ben Morrow and Cy Hall"``.

    Raises:
        ValueError: if there is no name, or an empty one.
    """
    given = [" ".join(name.split()) for name in names]
    if not given or not all(given):
        raise ValueError("A couple needs the name of every member.")
    return listed(given)


_STATUS_LABELS = {
    RelationshipStatus.DATING: "Dating",
    RelationshipStatus.COHABITING: "Living together",
    RelationshipStatus.MARRIED: "Married",
    RelationshipStatus.CIVIL_PARTNERSHIP: "Civil partnership",
    RelationshipStatus.SEPARATED: "Separated",
    RelationshipStatus.DIVORCED: "Divorced",
    RelationshipStatus.OTHER: "Other",
}
_MODALITY_LABELS = {
    Modality.EFT: "Emotionally focused",
    Modality.GOTTMAN: "Gottman-informed",
    Modality.IBCT: "Integrative behavioural",
    Modality.CBCT: "Cognitive-behavioural",
    Modality.PSYCHODYNAMIC: "Psychodynamic",
    Modality.SYSTEMIC: "Systemic",
    Modality.DISCERNMENT: "Discernment counselling",
    Modality.INTEGRATIVE: "Integrative, several models",
    Modality.OTHER: "Other",
}
_AGENDA_LABELS = {
    Agenda.IMPROVE: "Improve the relationship",
    Agenda.CLARIFY: "Clarify whether to go on",
    Agenda.LEANING_OUT: "Leaning out",
}
