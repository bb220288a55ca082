"""Responses: answering what was asked, a partner's own answers, and sharing by their author.

The neighbours ``measure_requests`` (asking), ``couple_measures`` (what the therapist sees of a
couple) and ``response_pages`` (reading one) can be reached from here too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.joint_facts import tells
from practice.domain.measures.definition import Measure
from practice.domain.measures.origin import Origin
from practice.domain.people import Actor, Reader, Standing
from practice.domain.visibility import Audience
from practice.models.responses import Response
from practice.services import (
    access,
    answer_sets,
    audit,
    clock,
    drafts,
    measure_requests,
    people,
)
from practice.services.answer_sets import AUDIENCES, AnswerSet
from practice.services.couple_measures import couple_measures
from practice.services.drafts import DraftKind, Keeping, Kept
from practice.services.errors import NotFound, Refused
from practice.services.measure_library import all_measures
from practice.services.measure_requests import (
    Audiences,
    give,
    portal_requests,
    withdraw_request,
)
from practice.services.own_answers import own_answers
from practice.services.response_pages import response_page

__all__ = [
    "AUDIENCES",
    "couple_measures",
    "couple_to_ask",
    "give",
    "keep_for_later",
    "own_answers",
    "portal_requests",
    "questions",
    "response_page",
    "share",
    "submit",
    "unshare",
    "withdraw_request",
]


@dataclass(frozen=True, slots=True)
class Questions:
    """A request as the person who is asked meets it, before and after answering."""

    request_id: UUID
    couple_id: UUID
    measure: Measure
    readers: Audiences
    audience: Audience | None
    """Who may see the answers; None while they are not given."""

    kept: Kept | None
    """Where its author stopped; None once it is answered."""

    needs_help: bool
    """Whether the practice's help text belongs on the page that thanks for the answers."""


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


@tells()
def questions(*, actor: Actor, request_id: UUID, origin: Origin = Origin.PORTAL) -> Questions:
    """Return what ``actor`` is asked, or was.

    Args:
        actor: Who was asked.
        request_id: What is asked.
        origin: Where they are reading: ``PORTAL``, or ``HAND_OVER`` on the therapist's device,
            where nothing is shown that was kept elsewhere, and the help text for a moment alone.

    Raises:
        NotFound: if it is not a request to ``actor``, or they have left the couple.
        Refused: if it was taken back before it was answered.
    """
    request = measure_requests.require_own(actor=actor, request_id=request_id)
    readers = measure_requests.audiences_of([request.couple_id], actor.person_id)
    given = _latest_of(request.response) if request.response else None
    return Questions(
        request_id=request.id,
        couple_id=request.couple_id,
        measure=all_measures()[request.measure_key],
        readers=readers[request.couple_id],
        audience=given.audience if given else None,
        kept=None if given else drafts.kept(actor=actor, **_draft_of(request.id, origin)),
        needs_help=_needs_help(request.response, origin) if request.response else False,
    )


def keep_for_later(
    *,
    actor: Actor,
    request_id: UUID,
    fields: Mapping[str, str],
    origin: Origin = Origin.PORTAL,
) -> Keeping | None:
    """Keep half-finished answers for ``actor`` alone; None where they were sent in the meantime.

    Args:
        actor: Who was asked.
        request_id: What is being answered.
        fields: What was chosen so far, by field name.
        origin: As ``questions``.

    Raises:
        NotFound: as ``questions``.
        Refused: as ``questions``.
    """
    request = measure_requests.require_own(actor=actor, request_id=request_id, to_answer=True)
    if request.response is not None:
        return None
    if not fields:  # a press without a choice is no beginning
        return drafts.clear(actor=actor, **_draft_of(request.id, origin))
    return drafts.keep(actor=actor, fields=fields, **_draft_of(request.id, origin))


