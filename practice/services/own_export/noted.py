"""What is added at the desk alone: what was noted about somebody, and private answers."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from practice.db import db
from practice.domain.note_formats import in_one_text, passages
from practice.domain.people import Reader
from practice.domain.safety.hark_items import HARK_ITEMS
from practice.models.couples import AgendaRecord, Membership
from practice.models.events import CourseEvent
from practice.models.notes import MemberNote, MemberNoteAddendum
from practice.models.safety import SafetyPlan, Screening
from practice.models.sessions import Addendum, JointNote, TherapySession
from practice.services.notes.parts import content_of
from practice.services.own_export.rows import each
from practice.services.own_export.subject import Record, Subject, day, moment


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
        for _, row in each(subject, answers.order_by(Screening.recorded_at), Screening)
    ]
    plans = select(SafetyPlan).where(SafetyPlan.person_id == subject.person_id)
    for _, row in each(subject, plans.order_by(SafetyPlan.number), SafetyPlan):
        found.append({"plan_written_at": moment(row.written_at), "plan": row.parts})
    return found


def noted_about(subject: Subject) -> list[Record]:
    """What the therapist noted about this person alone; at the desk, by the therapist's choice."""
    if not (subject.at_desk and subject.with_record):
        return []
    found: list[Record] = []
    for reader in subject.readers:
        found += _problems(subject, reader) + _agendas(subject, reader)
        found += _events(subject, reader) + _individual_notes(subject, reader)
        found += _notes_about(subject, reader)
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
            "words": subject.without_others(reader, row.words, written_at=row.written_at)
            or row.kind.label,
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
                "words": subject.without_others(
                    reader,
                    in_one_text(passages(content_of(note), {})),
                    written_at=note.signed_at,
                ),
                "added": _added(subject, reader, added),
            }
        )
    return found


def _notes_about(subject: Subject, reader: Reader) -> list[Record]:
    rows = db.session.scalars(
        select(MemberNote)
        .where(
            MemberNote.couple_id == reader.couple_id,
            MemberNote.about_id == subject.person_id,
            MemberNote.signed_at.is_not(None),
        )
        .options(selectinload(MemberNote.addenda))
        .order_by(MemberNote.written_at, MemberNote.id)
    )
    return [
        {
            "what": "note about this person",
            "on": moment(row.written_at),
            "words": subject.without_others(
                reader, in_one_text(passages(content_of(row), {})), written_at=row.signed_at
            ),
            "added": _added(subject, reader, row.addenda),
        }
        for row in rows
    ]


def _added(
    subject: Subject, reader: Reader, rows: Iterable[Addendum | MemberNoteAddendum]
) -> list[str]:
    return [subject.without_others(reader, one.body, written_at=one.written_at) for one in rows]
