"""Outcome reports: what one may say, issuing one, and fetching it again as it was issued."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import has_request_context
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from practice.db import db
from practice.domain.couples import couple_title
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor
from practice.domain.reports import Edition
from practice.models.couples import Couple, Membership
from practice.models.people import Person
from practice.models.records import IssuedReport
from practice.models.sealing import SealError
from practice.reports.findings import (
    Findings,
    MissingFinding,
    PassageFinding,
    PersonFinding,
    ProblemFinding,
)
from practice.reports.registry import Section, sections_of
from practice.reports.render import RenderFailed, render, report_html
from practice.services import (
    access,
    audit,
    clock,
    people,
    report_course,
    report_measures,
    report_work,
)
from practice.services.errors import NotFound, Refused
from practice.services.joint_passages import standing_passages
from practice.services.literature import used_figures
from practice.services.report_missing import missing_findings
from practice.services.report_scope import Scope, make_scope, people_of

__all__ = [
    "Download",
    "Issued",
    "RenderFailed",
    "ReportsPage",
    "Section",
    "couple_reports",
    "download",
    "issue_report",
    "note_export",
    "outcome_findings",
    "report_html",
    "sections_of",
]


@dataclass(frozen=True, slots=True)
class Issued:
    """A report as it was issued; ``pdf`` is fetched with ``download``."""

    id: UUID
    edition: Edition
    issued_at: datetime
    issued_by: str
    pages: int
    sha256: str
    """Of the PDF, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Download:
    """The stored bytes of an issued report."""

    pdf: bytes
    file_name: str
    """Neutral: no name, no word of what it is about beyond "outcome report"."""


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """A couple's reports, for the page that issues them."""

    couple_id: UUID
    title: str
    members: tuple[str, ...]
    """Full names of the present members, who read the joint edition."""

    readers: str
    """Who reads the joint edition, in words."""

    therapist: str
    issued: tuple[Issued, ...]
    """Newest first."""


def couple_reports(*, actor: Actor, couple_id: UUID) -> ReportsPage:
    """Return what the page of a couple's reports shows.

    Raises:
        NotFound: if the actor does not treat the couple.
    """
    reader = access.require_treating(actor, couple_id)
    members = people.members_of(couple_id)
    present = tuple(member.name for member in members if member.is_current)
    rows = db.session.execute(
        select(IssuedReport, Person.name)
        .join(Person, Person.id == IssuedReport.issued_by)
        .where(IssuedReport.couple_id == couple_id)
        .options(defer(IssuedReport.pdf_sealed))  # a list must not read every PDF
        .order_by(IssuedReport.issued_at.desc(), IssuedReport.id)
    )
    audit.note_read(actor, couple_id, "report.list")
    return ReportsPage(
        couple_id=couple_id,
        title=people.title_of(members),
        members=present,
        readers=couple_title([*present, actor.name]),
        therapist=actor.name,
        issued=tuple(_issued(row, name) for row, name in rows if access.may_see(reader, row.facts)),
    )


@tells(
    JointFact.PLANNED_SESSION,
    JointFact.ATTENDANCE,
    JointFact.GIVEN_TO_ALL,
    JointFact.HAS_OPENED,
    JointFact.JOINT_GOAL,
)
def outcome_findings(*, actor: Actor, couple_id: UUID, edition: Edition) -> Findings:
    """Return everything this edition of the couple's report may say.

    Raises:
        NotFound: if the actor does not treat the couple.
        Refused: if the edition would have no reader but the therapist.
    """
    treating = access.require_treating(actor, couple_id)
    scope = make_scope(
        edition=edition,
        therapist=actor,
        treating=treating,
        members=people.members_of(couple_id),
        now=clock.local(clock.now()),
    )
    if scope.is_joint and not scope.members:
        raise Refused(
            "Nobody is a member of this couple at present, so a joint edition would have no "
            "reader. The clinician's edition can be made."
        )
    audit.note_read(actor, couple_id, f"report.{edition.value}")
    return _gather(scope)


def issue_report(
    *, actor: Actor, couple_id: UUID, edition: Edition, new_id: UUID | None = None
) -> Issued:
    """Make a report, keep it as it is, and return what it is; never the same one twice.

    Args:
        actor: The treating therapist.
        couple_id: Whose report.
        edition: For whom.
        new_id: The new report's id; sent twice, it is one report.

    Raises:
        NotFound: if the actor does not treat the couple, or may not issue it.
        Refused: as ``outcome_findings``.
        RenderFailed: if no PDF could be made; then nothing is stored.
    """
    _require_issuing(actor, couple_id, edition)
    if known := _already_issued(couple_id, new_id):
        return known
    html = report_html(outcome_findings(actor=actor, couple_id=couple_id, edition=edition))
    _let_others_write()
    made = render(html, report_style=True)
    _require_issuing(actor, couple_id, edition)
    if known := _already_issued(couple_id, new_id):
        return known
    row = IssuedReport(
        id=new_id,
        couple_id=couple_id,
        edition=edition,
        issued_by=actor.person_id,
        issued_at=clock.now(),
        pages=made.pages,
        sha256=hashlib.sha256(made.pdf).hexdigest(),
    )
    row.pdf = made.pdf
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:  # the same form, sent twice at the same moment
        if known := _already_issued(couple_id, new_id):
            return known
        raise NotFound from error
    audit.note_write(actor, couple_id, "report.issued")
    return _issued(row, actor.name)


