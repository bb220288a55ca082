"""Letters for whoever treats the couples: the inbox, one couple's threads, reading and answering.

Each person's thread stands alone on its page, with its own form: an answer to one can go to
nobody else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, case, exists, func, select

from practice.db import db
from practice.domain.people import Actor, Reader
from practice.domain.visibility import Facts, decide
from practice.models.couples import Care
from practice.models.letters import Message, MessageReading, TimeRequest
from practice.services import access, audit
from practice.services.badges import seen_by
from practice.services.errors import NotFound, Refused
from practice.services.letters import threads, together
from practice.services.letters.values import CareThread, CoupleLetters, Inbox, ThreadLine
from practice.services.paging import paging
from practice.services.people import (
    Member,
    each_once,
    labels_of,
    member_of,
    members_of,
    members_of_all,
    title_of,
)

INBOX_SIZE = 50

TOGETHER = "All of them together"

_Thread = tuple[UUID, UUID | None]
"""Couple, and whose thread; None: of all."""


@dataclass(frozen=True, slots=True)
class _Figures:
    """How much there is of one thread."""

    total: int = 0
    unread: int = 0
    unread_since: datetime | None = None
    last_at: datetime | None = None


def inbox(*, actor: Actor, page: int = 1) -> Inbox:
    """Return the threads in the actor's care: those with something unread first, oldest first.

    The number of statements does not depend on the number of couples, and no letter is opened.
    """
    cared = access.couples_in_care(actor)
    figures = _figures(actor)
    asked_time = _open_time_requests(actor)
    keys = {key for key in figures if key[0] in cared} | {
        key for key in asked_time if key[0] in cared
    }
    members = members_of_all({couple_id for couple_id, _ in keys})
    ordered = sorted(keys, key=lambda key: _rank(key, figures.get(key), asked_time.get(key)))
    pages = paging(len(ordered), page, INBOX_SIZE)
    lines = [
        _line(cared[key[0]], key, members[key[0]], figures.get(key), asked_time.get(key))
        for key in ordered[pages.part]
    ]
    audit.note_read(actor, None, "letters")
    return Inbox(
        lines=tuple(line for line in lines if line is not None),
        unread=sum(one.unread for key, one in figures.items() if key in keys),
        page=pages.number,
        pages=pages.count,
    )


def couple_letters(*, actor: Actor, couple_id: UUID) -> CoupleLetters:
    """Return the threads of one couple, each person apart.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    everybody = members_of(couple_id)
    figures, asked_time = _figures(actor, couple_id), _open_time_requests(actor, couple_id)
    asked = frozenset(
        person_id
        for person_id in together.asked_in([couple_id])[couple_id]
        if access.may_see(reader, together.wish_facts(couple_id, person_id))
    )
    people = []
    for one in each_once(everybody):
        key = (couple_id, one.person_id)
        if one.is_current or key in figures:
            line = _line(reader, key, everybody, figures.get(key), asked_time.get(key), asked=asked)
            people += [line] if line else []
    joint = _line(reader, (couple_id, None), everybody, figures.get((couple_id, None)), None)
    is_open = together.is_open(couple_id, asked)
    labels = labels_of(one for one in everybody if one.is_current)
    return CoupleLetters(
        couple_id=couple_id,
        title=title_of(everybody),
        people=tuple(people),
        together=joint if joint and (is_open or joint.total) else None,
        is_together_open=is_open,
        asked=tuple(name for person_id, name in labels.items() if person_id in asked),
    )


def person_thread(*, actor: Actor, couple_id: UUID, person_id: UUID, page: int = 1) -> CareThread:
    """Return the thread of one member, or of a former one of whom there are letters.

    Raises:
        NotFound: if the couple is not in the actor's care, or the person was never a member.
    """
    reader = access.require_treating(actor, couple_id)
    return _thread(actor, reader, _member(couple_id, person_id), page)


def together_thread(*, actor: Actor, couple_id: UUID, page: int = 1) -> CareThread:
    """Return what was written together.

    Raises:
        NotFound: if the couple is not in the actor's care, or there is no such thread.
    """
    reader = access.require_treating(actor, couple_id)
    return _thread(actor, reader, None, page)


def reply(
    *,
    actor: Actor,
    couple_id: UUID,
    person_id: UUID | None,
    new_id: UUID,
    body: str,
    until_id: UUID | None,
) -> None:
    """Send a letter to one member, or to all who write together. The same id twice is one.

    Args:
        actor: Who treats the couple.
        couple_id: Of which couple.
        person_id: To whom; None: to all.
        new_id: Of the new letter.
        body: As it was typed.
        until_id: The newest letter that the actor was shown: up to it they have read.

    Raises:
        NotFound: as ``person_thread``.
        Invalid: naming ``body``.
        Refused: if the person has left, or letters to all are not open.
    """
    reader = access.require_treating(actor, couple_id)
    member = None if person_id is None else _member(couple_id, person_id)
    access.hold(couple_id)
    row_id = threads.free_id(reader, new_id, person_id)
    if row_id is None:
        return
    why_not = _why_not(reader, member)
    if why_not:
        raise Refused(why_not)
    before = threads.rows_of(reader, person_id)
    parties = [one.person_id for one in members_of(couple_id) if one.is_current]
    threads.store(actor, reader, new_id=row_id, person_id=person_id, parties=parties, body=body)
    if until_id is not None:
        threads.mark(reader, before, until_id)


