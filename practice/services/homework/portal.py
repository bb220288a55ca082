"""A partner's own homework. What the others keep to themselves changes nothing here.

Everything below is counted over entries that the reader may see: their own, and what was opened
or shared. Nothing asks the database how many entries there are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.adherence import Occasion, due_occasions
from practice.domain.homework.blocks import JSON
from practice.domain.homework.definition import InvalidEntry, outcome_of
from practice.domain.homework.sharing import choices_for
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor, Reader, Standing
from practice.domain.visibility import Audience, Facts
from practice.models.homework import Assignment, HomeworkEntry
from practice.services import access, audit, clock
from practice.services.badges import carers_in_words, seen_by
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.homework import rows
from practice.services.homework.facts import facts_of_entries
from practice.services.homework.rows import Given
from practice.services.homework.values import (
    EntryLine,
    EntryView,
    PortalAssignment,
    PortalHomework,
    Task,
)
from practice.services.paging import paging
from practice.services.people import (
    Member,
    members_of,
    members_of_all,
)

ENTRIES_A_DAY = 20
"""Entries one person may write in a day for one assignment: far beyond use, a bound on abuse."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One assignment as one partner may see it."""

    reader: Reader
    given: Given
    members: tuple[Member, ...]
    therapist: str
    """What partners call whoever treats the couple."""

    seen: list[HomeworkEntry]
    """Entries the reader may see, newest first."""

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


@tells(JointFact.GIVEN_TO_ALL)
def portal_homework(*, actor: Actor) -> PortalHomework:
    """Return what is to do today and this week, what can wait, and what is over.

    Four statements, whatever the number of entries.
    """
    readers = access.present_couples(actor)
    assignments = rows.given_to_partner(actor.person_id, readers)
    members = members_of_all(readers)
    entries = rows.entries_of(one.row.id for one in assignments)
    sheets = [
        _sheet(
            readers[one.row.couple_id],
            one,
            entries.get(one.row.id, []),
            members[one.row.couple_id],
            carers_in_words(one.row.couple_id),
        )
        for one in assignments
    ]
    return _sorted([sheet for sheet in sheets if sheet is not None])


@tells(JointFact.GIVEN_TO_ALL)
def tasks_for_goal(*, actor: Actor, goal_id: UUID) -> tuple[Task, ...]:
    """Return what was given to the actor for one goal, newest first; nothing given to others."""
    readers = access.present_couples(actor)
    assignments = rows.given(
        Assignment.couple_id.in_(list(readers)),
        Assignment.goal_id == goal_id,
        rows.received_by(actor.person_id),
    )
    members = members_of_all(readers)
    entries = rows.entries_of(one.row.id for one in assignments)
    sheets = (
        _sheet(
            readers[one.row.couple_id],
            one,
            entries.get(one.row.id, []),
            members[one.row.couple_id],
            carers_in_words(one.row.couple_id),
        )
        for one in assignments
    )
    return tuple(_task(sheet) for sheet in sheets if sheet is not None)


@tells(JointFact.GIVEN_TO_ALL, JointFact.HAS_OPENED)
def portal_assignment(*, actor: Actor, assignment_id: UUID, page: int = 1) -> PortalAssignment:
    """Return one worksheet with the entries the actor may read.

    Raises:
        NotFound: if it was not given to the actor, or it is none of theirs any more and they
            wrote nothing for it.
    """
    return _page_of(_find(actor, assignment_id), page)


def as_receiver(
    reader: Reader, given: Given, members: tuple[Member, ...], therapist: str
) -> PortalAssignment:
    """Return an assignment that nobody was given yet, as one of its receivers would find it."""
    return _page_of(_Sheet(reader, given, members, therapist, [], _never), 1)


def _never(entry: HomeworkEntry) -> Facts:
    return entry.facts(all_done=False)


def _page_of(sheet: _Sheet, page: int) -> PortalAssignment:
    row = sheet.given.row
    pages = paging(len(sheet.seen), page, rows.ENTRIES_A_PAGE)
    return PortalAssignment(
        task=_task(sheet),
        couple_id=row.couple_id,
        worksheet=sheet.given.template,
        instructions=row.instructions if sheet.is_open else "",
        goal_title=sheet.given.goal.title if sheet.given.goal and sheet.is_open else "",
        choices=choices_for(row.given_to, row.audience),
        preset=choices_for(row.given_to, row.audience)[0],
        days=_days_open(sheet, clock.today()),
        lines=tuple(sheet.line(entry) for entry in sheet.seen[pages.part]),
        number=pages.number,
        count=pages.count,
    )


