"""Ben's journal, and what Tess gave to read, in the record of Ada and Ben."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.services import drafts, journal, own_entries, resources, resources_given
from practice.services.drafts import DraftKind
from practice.services.own_entries import EntryKind
from practice.services.resources_given import Whom

if TYPE_CHECKING:
    from tests.world import World

BEN, TESS_AND_BEN = frozenset({"ben"}), frozenset({"tess", "ben"})


def add(world: "World") -> None:
    """Let Ben keep a page, show one and lock one away; and let Tess give to all and to Ben."""
    cast = world.cast
    pages = {
        "journal_ben": page(cast.ben, world.mark("journalben", BEN)),
        "journal_shown": page(cast.ben, world.mark("journalshown", TESS_AND_BEN)),
        "journal_locked": page(cast.ben, world.mark("journallocked", BEN, frozenset())),
    }
    show(cast.ben, pages["journal_shown"])
    own_entries.lock_away(actor=cast.ben, kind=EntryKind.JOURNAL, record_id=pages["journal_locked"])
    staff = frozenset({"tess", "otto", "toni", "sue", "olga"})
    everybody = staff | {"ada", "ben"}
    waiting = shelve(cast.tess, world.mark("shelf", staff), approved=False)
    for_all = shelve(cast.tess, world.mark("readall", everybody))
    title = world.mark("readben", staff | {"ben"})
    for_ben = shelve(cast.tess, title, link="", words="Breathe out first.\n\nThen speak.")
    world.ids |= pages | {"resource_new": waiting, "resource_old": for_all}
    world.ids["given_all"] = give(
        world, for_all, Whom.ALL, world.mark("withall", frozenset({"tess", "ada", "ben"}))
    )
    world.ids["given_ben"] = give(
        world, for_ben, cast.ben.person_id, world.mark("withben", TESS_AND_BEN)
    )


def page(person: Actor, words: str) -> UUID:
    """Let somebody write a page of their journal."""
    return journal.write(actor=person, new_id=uuid4(), words=words)


def show(person: Actor, page_id: UUID) -> None:
    """Let somebody show a page to their therapist."""
    own_entries.show(
        actor=person, kind=EntryKind.JOURNAL, record_id=page_id, audience=Audience.THERAPIST
    )


def shelve(therapist: Actor, title: str, *, approved: bool = True, **details: object) -> UUID:
    """Put something to read on the shelf of the practice."""
    plain = {"link": "https://reading.example/page", "words": "", "note": "", "minutes": 5}
    made = resources.add(
        actor=therapist,
        new_id=uuid4(),
        details=resources.ResourceDetails(title=title, **(plain | details)),  # type: ignore[arg-type]
    )
    if approved:
        resources.approve(actor=therapist, resource_id=made)
    return made


def give(world: "World", resource_id: UUID, to: Whom | UUID, words: str = "") -> UUID:
    """Let Tess give it."""
    new_id = uuid4()
    resources_given.give(
        actor=world.cast.tess,
        couple_id=world.cast.couple,
        new_id=new_id,
        resource_id=resource_id,
        to=to,
        words=words,
    )
    return new_id


def everything_private(world: "World", person: Actor) -> None:
    """Do with a journal whatever can be done, and have something given for oneself alone."""
    kept, shown, gone, locked = (page(person, f"Only for me, {number}.") for number in range(4))
    journal.change(actor=person, page_id=kept, words="Only for me, and longer than before.")
    show(person, shown)
    own_entries.take_back(actor=person, kind=EntryKind.JOURNAL, record_id=shown)
    show(person, page(person, "For Tess."))
    journal.delete(actor=person, page_id=gone)
    for change in (own_entries.lock_away, own_entries.open_again, own_entries.lock_away):
        change(actor=person, kind=EntryKind.JOURNAL, record_id=locked)
    for about_id in (person.person_id, kept):
        drafts.keep(
            actor=person, kind=DraftKind.JOURNAL, about_id=about_id, fields={"words": "half"}
        )
    alone = give(world, world.ids["resource_old"], person.person_id, "For you alone.")
    give(world, world.ids["resource_old"], person.person_id)
    resources_given.take_back(actor=world.cast.tess, given_id=alone)
