"""Reading one response with its answers: for the treating therapist."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from practice.db import db
from practice.domain.measures.definition import Measure, Scale
from practice.domain.measures.origin import Origin
from practice.domain.measures.relations import shown_scales
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.models.people import Person
from practice.models.responses import Response
from practice.services import access, people
from practice.services.badges import seen_by
from practice.services.errors import NotFound
from practice.services.measure_library import all_measures


@dataclass(frozen=True, slots=True)
class ShownScore:
    """One scale's score."""

    scale: Scale
    value: float


@dataclass(frozen=True, slots=True)
class AnsweredItem:
    """One question with the answer that was chosen."""

    text: str
    answer: str
    value: int
    is_scored: bool


@dataclass(frozen=True, slots=True)
class Replacement:
    """Why one response stands for another, and since when."""

    response_id: UUID
    """The other one: the newer where this one was replaced, else the older."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ResponsePage:
    """One response as the therapist reads it."""

    response_id: UUID
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

    origin: Origin
    typed_in_by: str
    """Name of whoever typed it in; empty where its author answered."""

    typed_in_at: datetime | None
    replaced: Replacement | None
    """Set where another response stands for this one; then it counts nowhere."""

    replaces: Replacement | None
    badge: str
    """Who can see the result, in words to the therapist."""

    answers_badge: str
    """Who can see the single answers: they are never shared."""

    @property
    def may_correct(self) -> bool:
        """Whether the therapist can replace it: nobody corrects another's own answers."""
        return self.origin.has_day_only and self.replaced is None


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
    newer, older = _neighbours(row)
    return ResponsePage(
        response_id=row.id,
        couple_id=row.couple_id,
        name=author.name,
        position=author.position,
        measure=measure,
        completed_at=row.completed_at,
        scores=shown_scores(row, measure),
        items=answered_items(measure, answers),
        audience=row.audience,
        others=tuple(
            m.first_name for m in members if m.is_current and m.person_id != row.author_id
        ),
        origin=row.origin,
        typed_in_by=_name_of(row.entered_by),
        typed_in_at=row.entered_at,
        replaced=_replacement(newer, row, newer),
        replaces=_replacement(older, older, row),
        badge=seen_by(reader, row.facts),
        answers_badge=seen_by(reader, replace(row.facts, audience=Audience.THERAPIST)),
    )


def shown_scores(row: Response, measure: Measure) -> tuple[ShownScore, ...]:
    """Return the stored scores that are shown, in the order of the measure's scales."""
    stored = {score.scale_key: score.value for score in row.scores}
    return tuple(
        ShownScore(scale, stored[scale.key])
        for scale in shown_scales(measure)
        if scale.key in stored
    )


def answered_items(measure: Measure, answers: Mapping[str, int]) -> tuple[AnsweredItem, ...]:
    """Return every question that was answered, with the words of the answer."""
    scored = {key for scale in measure.scales for key in scale.item_keys}
    return tuple(
        AnsweredItem(item.text, choice.label, choice.value, item.key in scored)
        for item in measure.items
        for choice in item.choices
        if choice.value == answers.get(item.key)
    )


def _neighbours(row: Response) -> tuple[Response | None, Response | None]:
    """Return the response that stands for ``row`` now, and the one that it stands for."""
    wanted = [Response.supersedes_id == row.id]
    if row.supersedes_id is not None:
        wanted.append(Response.id == row.supersedes_id)
    found = list(db.session.scalars(select(Response).where(or_(*wanted))))
    newer = next((one for one in found if one.supersedes_id == row.id), None)
    older = next((one for one in found if one.id == row.supersedes_id), None)
    return newer, older


def _replacement(
    other: Response | None, old: Response | None, new: Response | None
) -> Replacement | None:
    if other is None or old is None or new is None or old.superseded_at is None:
        return None
    return Replacement(other.id, old.superseded_at, new.reason)


def _name_of(person_id: UUID | None) -> str:
    if person_id is None:
        return ""
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""