def download(*, actor: Actor, report_id: UUID) -> Download:
    """Return an issued report, byte for byte as it was issued.

    Raises:
        NotFound: if there is no such report of a couple the actor treats.
        Refused: if the stored bytes are not those that were issued.
    """
    row = db.session.get(IssuedReport, report_id)
    if row is None:
        audit.note_refusal(actor, None, "report")
        raise NotFound
    access.require_visible(access.require_treating(actor, row.couple_id), row.facts)
    audit.note_read(actor, row.couple_id, "report.downloaded")
    day = clock.local(row.issued_at).date()
    return Download(_checked(row), f"outcome-report-{day.isoformat()}.pdf")


def note_export(*, actor: Actor, couple_id: UUID, edition: Edition) -> None:
    """Write down that a command hands a report out. The caller commits before it does.

    Raises:
        NotFound: if ``actor``, in whose name it is made, may not issue it.
    """
    _require_issuing(actor, couple_id, edition)
    audit.note_write(actor, couple_id, "report.exported")


def _require_issuing(actor: Actor, couple_id: UUID, edition: Edition) -> None:
    wanted = IssuedReport(couple_id=couple_id, edition=edition, issued_by=actor.person_id)
    access.require_writing(actor, wanted.facts)


def _gather(scope: Scope) -> Findings:
    couple = db.session.get_one(Couple, scope.couple_id)
    session_rows = report_work.sessions_of(scope)
    sessions = report_work.session_findings(scope, session_rows)
    attendance = report_work.attendance_findings(scope, sessions)
    goals = report_work.goal_findings(scope, report_work.goals_of(scope))
    homework, homework_in_all, weeks = report_work.homework_findings(scope)
    scores = report_measures.scores_of(scope)
    scales = report_measures.scale_findings(
        scope, scores, relationship_ended=couple.relationship_ended_on is not None
    )
    persons = people_of(scope)
    return Findings(
        edition=scope.edition,
        letterhead=clock.settings().letterhead,
        couple_title=_title(persons),
        therapist=scope.therapist.name,
        people=persons,
        readers=_readers(scope),
        made_at=scope.now,
        period_start=couple.episode_started_on,
        period_end=_period_end(couple, scope.today),
        care_has_ended=couple.episode_ended_on is not None,
        relationship_ended_on=couple.relationship_ended_on,
        ending_was_a_goal=None if scope.is_joint else couple.ending_was_a_goal,
        agreed_problem=couple.agreed_problem,
        problems=() if scope.is_joint else _problems(scope),
        sessions=sessions,
        planned_sessions=report_work.still_to_come(scope, session_rows),
        attendance=attendance,
        goals=goals,
        goal_scores=report_work.goal_scores(scope, goals),
        homework=homework,
        homework_in_all=homework_in_all,
        scales=scales,
        boards=report_course.board_findings(scores),
        events=report_course.event_findings(scope),
        homework_weeks=weeks,
        signals=report_course.signal_findings(scope),
        missing=tuple(
            MissingFinding(text)
            for text in missing_findings(
                scope, session_rows, attendance, goals, scores, scales, persons
            )
        ),
        literature=used_figures(),
        passages=_passages(scope),
    )


def _passages(scope: Scope) -> tuple[PassageFinding, ...]:
    """Return the moved passages that every reader may see, while their permission holds."""
    found = scope.filtered(standing_passages(scope.couple_id), lambda passage: passage.facts)
    return tuple(
        PassageFinding(position, passage.text, clock.local(passage.added_at).date())
        for passage in found
        if (position := scope.position(passage.person_id)) is not None
    )


def _title(persons: tuple[PersonFinding, ...]) -> str:
    present = [person.name for person in persons if person.left_on is None]
    return couple_title(present or [person.name for person in persons])


def _readers(scope: Scope) -> str:
    if not scope.is_joint:
        return f"{scope.therapist.name}, the treating therapist, and nobody else"
    return couple_title(
        [*(member.name for member in scope.members), f"{scope.therapist.name} (therapist)"]
    )


def _period_end(couple: Couple, today: date) -> date:
    return couple.episode_ended_on or max(today, couple.episode_started_on)


def _problems(scope: Scope) -> tuple[ProblemFinding, ...]:
    rows = db.session.scalars(
        select(Membership)
        .where(Membership.couple_id == scope.couple_id)
        .order_by(Membership.position)
    )
    return tuple(ProblemFinding(row.position, row.problem) for row in rows if row.problem)


def _let_others_write() -> None:
    """End the request's transaction: typesetting must not hold the database's write lock.

    Nothing was changed before it in such a request; the report is stored in a new transaction.
    """
    if has_request_context():
        db.session.rollback()


def _already_issued(couple_id: UUID, report_id: UUID | None) -> Issued | None:
    if report_id is None:
        return None
    found = db.session.execute(
        select(IssuedReport, Person.name)
        .join(Person, Person.id == IssuedReport.issued_by)
        .where(IssuedReport.id == report_id)
        .options(defer(IssuedReport.pdf_sealed))
    ).first()
    if found is None:
        return None
    row, issued_by = found
    if row.couple_id != couple_id:
        raise NotFound
    return _issued(row, issued_by)


def _issued(row: IssuedReport, issued_by: str) -> Issued:
    return Issued(row.id, row.edition, row.issued_at, issued_by, row.pages, row.sha256)


def _checked(row: IssuedReport) -> bytes:
    try:
        pdf: bytes = row.pdf
    except SealError as error:
        raise Refused(_DAMAGED) from error
    if not hmac.compare_digest(hashlib.sha256(pdf).hexdigest(), row.sha256):
        raise Refused(_DAMAGED)
    return pdf


_DAMAGED = (
    "The stored report is not the one that was issued: its check sum differs. It was left as it "
    "is. Restore it from a backup, or issue a new report."
)
