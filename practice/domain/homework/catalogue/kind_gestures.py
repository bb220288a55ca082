"""Kind gestures: each says what would please, and does one thing a day from the other's list."""

from practice.domain.homework.blocks import ListBlock, RatingBlock, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="kind_gestures",
    version=1,
    title="Small kindnesses",
    purpose="To bring back the hugs, kind words and little favours that got lost on the way.",
    minutes=10,
    steps=(
        "Each of you writes a list of small things that would please you: a kind word, a cup of "
        "tea, a hug at the door, ten minutes in which you are left alone.",
        "Leave out what you quarrel about, and what costs money or half a day.",
        "Swap the lists. Cross out on the other's list what you would not do gladly. Nothing on "
        "it is owed, and nothing about touch or sex goes on it unless both of you want it there.",
        "On most days do one thing from the other's list, without announcing it.",
        "When you notice one, say thank you. When you do not notice one, that is all right too.",
        "It may feel a little staged at first, and some days go by without. That is usual; take "
        "something smaller the next day.",
    ),
    example="“Ask how the meeting was. Warm the car. Put your hand on my back when you pass.” On "
    "Wednesday the windscreen was clear, and I said so.",
    not_when="Not as payment for something, and not where a gesture was forced or refusing one "
    "has consequences. Not in the first days after a betrayal has come out, and not where one of "
    "you is afraid of the other. It waits until your counsellor says that work as a couple can "
    "begin.",
    source="Close to the “caring days” of R. B. Stuart. The wording is our own.",
    blocks=(
        ListBlock(
            key="pleases",
            prompt="What would please me",
            hint="Small, and such that a tired person could do it.",
            required=True,
            most=8,
        ),
        TextBlock(key="did", prompt="What I did from my partner's list", rows=2),
        TextBlock(key="noticed", prompt="What I noticed from my partner", rows=2),
        RatingBlock(
            key="glad",
            prompt="How gladly did I do it?",
            low_label="not at all",
            high_label="very gladly",
        ),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.WEEKLY,
    default_audience=Audience.WHEN_ALL_DONE,
    skills=(Skill.EMOTIONAL_AVAILABILITY,),
    patterns=(InteractionPattern.CONTEMPT, InteractionPattern.AVOIDANCE),
    goals=(ProblemGroup.CLOSENESS,),
)
