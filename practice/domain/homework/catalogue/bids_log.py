"""Bids: the small ways in which people ask for each other's attention, made and answered."""

from practice.domain.homework.blocks import (
    Column,
    LogBlock,
    Option,
    TextBlock,
)
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="bids_log",
    version=1,
    title="Small invitations",
    purpose="To see how often you reach for each other, in ways that are easy to overlook.",
    minutes=5,
    steps=(
        "An invitation can be tiny: “look at that bird”, a sigh, a hand, a joke, “are you "
        "coming?”. It asks: are you there?",
        "Once a day, think of one invitation that you made, and one that you noticed from your "
        "partner.",
        "Write down what it was and whether it was noticed and answered. A grunt with a smile is "
        "an answer.",
        "If one passed you by, you may still answer it in the evening: “you wanted to show me "
        "something”.",
        "Do not compare notes or count. The page is for noticing.",
        "In every home many invitations go by unseen; that is normal and mostly means that "
        "somebody was busy. One more answered a day is a lot.",
    ),
    example="“You said ‘listen to this’ and I looked up from the pan. It was ten seconds. You "
    "told me the rest later.”",
    not_when="Not in a week in which you have agreed to keep some distance, and not where one of "
    "you is afraid of the other and is glad not to be noticed. It waits until your counsellor "
    "says that work as a couple can begin.",
    source="Bids for connection as described by J. M. Gottman and J. DeClaire. The wording is our "
    "own.",
    blocks=(
        LogBlock(
            key="invitations",
            prompt="Invitations of these days",
            hint="One that you made and one that you noticed are plenty.",
            required=True,
            most=8,
            columns=(
                Column(key="what", label="What it was", required=True),
                Column(
                    key="made_by",
                    label="Whose was it?",
                    required=True,
                    options=(Option("me", "Mine"), Option("partner", "My partner's")),
                ),
                Column(
                    key="became",
                    label="What became of it?",
                    options=(
                        Option("answered", "It was answered"),
                        Option("noticed", "It was noticed"),
                        Option("later", "It was answered later"),
                        Option("passed", "It went by"),
                        Option("not_sure", "I am not sure"),
                    ),
                ),
            ),
        ),
        TextBlock(key="found", prompt="What I found out", rows=2),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.DAILY,
    default_audience=Audience.THERAPIST,
    skills=(Skill.EMOTIONAL_AVAILABILITY,),
    patterns=(InteractionPattern.AVOIDANCE, InteractionPattern.STONEWALLING),
    goals=(ProblemGroup.CLOSENESS,),
)