def mark_read(*, actor: Actor, couple_id: UUID, person_id: UUID | None, until_id: UUID) -> None:
    """Put down that the actor has read a thread up to a letter; its author is told so.

    Raises:
        NotFound: as ``person_thread``, or if there is no such letter in the thread.
    """
    reader = access.require_treating(actor, couple_id)
    access.hold(couple_id)
    if threads.mark(reader, threads.rows_of(reader, person_id), until_id):
        audit.note_write(actor, couple_id, "message.read")


def _thread(actor: Actor, reader: Reader, member: Member | None, page: int) -> CareThread:
    couple_id = reader.couple_id
    everybody = members_of(couple_id)
    person_id = member.person_id if member else None
    rows = threads.rows_of(reader, person_id)
    why_not = _why_not(reader, member)
    if member is None and why_not and not rows:
        raise NotFound
    if member is not None and not member.is_current and not rows:
        raise NotFound
    present = tuple(one for one in everybody if one.is_current)
    record = _facts(actor.person_id, couple_id, member, present)
    labels = labels_of(each_once(everybody))
    return CareThread(
        couple_id=couple_id,
        title=title_of(everybody),
        member=member,
        label=labels[member.person_id] if member else TOGETHER,
        people=present if member is None else (member,),
        letters=threads.letters_of(reader, rows, page),
        may_write=not why_not,
        why_not=why_not,
        readers=seen_by(reader, record),
    )


def _member(couple_id: UUID, person_id: UUID) -> Member:
    member = member_of(couple_id, person_id)
    if member.is_erased:
        raise NotFound
    return member


def _why_not(reader: Reader, member: Member | None) -> str:
    if member is not None:
        if member.is_current:
            return ""
        return (
            f"{member.first_name} has left this record and gets no new letters here. What was "
            "written stays theirs to read."
        )
    asked = together.asked_in([reader.couple_id])[reader.couple_id]
    if together.is_open(reader.couple_id, asked):
        return ""
    return "Letters to all are open only while every present member asks for them."


def _facts(
    author_id: UUID, couple_id: UUID, member: Member | None, present: tuple[Member, ...]
) -> Facts:
    concerned = [member] if member else present
    return threads.new_facts(
        couple_id, author_id, (one.person_id for one in concerned), is_open=True
    )


def _line(
    reader: Reader,
    key: _Thread,
    everybody: tuple[Member, ...],
    figures: _Figures | None,
    time_request: Row[Any] | None,
    asked: frozenset[UUID] = frozenset(),
) -> ThreadLine | None:
    """Return one line of a list; None where the reader may not see such letters."""
    couple_id, person_id = key
    people = {one.person_id: one for one in each_once(everybody)}
    member = None if person_id is None else people[person_id]
    present = tuple(one for one in everybody if one.is_current)
    record = _facts(couple_id, couple_id, member, present)
    if not decide(reader, record).allowed:
        return None
    found = figures or _Figures()
    return ThreadLine(
        couple_id=couple_id,
        couple_title=title_of(everybody),
        member=member,
        label=labels_of(people.values())[member.person_id] if member else TOGETHER,
        total=found.total,
        unread=found.unread,
        unread_since=found.unread_since,
        last_at=found.last_at,
        badge=seen_by(reader, record),
        asked_together=person_id in asked,
        time_request_id=time_request.id if time_request else None,
        time_asked_at=time_request.asked_at if time_request else None,
    )


def _rank(
    key: _Thread, figures: _Figures | None, time_request: Row[Any] | None
) -> tuple[bool, float, str]:
    """What waits first, the longest waiting first; then the rest, the newest first."""
    waits = [time_request.asked_at] if time_request else []
    if figures and figures.unread_since:
        waits.append(figures.unread_since)
    if waits:
        return (False, min(waits).timestamp(), str(key))
    last_at = figures.last_at if figures else None
    return (True, -last_at.timestamp() if last_at else 0.0, str(key))


def _cared_for(actor: Actor, couple_id: UUID | None) -> Any:
    if couple_id is not None:
        return [couple_id]
    return select(Care.couple_id).where(Care.therapist_id == actor.person_id, Care.until.is_(None))


def unread_by_practice() -> Any:
    """Return the condition that nobody who treats the couple has read a member's letter."""
    read = exists().where(
        MessageReading.message_id == Message.id, MessageReading.for_practice.is_(True)
    )
    return and_(Message.from_practice.is_(False), ~read)


def _figures(actor: Actor, couple_id: UUID | None = None) -> dict[_Thread, _Figures]:
    """Count the letters of every thread in the actor's care, with one statement."""
    unread = unread_by_practice()
    rows = db.session.execute(
        select(
            Message.couple_id,
            Message.person_id,
            func.count(Message.id).label("total"),
            func.sum(case((unread, 1), else_=0)).label("unread"),
            func.min(case((unread, Message.sent_at))).label("unread_since"),
            func.max(Message.sent_at).label("last_at"),
        )
        .where(Message.couple_id.in_(_cared_for(actor, couple_id)))
        .group_by(Message.couple_id, Message.person_id)
    )
    return {
        (row.couple_id, row.person_id): _Figures(
            row.total, int(row.unread), row.unread_since, row.last_at
        )
        for row in rows
    }


def _open_time_requests(actor: Actor, couple_id: UUID | None = None) -> dict[_Thread, Row[Any]]:
    rows: Iterable[Row[Any]] = db.session.execute(
        select(
            TimeRequest.id, TimeRequest.couple_id, TimeRequest.person_id, TimeRequest.asked_at
        ).where(
            TimeRequest.couple_id.in_(_cared_for(actor, couple_id)),
            TimeRequest.outcome.is_(None),
        )
    )
    return {(row.couple_id, row.person_id): row for row in rows}
