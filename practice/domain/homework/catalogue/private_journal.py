"""Private journal: thoughts written down for oneself, or for the therapist."""

from practice.domain.homework.blocks import ChoiceBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="private_journal",
    version=1,
    title="A page for myself",
    purpose="To put down what goes round in your head, where it belongs to you.",
    minutes=10,
    steps=(
        "Write for ten minutes, as it comes. Spelling does not matter.",
        "If you do not know how to begin: “what I cannot say just now is …”.",
        "Stop when the time is up, even in the middle of a sentence.",
        "Above the page it says who may read it. You can always keep it for yourself alone.",
        "Some days there is one line, some days three pages, some days none. That is usual.",
    ),
    example="“What I cannot say just now is that I am tired of being the strong one. And that I "
    "miss how we used to laugh.”",
    not_when="Not on a device that somebody else opens. If you are afraid that your page could be "
    "read, keep it in your head and tell your counsellor in private. If writing stirs up more "
    "than it settles, stop, and say so.",
    source="Writing about what weighs on one has been studied by J. W. Pennebaker. The wording is "
    "our own.",
    blocks=(
        TextBlock(key="page", prompt="My page", required=True, rows=10),
        ChoiceBlock(
            key="bring",
            prompt="Would you like to bring it to a session of your own?",
            options=(
                Option("no", "No, it is enough to have written it"),
                Option("perhaps", "Perhaps"),
                Option("yes", "Yes"),
            ),
        ),
    ),
    for_whom=GivenTo.ONE,
    frequency=Frequency.WEEKLY,
    default_audience=Audience.PRIVATE,
    skills=(Skill.EMOTIONAL_AVAILABILITY,),
    patterns=(InteractionPattern.STONEWALLING,),
    goals=(ProblemGroup.TRUST, ProblemGroup.PATTERNS),
    needs_both_safe=False,
)