@tells(JointFact.GIVEN_TO_ALL, JointFact.HAS_OPENED)
def portal_entry(*, actor: Actor, entry_id: UUID) -> tuple[Task, EntryView]:
    """Return one entry that the actor may read, with the task it belongs to.

    Raises:
        NotFound: if there is none such; a hidden one looks the same.
    """
    assignment_id = db.session.scalar(
        select(HomeworkEntry.assignment_id).where(HomeworkEntry.id == entry_id)
    )
    if assignment_id is None:
        raise NotFound
    sheet = _find(actor, assignment_id)
    entry = next((entry for entry in sheet.seen if entry.id == entry_id), None)
    if entry is None:
        raise NotFound
    return _task(sheet), EntryView(sheet.line(entry), sheet.given.template.summary(entry.content))


def record_entry(
    *,
    actor: Actor,
    assignment_id: UUID,
    new_id: UUID,
    for_day: date,
    raw: Mapping[str, object],
    audience: Audience,
) -> UUID:
    """Keep what the actor wrote; return the id of the entry.

    Args:
        actor: A present member the assignment was given to.
        assignment_id: Which assignment.
        new_id: Id of the new entry; a second call with the same id changes nothing.
        for_day: The day it is about: today or yesterday, within the task.
        raw: Answers by block key, as the form hands them over.
        audience: The assignment's rule, or narrower.

    Raises:
        NotFound: if the assignment is not there for the actor to do.
        Refused: if nothing more can be written for it now.
        Invalid: by block key, or naming ``audience`` or ``for_day``.
    """
    # Locked first: two sends of one form, and the count below, must see each other.
    db.session.scalar(select(Assignment.id).where(Assignment.id == assignment_id).with_for_update())
    sheet = _find(actor, assignment_id)
    couple_id = sheet.reader.couple_id
    own = HomeworkEntry(couple_id=couple_id, author_id=actor.person_id, audience=audience)
    access.require_act(sheet.reader, own.facts(all_done=False), Operation.WRITE)
    if not sheet.is_open:
        raise NotFound
    known = db.session.get(HomeworkEntry, new_id)
    if known is not None:
        if (known.author_id, known.assignment_id) == (actor.person_id, assignment_id):
            return known.id
        new_id = uuid4()  # somebody else's id looks like a free one: it tells nothing of its row
    _require_room(sheet, actor)
    content = _content(sheet, for_day, raw, audience)
    entry = HomeworkEntry(
        id=new_id,
        assignment_id=assignment_id,
        couple_id=couple_id,
        author_id=actor.person_id,
        for_day=for_day,
        outcome=outcome_of(content),
        audience=audience,
    )
    entry.content = content
    db.session.add(entry)
    db.session.flush()
    audit.note_write(actor, couple_id, "homework_entry.written")
    return entry.id


def _require_room(sheet: _Sheet, actor: Actor) -> None:
    if not _days_open(sheet, clock.today()):
        raise Refused(
            "This task has ended, rests, or has not begun yet, so nothing was saved. Your words "
            "are still below, for you to copy."
        )
    midnight = clock.beginning_of(clock.today())
    written = db.session.scalar(
        select(func.count())
        .select_from(HomeworkEntry)
        .where(
            HomeworkEntry.assignment_id == sheet.given.row.id,
            HomeworkEntry.author_id == actor.person_id,
            HomeworkEntry.submitted_at >= midnight,
        )
    )
    if (written or 0) >= ENTRIES_A_DAY:
        raise Refused(
            f"You have written {ENTRIES_A_DAY} times for this today. There is room again tomorrow."
        )


def _content(
    sheet: _Sheet, for_day: date, raw: Mapping[str, object], audience: Audience
) -> dict[str, JSON]:
    problems: dict[str, str] = {}
    row = sheet.given.row
    if audience not in choices_for(row.given_to, row.audience):
        problems["audience"] = "Choose one of the readers in the list."
    if for_day not in _days_open(sheet, clock.today()):
        problems["for_day"] = "Choose one of the days in the list."
    content: dict[str, JSON] = {}
    try:
        content = sheet.given.template.clean(raw, today=clock.today())
    except InvalidEntry as problem:
        problems |= problem.errors
    if problems:
        raise Invalid(problems)
    return content


