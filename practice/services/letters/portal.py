"""Letters on a member's own pages. Nothing here depends on what others do in private."""

from collections.abc import Mapping
from uuid import UUID

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.joint_facts import JointFact, tells
from practice.domain.letters import FEWEST_TOGETHER
from practice.domain.people import Actor, Reader, Standing
from practice.domain.visibility import Facts
from practice.domain.words import listed, names_in
from practice.services import access, audit, clock, drafts
from practice.services.badges import carers_in_words, seen_by
from practice.services.drafts import DraftKind
from practice.services.errors import NotFound, Refused
from practice.services.letters import threads, together
from practice.services.letters.threads import NO_LETTERS, Summary
from practice.services.letters.time_requests import time_id_of
from practice.services.letters.values import OwnLetters, OwnThread
from practice.services.people import (
    SOMEBODY,
    Member,
    current_members,
    labels_of,
    members_of_all,
)
from practice.services.secrets_policies import current_rule

HAS_LEFT = "You no longer belong to this couple’s therapy. What was written stays yours to read."
NOBODY_READS = "Nobody would read a letter here at the moment. Please telephone the practice."
NOT_OPEN = "Nothing can be written to all of you here at the moment."


@tells(JointFact.TOGETHER)
def own_letters(*, actor: Actor) -> tuple[OwnLetters, ...]:
    """Return what of letters ``actor`` has in each couple they belong to, or have any of."""
    readers = access.own_couples(actor)
    members_of_all(readers)  # of all couples at once, for names and badges
    asked = together.asked_in(access.present_couples(actor))
    sums = threads.summaries_of(actor, readers)
    found = (_own_letters(actor, reader, asked, sums) for reader in readers.values())
    return tuple(one for one in found if one is not None)


def _own_letters(
    actor: Actor,
    reader: Reader,
    asked: dict[UUID, frozenset[UUID]],
    sums: Mapping[tuple[UUID, UUID | None], Summary],
) -> OwnLetters | None:
    couple_id, is_current = reader.couple_id, reader.standing is Standing.MEMBER
    own = sums.get((couple_id, actor.person_id), NO_LETTERS)
    joint = sums.get((couple_id, None), NO_LETTERS)
    if not (is_current or own.total or joint.total):
        return None
    is_open = is_current and together.is_open(couple_id, asked[couple_id])
    shows_joint = is_open or joint.total > 0
    return OwnLetters(
        couple_id=couple_id,
        thread_id=threads.thread_id_of(couple_id, actor.person_id),
        therapist=carers_in_words(couple_id),
        is_current=is_current,
        has_new=own.has_new,
        total=own.total,
        together_id=threads.thread_id_of(couple_id, None) if shows_joint else None,
        is_together_open=is_open,
        has_new_together=joint.has_new,
        time_id=time_id_of(couple_id, actor.person_id) if is_current else None,
        new_at=max((one for one in (own.new_at, joint.new_at) if one), default=None),
    )


@tells(JointFact.TOGETHER)
def own_thread(*, actor: Actor, thread_id: UUID, page: int = 1) -> OwnThread:
    """Return one of the actor's threads: with whoever treats them, or of all.

    Raises:
        NotFound: if there is no such thread of theirs.
    """
    reader, person_id = _find(actor, thread_id)
    rows = threads.rows_of(reader, person_id)
    couple_id, is_current = reader.couple_id, reader.standing is Standing.MEMBER
    present = current_members(couple_id) if is_current else ()
    has_others = len(present) >= FEWEST_TOGETHER
    if person_id is None and not (has_others or rows):
        raise NotFound
    asked = together.asked_in([couple_id])[couple_id] if is_current else frozenset[UUID]()
    therapist = carers_in_words(couple_id)
    why_not = _why_not(reader, person_id, asked)
    record = _new_facts(actor, reader, person_id, present)
    rule = "" if person_id is None else current_rule(couple_id).for_author(therapist)
    others = tuple(name for one, name in labels_of(present).items() if one != actor.person_id)
    return OwnThread(
        id=thread_id,
        couple_id=couple_id,
        therapist=therapist,
        letters=threads.letters_of(reader, rows, page),
        is_together=person_id is None,
        may_write=not why_not,
        why_not=why_not,
        readers=seen_by(reader, record),
        rule=rule,
        people=present if person_id is None else (),
        others=others,
        to=therapist if person_id else listed([*others, *names_in(therapist)]),
        has_asked=actor.person_id in asked,
        can_ask=has_others,
        together_id=threads.thread_id_of(couple_id, None) if has_others else None,
        time_id=time_id_of(couple_id, actor.person_id) if is_current else None,
    )


