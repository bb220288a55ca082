"""What somebody of a story wrote for themselves and locked away."""

from datetime import date
from uuid import UUID

from practice.cli.demo import words
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.services import homework, own_entries
from practice.services.own_entries import EntryKind


def write_and_lock(member: Actor, *, task_id: UUID, template: str, new_id: UUID, day: date) -> None:
    """Write an entry that nobody else reads, and lock it away."""
    homework.record_entry(
        actor=member,
        assignment_id=task_id,
        new_id=new_id,
        for_day=day,
        raw=words.entry(template, 0, day),
        audience=Audience.PRIVATE,
    )
    own_entries.lock_away(actor=member, kind=EntryKind.HOMEWORK, record_id=new_id)
