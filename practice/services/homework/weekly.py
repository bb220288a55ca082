"""Homework by week and by person: for charts, for reports, and for the therapist's own page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from practice.domain.adherence import (
    Schedule,
    WeekDone,
    adherence_by_week,
    monday_of,
)
from practice.domain.homework.effort import (
    CAUTION,
    Effort,
    Ran,
    alone_in_words,
    effort,
    given_in_words,
    in_words,
)
from practice.domain.homework.terms import GivenTo
from practice.domain.people import Actor, Reader
from practice.services import access, clock
from practice.services.homework import rows
from practice.services.homework.facts import facts_of_entries
from practice.services.homework.rows import Given
from practice.services.people import Member, each_once, members_of

WEEKS_SHOWN = 12
"""Rows of the list of weeks, the newest among them."""


@dataclass(frozen=True, slots=True)
class WeekCell:
    """What one member did of one week's homework."""

    done: int
    due: int
    """0 where nothing was due and something was done all the same."""

    days: int
    """Different days on which something was done."""


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week from its Monday on, with a cell for each member; None: nothing was due or done."""

    monday: date
    cells: tuple[WeekCell | None, ...]


@dataclass(frozen=True, slots=True)
class MemberWeeks:
    """One member over the weeks that are shown."""

    member: Member
    done: int
    due: int
    days: int
    effort: Effort


@dataclass(frozen=True, slots=True)
class CoupleWeeks:
    """Homework of a couple side by side, for whoever treats it and for nobody else.

    What somebody kept to themselves is not in it.
    """

    people: tuple[MemberWeeks, ...]
    weeks: tuple[WeekRow, ...]
    """Oldest first, without a gap between the first and the last."""

    effort: str
    """Minutes of each in words; empty where nothing was done."""

    given: str
    """How many tasks each had, in words."""

    alone: str
    """Who did all of it, where it was not everybody."""

    caution: str = CAUTION


def weeks_of(reader: Reader, members: tuple[Member, ...]) -> dict[UUID, tuple[WeekDone, ...]]:
    """Return done of due by week for each member, over what ``reader`` may see. Authorise first.

    What somebody kept to themselves is not there; what was done together counts for each.

    Args:
        reader: Who looks at the couple.
        members: Everybody who is or was a member of it.
    """
    today = clock.today()
    found = _tasks_of(reader, members)
    return {
        person_id: adherence_by_week([(one.schedule, days) for one, days in tasks], today)
        for person_id, tasks in found.items()
    }


def couple_weeks(*, actor: Actor, couple_id: UUID) -> CoupleWeeks:
    """Return homework by week for each present member side by side.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    everybody = members_of(couple_id)
    tasks = _tasks_of(reader, everybody)
    members = [one for one in each_once(everybody) if one.is_current]
    mondays = _mondays(clock.today())
    cells = {one.person_id: _cells(tasks.get(one.person_id, []), mondays) for one in members}
    weeks = [
        WeekRow(day, tuple(cells[one.person_id].get(day) for one in members)) for day in mondays
    ]
    while weeks and not any(weeks[0].cells):
        del weeks[0]
    people = tuple(_member(one, tasks.get(one.person_id, []), cells) for one in members)
    named = [(one.member.first_name, one.effort) for one in people]
    is_any = any(one.effort.minutes for one in people)
    return CoupleWeeks(
        people=people,
        weeks=tuple(weeks),
        effort=in_words(named) if is_any else "",
        given=given_in_words(named),
        alone=alone_in_words(named),
    )


_Tasks = list[tuple[Given, list[date]]]
"""What was given to one member, each with the days on which it was done."""


def _tasks_of(reader: Reader, members: tuple[Member, ...]) -> dict[UUID, _Tasks]:
    given, entries = rows.of_couple(reader.couple_id)
    tasks: defaultdict[UUID, _Tasks] = defaultdict(list)
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
            tasks[person_id].append((one, days))
    return dict(tasks)


def _mondays(today: date) -> list[date]:
    this_week = monday_of(today)
    return [this_week - timedelta(weeks=back) for back in reversed(range(WEEKS_SHOWN))]


def _cells(tasks: _Tasks, mondays: list[date]) -> dict[date, WeekCell]:
    schedules: list[tuple[Schedule, list[date]]] = [(one.schedule, days) for one, days in tasks]
    due = {week.monday: week for week in adherence_by_week(schedules, clock.today())}
    active: defaultdict[date, set[date]] = defaultdict(set)
    for _, days in tasks:
        for day in days:
            active[monday_of(day)].add(day)
    found = {}
    for monday in mondays:
        week = due.get(monday)
        if week or active[monday]:
            found[monday] = WeekCell(
                week.done if week else 0, week.due if week else 0, len(active[monday])
            )
    return found


def _member(member: Member, tasks: _Tasks, cells: dict[UUID, dict[date, WeekCell]]) -> MemberWeeks:
    shown = cells[member.person_id].values()
    ran = [
        Ran(
            one.template.minutes,
            one.row.starts_on,
            one.row.retired_on or one.row.due_on,
            tuple(days),
            one.schedule.pauses,
        )
        for one, days in tasks
    ]
    return MemberWeeks(
        member=member,
        done=sum(cell.done for cell in shown),
        due=sum(cell.due for cell in shown),
        days=sum(cell.days for cell in shown),
        effort=effort(ran, clock.today()),
    )
