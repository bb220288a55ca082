"""What may leave, kind by kind: read, filtered by the policy, then put into words."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer, selectinload

from practice.db import db
from practice.domain.goals import AttainmentLevel
from practice.domain.intake import BY_KEY
from practice.domain.note_formats import TEXT, passages
from practice.domain.people import first_name
from practice.domain.releases.authorisations import Part, ReleaseKind
from practice.domain.reports import Edition
from practice.domain.sessions import SessionStatus
from practice.domain.visibility import Audience
from practice.domain.words import day_in_words, number
from practice.models.agreements import JointPassage
from practice.models.goals import Goal, GoalRating
from practice.models.homework import Assignment
from practice.models.intake import IntakeEntry
from practice.models.notes import MemberNote
from practice.models.people import Person
from practice.models.records import IssuedReport
from practice.models.responses import Response
from practice.models.sessions import JointNote, TherapySession
from practice.services import clock
from practice.services.homework.facts import facts_of_entries
from practice.services.homework.templates import wording_of
from practice.services.measure_library import all_measures
from practice.services.notes.parts import content_of
from practice.services.releases.scope import Gathered, Item, ReleaseScope, Text
from practice.services.response_pages import shown_scores
from practice.services.standing_responses import current


def sessions(scope: ReleaseScope) -> Gathered:
    """Sessions that took place or fell through, with who came and what was agreed."""
    rows, left_out = _sessions(scope)
    return Gathered(
        "Individual sessions" if scope.part is Part.OWN else "Sessions",
        tuple(_session(scope, row) for row in rows if row.status is not SessionStatus.PLANNED),
        left_out,
    )


def notes(scope: ReleaseScope) -> Gathered:
    """Signed notes with what was added to them. A draft never leaves."""
    found, left_out = [], 0
    for session in _sessions(scope)[0]:
        note = db.session.scalar(select(JointNote).where(JointNote.session_id == session.id))
        if note is None:
            continue
        if note.signed_at is None or not scope.may_leave(note.facts):
            left_out += scope.left_out(note.facts)
            continue
        found.append(_note(scope, session, note))
    if scope.part is Part.OWN:
        found += _notes_about(scope)
        return Gathered("Notes about one person alone", tuple(found), left_out)
    return Gathered("Joint notes", (*found, *_moved_words(scope)), left_out)


def goals(scope: ReleaseScope) -> Gathered:
    """Goals with their levels and with those ratings that may leave."""
    rows = db.session.scalars(
        select(Goal)
        .where(Goal.couple_id == scope.couple_id)
        .options(selectinload(Goal.ratings))
        .order_by(Goal.created_at, Goal.id)
    )
    found, left_out = [], 0
    for row in rows:
        if not _was_open(scope, row):
            continue
        ratings = [one for one in row.ratings if _rating_leaves(scope, row, one)]
        left_out += sum(
            scope.left_out(one.facts(concerns=row.facts.concerns))
            for one in row.ratings
            if one not in ratings and scope.covers_day(one.rated_at)
        )
        own = row.person_id == scope.person_id and scope.may_leave(row.facts)
        if own or ratings:
            found.append(_goal(scope, row, ratings, with_wording=own))
        elif row.person_id is not None:
            left_out += scope.left_out(row.facts)
    return Gathered(
        "Own goals" if scope.part is Part.OWN else "Joint goals", tuple(found), left_out
    )


def entries(scope: ReleaseScope) -> Gathered:
    """Homework entries that were opened to all, or one member's own but for private ones."""
    found, left_out = [], 0
    for task in _assignments(scope):
        facts = facts_of_entries(task, task.entries, scope.members)
        for entry in task.entries:
            if not scope.covers_day(entry.submitted_at):
                continue
            record = facts(entry)
            theirs = _is_theirs(scope, entry.author_id)
            shown = theirs if scope.part is Part.OWN else theirs and scope.shown_to_all(record)
            if not shown or not scope.may_leave(record):
                left_out += scope.left_out(record)
                continue
            template = wording_of(task)
            found.append(
                Item(
                    f"{template.title}, {day_in_words(entry.for_day)}",
                    (("Written by", scope.named(entry.author_id)),),
                    tuple(
                        Text(f"homework_entry:{entry.id}:{place}", line.label, line.text)
                        for place, line in enumerate(template.summary(entry.content))
                    ),
                )
            )
    intake, not_shown = _intake(scope)
    return Gathered("Homework and intake", (*found, *intake), left_out + not_shown)


