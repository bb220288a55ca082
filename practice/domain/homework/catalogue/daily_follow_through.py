"""Daily follow-through: one small thing a day that shows that one means it."""

from practice.domain.homework.blocks import ChecklistBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="daily_follow_through",
    version=1,
    title="One small thing, kept",
    purpose="To show that you mean it, in something small that you do today.",
    minutes=3,
    steps=(
        "In the morning choose one thing you will do today that your partner would notice: ring "
        "when you said, be there at six, ask how it went.",
        "Make it so small that a bad day cannot stop it.",
        "Do it without announcing it.",
        "In the evening tick what you did. One thing is enough for a day.",
        "Some days go by without it. That is normal; begin again the next morning, there is "
        "nothing to catch up on.",
    ),
    example="“I said I would be home at half past five. I was, and I asked about the interview.”",
    not_when="Not as something your partner has to thank you for, and not as a way of being "
    "watched. If you are afraid of a day without it, speak to your counsellor in private.",
    source=None,
    blocks=(
        TextBlock(key="did", prompt="What I did today", required=True, rows=2),
        ChecklistBlock(
            key="kind",
            prompt="It was",
            options=(
                Option("check_in", "Asking how it is"),
                Option("present", "Being there, with my head too"),
                Option("boundary", "Keeping to something we agreed on"),
                Option("promise", "Doing what I had said"),
                Option("openness", "Telling something before I was asked"),
            ),
        ),
    ),
    for_whom=GivenTo.ONE,
    frequency=Frequency.DAILY,
    default_audience=Audience.THERAPIST,
    skills=(Skill.EMOTIONAL_AVAILABILITY,),
    patterns=(InteractionPattern.AVOIDANCE,),
    goals=(ProblemGroup.TRUST,),
)
