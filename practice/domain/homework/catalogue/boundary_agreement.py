"""Boundary agreement: what each may rely on, signed by both, looked at again on a day."""

from practice.domain.homework.blocks import (
    AgreementBlock,
    ChecklistBlock,
    ListBlock,
    Option,
    TextBlock,
)
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="boundary_agreement",
    version=1,
    title="What we can rely on",
    purpose="To put in plain words what each of you needs from the other in order to feel safe.",
    minutes=40,
    steps=(
        "Each says first what they need, as something that can be done. “No calls with her” can "
        "be done; “make me feel better” cannot.",
        "The other says it back, and then what of it they can promise and keep.",
        "Write down only what both of you would say yes to on a calm day. Three lines that hold "
        "are better than ten.",
        "Say what you will do when a line was not kept: tell it, the same day, before you are "
        "asked.",
        "Choose a day on which you look at it again. Nothing here is for ever.",
        "Sleep on it. Then each of you reads it and signs alone, on your own page, or leaves it. "
        "Nobody has to sign, and no reason is needed.",
        "Most first agreements are too big or too vague and are written again after a few weeks; "
        "that is the usual way.",
    ),
    example="“We tell each other in the morning when one of us will be home late. No private "
    "messages with Kim. If he writes, you tell me that day and we decide on the answer together. "
    "We look at it again on the first Sunday in May.”",
    not_when="It waits until your counsellor says that work as a couple can begin. Not where one "
    "of you is afraid of what happens if they do not sign, or of the other: tell your counsellor "
    "in private. It gives nobody leave to check a phone, to follow or to watch.",
    source=None,
    blocks=(
        TextBlock(
            key="why",
            prompt="What it is for, in a sentence both of you can say",
            rows=2,
        ),
        ListBlock(
            key="lines",
            prompt="What we can rely on",
            hint="Things that can be done, or left undone.",
            required=True,
            most=8,
        ),
        ChecklistBlock(
            key="needs",
            prompt="What else helps",
            options=(
                Option("openness", "Telling things before being asked"),
                Option("routines", "Fixed times together"),
                Option("counselling", "Coming to the sessions"),
                Option("time_alone", "Time alone, and no reason needed"),
                Option("distance", "Distance from somebody outside"),
            ),
        ),
        TextBlock(
            key="if_not",
            prompt="What we do when a line was not kept",
            required=True,
            rows=2,
        ),
        AgreementBlock(
            key="review_on",
            prompt="When do we look at it again?",
            hint="Some weeks ahead to begin with.",
        ),
    ),
    for_whom=GivenTo.TOGETHER,
    frequency=Frequency.ONCE,
    default_audience=Audience.COUPLE,
    skills=(Skill.CONFLICT_HANDLING, Skill.EMOTIONAL_AVAILABILITY),
    goals=(ProblemGroup.TRUST,),
)
