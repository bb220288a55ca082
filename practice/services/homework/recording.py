"""Writing an entry: what a partner hands in, checked and kept."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.homework.blocks import JSON
from practice.domain.homework.definition import InvalidEntry, outcome_of
from practice.domain.homework.sharing import choices_for
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.models.homework import Assignment, HomeworkEntry
from practice.services import access, audit, clock
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.homework.seen_assignments import SeenAssignment, find
from practice.services.once import free_id

ENTRIES_A_DAY = 20
"""Entries one person may write in a day for one assignment: far beyond use, a bound on abuse."""


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
    seen = find(actor, assignment_id)
    couple_id = seen.reader.couple_id
    own = HomeworkEntry(couple_id=couple_id, author_id=actor.person_id, audience=audience)
    access.require_act(seen.reader, own.facts(all_done=False), Operation.WRITE)
    if not seen.is_open:
        raise NotFound
    row_id = free_id(
        HomeworkEntry,
        new_id,
        lambda known: (known.author_id, known.assignment_id) == (actor.person_id, assignment_id),
    )
    if row_id is None:
        return new_id
    _require_room(seen, actor)
    content = _content(seen, for_day, raw, audience)
    entry = HomeworkEntry(
        id=row_id,
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


def _require_room(seen: SeenAssignment, actor: Actor) -> None:
    if not seen.days_open:
        raise Refused(
            "This task has ended, rests, or has not begun yet, so nothing was saved. Your words "
            "are still below, for you to copy."
        )
    midnight = clock.beginning_of(clock.today())
    written = db.session.scalar(
        select(func.count())
        .select_from(HomeworkEntry)
        .where(
            HomeworkEntry.assignment_id == seen.given.row.id,
            HomeworkEntry.author_id == actor.person_id,
            HomeworkEntry.submitted_at >= midnight,
        )
    )
    if (written or 0) >= ENTRIES_A_DAY:
        raise Refused(
            f"You have written {ENTRIES_A_DAY} times for this today. There is room again tomorrow."
        )


def _content(
    seen: SeenAssignment, for_day: date, raw: Mapping[str, object], audience: Audience
) -> dict[str, JSON]:
    problems: dict[str, str] = {}
    row = seen.given.row
    if audience not in choices_for(row.given_to, row.audience):
        problems["audience"] = "Choose one of the readers in the list."
    if for_day not in seen.days_open:
        problems["for_day"] = "Choose one of the days in the list."
    content: dict[str, JSON] = {}
    try:
        content = seen.given.template.clean(raw, today=clock.today())
    except InvalidEntry as problem:
        problems |= problem.errors
    if problems:
        raise Invalid(problems)
    return content