def _find(actor: Actor, assignment_id: UUID) -> _Sheet:
    """Return an assignment as the actor may see it, through their own couples only."""
    readers = access.own_couples(actor)
    found = rows.given(Assignment.id == assignment_id, Assignment.couple_id.in_(list(readers)))
    if not found:
        raise NotFound
    couple_id = found[0].row.couple_id
    entries = rows.entries_of([assignment_id]).get(assignment_id, [])
    sheet = _sheet(
        readers[couple_id], found[0], entries, members_of(couple_id), carers_in_words(couple_id)
    )
    if sheet is None:
        raise NotFound
    return sheet


def _sheet(
    reader: Reader,
    one: Given,
    entries: list[HomeworkEntry],
    members: tuple[Member, ...],
    therapist: str,
) -> _Sheet | None:
    """Return what the reader may see of an assignment; None if that is nothing at all."""
    facts = facts_of_entries(one.row, entries, members)
    seen = access.in_plain_sight(reader, entries, facts)
    # Whoever has left the couple keeps their own words, and with them the page they stand on.
    if not access.may_see(reader, one.row.facts) and not seen:
        return None
    return _Sheet(reader, one, members, therapist, seen, facts)


def _task(sheet: _Sheet) -> Task:
    row, template = sheet.given.row, sheet.given.template
    reader, today = sheet.reader, clock.today()
    rests = sheet.is_open and sheet.given.rests_on(today)
    occasion = None if rests else _occasion(sheet, today)
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
        is_retired=row.retired_on is not None or not sheet.is_open,
        audience=row.audience,
        badge=seen_by(reader, row.facts),
        therapist=sheet.therapist,
        others=_others(sheet),
        asked=occasion.asked if occasion else 0,
        done=_done(sheet, occasion) if occasion else 0,
        rests=rests,
        rests_until=_rests_until(sheet, today) if rests else None,
        days_written=len({e.for_day for e in sheet.seen if e.author_id == reader.person_id}),
    )


def _rests_until(sheet: _Sheet, today: date) -> date | None:
    """Return the last day of the pause that ``today`` lies in; None where it has none."""
    ends = [pause.last for pause in sheet.given.schedule.pauses if pause.covers(today)]
    known = [day for day in ends if day is not None]
    return max(known) if len(known) == len(ends) else None


def _others(sheet: _Sheet) -> tuple[str, ...]:
    """Name who else it was given to; to somebody who has left, whoever is there still or not."""
    others = sheet.given.receiver_ids - {sheet.reader.person_id}
    has_left = sheet.reader.standing is not Standing.MEMBER
    return tuple(
        member.first_name
        for member in sheet.members
        if (member.is_current or has_left) and member.person_id in others
    )


def _occasion(sheet: _Sheet, today: date) -> Occasion | None:
    """Return the day or week that is running for this task, if one is."""
    if not sheet.is_open or sheet.given.row.retired_on is not None:
        return None
    occasions = due_occasions(sheet.given.schedule, today)
    return occasions[-1] if occasions and occasions[-1].last == today else None


def _done(sheet: _Sheet, occasion: Occasion) -> int:
    """Count the days done in an occasion; a daily "not this time" is an answer for the day."""
    row = sheet.given.row
    together = row.given_to is GivenTo.TOGETHER
    days = {
        entry.for_day
        for entry in sheet.seen
        if (together or entry.author_id == sheet.reader.person_id)
        and occasion.first <= entry.for_day <= occasion.last
        and (entry.outcome.counts_as_done or row.frequency is Frequency.DAILY)
    }
    return min(len(days), occasion.asked)


def _days_open(sheet: _Sheet, today: date) -> tuple[date, ...]:
    """Return the days one may write about now, newest first."""
    row = sheet.given.row
    schedule = sheet.given.schedule
    if not sheet.is_open or row.retired_on is not None or row.starts_on > today:
        return ()
    if schedule.rests_on(today):
        return ()
    if row.frequency is Frequency.ONCE:
        return (today,)
    days = (today, today - timedelta(days=1))
    return tuple(
        day for day in days if row.starts_on <= day <= row.due_on and not schedule.rests_on(day)
    )


def _sorted(sheets: list[_Sheet]) -> PortalHomework:
    today = clock.today()
    now: list[Task] = []
    later: list[Task] = []
    earlier: list[Task] = []
    for sheet in sheets:
        task = _task(sheet)
        if not sheet.given.is_running(today) or (task.is_once and task.done):
            earlier.append(task)
        elif task.done < task.asked:
            now.append(task)
        else:
            later.append(task)
    now.sort(key=lambda task: (task.due_on, task.title))
    return PortalHomework(tuple(now), tuple(later), tuple(earlier))
