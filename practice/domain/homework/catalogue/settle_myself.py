"""Settling: what calms one's own body, tried out before it is needed. For one alone."""

from practice.domain.homework.blocks import ChecklistBlock, Option, RatingBlock, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="settle_myself",
    version=1,
    title="What settles me",
    purpose="To find out what calms your own body, so that it is there when you need it.",
    minutes=5,
    steps=(
        "Do this when you are fairly calm. It is for you; nobody else has to know.",
        "Choose one thing: breathing out longer than in, cold water on the wrists, both feet on "
        "the floor, a walk round the block, a song.",
        "Do it for three minutes. How stirred up were you before, and how much afterwards?",
        "Try another one the next time. Keep the two that do most.",
        "When something has upset you, use one of the two before you answer or decide anything.",
        "Some things do nothing for you, and on bad days nothing does. That is normal, and not a "
        "sign that you are doing it wrong.",
    ),
    example="“After the phone call I was at eight. Five minutes on the back step, breathing out "
    "slowly: six. Enough to put the kettle on.”",
    not_when="Calming down is no answer to being threatened or hurt. If you are upset because you "
    "are afraid of somebody, the fear may be right: tell your counsellor in private, or get help. "
    "If breathing exercises make you dizzy or bring back bad memories, choose something else.",
    source=None,
    blocks=(
        ChecklistBlock(
            key="tried",
            prompt="What did I try?",
            required=True,
            options=(
                Option("breath", "Breathing out slowly"),
                Option("water", "Cold water"),
                Option("feet", "Feet on the floor, looking round the room"),
                Option("walk", "Walking or another movement"),
                Option("music", "Music"),
                Option("call", "Ringing somebody who is good for me"),
                Option("other", "Something else"),
            ),
        ),
        RatingBlock(
            key="before",
            prompt="How stirred up was I before?",
            low_label="quite calm",
            high_label="beside myself",
        ),
        RatingBlock(
            key="after",
            prompt="And afterwards?",
            low_label="quite calm",
            high_label="beside myself",
        ),
        TextBlock(key="keep", prompt="What I want to remember about it", rows=2),
    ),
    for_whom=GivenTo.ONE,
    frequency=Frequency.SEVERAL_TIMES_A_WEEK,
    times_per_week=3,
    default_audience=Audience.PRIVATE,
    skills=(Skill.CONFLICT_HANDLING,),
    patterns=(InteractionPattern.STONEWALLING, InteractionPattern.CONTEMPT),
    goals=(ProblemGroup.TALKING, ProblemGroup.PATTERNS),
    needs_both_safe=False,
)
