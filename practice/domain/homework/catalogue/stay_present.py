"""Staying present: for whoever goes quiet or away when it gets hard. Individual and private."""

from practice.domain.homework.blocks import ChecklistBlock, Option, RatingBlock, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="stay_present",
    version=1,
    title="Staying a minute longer",
    purpose="To notice when you go quiet inside, and to stay a little longer than last time.",
    minutes=5,
    steps=(
        "Think of the last time you shut down: what did your body do first? A tight jaw, a blank "
        "head, cold hands, looking at the door. That is your early sign.",
        "Choose one thing that brings you back: both feet on the floor, a glass of water, the "
        "name of five things you can see.",
        "When the sign comes, say one sentence instead of none: “I am still here, I need a "
        "moment”.",
        "Stay for one minute longer than you want to. Then you may ask for a break, with a time.",
        "Write down afterwards what you noticed. It is for you; nobody marks it.",
        "Some days you will be gone before you know it. That is normal for a habit which once "
        "protected you. Noticing it afterwards counts.",
    ),
    example="“My eyes went to the window. I put my hand on the table and said: I am here, give me "
    "a second. I stayed until the kettle boiled.”",
    not_when="Not where leaving is the safe thing to do. If you go quiet because you are afraid "
    "of your partner, do not practise staying: tell your counsellor in private. It waits until "
    "your counsellor says that work as a couple can begin.",
    source=None,
    blocks=(
        TextBlock(
            key="sign",
            prompt="What was the first sign in your body?",
            required=True,
            rows=2,
        ),
        ChecklistBlock(
            key="anchor",
            prompt="What did you try?",
            options=(
                Option("feet", "Felt my feet on the floor"),
                Option("breath", "Breathed out slowly"),
                Option("water", "Drank something"),
                Option("sentence", "Said that I was still there"),
                Option("looked", "Looked at my partner"),
                Option("nothing", "Nothing this time; I noticed it later"),
            ),
        ),
        RatingBlock(
            key="presence",
            prompt="How much were you there?",
            low_label="far away",
            high_label="fully there",
        ),
        TextBlock(key="needed", prompt="What would have made it easier?", rows=2),
    ),
    for_whom=GivenTo.ONE,
    frequency=Frequency.SEVERAL_TIMES_A_WEEK,
    times_per_week=2,
    default_audience=Audience.PRIVATE,
    skills=(Skill.EMOTIONAL_AVAILABILITY,),
    patterns=(InteractionPattern.STONEWALLING, InteractionPattern.AVOIDANCE),
    goals=(ProblemGroup.TALKING, ProblemGroup.CLOSENESS),
)
