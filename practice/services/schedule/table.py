"""What the schedule asked and will ask of a couple, for the treating therapist alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.battery import Occasion
from practice.domain.measures.definition import Measure
from practice.domain.people import Actor, Reader
from practice.domain.schedule import RequestStatus, status_of
from practice.domain.steps import IN_PORTAL, first_asked
from practice.models.responses import MeasureRequest, Response
from practice.models.sessions import TherapySession
from practice.models.steps import StepRequest
from practice.services import access, audit, clock, people
from practice.services.errors import NotFound, Refused
from practice.services.measure_library import all_measures
from practice.services.measure_requests import give
from practice.services.schedule.refreshing import refresh
from practice.services.schedule.step_table import OPEN, ScheduledStep, scheduled, shown_steps
from practice.services.schedule.stored import in_force, settings_of


@dataclass(frozen=True, slots=True)
class ScheduledMeasure:
    """One measure of one person at one occasion."""

    request_id: UUID
    measure: Measure
    status: RequestStatus
    on: date | None
    """The day that goes with the status: answered, last day to answer, opening day."""

    response_id: UUID | None
    optional: bool

    @property
    def may_be_withdrawn(self) -> bool:
        return self.status in OPEN

    @property
    def may_be_asked_again(self) -> bool:
        return self.status in (
            RequestStatus.MISSED,
            RequestStatus.LEFT_OUT,
            RequestStatus.TAKEN_BACK,
        )


@dataclass(frozen=True, slots=True)
class PersonCell:
    """What one person was asked at one occasion."""

    person_id: UUID
    name: str
    position: int
    measures: tuple[ScheduledMeasure, ...]
    steps: tuple[ScheduledStep, ...]
    """What was asked beside measures."""

    @property
    def statuses(self) -> tuple[RequestStatus, ...]:
        return (*(one.status for one in self.measures), *(one.status for one in self.steps))


@dataclass(frozen=True, slots=True)
class OccasionRow:
    """One occasion with everybody who was asked."""

    occasion: Occasion
    on: date | None
    """Day of the session, or when it opens."""

    alone: str
    """Name of the member whose individual session it is; empty for the couple's."""

    cells: tuple[PersonCell, ...]
    """In the couple's order; those who are asked nothing are left out."""

    @property
    def is_ahead(self) -> bool:
        """Whether nothing of it has opened yet."""
        return all(
            status is RequestStatus.PLANNED for cell in self.cells for status in cell.statuses
        )

    @property
    def is_due(self) -> bool:
        """Whether somebody can still answer something of it now."""
        return any(status is RequestStatus.DUE for cell in self.cells for status in cell.statuses)


@dataclass(frozen=True, slots=True)
class CoupleSchedule:
    """The schedule of one couple."""

    couple_id: UUID
    active: bool
    """Whether the schedule asks anything."""

    is_own: bool
    """Whether the couple has a battery of its own."""

    now: tuple[OccasionRow, ...]
    """What has opened, the newest first."""

    ahead: tuple[OccasionRow, ...]
    """What has not, the nearest first."""

    @property
    def due(self) -> tuple[OccasionRow, ...]:
        """Occasions at which something can be answered now."""
        return tuple(row for row in self.now if row.is_due)

    @property
    def past(self) -> tuple[OccasionRow, ...]:
        """Occasions that are over: done, missed or not asked."""
        return tuple(row for row in self.now if not row.is_due)

    @property
    def with_open_steps(self) -> tuple[PersonCell, ...]:
        """Everybody for whom something beside measures waits in their portal, each once."""
        found = {
            cell.person_id: cell
            for row in self.now
            for cell in row.cells
            if any(
                step.status is RequestStatus.DUE and step.kind in IN_PORTAL for step in cell.steps
            )
        }
        return tuple(found.values())


@dataclass(slots=True)
class _Group:
    """What was asked of everybody at one occasion."""

    measures: list[tuple[MeasureRequest, Response | None]] = field(default_factory=list)
    steps: list[StepRequest] = field(default_factory=list)

    @property
    def requests(self) -> list[MeasureRequest | StepRequest]:
        return [*(request for request, _ in self.measures), *self.steps]


