"""Homework that comes out of an earlier one: carried over to a new run, or made smaller.

What was written stays with the earlier one, under the rule under which it was written. The new one
has a rule of its own, shown before anything is typed: that of the earlier one or a narrower one.
Who wants a wider one gives the worksheet anew.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from sqlalchemy import select

from practice.db import db
from practice.domain.homework.sharing import is_no_wider, rules_for
from practice.domain.homework.smaller import (
    Size,
    rule_of_smaller,
    smaller_sizes,
    smaller_worksheet,
)
from practice.domain.homework.terms import FollowsHow, Frequency, GivenTo
from practice.domain.people import Actor, Reader
from practice.domain.visibility import Audience
from practice.models.homework import Assignment
from practice.services import access, audit, clock
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.homework.facts import is_running, receivers_of, schedule_of
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

    template_key: str
    """Of the worksheet of that one."""

    couple_id: UUID
    how: FollowsHow
    sizes: tuple[Size, ...]
    """What it can be, the nearest first; for a new run how it is now."""

    rules: tuple[Audience, ...]
    """Rules it can be given under, narrowest first; the last is that of the earlier one."""

    rule: Audience
    """What is preset of these."""

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
    row = _treated(actor, assignment_id)
    if follower_of(assignment_id) is not None:
        raise Refused(ALREADY)
    return _offer(row, how)


def taken_place_of(*, actor: Actor, assignment_id: UUID) -> UUID | None:
    """Return what came out of an assignment; None while nothing did.

    Raises:
        NotFound: if there is no such assignment in the actor's care.
    """
    return follower_of(_treated(actor, assignment_id).id)


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
    new_id: UUID | None = None,
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
        new_id: Id of the new one; a second call with the same id changes nothing. None: one that
            is the same for each call about this assignment.
        size: One of those offered; None: the nearest smaller one.
        starts_on: First day; None: today.
        due_on: Last day; None: that of the earlier one, at least a week from the first.
        audience: The rule, no wider than before; None: as before, or for another worksheet what
            that is meant for where those are fewer.
        instructions: Own words; None: as before, and none on another worksheet, since they were
            about this one.

    Raises:
        NotFound: if there is no such assignment in the actor's care.
        Refused: if something took its place already, or there is nothing smaller.
        Invalid: naming the fields that need another look.
    """
    return _follow(
        actor,
        assignment_id,
        new_id or uuid5(assignment_id, FollowsHow.SMALLER.value),
        FollowsHow.SMALLER,
        _Wanted(size, starts_on, due_on, audience, instructions),
    )


def follower_of(assignment_id: UUID) -> UUID | None:
    """Return what came out of an assignment. For this package; authorise first."""
    return db.session.scalar(select(Assignment.id).where(Assignment.follows_id == assignment_id))


def smaller_than(row: Assignment) -> tuple[Size, ...]:
    """Return what an assignment can be made to, the nearest first. For this package.

    Nothing that is not given any more: of an archived worksheet there is no less either.
    """
    here, known, now = wording_of(row), all_given(), _size(row)
    # Which one is smaller may have been said after this wording was given.
    other = known.get((known.get(here.key) or here).smaller or here.smaller or "")
    less = smaller_worksheet(now, row.given_to, here, other) if other else None
    return tuple(one for one in smaller_sizes(now, less) if one.template_key in known)


def size_in_words(size: Size, template_key: str) -> str:
    """Return a smaller size in words: how often, or which other worksheet.

    Args:
        size: What it becomes.
        template_key: Of the worksheet that is asked for at present.
    """
    if size.template_key == template_key:
        return "only once" if size.frequency is Frequency.ONCE else size.how_often
    alone = ", each on their own" if size.each_alone else ""
    return f"“{all_given()[size.template_key].title}”, {size.how_often}{alone}"


