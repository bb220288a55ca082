"""Couples with a past, for tests of reports: rows only, no services of other parts."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from practice.db import db
from practice.domain.homework.terms import Frequency, GivenTo, Outcome
from practice.domain.people import Actor
from practice.domain.sessions import Attendance, SessionFormat, SessionKind, SessionStatus
from practice.domain.visibility import Audience
from practice.models.couples import Couple, Membership
from practice.models.goals import Goal, GoalRating
from practice.models.homework import Assignment, AssignmentReceiver, HomeworkEntry
from practice.models.responses import MeasureRequest, Response, Score
from practice.models.sessions import AttendanceRecord, JointNote, ProcessNote, TherapySession

START = date(2026, 3, 4)
NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
"""The moment at which the tests make their reports."""

LEVELS = [
    "Every evening ends in a quarrel",
    "Most evenings end in a quarrel",
    "Two evenings a week without a quarrel",
    "Four evenings a week without a quarrel",
    "A quarrel is rare and mended the same day",
]


def at(day: date, hour: int = 17) -> datetime:
    """Return a moment of ``day``, in UTC."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


def add(row: Any) -> Any:
    """Add one row and send it to the database."""
    db.session.add(row)
    db.session.flush()
    return row


def session(
    couple: UUID,
    therapist: Actor,
    day: date,
    attendance: dict[Actor, Attendance] | None = None,
    *,
    alone: Actor | None = None,
    status: SessionStatus = SessionStatus.HELD,
    **more: Any,
) -> TherapySession:
    """Add a session with who attended it."""
    row: TherapySession = add(
        TherapySession(
            couple_id=couple,
            therapist_id=therapist.person_id,
            kind=SessionKind.INDIVIDUAL if alone else SessionKind.CONJOINT,
            person_id=alone.person_id if alone else None,
            starts_at=at(day),
            status=status,
            **({"format": SessionFormat.ROOM, "minutes": 60} | more),
        )
    )
    for person, how in (attendance or {}).items():
        add(AttendanceRecord(session_id=row.id, person_id=person.person_id, attendance=how))
    return row


def notes(row: TherapySession, therapist: Actor, joint: str, process: str) -> None:
    """Add a signed joint note and a process note to a session."""
    about = {
        "session_id": row.id,
        "couple_id": row.couple_id,
        "author_id": therapist.person_id,
        "signed_at": row.starts_at,
    }
    add(JointNote(body=joint, **about))
    add(ProcessNote(body=process, **about))


def response(
    couple: UUID,
    author: Actor,
    day: date,
    scores: dict[str, float],
    audience: Audience = Audience.COUPLE,
    measure: str = "csi16",
) -> Response:
    """Add a response with its scores."""
    row: Response = add(
        Response(
            couple_id=couple,
            author_id=author.person_id,
            measure_key=measure,
            audience=audience,
            completed_at=at(day),
            shared_at=at(day) if audience is Audience.COUPLE else None,
        )
    )
    for key, value in scores.items():
        add(Score(response_id=row.id, scale_key=key, value=value))
    return row


def request(
    couple: UUID, therapist: Actor, person: Actor, given: date, due: date | None = None
) -> MeasureRequest:
    """Give a measure to one member."""
    row: MeasureRequest = add(
        MeasureRequest(
            couple_id=couple,
            person_id=person.person_id,
            measure_key="csi16",
            given_by=therapist.person_id,
            given_at=at(given),
            due_on=due,
        )
    )
    return row


def goal(couple: UUID, by: Actor, title: str, *, own: Actor | None = None, weight: int = 1) -> Goal:
    """Add a goal."""
    row: Goal = add(
        Goal(
            couple_id=couple,
            person_id=own.person_id if own else None,
            set_by=by.person_id,
            title=title,
            levels=LEVELS,
            weight=weight,
            created_at=at(START),
        )
    )
    return row


def rate(
    row: Goal,
    rater: Actor,
    level: int,
    day: date,
    audience: Audience = Audience.COUPLE,
    comment: str = "",
) -> GoalRating:
    """Add a rating of a goal."""
    rating: GoalRating = add(
        GoalRating(
            goal_id=row.id,
            couple_id=row.couple_id,
            rater_id=rater.person_id,
            level=level,
            comment=comment,
            audience=audience,
            rated_at=at(day),
        )
    )
    return rating