def results(scope: ReleaseScope) -> Gathered:
    """Results of questionnaires as plain numbers, without the single answers."""
    rows = db.session.scalars(
        select(Response)
        .where(Response.couple_id == scope.couple_id, current())
        .options(defer(Response.answers_sealed), defer(Response.reason_sealed))
        .order_by(Response.completed_at, Response.id)
    )
    measures = all_measures()
    found, left_out = [], 0
    for row in rows:
        if not scope.covers_day(row.completed_at):
            continue
        theirs = _is_theirs(scope, row.author_id)
        shown = theirs if scope.part is Part.OWN else theirs and scope.shown_to_all(row.facts)
        measure = measures.get(row.measure_key)
        if not shown or measure is None or not scope.may_leave(row.facts):
            left_out += scope.left_out(row.facts)
            continue
        found.append(
            Item(
                f"{measure.title}, {_day(row.completed_at)}",
                (
                    ("Answered by", scope.named(row.author_id)),
                    *(
                        (
                            score.scale.title,
                            f"{number(score.value)} on a scale from {number(score.scale.low)} to "
                            f"{number(score.scale.high)}; "
                            f"{'higher' if score.scale.higher_is_better else 'lower'} is better",
                        )
                        for score in shown_scores(row, measure)
                    ),
                ),
            )
        )
    return Gathered("Results of questionnaires", tuple(found), left_out)


def issued_reports(scope: ReleaseScope) -> list[IssuedReport]:
    """Return the joint reports issued in the period, oldest first, without their bytes."""
    rows = db.session.scalars(
        select(IssuedReport)
        .where(IssuedReport.couple_id == scope.couple_id, IssuedReport.edition == Edition.JOINT)
        .options(defer(IssuedReport.pdf_sealed))
        .order_by(IssuedReport.issued_at, IssuedReport.id)
    )
    return [row for row in rows if scope.covers_day(row.issued_at) and scope.may_leave(row.facts)]


def reports(scope: ReleaseScope) -> Gathered:
    """The list of joint reports that lie beside the bundle as they were issued."""
    return Gathered(
        "Outcome reports, as issued",
        tuple(
            Item(
                f"Appendix {place}: issued on {_day(row.issued_at)}",
                (("Pages", str(row.pages)), ("Check sum (SHA-256)", row.sha256)),
            )
            for place, row in enumerate(issued_reports(scope), start=1)
        ),
    )


COLLECTORS: dict[ReleaseKind, Callable[[ReleaseScope], Gathered]] = {
    ReleaseKind.SESSIONS: sessions,
    ReleaseKind.NOTES: notes,
    ReleaseKind.GOALS: goals,
    ReleaseKind.ENTRIES: entries,
    ReleaseKind.RESULTS: results,
    ReleaseKind.REPORTS: reports,
}


def _sessions(scope: ReleaseScope) -> tuple[list[TherapySession], int]:
    rows = db.session.scalars(
        select(TherapySession)
        .where(TherapySession.couple_id == scope.couple_id)
        .options(selectinload(TherapySession.attendance))
        .order_by(TherapySession.starts_at, TherapySession.id)
    )
    of_period = [row for row in rows if scope.covers_day(row.starts_at)]
    kept = [
        row for row in of_period if row.person_id == scope.person_id and scope.may_leave(row.facts)
    ]
    return kept, sum(scope.left_out(row.facts) for row in of_period if row not in kept)


def _session(scope: ReleaseScope, row: TherapySession) -> Item:
    came = (
        (scope.named(one.person_id), one.attendance.label)
        for one in sorted(row.attendance, key=lambda one: _position(scope, one.person_id))
    )
    steps = Text(f"therapy_session:{row.id}:steps", "Agreed for next time", row.next_steps)
    return Item(
        _moment(row.starts_at),
        (
            ("Kind", row.kind.label),
            ("Format", row.format.label),
            ("Took place", row.status.label),
            ("Length", f"{row.minutes} minutes"),
            *came,
        ),
        (steps,) if row.next_steps else (),
    )


def _note(scope: ReleaseScope, session: TherapySession, note: JointNote) -> Item:
    first_names = {one: first_name(scope.names[one]) for one in scope.covered & set(scope.names)}
    # A passage about somebody who is not covered is left out whole.
    read = (
        passage
        for passage in passages(content_of(note), first_names)
        if passage.about_id is None or passage.about_id in scope.covered
    )
    texts = tuple(
        Text(
            f"joint_note:{note.id}:{passage.key}:{passage.about_id or ''}",
            "" if passage.key == TEXT else passage.title,
            passage.text,
        )
        for passage in read
    )
    return _signed(f"Session of {_moment(session.starts_at)}", note, texts)


def _notes_about(scope: ReleaseScope) -> list[Item]:
    rows = db.session.execute(
        select(MemberNote, TherapySession.starts_at)
        .join(TherapySession, TherapySession.id == MemberNote.session_id)
        .where(
            MemberNote.couple_id == scope.couple_id,
            MemberNote.about_id == scope.person_id,
            MemberNote.signed_at.is_not(None),
        )
        .order_by(TherapySession.starts_at, MemberNote.id)
    )
    return [
        _signed(
            f"About {scope.named(row.about_id)}, session of {_moment(starts_at)}",
            row,
            tuple(
                # A passage of words keeps the key under which it was decided before.
                Text(f"member_note:{row.id}", "", passage.text)
                if passage.key == TEXT
                else Text(f"member_note:{row.id}:{passage.key}", passage.title, passage.text)
                for passage in passages(content_of(row), {})
            ),
        )
        for row, starts_at in rows
        if scope.covers_day(starts_at) and scope.may_leave(row.facts)
    ]


