"""Homework that comes out of an earlier one: carried over to a new run, or made smaller.

What was written stays with the earlier one, under the rule under which it was written. The new one
has a rule of its own, shown before anything is typed: that of the earlier one or a narrower one.
Who wants a wider one gives the worksheet anew.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.homework.sharing import is_no_wider, rules_for
from practice.domain.homework.smaller import Size, smaller_sizes
from practice.domain.homework.terms import FollowsHow, Frequency
from practice.domain.people import Actor, Reader
from practice.domain.visibility import Audience
from practice.models.homework import Assignment
from practice.services import access, audit, clock
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.homework.facts import is_running, receivers_of
from practice.services.homework.giving import MAX_DAYS, Terms, serves, store
from practice.services.homework.running import end, to_change
from practice.services.homework.templates import all_given, wording_of
from practice.services.people import current_members

_AUDIT = {FollowsHow.CARRIED_OVER: "carried_over", FollowsHow.SMALLER: "made_smaller"}
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the form for a next one is filled with."""

    assignment_id: UUID
    """The one it comes out of."""

    couple_id: UUID
    how: FollowsHow
    sizes: tuple[Size, ...]
    """What it can be, the nearest first; for a new run how it is now."""

    rules: tuple[Audience, ...]
    """Rules it can be given under, narrowest first; the last is that of the earlier one."""

    starts_on: date
    due_on: date
    instructions: str
    receivers: frozenset[UUID]
    """Those of the earlier one who are members now."""


def next_offer(*, actor: Actor, assignment_id: UUID, how: FollowsHow) -> Offer:
    """Return what a next one out of an assignment would be.

    Raises:
        NotFound: if there is no such assignment in the actor's care.
        Refused: if it was carried on already, or there is nothing smaller.
    """
    row = db.session.get(Assignment, assignment_id)
    if row is None:
        raise NotFound
    access.require_treating(actor, row.couple_id)
    if follower_of(assignment_id) is not None:
        raise Refused(ALREADY)
    return _offer(row, how)


def taken_place_of(*, actor: Actor, assignment_id: UUID) -> UUID | None:
    """Return what came out of an assignment; None while nothing did.

    Raises:
        NotFound: if there is no such assignment in the actor's care.
    """
    row = db.session.get(Assignment, assignment_id)
    if row is None:
        raise NotFound
    access.require_treating(actor, row.couple_id)
    return follower_of(assignment_id)


def carry_over(
    *,
    actor: Actor,
    assignment_id: UUID,
    new_id: UUID,
    starts_on: date | None = None,
    due_on: date | None = None,
    audience: Audience | None = None,
    instructions: str | None = None,
) -> UUID:
    """Give the same again for a new run, and end the one that runs; return the new one.

    Args:
        actor: Whoever treats the couple.
        assignment_id: The earlier one, running or over.
        new_id: Id of the new one; a second call with the same id changes nothing.
        starts_on: First day; None: today.
        due_on: Last day; None: as long a run as the earlier one had.
        audience: The rule, no wider than before; None: as before.
        instructions: Own words; None: as before.

    Raises:
        NotFound: if there is no such assignment in the actor's care.
        Refused: if it was carried on already.
        Invalid: naming the fields that need another look.
    """
    return _follow(
        actor,
        assignment_id,
        new_id,
        FollowsHow.CARRIED_OVER,
        _Wanted(None, starts_on, due_on, audience, instructions),
    )


def make_smaller(
    *,
    actor: Actor,
    assignment_id: UUID,
    new_id: UUID,
    size: Size | None = None,
    starts_on: date | None = None,
    due_on: date | None = None,
    audience: Audience | None = None,
    instructions: str | None = None,
) -> UUID:
    """Give less of the same in place of an assignment, and end that one; return the new one.

    Args:
        actor: Whoever treats the couple.
        assignment_id: What was too much.
        new_id: Id of the new one; a second call with the same id changes nothing.
        size: One of those offered; None: the nearest smaller one.
        starts_on: First day; None: today.
        due_on: Last day; None: that of the earlier one, at least a week from the first.
        audience: The rule, no wider than before; None: as before.
        instructions: Own words; None: as before.

    Raises:
        NotFound: if there is no such assignment in the actor's care.
        Refused: if something took its place already, or there is nothing smaller.
        Invalid: naming the fields that need another look.
    """
    return _follow(
        actor,
        assignment_id,
        new_id,
        FollowsHow.SMALLER,
        _Wanted(size, starts_on, due_on, audience, instructions),
    )


