"""The private questions, for the person who is asked: in their portal, or on a device.

They are there until they were sent or left, and then they never were: no line, no date, no count,
nothing of it on any page of that person, who may be made to open them. No draft is kept either, and
no act of theirs writes a line of the access log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.joint_facts import tells
from practice.domain.people import Actor
from practice.domain.safety.screening import ScreeningWay
from practice.models.safety import ScreeningRequest
from practice.services import access, clock, people
from practice.services.errors import NotFound
from practice.services.schedule import refresh
from practice.services.screenings import new_screening

SENT_TWICE = timedelta(minutes=1)
"""A second press of the button is answered as the first was; later the page is not there."""


@dataclass(frozen=True, slots=True)
class OwnQuestions:
    """The questions as they wait for somebody."""

    request_id: UUID
    couple_id: UUID
    therapist: str
    """First name of who will read the answers, and nobody else."""


@tells()
def waiting(*, actor: Actor) -> tuple[OwnQuestions, ...]:
    """Return what waits in the portal of ``actor``; with one statement if nothing does."""
    own = access.present_couples(actor)
    if not own:
        return ()
    rows = db.session.scalars(
        select(ScreeningRequest)
        .where(
            ScreeningRequest.person_id == actor.person_id,
            ScreeningRequest.couple_id.in_(own),
            ScreeningRequest.way == ScreeningWay.PORTAL,
            ScreeningRequest.open_until >= clock.today(),
            ScreeningRequest.closed_at.is_(None),
            ScreeningRequest.withdrawn_at.is_(None),
        )
        .order_by(ScreeningRequest.asked_at, ScreeningRequest.id)
    )
    return tuple(_own(row) for row in rows)


@tells()
def questions(*, actor: Actor, request_id: UUID, on_device: bool = False) -> OwnQuestions:
    """Return the questions that wait under an id.

    Args:
        actor: The person who is asked.
        request_id: What they were asked by.
        on_device: Whether this is a device that was handed over, and not the portal.

    Raises:
        NotFound: if nothing waits there for them: never asked, taken back, over, sent or left.
    """
    row = _require(actor, request_id, on_device)
    if row.closed_at is not None:
        raise NotFound
    return _own(row)


def submit(
    *, actor: Actor, request_id: UUID, answers: Mapping[str, bool], on_device: bool = False
) -> None:
    """Keep the answers for the therapist with the lead. A second press changes nothing.

    Raises:
        NotFound: as ``questions``.
        Invalid: naming ``answers``, if there is none.
    """
    row = _require(actor, request_id, on_device, to_change=True)
    if row.closed_at is not None:
        _require_just_now(row)
        return
    db.session.add(new_screening(row, answers))
    row.closed_at = clock.now()
    db.session.flush()
    refresh(row.couple_id, person_id=row.person_id)


def leave_it(*, actor: Actor, request_id: UUID, on_device: bool = False) -> None:
    """Leave the questions unanswered. To the therapist they stay asked and without an answer.

    Raises:
        NotFound: as ``questions``.
    """
    row = _require(actor, request_id, on_device, to_change=True)
    if row.closed_at is not None:
        _require_just_now(row)
        return
    row.closed_at = clock.now()
    db.session.flush()


def is_open_on_device(couple_id: UUID, person_id: UUID, request_id: UUID) -> bool:
    """Whether a visit for these questions may go on. Authorise first."""
    row = db.session.get(ScreeningRequest, request_id)
    return (
        row is not None
        and (row.couple_id, row.person_id) == (couple_id, person_id)
        and row.way is ScreeningWay.HAND_OVER
        and row.closed_at is None
        and row.withdrawn_at is None
    )


def _require(
    actor: Actor, request_id: UUID, on_device: bool, *, to_change: bool = False
) -> ScreeningRequest:
    row = db.session.get(ScreeningRequest, request_id, with_for_update=to_change or None)
    if row is None or row.person_id != actor.person_id or row.withdrawn_at is not None:
        raise NotFound
    reader = access.present_couples(actor).get(row.couple_id)
    if reader is None or (row.way is ScreeningWay.HAND_OVER) is not on_device:
        raise NotFound
    if row.open_until is not None and row.open_until < clock.today():
        raise NotFound
    access.require_act(reader, row.facts, Operation.WRITE)
    return row


def _require_just_now(row: ScreeningRequest) -> None:
    if row.closed_at is None or clock.now() - row.closed_at > SENT_TWICE:
        raise NotFound


def _own(row: ScreeningRequest) -> OwnQuestions:
    return OwnQuestions(row.id, row.couple_id, people.therapist_of(row.couple_id))
