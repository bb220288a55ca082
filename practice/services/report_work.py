"""Sessions, goals and homework as a report may tell of them. Filter first, then count."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from practice.db import db
from practice.domain.adherence import (
    Schedule,
    adherence,
    adherence_by_week,
    adherence_over,
    attendance_rate,
)
from practice.domain.goals import t_score
from practice.domain.homework.terms import GivenTo, frequency_label
from practice.domain.sessions import Attendance, SessionKind, SessionStatus
from practice.domain.visibility import Audience
from practice.models.goals import Goal, GoalRating
from practice.models.homework import Assignment
from practice.models.sessions import JointNote, TherapySession
from practice.reports.findings import (
    AttendanceFinding,
    DoneFinding,
    GoalFinding,
    GoalScoreFinding,
    HomeworkFinding,
    RatingFinding,
    SessionFinding,
    WeeksFinding,
)
from practice.services import clock
from practice.services.homework.facts import facts_of_entries, schedule_of
from practice.services.homework.templates import wording_of
from practice.services.people import Member
from practice.services.report_scope import Scope

_OPENS = frozenset({Audience.COUPLE, Audience.WHEN_ALL_DONE})


def sessions_of(scope: Scope) -> list[TherapySession]:
    """Return the sessions of this edition, oldest first; joint: conjoint ones only."""
    rows = db.session.scalars(
        select(TherapySession)
        .where(TherapySession.couple_id == scope.couple_id)
        .options(selectinload(TherapySession.attendance))
        .order_by(TherapySession.starts_at, TherapySession.id)
    )
    seen = scope.filtered(rows, lambda row: row.facts)
    if scope.is_joint:
        return [row for row in seen if row.kind is SessionKind.CONJOINT]
    return [row for row in seen if row.person_id is None or _known(scope, row.person_id)]


def session_findings(scope: Scope, rows: Sequence[TherapySession]) -> tuple[SessionFinding, ...]:
    """Return the sessions that took place or were cancelled."""
    return tuple(_session(scope, row) for row in rows if row.status is not SessionStatus.PLANNED)


def still_to_come(scope: Scope, rows: Sequence[TherapySession]) -> int:
    """Return how many sessions are planned from now on."""
    return sum(row.status is SessionStatus.PLANNED and row.starts_at >= scope.now for row in rows)


def not_written_up(scope: Scope, rows: Sequence[TherapySession]) -> int:
    """Return how many sessions lie in the past and are still marked as planned."""
    return sum(row.status is SessionStatus.PLANNED and row.starts_at < scope.now for row in rows)


def without_signed_note(scope: Scope, rows: Sequence[TherapySession]) -> int:
    """Return how many held sessions have no signed joint note; for the clinician's edition."""
    notes = db.session.scalars(
        select(JointNote).where(
            JointNote.couple_id == scope.couple_id, JointNote.signed_at.is_not(None)
        )
    )
    signed = {note.session_id for note in scope.filtered(notes, lambda note: note.facts)}
    return sum(row.status is SessionStatus.HELD and row.id not in signed for row in rows)


def attendance_findings(
    scope: Scope, sessions: Sequence[SessionFinding]
) -> tuple[AttendanceFinding, ...]:
    """Count each member's attendance over the sessions at which they were expected."""
    return tuple(_attendance(member, sessions) for member in scope.members)


def goals_of(scope: Scope) -> list[Goal]:
    """Return the goals of this edition, oldest first; joint: joint goals only."""
    rows = db.session.scalars(
        select(Goal)
        .where(Goal.couple_id == scope.couple_id)
        .options(selectinload(Goal.ratings))
        .order_by(Goal.created_at, Goal.id)
    )
    seen = scope.filtered(rows, lambda row: row.facts)
    if scope.is_joint:
        return [row for row in seen if row.person_id is None]
    return [row for row in seen if row.person_id is None or _known(scope, row.person_id)]


def goal_findings(scope: Scope, goals: Sequence[Goal]) -> tuple[GoalFinding, ...]:
    """Return the goals with the latest rating of each rater, of those all readers may see."""
    return tuple(
        GoalFinding(
            title=goal.title,
            own_goal_of=scope.position(goal.person_id) if goal.person_id else None,
            levels=tuple(str(text) for text in goal.levels or ()),
            weight=goal.weight,
            set_on=clock.local(goal.created_at).date(),
            closed_on=goal.closed_on,
            ratings=_latest_ratings(scope, goal),
        )
        for goal in goals
    )


def goal_scores(scope: Scope, goals: Sequence[GoalFinding]) -> tuple[GoalScoreFinding, ...]:
    """Return the T score of each rater over the goals they rated; never over raters."""
    raters: tuple[int | None, ...] = (*(member.position for member in scope.members), None)
    found = []
    for rater in raters:
        rated = [
            (rating.level, goal.weight)
            for goal in goals
            for rating in goal.ratings
            if rating.rater == rater and goal.weight > 0
        ]
        t = t_score([level for level, _ in rated], [weight for _, weight in rated])
        if t is not None:
            found.append(GoalScoreFinding(rater, t, len(rated)))
    return tuple(found)