@tells(JointFact.TOGETHER)
def send(*, actor: Actor, thread_id: UUID, new_id: UUID, body: str) -> None:
    """Send a letter. It cannot be changed afterwards; the same id twice is one letter.

    What came before in the thread counts as read by the actor.

    Raises:
        NotFound: if there is no such thread of theirs.
        Invalid: naming ``body``.
        Refused: if nothing can be written there now, or too much was today.
    """
    reader, person_id = _find(actor, thread_id)
    access.hold(reader.couple_id)
    row_id = threads.free_id(reader, new_id, person_id)
    if row_id is None:
        return
    asked = together.asked_in([reader.couple_id])[reader.couple_id]
    why_not = _why_not(reader, person_id, asked)
    if why_not:
        raise Refused(why_not)
    threads.require_room_today(reader, carers_in_words(reader.couple_id))
    before = threads.rows_of(reader, person_id)
    parties = [one.person_id for one in current_members(reader.couple_id)]
    threads.store(actor, reader, new_id=row_id, person_id=person_id, parties=parties, body=body)
    threads.mark(reader, before, None)


@tells()
def mark_own_read(*, actor: Actor, thread_id: UUID, until_id: UUID) -> None:
    """Put down that the actor has read what came, up to the letter ``until_id``.

    Raises:
        NotFound: if there is no such thread of theirs, or no such letter in it.
    """
    reader, person_id = _find(actor, thread_id)
    access.hold(reader.couple_id)
    if threads.mark(reader, threads.rows_of(reader, person_id), until_id):
        audit.note_write(actor, reader.couple_id, "message.read")


@tells()
def lock_all(*, actor: Actor, thread_id: UUID) -> None:
    """Lock every letter of the actor's own thread away, answers included, and what was begun.

    Whoever treats them goes on reading them.

    Raises:
        NotFound: if there is no such thread, or it is that of all.
    """
    reader, person_id = _find(actor, thread_id)
    if person_id is None:
        raise NotFound
    access.hold(reader.couple_id)
    moment = clock.now()
    for row in threads.rows_of(reader, person_id):
        access.require_act(reader, row.facts, Operation.SEAL)
        row.locked_at = moment
    drafts.drop(person_id=actor.person_id, kind=DraftKind.LETTER, about_id=thread_id)
    db.session.flush()
    audit.note_write(actor, reader.couple_id, "message.locked")


def _find(actor: Actor, thread_id: UUID) -> tuple[Reader, UUID | None]:
    """Return how the actor stands to the couple of a thread, and whose thread it is."""
    for couple_id, reader in access.own_couples(actor).items():
        for person_id in (actor.person_id, None):
            if threads.thread_id_of(couple_id, person_id) == thread_id:
                return reader, person_id
    raise NotFound


def _why_not(reader: Reader, person_id: UUID | None, asked: frozenset[UUID]) -> str:
    """Say why nothing can be written in a thread now; empty where it can."""
    if reader.standing is not Standing.MEMBER:
        return HAS_LEFT
    if carers_in_words(reader.couple_id) == SOMEBODY:
        return NOBODY_READS
    if person_id is None and not together.is_open(reader.couple_id, asked):
        return NOT_OPEN
    return ""


def _new_facts(
    actor: Actor, reader: Reader, person_id: UUID | None, present: tuple[Member, ...]
) -> Facts:
    is_open = person_id is None
    concerned = [one.person_id for one in present] if is_open else [actor.person_id]
    return threads.new_facts(reader.couple_id, actor.person_id, concerned, is_open=is_open)
