"""Ten minutes together: a small time side by side that a tired evening has room for."""

from practice.domain.homework.blocks import ChoiceBlock, Option, RatingBlock, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="ten_minutes",
    version=1,
    title="Ten minutes, the two of us",
    purpose="To be together for a moment without a task, on evenings with little left to give.",
    minutes=10,
    steps=(
        "Choose a moment that is there anyway: the first cup in the morning, the step outside the "
        "door, the last ten minutes before the light goes out.",
        "Put the phones out of reach. Nothing has to be prepared, tidied or paid for.",
        "Sit, walk or drink something together. You may talk or not; only chores, money and "
        "quarrels wait outside.",
        "Stop after ten minutes, even if it is pleasant. Then there is something left to come "
        "back to.",
        "Afterwards each of you fills in this page alone.",
        "A quiet or an awkward ten minutes is quite normal after a hard time. Five count as well.",
    ),
    example="“Tea on the back step, in our coats. You told me about the fox. I did not look at the "
    "clock once.”",
    not_when="Not in the days straight after a serious breach of trust has come out, and not where "
    "time alone together makes one of you afraid. It waits until your counsellor says that "
    "work as a couple can begin.",
    source=None,
    blocks=(
        ChoiceBlock(
            key="what",
            prompt="What did you do?",
            required=True,
            options=(
                Option("drink", "Drank something together"),
                Option("walk", "Walked a little"),
                Option("sat", "Sat or lay side by side"),
                Option("music", "Listened to something"),
                Option("other", "Something else"),
            ),
        ),
        TextBlock(key="moment", prompt="A moment I would like to keep", rows=2),
        RatingBlock(
            key="near",
            prompt="How near did I feel?",
            low_label="not at all",
            high_label="very near",
        ),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.SEVERAL_TIMES_A_WEEK,
    times_per_week=2,
    default_audience=Audience.WHEN_ALL_DONE,
    skills=(Skill.EMOTIONAL_AVAILABILITY,),
    patterns=(InteractionPattern.AVOIDANCE,),
    goals=(ProblemGroup.CLOSENESS,),
    smaller="gratitude",
)
