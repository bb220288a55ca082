"""What a person's file holds, kind by kind. Own words whole; of what is joint, no other's part."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload, undefer

from practice.db import db
from practice.domain.goals import AttainmentLevel
from practice.domain.homework.definition import Template
from practice.domain.homework.registry import all_templates
from practice.domain.people import Reader
from practice.domain.safety.hark_items import HARK_ITEMS
from practice.models import Base
from practice.models.accounts import Account
from practice.models.couples import AgendaRecord, Couple, Membership
from practice.models.drafts import Draft
from practice.models.events import CourseEvent
from practice.models.goals import Goal, GoalProgress, GoalRating, Hope
from practice.models.homework import Assignment, AssignmentReceiver, HomeworkEntry
from practice.models.people import Person
from practice.models.releases import Authorisation, ReleaseCase
from practice.models.responses import MeasureRequest, Response
from practice.models.safety import SafeContactRecord, SafetyPlan, Screening
from practice.models.sessions import Addendum, AttendanceRecord, JointNote, TherapySession
from practice.services import clock
from practice.services.couples import agreed_problem_facts
from practice.services.homework.facts import facts_of_entries
from practice.services.measure_library import all_measures
from practice.services.own_export.subject import Record, Subject, day, moment
from practice.services.people import members_of
from practice.services.releases.authorisations import kinds_in_words
from practice.services.response_pages import answered_items, shown_scores

Row = TypeVar("Row", bound=Base)


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing in the file."""

    key: str
    """Its name in the JSON file."""

    title: str
    about: str
    """What it holds, for the description that lies in the file."""

    collect: Callable[[Subject], list[Record]]
    only_at_desk: bool = False


def person(subject: Subject) -> list[Record]:
    row = db.session.get_one(Person, subject.person_id, options=[undefer(Person.born_on_sealed)])
    account = db.session.scalar(select(Account).where(Account.person_id == row.id))
    return [
        {
            "name": row.name,
            "born_on": row.born_on or None,
            "known_since": moment(row.created_at),
            "sign_in_name": account.sign_in_name if account else None,
        }
    ]


def memberships(subject: Subject) -> list[Record]:
    couples = [reader.couple_id for reader in subject.readers]
    rows = db.session.scalars(
        select(Membership)
        .where(Membership.person_id == subject.person_id, Membership.couple_id.in_(couples))
        .order_by(Membership.joined_on, Membership.id)
    )
    return [{"joined_on": day(row.joined_on), "left_on": day(row.left_on)} for row in rows]


def agreed(subject: Subject) -> list[Record]:
    found = []
    for reader in subject.readers:
        text = db.session.get_one(Couple, reader.couple_id).agreed_problem
        if text and subject.may_hold(reader, agreed_problem_facts(reader.couple_id)):
            found.append({"words": subject.without_others(reader, text)})
    return found


def sessions(subject: Subject) -> list[Record]:
    found = []
    for reader in subject.readers:
        rows = db.session.scalars(
            select(TherapySession)
            .where(TherapySession.couple_id == reader.couple_id)
            .options(selectinload(TherapySession.attendance))
            .order_by(TherapySession.starts_at, TherapySession.id)
        )
        for row in rows:
            own = next((one for one in row.attendance if one.person_id == subject.person_id), None)
            seen = subject.may_hold(reader, row.facts)
            if not seen and not (own and subject.at_desk):
                continue
            found.append(
                {
                    "starts_at": moment(row.starts_at),
                    "minutes": row.minutes,
                    "kind": row.kind.value,
                    "format": row.format.value,
                    "status": row.status.value,
                    "own_attendance": own.attendance.value if own else None,
                    "agreed_for_next_time": (
                        subject.without_others(reader, row.next_steps) or None if seen else None
                    ),
                }
            )
    return found


