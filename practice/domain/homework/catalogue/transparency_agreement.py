"""Transparency agreement: what is told freely after trust was broken, and until when."""

from practice.domain.homework.blocks import (
    AgreementBlock,
    ChecklistBlock,
    ChoiceBlock,
    ListBlock,
    Option,
    TextBlock,
)
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="transparency_agreement",
    version=1,
    title="What we tell each other",
    purpose="To agree what is told freely, and when, so that nobody has to ask or to search.",
    minutes=40,
    steps=(
        "Talk first about what not knowing does to the one who was hurt, and what being asked "
        "does to the other.",
        "Whoever broke trust offers what they will tell of their own accord. An offer weighs more "
        "than a demand.",
        "Choose a time for it, once a day or once a week. Outside of it, questions may wait.",
        "Write down what stays private for each of you. Everybody has a right to some, even now.",
        "Choose a day on which you look at it again. This is for a while, not for a life.",
        "Each of you reads it and signs alone, on your own page, or leaves it. Nobody has to sign.",
        "Some days nothing will be told, and the old fear is there at once. That is normal; tell "
        "it late rather than not at all.",
    ),
    example="“On Sunday evening we go through the week: who, where, until when. If she writes, I "
    "tell you the same day. My talks with my sister stay mine. We look at it again in June.”",
    not_when="It waits until your counsellor says that work as a couple can begin. Not where one "
    "of you is watched, followed, tested or afraid: control is not transparency, and no agreement "
    "makes it so. Tell your counsellor in private.",
    source=None,
    blocks=(
        ListBlock(
            key="told",
            prompt="What is told without being asked",
            hint="Plans, meetings, messages of a certain person; as far as both agree.",
            required=True,
            most=8,
        ),
        ChoiceBlock(
            key="when",
            prompt="When is our time for it?",
            required=True,
            options=(
                Option("weekly", "Once a week, at a fixed time"),
                Option("daily", "A few minutes each day"),
                Option("same_day", "The same day, when something happened"),
            ),
        ),
        ChecklistBlock(
            key="helps",
            prompt="What else helps",
            options=(
                Option("triggers", "Saying what set us off"),
                Option("routines", "Fixed times together"),
                Option("counselling", "Coming to the sessions"),
                Option("pause", "A break when it gets too much"),
            ),
        ),
        TextBlock(key="private", prompt="What stays private for each of us", rows=2),
        AgreementBlock(
            key="review_on",
            prompt="When do we look at it again?",
            hint="Some weeks ahead to begin with.",
        ),
    ),
    for_whom=GivenTo.TOGETHER,
    frequency=Frequency.ONCE,
    default_audience=Audience.COUPLE,
    skills=(Skill.COMMUNICATION, Skill.EMOTIONAL_AVAILABILITY),
    patterns=(InteractionPattern.AVOIDANCE, InteractionPattern.DEMAND_WITHDRAW),
    goals=(ProblemGroup.TRUST,),
)
