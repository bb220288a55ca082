"""What the schedule asks about goals, and what was said: of each partner something private."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from practice.db import db
from practice.domain.battery import Occasion
from practice.models.steps import StepRequest
from practice.services import goals, own_entries, step_requests
from practice.services.own_entries import EntryKind

if TYPE_CHECKING:
    from tests.world import World

TESS = frozenset({"tess"})


def add_goal_steps(world: "World") -> None:
    """Let both write what they hope for; the session ahead asks about progress later."""
    cast = world.cast
    for name, person in (("ada", cast.ada), ("ben", cast.ben)):
        (step,) = [one for one in step_requests.portal_steps(actor=person) if one.task == "write"]
        world.ids[f"step_{name}"] = step.step_id
        goals.write_hopes(
            actor=person,
            step_id=step.step_id,
            words={1: world.mark(f"hope{name}", TESS | {name})},
        )
    _lock_one_away(world)
    ahead = {
        row.person_id: row.id
        for row in db.session.scalars(
            select(StepRequest).where(
                StepRequest.couple_id == cast.couple,
                StepRequest.occasion == Occasion.BEFORE_SESSION,
                StepRequest.withdrawn_at.is_(None),
            )
        )
    }
    world.ids["step_ahead"] = ahead[cast.ben.person_id]
    world.ids["step_again"] = ahead[cast.ada.person_id]
    step_requests.withdraw_step(actor=cast.tess, step_id=world.ids["step_again"])


def _lock_one_away(world: "World") -> None:
    cast = world.cast
    locked = world.mark("lockedhope", TESS | {"ben"}, TESS)
    goals.write_hopes(actor=cast.ben, step_id=world.ids["step_ben"], words={2: locked})
    found = goals.couple_goals(actor=cast.tess, couple_id=cast.couple).hopes
    names = ("hope_ada", "hope_ben", "hope_locked")
    world.ids |= dict(zip(names, (hope.id for hope in found), strict=True))
    own_entries.lock_away(actor=cast.ben, kind=EntryKind.HOPE, record_id=world.ids["hope_locked"])