def goals(subject: Subject) -> list[Record]:
    found = []
    for reader, row in _each(subject, select(Goal).order_by(Goal.created_at, Goal.id), Goal):
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
    for reader, row in _each(subject, rows.order_by(GoalRating.rated_at), GoalRating):
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
    for reader, row in _each(subject, rows.order_by(GoalProgress.said_at), GoalProgress):
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
        for reader, row in _each(subject, rows.order_by(Hope.place, Hope.id), Hope)
        if subject.may_hold(reader, row.facts)
    ]


def contact(subject: Subject) -> list[Record]:
    """How to reach them, as they said it. The code word stays out: a file can be found."""
    rows = select(SafeContactRecord).where(SafeContactRecord.person_id == subject.person_id)
    return [
        {"asked_on": day(row.asked_on)}
        | {key: value for key, value in row.details.items() if key != "code_word"}
        for reader, row in _each(
            subject, rows.order_by(SafeContactRecord.number), SafeContactRecord
        )
        if subject.may_hold(reader, row.facts)
    ]


def private_questions(subject: Subject) -> list[Record]:
    """Their answers to private questions, and their safety plan; with them in the room alone."""
    if not (subject.at_desk and subject.with_screening):
        return []
    words = dict(HARK_ITEMS)
    answers = select(Screening).where(Screening.person_id == subject.person_id)
    found: list[Record] = [
        {
            "on": day(row.answered_on),
            "answers": [
                {"question": words.get(key, key), "answer": "yes" if yes else "no"}
                for key, yes in row.answers.items()
            ],
        }
        for _, row in _each(subject, answers.order_by(Screening.recorded_at), Screening)
    ]
    plans = select(SafetyPlan).where(SafetyPlan.person_id == subject.person_id)
    for _, row in _each(subject, plans.order_by(SafetyPlan.number), SafetyPlan):
        found.append({"plan_written_at": moment(row.written_at), "plan": row.parts})
    return found


def homework(subject: Subject) -> list[Record]:
    found = []
    templates = all_templates()
    tasks = (
        select(Assignment)
        .join(AssignmentReceiver, AssignmentReceiver.assignment_id == Assignment.id)
        .where(AssignmentReceiver.person_id == subject.person_id)
        .options(selectinload(Assignment.receivers), selectinload(Assignment.entries))
        .order_by(Assignment.starts_on, Assignment.id)
    )
    for reader, task in _each(subject, tasks, Assignment):
        facts = facts_of_entries(task, task.entries, members_of(reader.couple_id))
        template = templates.get(task.template_key)
        seen = subject.may_hold(reader, task.facts)
        entries = [
            _entry(entry, template)
            for entry in task.entries
            if entry.author_id == subject.person_id and subject.may_hold(reader, facts(entry))
        ]
        if not seen and not entries:
            continue
        found.append(
            {
                "worksheet": task.template_key,
                "title": template.title if template else task.template_key,
                "instructions": (
                    subject.without_others(reader, task.instructions) or None if seen else None
                ),
                "starts_on": day(task.starts_on),
                "due_on": day(task.due_on),
                "entries": entries,
            }
        )
    return found


def _entry(entry: HomeworkEntry, template: Template | None) -> Record:
    return {
        "for_day": day(entry.for_day),
        "submitted_at": moment(entry.submitted_at),
        "outcome": entry.outcome.value,
        "for_whom": entry.audience.value,
        "answers": [
            {"question": line.label, "answer": line.text}
            for line in (template.summary(entry.content) if template else ())
        ],
        "stored": entry.content,
    }


def responses(subject: Subject) -> list[Record]:
    found = []
    measures = all_measures()
    rows = select(Response).where(Response.author_id == subject.person_id)
    for reader, row in _each(subject, rows.order_by(Response.completed_at), Response):
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
    rows = (
        select(MeasureRequest)
        .where(MeasureRequest.person_id == subject.person_id)
        .order_by(MeasureRequest.given_at, MeasureRequest.id)
    )
    return [
        {
            "measure": row.measure_key,
            "asked_at": moment(row.given_at),
            "answer_by": day(row.closes_on or row.due_on),
            "answered": row.response is not None,
        }
        for reader, row in _each(subject, rows, MeasureRequest)
        if row.withdrawn_at is None
        and (row.opens_at is None or row.opens_at <= now)
        and subject.may_hold(reader, row.facts)
    ]


