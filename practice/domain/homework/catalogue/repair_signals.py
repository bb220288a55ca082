"""Our repair signals: a card with the few words and signs that stop a quarrel from growing."""

from practice.domain.homework.blocks import CardBlock, ChecklistBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="repair_signals",
    version=1,
    title="Our signals",
    purpose="To agree on a calm day what you say or do when it gets too hot.",
    minutes=20,
    steps=(
        "Each remembers one moment in which something helped, however clumsy it was.",
        "Choose three to five signals together: a word, a sign with the hand, a question. Short "
        "enough for a bad moment.",
        "Leave out whatever one of you finds mocking.",
        "Say what the other does when they see one: stop, breathe, answer “all right”. It does "
        "not mean that you agree.",
        "Write them as a card, in your own words. It then stands on the first page for each of "
        "you, and you can print it for the kitchen.",
        "The first times a signal is often seen too late. That is normal; try it again, and "
        "change the card when it no longer fits.",
    ),
    example="“Pause button.” “Can we start over?” A hand on the table, palm up. “I am on your "
    "side.” Putting the kettle on.",
    not_when="Not for quarrels in which somebody is frightened, pushed, threatened or hurt: there "
    "the task is to be safe, and to tell your counsellor in private. It waits until your "
    "counsellor says that work as a couple can begin.",
    source="Repair attempts as described by J. M. Gottman (with N. Silver, The Seven Principles "
    "for Making Marriage Work). The wording is our own.",
    blocks=(
        CardBlock(
            key="signals",
            prompt="Our signals",
            hint="As you would really say or do it.",
            title="When it gets too hot",
            required=True,
            most=6,
        ),
        ChecklistBlock(
            key="answer",
            prompt="What the other does then",
            options=(
                Option("stop", "Stops talking for a breath"),
                Option("all_right", "Says “all right”, or nods"),
                Option("softer", "Goes on more softly"),
                Option("break", "Takes a break, with a time of return"),
            ),
        ),
        TextBlock(key="not_these", prompt="What we leave out, because it hurts", rows=2),
    ),
    for_whom=GivenTo.TOGETHER,
    frequency=Frequency.ONCE,
    default_audience=Audience.COUPLE,
    skills=(Skill.CONFLICT_HANDLING, Skill.EMOTIONAL_AVAILABILITY),
    patterns=(
        InteractionPattern.CRITICISM,
        InteractionPattern.CONTEMPT,
        InteractionPattern.DEFENSIVENESS,
        InteractionPattern.STONEWALLING,
    ),
    goals=(ProblemGroup.PATTERNS,),
)
