"""Responses: answering in the portal, sharing by their author, and reading one of them.

The neighbours ``measure_requests`` (asking) and ``couple_measures`` (what the therapist sees of
a couple) can be reached from here too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer

from practice.db import db
from practice.domain.measures.definition import Measure, Scale
from practice.domain.measures.relations import shown_scales
from practice.domain.people import Actor, Reader, Standing
from practice.domain.visibility import Audience
from practice.models.responses import Response, Score
from practice.services import access, audit, clock, measure_requests, people
from practice.services.couple_measures import couple_measures
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.measure_library import all_measures
from practice.services.measure_requests import (
    Audiences,
    give,
    portal_requests,
    withdraw_request,
)

__all__ = [
    "AUDIENCES",
    "couple_measures",
    "couple_to_ask",
    "give",
    "own_answers",
    "portal_requests",
    "questions",
    "response_page",
    "share",
    "submit",
    "unshare",
    "withdraw_request",
]

AUDIENCES = (Audience.THERAPIST, Audience.COUPLE)
"""A measure is given by the therapist, who reads it; its author may open the result to all."""


@dataclass(frozen=True, slots=True)
class Questions:
    """A request as the person who is asked meets it, before and after answering."""

    request_id: UUID
    measure: Measure
    readers: Audiences
    audience: Audience | None
    """Who may see the answers; None while they are not given."""


@dataclass(frozen=True, slots=True)
class ShownScore:
    """One scale's score."""

    scale: Scale
    value: float


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One of the reader's own responses."""

    response_id: UUID
    measure: Measure
    scores: tuple[ShownScore, ...]
    completed_at: datetime
    audience: Audience
    readers: Audiences
    may_share: bool
    """Whether it can be opened to others now; taking back is always possible."""


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    """What another member opened: the numbers, never the answers."""

    name: str
    position: int
    measure: Measure
    scores: tuple[ShownScore, ...]
    completed_at: datetime


@dataclass(frozen=True, slots=True)
class MyAnswers:
    """A partner's own responses, newest first, and what others have opened to them."""

    own: tuple[OwnAnswer, ...]
    shared: tuple[SharedAnswer, ...]


@dataclass(frozen=True, slots=True)
class AnsweredItem:
    """One question with the answer that was chosen."""

    text: str
    answer: str
    value: int


@dataclass(frozen=True, slots=True)
class ResponsePage:
    """One response as the therapist reads it."""

    couple_id: UUID
    name: str
    position: int
    measure: Measure
    completed_at: datetime
    scores: tuple[ShownScore, ...]
    items: tuple[AnsweredItem, ...]
    """Empty for a total that was collected elsewhere."""

    audience: Audience
    others: tuple[str, ...]
    """First names of the members who can see the result once it is shared."""


@dataclass(frozen=True, slots=True)
class CoupleToAsk:
    """Whom the therapist can give measures to."""

    couple_id: UUID
    title: str
    members: tuple[people.Member, ...]
    """The present members, in the couple's order."""


