"""What may leave, kind by kind: read, filtered by the policy, then put into words."""

from collections.abc import Callable, Iterable

from sqlalchemy import select
from sqlalchemy.orm import defer, selectinload

from practice.db import db
from practice.domain.goals import AttainmentLevel
from practice.domain.intake import BY_KEY
from practice.domain.releases.authorisations import Part, ReleaseKind
from practice.domain.reports import Edition
from practice.domain.visibility import Audience
from practice.domain.words import day_in_words, number
from practice.models.goals import Goal, GoalRating
from practice.models.homework import Assignment
from practice.models.intake import IntakeEntry
from practice.models.records import IssuedReport
from practice.models.responses import Response
from practice.services import clock
from practice.services.homework.facts import facts_of_entries
from practice.services.homework.templates import wording_of
from practice.services.measure_library import all_measures
from practice.services.releases.scope import Gathered, Item, ReleaseScope, Text, day_of
from practice.services.releases.session_items import notes, sessions
from practice.services.response_pages import shown_scores
from practice.services.standing_responses import current


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
            theirs = scope.is_theirs(entry.author_id)
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
        theirs = scope.is_theirs(row.author_id)
        shown = theirs if scope.part is Part.OWN else theirs and scope.shown_to_all(row.facts)
        measure = measures.get(row.measure_key)
        if not shown or measure is None or not scope.may_leave(row.facts):
            left_out += scope.left_out(row.facts)
            continue
        found.append(
            Item(
                f"{measure.title}, {day_of(row.completed_at)}",
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
                f"Appendix {place}: issued on {day_of(row.issued_at)}",
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
        theirs = scope.is_theirs(row.person_id)
        shown = theirs if scope.part is Part.OWN else theirs and scope.shown_to_all(row.facts)
        if not shown or not scope.may_leave(row.facts):
            left_out += scope.left_out(row.facts)
            continue
        found.append(
            Item(
                f"Intake: {section.title}, {day_of(row.written_at)}",
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
        (f"{scope.named(one.rater_id)}, {day_of(one.rated_at)}", AttainmentLevel(one.level).label)
        for one in ratings
    )
    comments = [
        Text(
            f"goal_rating:{one.id}",
            f"{scope.named(one.rater_id)}, {day_of(one.rated_at)}",
            one.comment,
        )
        for one in ratings
        if one.comment
    ]
    return Item(f"Goal set on {day_of(row.created_at)}", rated, (*wording, *comments))


def _rating_leaves(scope: ReleaseScope, goal: Goal, row: GoalRating) -> bool:
    record = row.facts(concerns=goal.facts.concerns)
    if not scope.covers_day(row.rated_at) or not scope.may_leave(record):
        return False
    if scope.part is Part.OWN:
        return row.rater_id == scope.person_id and row.audience is not Audience.PRIVATE
    return goal.person_id is None and scope.is_theirs(row.rater_id) and scope.shown_to_all(record)


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
