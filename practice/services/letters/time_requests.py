"""Asking for time alone: the member asks, whoever treats them answers, nobody else learns of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.agreements import SecretsRule
from practice.domain.joint_facts import tells
from practice.domain.letters import LONGEST_ASKING, TimeOutcome
from practice.domain.people import Actor, Reader, Standing, first_name
from practice.domain.sessions import SessionStatus
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.letters import TimeRequest
from practice.models.people import Person
from practice.models.sessions import TherapySession
from practice.services import access, audit, clock, drafts, once
from practice.services.badges import carers_in_words, seen_by
from practice.services.cleaning import clean_text
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.people import Member, each_once, labels_of, members_of, title_of
from practice.services.secrets_policies import current_rule, rule_for

ANSWERED_ALREADY = "This was answered in the meantime. Look at what stands there now."


@dataclass(frozen=True, slots=True)
class Asking:
    """One time somebody asked, as they find it and as whoever treats them does."""

    id: UUID
    about: str
    when: str
    asked_at: datetime
    seen_by: str
    """Who has seen it; empty while nobody has."""

    outcome: TimeOutcome | None
    session_at: datetime | None
    """When the session is that was planned for it, while it is planned or was held."""

    answer: str
    badge: str


@dataclass(frozen=True, slots=True)
class OwnTime:
    """The page on which a member asks for time alone."""

    id: UUID
    couple_id: UUID
    therapist: str
    readers: str
    rule: str
    """The sentence about secrets; empty while no rule is chosen."""

    may_ask: bool
    open: Asking | None
    latest: Asking | None
    """The last one that was answered, where none is open."""


@dataclass(frozen=True, slots=True)
class AskedTime:
    """Somebody's asking as whoever treats the couple reads it."""

    couple_id: UUID
    title: str
    member: Member
    label: str
    asking: Asking
    rule: SecretsRule


def time_id_of(couple_id: UUID, person_id: UUID) -> UUID:
    """Return the address at which a member of a couple asks for time alone."""
    return uuid5(couple_id, f"time alone {person_id}")


@tells()
def own_time(*, actor: Actor, time_id: UUID) -> OwnTime:
    """Return what the actor asked, and whether they can ask now.

    Raises:
        NotFound: if it is not an address of theirs.
    """
    reader = _own_reader(actor, time_id)
    rows = access.in_plain_sight(reader, _rows(reader), lambda row: row.facts)
    is_current = reader.standing is Standing.MEMBER
    asked = [row for row in rows if row.outcome is not TimeOutcome.TAKEN_BACK]
    waiting = next((row for row in asked if row.outcome is None), None)
    latest = asked[0] if asked and waiting is None else None
    therapist = carers_in_words(reader.couple_id)
    return OwnTime(
        id=time_id,
        couple_id=reader.couple_id,
        therapist=therapist,
        readers=seen_by(reader, _facts(reader.couple_id, actor.person_id)),
        rule=current_rule(reader.couple_id).for_author(therapist),
        may_ask=is_current and waiting is None,
        open=_asking(reader, waiting) if waiting else None,
        latest=_asking(reader, latest) if latest else None,
    )


@tells()
def ask(*, actor: Actor, time_id: UUID, new_id: UUID, about: str, when: str) -> None:
    """Ask for time alone. The same id twice is one; while one waits, it stands for all.

    One that its author has locked away and that still waits is let go for the new one: two would
    wait for one answer.

    Raises:
        NotFound: if it is not an address of theirs.
        Invalid: naming ``about`` or ``when``.
        Refused: if one waits already.
    """
    reader = _own_reader(actor, time_id)
    access.require_act(reader, _facts(reader.couple_id, actor.person_id), Operation.WRITE)
    access.hold(reader.couple_id)
    own = (reader.couple_id, actor.person_id)
    row_id = once.free_id(TimeRequest, new_id, lambda row: (row.couple_id, row.person_id) == own)
    if row_id is None:
        return
    row = TimeRequest(
        id=row_id, couple_id=reader.couple_id, person_id=actor.person_id, asked_at=clock.now()
    )
    row.about = clean_text(about, "about", LONGEST_ASKING)
    row.when = clean_text(when, "when", LONGEST_ASKING)
    waiting = _open(reader.couple_id, actor.person_id)
    if waiting is not None and not waiting.is_locked:
        raise Refused("You have asked already, and it waits. To ask again, take that back first.")
    if waiting is not None:
        _close(waiting, TimeOutcome.TAKEN_BACK)
        db.session.flush()
    db.session.add(row)
    db.session.flush()
    audit.note_write(actor, reader.couple_id, "time_request.asked")


@tells()
def take_back(*, actor: Actor, time_id: UUID) -> None:
    """Ask no longer; nothing happens where nothing waits.

    Raises:
        NotFound: if it is not an address of theirs.
    """
    reader = _own_reader(actor, time_id)
    access.require_act(reader, _facts(reader.couple_id, actor.person_id), Operation.WRITE)
    access.hold(reader.couple_id)
    row = _open(reader.couple_id, actor.person_id)
    if row is None:
        return
    _close(row, TimeOutcome.TAKEN_BACK)
    db.session.flush()
    audit.note_write(actor, reader.couple_id, "time_request.taken_back")


