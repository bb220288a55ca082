"""What somebody wrote, rated and answered: all of it theirs."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from practice.db import db
from practice.domain.goals import AttainmentLevel
from practice.domain.homework.definition import Template
from practice.domain.intake import BY_KEY
from practice.domain.people import Reader
from practice.models.drafts import Draft
from practice.models.goals import Goal, GoalProgress, GoalRating, Hope
from practice.models.homework import (
    Assignment,
    AssignmentReceiver,
    HomeworkEntry,
    HomeworkView,
)
from practice.models.intake import IntakeEntry
from practice.models.responses import MeasureRequest, Response
from practice.services import clock
from practice.services.drafts import DraftKind
from practice.services.homework.facts import facts_of_entries
from practice.services.homework.templates import wording_of
from practice.services.measure_library import all_measures
from practice.services.own_export.rows import each
from practice.services.own_export.subject import Record, Subject, day, moment
from practice.services.people import members_of
from practice.services.response_pages import answered_items, shown_scores


def goals(subject: Subject) -> list[Record]:
    found = []
    for reader, row in each(subject, select(Goal).order_by(Goal.created_at, Goal.id), Goal):
        if not subject.may_hold(reader, row.facts):
            continue
        levels = {
            AttainmentLevel(place - 2).label: subject.without_others(reader, words)
            for place, words in enumerate(row.levels)
        }
        found.append(
            {
                "title": subject.without_others(reader, row.title),
                "levels": levels,
                "is_own": row.person_id is not None,
                "about": row.area.label if row.area else None,
                "weight": row.weight,
                "set_at": moment(row.created_at),
                "target_on": day(row.target_on),
                "closed_on": day(row.closed_on),
            }
        )
    return found


def goal_ratings(subject: Subject) -> list[Record]:
    rows = select(GoalRating).where(GoalRating.rater_id == subject.person_id)
    found = []
    for reader, row in each(subject, rows.order_by(GoalRating.rated_at), GoalRating):
        if not subject.may_hold(reader, row.facts(concerns=row.goal.facts.concerns)):
            continue
        wording = subject.may_hold(reader, row.goal.facts)
        found.append(
            {
                "goal": subject.without_others(reader, row.goal.title) if wording else None,
                "level": row.level,
                "comment": row.comment or None,
                "for_whom": row.audience.value,
                "rated_at": moment(row.rated_at),
            }
        )
    return found


def goal_progress(subject: Subject) -> list[Record]:
    rows = select(GoalProgress).where(GoalProgress.rater_id == subject.person_id)
    found = []
    for reader, row in each(subject, rows.order_by(GoalProgress.said_at), GoalProgress):
        goal = db.session.get_one(Goal, row.goal_id)
        if not subject.may_hold(reader, row.facts(concerns=goal.facts.concerns)):
            continue
        wording = subject.may_hold(reader, goal.facts)
        found.append(
            {
                "goal": subject.without_others(reader, goal.title) if wording else None,
                "value": row.value,
                "from": 0,
                "to": 10,
                "for_whom": row.audience.value,
                "said_at": moment(row.said_at),
            }
        )
    return found


def hopes(subject: Subject) -> list[Record]:
    rows = select(Hope).where(Hope.person_id == subject.person_id)
    return [
        {
            "place": row.place,
            "words": row.words,
            "written_at": moment(row.written_at),
            "changed_at": moment(row.changed_at),
        }
        for reader, row in each(subject, rows.order_by(Hope.place, Hope.id), Hope)
        if subject.may_hold(reader, row.facts)
    ]


def homework(subject: Subject) -> list[Record]:
    found = []
    tasks = (
        select(Assignment)
        .join(AssignmentReceiver, AssignmentReceiver.assignment_id == Assignment.id)
        .where(AssignmentReceiver.person_id == subject.person_id)
        .options(selectinload(Assignment.receivers), selectinload(Assignment.entries))
        .order_by(Assignment.starts_on, Assignment.id)
    )
    for reader, task in each(subject, tasks, Assignment):
        facts = facts_of_entries(task, task.entries, members_of(reader.couple_id))
        template = wording_of(task)
        seen = subject.may_hold(reader, task.facts)
        entries = [
            _entry(entry, template)
            for entry in task.entries
            if entry.author_id == subject.person_id and subject.may_hold(reader, facts(entry))
        ]
        views = _own_views(subject, reader, task)
        if not (seen or entries or views):
            continue
        found.append(
            {
                "worksheet": task.template_key,
                "title": template.title,
                "instructions": (
                    subject.without_others(reader, task.instructions) or None if seen else None
                ),
                "starts_on": day(task.starts_on),
                "due_on": day(task.due_on),
                "entries": entries,
                "how_it_was": [_view(view) for view in views],
            }
        )
    return found


def _own_views(subject: Subject, reader: Reader, task: Assignment) -> list[HomeworkView]:
    rows = db.session.scalars(
        select(HomeworkView)
        .where(HomeworkView.assignment_id == task.id, HomeworkView.author_id == subject.person_id)
        .order_by(HomeworkView.for_day, HomeworkView.id)
    )
    return [row for row in rows if subject.may_hold(reader, row.facts)]


def _view(row: HomeworkView) -> Record:
    return {
        "for_day": day(row.for_day),
        "said_at": moment(row.said_at),
        "audience": row.audience.value,
        **row.content,
    }


def _entry(entry: HomeworkEntry, template: Template) -> Record:
    return {
        "for_day": day(entry.for_day),
        "submitted_at": moment(entry.submitted_at),
        "outcome": entry.outcome.value,
        "for_whom": entry.audience.value,
        "read_together_at": moment(entry.opened_at),
        "answers": [
            {"question": line.label, "answer": line.text}
            for line in template.summary(entry.content)
        ],
        "stored": entry.content,
    }


def responses(subject: Subject) -> list[Record]:
    found = []
    measures = all_measures()
    rows = select(Response).where(Response.author_id == subject.person_id)
    for reader, row in each(subject, rows.order_by(Response.completed_at), Response):
        if not subject.may_hold(reader, row.facts):
            continue
        measure = measures.get(row.measure_key)
        stored = row.answers or {}
        found.append(
            {
                "measure": row.measure_key,
                "title": measure.title if measure else row.measure_key,
                "completed_at": moment(row.completed_at),
                "for_whom": row.audience.value,
                "shown_since": moment(row.shared_at),
                "how": row.origin.value,
                "answers": [
                    {"question": item.text, "answer": item.answer, "value": item.value}
                    for item in (answered_items(measure, stored) if measure else ())
                ],
                "stored": stored,
                "scores": [
                    {
                        "scale": score.scale.title,
                        "value": score.value,
                        "from": score.scale.low,
                        "to": score.scale.high,
                        "higher_is_better": score.scale.higher_is_better,
                    }
                    for score in (shown_scores(row, measure) if measure else ())
                ],
                "reason_of_correction": row.reason or None,
                "replaced_at": moment(row.superseded_at),
            }
        )
    return found


def asked(subject: Subject) -> list[Record]:
    now = clock.now()
    measures = all_measures()
    rows = (
        select(MeasureRequest)
        .where(MeasureRequest.person_id == subject.person_id)
        .order_by(MeasureRequest.given_at, MeasureRequest.id)
    )
    return [
        {
            "measure": row.measure_key,
            "title": measures[row.measure_key].title if row.measure_key in measures else None,
            "asked_at": moment(row.given_at),
            "answer_by": day(row.closes_on or row.due_on),
            "answered": row.response is not None,
        }
        for reader, row in each(subject, rows, MeasureRequest)
        if row.withdrawn_at is None
        and (row.opens_at is None or row.opens_at <= now)
        and subject.may_hold(reader, row.facts)
    ]


def intake(subject: Subject) -> list[Record]:
    rows = select(IntakeEntry).where(IntakeEntry.person_id == subject.person_id)
    found = []
    for reader, row in each(subject, rows.order_by(IntakeEntry.written_at), IntakeEntry):
        if not subject.may_hold(reader, row.facts):
            continue
        section = BY_KEY.get(row.section)
        found.append(
            {
                "section": section.title if section else row.section,
                "written_at": moment(row.written_at),
                "for_whom": row.audience.value,
                "noted_by_therapist": row.noted_by is not None,
                "replaced_at": moment(row.superseded_at),
                "answers": [
                    {"question": line.label, "answer": line.text}
                    for line in (section.summary(row.content) if section else ())
                ],
                "stored": row.content,
            }
        )
    return found


def drafts(subject: Subject) -> list[Record]:
    if subject.at_desk:
        return []
    rows = db.session.scalars(
        select(Draft)
        .where(Draft.person_id == subject.person_id, Draft.kind != DraftKind.SENT)
        .order_by(Draft.saved_at, Draft.id)
    )
    return [
        {"form": row.kind, "saved_at": moment(row.saved_at), "typed": row.content} for row in rows
    ]
