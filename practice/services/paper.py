"""Answers and totals that the therapist types in: from a filled-in sheet, or collected elsewhere.

They are the answers of the member who gave them, marked as typed in. Nobody but that member and the
therapist sees them; only the member can show the result to others, in their own portal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from practice.db import db
from practice.domain.measures.definition import Measure
from practice.domain.measures.origin import Origin
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.models.responses import MeasureRequest, Response
from practice.services import access, answer_sets, clock, drafts, measure_requests, people
from practice.services.answer_sets import AnswerSet
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, NotFound
from practice.services.measure_library import all_measures
from practice.services.measure_requests import Asked
from practice.services.once import free_id

NOON = time(12)


@dataclass(frozen=True, slots=True)
class PaperCouple:
    """Whose papers can be typed in."""

    couple_id: UUID
    title: str
    members: tuple[people.Member, ...]
    """Former ones too: a sheet may be from before they left."""


@dataclass(frozen=True, slots=True)
class PaperForm:
    """One measure of one member, about to be typed in."""

    couple_id: UUID
    title: str
    person_id: UUID
    name: str
    first_name: str
    position: int
    measure: Measure
    open: Asked | None
    """The oldest request of the same measure that waits for this member."""

    def is_of(self, row: Response) -> bool:
        """Whether a response is what this form makes."""
        made = (row.couple_id, row.author_id, row.measure_key)
        return made == (self.couple_id, self.person_id, self.measure.key)


def paper_couple(*, actor: Actor, couple_id: UUID) -> PaperCouple:
    """Return the members of a couple in the actor's care.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    access.require_treating(actor, couple_id)
    members = people.each_once(people.members_of(couple_id))
    return PaperCouple(couple_id, people.title_of(members), members)


def paper_form(*, actor: Actor, couple_id: UUID, person_id: UUID, measure_key: str) -> PaperForm:
    """Return what is to be typed in.

    Raises:
        NotFound: if the couple is not in the actor's care, or there is no such member or measure.
    """
    reader = access.require_treating(actor, couple_id)
    members = people.each_once(people.members_of(couple_id))
    member = next((one for one in members if one.person_id == person_id), None)
    measure = all_measures().get(measure_key)
    if member is None or measure is None:
        raise NotFound
    waiting = [
        asked
        for asked in measure_requests.unanswered_in(reader)
        if asked.person_id == person_id and asked.measure.key == measure_key
    ]
    return PaperForm(
        couple_id=couple_id,
        title=people.title_of(members),
        person_id=person_id,
        name=people.labels_of(members)[person_id],
        first_name=member.first_name,
        position=member.position,
        measure=measure,
        open=waiting[0] if waiting else None,
    )


def enter_answers(
    *,
    actor: Actor,
    couple_id: UUID,
    person_id: UUID,
    measure_key: str,
    new_id: UUID,
    day: date,
    answers: Mapping[str, int],
    request_id: UUID | None = None,
) -> UUID:
    """Store what somebody answered on paper; return the response's id.

    Args:
        actor: The treating therapist, who types it in.
        couple_id: The couple.
        person_id: The member whose answers they are.
        measure_key: Which measure; one with questions.
        new_id: Id of the new response; sent twice, it is stored once.
        day: The day on which it was filled in.
        answers: As for ``responses.submit``.
        request_id: The open request that it answers, if it answers one.

    Raises:
        NotFound: as ``paper_form``.
        Invalid: naming items, ``day`` or ``answers_request``.
    """
    form = paper_form(
        actor=actor, couple_id=couple_id, person_id=person_id, measure_key=measure_key
    )
    if form.measure.totals_only:
        raise NotFound
    row_id = free_id(Response, new_id, form.is_of)
    if row_id is None:
        return new_id
    require_day(couple_id, person_id, day)
    answer_sets.check(form.measure, answers, Audience.THERAPIST)
    _answer_request(form, request_id)
    return _write(actor, form, row_id, day, answers, form.measure.score(answers), request_id)


