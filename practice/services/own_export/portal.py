"""What somebody wrote for themselves in the portal, and what they were given to read there."""

from sqlalchemy import select

from practice.db import db
from practice.models.journal import JournalPage
from practice.models.resources import Resource, ResourceGiven
from practice.services.own_export.rows import each
from practice.services.own_export.subject import Record, Subject, moment
from practice.services.people import members_of
from practice.services.resources_given import facts_of


def journal(subject: Subject) -> list[Record]:
    rows = (
        select(JournalPage)
        .where(JournalPage.author_id == subject.person_id)
        .order_by(JournalPage.written_at)
    )
    return [
        {
            "words": row.words,
            "for": row.audience.value,
            "written_at": moment(row.written_at),
            "changed_at": moment(row.changed_at),
            "shown_at": moment(row.shown_at),
        }
        for reader, row in each(subject, rows, JournalPage)
        if subject.may_hold(reader, row.facts)
    ]


def resources(subject: Subject) -> list[Record]:
    rows = (
        select(ResourceGiven)
        .where(ResourceGiven.taken_back_at.is_(None))
        .order_by(ResourceGiven.given_at)
    )
    found = []
    for reader, row in each(subject, rows, ResourceGiven):
        if subject.may_hold(reader, facts_of(row, members_of(reader.couple_id))):
            resource = db.session.get_one(Resource, row.resource_id)
            found.append(
                {
                    "title": resource.title,
                    "link": resource.link or None,
                    "words": resource.words or None,
                    "note": resource.note or None,
                    "words_with_it": subject.without_others(reader, row.words) or None,
                    "given_at": moment(row.given_at),
                }
            )
    return found
