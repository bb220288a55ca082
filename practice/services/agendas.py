"""What each partner wants of the therapy, as the therapist heard it, and how that changed.

For whoever treats the couple alone: no page or report of a partner holds a trace of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.agenda_mix import COMMITMENT_RANGE, contract_prompt
from practice.domain.couples import Agenda
from practice.domain.people import Actor
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.couples import AgendaRecord
from practice.reports.charts import Chart, ChartSeries, ChartSpec, build
from practice.services import access, audit, clock
from practice.services.badges import seen_by
from practice.services.couples import FIRST_YEAR
from practice.services.errors import Invalid, NotFound
from practice.services.intake_record import self_ratings
from practice.services.people import Member, current_members, labels_of

MARKS = 4
"""A picture has room for as many people."""


@dataclass(frozen=True, slots=True)
class NotedAgenda:
    """One agenda on one day."""

    id: UUID
    agenda: Agenda
    noted_on: date
    commitment: int | None
    """To the relationship, 0 to 10; None where nothing was said of it."""

    self_rated: bool
    """Whether they chose the number themselves."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """How committed somebody is, as told or as they rated it."""

    value: int
    """0 to 10."""

    self_rated: bool = False


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

    @property
    def since(self) -> date | None:
        """Since when they have wanted the same; notes of other things between do not count."""
        days = [
            noted.noted_on
            for noted in takewhile(lambda one: one.agenda is self.history[0].agenda, self.history)
        ]
        return days[-1] if days else None


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
    badge = seen_by(reader, _facts(couple_id, actor))
    found: defaultdict[UUID, list[NotedAgenda]] = defaultdict(list)
    for row in access.visible(reader, rows):
        found[row.person_id].append(_noted(row))
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
    commitment: Commitment | None = None,
) -> UUID:
    """Note what a member wants; return the note's id.

    Args:
        actor: The treating therapist.
        couple_id: Of which couple.
        new_id: Id of the new note; a second call with the same id changes nothing.
        person_id: A present member.
        agenda: What they want.
        noted_on: The day on which they said so; today or earlier.
        commitment: How committed they are, where something was said of it.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming ``person``, ``noted_on`` or ``commitment``.
    """
    access.require_writing(actor, _facts(couple_id, actor))
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
    low, high = COMMITMENT_RANGE
    if commitment is not None and not low <= commitment.value <= high:
        raise Invalid({"commitment": f"Choose a whole number from {low} to {high}."})
    db.session.add(
        AgendaRecord(
            id=new_id,
            couple_id=couple_id,
            person_id=person_id,
            agenda=agenda,
            noted_on=noted_on,
            commitment=commitment.value if commitment else None,
            self_rated=commitment.self_rated if commitment else None,
            recorded_by=actor.person_id,
            recorded_at=clock.now(),
        )
    )
    db.session.flush()
    audit.note_write(actor, couple_id, "agenda.noted")
    return new_id


def prompt_of(found: Iterable[MemberAgendas]) -> str:
    """Return what differing agendas ask of the therapist; an empty text where they do not."""
    return contract_prompt(one.latest.agenda if one.latest else None for one in found)


def commitment_chart(*, actor: Actor, couple_id: UUID) -> Chart | None:
    """Return how committed each present member was over time; None where nothing was said.

    What they chose in their own intake stands beside what was told, unless it is private.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    found = agendas_of(actor=actor, couple_id=couple_id)
    own = self_ratings(access.require_treating(actor, couple_id))
    low, high = COMMITMENT_RANGE
    lines = []
    for place, one in enumerate(found, start=1):
        points: list[tuple[date, float | None]] = [
            (noted.noted_on, noted.commitment)
            for noted in reversed(one.history)
            if noted.commitment is not None
        ]
        points += own.get(one.member.person_id, [])
        if points and place <= MARKS:
            lines.append((one.member, place, tuple(points)))
    if not lines:
        return None
    names = labels_of([one.member for one in found])
    positions = {m.position for m, _, _ in lines}
    own_marks = len(positions) == len(lines) and positions <= set(range(1, MARKS + 1))
    return build(
        ChartSpec(
            title="Commitment",
            scale_title=f"{low} to {high}, higher is more committed",
            low=low,
            high=high,
            higher_is_better=True,
            series=tuple(
                ChartSeries(
                    name=names[member.person_id],
                    position=member.position if own_marks else place,
                    points=points,
                )
                for member, place, points in lines
            ),
        )
    )


def _facts(couple_id: UUID, actor: Actor) -> Facts:
    """Facts of a note that is not there yet."""
    return Facts(couple_id, actor.person_id, Kind.AGENDA, Audience.THERAPIST)


def _noted(row: AgendaRecord) -> NotedAgenda:
    return NotedAgenda(
        row.id, row.agenda, row.noted_on, row.commitment, self_rated=bool(row.self_rated)
    )


def remove_agenda(*, actor: Actor, agenda_id: UUID) -> UUID:
    """Take back a note that was a slip; return the couple's id.

    Raises:
        NotFound: if there is no such note of a couple in the actor's care.
    """
    row = db.session.get(AgendaRecord, agenda_id)
    if row is None:
        audit.note_refusal(actor, None, "agenda")
        raise NotFound
    access.require_writing(actor, row.facts)
    db.session.delete(row)
    db.session.flush()
    audit.note_write(actor, row.couple_id, "agenda.removed")
    return row.couple_id
