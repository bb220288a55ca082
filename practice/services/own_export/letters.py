"""Letters in a person's own file: their own thread whole; of what all wrote, their own words."""

from sqlalchemy import and_, or_, select

from practice.db import db
from practice.domain.people import first_name
from practice.models.letters import Message, TimeRequest, TogetherWish
from practice.models.people import Person
from practice.services.own_export.rows import each
from practice.services.own_export.subject import Record, Subject, moment


def letters(subject: Subject) -> list[Record]:
    """Every letter between them and whoever treated them, and their own of those to all."""
    mine = Message.person_id == subject.person_id
    own_of_all = and_(Message.person_id.is_(None), Message.author_id == subject.person_id)
    found = list(
        each(
            subject, select(Message).where(or_(mine, own_of_all)).order_by(Message.sent_at), Message
        )
    )
    authors = {row.author_id for _, row in found}
    people = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(authors)))
    names = {person_id: first_name(name) for person_id, name in people}
    return [
        {
            "sent_at": moment(row.sent_at),
            "from": "you" if row.author_id == subject.person_id else names[row.author_id],
            "to_all": row.person_id is None,
            "words": row.body,
            "read_at": moment(
                next(
                    (one.read_at for one in row.readings if one.for_practice != row.from_practice),
                    None,
                )
            ),
        }
        for reader, row in found
        if subject.may_hold(reader, row.facts)
    ]


def asked(subject: Subject) -> list[Record]:
    """What they asked for time alone with, and what was answered."""
    query = select(TimeRequest).where(TimeRequest.person_id == subject.person_id)
    return [
        {
            "asked_at": moment(row.asked_at),
            "about": row.about,
            "when": row.when,
            "seen_at": moment(row.seen_at),
            "outcome": row.outcome.value if row.outcome else None,
            "closed_at": moment(row.closed_at),
            "answer": row.answer,
        }
        for reader, row in each(subject, query.order_by(TimeRequest.asked_at), TimeRequest)
        if subject.may_hold(reader, row.facts)
    ]


def together(subject: Subject) -> list[Record]:
    """When they asked for letters to all, and when that ended."""
    query = select(TogetherWish).where(TogetherWish.person_id == subject.person_id)
    return [
        {"asked_at": moment(row.asked_at), "ended_at": moment(row.taken_back_at)}
        for reader, row in each(subject, query.order_by(TogetherWish.asked_at), TogetherWish)
        if subject.may_hold(reader, row.facts)
    ]
