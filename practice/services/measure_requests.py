"""Measures given to partners: asking, taking back, and what is open in the portal."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.battery import Occasion
from practice.domain.measures.definition import Measure
from practice.domain.measures.relations import contains
from practice.domain.people import Actor, Reader
from practice.domain.schedule import GRACE
from practice.models.responses import MeasureRequest, Response
from practice.services import access, audit, clock, drafts, people
from practice.services.badges import carers_in_words
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.measure_library import all_measures, offered_measures
from practice.services.schedule import refresh

TAKEN_BACK = "These questions were taken back; there is nothing to answer any more."
CLOSED = (
    "The time for these questions has passed, so there is nothing to answer any more. "
    "Nothing is missing because of it; when there are new ones, they are on your first page."
)


@dataclass(frozen=True, slots=True)
class Given:
    """What giving measures did."""

    asked: tuple[str, ...]
    """One sentence for each question now open."""

    skipped: tuple[str, ...]
    """One sentence for each that was not given, or was replaced, and why."""


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Questions that wait for the person who reads this."""

    request_id: UUID
    couple_id: UUID
    measure: Measure
    due_on: date | None
    readers: "Audiences"
    occasion: Occasion | None
    """Why the schedule asks; None where the therapist asked by hand."""

    occasion_ref: str
    session_id: UUID | None
    closes_on: date | None
    optional: bool


@dataclass(frozen=True, slots=True)
class Audiences:
    """Who is who among the readers of an answer, by first name."""

    therapist: str
    others: tuple[str, ...]


@dataclass(slots=True)
class _Asking:
    """One round of giving measures to people."""

    actor: Actor
    couple_id: UUID
    due_on: date | None
    open: list[MeasureRequest]
    asked: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def give(
    *,
    actor: Actor,
    couple_id: UUID,
    person_ids: Iterable[UUID],
    measure_keys: Iterable[str],
    due_on: date | None,
) -> Given:
    """Ask members to answer measures; never the same person the same measure twice at a time.

    A measure whose scores a longer one gives too (CSI-4 within CSI-16) is not asked beside it:
    the longer one replaces an open shorter one, and an open longer one makes it unnecessary.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming ``people``, ``measures`` or ``due_on``.
    """
    reader = access.require_treating(actor, couple_id)
    members = {m.person_id: m for m in people.current_members(couple_id)}
    chosen, measures = list(dict.fromkeys(person_ids)), _measures(measure_keys)
    _check(chosen, members, measures, due_on)
    for person_id in chosen:
        wanted = MeasureRequest(couple_id=couple_id, person_id=person_id, given_by=actor.person_id)
        access.require_act(reader, wanted.facts, Operation.WRITE)
    asking = _Asking(actor, couple_id, due_on, _open_in_turn(couple_id))
    for person_id in chosen:
        for measure in measures:
            _ask(asking, members[person_id], measure)
    if asking.asked:
        audit.note_write(actor, couple_id, "measure.given")
    # What is asked by hand is not asked by the schedule as well; of nobody else either way.
    for person_id in chosen:
        refresh(couple_id, person_id=person_id, only_what_is_there=True)
    return Given(tuple(asking.asked), tuple(asking.skipped))


def withdraw_request(*, actor: Actor, request_id: UUID) -> UUID:
    """Take back an open request; return the couple's id. A second time changes nothing.

    Raises:
        NotFound: if there is no such request in the actor's care.
        Refused: if it was answered in the meantime.
    """
    request = db.session.get(MeasureRequest, request_id, with_for_update=True)
    if request is None:
        raise NotFound
    reader = access.require_treating(actor, request.couple_id)
    access.require_visible(reader, request.facts)
    access.require_act(reader, request.facts, Operation.WRITE)
    if request.response is not None:
        raise Refused("This was answered in the meantime, so there is nothing to take back.")
    if request.withdrawn_at is None:
        drafts.drop_about(DraftKind.QUESTIONS, [request.id])
        request.withdrawn_at, request.withdrawn_by = clock.now(), actor.person_id
        audit.note_write(actor, request.couple_id, "measure.withdrawn")
        refresh(request.couple_id, person_id=request.person_id, only_what_is_there=True)
    return request.couple_id


