"""The homework of the caseload: what runs, and done of due; for many couples in one statement.

As ``caseload_figures``, it counts what a treating therapist may read and nothing else.
"""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    func,
    select,
)

from practice.db import db
from practice.domain.adherence import Adherence, Pause, Schedule, adherence_over
from practice.domain.attention import RunningTask
from practice.domain.homework.terms import GivenTo, Outcome
from practice.domain.visibility import Kind
from practice.models.homework import (
    Assignment,
    AssignmentPause,
    AssignmentReceiver,
    HomeworkEntry,
)
from practice.services import clock
from practice.services.caseload_figures import ByPerson, readable_audiences
from practice.services.homework.facts import schedule_of

_A_DAY = timedelta(days=1)


def running_tasks(chosen: Select[UUID], today: date) -> dict[ByPerson, list[RunningTask]]:
    """Return homework that can be done today, by couple and person, with its last entry."""
    latest = (
        select(func.max(HomeworkEntry.for_day))
        .where(
            HomeworkEntry.assignment_id == Assignment.id,
            HomeworkEntry.audience.in_(readable_audiences(Kind.HOMEWORK_ENTRY)),
            (HomeworkEntry.author_id == AssignmentReceiver.person_id)
            | (Assignment.given_to == GivenTo.TOGETHER),
        )
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Assignment.couple_id,
            AssignmentReceiver.person_id,
            Assignment.starts_on,
            latest,
            _rests(),
        )
        .join(AssignmentReceiver, AssignmentReceiver.assignment_id == Assignment.id)
        .where(
            Assignment.couple_id.in_(chosen),
            Assignment.retired_on.is_(None),
            Assignment.starts_on <= today,
            Assignment.due_on >= today,
        )
    )
    tasks: defaultdict[ByPerson, list[RunningTask]] = defaultdict(list)
    for couple_id, person_id, starts_on, last_day, rests in rows:
        begun = [pause for pause in _pauses(rests) if pause.first <= today]
        since = max([starts_on, *(one.last + _A_DAY for one in begun if one.last)])
        if since <= today and all(one.last for one in begun):
            # What rests waits for nobody, and begins anew when it is taken up again.
            tasks[couple_id, person_id].append(RunningTask(since, last_day))
    return tasks


def homework_of(
    couples: Select[UUID] | list[UUID], *, as_of: date | None = None
) -> dict[ByPerson, Adherence]:
    """Return homework done of due, by couple and person.

    Args:
        couples: Those of one page, or a statement that chooses them.
        as_of: The day as of which to count; None: today.
    """
    # Days are put together in the database: one row for each task and person, not for each entry.
    days = func.aggregate_strings(cast(HomeworkEntry.for_day, String), ",").label("days")
    terms = (
        Assignment.id,
        Assignment.couple_id,
        AssignmentReceiver.person_id,
        Assignment.frequency,
        Assignment.times_per_week,
        Assignment.starts_on,
        Assignment.due_on,
        Assignment.retired_on,
    )
    rows = db.session.execute(
        select(*terms, days, _rests().label("rests"))
        .join(AssignmentReceiver, AssignmentReceiver.assignment_id == Assignment.id)
        .outerjoin(
            HomeworkEntry,
            and_(
                HomeworkEntry.assignment_id == Assignment.id,
                HomeworkEntry.audience.in_(readable_audiences(Kind.HOMEWORK_ENTRY)),
                HomeworkEntry.outcome.in_(
                    [outcome for outcome in Outcome if outcome.counts_as_done]
                ),
                (HomeworkEntry.author_id == AssignmentReceiver.person_id)
                | (Assignment.given_to == GivenTo.TOGETHER),
            ),
        )
        .where(Assignment.couple_id.in_(couples))
        .group_by(*terms)
    )
    tasks: defaultdict[ByPerson, list[tuple[Schedule, list[date]]]] = defaultdict(list)
    for row in rows:
        done_on = [date.fromisoformat(day) for day in row.days.split(",")] if row.days else []
        schedule = schedule_of(row, _pauses(row.rests))
        tasks[row.couple_id, row.person_id].append((schedule, done_on))
    day = as_of or clock.today()
    return {key: adherence_over(found, day) for key, found in tasks.items()}


def _rests() -> ColumnElement[str]:
    """The pauses of an assignment as one text, so that they cost no statement of their own."""
    words = (
        cast(AssignmentPause.starts_on, String)
        + "/"
        + func.coalesce(cast(AssignmentPause.ends_on, String), "")
    )
    return (
        select(func.aggregate_strings(words, ","))
        .where(AssignmentPause.assignment_id == Assignment.id)
        .correlate(Assignment)
        .scalar_subquery()
    )


def _pauses(rests: str | None) -> tuple[Pause, ...]:
    """Return the pauses that ``_rests`` found."""
    found = []
    for words in rests.split(",") if rests else ():
        first, last = words.split("/")
        found.append(Pause(date.fromisoformat(first), date.fromisoformat(last) if last else None))
    return tuple(found)