def authorisations(subject: Subject) -> list[Record]:
    rows = select(Authorisation).where(Authorisation.person_id == subject.person_id)
    found = []
    for reader, row in _each(subject, rows.order_by(Authorisation.id), Authorisation):
        if not subject.may_hold(reader, row.facts):
            continue
        request = row.request
        found.append(
            {
                "what": list(kinds_in_words(request)),
                "part": request.part.value,
                "from": day(request.first_day),
                "to": day(request.last_day),
                "recipient": request.recipient,
                "purpose": request.purpose,
                "holds_until": day(request.expires_on),
                "asked_at": moment(request.asked_at),
                "own_answer": row.signature.standing(clock.today()).value,
                "signed_at": moment(row.signed_at),
                "signed_as": row.signed_name or None,
                "on_paper": row.recorded_by is not None,
                "revoked_at": moment(row.revoked_at),
            }
        )
    return sorted(found, key=lambda one: str(one["asked_at"]))


def own_requests(subject: Subject) -> list[Record]:
    rows = (
        select(ReleaseCase)
        .where(ReleaseCase.opened_by == subject.person_id)
        .order_by(ReleaseCase.received_on, ReleaseCase.id)
    )
    return [
        {"kind": row.kind.value, "asked_on": day(row.received_on), "words": row.wanted}
        for _, row in _each(subject, rows, ReleaseCase)
    ]


def drafts(subject: Subject) -> list[Record]:
    if subject.at_desk:
        return []
    rows = db.session.scalars(
        select(Draft).where(Draft.person_id == subject.person_id).order_by(Draft.saved_at, Draft.id)
    )
    return [
        {"form": row.kind, "saved_at": moment(row.saved_at), "typed": row.content} for row in rows
    ]


def noted_about(subject: Subject) -> list[Record]:
    """What the therapist noted about this person alone; at the desk, by the therapist's choice."""
    if not (subject.at_desk and subject.with_record):
        return []
    found: list[Record] = []
    for reader in subject.readers:
        found += _problems(subject, reader) + _agendas(subject, reader)
        found += _events(subject, reader) + _individual_notes(subject, reader)
    return found


def _problems(subject: Subject, reader: Reader) -> list[Record]:
    rows = db.session.scalars(
        select(Membership).where(
            Membership.couple_id == reader.couple_id, Membership.person_id == subject.person_id
        )
    )
    return [
        {"what": "presenting problem", "words": subject.without_others(reader, row.problem)}
        for row in rows
        if row.problem
    ]


def _agendas(subject: Subject, reader: Reader) -> list[Record]:
    rows = db.session.scalars(
        select(AgendaRecord)
        .where(
            AgendaRecord.couple_id == reader.couple_id, AgendaRecord.person_id == subject.person_id
        )
        .order_by(AgendaRecord.noted_on, AgendaRecord.id)
    )
    return [{"what": "agenda", "on": day(row.noted_on), "words": row.agenda.label} for row in rows]


def _events(subject: Subject, reader: Reader) -> list[Record]:
    rows = db.session.scalars(
        select(CourseEvent)
        .where(
            CourseEvent.couple_id == reader.couple_id,
            CourseEvent.about_id == subject.person_id,
            CourseEvent.removed_at.is_(None),
        )
        .order_by(CourseEvent.happened_on, CourseEvent.id)
    )
    return [
        {
            "what": "event",
            "on": day(row.happened_on),
            "words": subject.without_others(reader, row.words) or row.kind.label,
        }
        for row in rows
    ]


