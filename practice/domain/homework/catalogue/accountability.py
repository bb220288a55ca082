"""Accountability checklist: how taking responsibility looked this week, seen from both sides."""

from practice.domain.homework.blocks import ChecklistBlock, Option, RatingBlock, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="accountability",
    version=1,
    title="Standing by it",
    purpose="To look at how responsibility was taken this week, each from your own side.",
    minutes=10,
    steps=(
        "Each of you fills this in alone, at the end of the week.",
        "If you broke trust: tick what you did. If it was broken: tick what you saw.",
        "Write down one moment in which it was there.",
        "Write down one moment in which it was hard.",
        "Bring both pages to the session. They will not match in every line; that is normal, and "
        "it is what the talk is about.",
    ),
    example="“Seen: you told your mother yourself. Hard: on Tuesday you said I should be over it "
    "by now.”",
    not_when="Not as a school report, and not while what broke trust is still going on. Not where "
    "one of you is afraid of what the other ticks: tell your counsellor in private. It waits "
    "until your counsellor says that work as a couple can begin.",
    source=None,
    blocks=(
        ChecklistBlock(
            key="seen",
            prompt="What was there this week?",
            options=(
                Option("no_blame", "Nobody else was blamed for it"),
                Option("remorse", "Regret was said or shown"),
                Option("honesty", "Something was told before it was asked"),
                Option("follow_through", "What was promised was done"),
                Option("patience", "There was room for the other's feelings"),
            ),
        ),
        TextBlock(key="moment", prompt="One moment in which it was there", rows=2),
        TextBlock(key="hard", prompt="One moment in which it was hard", rows=2),
        RatingBlock(
            key="reliable",
            prompt="How much could be relied on this week?",
            low_label="not at all",
            high_label="on everything",
        ),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.WEEKLY,
    default_audience=Audience.THERAPIST,
    skills=(Skill.CONFLICT_HANDLING, Skill.EMOTIONAL_AVAILABILITY),
    patterns=(InteractionPattern.DEFENSIVENESS,),
    goals=(ProblemGroup.TRUST,),
)
