"""What somebody signed with the other members, and what they said of promises."""

from sqlalchemy import select

from practice.db import db
from practice.models.between import EntryEnding, EntrySignature, TrackerMark
from practice.models.homework import Assignment, HomeworkEntry
from practice.services.homework import rows
from practice.services.own_export.rows import each
from practice.services.own_export.subject import Record, Subject, day, moment


def signed_together(subject: Subject) -> list[Record]:
    """Return own signatures with the text as it was read: that is what they put their name to."""
    own = select(EntrySignature).where(EntrySignature.person_id == subject.person_id)
    endings = select(EntryEnding).where(EntryEnding.person_id == subject.person_id)
    ended = {
        row.entry_id: row.ended_at
        for reader, row in each(subject, endings, EntryEnding)
        if subject.may_hold(reader, row.facts)
    }
    return [
        {
            "title": row.signed["title"],
            "signed_as": row.signed["name"],
            "signed_at": moment(row.signed_at),
            "taken_back_at": moment(row.taken_back_at),
            "ended_by_you_at": moment(ended.get(row.entry_id)),
            "wording": [{"question": label, "answer": text} for label, text in row.signed["lines"]],
        }
        for reader, row in each(subject, own.order_by(EntrySignature.signed_at), EntrySignature)
        if subject.may_hold(reader, row.facts)
    ]


def promise_marks(subject: Subject) -> list[Record]:
    """Return own marks; the wording only of promises that the person made themselves."""
    own = select(TrackerMark).where(TrackerMark.person_id == subject.person_id)
    return [
        {
            "promise": _own_line(subject, row),
            "word": row.word.value,
            "on": day(row.on_day),
            "for_whom": row.audience.value,
            "said_at": moment(row.marked_at),
        }
        for reader, row in each(subject, own.order_by(TrackerMark.marked_at), TrackerMark)
        if subject.may_hold(reader, row.facts)
    ]


def _own_line(subject: Subject, mark: TrackerMark) -> str | None:
    entry = db.session.get(HomeworkEntry, mark.entry_id)
    if entry is None or entry.author_id != subject.person_id:
        return None
    (task,) = rows.given(Assignment.id == entry.assignment_id)
    for block in task.template.trackers:
        for line in block.lines(entry.content.get(block.key)):
            if (block.key, line.key) == (mark.block_key, mark.line_key):
                return line.what
    return None
