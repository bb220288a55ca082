"""What a bundle or an own file is made from in tests: sessions and notes of today's past."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from practice.db import db
from practice.domain.couples import CarePart
from practice.domain.people import Actor
from practice.domain.sessions import Attendance, SessionKind
from practice.models.couples import Care
from practice.services import clock, memberships
from tests import records
from tests.builders import STARTED, Cast


def session(cast: Cast, *, days_ago: int = 2, person: Actor | None = None, **more: Any) -> UUID:
    """Add a session that was held, with everybody there whom it concerns."""
    there = [person] if person else [cast.ada, cast.ben]
    return records.make_session(
        cast.couple,
        cast.tess,
        starts_at=clock.now() - timedelta(days=days_ago),
        kind=SessionKind.INDIVIDUAL if person else SessionKind.CONJOINT,
        person_id=person.person_id if person else None,
        attendance=dict.fromkeys(there, Attendance.ATTENDED),
        **more,
    )


def note(cast: Cast, session_id: UUID, body: str, *, signed: bool = True) -> UUID:
    """Add a joint note, signed unless told otherwise."""
    moment = clock.now() if signed else None
    return records.make_joint_note(session_id, cast.couple, cast.tess, body=body, signed_at=moment)


def join_care(cast: Cast, therapist: Actor) -> None:
    """Let another therapist treat Ada and Ben together with Tess."""
    db.session.add(
        Care(
            couple_id=cast.couple,
            therapist_id=therapist.person_id,
            since=STARTED,
            part=CarePart.CO_THERAPIST,
        )
    )
    db.session.flush()


def leave_today(cast: Cast, member: Actor) -> None:
    """End a membership, as the therapist does."""
    memberships.end_membership(
        actor=cast.tess,
        couple_id=cast.couple,
        person_id=member.person_id,
        left_on=clock.today(),
    )
