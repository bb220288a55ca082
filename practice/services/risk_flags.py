"""Answers that a therapist must see at once: raising a flag, finding it, and saying what was done.

Seen by whoever treats the couple and by nobody else: not by the person who answered, in no report,
and in the access log by their kind alone. A flag stays when its answer is corrected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.measures.definition import Measure
from practice.domain.people import Actor, Reader, first_name
from practice.models.couples import Care
from practice.models.people import Person
from practice.models.responses import Response, RiskFlag
from practice.services import access, audit, clock, people
from practice.services.badges import seen_by
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.measure_library import all_measures

LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True)
class WaitingFlag:
    """A flag on the first page: where to look, and nothing of the answer."""

    flag_id: UUID
    couple_id: UUID
    person_id: UUID
    first_name: str
    couple_title: str
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class RaisedBy:
    """One question with the answer that raised a flag."""

    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag as the treating therapist reads it."""

    flag_id: UUID
    couple_id: UUID
    response_id: UUID
    name: str
    position: int
    measure: Measure
    answers: tuple[RaisedBy, ...]
    raised_at: datetime
    completed_at: datetime
    seen_at: datetime | None
    seen_by: str
    """Who said what was done about it; empty while nobody has."""

    note: str
    was_shown_help: bool
    """Whether the person was shown the practice's help text; not where it came on paper."""

    replaced: bool
    """Whether the answers were corrected afterwards; the flag stays all the same."""

    badge: str
    """Who can see the flag and what was done, in words to the therapist."""

    answer_badge: str
    """Who can see the answer itself."""


def raise_for(
    actor: Actor, response: Response, measure: Measure, answers: Mapping[str, int]
) -> None:
    """Raise the one flag of a new response, if an answer asks for it; in the same transaction.

    That is the program's doing and nobody's act: no rule is asked, and whoever answered can
    neither read nor change the flag.
    """
    if not measure.risks(answers):
        return
    db.session.add(
        RiskFlag(
            couple_id=response.couple_id,
            person_id=response.author_id,
            response_id=response.id,
            raised_at=clock.now(),
        )
    )
    audit.note_write(actor, response.couple_id, "risk_flag.raised")


def waiting(*, actor: Actor) -> tuple[WaitingFlag, ...]:
    """Return the flags in the actor's care that nobody has dealt with, oldest first.

    Of every couple, also whose episode of care has ended; independent of any page or search.
    """
    rows = db.session.execute(
        select(RiskFlag.id, RiskFlag.couple_id, RiskFlag.person_id, RiskFlag.raised_at, Person.name)
        .join(Care, Care.couple_id == RiskFlag.couple_id)
        .join(Person, Person.id == RiskFlag.person_id)
        .where(
            Care.therapist_id == actor.person_id, Care.until.is_(None), RiskFlag.seen_at.is_(None)
        )
        .order_by(RiskFlag.raised_at, RiskFlag.id)
    ).all()
    members = people.members_of_all({row.couple_id for row in rows}) if rows else {}
    return tuple(
        WaitingFlag(
            row.id,
            row.couple_id,
            row.person_id,
            first_name(row.name),
            people.title_of(members[row.couple_id]),
            row.raised_at,
        )
        for row in rows
    )


def flags_of(*, actor: Actor, couple_id: UUID) -> tuple[Flag, ...]:
    """Return a couple's flags: those that wait first, then those dealt with, newest first.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    rows = db.session.execute(
        select(RiskFlag, Response, Person.name)
        .join(Response, Response.id == RiskFlag.response_id)
        .outerjoin(Person, Person.id == RiskFlag.seen_by)
        .where(RiskFlag.couple_id == couple_id)
        .order_by(RiskFlag.seen_at.is_not(None), RiskFlag.raised_at.desc(), RiskFlag.id)
    ).all()
    seen = [row for row in rows if access.may_see(reader, row.RiskFlag.facts)]
    members = people.each_once(people.members_of(couple_id)) if seen else ()
    return tuple(
        _flag(reader, row.RiskFlag, row.Response, row.name or "", members)
        for row in seen
        if row.Response.measure_key in all_measures()
    )


def flag_of(*, actor: Actor, flag_id: UUID) -> Flag:
    """Return one flag.

    Raises:
        NotFound: if there is none in the actor's care.
    """
    row = _require(actor, flag_id)
    for flag in flags_of(actor=actor, couple_id=row.couple_id):
        if flag.flag_id == flag_id:
            return flag
    raise NotFound


def deal_with(*, actor: Actor, flag_id: UUID, note: str) -> UUID:
    """Keep what the therapist did about it; return the couple's id. The same again changes nothing.

    Raises:
        NotFound: if there is none in the actor's care.
        Invalid: naming ``note``.
        Refused: if it was dealt with in the meantime, with other words.
    """
    row = _require(actor, flag_id, to_change=True)
    words = clean_text(note, "note", LONGEST_NOTE).strip()
    if not words:
        raise Invalid({"note": "Write in a few words what you did, or decided not to do."})
    if row.seen_at is not None:
        if row.note == words:
            return row.couple_id
        raise Refused(
            "What was done about it was written down in the meantime, and it stays as it is. "
            "Go back and copy your words; a session note is the place for more."
        )
    row.note, row.seen_at, row.seen_by = words, clock.now(), actor.person_id
    audit.note_write(actor, row.couple_id, "risk_flag.dealt_with")
    db.session.flush()
    return row.couple_id


def _require(actor: Actor, flag_id: UUID, *, to_change: bool = False) -> RiskFlag:
    row = db.session.get(RiskFlag, flag_id, with_for_update=to_change or None)
    if row is None:
        raise NotFound
    reader = access.require_treating(actor, row.couple_id)
    access.require_visible(reader, row.facts)
    if to_change:
        access.require_act(reader, row.facts, Operation.WRITE)
    return row


def _flag(
    reader: Reader,
    row: RiskFlag,
    response: Response,
    dealt_with_by: str,
    members: tuple[people.Member, ...],
) -> Flag:
    author = next(member for member in members if member.person_id == row.person_id)
    measure = all_measures()[response.measure_key]
    return Flag(
        flag_id=row.id,
        couple_id=row.couple_id,
        response_id=response.id,
        name=people.labels_of(members)[author.person_id],
        position=author.position,
        measure=measure,
        answers=_raised_by(measure, response.answers or {}),
        raised_at=row.raised_at,
        completed_at=response.completed_at,
        seen_at=row.seen_at,
        seen_by=dealt_with_by,
        note=row.note,
        was_shown_help=not response.origin.has_day_only,
        replaced=response.superseded_at is not None,
        badge=seen_by(reader, row.facts),
        answer_badge=seen_by(reader, response.facts),
    )


def _raised_by(measure: Measure, answers: Mapping[str, int]) -> tuple[RaisedBy, ...]:
    return tuple(
        RaisedBy(item.text, choice.label)
        for item in map(measure.item, measure.risks(answers))
        for choice in item.choices
        if choice.value == answers[item.key]
    )
