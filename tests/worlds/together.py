"""Homework that is read together in a session, and what became of other homework."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from practice.domain.homework.terms import EndReason, GivenTo
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.services import clock, homework
from tests import exercises

if TYPE_CHECKING:
    from tests.world import World


def fill(world: "World") -> None:
    """Let Ben write twice for a session, of which one is opened; let a task of Ben's end.

    Before the guest joins: what two of three do does not exist for the third.
    """
    cast = world.cast
    treats, ben, both = (frozenset({"tess", *names}) for names in ((), ("ben",), ("ada", "ben")))
    together = world.ids["task_together"] = exercises.give(cast, audience=Audience.IN_SESSION)
    with clock.pretend(clock.now() - timedelta(days=3)):
        for number, (label, readers) in enumerate((("readtogether", both), ("notyetread", ben))):
            entry = exercises.write(
                cast.ben, together, Audience.IN_SESSION, noticed=world.mark(label, readers)
            )
            if number == 0:
                world.ids["entry_opened"] = entry
                _open(world, together)
    world.ids["entry_for_session"] = entry
    ended = exercises.give(
        cast,
        given_to=GivenTo.ONE,
        person_id=cast.ben.person_id,
        audience=Audience.THERAPIST,
        instructions=world.mark("bigger", treats),
    )
    homework.change(
        actor=cast.tess,
        assignment_id=ended,
        instructions=world.mark("lessbig", ben, treats),
        due_on=clock.today() + timedelta(days=3),
    )
    homework.retire(
        actor=cast.tess,
        assignment_id=ended,
        reason=EndReason.NO_LONGER_SAFE,
        words=world.mark("whyended", treats),
    )
    world.ids["task_ended"] = ended


def _open(world: "World", assignment_id: UUID) -> None:
    """Open it today, in the session of two days ago."""
    with clock.pretend(clock.now() + timedelta(days=3)):
        homework.open_in_session(
            actor=world.cast.tess, assignment_id=assignment_id, session_id=world.ids["session"]
        )


def everything_private(world: "World", person: Actor) -> None:
    """What ``person`` writes for a session, and what becomes of a task that is theirs alone."""
    cast = world.cast
    exercises.write(person, world.ids["task_together"], Audience.IN_SESSION, noticed="for later")
    for reason in (EndReason.NO_LONGER_SAFE, EndReason.TOO_BIG):
        own = exercises.give(
            cast, given_to=GivenTo.ONE, person_id=person.person_id, audience=Audience.THERAPIST
        )
        exercises.write(person, own, Audience.THERAPIST)
        homework.pause(actor=cast.tess, assignment_id=own)
        homework.resume(actor=cast.tess, assignment_id=own)
        homework.pause(actor=cast.tess, assignment_id=own)
        homework.change(
            actor=cast.tess,
            assignment_id=own,
            instructions="only for you",
            due_on=clock.today() + timedelta(days=9),
        )
        smaller = homework.make_smaller(actor=cast.tess, assignment_id=own, new_id=uuid4())
        again = homework.carry_over(actor=cast.tess, assignment_id=smaller, new_id=uuid4())
        homework.retire(actor=cast.tess, assignment_id=again, reason=reason, words="of you")
