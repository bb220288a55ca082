"""Promises: what somebody takes on and by when, so that it can be seen to be done."""

from practice.domain.homework.blocks import TextBlock, TrackerBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="promises",
    version=1,
    title="What I take on",
    purpose="To promise little, with a day, and to let it be seen when it was done.",
    minutes=10,
    steps=(
        "Look at what your partner needs to see. Take on one to three things that are in your own "
        "hands.",
        "Make each so plain that both of you could tell on Friday whether it was done.",
        "Give it a day, also where it goes on: the day on which you look at it.",
        "Choose yourself who reads it. One that only you know of is a promise too.",
        "When the day comes, say on your own page whether it was kept, kept in part or not yet.",
        "A promise that was too big is made again, smaller. That happens to everybody; saying so "
        "before being asked is a part of keeping it.",
    ),
    example="“By Friday: ring the bank about the overdraft. By Sunday: tell you my plans for next "
    "week, before you ask.”",
    not_when="Not as a punishment, not under threat, and not where one of you is afraid of what "
    "follows when a line is not kept. It waits until your counsellor says that work as a couple "
    "can begin.",
    source=None,
    blocks=(
        TrackerBlock(
            key="promises",
            prompt="What I promise",
            hint="Small, in your own hands, with a day.",
            required=True,
            most=5,
        ),
        TextBlock(key="harder", prompt="What could make it harder, and what I do then", rows=2),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.WEEKLY,
    default_audience=Audience.THERAPIST,
    skills=(Skill.EMOTIONAL_AVAILABILITY, Skill.CONFLICT_HANDLING),
    goals=(ProblemGroup.TRUST,),
)
