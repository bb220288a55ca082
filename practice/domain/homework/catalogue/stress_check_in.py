"""Stress check-in: what comes from outside, told and comforted, before it lands on the couple."""

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
    key="stress_check_in",
    version=1,
    title="What the day did to me",
    purpose="To carry strain from outside together, instead of at each other.",
    minutes=20,
    steps=(
        "Find twenty minutes after work or when the children sleep. Ten minutes each.",
        "One tells what the day did to them: work, money, family, health. Nothing about the two "
        "of you in these minutes.",
        "The other is on their side. Ask, agree that it is a lot, be cross with the boss if you "
        "like. No advice unless it is asked for.",
        "End with one thing that would help tonight: a hug, a bath, being left alone, a walk.",
        "Change over.",
        "Some evenings one of you has nothing left to give. That is usual: say so, and choose "
        "another time rather than half an ear.",
    ),
    example="“The shift was two people short.” – “Again. You must be worn out. What would help "
    "tonight?” – “Sit with me. You need not say anything.”",
    not_when="Not for what is wrong between the two of you, and not where telling what strains "
    "you makes things worse at home or one of you is afraid. It waits until your counsellor says "
    "that work as a couple can begin.",
    source="The stress-reducing conversation of J. M. Gottman; dyadic coping after G. Bodenmann. "
    "The wording is our own.",
    blocks=(
        RatingBlock(
            key="stress",
            prompt="How much strain did you bring home?",
            low_label="none",
            high_label="as much as can be",
        ),
        ChecklistBlock(
            key="source",
            prompt="Where did it come from?",
            options=(
                Option("work", "Work"),
                Option("money", "Money"),
                Option("family", "Family"),
                Option("health", "Health"),
                Option("children", "The children"),
                Option("other", "Something else"),
            ),
        ),
        TextBlock(key="told", prompt="What did you tell?", hint="A line is enough.", rows=2),
        ChoiceBlock(
            key="comfort",
            prompt="Did you feel that your partner was on your side?",
            options=(
                Option("yes", "Yes"),
                Option("partly", "Partly"),
                Option("not_today", "Not today"),
            ),
        ),
        TextBlock(key="helps", prompt="What helps on such a day?", rows=2),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.SEVERAL_TIMES_A_WEEK,
    times_per_week=3,
    default_audience=Audience.THERAPIST,
    skills=(Skill.EMOTIONAL_AVAILABILITY, Skill.COMMUNICATION),
    patterns=(InteractionPattern.AVOIDANCE,),
    goals=(ProblemGroup.OUTSIDE, ProblemGroup.CLOSENESS),
)
