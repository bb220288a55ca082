"""Negative-cycle map: trigger, move, feeling and counter-move of the quarrel that returns."""

from practice.domain.homework.blocks import ChoiceBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="cycle_map",
    version=1,
    title="The map of our quarrel",
    purpose="To draw the loop you both get caught in, so that the loop becomes the opponent.",
    minutes=30,
    steps=(
        "Choose the quarrel that keeps coming back. The subject matters less than the way it goes.",
        "Start where you think it starts: what is the spark?",
        "One of you does something. What does it look like from outside, and what is felt inside?",
        "The other answers with something. What does it look like, and what is felt inside?",
        "Draw the arrow back: how does the answer feed the first move?",
        "Give the loop a name, and find the earliest place at which one of you could step out.",
        "You will be in it again; loops are strong, and that is normal. Saying “there it is” "
        "together is the first way out.",
    ),
    example="“The spark: money. I press, because inside I feel alone with it. You go quiet, "
    "because inside you feel judged. Your quiet makes me press harder. We call it the seesaw.”",
    not_when="Not where one of you is afraid of the other: violence and threats are not a loop "
    "that two people make together. It waits until your counsellor says that work as a couple can "
    "begin.",
    source="Mapping the negative cycle follows S. M. Johnson (emotionally focused therapy) and "
    "A. Christensen and N. S. Jacobson (the theme and the trap). The wording is our own.",
    blocks=(
        TextBlock(key="spark", prompt="The spark", hint="What sets it off?", required=True, rows=2),
        TextBlock(key="first_move", prompt="The first move, as seen from outside", rows=2),
        TextBlock(key="first_inside", prompt="What is felt inside by whoever makes it", rows=2),
        TextBlock(key="second_move", prompt="The answer, as seen from outside", rows=2),
        TextBlock(key="second_inside", prompt="What is felt inside by whoever gives it", rows=2),
        TextBlock(key="arrow", prompt="How does the answer feed the first move?", rows=2),
        TextBlock(key="name", prompt="Our name for it", rows=1),
        TextBlock(key="exit", prompt="The earliest place to step out, and how", rows=2),
        ChoiceBlock(
            key="agree",
            prompt="Does the map look right to both of you?",
            options=(
                Option("yes", "Yes"),
                Option("partly", "Partly; we marked where we see it differently"),
                Option("session", "We would like to go on in the session"),
            ),
        ),
    ),
    for_whom=GivenTo.TOGETHER,
    frequency=Frequency.ONCE,
    default_audience=Audience.COUPLE,
    skills=(Skill.CONFLICT_HANDLING, Skill.EMOTIONAL_AVAILABILITY),
    patterns=(
        InteractionPattern.DEMAND_WITHDRAW,
        InteractionPattern.CRITICISM,
        InteractionPattern.DEFENSIVENESS,
        InteractionPattern.STONEWALLING,
    ),
    goals=(ProblemGroup.PATTERNS,),
)
