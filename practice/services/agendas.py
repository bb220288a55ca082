"""What each partner wants of the therapy, as the therapist heard it, and how that changed.

For whoever treats the couple alone: no page or report of a partner holds a trace of it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.couples import Agenda
from practice.domain.people import Actor
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.couples import AgendaRecord
from practice.services import access, audit, clock
from practice.services.badges import seen_by
from practice.services.couples import FIRST_YEAR
from practice.services.errors import Invalid, NotFound
from practice.services.people import Member, current_members


@dataclass(frozen=True, slots=True)
class NotedAgenda:
    """One agenda on one day."""

    id: UUID
    agenda: Agenda
    noted_on: date


@dataclass(frozen=True, slots=True)
class MemberAgendas:
    """What was noted of one present member."""

    member: Member
    history: tuple[NotedAgenda, ...]
    """Newest first; of several on one day the one written down last comes first."""

    badge: str
    """Who can see any of it, in words to the therapist."""

    @property
    def latest(self) -> NotedAgenda | None:
        """What they want now, as far as it is known."""
        return self.history[0] if self.history else None


def agendas_of(*, actor: Actor, couple_id: UUID) -> tuple[MemberAgendas, ...]:
    """Return what was noted of every present member, in the order of entry.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    rows = db.session.scalars(
        select(AgendaRecord)
        .where(AgendaRecord.couple_id == couple_id)
        .order_by(
            AgendaRecord.noted_on.desc(), AgendaRecord.recorded_at.desc(), AgendaRecord.id.desc()
        )
    )
    badge = seen_by(reader, Facts(couple_id, actor.person_id, Kind.AGENDA, Audience.THERAPIST))
    found: defaultdict[UUID, list[NotedAgenda]] = defaultdict(list)
    for row in access.visible(reader, rows):
        found[row.person_id].append(NotedAgenda(row.id, row.agenda, row.noted_on))
    return tuple(
        MemberAgendas(member, tuple(found[member.person_id]), badge)
        for member in current_members(couple_id)
    )


def note_agenda(
    *,
    actor: Actor,
    couple_id: UUID,
    new_id: UUID,
    person_id: UUID,
    agenda: Agenda,
    noted_on: date,
) -> UUID:
    """Note what a member wants; return the note's id.

    Args:
        actor: The treating therapist.
        couple_id: Of which couple.
        new_id: Id of the new note; a second call with the same id changes nothing.
        person_id: A present member.
        agenda: What they want.
        noted_on: The day on which they said so; today or earlier.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming ``person`` or ``noted_on``.
    """
    access.require_treating(actor, couple_id)
    access.hold(couple_id)
    known = db.session.get(AgendaRecord, new_id)
    if known is not None:
        if known.couple_id != couple_id:
            raise NotFound
        return known.id
    if person_id not in {member.person_id for member in current_members(couple_id)}:
        raise Invalid({"person": "Choose somebody who is a member of the couple now."})
    if noted_on > clock.today():
        raise Invalid({"noted_on": "Choose today or an earlier day."})
    if noted_on.year < FIRST_YEAR:
        raise Invalid({"noted_on": "Check the year."})
    db.session.add(
        AgendaRecord(
            id=new_id,
            couple_id=couple_id,
            person_id=person_id,
            agenda=agenda,
            noted_on=noted_on,
            recorded_by=actor.person_id,
            recorded_at=clock.now(),
        )
    )
    db.session.flush()
    audit.note_write(actor, couple_id, "agenda.noted")
    return new_id


def remove_agenda(*, actor: Actor, agenda_id: UUID) -> UUID:
    """Take back a note that was a slip; return the couple's id.

    Raises:
        NotFound: if there is no such note of a couple in the actor's care.
    """
    row = db.session.get(AgendaRecord, agenda_id)
    if row is None:
        audit.note_refusal(actor, None, "agenda")
        raise NotFound
    reader = access.require_treating(actor, row.couple_id)
    access.require_visible(reader, row.facts)
    db.session.delete(row)
    db.session.flush()
    audit.note_write(actor, row.couple_id, "agenda.removed")
    return row.couple_id
