"""Letters of two demo couples, and what their members asked for, each at its own time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from functools import partial

from practice.cli.demo.teller import Teller
from practice.services import letters
from practice.services.letters import time_requests

ALL = 0
"""Instead of a member: the letters that all write and read."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One letter."""

    days_ago: int
    thread: int
    """Whose thread, counted from 1; ``ALL``."""

    author: int
    """Counted from 1; 0: the therapist, who has read what came before."""

    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Asking for time alone."""

    days_ago: int
    member: int
    about: str
    when: str
    answer: str = ""


LETTERS: Mapping[str, tuple[Sent, ...]] = {
    "Ada": (
        Sent(
            19,
            1,
            1,
            "There is something I did not get said on Tuesday. When we spoke of my mother I went "
            "quiet, and I saw that it looked like sulking. I was close to tears and did not want "
            "to be looked at.",
        ),
        Sent(
            17,
            1,
            0,
            "Thank you for writing this. Going quiet was a way to stay in the room. Would you be "
            "willing to say that one sentence yourself next week? I will ask how the evening with "
            "your mother was, and then there is a door, if you want it.",
        ),
        Sent(16, 1, 1, "Yes. If you ask about her, I will try."),
        Sent(12, 2, 2, "Is it all right if we do the listening exercise in the car?"),
        Sent(
            11,
            2,
            0,
            "Better sitting still and facing each other, ten minutes are enough. The car is fine "
            "for the small things.",
        ),
        Sent(6, ALL, 2, "We would both like to move the session in the school holidays."),
        Sent(5, ALL, 1, "Any evening of that week would do for us."),
        Sent(4, ALL, 0, "Thursday at six is free. Shall I write it down for the two of you?"),
        Sent(1, 1, 1, "I said it on Sunday, in the kitchen. He turned the tap off and listened."),
    ),
    "Marta": (
        Sent(
            2,
            2,
            2,
            "I have not done the worksheet. Each time I sit down to it I get angry again. I would "
            "rather tell you before than come with an empty page.",
        ),
    ),
}

TOGETHER: Mapping[str, tuple[tuple[int, int], ...]] = {
    "Ada": ((9, 1), (7, 2)),
    "Marta": ((3, 2),),
}
"""(days ago, member) of who asks for letters to all."""

ASKED: Mapping[str, tuple[Asked, ...]] = {
    "Ada": (Asked(1, 2, "My work, and what it does to us.", "Mornings, or Monday after five."),),
    "Marta": (
        Asked(
            10,
            1,
            "",
            "By telephone at noon.",
            "I ring you on Friday at noon, on the number you called safe.",
        ),
    ),
}


def plan_letters(teller: Teller) -> None:
    """Add to the acts of a story what its people write and ask."""
    first = teller.members[0].first_name
    for days_ago, member in TOGETHER.get(first, ()):
        _plan(teller, days_ago, time(20), partial(_ask_together, teller, member))
    for number, sent in enumerate(LETTERS.get(first, ())):
        at = time(12 if sent.author == 0 else 21, number)
        _plan(teller, sent.days_ago, at, partial(_send, teller, sent, f"letter {number}"))
    for number, asked in enumerate(ASKED.get(first, ())):
        label = f"time alone {number}"
        _plan(teller, asked.days_ago, time(21, 30), partial(_ask, teller, asked, label))
        if asked.answer:
            _plan(teller, asked.days_ago - 1, time(13), partial(_answer, teller, asked, label))


def _plan(teller: Teller, days_ago: int, at: time, run: Callable[[], object]) -> None:
    teller._act(teller._at(teller.today - timedelta(days=days_ago), at), run)


def _ask_together(teller: Teller, member: int) -> None:
    thread = letters.thread_id_of(teller.couple_id, None)
    letters.ask_together(actor=teller.members[member - 1], thread_id=thread)


def _send(teller: Teller, sent: Sent, label: str) -> None:
    person_id = teller.members[sent.thread - 1].person_id if sent.thread else None
    if sent.author:
        letters.send(
            actor=teller.members[sent.author - 1],
            thread_id=letters.thread_id_of(teller.couple_id, person_id),
            new_id=teller._id(label),
            body=sent.words,
        )
        return
    actor, couple_id = teller.therapist, teller.couple_id
    if person_id is None:
        thread = letters.together_thread(actor=actor, couple_id=couple_id)
    else:
        thread = letters.person_thread(actor=actor, couple_id=couple_id, person_id=person_id)
    letters.reply(
        actor=actor,
        couple_id=couple_id,
        person_id=person_id,
        new_id=teller._id(label),
        body=sent.words,
        until_id=thread.letters.newest_id,
    )


def _ask(teller: Teller, asked: Asked, label: str) -> None:
    person = teller.members[asked.member - 1]
    time_requests.ask(
        actor=person,
        time_id=time_requests.time_id_of(teller.couple_id, person.person_id),
        new_id=teller._id(label),
        about=asked.about,
        when=asked.when,
    )


def _answer(teller: Teller, asked: Asked, label: str) -> None:
    time_requests.answer(actor=teller.therapist, request_id=teller._id(label), words=asked.answer)
