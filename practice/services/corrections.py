"""Correcting answers: a response is never edited; from then on another stands for it.

Whoever answered corrects their own answers. What was typed in from paper, or imported, is corrected
by the treating therapist. Nobody corrects somebody else's own answers. A correction keeps the day
that the answers are about; whoever may see it is chosen anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from practice.db import db
from practice.domain.joint_facts import tells
from practice.domain.measures.definition import Measure
from practice.domain.measures.origin import Origin
from practice.domain.people import Actor, Standing
from practice.domain.visibility import Audience
from practice.models.responses import Response
from practice.services import access, answer_sets, clock, measure_requests, people
from practice.services.answer_sets import AnswerSet
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.measure_library import all_measures
from practice.services.measure_requests import Audiences
from practice.services.once import free_id
from practice.services.paper import noon_of, require_day, totals_of

LONGEST_REASON = 500
REPLACED = "These answers were corrected in the meantime. Open the newer ones to correct those."


@dataclass(frozen=True, slots=True)
class Correction:
    """A response as it is opened to be corrected."""

    response_id: UUID
    couple_id: UUID
    measure: Measure
    answers: Mapping[str, int]
    """Empty where only totals are known."""

    totals: Mapping[str, float]
    completed_at: datetime
    name: str
    """First name of whose answers they are."""

    readers: Audiences

    @property
    def has_answers(self) -> bool:
        return bool(self.answers)


@tells()
def own_correction(*, actor: Actor, response_id: UUID) -> Correction:
    """Return the actor's own answers, to be corrected.

    Raises:
        NotFound: if they are not the actor's own, or the actor has left the couple.
        Refused: if they were corrected already, or were typed in from paper.
    """
    row = _own(actor, response_id)
    _require_standing(row)
    return _correction(row)


def correct_own(
    *,
    actor: Actor,
    response_id: UUID,
    new_id: UUID,
    answers: Mapping[str, int],
    audience: Audience,
    reason: str,
) -> UUID:
    """Let new answers stand for the actor's own; return the id of the new response.

    Args:
        actor: Who answered.
        response_id: What is corrected.
        new_id: Id of the new response; sent twice, it is written once.
        answers: As for ``responses.submit``: all of them, not only those that differ.
        audience: Chosen anew.
        reason: Why; read by the therapist.

    Raises:
        NotFound: as ``own_correction``.
        Refused: as ``own_correction``.
        Invalid: naming items, ``audience`` or ``reason``.
    """
    row = _own(actor, response_id, to_change=True)
    row_id = free_id(Response, new_id, lambda one: one.supersedes_id == row.id)
    if row_id is None:
        return new_id
    _require_standing(row)
    measure = all_measures()[row.measure_key]
    words = _reason(reason)
    answer_sets.check(measure, answers, audience)
    return _replace(
        actor,
        row,
        AnswerSet(
            couple_id=row.couple_id,
            author_id=row.author_id,
            measure=measure,
            answers=answers,
            scores=measure.score(answers),
            audience=audience,
            completed_at=row.completed_at,
            origin=row.origin,
            new_id=row_id,
            supersedes_id=row.id,
            reason=words,
        ),
    )


def needs_help(*, actor: Actor, response_id: UUID) -> bool:
    """Whether the page that thanks for a correction shows the practice's help text.

    Raises:
        NotFound: if it is not a correction of the actor's own answers.
    """
    row = _own(actor, response_id)
    older = db.session.get(Response, row.supersedes_id) if row.supersedes_id else None
    if older is None or older.superseded_at is None:
        raise NotFound
    return answer_sets.needs_help(row, older.superseded_at)


def typed_in_correction(*, actor: Actor, response_id: UUID) -> Correction:
    """Return what was typed in or imported, to be corrected by the treating therapist.

    Raises:
        NotFound: if there is none in the actor's care.
        Refused: if it was corrected already, or somebody answered it themselves.
    """
    row = _in_care(actor, response_id)
    _require_typed_in(row)
    return _correction(row)


def correct_typed_in(
    *,
    actor: Actor,
    response_id: UUID,
    new_id: UUID,
    day: date,
    reason: str,
    answers: Mapping[str, int] | None = None,
    totals: Mapping[str, float] | None = None,
) -> UUID:
    """Let new answers or totals stand for what was typed in; return the id of the new response.

    Args:
        actor: The treating therapist.
        response_id: What is corrected.
        new_id: Id of the new response; sent twice, it is written once.
        day: The day written on the paper.
        reason: Why.
        answers: All of them, where answers were typed in.
        totals: By scale key, where totals were.

    Raises:
        NotFound: as ``typed_in_correction``.
        Refused: as ``typed_in_correction``.
        Invalid: naming items, scales, ``day`` or ``reason``.
    """
    row = _in_care(actor, response_id, to_change=True)
    row_id = free_id(Response, new_id, lambda one: one.supersedes_id == row.id)
    if row_id is None:
        return new_id
    _require_typed_in(row)
    measure = all_measures()[row.measure_key]
    words = _reason(reason)
    moved = day != clock.local(row.completed_at).date()
    if moved:
        require_day(row.couple_id, row.author_id, day)
    if answers is not None:
        answer_sets.check(measure, answers, Audience.THERAPIST)
        scores = measure.score(answers)
    else:
        scores = totals_of(measure, totals or {})
    return _replace(
        actor,
        row,
        AnswerSet(
            couple_id=row.couple_id,
            author_id=row.author_id,
            measure=measure,
            answers=answers,
            scores=scores,
            audience=Audience.THERAPIST,
            completed_at=noon_of(day) if moved else row.completed_at,
            origin=Origin.PAPER,
            new_id=row_id,
            supersedes_id=row.id,
            reason=words,
        ),
    )


def _replace(actor: Actor, old: Response, new: AnswerSet) -> UUID:
    old.superseded_at = clock.now()
    db.session.flush()
    row = answer_sets.write(actor, new, "response.corrected")
    row.locked_at = old.locked_at  # what its author locked away does not come back corrected
    return row.id


def _own(actor: Actor, response_id: UUID, *, to_change: bool = False) -> Response:
    row = db.session.get(Response, response_id, with_for_update=to_change or None)
    if row is None or row.author_id != actor.person_id or row.is_locked:
        raise NotFound
    reader = access.own_couples(actor).get(row.couple_id)
    if reader is None or reader.standing is not Standing.MEMBER:
        raise NotFound
    access.require_visible(reader, row.facts)
    if row.measure_key not in all_measures():
        raise NotFound
    return row


def _require_standing(row: Response) -> None:
    if row.superseded_at is not None:
        raise Refused(REPLACED)
    if row.origin.has_day_only:
        raise Refused(
            "These answers were typed in from paper. If something is wrong with them, tell your "
            "therapist, who can correct it."
        )


def _in_care(actor: Actor, response_id: UUID, *, to_change: bool = False) -> Response:
    row = db.session.get(Response, response_id, with_for_update=to_change or None)
    if row is None or row.measure_key not in all_measures():
        raise NotFound
    reader = access.require_treating(actor, row.couple_id)
    access.require_visible(reader, row.facts)
    return row


def _require_typed_in(row: Response) -> None:
    if not row.origin.has_day_only:
        raise Refused("Nobody corrects somebody else's own answers. They can do so themselves.")
    if row.superseded_at is not None:
        raise Refused(REPLACED)


def _reason(reason: str) -> str:
    words = clean_text(reason, "reason", LONGEST_REASON).strip()
    if not words:
        raise Invalid({"reason": "Write in a few words why it is corrected."})
    return words


def _correction(row: Response) -> Correction:
    readers = measure_requests.audiences_of([row.couple_id], row.author_id)
    members = people.members_of(row.couple_id)
    author = next(member for member in members if member.person_id == row.author_id)
    return Correction(
        response_id=row.id,
        couple_id=row.couple_id,
        measure=all_measures()[row.measure_key],
        answers=row.answers or {},
        totals={score.scale_key: score.value for score in row.scores},
        completed_at=row.completed_at,
        name=author.first_name,
        readers=readers[row.couple_id],
    )
