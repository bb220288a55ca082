"""The one place where answers are written: checked, scored, sealed, and flagged.

Whoever answers (in the portal, on a device that was handed over, on paper) and whoever corrects
comes through here; only ``score_import`` writes by itself, totals without an answer to flag. The
callers have found the person and the couple; whether the actor may write is asked here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.measures.definition import Measure
from practice.domain.measures.origin import Origin
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.models.responses import MeasureRequest, Response, Score
from practice.services import access, audit, clock, risk_flags
from practice.services.errors import Invalid
from practice.services.measure_library import all_measures
from practice.services.schedule import refresh

AUDIENCES = (Audience.THERAPIST, Audience.COUPLE)
"""A measure is given by the therapist, who reads it; its author may open the result to all."""


HELP_STAYS = timedelta(hours=1)
"""How long the page after a risk answer can be opened again with its help text. Later nobody who
holds the phone should learn from it what was answered."""

HELP_STAYS_ON_DEVICE = timedelta(minutes=1)
"""The same on a device that was handed over, for answers that were sent twice: whoever finds it on
the table and goes back must not be thanked with the help text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSet:
    """What is to be written."""

    couple_id: UUID
    author_id: UUID
    measure: Measure
    answers: Mapping[str, int] | None
    """None for totals that were collected elsewhere."""

    scores: Mapping[str, float]
    audience: Audience
    completed_at: datetime
    origin: Origin = Origin.PORTAL
    new_id: UUID | None = None
    request_id: UUID | None = None
    supersedes_id: UUID | None = None
    reason: str = ""


def audiences_for(measure: Measure) -> tuple[Audience, ...]:
    """Return whom a result can be for, narrowest first: what is not shareable is for one alone."""
    return AUDIENCES if measure.shareable else AUDIENCES[:1]


def check(measure: Measure, answers: Mapping[str, int], audience: Audience) -> None:
    """Refuse what cannot be stored.

    Raises:
        Invalid: naming each item without a usable answer, or ``audience``.
    """
    errors = {
        item.key: "Choose one answer."
        for item in measure.items
        if not (
            item.is_choice(answers.get(item.key)) or (item.optional and item.key not in answers)
        )
    }
    if audience not in audiences_for(measure):
        errors["audience"] = "Choose who may see it."
    if errors:
        raise Invalid(errors)
    if unknown := set(answers) - {item.key for item in measure.items}:
        raise Invalid({"answers": f"There is no question {', '.join(sorted(unknown))}."})


def needs_help(row: Response, given_at: datetime, *, stays: timedelta = HELP_STAYS) -> bool:
    """Whether its author is shown the practice's help text on the page that thanks for it.

    Worked out from the author's own answers: a flag is not theirs to read.

    Args:
        row: The response.
        given_at: When its author sent it; that is not always the day it is about.
        stays: How long after that.
    """
    measure = all_measures().get(row.measure_key)
    if measure is None or row.origin.has_day_only or clock.now() - given_at > stays:
        return False
    return bool(measure.risks(row.answers or {}))


def write(actor: Actor, new: AnswerSet, what: str) -> Response:
    """Store a response with its scores, raise a flag if an answer asks for it; log ``what``.

    Raises:
        NotFound: if the actor may not write such a response.
    """
    typed_in = new.origin in (Origin.PAPER, Origin.IMPORTED)
    row = Response(
        id=new.new_id or uuid4(),
        request_id=new.request_id,
        couple_id=new.couple_id,
        author_id=new.author_id,
        measure_key=new.measure.key,
        answers=None if new.answers is None else dict(new.answers),
        audience=new.audience,
        completed_at=new.completed_at,
        shared_at=clock.now() if new.audience is Audience.COUPLE else None,
        origin=new.origin,
        entered_by=actor.person_id if typed_in else None,
        entered_at=clock.now() if typed_in else None,
        supersedes_id=new.supersedes_id,
        reason=new.reason,
        scores=[Score(scale_key=key, value=value) for key, value in new.scores.items()],
    )
    access.require_act(access.standing_of(actor, row.couple_id), row.facts, Operation.WRITE)
    db.session.add(row)
    db.session.flush()
    risk_flags.raise_for(actor, row, new.measure, new.answers or {})
    audit.note_write(actor, new.couple_id, what)
    _adapt_schedule(new)
    return row


def _adapt_schedule(new: AnswerSet) -> None:
    """Let the schedule look at what was answered: it may ask less, and after an intake more."""
    request = db.session.get(MeasureRequest, new.request_id) if new.request_id else None
    by_hand = request is None or request.occasion is None
    refresh(new.couple_id, person_id=new.author_id, only_what_is_there=by_hand)
