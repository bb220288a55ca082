"""One round of the worker: plan, take back what was left behind, send what is due.

No transaction is open while a mail server is waited for: every step ends its own.
"""

import logging
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from practice.cli.worker.post import NoLongerOurs, NotSent, PerhapsSent, deliver, message_of
from practice.db import READ_ONLY, db, is_taken
from practice.services import audit, clock
from practice.services.reminders import outbox, planning

log = logging.getLogger("practice.worker")


def plan() -> int:
    """Write down who gets a mail today; return how many. Nothing where mail is not set up."""
    if clock.settings().mail is None:
        return 0
    _look_only()
    people = planning.candidates()
    db.session.rollback()
    written = 0
    for one in people:
        try:
            _look_only()
            planned = planning.wanted_today(one)
            db.session.rollback()
            if planned is not None:
                written += _write(planned)
        except Exception:  # what stands in the way of one must not keep it from everybody
            db.session.rollback()
            log.exception("person %s: nothing could be planned", one.actor.person_id)
    return written


def take_up() -> list[UUID]:
    """Return the mails that are due, with those that a worker left behind."""
    left = outbox.take_back_stale()
    _end()
    if left:
        log.warning("left behind by a worker that stopped: %d", left)
    _look_only()
    found = outbox.due()
    db.session.rollback()
    return found


def send(reminder_id: UUID) -> None:
    """Send one mail, if it is still to be sent; the outbox holds what became of it."""
    settings = clock.settings()
    if settings.mail is None:
        return
    errand = outbox.claim(reminder_id)
    _end()
    if errand is None:
        return
    message = message_of(errand, settings.mail, settings.public_address)
    try:
        deliver(message, errand.address, settings.mail, lambda: _handing_over(errand))
    except NoLongerOurs:
        db.session.rollback()
        log.warning("mail %s: somebody else has it", reminder_id)
        return
    except PerhapsSent as problem:
        outbox.perhaps_sent(errand, problem.problem)
        log.warning("mail %s: perhaps sent, %s", reminder_id, problem)
    except NotSent as problem:
        outbox.not_sent(errand, problem.problem)
        log.warning("mail %s: try %d, %s", reminder_id, errand.ticket, problem)
    else:
        outbox.sent(errand)
        log.info("mail %s: sent at try %d", reminder_id, errand.ticket)
    _end()


def send_all(reminder_ids: Iterable[UUID]) -> None:
    """Send several, one after the other."""
    for reminder_id in reminder_ids:
        send(reminder_id)


def say_that_all_is_well() -> None:
    """Write a line that somebody who looks after the installation can wait for."""
    _look_only()
    log.info("worker well: %d mails wait", outbox.count_open())
    db.session.rollback()


def tidy() -> int:
    """Forget what was sent long ago."""
    gone = planning.tidy()
    _end()
    return gone


def _write(planned: planning.Planned) -> bool:
    try:
        written = planning.write_down(planned)
        _end()
    except IntegrityError as error:
        db.session.rollback()
        if is_taken(error):  # by another worker, a moment before
            return False
        raise
    return written is not None


def _handing_over(errand: outbox.Errand) -> bool:
    ours = outbox.handing_over(errand)
    _end()
    return ours


def _look_only() -> None:
    """Let what follows read without holding up anybody who writes; end it by a rollback."""
    db.session.rollback()
    db.session.connection(execution_options={READ_ONLY: True})


def _end() -> None:
    audit.finish(write_succeeded=True)
