"""What becomes of homework that was given: resting, other words, another last day, an end.

The rule under which entries are written is the one thing that nobody changes.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.homework.terms import EndReason
from practice.domain.people import Actor
from practice.domain.texts import tidy
from practice.models.homework import Assignment, AssignmentPause, AssignmentVersion
from practice.services import access, audit, clock, drafts
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.homework.facts import is_running
from practice.services.homework.giving import (
    INSTRUCTIONS_LIMIT,
    MAX_DAYS,
    TOO_LONG,
    day_problems,
)
from practice.services.homework.values import EarlierTerms, Rest

WORDS_LIMIT = 1000
"""Characters of the therapist's own words on an end."""

_OVER = "It is not asked for any more. Carry it over, or give it anew."


def retire(
    *, actor: Actor, assignment_id: UUID, reason: EndReason | None = None, words: str = ""
) -> UUID:
    """Stop asking for an assignment from today on; what was written stays. Return its couple.

    Args:
        actor: Whoever treats the couple.
        assignment_id: Which one.
        reason: Why, for those who treat the couple alone; None where nobody says.
        words: The same in own words.

    Raises:
        NotFound: if there is no such assignment in the actor's care.
        Invalid: naming ``words``.
    """
    row = to_change(actor, assignment_id)
    if len(words) > WORDS_LIMIT:
        raise Invalid({"words": f"There is room for {WORDS_LIMIT:,} characters."})
    if row.retired_on is None:
        end(row, reason, tidy(words))
        audit.note_write(actor, row.couple_id, "assignment.retired")
    return row.couple_id


def end(row: Assignment, reason: EndReason | None, words: str = "") -> None:
    """End a running assignment today. For this package; authorise first."""
    row.retired_on = clock.today()
    row.end_reason = reason
    row.end_words = words
    drafts.drop_about(DraftKind.HOMEWORK, [row.id])
    db.session.flush()


def pause(
    *,
    actor: Actor,
    assignment_id: UUID,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> None:
    """Let an assignment rest; where it rests already, or will, that is changed.

    Args:
        actor: Whoever treats the couple.
        assignment_id: Which one.
        starts_on: First day of rest, today or later; None: today.
        ends_on: Last day; None: until it is taken up again.

    Raises:
        NotFound: if there is no such assignment in the actor's care.
        Refused: if it is not asked for any more.
        Invalid: naming ``rest_from`` or ``rest_until``.
    """
    row = to_change(actor, assignment_id)
    today = clock.today()
    if not is_running(row, today):
        raise Refused(_OVER)
    first = starts_on or today
    now = _unfinished(row, today)
    begun = now is not None and now.starts_on <= today
    problems = dict(_pause_problems(first, ends_on, may_begin_earlier=begun))
    if problems:
        raise Invalid(problems)
    if now is None:
        now = AssignmentPause(paused_by=actor.person_id, starts_on=first)
        row.pauses.append(now)
    elif not begun:
        now.starts_on = first
    # What rests already goes on resting from the day on which it began.
    now.ends_on = ends_on
    db.session.flush()
    audit.note_write(actor, row.couple_id, "assignment.paused")


def resume(*, actor: Actor, assignment_id: UUID) -> None:
    """Ask for a resting assignment again, from today on; a second time changes nothing.

    Raises:
        NotFound: if there is no such assignment in the actor's care.
    """
    row = to_change(actor, assignment_id)
    today = clock.today()
    now = _unfinished(row, today)
    if now is None:
        return
    if now.starts_on >= today:
        row.pauses.remove(now)
        db.session.delete(now)
    else:
        now.ends_on = today - timedelta(days=1)
    db.session.flush()
    audit.note_write(actor, row.couple_id, "assignment.resumed")


def change(*, actor: Actor, assignment_id: UUID, instructions: str, due_on: date) -> None:
    """Change the words above a running worksheet, or its last day; how it stood is kept.

    Whom it is for, how often, and above all the rule stay: those are for a new one.

    Args:
        actor: Whoever treats the couple.
        assignment_id: Which one.
        instructions: Own words for this couple.
        due_on: Last day; if it is another, today or later.

    Raises:
        NotFound: if there is no such assignment in the actor's care.
        Refused: if it is not asked for any more.
        Invalid: naming ``instructions`` or ``due_on``.
    """
    row = to_change(actor, assignment_id)
    if not is_running(row, clock.today()):
        raise Refused(_OVER)
    words = tidy(instructions)
    if (words, due_on) == (row.instructions, row.due_on):
        return
    problems = dict(day_problems(row.starts_on, due_on))
    if due_on != row.due_on and due_on < clock.today():
        problems["due_on"] = "Choose today or a later day; to stop asking for it, end it."
    if len(instructions) > INSTRUCTIONS_LIMIT:
        problems["instructions"] = TOO_LONG
    if problems:
        raise Invalid(problems)
    before = AssignmentVersion(assignment_id=row.id, due_on=row.due_on, changed_by=actor.person_id)
    before.instructions = row.instructions
    db.session.add(before)
    row.instructions, row.due_on = words, due_on
    db.session.flush()
    audit.note_write(actor, row.couple_id, "assignment.changed")


def rest_of(row: Assignment) -> Rest | None:
    """Return the pause of an assignment that is not over. For this package."""
    found = _unfinished(row, clock.today())
    return Rest(found.starts_on, found.ends_on) if found else None


def earlier_terms(assignment_id: UUID) -> tuple[EarlierTerms, ...]:
    """Return how an assignment stood before, newest first. For this package; authorise first."""
    rows = db.session.scalars(
        select(AssignmentVersion)
        .where(AssignmentVersion.assignment_id == assignment_id)
        .order_by(AssignmentVersion.changed_at.desc(), AssignmentVersion.id)
    )
    return tuple(EarlierTerms(row.instructions, row.due_on, row.changed_at) for row in rows)


def to_change(actor: Actor, assignment_id: UUID) -> Assignment:
    """Return an assignment whose row nobody else changes meanwhile. For this package.

    Raises:
        NotFound: if there is no such assignment in the actor's care.
    """
    row = db.session.get(Assignment, assignment_id)
    if row is None:
        raise NotFound
    access.require_writing(actor, row.facts)
    # The row itself and not the couple: who writes an entry at this moment has the row, too, and
    # then needs the couple's; the other way round the two would wait for each other.
    db.session.execute(select(Assignment.id).where(Assignment.id == row.id).with_for_update())
    db.session.refresh(row)
    return row


def _unfinished(row: Assignment, today: date) -> AssignmentPause | None:
    return next((one for one in row.pauses if one.ends_on is None or one.ends_on >= today), None)


def _pause_problems(
    first: date, last: date | None, *, may_begin_earlier: bool
) -> Iterator[tuple[str, str]]:
    today = clock.today()
    if first < today and not may_begin_earlier:
        yield "rest_from", "Choose today or a later day."
    if last is not None and last < max(first, today):
        yield "rest_until", "The last day of rest cannot lie before its first, or before today."
    furthest = today + timedelta(days=MAX_DAYS)
    for name, day in (("rest_from", first), ("rest_until", last)):
        if day is not None and day > furthest:
            yield name, "Choose a day within a year."