def _signed(heading: str, note: JointNote | MemberNote, texts: tuple[Text, ...]) -> Item:
    later = tuple(
        Text(
            f"{one.__tablename__}:{one.id}",
            f"Added by {_staff_name(one.author_id)} on {_moment(one.written_at)}",
            one.body,
        )
        for one in note.addenda
    )
    signed = _moment(note.signed_at) if note.signed_at else ""
    facts = (("Written by", _staff_name(note.author_id)), ("Signed", signed))
    return Item(heading, facts, (*texts, *later))


def _moved_words(scope: ReleaseScope) -> list[Item]:
    """Words that a member allowed to be moved into the joint record."""
    rows = db.session.scalars(
        select(JointPassage)
        .where(JointPassage.couple_id == scope.couple_id, JointPassage.removed_at.is_(None))
        .order_by(JointPassage.added_at, JointPassage.id)
    )
    return [
        Item(
            f"Words moved into the joint record on {_day(row.added_at)}",
            (("Words of", scope.named(row.person_id)),),
            (Text(f"joint_passage:{row.id}", "", row.text),),
        )
        for row in rows
        if scope.covers_day(row.added_at)
        and row.permission.holds
        and _is_theirs(scope, row.person_id)
        and scope.may_leave(row.facts)
    ]


def _intake(scope: ReleaseScope) -> tuple[list[Item], int]:
    rows = db.session.scalars(
        select(IntakeEntry)
        .where(IntakeEntry.couple_id == scope.couple_id, IntakeEntry.superseded_at.is_(None))
        .order_by(IntakeEntry.written_at, IntakeEntry.id)
    )
    found, left_out = [], 0
    for row in rows:
        section = BY_KEY.get(row.section)
        if section is None or not scope.covers_day(row.written_at):
            continue
        theirs = _is_theirs(scope, row.person_id)
        shown = theirs if scope.part is Part.OWN else theirs and scope.shown_to_all(row.facts)
        if not shown or not scope.may_leave(row.facts):
            left_out += scope.left_out(row.facts)
            continue
        found.append(
            Item(
                f"Intake: {section.title}, {_day(row.written_at)}",
                (("Words of", scope.named(row.person_id)),),
                tuple(
                    Text(f"intake_entry:{row.id}:{place}", line.label, line.text)
                    for place, line in enumerate(section.summary(row.content))
                ),
            )
        )
    return found, left_out


def _goal(
    scope: ReleaseScope, row: Goal, ratings: Iterable[GoalRating], *, with_wording: bool
) -> Item:
    wording: list[Text] = []
    if with_wording:
        wording = [Text(f"goal:{row.id}:title", "", row.title)]
        wording += [
            Text(f"goal:{row.id}:level{place}", AttainmentLevel(place - 2).label, words)
            for place, words in enumerate(row.levels)
            if words
        ]
    rated = tuple(
        (f"{scope.named(one.rater_id)}, {_day(one.rated_at)}", AttainmentLevel(one.level).label)
        for one in ratings
    )
    comments = [
        Text(
            f"goal_rating:{one.id}",
            f"{scope.named(one.rater_id)}, {_day(one.rated_at)}",
            one.comment,
        )
        for one in ratings
        if one.comment
    ]
    return Item(f"Goal set on {_day(row.created_at)}", rated, (*wording, *comments))


def _rating_leaves(scope: ReleaseScope, goal: Goal, row: GoalRating) -> bool:
    record = row.facts(concerns=goal.facts.concerns)
    if not scope.covers_day(row.rated_at) or not scope.may_leave(record):
        return False
    if scope.part is Part.OWN:
        return row.rater_id == scope.person_id and row.audience is not Audience.PRIVATE
    return goal.person_id is None and _is_theirs(scope, row.rater_id) and scope.shown_to_all(record)


def _is_theirs(scope: ReleaseScope, author_id: UUID) -> bool:
    """Whether words of this author belong to what was asked."""
    if scope.part is Part.OWN:
        return author_id == scope.person_id
    return author_id in scope.covered or not scope.is_own_right


def _assignments(scope: ReleaseScope) -> list[Assignment]:
    return list(
        db.session.scalars(
            select(Assignment)
            .where(Assignment.couple_id == scope.couple_id)
            .options(selectinload(Assignment.receivers), selectinload(Assignment.entries))
            .order_by(Assignment.starts_on, Assignment.created_at, Assignment.id)
        )
    )


def _was_open(scope: ReleaseScope, goal: Goal) -> bool:
    return scope.span.meets(clock.local(goal.created_at).date(), goal.closed_on)


def _position(scope: ReleaseScope, person_id: UUID) -> int:
    return next((one.position for one in scope.members if one.person_id == person_id), 99)


def _staff_name(person_id: UUID) -> str:
    return db.session.get_one(Person, person_id).name


def _day(moment: datetime) -> str:
    return day_in_words(clock.local(moment).date())


def _moment(moment: datetime) -> str:
    return f"{_day(moment)}, {clock.local(moment):%H:%M}"
