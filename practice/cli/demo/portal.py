"""Journals, and what the therapists of the invented practice give to read."""

from datetime import time, timedelta
from functools import partial
from uuid import uuid5

from practice.cli.demo.teller import NAMESPACE, Teller
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.services import journal, own_entries, resources, resources_given
from practice.services.own_entries import EntryKind
from practice.services.resources_given import Whom

PAUSE, LISTEN = uuid5(NAMESPACE, "read: a pause"), uuid5(NAMESPACE, "read: to listen")

SHELF = {
    PAUSE: resources.ResourceDetails(
        title="A pause that both can trust",
        link="",
        words="Say that you need a pause, and when you are back. Twenty minutes are enough; more "
        "than a day is not a pause.\n\nWhile you are away, do something that is not about the "
        "quarrel: walk, wash up, breathe. When the time is over, go back, even if you have "
        "nothing to say yet. Coming back is the part that builds trust.",
        note="For evenings that turn loud. Read it on a quiet one.",
        minutes=2,
    ),
    LISTEN: resources.ResourceDetails(
        title="When your partner is sad and you want to mend it",
        link="https://reading.example/listen-first",
        words="",
        note="Why listening comes before advice, with two short scenes.",
        minutes=7,
    ),
}

KEPT = (
    "It was quiet at supper. I noticed that I was waiting for it to go wrong.",
    "We laughed about the neighbour’s cat. A small thing, but I want to keep it.",
)
SHOWN = (
    "I said I was tired. I was not tired, I was hurt. I would like to begin with that next time."
)


def plan_portal(teller: Teller) -> None:
    """Let members write for themselves, and the therapist give something to read."""
    if teller.number > 3 or len(teller.days) < 2:
        return
    first, last = teller.members[0], teller.members[-1]
    day = teller.days[-1] + timedelta(days=1)
    for number, words in enumerate(KEPT):
        write = partial(_write, teller, first, f"journal {number}", words)
        teller._act(teller._at(day + timedelta(days=number), time(22, 15)), write)
    teller._act(teller._at(day, time(22, 40)), partial(_show, teller, last))
    teller._act(teller._at(teller.days[-1], time(20, 55)), partial(_give, teller))


def _write(teller: Teller, member: Actor, label: str, words: str) -> None:
    journal.write(actor=member, new_id=teller._id(label), words=words)


def _show(teller: Teller, member: Actor) -> None:
    _write(teller, member, "journal shown", SHOWN)
    own_entries.show(
        actor=member,
        kind=EntryKind.JOURNAL,
        record_id=teller._id("journal shown"),
        audience=Audience.THERAPIST,
    )


def _give(teller: Teller) -> None:
    for resource_id, details in SHELF.items():
        resources.add(actor=teller.therapist, new_id=resource_id, details=details)
        resources.approve(actor=teller.therapist, resource_id=resource_id)
    for resource_id, to in ((PAUSE, Whom.ALL), (LISTEN, teller.members[0].person_id)):
        resources_given.give(
            actor=teller.therapist,
            couple_id=teller.couple_id,
            new_id=teller._id(f"given {resource_id}"),
            resource_id=resource_id,
            to=to,
            words="We spoke of it on our last evening." if to is Whom.ALL else "",
        )
