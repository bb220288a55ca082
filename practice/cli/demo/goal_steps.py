"""What the people of a story say when the schedule asks them about goals."""

import random

from practice.domain.people import Actor
from practice.domain.schedule import GoalTask
from practice.domain.visibility import Audience
from practice.services import goals, step_requests

HOPES = (
    "That we can talk about money without one of us leaving the room.",
    "To laugh together again, as we did before the move.",
    "That I am asked before things are decided.",
    "An evening a week that belongs to the two of us.",
    "To be glad again when I hear the key in the door.",
    "That we go to bed without a quarrel hanging over us.",
    "To know whether we both still want this.",
    "More help in the mornings, and fewer reproaches about it.",
)


def speak_of_goals(member: Actor, place: int, number: int, happy: float) -> None:
    """Do every step about goals that waits for somebody.

    Args:
        member: Who is asked.
        place: Their place in the couple, from 0.
        number: Of the story.
        happy: How it goes, 0 to 1.
    """
    chance = random.Random(number * 10 + place)  # noqa: S311  # invented data, always the same
    for step in step_requests.portal_steps(actor=member):
        if step.task is GoalTask.WRITE:
            first = (number * 2 + place) % len(HOPES)
            words = {1: HOPES[first]}
            if place == 0:
                words[2] = HOPES[(first + 3) % len(HOPES)]
            goals.write_hopes(actor=member, step_id=step.step_id, words=words)
            continue
        asked = goals.goal_step(actor=member, step_id=step.step_id).goals
        top = 8 if step.task is GoalTask.PROGRESS else 2
        values = {
            goal.id: round(happy * top) - (chance.randrange(3) if top == 8 else 1) for goal in asked
        }
        lowest = 0 if step.task is GoalTask.PROGRESS else -2
        goals.say(
            actor=member,
            step_id=step.step_id,
            values={goal_id: max(lowest, value) for goal_id, value in values.items()},
            audience=Audience.COUPLE if step.has_joint and place == 0 else Audience.THERAPIST,
        )