ALREADY = "Something took its place already. Go on from there."
NOTHING_SMALLER = (
    "It is asked for once already, and its worksheet knows no smaller one; or it is not given any "
    "more. Change your own words above it, or end it and give something else."
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What somebody chose for the next one; None: as it is offered."""

    size: Size | None
    starts_on: date | None
    due_on: date | None
    audience: Audience | None
    instructions: str | None


def _treated(actor: Actor, assignment_id: UUID) -> Assignment:
    row = db.session.get(Assignment, assignment_id)
    if row is None:
        raise NotFound
    access.require_treating(actor, row.couple_id)
    return row


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
    size = wanted.size or offer.sizes[0]
    rule = wanted.audience or _preset_rule(row, size)
    problems: dict[str, str] = {}
    if rule not in offer.rules:
        problems["audience"] = (
            "Choose the rule it had, or a narrower one. For a wider one, give the worksheet anew."
        )
    if size not in offer.sizes:
        problems["size"] = "Choose one of the sizes in the list."
    terms = Terms(
        template_key=size.template_key,
        given_to=GivenTo.EACH if size.each_alone else row.given_to,
        frequency=size.frequency,
        times_per_week=size.times_per_week,
        starts_on=wanted.starts_on or offer.starts_on,
        due_on=wanted.due_on or _last_day(offer, wanted.starts_on),
        audience=rule,
        instructions=_words(row, size) if wanted.instructions is None else wanted.instructions,
        goal_id=_goal(row, offer.receivers),
    )
    if problems:
        raise Invalid(problems)
    return store(actor, reader, new_id, terms, offer.receivers)


def _rules(row: Assignment) -> tuple[Audience, ...]:
    return tuple(one for one in rules_for(row.given_to) if is_no_wider(one, row.audience))


def _preset_rule(row: Assignment, size: Size) -> Audience:
    other = all_given().get(size.template_key)
    found = row.audience
    if other is not None and size.template_key != row.template_key:
        found = rule_of_smaller(row.audience, other)
    # What is not offered to so many any more becomes the widest that is.
    return found if found in _rules(row) else _rules(row)[-1]


def _words(row: Assignment, size: Size) -> str:
    """Return the therapist's own words for the next one: about another worksheet, none."""
    return row.instructions if size.template_key == row.template_key else ""


def _last_day(offer: Offer, starts_on: date | None) -> date:
    """Return the last day offered; where the first is another, after as long a run."""
    return offer.due_on + ((starts_on or offer.starts_on) - offer.starts_on)


def _offer(row: Assignment, how: FollowsHow) -> Offer:
    sizes = (_size(row),) if how is FollowsHow.CARRIED_OVER else smaller_than(row)
    if not sizes:
        raise Refused(NOTHING_SMALLER)
    today = clock.today()
    first = _first_day(row, today)
    present = {member.person_id for member in current_members(row.couple_id)}
    return Offer(
        assignment_id=row.id,
        template_key=row.template_key,
        couple_id=row.couple_id,
        how=how,
        sizes=sizes,
        rules=_rules(row),
        rule=_preset_rule(row, sizes[0]),
        starts_on=first,
        due_on=_as_long(row, first) if how is FollowsHow.CARRIED_OVER else _a_week(row, first),
        instructions=row.instructions,
        receivers=receivers_of(row) & present,
    )


def _first_day(row: Assignment, today: date) -> date:
    """Return today, or the day after a rest that lasts and has an end."""
    schedule, day = schedule_of(row), today
    for pause in sorted(schedule.pauses, key=lambda one: one.first):
        if is_running(row, today) and pause.covers(day) and pause.last is not None:
            day = pause.last + timedelta(days=1)
    return day


def _as_long(row: Assignment, first: date) -> date:
    return first + min(row.due_on - row.starts_on, timedelta(days=MAX_DAYS - 1))


def _a_week(row: Assignment, first: date) -> date:
    return max(row.due_on, first + _WEEK - timedelta(days=1))


def _size(row: Assignment) -> Size:
    several = row.frequency is Frequency.SEVERAL_TIMES_A_WEEK
    return Size(row.template_key, row.frequency, row.times_per_week if several else 1)


def _goal(row: Assignment, receivers: frozenset[UUID]) -> UUID | None:
    """Return the goal it served, while that is open."""
    return row.goal_id if serves(row.goal_id, row.couple_id, row.given_to, receivers) else None
