"""What waits for a partner, put together by what it is for. Only what is open now is here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.battery import Occasion, StepKind
from practice.domain.joint_facts import tells
from practice.domain.people import Actor
from practice.services import drafts, measure_requests, step_requests
from practice.services.drafts import DraftKind
from practice.services.measure_requests import OpenRequest
from practice.services.step_requests import OpenStep


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """What belongs together: one sitting."""

    occasion: Occasion | None
    """None: given by hand, and alone in its group."""

    on: date | None
    """Day of the session that they belong to."""

    due_on: date | None
    requests: tuple[OpenRequest, ...]
    """Sets of questions; what may be left out comes last."""

    steps: tuple[OpenStep, ...] = ()
    """What is asked beside questions. There is one of either at least."""

    begun: frozenset[UUID] = frozenset()
    """Of which requests this person has kept a part, on their own pages alone."""

    @property
    def items(self) -> tuple[OpenRequest | OpenStep, ...]:
        """All of it, in the order in which it is asked; what may be left out comes last."""
        return tuple(sorted((*self.requests, *self.steps), key=lambda item: item.optional))

    @property
    def closes_on(self) -> date | None:
        """Last day of the last of them; None where all stay open."""
        return max((item.closes_on for item in self.items if item.closes_on), default=None)

    @property
    def minutes(self) -> int:
        """How long those take that are not optional; all of them, if all are."""
        asked = [item for item in self.items if not item.optional] or list(self.items)
        return sum(minutes_of(item) for item in asked)

    @property
    def optional_minutes(self) -> int:
        """How long those take that may be left out, beside others."""
        asked = [item for item in self.items if item.optional]
        if len(asked) == len(self.items):
            return 0
        return sum(minutes_of(item) for item in asked)

    @property
    def is_optional(self) -> bool:
        """Whether all of it may be left out."""
        return all(item.optional for item in self.items)


@tells()
def minutes_of(item: OpenRequest | OpenStep) -> int:
    """How long one of them takes."""
    return item.minutes if isinstance(item, OpenStep) else item.measure.minutes


@tells()
def portal_questions(*, actor: Actor) -> tuple[QuestionGroup, ...]:
    """Return what waits for ``actor``, a partner: what has a day first, by day."""
    requests = measure_requests.portal_requests(actor=actor)
    begun = drafts.begun(
        actor=actor, kind=DraftKind.QUESTIONS, about_ids=[item.request_id for item in requests]
    )
    return grouped(requests, step_requests.portal_steps(actor=actor), begun)


@tells()
def next_of_group(*, actor: Actor, request_id: UUID) -> OpenRequest | OpenStep | None:
    """Return what else waits of the group of a request of the actor's own; None if nothing does.

    Raises:
        NotFound: if it is not a request to ``actor``, or they have left the couple.
    """
    request = measure_requests.require_own(actor=actor, request_id=request_id)
    if request.occasion is None:
        return None
    return _next(actor, _sitting(request.couple_id, request.occasion, request.session_id))


@tells()
def next_after_step(
    *, actor: Actor, step_id: UUID, kind: StepKind
) -> OpenRequest | OpenStep | None:
    """As ``next_of_group``, after a step of the actor's own."""
    step = step_requests.require_own(actor=actor, step_id=step_id, kind=kind)
    return _next(actor, _sitting(step.couple_id, step.occasion, step.session_id))


def grouped(
    requests: Iterable[OpenRequest],
    steps: Iterable[OpenStep] = (),
    begun: frozenset[UUID] = frozenset(),
) -> tuple[QuestionGroup, ...]:
    """Put what waits for one person together; groups keep the order of their first days."""
    groups: dict[object, list[OpenRequest | OpenStep]] = {}
    items: list[OpenRequest | OpenStep] = [*requests, *steps]
    for item in sorted(items, key=_day):
        key: object = item.request_id if isinstance(item, OpenRequest) else item.step_id
        if item.occasion is not None:
            key = _sitting(item.couple_id, item.occasion, item.session_id)
        groups.setdefault(key, []).append(item)
    return tuple(_group(found, begun) for found in groups.values())


def _next(actor: Actor, key: object) -> OpenRequest | OpenStep | None:
    for group in portal_questions(actor=actor):
        first = group.items[0]
        if first.occasion and _sitting(first.couple_id, first.occasion, first.session_id) == key:
            return first
    return None


def _day(item: OpenRequest | OpenStep) -> tuple[bool, date]:
    return item.due_on is None, item.due_on or date.min


def _group(found: list[OpenRequest | OpenStep], begun: frozenset[UUID]) -> QuestionGroup:
    occasions = {item.occasion for item in found}
    first = found[0]
    requests = [item for item in found if isinstance(item, OpenRequest)]
    requests.sort(key=lambda r: (r.optional, -len(r.measure.items), r.measure.key))
    return QuestionGroup(
        occasion=Occasion.REVIEW if Occasion.REVIEW in occasions else first.occasion,
        # What belongs to a session is meant for its day.
        on=first.due_on if first.session_id is not None else None,
        due_on=min((item.due_on for item in found if item.due_on is not None), default=None),
        requests=tuple(requests),
        steps=tuple(item for item in found if isinstance(item, OpenStep)),
        begun=begun.intersection(item.request_id for item in requests),
    )


def _sitting(
    couple_id: UUID, occasion: Occasion, session_id: UUID | None
) -> tuple[UUID, str, UUID | None]:
    # A review and what stands before every session are one sitting.
    is_before = occasion in (Occasion.BEFORE_SESSION, Occasion.REVIEW)
    return couple_id, "before" if is_before else occasion.value, session_id
