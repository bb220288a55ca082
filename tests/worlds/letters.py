"""Letters of the world of the tests, and what one partner does with theirs in private."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from practice.domain.people import Actor
from practice.services import clock, drafts, letters, own_entries
from practice.services.drafts import DraftKind
from practice.services.letters import time_requests
from practice.services.own_entries import EntryKind

if TYPE_CHECKING:
    from tests.world import World

TESS = frozenset({"tess"})
ADA, BEN, ALL = TESS | {"ada"}, TESS | {"ben"}, TESS | {"ada", "ben"}


def thread_of(world: "World", person: Actor | None) -> UUID:
    """Return the address of somebody's thread with Tess; None: of all."""
    couple = world.cast.couple
    return letters.thread_id_of(couple, person.person_id if person else None)


def send(world: "World", person: Actor, body: str, *, to_all: bool = False) -> UUID:
    """Let a member send a letter."""
    new_id = uuid4()
    thread = thread_of(world, None if to_all else person)
    letters.send(actor=person, thread_id=thread, new_id=new_id, body=body)
    return new_id


def answer(world: "World", person: Actor | None, body: str) -> UUID:
    """Let Tess answer one member, or all."""
    new_id = uuid4()
    letters.reply(
        actor=world.cast.tess,
        couple_id=world.cast.couple,
        person_id=person.person_id if person else None,
        new_id=new_id,
        body=body,
        until_id=None,
    )
    return new_id


def ask_for_time(world: "World", person: Actor, about: str, when: str = "") -> UUID:
    """Let a member ask for time alone."""
    new_id = uuid4()
    time_id = time_requests.time_id_of(world.cast.couple, person.person_id)
    time_requests.ask(actor=person, time_id=time_id, new_id=new_id, about=about, when=when)
    return new_id


def add_letters(world: "World") -> None:
    """Each alone with Tess, and all together, while Ada and Ben are the only members."""
    cast, ids = world.cast, world.ids
    for name, person, readers in (("ada", cast.ada, ADA), ("ben", cast.ben, BEN)):
        ids[f"thread_{name}"] = thread_of(world, person)
        ids[f"time_{name}"] = time_requests.time_id_of(cast.couple, person.person_id)
        ids[f"letter_{name}"] = send(world, person, world.mark(f"letter{name}", readers))
        ids[f"answer_{name}"] = answer(world, person, world.mark(f"answer{name}", readers))
        if person == cast.ben:
            _lock_away(world, person)
        send(world, person, "Read by nobody yet.")
        ids[f"time_asked_{name}"] = ask_for_time(
            world,
            person,
            world.mark(f"askedtime{name}", readers),
            world.mark(f"whentime{name}", readers),
        )
        letters.ask_together(actor=person, thread_id=thread_of(world, None))
    ids["thread_all"] = thread_of(world, None)
    ids["letter_all"] = send(world, cast.ben, world.mark("lettertoall", ALL), to_all=True)
    answer(world, None, world.mark("answertoall", ALL))


def _lock_away(world: "World", person: Actor) -> None:
    """Let somebody lock away a letter, and what they once asked for time alone with."""
    sent = send(world, person, world.mark("lockedletter", BEN, TESS))
    asked = ask_for_time(world, person, world.mark("lockedtime", BEN, TESS))
    time_requests.take_back(actor=person, time_id=world.ids["time_ben"])
    for kind, one in ((EntryKind.LETTER, sent), (EntryKind.TIME_ALONE, asked)):
        own_entries.lock_away(actor=person, kind=kind, record_id=one)
    world.ids["letter_locked"], world.ids["time_asked_locked"] = sent, asked


def act_on_letters(world: "World", person: Actor) -> None:
    """Write, be answered, ask for time alone and for letters to all, and take that back.

    And read what came to all: of each other they learn nothing of that.
    """
    cast, thread, to_all = world.cast, thread_of(world, person), thread_of(world, None)
    newest = letters.own_thread(actor=person, thread_id=to_all).letters.newest_id
    assert newest is not None
    letters.mark_own_read(actor=person, thread_id=to_all, until_id=newest)
    name = "ada" if person == cast.ada else "ben"
    send(world, person, "Only for Tess.")
    answered = answer(world, person, "Only for you.")
    letters.mark_own_read(actor=person, thread_id=thread, until_id=answered)
    letters.mark_read(
        actor=cast.tess,
        couple_id=cast.couple,
        person_id=person.person_id,
        until_id=send(world, person, "And once more."),
    )
    for kind, about_id in (
        (DraftKind.LETTER, thread),
        (DraftKind.LETTER, to_all),
        (DraftKind.TIME_ALONE, world.ids[f"time_{name}"]),
    ):
        drafts.keep(actor=person, kind=kind, about_id=about_id, fields={"body": "begun"})
    for act in (letters.ask_together, letters.take_back_together, letters.ask_together):
        act(actor=person, thread_id=to_all)
    time_requests.say_seen(actor=cast.tess, request_id=world.ids[f"time_asked_{name}"])
    time_requests.take_back(actor=person, time_id=world.ids[f"time_{name}"])
    asked = ask_for_time(world, person, "Something of my own.", "Mondays.")
    time_requests.answer(actor=cast.tess, request_id=asked, words="I ring you, alone.")
    letters.lock_all(actor=person, thread_id=thread)
    send(world, person, f"After that, on {clock.today()}.")
