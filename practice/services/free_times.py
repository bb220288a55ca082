"""One therapist has one planned session at a time.

What was held or called off is written down as it was: only what is planned takes a time.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.people import Actor
from practice.domain.sessions import SessionStatus
from practice.models.people import Person
from practice.models.sessions import TherapySession
from practice.services import clock
from practice.services.errors import Invalid
from practice.services.session_details import LONGEST_MINUTES


def require_free(
    actor: Actor, therapist_id: UUID, session_id: UUID, starts_at: datetime, minutes: int
) -> None:
    """Let whoever else plans for this therapist finish first, and see that the time is free.

    The therapist is held until the transaction ends: of many who plan for the same time at the
    same moment, the second finds the session of the first. Sessions may follow without a pause.

    Args:
        actor: Who plans; the message is to them, and names no couple.
        therapist_id: Whose time it is.
        session_id: The session that is planned or moved; it is in nobody's way itself.
        starts_at: When it begins.
        minutes: How long it takes.

    Raises:
        Invalid: naming ``time``, with the time that is taken.
    """
    held = select(Person.name).where(Person.id == therapist_id).with_for_update(key_share=True)
    name = db.session.execute(held).scalar_one()
    ends_at = starts_at + timedelta(minutes=minutes)
    planned = select(TherapySession.starts_at, TherapySession.minutes).where(
        TherapySession.therapist_id == therapist_id,
        TherapySession.id != session_id,
        TherapySession.status == SessionStatus.PLANNED,
        TherapySession.starts_at < ends_at,
        TherapySession.starts_at > starts_at - timedelta(minutes=LONGEST_MINUTES),
    )
    for begins, length in db.session.execute(planned.order_by(TherapySession.starts_at)):
        until = begins + timedelta(minutes=length)
        if until > starts_at:
            who = "You have" if actor.person_id == therapist_id else f"{name} has"
            taken = f"from {clock.local(begins):%H:%M} to {clock.local(until):%H:%M}"
            raise Invalid({"time": f"{who} another session planned {taken}. Choose another time."})
