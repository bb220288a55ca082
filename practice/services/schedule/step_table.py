"""What was asked beside measures, as it stands in the therapist's table."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select

from practice.db import db
from practice.domain.people import Reader, Standing
from practice.domain.schedule import RequestStatus, status_of
from practice.domain.steps import IN_PORTAL, KINDS, StepKind, asked_again
from practice.models.steps import StepRequest
from practice.services import access, clock

OPEN = (RequestStatus.PLANNED, RequestStatus.DUE)


@dataclass(frozen=True, slots=True)
class ScheduledStep:
    """Something beside measures, of one person at one occasion."""

    step_id: UUID
    kind: StepKind
    title: str
    what: str
    """What is asked there, in a few words."""

    status: RequestStatus
    on: date | None
    """The day that goes with the status: done, last day, opening day."""

    optional: bool
    may_be_asked_again: bool
    """Whether it was taken back, or was missed and has not been asked once more already."""

    @property
    def may_be_withdrawn(self) -> bool:
        return self.status in OPEN


def shown_steps(reader: Reader) -> list[StepRequest]:
    """Return what a couple was asked and will be, but for what was taken back without anybody.

    The private questions are not even read for whoever may not know of them.
    """
    leads = reader.standing is Standing.TREATING
    rows = db.session.scalars(
        select(StepRequest)
        .where(
            StepRequest.couple_id == reader.couple_id,
            StepRequest.kind.in_(KINDS if leads else IN_PORTAL),
            or_(
                StepRequest.withdrawn_at.is_(None),
                StepRequest.withdrawn_by.is_not(None),
                StepRequest.done_at.is_not(None),
            ),
        )
        .order_by(StepRequest.kind, StepRequest.occasion_ref, StepRequest.id)
    )
    return access.visible(reader, rows)


def scheduled(row: StepRequest, others: Collection[StepRequest]) -> ScheduledStep:
    """Return one step as the table shows it.

    Args:
        row: The step.
        others: Whatever else was asked of anybody at that occasion.
    """
    status = status_of(
        answered=row.done_at is not None,
        withdrawn=row.withdrawn_at is not None,
        opens_at=row.opens_at,
        closes_on=row.closes_on,
        optional=row.optional,
        now=clock.now(),
        today=clock.today(),
    )
    on = {
        RequestStatus.PLANNED: clock.local(row.opens_at).date(),
        RequestStatus.DUE: row.closes_on,
        RequestStatus.DONE: clock.local(row.done_at).date() if row.done_at else None,
    }.get(status)
    rules = KINDS[row.kind]
    return ScheduledStep(
        row.id,
        row.kind,
        rules.label,
        rules.occasions.get(row.occasion, ""),
        status,
        on,
        row.optional,
        status not in (RequestStatus.DONE, *OPEN) and _may_come_back(row, others),
    )


def _may_come_back(row: StepRequest, others: Collection[StepRequest]) -> bool:
    if row.closes_on is None or row.closes_on >= clock.today():
        return True
    again = (row.person_id, row.kind, asked_again(row.occasion_ref))
    return row.kind in IN_PORTAL and again not in {
        (one.person_id, one.kind, one.occasion_ref) for one in others
    }
