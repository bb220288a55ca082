"""Transparency check-in: a weekly, agreed look at plans and promises after trust was broken."""

from practice.domain.homework.blocks import ChecklistBlock, ChoiceBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="transparency_check_in",
    version=1,
    title="Once a week, openly",
    purpose="To share plans and say what was hard, at a time of your own instead of all the time.",
    minutes=20,
    steps=(
        "Choose one fixed time a week. Outside of it, questions may wait until then.",
        "Each tells the plans of the coming week: when, where, with whom, as far as it was agreed.",
        "Whoever broke trust tells first what was hard this week, before being asked.",
        "The other says what set them off, and one thing that helped.",
        "Settle one thing for the coming week, and stop.",
        "This is not monitoring: no passwords, no following, no searching through a phone. Trust "
        "comes from what is told freely.",
        "Some weeks will go badly and the old question comes back. That is normal and says "
        "nothing about the next week.",
    ),
    example="“On Wednesday she wrote to me. I did not answer, and I am telling you now.” – “That "
    "set me off, and it helps that you say it yourself.”",
    not_when="Not as an interrogation, and not where one of you is watched, followed or afraid: "
    "control is not transparency. Tell your counsellor in private. It waits until your counsellor "
    "says that work as a couple can begin.",
    source=None,
    blocks=(
        ChecklistBlock(
            key="done",
            prompt="What did we do this week?",
            options=(
                Option("plans", "Told each other our plans"),
                Option("told_first", "Something hard was told before it was asked"),
                Option("trigger", "Said what set us off"),
                Option("helped", "Said what helped"),
            ),
        ),
        TextBlock(key="settled", prompt="What we settled for next week", required=True, rows=2),
        ChoiceBlock(
            key="waited",
            prompt="Could questions wait until our time?",
            options=(
                Option("mostly", "Mostly"),
                Option("some", "Some of them"),
                Option("not_yet", "Not yet"),
            ),
        ),
    ),
    for_whom=GivenTo.TOGETHER,
    frequency=Frequency.WEEKLY,
    default_audience=Audience.COUPLE,
    skills=(Skill.COMMUNICATION, Skill.EMOTIONAL_AVAILABILITY),
    patterns=(InteractionPattern.AVOIDANCE, InteractionPattern.DEMAND_WITHDRAW),
    goals=(ProblemGroup.TRUST,),
)
