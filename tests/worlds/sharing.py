"""What Ben has locked away, in the record of Ada and Ben."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from practice.domain.visibility import Audience
from practice.services import clock, goals, own_entries
from practice.services.own_entries import EntryKind
from tests import exercises, measure_builders

if TYPE_CHECKING:
    from tests.world import World


def fill(world: "World") -> None:
    """Let Ben write one entry of each kind and lock it away; and rate a goal for the therapist."""
    cast = world.cast
    ben = cast.ben
    readers = frozenset({"tess", "ben"})
    finders = frozenset({"tess"})  # Ben's own are behind his password
    world.ids["rating_ben"] = goals.rate(
        actor=ben,
        goal_id=world.ids["goal"],
        new_id=uuid4(),
        level=-1,
        comment=world.mark("ratedagain", readers),
        audience=Audience.THERAPIST,
    )
    locked = {
        EntryKind.ANSWERS: measure_builders.answer(cast, ben, "csi4", audience=Audience.COUPLE),
        EntryKind.RATING: exercises.rate(
            ben,
            world.ids["goal"],
            2,
            Audience.COUPLE,
            comment=world.mark("lockedrating", readers, finders),
        ),
        EntryKind.HOMEWORK: exercises.write(
            ben,
            world.ids["task"],
            Audience.WHEN_ALL_DONE,
            day=clock.today() - timedelta(days=1),
            noticed=world.mark("lockedentry", readers, finders),
        ),
    }
    locked[EntryKind.PROGRESS] = exercises.say_progress(
        ben, world.ids["goal"], 7, Audience.COUPLE, days_ago=40
    )
    locked[EntryKind.VIEW] = exercises.say(
        cast.ben,
        world.ids["task_shared"],
        Audience.THERAPIST,
        day=clock.today() - timedelta(days=1),
        words=world.mark("lockedview", readers, finders),
    )
    for kind, record_id in locked.items():
        own_entries.lock_away(actor=ben, kind=kind, record_id=record_id)
    world.ids |= {
        "response_locked": locked[EntryKind.ANSWERS],
        "progress_locked": locked[EntryKind.PROGRESS],
        "rating_locked": locked[EntryKind.RATING],
        "entry_locked": locked[EntryKind.HOMEWORK],
        "view_locked": locked[EntryKind.VIEW],
    }
