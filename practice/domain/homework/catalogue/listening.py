"""Listening: ten minutes in which one talks and the other does nothing else."""

from practice.domain.homework.blocks import (
    ChecklistBlock,
    ChoiceBlock,
    Option,
    RatingBlock,
    TextBlock,
)
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="listening",
    version=1,
    title="Ten minutes of listening",
    purpose="To be listened to for once without being corrected, and to do the same in return.",
    minutes=20,
    steps=(
        "Put both phones into another room, switch off what talks or flickers, and sit so that you "
        "can see each other's face.",
        "One of you talks for ten minutes about anything but the other's faults. There may be "
        "pauses; nobody has to fill them.",
        "The other listens: looks, nods, does not interrupt, does not correct, does not tell a "
        "story of their own.",
        "If you listen and do not understand something, ask. Ask nothing that is an opinion with a "
        "question mark.",
        "At the end the listener says one thing that stayed with them. Then you change over, now "
        "or another day.",
        "Afterwards each of you fills in this page alone.",
        "Your thoughts will wander, and you will want to put something right. That is normal: "
        "notice it, and come back to the voice.",
    ),
    example="“I did not know that you still think about the old flat. What stayed with me is the "
    "bit about the stairs.” – “It was good that you only looked at me.”",
    not_when="Not for a subject that hurts the listener to hear, such as an affair: that belongs "
    "in a session. Not where one of you is afraid of the other, or is questioned rather than "
    "listened to. It waits until your counsellor says that work as a couple can begin.",
    source="Active listening goes back to C. R. Rogers and R. E. Farson. The wording is our own.",
    blocks=(
        ChoiceBlock(
            key="part",
            prompt="What was your part this time?",
            required=True,
            options=(
                Option("listened", "I listened"),
                Option("talked", "I talked"),
                Option("both", "First one, then the other"),
            ),
        ),
        ChecklistBlock(
            key="listened",
            prompt="When I listened",
            hint="Tick what was true. One or two is a good beginning.",
            options=(
                Option("phone_away", "My phone was out of the room"),
                Option("looked", "I looked at my partner"),
                Option("no_interrupting", "I let them finish"),
                Option("no_correcting", "I put nothing right"),
                Option("asked", "I asked one question that was only a question"),
            ),
        ),
        RatingBlock(
            key="heard",
            prompt="When I talked: how much did I feel listened to?",
            low_label="not at all",
            high_label="fully",
        ),
        TextBlock(key="stayed", prompt="What stayed with me", rows=2),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.SEVERAL_TIMES_A_WEEK,
    times_per_week=2,
    default_audience=Audience.WHEN_ALL_DONE,
    skills=(Skill.COMMUNICATION, Skill.EMOTIONAL_AVAILABILITY),
    patterns=(InteractionPattern.CRITICISM, InteractionPattern.DEFENSIVENESS),
    goals=(ProblemGroup.TALKING, ProblemGroup.CLOSENESS),
)
