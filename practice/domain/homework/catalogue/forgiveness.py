"""Forgiveness: where somebody stands today, for themselves; a self-rating, not a goal."""

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
    key="forgiveness",
    version=1,
    title="Where I am with it",
    purpose="To see where you stand with a hurt today, without having to be anywhere.",
    minutes=10,
    steps=(
        "Think of one hurt. You may call it by a word that only you know.",
        "Forgiving is not forgetting, not excusing, and not the same as staying. You decide "
        "about each of these separately.",
        "Say what you feel about it today. Several feelings at once are allowed.",
        "Mark where you stand. There is no right place, and no date by which to be anywhere.",
        "If you need space, you may take it and say so.",
        "It goes up and down. A bad day after good ones is normal and takes nothing away.",
    ),
    example="“Six today, it was eight last week. Angry and tired. What helps: that it was told to "
    "me without my asking.”",
    not_when="Not while the hurt goes on, and never because somebody asks you to be done with it. "
    "If you are afraid of what happens when you do not forgive, speak to your counsellor in "
    "private.",
    source="That forgiving, excusing and staying are different things follows R. D. Enright and "
    "E. L. Worthington. The wording is our own.",
    blocks=(
        ChecklistBlock(
            key="feelings",
            prompt="What do I feel about it today?",
            options=(
                Option("angry", "Angry"),
                Option("sad", "Sad"),
                Option("numb", "Numb"),
                Option("afraid", "Afraid"),
                Option("ashamed", "Ashamed"),
                Option("tired", "Tired of it"),
                Option("softer", "Softer than before"),
                Option("hopeful", "Hopeful"),
            ),
        ),
        RatingBlock(
            key="hold",
            prompt="How much does it have a hold on me today?",
            low_label="not at all",
            high_label="completely",
        ),
        ChoiceBlock(
            key="space",
            prompt="Do I need space?",
            options=(
                Option("no", "No"),
                Option("some", "Some"),
                Option("a_lot", "A lot just now"),
            ),
        ),
        TextBlock(key="helped", prompt="Did anything that was done help a little?", rows=2),
        TextBlock(key="words", prompt="Words for myself", rows=4),
    ),
    for_whom=GivenTo.ONE,
    frequency=Frequency.WEEKLY,
    default_audience=Audience.PRIVATE,
    skills=(Skill.EMOTIONAL_AVAILABILITY,),
    patterns=(InteractionPattern.CONTEMPT,),
    goals=(ProblemGroup.TRUST, ProblemGroup.PATTERNS),
    needs_both_safe=False,
)
