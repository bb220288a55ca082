"""The outbox: who takes a mail in hand, and what becomes of it. Every step is safe to repeat.

A worker claims a row, and the number of its tries is the worker's ticket: whoever comes back after
the lease has run out finds the number changed and stops. ``handing_over`` is written immediately
before the mail server is told that it has the whole mail. A worker that dies before it has sent
nothing, and the mail is tried again; one that dies after it may have sent it, and it is never sent
again (decision 0047).
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update

from practice.db import db
from practice.domain.reminders.choosing import Cause
from practice.domain.reminders.terms import OPEN, Problem, ReminderState
from practice.domain.reminders.trying import DELAYS, LEASE, next_try
from practice.models.reminders import Reminder
from practice.services import audit, clock
from practice.services.reminders.reaching import Reached, reached
from practice.services.reminders.sources import waiting_for

MOST_AT_ONCE = 200
"""Mails that one round takes up; the next round takes the rest."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One mail that a worker has in hand."""

    id: UUID
    ticket: int
    """The number of the try."""

    address: str
    sender: str
    """How the practice may name itself; empty: its neutral name."""

    link: bool
    """Whether the mail may name the page for signing in."""


def due() -> list[UUID]:
    """Return mails whose time has come, the longest waiting first."""
    return list(
        db.session.scalars(
            select(Reminder.id)
            .where(Reminder.state == ReminderState.WAITING, Reminder.next_try_at <= clock.now())
            .order_by(Reminder.next_try_at, Reminder.id)
            .limit(MOST_AT_ONCE)
        )
    )


def count_open() -> int:
    """Return how many mails are still to be sent."""
    waiting = select(func.count()).select_from(Reminder).where(Reminder.state.in_(OPEN))
    return db.session.scalar(waiting) or 0


def take_back_stale() -> int:
    """Take mails out of the hands of workers that are gone; return how many.

    What was not handed over is tried again at once, as often as any mail. What was may have
    arrived.
    """
    now = clock.now()
    left = (Reminder.state == ReminderState.SENDING, Reminder.claimed_at < now - LEASE)
    before = Reminder.handed_over_at.is_(None)
    too_often = _change(
        *left,
        before,
        Reminder.attempts > len(DELAYS),
        state=ReminderState.GIVEN_UP,
        claimed_at=None,
        finished_at=now,
        problem=Problem.WORKER_STOPPED,
    )
    again = _change(
        *left,
        before,
        state=ReminderState.WAITING,
        claimed_at=None,
        next_try_at=now,
    )
    perhaps = _change(
        *left,
        Reminder.handed_over_at.is_not(None),
        state=ReminderState.PERHAPS_SENT,
        claimed_at=None,
        finished_at=now,
        problem=Problem.WORKER_STOPPED,
    )
    return too_often + again + perhaps


def claim(reminder_id: UUID) -> Errand | None:
    """Take a mail in hand; None where it is not to be sent, now or at all, or is another's.

    Everything is asked anew: a change of safe contact holds at once, also for what waits here.
    """
    row = db.session.get(Reminder, reminder_id)
    now = clock.now()
    if row is None or row.state is not ReminderState.WAITING or row.next_try_at > now:
        return None
    who = next(iter(reached([row.person_id])), None)
    if who is None or not _still_waits(row, who):
        _change(*_unchanged(row), state=ReminderState.HELD, finished_at=now)
        return None
    opening = who.times.next_opening(now, clock.zone())
    if opening > now:
        _change(*_unchanged(row), next_try_at=opening)
        return None
    ticket = row.attempts + 1
    taken = _change(
        *_unchanged(row),
        state=ReminderState.SENDING,
        attempts=ticket,
        claimed_at=now,
        handed_over_at=None,
    )
    if not taken:
        return None
    return Errand(reminder_id, ticket, who.address, who.sender, who.times.link)


def handing_over(errand: Errand) -> bool:
    """Write down that the server is about to have the whole mail; False: stop, it is not ours."""
    return bool(_change(*_mine(errand), handed_over_at=clock.now()))


def sent(errand: Errand) -> None:
    """The server took it."""
    _finish(errand, ReminderState.SENT, None)


def perhaps_sent(errand: Errand, problem: Problem) -> None:
    """The server had every word and did not say whether it took them."""
    _finish(errand, ReminderState.PERHAPS_SENT, problem)


def not_sent(errand: Errand, problem: Problem) -> None:
    """It was certainly not taken: try again later, or give it up."""
    now = clock.now()
    again = None if problem.lasts else next_try(errand.ticket, now)
    if again is None:
        _finish(errand, ReminderState.GIVEN_UP, problem)
        return
    _change(
        *_mine(errand),
        state=ReminderState.WAITING,
        claimed_at=None,
        handed_over_at=None,
        next_try_at=again,
        problem=problem,
    )


def _still_waits(row: Reminder, who: Reached) -> bool:
    causes = {Cause(one.couple_id, one.kind) for one in row.causes}
    wanted = {one for one in causes if one.kind not in who.switched_off}
    waits = bool(wanted & {one.cause for one in waiting_for(who.actor)})
    audit.forget()
    return waits


def _unchanged(row: Reminder) -> tuple[ColumnElement[bool], ...]:
    return (
        Reminder.id == row.id,
        Reminder.state == ReminderState.WAITING,
        Reminder.attempts == row.attempts,
    )


def _mine(errand: Errand) -> tuple[ColumnElement[bool], ...]:
    return (
        Reminder.id == errand.id,
        Reminder.state == ReminderState.SENDING,
        Reminder.attempts == errand.ticket,
    )


def _finish(errand: Errand, state: ReminderState, problem: Problem | None) -> None:
    _change(*_mine(errand), state=state, claimed_at=None, finished_at=clock.now(), problem=problem)


def _change(*which: ColumnElement[bool], **values: object) -> int:
    done = db.session.execute(
        update(Reminder).where(*which).values(**values).execution_options(synchronize_session=False)
    )
    count: int = done.rowcount  # type: ignore[attr-defined]  # of an update there is one
    return count
