"""The daily check-in: five minutes of stress, appreciation and one small wish."""

from practice.domain.homework.blocks import RatingBlock, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="daily_check_in",
    version=2,
    title="Five minutes at the end of the day",
    purpose="To know how the other's day was, and to be on the same side of it.",
    minutes=5,
    steps=(
        "Choose a moment that is there on most days: after supper, on the sofa, in bed with the "
        "light still on. Phones face down.",
        "One of you begins. How much did today weigh on you, and what was it? The other listens, "
        "asks, and is on your side. No advice unless you ask for it.",
        "Then say one thing you were glad of in the other today.",
        "Then one small wish for tomorrow, small enough that a tired person can say yes to it. "
        "The other may also say “not tomorrow”.",
        "Change over. Two minutes each are enough. What is hard between you waits for another "
        "time; make a note of it for your next session.",
        "Days get lost; that is ordinary. Begin again on the next one, and do not make up for it.",
    ),
    example="“Six out of ten. My manager moved the deadline again, and I dread Friday. I was glad "
    "that you rang your mother so that I did not have to. My wish: could you do breakfast "
    "tomorrow, so that I get out of the door in peace?”",
    not_when="Not straight after a quarrel, and not in order to settle one. If one of you uses "
    "what is said here against the other, or if one is afraid of the other, stop and tell your "
    "counsellor in private. It waits until your counsellor says that work as a couple can begin.",
    source="Close to the stress-reducing conversation of J. M. Gottman and to what G. Bodenmann "
    "calls dyadic coping. The wording is our own.",
    blocks=(
        RatingBlock(
            key="stress",
            prompt="How much did today weigh on you?",
            hint="From outside: work, money, family, health.",
            required=True,
            low_label="not at all",
            high_label="as much as it could",
        ),
        TextBlock(
            key="stress_about",
            prompt="What was it, in a few words?",
            rows=2,
        ),
        TextBlock(
            key="appreciation",
            prompt="One thing you were glad of in the other today",
            required=True,
            rows=2,
        ),
        TextBlock(
            key="wish",
            prompt="One small wish for tomorrow",
            hint="You may leave it empty. No wish is fine too.",
            rows=2,
        ),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.DAILY,
    default_audience=Audience.WHEN_ALL_DONE,
    skills=(Skill.EMOTIONAL_AVAILABILITY, Skill.COMMUNICATION),
    patterns=(InteractionPattern.AVOIDANCE, InteractionPattern.STONEWALLING),
    goals=(ProblemGroup.TALKING, ProblemGroup.CLOSENESS, ProblemGroup.OUTSIDE),
)
