"""Needs list: what somebody needs to see done in order to feel safe again."""

from practice.domain.homework.blocks import ListBlock, RatingBlock, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="needs_list",
    version=1,
    title="What I need to see",
    purpose="To say what would let you feel safer, as things that somebody can do.",
    minutes=20,
    steps=(
        "Write what your partner could do, rather than how they should be.",
        "Make each line so plain that both of you could tell on Friday whether it was done.",
        "Leave out what nobody can promise, such as never to feel something again.",
        "Mark what comes first. Three lines are enough to begin with.",
        "Bring it to a session. What somebody takes on becomes a promise with a date.",
        "Needs change; crossing one out or adding one next month is the usual course.",
    ),
    example="“Tell me on Sunday when you will be away that week. Be the one who brings it up when "
    "she writes. Ring when it gets late.”",
    not_when="Not as a list of punishments, and not where asking makes you afraid: speak to your "
    "counsellor in private first.",
    source=None,
    blocks=(
        ListBlock(
            key="needs",
            prompt="What I need to see",
            hint="Things that can be done.",
            required=True,
            most=8,
        ),
        TextBlock(key="first", prompt="What comes first, and why", rows=2),
        RatingBlock(
            key="safe",
            prompt="How safe do I feel today?",
            low_label="not at all",
            high_label="completely",
        ),
    ),
    for_whom=GivenTo.ONE,
    frequency=Frequency.ONCE,
    default_audience=Audience.THERAPIST,
    skills=(Skill.COMMUNICATION, Skill.EMOTIONAL_AVAILABILITY),
    patterns=(InteractionPattern.DEMAND_WITHDRAW,),
    goals=(ProblemGroup.TRUST,),
    needs_both_safe=False,
)
