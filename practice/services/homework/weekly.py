"""Homework by week, for charts and reports."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from practice.domain.adherence import Schedule, WeekDone, adherence_by_week
from practice.domain.homework.terms import GivenTo
from practice.domain.people import Reader
from practice.services import access, clock
from practice.services.homework import rows
from practice.services.homework.facts import facts_of_entries
from practice.services.people import Member


def weeks_of(reader: Reader, members: tuple[Member, ...]) -> dict[UUID, tuple[WeekDone, ...]]:
    """Return done of due by week for each member, over what ``reader`` may see. Authorise first.

    What somebody kept to themselves is not there; what was done together counts for each.

    Args:
        reader: Who looks at the couple.
        members: Everybody who is or was a member of it.
    """
    given, entries = rows.of_couple(reader.couple_id)
    tasks: defaultdict[UUID, list[tuple[Schedule, list[date]]]] = defaultdict(list)
    for one in given:
        written = entries.get(one.row.id, [])
        facts = facts_of_entries(one.row, written, members)
        done = [
            entry
            for entry in access.visible(reader, written, facts=facts)
            if entry.outcome.counts_as_done
        ]
        together = one.row.given_to is GivenTo.TOGETHER
        for person_id in one.receiver_ids:
            days = [entry.for_day for entry in done if together or entry.author_id == person_id]
            tasks[person_id].append((one.schedule, days))
    today = clock.today()
    return {person_id: adherence_by_week(found, today) for person_id, found in tasks.items()}