def _individual_notes(subject: Subject, reader: Reader) -> list[Record]:
    rows = db.session.execute(
        select(JointNote, TherapySession.starts_at)
        .join(TherapySession, TherapySession.id == JointNote.session_id)
        .where(
            TherapySession.couple_id == reader.couple_id,
            TherapySession.person_id == subject.person_id,
            JointNote.signed_at.is_not(None),
        )
        .order_by(TherapySession.starts_at, JointNote.id)
    )
    found = []
    for note, starts_at in rows:
        added = db.session.scalars(
            select(Addendum)
            .where(Addendum.note_id == note.id)
            .order_by(Addendum.written_at, Addendum.id)
        )
        found.append(
            {
                "what": "note of an individual session",
                "on": moment(starts_at),
                "words": subject.without_others(reader, note.body),
                "added": [subject.without_others(reader, one.body) for one in added],
            }
        )
    return found


def _each(subject: Subject, query: Select[Row], model: type[Row]) -> Iterable[tuple[Reader, Row]]:
    """Return the rows of the couples the file is about, each with how the person stands to it."""
    by_couple = {reader.couple_id: reader for reader in subject.readers}
    column = Base.metadata.tables[model.__tablename__].c.couple_id
    rows = db.session.scalars(query.where(column.in_(by_couple)))
    return [(by_couple[getattr(row, "couple_id")], row) for row in rows]  # noqa: B009


PARTS: tuple[Part, ...] = (
    Part("person", "You", "Name, date of birth, sign-in name.", person),
    Part("memberships", "Your place in the record", "From when until when.", memberships),
    Part("agreed", "What was agreed to work on", "In the words that all members read.", agreed),
    Part("sessions", "Sessions", "Those you may know of, with your own attendance.", sessions),
    Part("goals", "Goals", "Joint goals and your own, with their levels.", goals),
    Part("goal_ratings", "Your ratings of goals", "Each with its words and readers.", goal_ratings),
    Part("goal_progress", "How far you saw goals", "Each 0 to 10, with its day.", goal_progress),
    Part("hopes", "What you hope for", "In your own words.", hopes),
    Part("homework", "Homework", "What you were given, and everything you wrote.", homework),
    Part("responses", "Your answers", "Every answer, score and correction.", responses),
    Part("asked", "What you were asked", "Questionnaires, answered or not.", asked),
    Part(
        "authorisations",
        "What you were asked to let go",
        "Each with your own answer to it.",
        authorisations,
    ),
    Part(
        "contact",
        "How you may be reached",
        "As you said it, every version; without the code word.",
        contact,
    ),
    Part("own_requests", "What you asked for", "Copies and erasure.", own_requests),
    Part("drafts", "Begun and not sent", "Half-finished forms; in your own file only.", drafts),
    Part(
        "noted_about",
        "What your therapist noted about you alone",
        "Only where your therapist chose to add it.",
        noted_about,
        only_at_desk=True,
    ),
    Part(
        "private_questions",
        "What you answered alone",
        "Only where you asked for it when you were alone with your therapist.",
        private_questions,
        only_at_desk=True,
    ),
)
"""In the order of the file."""

NOT_EXPORTED = {
    "invitation": "spent secrets, of no meaning to the person",
    "risk_flag": "the therapist's note about an answer; it is for whoever treats the couple",
    "attendance": "in sessions",
    "assignment_receiver": "in homework",
    "account": "in person; never a secret of it",
    "authorisation_request": "in authorisations",
    "therapy_session": "in sessions",
    "screening_request": "whether somebody was asked is told by word of mouth alone",
    "step_request": "what the schedule asks beside measures; what was said stands in its own part",
}
"""Tables that point at a client and have no part of their own: where they stand, or why not."""

EXPORTED = {
    AgendaRecord.__tablename__,
    Authorisation.__tablename__,
    CourseEvent.__tablename__,
    Draft.__tablename__,
    Goal.__tablename__,
    GoalProgress.__tablename__,
    GoalRating.__tablename__,
    Hope.__tablename__,
    HomeworkEntry.__tablename__,
    MeasureRequest.__tablename__,
    Membership.__tablename__,
    ReleaseCase.__tablename__,
    Response.__tablename__,
    SafeContactRecord.__tablename__,
    SafetyPlan.__tablename__,
    Screening.__tablename__,
    AttendanceRecord.__tablename__,
}
"""Tables that point at a client and are read above."""