def portal_requests(*, actor: Actor) -> tuple[OpenRequest, ...]:
    """Return the questions that wait for ``actor``: those with a day first, by day."""
    own = access.present_couples(actor)
    if not own:
        return ()
    rows = db.session.scalars(
        _open(MeasureRequest.couple_id.in_(own), MeasureRequest.person_id == actor.person_id)
    )
    visible = [row for row in rows if access.visible(own[row.couple_id], [row])]
    readers_of = audiences_of(own, actor.person_id) if visible else {}
    found = (
        OpenRequest(
            request_id=row.id,
            couple_id=row.couple_id,
            measure=measure,
            due_on=row.due_on,
            readers=readers_of[row.couple_id],
            occasion=row.occasion,
            occasion_ref=row.occasion_ref or "",
            session_id=row.session_id,
            closes_on=row.closes_on,
            optional=row.optional,
        )
        for row in visible
        if (measure := all_measures().get(row.measure_key)) is not None
    )
    return tuple(sorted(found, key=lambda item: (item.due_on is None, item.due_on or date.min)))


def audiences_of(couple_ids: Iterable[UUID], person_id: UUID) -> dict[UUID, Audiences]:
    """Return who else would read a person's answers in each couple. Authorise first."""
    ids = list(couple_ids)
    members = people.members_of_all(ids)
    return {
        couple_id: Audiences(
            carers_in_words(couple_id),
            tuple(
                member.first_name
                for member in members.get(couple_id, ())
                if member.is_current and member.person_id != person_id
            ),
        )
        for couple_id in ids
    }


def require_own(*, actor: Actor, request_id: UUID, to_answer: bool = False) -> MeasureRequest:
    """Return a request that was made to ``actor``, answered or not; for services alone.

    Args:
        actor: The partner.
        request_id: What the page is about.
        to_answer: Hold the row until the transaction ends, so that it is answered once.

    Raises:
        NotFound: if there is none, or it is somebody else's, or the actor has left the couple, or
            it does not open before later, or its answers were locked away.
        Refused: if it was taken back, or closed, before it was answered.
    """
    request = db.session.get(MeasureRequest, request_id, with_for_update=to_answer or None)
    if request is None or request.person_id != actor.person_id:
        raise NotFound
    reader = access.own_couples(actor).get(request.couple_id)
    if reader is None or request.measure_key not in all_measures():
        raise NotFound
    access.require_visible(reader, request.facts)
    if request.response is None:
        _require_open(request)
    elif request.response.is_locked:
        raise NotFound
    return request


