"""One thing to keep: the smallest plan for the time after therapy, or between two sessions."""

from practice.domain.homework.blocks import PlanBlock, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="what_we_keep",
    version=1,
    title="One thing we keep",
    purpose="To choose one thing that did you good, and a day on which you look at it again.",
    minutes=10,
    steps=(
        "Each names one small thing of the last weeks that did you good. It need not be the same.",
        "Choose one of them. The one that survives a bad week is the right one.",
        "Say how you would notice that it is slipping, each in a sentence about yourself.",
        "Set a day on which you look at it again, and who brings it up.",
        "Things slip; that is normal and the reason for the day. Then you begin again, or choose "
        "something else.",
    ),
    example="“We keep the tea on Sunday morning. I notice that it slips when I take mine to the "
    "desk. We look at it on the first of the month, you bring it up.”",
    not_when="Not as a way of leaving out what still hurts, and not where one of you is afraid of "
    "the other. It is for couples whose counsellor says that work as a couple can begin.",
    source=None,
    blocks=(
        TextBlock(key="keep", prompt="What we keep", required=True, rows=2),
        TextBlock(key="sign", prompt="How we notice that it slips", rows=2),
        PlanBlock(
            key="look_again",
            prompt="When we look at it again",
            hint="What you will ask each other, and the day.",
        ),
    ),
    for_whom=GivenTo.TOGETHER,
    frequency=Frequency.ONCE,
    default_audience=Audience.COUPLE,
    skills=(Skill.COMMUNICATION,),
    goals=(ProblemGroup.PATTERNS, ProblemGroup.CLOSENESS),
    smaller="gratitude",
)
