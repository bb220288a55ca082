"""Assignments as one partner may see them: the entries they may read, and whether they do it.

What the others keep to themselves changes nothing here. For this package only.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.people import Actor, Reader, Standing
from practice.domain.visibility import Facts
from practice.models.homework import Assignment, HomeworkEntry
from practice.services import access, clock
from practice.services.badges import carers_in_words
from practice.services.errors import NotFound
from practice.services.homework import rows
from practice.services.homework.facts import facts_of_entries
from practice.services.homework.rows import Given
from practice.services.homework.values import EntryLine
from practice.services.people import Member, members_of_all


@dataclass(frozen=True, slots=True)
class SeenAssignment:
    """One assignment as one partner may see it. Stays inside this package."""

    reader: Reader
    given: Given
    members: tuple[Member, ...]
    therapist: str
    """What partners call whoever treats the couple."""

    entries: list[HomeworkEntry]
    """Those the reader may see, newest first."""

    facts: Callable[[HomeworkEntry], Facts]

    def line(self, entry: HomeworkEntry) -> EntryLine:
        """Return one of the entries as a line of a list."""
        members = {member.person_id: member for member in self.members}
        return rows.line_of(self.reader, entry, self.facts(entry), members)

    @property
    def is_open(self) -> bool:
        """Whether the reader may do it, not only read what they wrote."""
        member = self.reader.standing is Standing.MEMBER
        return member and self.reader.person_id in self.given.receiver_ids

    @property
    def days_open(self) -> tuple[date, ...]:
        """Days the reader may write about now, newest first; none where they only read."""
        return self.given.schedule.days_to_write(clock.today()) if self.is_open else ()


def seen_by_member(
    readers: Mapping[UUID, Reader], assignments: Iterable[Given]
) -> list[SeenAssignment]:
    """Return what a partner may see of some assignments, in their order; those hidden left out.

    Args:
        readers: How the partner stands to each couple, by couple.
        assignments: Of these couples; asked for with two statements, whatever their number.
    """
    assignments = list(assignments)
    members = members_of_all({one.row.couple_id for one in assignments})
    entries = rows.entries_of(one.row.id for one in assignments)
    found = (
        _seen(
            readers[one.row.couple_id],
            one,
            entries.get(one.row.id, []),
            members[one.row.couple_id],
        )
        for one in assignments
    )
    return [seen for seen in found if seen is not None]


def find(actor: Actor, assignment_id: UUID) -> SeenAssignment:
    """Return an assignment as the actor may see it, through their own couples only.

    Raises:
        NotFound: if there is nothing of it that they may see.
    """
    readers = access.own_couples(actor)
    given = rows.given(Assignment.id == assignment_id, Assignment.couple_id.in_(list(readers)))
    found = seen_by_member(readers, given)
    if not found:
        raise NotFound
    return found[0]


def _seen(
    reader: Reader,
    one: Given,
    entries: list[HomeworkEntry],
    members: tuple[Member, ...],
) -> SeenAssignment | None:
    """Return what the reader may see of an assignment; None if that is nothing at all."""
    facts = facts_of_entries(one.row, entries, members)
    seen = access.in_plain_sight(reader, entries, facts)
    # Whoever has left the couple keeps their own words, and with them the page they stand on.
    if not access.may_see(reader, one.row.facts) and not seen:
        return None
    return SeenAssignment(reader, one, members, carers_in_words(reader.couple_id), seen, facts)
