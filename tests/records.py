"""Builders of what stands in a couple's record: sessions, notes, homework, measures."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from practice.db import db
from practice.domain.homework.terms import Frequency, GivenTo, Outcome
from practice.domain.note_formats import plain
from practice.domain.people import Actor
from practice.domain.sessions import Attendance, SessionFormat, SessionKind, SessionStatus
from practice.domain.visibility import Audience
from practice.models.homework import Assignment, AssignmentReceiver, HomeworkEntry
from practice.models.responses import MeasureRequest, Response, Score
from practice.models.sessions import AttendanceRecord, JointNote, ProcessNote, TherapySession
from practice.services import notes

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""The moment at which the tests of records are set."""

TODAY = NOW.date()


def make_session(couple: UUID, therapist: Actor, **overrides: Any) -> UUID:
    """Add a session that was held with the couple a week before ``NOW``."""
    said: dict[Actor, Attendance] = overrides.pop("attendance", {})
    values = {
        "kind": SessionKind.CONJOINT,
        "format": SessionFormat.ROOM,
        "status": SessionStatus.HELD,
        "starts_at": NOW - timedelta(days=7),
        "minutes": 60,
    } | overrides
    values.setdefault("created_at", values["starts_at"] + timedelta(hours=2))
    row = TherapySession(couple_id=couple, therapist_id=therapist.person_id, **values)
    row.attendance = [
        AttendanceRecord(person_id=actor.person_id, attendance=attendance)
        for actor, attendance in said.items()
    ]
    db.session.add(row)
    db.session.flush()
    return row.id


def make_planned(couple: UUID, therapist: Actor, **overrides: Any) -> UUID:
    """Add a session that is planned for a week after ``NOW``."""
    values = {"status": SessionStatus.PLANNED, "starts_at": NOW + timedelta(days=7)} | overrides
    return make_session(couple, therapist, **values)


def make_joint_note(session: UUID, couple: UUID, author: Actor, **overrides: Any) -> UUID:
    """Add a joint note in draft."""
    row = JointNote(
        session_id=session,
        couple_id=couple,
        author_id=author.person_id,
        **({"body": "They spoke of the move."} | overrides),
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def make_process_note(session: UUID, couple: UUID, author: Actor, **overrides: Any) -> UUID:
    """Add a process note in draft."""
    row = ProcessNote(
        session_id=session,
        couple_id=couple,
        author_id=author.person_id,
        **({"body": "I noticed my own hurry."} | overrides),
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def make_task(couple: UUID, therapist: Actor, receivers: list[Actor], **overrides: Any) -> UUID:
    """Add weekly homework that began four weeks before ``NOW`` and still runs."""
    values = {
        "template_key": "gratitude",
        "template_version": 1,
        "given_to": GivenTo.EACH if len(receivers) > 1 else GivenTo.ONE,
        "frequency": Frequency.WEEKLY,
        "audience": Audience.COUPLE,
        "starts_on": TODAY - timedelta(days=28),
        "due_on": TODAY + timedelta(days=28),
    } | overrides
    row = Assignment(couple_id=couple, given_by=therapist.person_id, **values)
    row.receivers = [AssignmentReceiver(person_id=actor.person_id) for actor in receivers]
    db.session.add(row)
    db.session.flush()
    return row.id


def make_entry(task: UUID, couple: UUID, author: Actor, day: date, **overrides: Any) -> UUID:
    """Add an entry of homework for ``day``."""
    values = {"outcome": Outcome.DONE, "content": {}, "audience": Audience.COUPLE} | overrides
    row = HomeworkEntry(
        assignment_id=task, couple_id=couple, author_id=author.person_id, for_day=day, **values
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def make_request(couple: UUID, therapist: Actor, person: Actor, **overrides: Any) -> UUID:
    """Give a measure to somebody."""
    values = {"measure_key": "csi4", "given_at": NOW - timedelta(days=1)} | overrides
    row = MeasureRequest(
        couple_id=couple, person_id=person.person_id, given_by=therapist.person_id, **values
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def make_score(
    couple: UUID, author: Actor, value: float, *, days_ago: int, scale: str = "csi16", **more: Any
) -> UUID:
    """Add a completed measure with one score."""
    audience = more.pop("audience", Audience.THERAPIST)
    moment = NOW - timedelta(days=days_ago)
    row = Response(
        id=uuid4(),
        couple_id=couple,
        author_id=author.person_id,
        measure_key=scale,
        audience=audience,
        completed_at=moment,
        shared_at=moment if audience is Audience.COUPLE else None,
        **more,
    )
    row.scores = [Score(scale_key=scale, value=value)]
    db.session.add(row)
    db.session.flush()
    return row.id


def save_note(
    *, actor: Actor, session_id: UUID, kind: notes.NoteKind, body: str, version: int
) -> int:
    """Save plain words of the joint or the process note, as its page does; return the version."""
    part = notes.Part(kind)
    typed = {part: notes.Typed(plain(body), version)}
    return notes.save_notes(actor=actor, session_id=session_id, typed=typed)[part]


def sign_note(*, actor: Actor, session_id: UUID, kind: notes.NoteKind, version: int) -> None:
    """Sign the joint or the process note, as its page does."""
    notes.sign_notes(actor=actor, session_id=session_id, shown={notes.Part(kind): version})
