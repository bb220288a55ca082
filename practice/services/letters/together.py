"""Letters to all: each member asks for them alone, and they are open while every one does."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select, update

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.letters import FEWEST_TOGETHER, are_open_together
from practice.domain.people import Actor, Reader, Standing
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.letters import TogetherWish
from practice.services import access, audit, clock
from practice.services.errors import NotFound
from practice.services.letters.threads import thread_id_of
from practice.services.people import current_members


def asked_in(couple_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Return who asks for letters to all now, by couple. Apply the policy to what is shown."""
    wanted = list(couple_ids)
    found: dict[UUID, set[UUID]] = {couple_id: set() for couple_id in wanted}
    if wanted:
        rows = db.session.execute(
            select(TogetherWish.couple_id, TogetherWish.person_id).where(
                TogetherWish.couple_id.in_(wanted), TogetherWish.taken_back_at.is_(None)
            )
        )
        for couple_id, person_id in rows:
            found[couple_id].add(person_id)
    return {couple_id: frozenset(people) for couple_id, people in found.items()}


def is_open(couple_id: UUID, asked: Iterable[UUID]) -> bool:
    """Say whether letters to all can be written in a couple now. Authorise first."""
    present = [one.person_id for one in current_members(couple_id)]
    return are_open_together(present, list(asked))


def wish_facts(couple_id: UUID, person_id: UUID) -> Facts:
    """Return the facts of one member's asking."""
    return Facts(
        couple_id,
        person_id,
        Kind.TOGETHER_WISH,
        Audience.THERAPIST,
        concerns=frozenset({person_id}),
    )


def ask_together(*, actor: Actor, thread_id: UUID) -> None:
    """Ask for letters to all; a second time changes nothing. Nobody else learns of it alone.

    Raises:
        NotFound: if it is not the address of a couple in which the actor has somebody to write
            with.
    """
    reader = _reader(actor, thread_id)
    access.require_act(reader, wish_facts(reader.couple_id, actor.person_id), Operation.WRITE)
    access.hold(reader.couple_id)
    if len(current_members(reader.couple_id)) < FEWEST_TOGETHER:
        raise NotFound
    if _standing(reader) is not None:
        return
    db.session.add(
        TogetherWish(couple_id=reader.couple_id, person_id=actor.person_id, asked_at=clock.now())
    )
    db.session.flush()
    audit.note_write(actor, reader.couple_id, "together_wish.asked")


def take_back_together(*, actor: Actor, thread_id: UUID) -> None:
    """Ask no longer: no letters to all can be written from now on. Twice changes nothing.

    Raises:
        NotFound: as ``ask_together``.
    """
    reader = _reader(actor, thread_id)
    access.require_act(reader, wish_facts(reader.couple_id, actor.person_id), Operation.WRITE)
    access.hold(reader.couple_id)
    row = _standing(reader)
    if row is None:
        return
    row.taken_back_at = clock.now()
    db.session.flush()
    audit.note_write(actor, reader.couple_id, "together_wish.taken_back")


def lapse(couple_id: UUID) -> None:
    """Let go of everybody's asking: somebody came or went, and each may want otherwise now."""
    db.session.execute(
        update(TogetherWish)
        .where(TogetherWish.couple_id == couple_id, TogetherWish.taken_back_at.is_(None))
        .values(taken_back_at=clock.now())
    )


def _reader(actor: Actor, thread_id: UUID) -> Reader:
    for couple_id, reader in access.own_couples(actor).items():
        if thread_id_of(couple_id, None) == thread_id and reader.standing is Standing.MEMBER:
            return reader
    raise NotFound


def _standing(reader: Reader) -> TogetherWish | None:
    return db.session.scalar(
        select(TogetherWish).where(
            TogetherWish.couple_id == reader.couple_id,
            TogetherWish.person_id == reader.person_id,
            TogetherWish.taken_back_at.is_(None),
        )
    )