def asked_time(*, actor: Actor, request_id: UUID) -> AskedTime:
    """Return what somebody asked for.

    Raises:
        NotFound: if there is none such in the actor's care.
    """
    row, reader = _in_care(actor, request_id)
    members = each_once(members_of(row.couple_id))
    member = next(one for one in members if one.person_id == row.person_id)
    return AskedTime(
        couple_id=row.couple_id,
        title=title_of(members_of(row.couple_id)),
        member=member,
        label=labels_of(members)[member.person_id],
        asking=_asking(reader, row),
        rule=rule_for(row.couple_id, row.asked_at),
    )


def say_seen(*, actor: Actor, request_id: UUID) -> None:
    """Put down that the actor has seen it; its author is told so. Twice changes nothing.

    Raises:
        NotFound: as ``asked_time``.
    """
    row, _ = _in_care(actor, request_id, to_change=True)
    if row.seen_at is None:
        _see(actor, row)
        db.session.flush()
        audit.note_write(actor, row.couple_id, "time_request.seen")


def answer(*, actor: Actor, request_id: UUID, words: str) -> None:
    """Answer in words instead of planning a session. The same words twice change nothing.

    Raises:
        NotFound: as ``asked_time``.
        Invalid: naming ``words``.
        Refused: if it was answered, planned or taken back in the meantime.
    """
    row, _ = _in_care(actor, request_id, to_change=True)
    said = clean_text(words, "words", LONGEST_ASKING).strip()
    if not said:
        raise Invalid({"words": "Write a few words: they read them."})
    if row.outcome is TimeOutcome.ANSWERED and row.answer == said:
        return
    if row.outcome is not None:
        raise Refused(ANSWERED_ALREADY)
    _see(actor, row)
    row.answer = said
    _close(row, TimeOutcome.ANSWERED)
    db.session.flush()
    audit.note_write(actor, row.couple_id, "time_request.answered")


def session_planned(actor: Actor, session: TherapySession) -> None:
    """Let a new session with one member alone be the answer to what they asked. Authorise first."""
    if session.person_id is None or session.status is not SessionStatus.PLANNED:
        return
    row = _open(session.couple_id, session.person_id)
    if row is None:
        return
    row.session_id = session.id
    _close(row, TimeOutcome.PLANNED)
    db.session.flush()
    audit.note_write(actor, session.couple_id, "time_request.planned")


def let_go(couple_id: UUID, person_id: UUID) -> None:
    """Close what waits of somebody who leaves the couple. Authorise first."""
    row = _open(couple_id, person_id)
    if row is not None:
        _close(row, TimeOutcome.TAKEN_BACK)


def _own_reader(actor: Actor, time_id: UUID) -> Reader:
    for couple_id, reader in access.own_couples(actor).items():
        if time_id_of(couple_id, actor.person_id) == time_id:
            return reader
    raise NotFound


def _rows(reader: Reader) -> list[TimeRequest]:
    return list(
        db.session.scalars(
            select(TimeRequest)
            .where(
                TimeRequest.couple_id == reader.couple_id,
                TimeRequest.person_id == reader.person_id,
            )
            .order_by(TimeRequest.asked_at.desc(), TimeRequest.id)
        )
    )


def _open(couple_id: UUID, person_id: UUID) -> TimeRequest | None:
    return db.session.scalar(
        select(TimeRequest)
        .where(
            TimeRequest.couple_id == couple_id,
            TimeRequest.person_id == person_id,
            TimeRequest.outcome.is_(None),
        )
        .with_for_update()
    )


def _in_care(
    actor: Actor, request_id: UUID, *, to_change: bool = False
) -> tuple[TimeRequest, Reader]:
    row = db.session.get(TimeRequest, request_id, with_for_update=to_change or None)
    if row is None:
        raise NotFound
    reader = access.require_treating(actor, row.couple_id)
    access.require_visible(reader, row.facts)
    if to_change:
        access.require_act(reader, row.facts, Operation.WRITE)
    return row, reader


def _see(actor: Actor, row: TimeRequest) -> None:
    if row.seen_at is None:
        row.seen_at, row.seen_by = clock.now(), actor.person_id


def _close(row: TimeRequest, outcome: TimeOutcome) -> None:
    row.outcome, row.closed_at = outcome, clock.now()
    drafts.drop_about(DraftKind.TIME_ANSWER, [row.id])


def _facts(couple_id: UUID, person_id: UUID) -> Facts:
    return Facts(
        couple_id, person_id, Kind.TIME_REQUEST, Audience.THERAPIST, frozenset({person_id})
    )


def _asking(reader: Reader, row: TimeRequest) -> Asking:
    name = starts_at = None
    if row.seen_by is not None:
        name = db.session.scalar(select(Person.name).where(Person.id == row.seen_by))
    if row.session_id is not None:
        starts_at = db.session.scalar(
            select(TherapySession.starts_at).where(
                TherapySession.id == row.session_id,
                TherapySession.person_id == row.person_id,
                TherapySession.status != SessionStatus.CANCELLED,
            )
        )
    return Asking(
        id=row.id,
        about=row.about,
        when=row.when,
        asked_at=row.asked_at,
        seen_by=first_name(name) if name else "",
        outcome=row.outcome,
        session_at=starts_at,
        answer=row.answer,
        badge=seen_by(reader, row.facts),
    )
