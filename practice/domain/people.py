"""Who is asking, and how they stand to a couple."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


def first_name(name: str) -> str:
    """Return the name used where two people who know each other read.

    Raises:
        ValueError: if the name is empty.
    """
    first, *_ = name.split()
    return first


class Role(StrEnum):
    """What a sign-in is for; one account has exactly one."""

    THERAPIST = "therapist"
    """Treats couples; may treat some together with a colleague and supervise others."""

    RECEPTION = "reception"
    """The front desk: diary and contact, nothing clinical."""

    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind a request or a command. One sign-in is one person, never a couple."""

    person_id: UUID
    role: Role
    name: str
    is_owner: bool = False
    """Runs the practice: staff, settings, requests from outside; that opens no clinical record."""

    @property
    def first_name(self) -> str:
        return first_name(self.name)


class Standing(StrEnum):
    """How a person stands to one couple at the moment of asking."""

    TREATING = "treating"
    """Has the lead in the care of the couple."""

    CO_TREATING = "co_treating"
    """Treats the couple together with the lead."""

    SUPERVISING = "supervising"
    """Supervises whoever has the lead."""

    RECEPTION = "reception"
    OWNER = "owner"
    """Runs the practice and does not treat the couple."""

    MEMBER = "member"
    FORMER = "former"
    """Was a member; the membership has an end date."""

    NONE = "none"

    @property
    def treats(self) -> bool:
        """Whether the couple is in the person's care, as lead or together with the lead."""
        return self in {Standing.TREATING, Standing.CO_TREATING}


@dataclass(frozen=True, slots=True)
class Reader:
    """One person looking at one couple's record."""

    person_id: UUID
    couple_id: UUID
    standing: Standing
