"""Reads what the schedule of couples depends on, with a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.schedule import Answer, CourseFacts, PersonFacts, SessionFact, Waiting
from practice.models.couples import Care, Couple, Membership
from practice.models.responses import MeasureRequest, Response, Score
from practice.models.safety import Screening
from practice.models.sessions import AttendanceRecord, TherapySession
from practice.services import clock
from practice.services.schedule.goal_facts import goal_facts_of
from practice.services.standing_responses import current

ByPerson = tuple[UUID, UUID]
"""Couple and person."""


@dataclass(frozen=True, slots=True)
class CoupleFacts:
    """What the schedule of one couple depends on."""

    therapist_id: UUID
    """Who treats the couple: whoever asks, whatever act it was that changed the course."""

    course: CourseFacts
    people: tuple[PersonFacts, ...]
    """Everybody who is or was a member, each once."""


def facts_of(couple_ids: Sequence[UUID]) -> dict[UUID, CoupleFacts]:
    """Return the facts of those couples whom somebody treats. For the schedule alone."""
    therapists = _therapists(couple_ids)
    sessions = _sessions(couple_ids)
    people = _people(couple_ids)
    rows = db.session.execute(
        select(Couple.id, Couple.episode_ended_on, Couple.relationship_ended_on).where(
            Couple.id.in_(couple_ids)
        )
    )
    return {
        row.id: CoupleFacts(
            therapists[row.id],
            CourseFacts(
                zone=clock.zone(),
                sessions=tuple(sessions[row.id]),
                ended_on=row.episode_ended_on,
                parted_on=row.relationship_ended_on,
            ),
            tuple(people[row.id]),
        )
        for row in rows
        if row.id in therapists
    }


def _therapists(couple_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    rows = db.session.execute(
        select(Care.couple_id, Care.therapist_id)
        .where(Care.couple_id.in_(couple_ids), Care.until.is_(None))
        .order_by(Care.part, Care.since, Care.id)  # the lead comes last, and stays
    )
    return {row.couple_id: row.therapist_id for row in rows}


def _sessions(couple_ids: Sequence[UUID]) -> defaultdict[UUID, list[SessionFact]]:
    there: defaultdict[UUID, set[UUID]] = defaultdict(set)
    attended = db.session.execute(
        select(AttendanceRecord.session_id, AttendanceRecord.person_id, AttendanceRecord.attendance)
        .join(TherapySession, TherapySession.id == AttendanceRecord.session_id)
        .where(TherapySession.couple_id.in_(couple_ids))
    )
    for session_id, person_id, attendance in attended:
        if attendance.was_there:
            there[session_id].add(person_id)
    found: defaultdict[UUID, list[SessionFact]] = defaultdict(list)
    rows = db.session.execute(
        select(
            TherapySession.id,
            TherapySession.couple_id,
            TherapySession.person_id,
            TherapySession.status,
            TherapySession.starts_at,
            TherapySession.minutes,
        ).where(TherapySession.couple_id.in_(couple_ids))
    )
    for row in rows:
        ends_at = row.starts_at + timedelta(minutes=row.minutes)
        found[row.couple_id].append(
            SessionFact(
                row.id,
                row.person_id,
                row.status,
                row.starts_at,
                ends_at,
                frozenset(there[row.id]),
            )
        )
    return found


def _people(couple_ids: Sequence[UUID]) -> defaultdict[UUID, list[PersonFacts]]:
    answers, waiting = _answers(couple_ids), _given_by_hand(couple_ids)
    about_goals, screened = goal_facts_of(couple_ids), _screened(couple_ids)
    rows = db.session.execute(
        select(Membership.couple_id, Membership.person_id, Membership.joined_on, Membership.left_on)
        .where(Membership.couple_id.in_(couple_ids))
        .order_by(Membership.left_on.is_(None), Membership.position)
    )
    # Of somebody who left and came back, the membership that holds now is the last one read.
    spans: dict[ByPerson, tuple[date, date | None]] = {
        (row.couple_id, row.person_id): (row.joined_on, row.left_on) for row in rows
    }
    found: defaultdict[UUID, list[PersonFacts]] = defaultdict(list)
    for key, (joined_on, left_on) in spans.items():
        couple_id, person_id = key
        found[couple_id].append(
            PersonFacts(
                person_id,
                joined_on,
                left_on,
                tuple(answers[key]),
                tuple(waiting[key]),
                about_goals.known_to(couple_id, person_id),
                tuple(about_goals.said[key]),
                tuple(about_goals.hoped_on[key]),
                tuple(screened[key]),
            )
        )
    return found


def _screened(couple_ids: Sequence[UUID]) -> defaultdict[ByPerson, list[date]]:
    rows = db.session.execute(
        select(Screening.couple_id, Screening.person_id, Screening.answered_on).where(
            Screening.couple_id.in_(couple_ids)
        )
    )
    found: defaultdict[ByPerson, list[date]] = defaultdict(list)
    for row in rows:
        found[row.couple_id, row.person_id].append(row.answered_on)
    return found


def _answers(couple_ids: Sequence[UUID]) -> defaultdict[ByPerson, list[Answer]]:
    rows = db.session.execute(
        select(
            Response.id,
            Response.couple_id,
            Response.author_id,
            Response.measure_key,
            Response.completed_at,
            Score.scale_key,
            Score.value,
        )
        .outerjoin(Score, Score.response_id == Response.id)
        .where(Response.couple_id.in_(couple_ids), current())
        .order_by(Response.completed_at, Response.id)
    )
    scores: defaultdict[UUID, dict[str, float]] = defaultdict(dict)
    found: defaultdict[ByPerson, list[Answer]] = defaultdict(list)
    for row in rows:
        if row.id not in scores:
            on = clock.local(row.completed_at).date()
            answer = Answer(row.measure_key, on, scores[row.id])
            found[row.couple_id, row.author_id].append(answer)
        if row.scale_key is not None:
            scores[row.id][row.scale_key] = row.value
    return found


def _given_by_hand(couple_ids: Sequence[UUID]) -> defaultdict[ByPerson, list[Waiting]]:
    unanswered = ~select(Response.id).where(Response.request_id == MeasureRequest.id).exists()
    rows = db.session.execute(
        select(
            MeasureRequest.couple_id,
            MeasureRequest.person_id,
            MeasureRequest.measure_key,
            MeasureRequest.given_at,
        ).where(
            MeasureRequest.couple_id.in_(couple_ids),
            MeasureRequest.occasion.is_(None),
            MeasureRequest.withdrawn_at.is_(None),
            unanswered,
        )
    )
    found: defaultdict[ByPerson, list[Waiting]] = defaultdict(list)
    for row in rows:
        since = clock.local(row.given_at).date()
        found[row.couple_id, row.person_id].append(Waiting(row.measure_key, since))
    return found
