"""De-escalation steps: a card with what each of you does, in order, to step back and come back."""

from practice.domain.homework.blocks import CardBlock, ListBlock, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="de_escalation",
    version=1,
    title="Stepping back",
    purpose="To know the way down before you need it: what you notice, do, and come back with.",
    minutes=25,
    steps=(
        "Each says how it begins: in the body, in the voice, in the words. Speak of yourself, not "
        "of the other.",
        "Put together the steps that lead down again, in the order in which you would really do "
        "them.",
        "Put in a break with a time of return, and who says when. Twenty minutes is about what a "
        "body needs.",
        "Say what helps in the break: walk, water, music. Going through the quarrel again does "
        "not.",
        "Write the steps as a card. It then stands on the first page for each of you, and you can "
        "print it.",
        "Try it once on something small. In a real quarrel it is ordinary to remember only the "
        "first line; one line is a lot.",
    ),
    example="“1. Somebody says: stop. 2. Both sit down. 3. Twenty minutes apart, no phones. 4. "
    "Whoever said stop comes back first. 5. Begin with what you understood.”",
    not_when="Not for quarrels in which somebody is frightened, pushed, threatened or hurt: a "
    "card does not make those safe. Tell your counsellor in private. It waits until your "
    "counsellor says that work as a couple can begin.",
    source="The effect of a break on a body that is flooded follows J. M. Gottman. The steps and "
    "the wording are our own.",
    blocks=(
        ListBlock(
            key="signs",
            prompt="How we notice that it begins",
            hint="A line for each of you is enough.",
            most=4,
        ),
        CardBlock(
            key="steps",
            prompt="Our steps, in order",
            title="Step by step",
            required=True,
            most=7,
        ),
        TextBlock(key="return_words", prompt="How we begin again after the break", rows=2),
    ),
    for_whom=GivenTo.TOGETHER,
    frequency=Frequency.ONCE,
    default_audience=Audience.COUPLE,
    skills=(Skill.CONFLICT_HANDLING,),
    patterns=(
        InteractionPattern.CRITICISM,
        InteractionPattern.DEMAND_WITHDRAW,
        InteractionPattern.STONEWALLING,
    ),
    goals=(ProblemGroup.PATTERNS,),
)
