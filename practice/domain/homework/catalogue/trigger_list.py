"""Trigger list: what sets somebody off, what it reminds them of, and what helps."""

from practice.domain.homework.blocks import ListBlock, RatingBlock, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="trigger_list",
    version=1,
    title="What sets me off",
    purpose="To know your sore spots, so that they surprise you less.",
    minutes=15,
    steps=(
        "Think of two or three moments in which you reacted more strongly than the moment asked.",
        "What was it exactly: a word, a tone, a smell, a phone turned over?",
        "What did it remind you of? It may be something between you, or something much older.",
        "What would help in that second? Something you can do, and something your partner can do.",
        "Showing the list is your choice. Choose the lines your partner may know.",
        "Knowing a sore spot does not make it go away at once; reacting again is normal. The list "
        "is a map, not a promise.",
    ),
    example="“When your phone lies face down I am back in March. It helps me if you say who it "
    "was before I ask.”",
    not_when="Not where a list of sore spots could be used to hurt you: if you are afraid of that, "
    "keep it for yourself and your counsellor.",
    source=None,
    blocks=(
        ListBlock(key="triggers", prompt="What sets me off", required=True, most=6),
        TextBlock(key="reminds", prompt="What does it remind me of?", rows=3),
        RatingBlock(
            key="strength",
            prompt="How strong was the last one?",
            low_label="hardly noticeable",
            high_label="swept away",
        ),
        TextBlock(key="i_can", prompt="What I can do in that second", rows=2),
        TextBlock(key="you_can", prompt="What would help from my partner", rows=2),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.ONCE,
    default_audience=Audience.THERAPIST,
    skills=(Skill.EMOTIONAL_AVAILABILITY, Skill.CONFLICT_HANDLING),
    patterns=(InteractionPattern.STONEWALLING, InteractionPattern.DEMAND_WITHDRAW),
    goals=(ProblemGroup.TRUST, ProblemGroup.PATTERNS),
    needs_both_safe=False,
)