def submit(
    *,
    actor: Actor,
    request_id: UUID,
    answers: Mapping[str, int],
    audience: Audience,
    origin: Origin = Origin.PORTAL,
) -> UUID:
    """Score and store the answers to a request; return the response's id.

    A request is answered once: sending again returns the first response and changes nothing.

    Args:
        actor: The partner who was asked.
        request_id: What is answered.
        answers: Value of the chosen answer by item key, one for every item that is not optional.
        audience: One of ``answer_sets.audiences_for`` the measure.
        origin: ``PORTAL``, or ``HAND_OVER`` on the therapist's device.

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
    answer_sets.check(measure, answers, audience)
    new = AnswerSet(
        couple_id=request.couple_id,
        author_id=actor.person_id,
        measure=measure,
        answers=answers,
        scores=measure.score(answers),
        audience=audience,
        completed_at=clock.now(),
        origin=origin,
        request_id=request.id,
    )
    drafts.drop(person_id=actor.person_id, **_draft_of(request.id))
    return answer_sets.write(actor, new, "response.submitted").id


def share(*, actor: Actor, response_id: UUID) -> None:
    """Open one's own result to every member of the couple; a second time changes nothing.

    Raises:
        NotFound: if it is not the actor's own response.
        Refused: if the actor has left the couple, the answers were corrected since, or the
            measure is one for the therapist alone.
    """
    response, reader = _require_own(actor, response_id)
    if response.audience is Audience.COUPLE:
        return
    _require_shareable(response)
    if reader.standing is not Standing.MEMBER:
        raise Refused("This can no longer be shared. Your own answers remain yours.")
    access.require_act(reader, response.facts, Operation.SHARE)
    response.audience, response.shared_at = Audience.COUPLE, clock.now()
    audit.note_write(actor, response.couple_id, "response.shared")
    db.session.flush()


def unshare(*, actor: Actor, response_id: UUID) -> None:
    """Take one's own result back from the other members; a second time changes nothing.

    Raises:
        NotFound: if it is not the actor's own response.
    """
    response, reader = _require_own(actor, response_id)
    access.require_act(reader, response.facts, Operation.WITHDRAW)
    if response.audience is not Audience.COUPLE:
        return
    response.audience, response.shared_at = Audience.THERAPIST, None
    audit.note_write(actor, response.couple_id, "response.taken_back")
    db.session.flush()


def _require_own(actor: Actor, response_id: UUID) -> tuple[Response, Reader]:
    row = db.session.get(Response, response_id, with_for_update=True)
    if row is None or row.author_id != actor.person_id or row.is_locked:
        raise NotFound
    reader = access.own_couples(actor).get(row.couple_id)
    if reader is None:
        raise NotFound
    return row, reader


def _require_shareable(response: Response) -> None:
    measure = all_measures().get(response.measure_key)
    if measure is None or not measure.shareable:
        raise Refused("This result stays between you and your therapist.")
    if response.superseded_at is not None:
        raise Refused("These answers were corrected. Only the corrected ones can be shown.")


def _latest_of(response: Response) -> Response:
    """Return what stands for a response now: itself, or the last that corrected it."""
    while response.superseded_at is not None:
        newer = db.session.scalar(select(Response).where(Response.supersedes_id == response.id))
        if newer is None:
            break
        response = newer
    return response


def _needs_help(response: Response, origin: Origin) -> bool:
    on_device = origin is Origin.HAND_OVER
    stays = answer_sets.HELP_STAYS_ON_DEVICE if on_device else answer_sets.HELP_STAYS
    return answer_sets.needs_help(_latest_of(response), response.completed_at, stays=stays)


class _DraftOf(TypedDict):
    kind: DraftKind
    about_id: UUID


def _draft_of(request_id: UUID, origin: Origin = Origin.PORTAL) -> _DraftOf:
    kind = DraftKind.ON_DEVICE if origin is Origin.HAND_OVER else DraftKind.QUESTIONS
    return _DraftOf(kind=kind, about_id=request_id)
