"""Agreements between Ada and Ben, a promise and a card, in the record of the tests."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from practice.db import db
from practice.domain.homework.promises import PromiseWord
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.models.between import EntrySignature
from practice.models.homework import HomeworkEntry
from practice.services import clock, homework, own_entries
from practice.services.own_entries import EntryKind
from tests import exercises

if TYPE_CHECKING:
    from tests.world import World

ALL = frozenset({"tess", "ada", "ben"})


def add(world: "World") -> None:
    """Let Ada propose two agreements, of which one is signed, and write promises and a card."""
    cast = world.cast
    task = _give(world, "boundary_agreement", GivenTo.TOGETHER)
    world.ids["entry_agreement"] = _write(world, task, lines=world.mark("proposed", ALL))
    world.ids["entry_held"] = _write(world, task, lines=world.mark("pact", ALL))
    for person in (cast.ada, cast.ben):
        sign(person, world.ids["entry_held"])
    rows = db.session.query(EntrySignature).all()
    world.ids |= {
        f"signature_{name}": row.id
        for name, person in (("ada", cast.ada), ("ben", cast.ben))
        for row in rows
        if row.person_id == person.person_id
    }
    promises = _give(world, "promises", GivenTo.EACH)
    world.ids["entry_promises"] = _write(
        world, promises, promises=[{"what": world.mark("promise", ALL)}], harder=""
    )
    say(world, cast.ada, PromiseWord.PARTLY, Audience.COUPLE)
    say(world, cast.ben, PromiseWord.KEPT, Audience.THERAPIST)
    cards = _give(world, "repair_signals", GivenTo.TOGETHER)
    world.ids["entry_card"] = _write(world, cards, signals=world.mark("card", ALL))


def everything_private(world: "World", person: Actor) -> None:
    """Sign, take it back and sign again; say how a promise went, for the therapist.

    And write more of each kind: kept back, and put to all, signed and locked away unseen.
    """
    _write_and_keep_back(world, person)
    entry = world.ids["entry_agreement"]
    sign(person, entry)
    homework.end(actor=person, entry_id=entry)
    sign(person, entry)
    for word in (PromiseWord.NOT_YET, PromiseWord.KEPT):
        say(world, person, word, Audience.THERAPIST)
    if person == world.cast.ada:
        say(world, person, PromiseWord.NOT_YET, Audience.PRIVATE)


def _write_and_keep_back(world: "World", person: Actor) -> None:
    for label in ("entry_agreement", "entry_promises", "entry_card"):
        task = db.session.get_one(HomeworkEntry, world.ids[label]).assignment_id
        for audience in (Audience.PRIVATE, Audience.THERAPIST, Audience.COUPLE):
            entry = _write(world, task, person, audience)
        if label == "entry_agreement":
            sign(person, entry)
        own_entries.lock_away(actor=person, kind=EntryKind.HOMEWORK, record_id=entry)


def sign(person: Actor, entry_id: UUID) -> None:
    """Sign an agreement as its page asks for it."""
    found = homework.portal_agreement(actor=person, entry_id=entry_id)
    assert found is not None
    homework.sign(
        actor=person, entry_id=entry_id, digest=found.digest, name=person.name, agreed=True
    )


def say(world: "World", person: Actor, word: PromiseWord, audience: Audience) -> None:
    """Say how the promise went."""
    homework.mark_promise(
        actor=person,
        entry_id=world.ids["entry_promises"],
        new_id=uuid4(),
        block_key="promises",
        line_key="1",
        word=word,
        on_day=clock.today(),
        audience=audience,
    )


def _give(world: "World", key: str, given_to: GivenTo) -> UUID:
    return exercises.give(
        world.cast,
        template_key=key,
        given_to=given_to,
        frequency=Frequency.WEEKLY,
        audience=Audience.COUPLE,
    )


def _write(
    world: "World",
    task: UUID,
    author: Actor | None = None,
    audience: Audience = Audience.COUPLE,
    **raw: object,
) -> UUID:
    author = author or world.cast.ada
    worksheet = homework.portal_assignment(actor=author, assignment_id=task).worksheet
    return homework.record_entry(
        actor=author,
        assignment_id=task,
        new_id=uuid4(),
        for_day=clock.today(),
        raw=exercises.filled(worksheet) | {"outcome": "done"} | raw,
        audience=audience,
    )
