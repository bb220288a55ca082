"""A partner's open questions, put together by what they are for. Only what is open now is here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.battery import Occasion
from practice.domain.joint_facts import tells
from practice.domain.people import Actor
from practice.services import measure_requests
from practice.services.measure_requests import OpenRequest


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that belong together: one sitting."""

    occasion: Occasion | None
    """None: given by hand, and alone in its group."""

    on: date | None
    """Day of the session that they belong to."""

    due_on: date | None
    requests: tuple[OpenRequest, ...]
    """At least one; what may be left out comes last."""

    @property
    def minutes(self) -> int:
        """How long those take that are not optional; all of them, if all are."""
        asked = [r for r in self.requests if not r.optional] or list(self.requests)
        return sum(request.measure.minutes for request in asked)

    @property
    def optional_minutes(self) -> int:
        """How long those take that may be left out, beside others."""
        asked = [r for r in self.requests if r.optional]
        if len(asked) == len(self.requests):
            return 0
        return sum(request.measure.minutes for request in asked)

    @property
    def is_optional(self) -> bool:
        """Whether all of it may be left out."""
        return all(request.optional for request in self.requests)


@tells()
def portal_questions(*, actor: Actor) -> tuple[QuestionGroup, ...]:
    """Return what waits for ``actor``, a partner: what has a day first, by day."""
    return grouped(measure_requests.portal_requests(actor=actor))


@tells()
def next_of_group(*, actor: Actor, request_id: UUID) -> OpenRequest | None:
    """Return what else waits of the group of a request of the actor's own; None if nothing does.

    Raises:
        NotFound: if it is not a request to ``actor``, or they have left the couple.
    """
    request = measure_requests.require_own(actor=actor, request_id=request_id)
    if request.occasion is None:
        return None
    key = _sitting(request.couple_id, request.occasion, request.session_id)
    for group in portal_questions(actor=actor):
        first = group.requests[0]
        if first.occasion and _sitting(first.couple_id, first.occasion, first.session_id) == key:
            return first
    return None


def grouped(requests: Iterable[OpenRequest]) -> tuple[QuestionGroup, ...]:
    """Put requests of one person together; groups keep the order of their first requests."""
    groups: dict[object, list[OpenRequest]] = {}
    for request in requests:
        key: object = request.request_id
        if request.occasion is not None:
            key = _sitting(request.couple_id, request.occasion, request.session_id)
        groups.setdefault(key, []).append(request)
    return tuple(_group(found) for found in groups.values())


def _group(found: list[OpenRequest]) -> QuestionGroup:
    occasions = {request.occasion for request in found}
    first = found[0]
    ordered = sorted(found, key=lambda r: (r.optional, -len(r.measure.items), r.measure.key))
    return QuestionGroup(
        occasion=Occasion.REVIEW if Occasion.REVIEW in occasions else first.occasion,
        # What belongs to a session is meant for its day.
        on=first.due_on if first.session_id is not None else None,
        due_on=min((r.due_on for r in found if r.due_on is not None), default=None),
        requests=tuple(ordered),
    )


def _sitting(
    couple_id: UUID, occasion: Occasion, session_id: UUID | None
) -> tuple[UUID, str, UUID | None]:
    # A review and what stands before every session are one sitting.
    is_before = occasion in (Occasion.BEFORE_SESSION, Occasion.REVIEW)
    return couple_id, "before" if is_before else occasion.value, session_id