def follower_of(assignment_id: UUID) -> UUID | None:
    """Return what came out of an assignment. For this package; authorise first."""
    return db.session.scalar(select(Assignment.id).where(Assignment.follows_id == assignment_id))


def smaller_than(row: Assignment) -> tuple[Size, ...]:
    """Return what an assignment can be made to, the nearest first. Authorise first."""
    key = wording_of(row).smaller
    return smaller_sizes(_size(row), key if key and key in all_given() else None)


ALREADY = "Something took its place already. Go on from there."
NOTHING_SMALLER = (
    "It is asked for once already, and its worksheet knows no smaller one. Change your own words "
    "above it, or end it and give something else."
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What somebody chose for the next one; None: as it is offered."""

    size: Size | None
    starts_on: date | None
    due_on: date | None
    audience: Audience | None
    instructions: str | None


def _follow(
    actor: Actor, assignment_id: UUID, new_id: UUID, how: FollowsHow, wanted: _Wanted
) -> UUID:
    row = to_change(actor, assignment_id)
    known = db.session.get(Assignment, new_id)
    if known is not None:
        if (known.follows_id, known.follows_how) != (assignment_id, how):
            raise NotFound
        return known.id
    if follower_of(assignment_id) is not None:
        raise Refused(ALREADY)
    reader = access.standing_of(actor, row.couple_id)
    new = _store(actor, reader, new_id, row, _offer(row, how), wanted)
    new.follows_id, new.follows_how = assignment_id, how
    if is_running(row, clock.today()):
        end(row, how.reason)
    db.session.flush()
    audit.note_write(actor, row.couple_id, f"assignment.{_AUDIT[how]}")
    return new.id


def _store(
    actor: Actor, reader: Reader, new_id: UUID, row: Assignment, offer: Offer, wanted: _Wanted
) -> Assignment:
    rule = wanted.audience or row.audience
    problems: dict[str, str] = {}
    if rule not in offer.rules:
        problems["audience"] = (
            "Choose the rule it had, or a narrower one. For a wider one, give the worksheet anew."
        )
    size = wanted.size or offer.sizes[0]
    if size not in offer.sizes:
        problems["size"] = "Choose one of the sizes in the list."
    terms = Terms(
        template_key=size.template_key,
        given_to=row.given_to,
        frequency=size.frequency,
        times_per_week=size.times_per_week,
        starts_on=wanted.starts_on or offer.starts_on,
        due_on=wanted.due_on or _last_day(offer, wanted.starts_on),
        audience=rule,
        instructions=row.instructions if wanted.instructions is None else wanted.instructions,
        goal_id=_goal(row, offer.receivers),
    )
    if problems:
        raise Invalid(problems)
    return store(actor, reader, new_id, terms, offer.receivers)


def _last_day(offer: Offer, starts_on: date | None) -> date:
    """Return the last day offered; where the first is another, after as long a run."""
    return offer.due_on + ((starts_on or offer.starts_on) - offer.starts_on)


def _offer(row: Assignment, how: FollowsHow) -> Offer:
    sizes = (_size(row),) if how is FollowsHow.CARRIED_OVER else smaller_than(row)
    if not sizes:
        raise Refused(NOTHING_SMALLER)
    today = clock.today()
    present = {member.person_id for member in current_members(row.couple_id)}
    return Offer(
        assignment_id=row.id,
        couple_id=row.couple_id,
        how=how,
        sizes=sizes,
        rules=tuple(one for one in rules_for(row.given_to) if is_no_wider(one, row.audience)),
        starts_on=today,
        due_on=_as_long(row, today) if how is FollowsHow.CARRIED_OVER else _a_week(row, today),
        instructions=row.instructions,
        receivers=receivers_of(row) & present,
    )


def _as_long(row: Assignment, today: date) -> date:
    return today + min(row.due_on - row.starts_on, timedelta(days=MAX_DAYS - 1))


def _a_week(row: Assignment, today: date) -> date:
    return max(row.due_on, today + _WEEK - timedelta(days=1))


def _size(row: Assignment) -> Size:
    several = row.frequency is Frequency.SEVERAL_TIMES_A_WEEK
    return Size(row.template_key, row.frequency, row.times_per_week if several else 1)


def _goal(row: Assignment, receivers: frozenset[UUID]) -> UUID | None:
    """Return the goal it served, while that is open."""
    return row.goal_id if serves(row.goal_id, row.couple_id, row.given_to, receivers) else None
