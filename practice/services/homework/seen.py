"""Entries of certain worksheets as one partner may see them, for what stands on other pages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from practice.domain.homework.definition import Template
from practice.domain.people import Actor, Reader
from practice.domain.visibility import Facts
from practice.models.homework import HomeworkEntry
from practice.services import access
from practice.services.homework import rows
from practice.services.homework.facts import facts_of_entries
from practice.services.homework.rows import Given
from practice.services.people import Member, members_of


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """One entry that its reader may see. Stays inside this package."""

    reader: Reader
    given: Given
    entry: HomeworkEntry
    facts: Facts
    members: tuple[Member, ...]

    @property
    def template(self) -> Template:
        return self.given.template

    def first_name(self, person_id: UUID) -> str:
        """Return what a member is called."""
        return next(one.first_name for one in self.members if one.person_id == person_id)


def seen_by_partner(
    actor: Actor,
    wanted: Callable[[Template], bool],
    *,
    readers: Mapping[UUID, Reader] | None = None,
    assignment_id: UUID | None = None,
) -> list[SeenEntry]:
    """Return the entries a partner may see on worksheets that are ``wanted``, newest first.

    Args:
        actor: Whose pages it is for; what they have locked away is not in it.
        wanted: Which worksheets.
        readers: In which of their couples; the present ones if not given.
        assignment_id: Of one task alone.
    """
    readers = access.present_couples(actor) if readers is None else readers
    if not readers:
        return []
    tasks = [
        one
        for one in rows.given_to_partner(actor.person_id, readers)
        if wanted(one.template) and assignment_id in (None, one.row.id)
    ]
    entries = rows.entries_of([one.row.id for one in tasks], content=True) if tasks else {}
    found: list[SeenEntry] = []
    for task in tasks:
        reader = readers[task.row.couple_id]
        found += seen_of(reader, task, entries.get(task.row.id, []))
    return sorted(found, key=_newest_first, reverse=True)


def seen_entry(
    actor: Actor,
    wanted: Callable[[Template], bool],
    entry_id: UUID,
    *,
    readers: Mapping[UUID, Reader] | None = None,
) -> SeenEntry | None:
    """Return one entry as ``seen_by_partner`` does; None where it is not among them."""
    assignment_id = rows.assignment_of(entry_id)
    if assignment_id is None:
        return None
    seen = seen_by_partner(actor, wanted, readers=readers, assignment_id=assignment_id)
    return next((one for one in seen if one.entry.id == entry_id), None)


def seen_of(reader: Reader, task: Given, entries: list[HomeworkEntry]) -> list[SeenEntry]:
    """Return the entries of one task that a reader may see, in their order."""
    members = members_of(reader.couple_id)
    facts = facts_of_entries(task.row, entries, members)
    return [
        SeenEntry(reader, task, entry, facts(entry), members)
        for entry in access.in_plain_sight(reader, entries, facts)
    ]


def _newest_first(one: SeenEntry) -> tuple[object, ...]:
    return (one.entry.submitted_at, one.entry.id.bytes)
