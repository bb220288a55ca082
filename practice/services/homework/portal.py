"""A partner's own homework. What the others keep to themselves changes nothing here.

Everything below is counted over entries that the reader may see: their own, and what was opened
or shared. Nothing asks the database how many entries there are.
"""

from datetime import date
from uuid import UUID

from practice.domain.adherence import Occasion, running_occasion
from practice.domain.homework.sharing import choices_for
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor, Reader, Standing
from practice.domain.visibility import Facts
from practice.models.homework import HomeworkEntry
from practice.services import access, clock
from practice.services.badges import seen_by
from practice.services.errors import NotFound
from practice.services.homework import rows
from practice.services.homework.rows import Given
from practice.services.homework.seen_assignments import SeenAssignment, find, seen_by_member
from practice.services.homework.values import (
    EntryView,
    PortalAssignment,
    PortalHomework,
    Task,
)
from practice.services.paging import paging
from practice.services.people import Member


@tells(JointFact.GIVEN_TO_ALL)
def portal_homework(*, actor: Actor) -> PortalHomework:
    """Return what is to do today and this week, what can wait, and what is over.

    Four statements, whatever the number of entries.
    """
    readers = access.present_couples(actor)
    return _sorted(seen_by_member(readers, rows.given_to_partner(actor.person_id, readers)))


@tells(JointFact.GIVEN_TO_ALL)
def tasks_for_goal(*, actor: Actor, goal_id: UUID) -> tuple[Task, ...]:
    """Return what was given to the actor for one goal, newest first; nothing given to others."""
    readers = access.present_couples(actor)
    given = rows.given_to_partner(actor.person_id, readers)
    found = seen_by_member(readers, [one for one in given if one.row.goal_id == goal_id])
    return tuple(_task(seen) for seen in found)


@tells(JointFact.GIVEN_TO_ALL, JointFact.HAS_OPENED)
def portal_assignment(*, actor: Actor, assignment_id: UUID, page: int = 1) -> PortalAssignment:
    """Return one worksheet with the entries the actor may read.

    Raises:
        NotFound: if it was not given to the actor, or it is none of theirs any more and they
            wrote nothing for it.
    """
    return _page_of(find(actor, assignment_id), page)


def as_receiver(
    reader: Reader, given: Given, members: tuple[Member, ...], therapist: str
) -> PortalAssignment:
    """Return an assignment that nobody was given yet, as one of its receivers would find it."""
    return _page_of(SeenAssignment(reader, given, members, therapist, [], _never), 1)


def _never(entry: HomeworkEntry) -> Facts:
    return entry.facts(all_done=False)


def _page_of(seen: SeenAssignment, page: int) -> PortalAssignment:
    row = seen.given.row
    pages = paging(len(seen.entries), page, rows.ENTRIES_A_PAGE)
    return PortalAssignment(
        task=_task(seen),
        couple_id=row.couple_id,
        worksheet=seen.given.template,
        instructions=row.instructions if seen.is_open else "",
        goal_title=seen.given.goal.title if seen.given.goal and seen.is_open else "",
        choices=choices_for(row.given_to, row.audience),
        preset=choices_for(row.given_to, row.audience)[0],
        days=seen.days_open,
        lines=tuple(seen.line(entry) for entry in seen.entries[pages.part]),
        number=pages.number,
        count=pages.count,
    )


@tells(JointFact.GIVEN_TO_ALL, JointFact.HAS_OPENED)
def portal_entry(*, actor: Actor, entry_id: UUID) -> tuple[Task, EntryView]:
    """Return one entry that the actor may read, with the task it belongs to.

    Raises:
        NotFound: if there is none such; a hidden one looks the same.
    """
    assignment_id = rows.assignment_of(entry_id)
    if assignment_id is None:
        raise NotFound
    seen = find(actor, assignment_id)
    entry = next((entry for entry in seen.entries if entry.id == entry_id), None)
    if entry is None:
        raise NotFound
    return _task(seen), EntryView(seen.line(entry), seen.given.template.summary(entry.content))


def _task(seen: SeenAssignment) -> Task:
    row, template = seen.given.row, seen.given.template
    reader, today = seen.reader, clock.today()
    rests = seen.is_open and seen.given.rests_on(today)
    occasion = None if rests else _occasion(seen, today)
    return Task(
        id=row.id,
        title=template.title,
        purpose=template.purpose,
        minutes=template.minutes,
        how_often=rows.how_often(row),
        is_together=row.given_to is GivenTo.TOGETHER,
        is_once=row.frequency is Frequency.ONCE,
        starts_on=row.starts_on,
        due_on=row.due_on,
        is_retired=row.retired_on is not None or not seen.is_open,
        audience=row.audience,
        badge=seen_by(reader, row.facts),
        therapist=seen.therapist,
        others=_others(seen),
        asked=occasion.asked if occasion else 0,
        done=_done(seen, occasion) if occasion else 0,
        rests=rests,
        rests_until=seen.given.schedule.rest_ends(today) if rests else None,
        days_written=len({e.for_day for e in seen.entries if e.author_id == reader.person_id}),
    )


def _others(seen: SeenAssignment) -> tuple[str, ...]:
    """Name who else it was given to; to somebody who has left, whoever is there still or not."""
    others = seen.given.receiver_ids - {seen.reader.person_id}
    has_left = seen.reader.standing is not Standing.MEMBER
    return tuple(
        member.first_name
        for member in seen.members
        if (member.is_current or has_left) and member.person_id in others
    )


def _occasion(seen: SeenAssignment, today: date) -> Occasion | None:
    """Return the day or week that is running for this task, if one is."""
    return running_occasion(seen.given.schedule, today) if seen.is_open else None


def _done(seen: SeenAssignment, occasion: Occasion) -> int:
    """Count the days done in an occasion; a daily "not this time" is an answer for the day."""
    row = seen.given.row
    together = row.given_to is GivenTo.TOGETHER
    days = {
        entry.for_day
        for entry in seen.entries
        if (together or entry.author_id == seen.reader.person_id)
        and occasion.first <= entry.for_day <= occasion.last
        and (entry.outcome.counts_as_done or row.frequency is Frequency.DAILY)
    }
    return min(len(days), occasion.asked)


def _sorted(found: list[SeenAssignment]) -> PortalHomework:
    today = clock.today()
    now: list[Task] = []
    later: list[Task] = []
    earlier: list[Task] = []
    for seen in found:
        task = _task(seen)
        if not seen.given.is_running(today) or (task.is_once and task.done):
            earlier.append(task)
        elif task.done < task.asked:
            now.append(task)
        else:
            later.append(task)
    now.sort(key=lambda task: (task.due_on, task.title))
    return PortalHomework(tuple(now), tuple(later), tuple(earlier))
