"""How each member saw what they did together: apart from the entry, and never for the others.

Of what was given to each of them the closing questions of their own entries ask the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.homework.review import LONGEST_WORDS, View, as_stored, from_stored
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor, Reader, Standing
from practice.domain.visibility import Audience
from practice.models.homework import Assignment, HomeworkView
from practice.services import access, audit, clock
from practice.services.badges import seen_by
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid, NotFound
from practice.services.homework.facts import schedule_of
from practice.services.homework.portal import portal_assignment
from practice.services.homework.values import Task, ViewLine
from practice.services.once import free_id
from practice.services.people import Member

AUDIENCES = (Audience.PRIVATE, Audience.THERAPIST)
"""Whom a view can be for, the narrowest first, which is preset."""

DAYS_OFFERED = 7
"""Days one can choose from, the newest; what lies longer back is better told in the session."""


@dataclass(frozen=True, slots=True)
class ViewPage:
    """What the form of a member's own view needs."""

    task: Task
    couple_id: UUID
    days: tuple[date, ...]
    """Days one may speak of now, newest first; those spoken of already are not among them."""

    own: tuple[ViewLine, ...]
    """What they said before, newest first; nothing that is locked away."""


@tells(JointFact.GIVEN_TO_ALL)
def view_page(*, actor: Actor, assignment_id: UUID) -> ViewPage:
    """Return one task done together with what the actor said of it.

    Raises:
        NotFound: if there is no such task of the actor's, or it is not one to do together.
    """
    sheet = portal_assignment(actor=actor, assignment_id=assignment_id)
    if not sheet.task.is_together:
        raise NotFound
    row = db.session.get_one(Assignment, assignment_id)
    own = _own(actor, row)
    said = {line.for_day for line in own}
    written = {line.for_day for line in sheet.lines}
    days = {*_latest(row), *written} - said if _may_speak(actor, row) else set()
    return ViewPage(
        task=sheet.task,
        couple_id=row.couple_id,
        days=tuple(sorted(days, reverse=True)[:DAYS_OFFERED]),
        own=own,
    )


def say_how_it_was(
    *,
    actor: Actor,
    assignment_id: UUID,
    new_id: UUID,
    for_day: date,
    view: View,
    audience: Audience,
) -> UUID:
    """Keep how the actor saw one day of a task done together; return the id of it.

    Args:
        actor: A present member to whom the task was given.
        assignment_id: Which task.
        new_id: Id of the new view; a second call with the same id changes nothing.
        for_day: The day it is about: within the task, not in the future.
        view: What is said; at least one thing.
        audience: For the author alone, or for the therapist too.

    Raises:
        NotFound: if there is no such task for the actor to do.
        Invalid: naming ``for_day``, ``audience``, ``words`` or ``view``.
    """
    page = view_page(actor=actor, assignment_id=assignment_id)
    access.hold(page.couple_id)
    row = db.session.get_one(Assignment, assignment_id)
    if not _may_speak(actor, row):
        raise NotFound
    row_id = free_id(
        HomeworkView,
        new_id,
        lambda known: (known.author_id, known.assignment_id) == (actor.person_id, assignment_id),
    )
    if row_id is None:
        return new_id
    words = clean_text(view.words, "words", LONGEST_WORDS)
    said = View(view.quality, view.difficulty, view.helpfulness, view.barrier, words)
    problems = {**_problems(actor, row, for_day, audience)}
    if schedule_of(row).rests_on(for_day) and for_day not in page.days:
        problems.setdefault("for_day", "It rested on that day, so there is nothing to say of it.")
    if said.is_empty:
        problems["view"] = "Say at least one thing; leave out whatever you like."
    if problems:
        raise Invalid(problems)
    found = HomeworkView(
        id=row_id,
        assignment_id=assignment_id,
        couple_id=row.couple_id,
        author_id=actor.person_id,
        for_day=for_day,
        audience=audience,
    )
    found.content = as_stored(said)
    access.require_act(access.own_couples(actor)[row.couple_id], found.facts, Operation.WRITE)
    db.session.add(found)
    db.session.flush()
    audit.note_write(actor, row.couple_id, "homework_view.written")
    return found.id


def views_of(
    reader: Reader, assignment_ids: Iterable[UUID], members: Iterable[Member]
) -> dict[UUID, tuple[ViewLine, ...]]:
    """Return the views that ``reader`` may see, by task, newest day first. Authorise first."""
    by_id = {member.person_id: member for member in members}
    rows = db.session.scalars(
        select(HomeworkView)
        .where(HomeworkView.assignment_id.in_(list(assignment_ids)))
        .order_by(HomeworkView.for_day.desc(), HomeworkView.said_at, HomeworkView.id)
    )
    found: dict[UUID, tuple[ViewLine, ...]] = {}
    for row in access.visible(reader, rows):
        line = _line(reader, row, by_id.get(row.author_id))
        found[row.assignment_id] = (*found.get(row.assignment_id, ()), line)
    return found


def _own(actor: Actor, row: Assignment) -> tuple[ViewLine, ...]:
    reader = access.own_couples(actor)[row.couple_id]
    found = db.session.scalars(
        select(HomeworkView)
        .where(
            HomeworkView.assignment_id == row.id,
            HomeworkView.author_id == actor.person_id,
            HomeworkView.locked_at.is_(None),
        )
        .order_by(HomeworkView.for_day.desc(), HomeworkView.id)
    )
    return tuple(_line(reader, one, None) for one in access.visible(reader, found))


def _line(reader: Reader, row: HomeworkView, member: Member | None) -> ViewLine:
    return ViewLine(
        row.id, member, row.for_day, from_stored(row.content), seen_by(reader, row.facts)
    )


def _may_speak(actor: Actor, row: Assignment) -> bool:
    reader = access.own_couples(actor)[row.couple_id]
    given = row.given_to is GivenTo.TOGETHER and actor.person_id in row.facts.concerns
    return given and reader.standing is Standing.MEMBER


def _latest(row: Assignment) -> tuple[date, ...]:
    """Return today and yesterday, as far as they belong to the task and it does not rest."""
    today, schedule = clock.today(), schedule_of(row)
    days = (today, today - timedelta(days=1))
    return tuple(day for day in days if _belongs(row, day) and not schedule.rests_on(day))


def _belongs(row: Assignment, day: date) -> bool:
    last = clock.today() if row.frequency is Frequency.ONCE else min(row.due_on, clock.today())
    return row.starts_on <= day <= last


def _problems(actor: Actor, row: Assignment, day: date, audience: Audience) -> dict[str, str]:
    found = {}
    if audience not in AUDIENCES:
        found["audience"] = "Choose one of the readers in the list."
    if not _belongs(row, day):
        found["for_day"] = "Choose a day of this task."
    elif any(line.for_day == day for line in _own(actor, row)):
        found["for_day"] = "You have said how that day was. It stands below."
    return found