def assignment(
    couple: UUID,
    by: Actor,
    to: Sequence[Actor],
    starts: date,
    due: date,
    *,
    audience: Audience = Audience.COUPLE,
    template: str = "gratitude",
    frequency: Frequency = Frequency.DAILY,
    given_to: GivenTo = GivenTo.EACH,
) -> Assignment:
    """Give homework."""
    row: Assignment = add(
        Assignment(
            couple_id=couple,
            template_key=template,
            template_version=1,
            given_by=by.person_id,
            given_to=given_to,
            frequency=frequency,
            audience=audience,
            starts_on=starts,
            due_on=due,
            created_at=at(starts),
        )
    )
    for person in to:
        add(AssignmentReceiver(assignment_id=row.id, person_id=person.person_id))
    return row


def entry(
    row: Assignment,
    author: Actor,
    day: date,
    *,
    words: str = "",
    audience: Audience | None = None,
    outcome: Outcome = Outcome.DONE,
) -> HomeworkEntry:
    """Add an entry; under the assignment's rule unless told otherwise."""
    found: HomeworkEntry = add(
        HomeworkEntry(
            assignment_id=row.id,
            couple_id=row.couple_id,
            author_id=author.person_id,
            for_day=day,
            outcome=outcome,
            content={"words": words},
            audience=audience or row.audience,
            submitted_at=at(day),
        )
    )
    return found


def tell(couple: UUID, *, agreed: str = "", problems: dict[Actor, str] | None = None) -> None:
    """Write down what the couple came with."""
    found = db.session.get_one(Couple, couple)
    found.agreed_problem = agreed
    for person, text in (problems or {}).items():
        membership = (
            db.session.query(Membership)
            .filter_by(couple_id=couple, person_id=person.person_id)
            .one()
        )
        membership.problem = text
    db.session.flush()


def full_record(couple: UUID, therapist: Actor, members: Sequence[Actor], weeks: int = 12) -> None:
    """Fill a record with everything a report tells of, shared with the couple."""
    tell(couple, agreed="Talk about money and the children without a quarrel.")
    for week in range(weeks):
        _week(couple, therapist, members, week)
    lines = ((38, 47, 58, 64), (45, 46, 49, 50), (55, 50, 47, 44))
    for number, member in enumerate(members):
        for step, value in enumerate(lines[number % 3]):
            day = START + timedelta(weeks=step * weeks // 4)
            response(couple, member, day, {"csi16": value, "csi4": value // 4})
    end = START + timedelta(weeks=weeks)
    joint = goal(couple, therapist, "Quarrels about money end the same evening", weight=2)
    for level, rater in zip((1, 0, 1, -1), (*members, therapist), strict=False):
        rate(joint, rater, level, end)
    rate(goal(couple, therapist, "One evening a week for ourselves"), members[0], 2, end)
    _tasks(couple, therapist, members)


def _week(couple: UUID, therapist: Actor, members: Sequence[Actor], week: int) -> None:
    day = START + timedelta(weeks=week)
    how = dict.fromkeys(members, Attendance.ATTENDED)
    if week % 5 == 3:
        how[members[-1]] = Attendance.LATE
    if week % 7 == 6:
        how[members[0]] = Attendance.DID_NOT_ATTEND
    form = SessionFormat.VIDEO if week % 4 == 1 else SessionFormat.ROOM
    session(couple, therapist, day, how, format=form)
    for number, member in enumerate(members):
        ratings: dict[str, float] = {
            "satisfaction": min(10, 3 + week // 2 + number),
            "communication": min(10, 4 + week // 3),
            "conflict": max(0, 8 - week // 2),
            "trust": min(10, 5 + (week + number) // 4),
        }
        if (week + number) % 6 != 5:
            response(couple, member, day - timedelta(days=1), ratings, measure="ratings")


def _tasks(couple: UUID, therapist: Actor, members: Sequence[Actor]) -> None:
    first = START + timedelta(days=1)
    daily = assignment(couple, therapist, members, first, first + timedelta(days=20))
    for offset in range(0, 21, 2):
        entry(daily, members[0], first + timedelta(days=offset))
    for offset in range(0, 21, 6):
        entry(daily, members[1], first + timedelta(days=offset))
    later = first + timedelta(weeks=4)
    kept = assignment(
        couple,
        therapist,
        members,
        later,
        later + timedelta(days=27),
        audience=Audience.THERAPIST,
        template="i_statement",
        frequency=Frequency.WEEKLY,
    )
    entry(kept, members[0], later)
    together = assignment(
        couple,
        therapist,
        members,
        later,
        later + timedelta(days=20),
        template="quality_time",
        frequency=Frequency.WEEKLY,
        given_to=GivenTo.TOGETHER,
    )
    entry(together, members[0], later + timedelta(days=3))
    entry(together, members[1], later + timedelta(days=9))
