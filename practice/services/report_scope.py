"""Who reads a report, and therefore what of a couple's record it is made from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from practice.domain.people import Actor, Reader, Standing
from practice.domain.reports import Edition
from practice.domain.visibility import Facts, seen_by_all
from practice.reports.findings import PersonFinding
from practice.services.people import Member, each_once, labels_of

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Scope:
    """One edition for one couple: its readers and its people.

    A report is made from records that *all* readers may see, and computed only from those:
    otherwise a figure would tell one of them what another kept to themselves.
    """

    couple_id: UUID
    edition: Edition
    therapist: Actor
    readers: tuple[Reader, ...]
    members: tuple[Member, ...]
    """The people it is about, in the order of entry."""

    everybody: tuple[Member, ...]
    """All who are or were members; only to know who was asked, never to name anybody."""

    now: datetime
    """Aware, in the practice's time zone."""

    @property
    def today(self) -> date:
        """The day as of which everything is counted, in the practice's time zone."""
        return self.now.date()

    @property
    def is_joint(self) -> bool:
        """Whether the members are among the readers."""
        return self.edition is Edition.JOINT

    def may_hold(self, record: Facts) -> bool:
        """Whether every reader may see ``record``."""
        return seen_by_all(self.readers, record)

    def filtered(self, rows: Iterable[Row], facts: Callable[[Row], Facts]) -> list[Row]:
        """Return the rows that every reader may see, in order."""
        return [row for row in rows if self.may_hold(facts(row))]

    def position(self, person_id: UUID) -> int | None:
        """Return a member's position; None for everybody else."""
        return self._positions.get(person_id)

    def member(self, position: int) -> Member:
        """Return the member at ``position``."""
        return next(member for member in self.members if member.position == position)

    @property
    def _positions(self) -> dict[UUID, int]:
        return {member.person_id: member.position for member in self.members}


def make_scope(
    *,
    edition: Edition,
    therapist: Actor,
    treating: Reader,
    members: tuple[Member, ...],
    now: datetime,
) -> Scope:
    """Name the readers of an edition, and the people it is about.

    The joint edition is read by the therapist and every present member, and is about those
    members. The clinician's edition is read by the therapist alone, and is also about members
    who have left.
    """
    members = each_once(members)
    if edition is Edition.CLINICIAN:
        return Scope(treating.couple_id, edition, therapist, (treating,), members, members, now)
    present = tuple(member for member in members if member.is_current)
    readers = tuple(
        Reader(member.person_id, treating.couple_id, Standing.MEMBER) for member in present
    )
    return Scope(
        treating.couple_id, edition, therapist, (treating, *readers), present, members, now
    )


def people_of(scope: Scope) -> tuple[PersonFinding, ...]:
    """Return the people of a report; those who share a first name get their whole name."""
    labels = labels_of(scope.members)
    return tuple(
        PersonFinding(
            position=member.position,
            name=member.name,
            label=labels[member.person_id],
            left_on=None if scope.is_joint else member.left_on,
        )
        for member in scope.members
    )