def couple_to_ask(*, actor: Actor, couple_id: UUID) -> CoupleToAsk:
    """Return the present members of a couple in the actor's care.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    access.require_treating(actor, couple_id)
    members = people.current_members(couple_id)
    return CoupleToAsk(couple_id, people.title_of(people.members_of(couple_id)), members)


def questions(*, actor: Actor, request_id: UUID) -> Questions:
    """Return what ``actor`` is asked, or was.

    Raises:
        NotFound: if it is not a request to ``actor``, or they have left the couple.
        Refused: if it was taken back before it was answered.
    """
    request = measure_requests.require_own(actor=actor, request_id=request_id)
    readers = measure_requests.audiences_of([request.couple_id], actor.person_id)
    return Questions(
        request_id=request.id,
        measure=all_measures()[request.measure_key],
        readers=readers[request.couple_id],
        audience=request.response.audience if request.response else None,
    )


def submit(
    *, actor: Actor, request_id: UUID, answers: Mapping[str, int], audience: Audience
) -> UUID:
    """Score and store the answers to a request; return the response's id.

    A request is answered once: sending again returns the first response and changes nothing.

    Args:
        actor: The partner who was asked.
        request_id: What is answered.
        answers: Value of the chosen answer by item key, one for every item.
        audience: One of ``AUDIENCES``.

    Raises:
        NotFound: as ``questions``.
        Refused: as ``questions``.
        Invalid: naming each item without a usable answer, or ``audience``: what is not shareable
            goes to the therapist alone.
    """
    request = measure_requests.require_own(actor=actor, request_id=request_id, to_answer=True)
    if request.response is not None:
        return request.response.id
    measure = all_measures()[request.measure_key]
    _check(measure, answers, audience)
    moment = clock.now()
    response = Response(
        request_id=request.id,
        couple_id=request.couple_id,
        author_id=actor.person_id,
        measure_key=measure.key,
        answers=dict(answers),
        audience=audience,
        completed_at=moment,
        shared_at=moment if audience is Audience.COUPLE else None,
        scores=[Score(scale_key=key, value=v) for key, v in measure.score(answers).items()],
    )
    db.session.add(response)
    audit.note_write(actor, request.couple_id, "response.submitted")
    db.session.flush()
    return response.id


def share(*, actor: Actor, response_id: UUID) -> None:
    """Open one's own result to every member of the couple; a second time changes nothing.

    Raises:
        NotFound: if it is not the actor's own response.
        Refused: if the actor has left the couple, or the measure is not shareable.
    """
    response, reader = _require_own(actor, response_id)
    if response.audience is Audience.COUPLE:
        return
    if reader.standing is not Standing.MEMBER:
        raise Refused("This can no longer be shared. Your own answers remain yours.")
    measure = all_measures().get(response.measure_key)
    if measure is None or not measure.shareable:
        raise Refused("This result stays between you and your therapist.")
    response.audience, response.shared_at = Audience.COUPLE, clock.now()
    audit.note_write(actor, response.couple_id, "response.shared")
    db.session.flush()


def unshare(*, actor: Actor, response_id: UUID) -> None:
    """Take one's own result back from the other members; a second time changes nothing.

    Raises:
        NotFound: if it is not the actor's own response.
    """
    response, _ = _require_own(actor, response_id)
    if response.audience is not Audience.COUPLE:
        return
    response.audience, response.shared_at = Audience.THERAPIST, None
    audit.note_write(actor, response.couple_id, "response.taken_back")
    db.session.flush()


def own_answers(*, actor: Actor) -> MyAnswers:
    """Return a partner's own responses and what others have opened to them.

    Nothing here is worked out from two people, and what others keep to themselves leaves no
    trace: no count, no order, no gap.
    """
    readers = access.own_couples(actor)
    rows = db.session.scalars(
        select(Response)
        .where(Response.couple_id.in_(readers))
        .options(defer(Response.answers_sealed))
        .order_by(Response.completed_at.desc(), Response.id)
    )
    visible = [row for row in rows if access.visible(readers[row.couple_id], [row])]
    known = [row for row in visible if row.measure_key in all_measures()]
    audiences = measure_requests.audiences_of(readers, actor.person_id)
    members = people.members_of_all(readers)
    own = (
        _own(row, readers[row.couple_id], audiences[row.couple_id])
        for row in known
        if row.author_id == actor.person_id
    )
    shared = (
        _shared(row, members[row.couple_id]) for row in known if row.author_id != actor.person_id
    )
    return MyAnswers(tuple(own), tuple(shared))


def response_page(*, actor: Actor, response_id: UUID) -> ResponsePage:
    """Return one response with its answers, for the treating therapist.

    Raises:
        NotFound: if there is none in the actor's care that they may see.
    """
    row = db.session.get(Response, response_id)
    if row is None:
        raise NotFound
    reader = access.require_treating(actor, row.couple_id)
    access.require_visible(reader, row.facts)
    measure = all_measures().get(row.measure_key)
    if measure is None:
        raise NotFound
    members = people.members_of(row.couple_id)
    author = next(member for member in members if member.person_id == row.author_id)
    answers: dict[str, int] = row.answers or {}
    return ResponsePage(
        couple_id=row.couple_id,
        name=author.name,
        position=author.position,
        measure=measure,
        completed_at=row.completed_at,
        scores=_scores(row, measure),
        items=_items(measure, answers) if answers else (),
        audience=row.audience,
        others=tuple(
            m.first_name for m in members if m.is_current and m.person_id != row.author_id
        ),
    )


def _check(measure: Measure, answers: Mapping[str, int], audience: Audience) -> None:
    errors = {
        item.key: "Choose one answer."
        for item in measure.items
        if not (item.optional and item.key not in answers)
        and not item.is_choice(answers.get(item.key))
    }
    open_to = AUDIENCES if measure.shareable else (Audience.THERAPIST,)
    if audience not in open_to:
        errors["audience"] = "Choose who may see it."
    if errors:
        raise Invalid(errors)
    if unknown := set(answers) - {item.key for item in measure.items}:
        raise Invalid({"answers": f"There is no question {', '.join(sorted(unknown))}."})


def _require_own(actor: Actor, response_id: UUID) -> tuple[Response, Reader]:
    row = db.session.get(Response, response_id, with_for_update=True)
    if row is None or row.author_id != actor.person_id:
        raise NotFound
    reader = access.own_couples(actor).get(row.couple_id)
    if reader is None:
        raise NotFound
    access.require_visible(reader, row.facts)
    return row, reader


def _own(row: Response, reader: Reader, audiences: Audiences) -> OwnAnswer:
    measure = all_measures()[row.measure_key]
    return OwnAnswer(
        response_id=row.id,
        measure=measure,
        scores=_scores(row, measure),
        completed_at=row.completed_at,
        audience=row.audience,
        readers=audiences,
        may_share=(
            measure.shareable and reader.standing is Standing.MEMBER and bool(audiences.others)
        ),
    )


def _shared(row: Response, members: tuple[people.Member, ...]) -> SharedAnswer:
    measure = all_measures()[row.measure_key]
    author = next(member for member in members if member.person_id == row.author_id)
    return SharedAnswer(
        author.first_name, author.position, measure, _scores(row, measure), row.completed_at
    )


def _scores(row: Response, measure: Measure) -> tuple[ShownScore, ...]:
    stored = {score.scale_key: score.value for score in row.scores}
    return tuple(
        ShownScore(scale, stored[scale.key])
        for scale in shown_scales(measure)
        if scale.key in stored
    )


def _items(measure: Measure, answers: Mapping[str, int]) -> tuple[AnsweredItem, ...]:
    return tuple(
        AnsweredItem(item.text, choice.label, choice.value)
        for item in measure.items
        for choice in item.choices
        if choice.value == answers.get(item.key)
    )
