"""Shared activity: something both enjoy, planned, done, and rated afterwards."""

from practice.domain.homework.blocks import (
    ChecklistBlock,
    ListBlock,
    Option,
    PlanBlock,
    RatingBlock,
    TextBlock,
)
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="shared_activity",
    version=1,
    title="Something we both enjoy",
    purpose="To do a thing side by side again, for its own sake.",
    minutes=45,
    steps=(
        "Each of you writes three things you used to like doing, or would like to try: cooking, "
        "a walk, a game, the garden, a film.",
        "Cross out what costs more than you want to spend, or needs a babysitter you do not have.",
        "Choose one that stands on both lists, or one from each list in turn.",
        "Put it into the calendar like an appointment, and do it, even half-heartedly.",
        "Afterwards rate it, each alone. It is fine if one of you liked it less.",
        "Fun often comes back later than the doing. That is the usual order after a hard time.",
    ),
    example="“Soup from scratch, radio on, no talking about the week. I gave it a six; I had "
    "forgotten how you sing when you stir.”",
    not_when="Not as proof that everything is fine again, and not where time alone together makes "
    "one of you afraid. It waits until your counsellor says that work as a couple can begin.",
    source="Planning pleasant things together comes from behavioural couple therapy "
    "(N. S. Jacobson and G. Margolin). The wording is our own.",
    blocks=(
        ListBlock(key="ideas", prompt="Things I would like", most=5),
        PlanBlock(key="plan", prompt="What we chose"),
        RatingBlock(
            key="enjoyed",
            prompt="How much did I enjoy it?",
            low_label="not at all",
            high_label="very much",
        ),
        ChecklistBlock(
            key="there",
            prompt="What was there?",
            options=(
                Option("laughed", "We laughed"),
                Option("touched", "We touched"),
                Option("talked", "We talked about something new"),
                Option("quiet", "A good quiet"),
                Option("awkward", "It was a little awkward"),
            ),
        ),
        TextBlock(key="next", prompt="What would I like to do next?", rows=1),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.WEEKLY,
    default_audience=Audience.WHEN_ALL_DONE,
    skills=(Skill.EMOTIONAL_AVAILABILITY,),
    patterns=(InteractionPattern.AVOIDANCE,),
    goals=(ProblemGroup.CLOSENESS,),
)
