"""Giving a worksheet to a couple."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.homework.sharing import rules_for
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.people import Actor, Reader
from practice.domain.texts import tidy
from practice.domain.visibility import Audience
from practice.models.goals import Goal
from practice.models.homework import Assignment, AssignmentReceiver
from practice.services import access, audit
from practice.services.errors import Invalid, NotFound
from practice.services.homework.templates import all_given, ensure_kept
from practice.services.people import Member, current_members, members_of, title_of

MAX_DAYS = 366
"""Longest run of one assignment, in days; what goes on longer is given anew."""

INSTRUCTIONS_LIMIT = 4000
"""Characters of the therapist's own words."""

TOO_LONG = f"There is room for {INSTRUCTIONS_LIMIT:,} characters."


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is given: which worksheet, how, how often, from when until when, under which rule."""

    template_key: str
    given_to: GivenTo
    frequency: Frequency
    times_per_week: int
    starts_on: date
    due_on: date
    audience: Audience
    instructions: str = ""
    goal_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class GivingChoices:
    """What the form for giving a worksheet offers."""

    couple_name: str
    members: tuple[Member, ...]
    """Present members."""

    goals: tuple[tuple[UUID, str], ...]
    """Open goals with their titles; a member's own goal says whose it is."""


def giving_choices(*, actor: Actor, couple_id: UUID) -> GivingChoices:
    """Return whom a worksheet may be given to and which goals it may serve.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    everybody = members_of(couple_id)
    names = {member.person_id: member.first_name for member in everybody}
    rows = db.session.scalars(
        select(Goal)
        .where(Goal.couple_id == couple_id, Goal.closed_on.is_(None))
        .order_by(Goal.created_at, Goal.id)
    )
    goals = [
        (goal.id, f"{goal.title} ({names[goal.person_id]}’s own)" if goal.person_id else goal.title)
        for goal in access.visible(reader, rows)
    ]
    members = tuple(member for member in everybody if member.is_current)
    return GivingChoices(title_of(everybody), members, tuple(goals))


def assign(
    *,
    actor: Actor,
    couple_id: UUID,
    new_id: UUID,
    template_key: str,
    given_to: GivenTo,
    person_id: UUID | None = None,
    person_ids: Collection[UUID] | None = None,
    frequency: Frequency,
    times_per_week: int = 1,
    starts_on: date,
    due_on: date,
    audience: Audience,
    instructions: str = "",
    goal_id: UUID | None = None,
) -> UUID:
    """Give a worksheet of the library to one member, to each, or to several together.

    Args:
        actor: The treating therapist.
        couple_id: Of which couple.
        new_id: Id of the new assignment; a second call with the same id changes nothing.
        template_key: Key in the library.
        given_to: To whom of the couple; the receivers are the present members.
        person_id: The one member, for ``GivenTo.ONE`` alone.
        person_ids: Of a couple of three or more, the two or more who do it each or together; None:
            all. For those left out it does not exist.
        frequency: How often it is asked for.
        times_per_week: 1 to 7; read only for ``SEVERAL_TIMES_A_WEEK``.
        starts_on: First day.
        due_on: Last day; for something done once the day it is due.
        audience: The rule under which entries are written.
        instructions: Own words for this couple.
        goal_id: The goal it serves; an open one, joint or of the one member.

    Returns:
        The id of the assignment.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming the fields that need another look.
    """
    reader = access.require_treating(actor, couple_id)
    access.hold(couple_id)
    known = db.session.get(Assignment, new_id)
    if known is not None:
        if known.couple_id != couple_id:
            raise NotFound
        return known.id
    receivers = _receivers(couple_id, given_to, person_id, person_ids)
    terms = Terms(
        template_key=template_key,
        given_to=given_to,
        frequency=frequency,
        times_per_week=times_per_week,
        starts_on=starts_on,
        due_on=due_on,
        audience=audience,
        instructions=instructions,
        goal_id=goal_id,
    )
    row = store(actor, reader, new_id, terms, receivers)
    audit.note_write(actor, couple_id, "assignment.given")
    return row.id


def store(
    actor: Actor, reader: Reader, new_id: UUID, terms: Terms, receivers: Collection[UUID]
) -> Assignment:
    """Store a new assignment. For this package; authorise and hold the couple first.

    Raises:
        Invalid: naming the fields that need another look.
    """
    problems = dict(_problems(terms, receivers))
    if len(terms.instructions) > INSTRUCTIONS_LIMIT:
        problems["instructions"] = TOO_LONG
    if not serves(terms.goal_id, reader.couple_id, terms.given_to, receivers):
        problems["goal_id"] = "Choose a joint goal, or the own goal of whoever does this alone."
    if problems:
        raise Invalid(problems)
    assignment = Assignment(
        id=new_id,
        couple_id=reader.couple_id,
        template_key=terms.template_key,
        template_version=ensure_kept(all_given()[terms.template_key]),
        given_by=actor.person_id,
        given_to=terms.given_to,
        frequency=terms.frequency,
        times_per_week=terms.times_per_week,
        audience=terms.audience,
        goal_id=terms.goal_id,
        starts_on=terms.starts_on,
        due_on=terms.due_on,
    )
    assignment.instructions = tidy(terms.instructions)
    assignment.receivers = [AssignmentReceiver(person_id=one) for one in sorted(receivers)]
    access.require_act(reader, assignment.facts, Operation.WRITE)
    db.session.add(assignment)
    db.session.flush()
    return assignment


def serves(
    goal_id: UUID | None, couple_id: UUID, given_to: GivenTo, receivers: Collection[UUID]
) -> bool:
    """Whether a goal, if any, may stand on the page of everybody the worksheet is given to."""
    if goal_id is None:
        return True
    goal = db.session.get(Goal, goal_id)
    if goal is None or goal.couple_id != couple_id or goal.closed_on is not None:
        return False
    return goal.person_id is None or (
        given_to is GivenTo.ONE and {goal.person_id} == set(receivers)
    )


def _receivers(
    couple_id: UUID,
    given_to: GivenTo,
    person_id: UUID | None,
    person_ids: Collection[UUID] | None,
) -> list[UUID]:
    """Return who does it; nobody where somebody who was named is no member now."""
    members = [member.person_id for member in current_members(couple_id)]
    if given_to is GivenTo.ONE:
        return [person_id] if person_id in members and person_id is not None else []
    if person_ids is None:
        return members
    some = [one for one in members if one in person_ids]
    return some if len(some) == len(set(person_ids)) and len(some) > 1 else []


def _problems(terms: Terms, receivers: Collection[UUID]) -> Iterator[tuple[str, str]]:
    if terms.template_key not in all_given():
        yield "template_key", "Choose a worksheet from the library."
    if not receivers:
        yield "whom", _NOBODY[terms.given_to is GivenTo.ONE]
    if not 1 <= terms.times_per_week <= 7:
        yield "times_per_week", "Choose 1 to 7 times a week."
    yield from day_problems(terms.starts_on, terms.due_on)
    if terms.audience not in rules_for(terms.given_to):
        yield "audience", _NOT_OFFERED[terms.given_to]


def day_problems(starts_on: date, due_on: date) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the first and the last day of a run, by field."""
    if due_on < starts_on:
        yield "due_on", "The last day cannot lie before the first."
    elif (due_on - starts_on).days >= MAX_DAYS:
        yield "due_on", "Choose a last day within a year of the first; it can be given again."


_NOBODY = {
    True: "Choose somebody who is a member of the couple now.",
    False: "Choose at least two who are members now, or one who does it alone.",
}
_NOT_OFFERED = {
    GivenTo.ONE: "What one partner does alone is not there for the other, so it can only be for "
    "the author, or for the author and you.",
    GivenTo.EACH: "Choose one of the rules in the list.",
    GivenTo.TOGETHER: "There is one entry between them, so nobody waits for anybody. Choose "
    "another rule.",
}