def _require_open(request: MeasureRequest) -> None:
    if request.opens_at is not None and request.opens_at > clock.now():
        raise NotFound
    if request.withdrawn_at is not None:
        raise Refused(TAKEN_BACK)
    if request.closes_on is not None and request.closes_on + GRACE < clock.today():
        raise Refused(CLOSED)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request without an answer as the therapist sees it."""

    request_id: UUID
    person_id: UUID
    measure: Measure
    given_at: datetime
    due_on: date | None
    occasion: Occasion | None
    is_open: bool
    """Whether it can be answered now; else its time has passed."""

    gap_on: date | None
    """The day on which an answer is missing; None while there is still time, or it was optional."""


def unanswered_in(reader: Reader) -> tuple[Asked, ...]:
    """Return what a couple was asked and has not answered, oldest first.

    Only what ``reader`` may see; what does not open before later is not there.
    """
    rows = db.session.scalars(
        _unanswered(MeasureRequest.couple_id == reader.couple_id, has_opened())
    )
    return tuple(
        Asked(
            row.id,
            row.person_id,
            measure,
            row.given_at,
            row.due_on,
            row.occasion,
            is_open=row.closes_on is None or row.closes_on >= clock.today(),
            gap_on=gap_of(row, clock.today()),
        )
        for row in access.visible(reader, rows)
        if (measure := all_measures().get(row.measure_key)) is not None
    )


def gap_of(request: MeasureRequest, today: date) -> date | None:
    """Return the day on which an unanswered request leaves a gap; None if it leaves none."""
    last = request.closes_on or request.due_on
    if request.optional or last is None or last >= today:
        return None
    return request.due_on or last


def leaves_a_gap(today: date) -> ColumnElement[bool]:
    """The condition that a request without an answer leaves a gap; ``gap_of`` says on which day."""
    last = func.coalesce(MeasureRequest.closes_on, MeasureRequest.due_on)
    return and_(
        MeasureRequest.withdrawn_at.is_(None), MeasureRequest.optional.is_(False), last < today
    )


def has_opened() -> ColumnElement[bool]:
    """The condition that a request can be seen by the person who is asked."""
    return MeasureRequest.opens_at.is_(None) | (MeasureRequest.opens_at <= clock.now())


def takes_answers() -> ColumnElement[bool]:
    """The condition that a request has opened and not closed."""
    closes_on = MeasureRequest.closes_on
    return and_(has_opened(), closes_on.is_(None) | (closes_on >= clock.today()))


def _open(*more: ColumnElement[bool]) -> Select[MeasureRequest]:
    return _unanswered(takes_answers(), *more)


def _unanswered(*more: ColumnElement[bool]) -> Select[MeasureRequest]:
    unanswered = ~select(Response.id).where(Response.request_id == MeasureRequest.id).exists()
    return (
        select(MeasureRequest)
        .where(MeasureRequest.withdrawn_at.is_(None), unanswered, *more)
        .order_by(MeasureRequest.given_at, MeasureRequest.id)
    )


def _open_in_turn(couple_id: UUID) -> list[MeasureRequest]:
    """Return what is open, after whoever else is giving measures to this couple has done so."""
    access.hold(couple_id)
    return list(db.session.scalars(_open(MeasureRequest.couple_id == couple_id)))


def _measures(keys: Iterable[str]) -> list[Measure]:
    known = offered_measures()
    wanted = list(dict.fromkeys(keys))
    if any(key not in known or known[key].totals_only for key in wanted):
        raise Invalid({"measures": "Choose from the measures of the list."})
    # The longest first, so that a shorter one within it is skipped and not asked and replaced.
    return sorted((known[key] for key in wanted), key=lambda m: (-len(m.items), m.key))


def _check(
    chosen: list[UUID],
    members: dict[UUID, people.Member],
    measures: list[Measure],
    due_on: date | None,
) -> None:
    errors = {}
    if not chosen or any(person_id not in members for person_id in chosen):
        errors["people"] = "Choose one or more of the present members."
    if not measures:
        errors["measures"] = "Choose one or more measures."
    if due_on is not None and due_on < clock.today():
        errors["due_on"] = "Choose today or a later day, or leave it empty."
    if errors:
        raise Invalid(errors)


def _is_later_version(measure: Measure, other: Measure) -> bool:
    return measure.family_key == other.family_key and measure.version > other.version


def _replace(asking: _Asking, request: MeasureRequest) -> None:
    """Take back what another measure stands for now, with what was begun of it."""
    request.withdrawn_at = clock.now()
    drafts.drop_about(DraftKind.QUESTIONS, [request.id])
    asking.open.remove(request)


def _ask(asking: _Asking, member: people.Member, measure: Measure) -> None:
    known, name = all_measures(), member.first_name
    for request in [r for r in asking.open if r.person_id == member.person_id]:
        other = known.get(request.measure_key)
        if request.measure_key == measure.key:
            asking.skipped.append(f"{name} already has this to answer: {measure.short_title}.")
            return
        if other is not None and contains(other, measure):
            asking.skipped.append(
                f"{name} was not given the {measure.short_title}: "
                f"its questions are in the {other.short_title}, which is open."
            )
            return
        if other is not None and contains(measure, other):
            _replace(asking, request)
            asking.skipped.append(
                f"The open {other.short_title} of {name} was taken back: "
                f"its questions are in the {measure.short_title}."
            )
        elif other is not None and _is_later_version(measure, other):
            _replace(asking, request)
            asking.skipped.append(
                f"The open {other.short_title} of {name} was taken back: "
                f"{measure.short_title} is a later version of it."
            )
    new = MeasureRequest(
        couple_id=asking.couple_id,
        person_id=member.person_id,
        measure_key=measure.key,
        given_by=asking.actor.person_id,
        given_at=clock.now(),
        due_on=asking.due_on,
    )
    db.session.add(new)
    asking.open.append(new)
    asking.asked.append(f"Asked of {name}: {measure.short_title}.")