def couple_schedule(*, actor: Actor, couple_id: UUID) -> CoupleSchedule:
    """Return what was asked of whom at which occasion, and how it stands with it.

    What was taken back because its reason went is not there: nobody needs to know of it.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    settings = settings_of([couple_id])
    own = settings.get(couple_id)
    rows = _rows(reader)
    return CoupleSchedule(
        couple_id=couple_id,
        active=in_force(settings, couple_id).active,
        is_own=own is not None and own.battery is not None,
        now=tuple(sorted((r for r in rows if not r.is_ahead), key=_day, reverse=True)),
        ahead=tuple(sorted((r for r in rows if r.is_ahead), key=_day)),
    )


def ask_again(*, actor: Actor, request_id: UUID) -> UUID:
    """Ask once more what was missed or taken back; return the couple's id.

    What can still be answered in its time is opened again; else it is given by hand, without a
    day, and what was missed stays so.

    Raises:
        NotFound: if there is no such scheduled request in the actor's care, or the person left.
        Refused: if it was answered, or is open anyway.
    """
    request = db.session.get(MeasureRequest, request_id, with_for_update=True)
    if request is None or request.occasion is None:
        raise NotFound
    reader = access.require_treating(actor, request.couple_id)
    access.require_visible(reader, request.facts)
    access.require_act(reader, request.facts, Operation.WRITE)
    status = _status(request, request.response is not None)
    if status in (RequestStatus.DONE, RequestStatus.DUE, RequestStatus.PLANNED):
        raise Refused("This was answered or is open, so there is nothing to ask again.")
    members = people.current_members(request.couple_id)
    if request.measure_key not in all_measures() or request.person_id not in {
        member.person_id for member in members
    }:
        raise NotFound
    is_over = request.closes_on is not None and request.closes_on < clock.today()
    if status is RequestStatus.TAKEN_BACK and not is_over:
        request.withdrawn_at = request.withdrawn_by = None
        audit.note_write(actor, request.couple_id, "measure.given")
        refresh(request.couple_id, person_id=request.person_id)
    else:
        give(
            actor=actor,
            couple_id=request.couple_id,
            person_ids=[request.person_id],
            measure_keys=[request.measure_key],
            due_on=None,
        )
    return request.couple_id


def _rows(reader: Reader) -> list[OccasionRow]:
    found = db.session.execute(
        select(MeasureRequest, Response)
        .outerjoin(Response, Response.request_id == MeasureRequest.id)
        .where(
            MeasureRequest.couple_id == reader.couple_id,
            MeasureRequest.occasion.is_not(None),
            MeasureRequest.withdrawn_at.is_(None)
            | MeasureRequest.withdrawn_by.is_not(None)
            | Response.id.is_not(None),
        )
    ).all()
    groups: dict[tuple[str, UUID | None], _Group] = {}
    for request, response in found:
        if request.measure_key in all_measures() and access.may_see(reader, request.facts):
            shown = response if response and access.may_see(reader, response.facts) else None
            groups.setdefault(_key(request), _Group()).measures.append((request, shown))
    for step in shown_steps(reader):
        groups.setdefault(_key(step), _Group()).steps.append(step)
    days = _session_days(reader, [session_id for _, session_id in groups])
    members = people.each_once(people.members_of(reader.couple_id))
    return [_row(group, members, days) for group in groups.values()]


def _key(request: MeasureRequest | StepRequest) -> tuple[str, UUID | None]:
    # A review and what stands before every session are one sitting.
    is_after = request.occasion is Occasion.AFTER_SESSION
    if request.session_id is not None:
        return ("after" if is_after else "before", request.session_id)
    return (first_asked(request.occasion_ref or ""), None)


def _session_days(
    reader: Reader, ids: Sequence[UUID | None]
) -> dict[UUID, tuple[date, UUID | None]]:
    wanted = {session_id for session_id in ids if session_id is not None}
    if not wanted:
        return {}
    rows = db.session.execute(
        select(TherapySession.id, TherapySession.starts_at, TherapySession.person_id).where(
            TherapySession.couple_id == reader.couple_id
        )
    )
    return {
        row.id: (clock.local(row.starts_at).date(), row.person_id)
        for row in rows
        if row.id in wanted
    }


def _row(
    group: _Group,
    members: Sequence[people.Member],
    days: dict[UUID, tuple[date, UUID | None]],
) -> OccasionRow:
    requests = group.requests
    first = requests[0]
    occasions = {request.occasion for request in requests}
    occasion = Occasion.REVIEW if Occasion.REVIEW in occasions else first.occasion
    assert occasion is not None  # noqa: S101  # the query asks for scheduled ones alone
    names = people.labels_of(members)
    on, alone = days.get(first.session_id, (None, None)) if first.session_id else (None, None)
    cells = (_cell(group, member, names[member.person_id]) for member in members)
    return OccasionRow(
        occasion=occasion,
        on=on or min((_local_day(request.opens_at) for request in requests), default=None),
        alone=names.get(alone, "") if alone else "",
        cells=tuple(cell for cell in cells if cell.measures or cell.steps),
    )


def _cell(group: _Group, member: people.Member, name: str) -> PersonCell:
    person_id = member.person_id
    measures = [_measure(*pair) for pair in group.measures if pair[0].person_id == person_id]
    measures.sort(key=lambda m: (m.optional, -len(m.measure.items), m.measure.key))
    steps = tuple(scheduled(row, group.steps) for row in group.steps if row.person_id == person_id)
    return PersonCell(person_id, name, member.position, tuple(measures), steps)


def _measure(request: MeasureRequest, response: Response | None) -> ScheduledMeasure:
    status = _status(request, response is not None)
    on = {
        RequestStatus.PLANNED: _local_day(request.opens_at),
        RequestStatus.DUE: request.closes_on,
        RequestStatus.DONE: _local_day(response.completed_at) if response else None,
    }.get(status)
    return ScheduledMeasure(
        request.id,
        all_measures()[request.measure_key],
        status,
        on,
        response.id if response else None,
        request.optional,
    )


def _status(request: MeasureRequest, answered: bool) -> RequestStatus:
    return status_of(
        answered=answered,
        withdrawn=request.withdrawn_at is not None,
        opens_at=request.opens_at,
        closes_on=request.closes_on,
        optional=request.optional,
        now=clock.now(),
        today=clock.today(),
    )


def _local_day(moment: datetime | None) -> date:
    return clock.local(moment).date() if moment is not None else date.min


def _day(row: OccasionRow) -> tuple[date, bool]:
    return row.on or date.min, row.occasion is Occasion.AFTER_SESSION