def homework_findings(
    scope: Scope,
) -> tuple[tuple[HomeworkFinding, ...], tuple[DoneFinding, ...], tuple[WeeksFinding, ...]]:
    """Return every assignment of this edition, and each member's adherence over all of them.

    Returns:
        The assignments, oldest first; one figure for each member who has anything to count; and
        the same by week, for the clinician's edition alone.
    """
    rows = db.session.scalars(
        select(Assignment)
        .where(Assignment.couple_id == scope.couple_id)
        .options(
            selectinload(Assignment.receivers),
            selectinload(Assignment.pauses),
            selectinload(Assignment.entries),
        )
        .order_by(Assignment.starts_on, Assignment.created_at, Assignment.id)
    )
    tasks: dict[int, list[tuple[Schedule, list[date]]]] = {}
    findings = []
    titles = {goal.id: goal.title for goal in goals_of(scope)}
    for row in scope.filtered(rows, lambda row: row.facts):
        days = _days_done(scope, row)
        serves = titles.get(row.goal_id, "") if row.goal_id else ""
        findings.append(replace(_assignment(scope, row, days), serves=serves))
        for position, done in days.items():
            tasks.setdefault(position, []).append((schedule_of(row), done))
    in_all = tuple(
        DoneFinding(position, adherence_over(done, scope.today))
        for position, done in sorted(tasks.items())
    )
    weeks = () if scope.is_joint else sorted(tasks.items())
    by_week = tuple(
        WeeksFinding(position, adherence_by_week(done, scope.today)) for position, done in weeks
    )
    return tuple(findings), in_all, by_week


def _known(scope: Scope, person_id: UUID) -> bool:
    return scope.position(person_id) is not None


def _session(scope: Scope, row: TherapySession) -> SessionFinding:
    on = clock.local(row.starts_at).date()
    written = {record.person_id: record.attendance for record in row.attendance}
    expected = [
        member
        for member in scope.members
        if row.person_id in (None, member.person_id)
        and (member.person_id in written or member.was_member_on(on))
    ]
    return SessionFinding(
        on=on,
        kind=row.kind,
        seen_alone=scope.position(row.person_id) if row.person_id else None,
        format=row.format,
        status=row.status,
        minutes=row.minutes,
        attendance=tuple((who.position, written.get(who.person_id)) for who in expected),
    )


def _attendance(member: Member, sessions: Sequence[SessionFinding]) -> AttendanceFinding:
    statuses = [
        status
        for session in sessions
        for position, status in session.attendance
        if position == member.position
        and (status is not None or session.status is SessionStatus.HELD)
    ]
    return AttendanceFinding(
        position=member.position,
        rate=attendance_rate(statuses),
        late=statuses.count(Attendance.LATE),
        late_cancellations=statuses.count(Attendance.LATE_CANCELLATION),
        did_not_attend=statuses.count(Attendance.DID_NOT_ATTEND),
        not_recorded=statuses.count(None),
    )


def _latest_ratings(scope: Scope, goal: Goal) -> tuple[RatingFinding, ...]:
    concerns = goal.facts.concerns
    latest: dict[int | None, GoalRating] = {}
    for rating in scope.filtered(goal.ratings, lambda row: row.facts(concerns)):
        position = scope.position(rating.rater_id)
        by_therapist = rating.rater_id == scope.therapist.person_id
        if position is not None or by_therapist:
            latest[position] = rating
    in_order = sorted(latest.items(), key=lambda item: (item[0] is None, item[0] or 0))
    return tuple(
        RatingFinding(
            rater=position,
            level=rating.level,
            on=clock.local(rating.rated_at).date(),
            comment="" if scope.is_joint else rating.comment,
        )
        for position, rating in in_order
    )


def _assignment(scope: Scope, row: Assignment, days: dict[int, list[date]]) -> HomeworkFinding:
    schedule = schedule_of(row)
    return HomeworkFinding(
        title=wording_of(row).title,
        given_to=row.given_to,
        receivers=tuple(sorted(_receivers(scope, row))),
        how_often=frequency_label(row.frequency, row.times_per_week),
        starts_on=row.starts_on,
        due_on=row.due_on,
        retired_on=row.retired_on,
        entries_readable=_entries_readable(scope, row),
        done=tuple(
            DoneFinding(position, adherence(schedule, done, scope.today))
            for position, done in sorted(days.items())
        ),
    )


def _receivers(scope: Scope, row: Assignment) -> list[int]:
    found = (scope.position(receiver.person_id) for receiver in row.receivers)
    return [position for position in found if position is not None]


def _entries_readable(scope: Scope, row: Assignment) -> bool:
    """Whether the rule under which entries are written lets the readers count them."""
    if scope.is_joint:
        return row.audience in _OPENS
    return row.audience is not Audience.PRIVATE


def _days_done(scope: Scope, row: Assignment) -> dict[int, list[date]]:
    """Return the days of the entries that count, by position; empty where none may be counted."""
    if not _entries_readable(scope, row):
        return {}
    entries = scope.filtered(row.entries, facts_of_entries(row, row.entries, scope.everybody))
    counted = [entry for entry in entries if entry.outcome.counts_as_done]
    together = row.given_to is GivenTo.TOGETHER
    return {
        position: [
            entry.for_day
            for entry in counted
            if together or scope.position(entry.author_id) == position
        ]
        for position in _receivers(scope, row)
    }