def enter_totals(
    *,
    actor: Actor,
    couple_id: UUID,
    person_id: UUID,
    measure_key: str,
    new_id: UUID,
    day: date,
    totals: Mapping[str, float],
    request_id: UUID | None = None,
) -> UUID:
    """Store totals without answers; otherwise as ``enter_answers``.

    Args:
        actor: The treating therapist.
        couple_id: The couple.
        person_id: The member whose totals they are.
        measure_key: Which measure; any.
        new_id: Id of the new response.
        day: The day on which it was filled in.
        totals: By scale key, in scale points; one or more.
        request_id: The open request that it answers, if it answers one.

    Raises:
        NotFound: as ``paper_form``.
        Invalid: naming scales, ``totals``, ``day`` or ``answers_request``.
    """
    form = paper_form(
        actor=actor, couple_id=couple_id, person_id=person_id, measure_key=measure_key
    )
    row_id = free_id(Response, new_id, form.is_of)
    if row_id is None:
        return new_id
    require_day(couple_id, person_id, day)
    scores = totals_of(form.measure, totals)
    _answer_request(form, request_id)
    return _write(actor, form, row_id, day, None, scores, request_id)


def totals_of(measure: Measure, totals: Mapping[str, float]) -> dict[str, float]:
    """Check entered totals.

    Raises:
        Invalid: naming the scale, or ``totals`` where there is none.
    """
    if not totals:
        raise Invalid({"totals": "Enter at least one total."})
    errors: dict[str, str] = {}
    scores: dict[str, float] = {}
    for key, value in totals.items():
        try:
            scores |= measure.totals({key: value})
        except ValueError:
            errors[key] = allowed_totals(measure, key)
    if errors:
        raise Invalid(errors)
    return {scale.key: scores[scale.key] for scale in measure.scales if scale.key in scores}


def allowed_totals(measure: Measure, scale_key: str) -> str:
    """Say what a total can be."""
    scale = next((one for one in measure.scales if one.key == scale_key), None)
    if scale is None:
        return "There is no such total."
    step = "whole numbers" if scale.step == 1 else f"in steps of {scale.step:g}"
    return f"Enter a total from {scale.low} to {scale.high}, {step}."


def require_day(couple_id: UUID, person_id: UUID, day: date) -> None:
    """Refuse a day on which the paper cannot have been filled in as a member.

    Raises:
        Invalid: naming ``day``.
    """
    if day > clock.today():
        raise Invalid({"day": "Choose today or an earlier day."})
    memberships = [m for m in people.members_of(couple_id) if m.person_id == person_id]
    if not any(member.was_member_on(day) for member in memberships):
        first = memberships[0].first_name if memberships else "They"
        raise Invalid({"day": f"{first} did not belong to this record on that day."})


def noon_of(day: date) -> datetime:
    """Return the moment that is stored where only the day is known."""
    return clock.moment_of(day, NOON)


def _answer_request(form: PaperForm, request_id: UUID | None) -> None:
    """Hold the request, so that it is answered once, and let go of what its person had begun."""
    if request_id is None:
        return
    row = db.session.get(MeasureRequest, request_id, with_for_update=True)
    if row is None or (row.couple_id, row.person_id, row.measure_key) != (
        form.couple_id,
        form.person_id,
        form.measure.key,
    ):
        raise NotFound
    if row.response is not None or row.withdrawn_at is not None:
        raise Invalid(
            {
                "answers_request": f"{form.first_name} answered it in the meantime, or it was "
                "taken back. Leave this unticked to keep the paper as well."
            }
        )
    drafts.drop_about(DraftKind.QUESTIONS, [row.id])


def _write(
    actor: Actor,
    form: PaperForm,
    new_id: UUID,
    day: date,
    answers: Mapping[str, int] | None,
    scores: Mapping[str, float],
    request_id: UUID | None,
) -> UUID:
    new = AnswerSet(
        couple_id=form.couple_id,
        author_id=form.person_id,
        measure=form.measure,
        answers=answers,
        scores=scores,
        audience=Audience.THERAPIST,
        completed_at=noon_of(day),
        origin=Origin.PAPER,
        new_id=new_id,
        request_id=request_id,
    )
    return answer_sets.write(actor, new, "response.typed_in").id
