"""One line: the smallest page there is, for what one wants to keep or bring to a session."""

from practice.domain.homework.blocks import ChoiceBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="one_line",
    version=1,
    title="One line for myself",
    purpose="To keep one thing that matters, on days when there is no room for a page.",
    minutes=2,
    steps=(
        "Ask yourself: what do I not want to lose from today? A thought, a need, a question, "
        "something that hurt or was good.",
        "Write one line. The first that comes will do; it need not be fair or finished.",
        "Say what it is, so that you find it again, and whether you would like to speak about it.",
        "Some days nothing comes. That is quite usual; “nothing today” is a line too.",
    ),
    example="“I would sleep better if I knew where we stand with the loan.” It is a question, and "
    "I would like to bring it to the session.",
    not_when="Not on a device that somebody else opens. If you are afraid that your line could be "
    "read, keep it in your head and tell your counsellor in private.",
    source=None,
    blocks=(
        TextBlock(key="line", prompt="My line", required=True, rows=2),
        ChoiceBlock(
            key="kind",
            prompt="What is it?",
            options=(
                Option("thought", "A thought"),
                Option("need", "Something I need"),
                Option("question", "A question"),
                Option("hurt", "Something that hurts"),
                Option("good", "Something good"),
            ),
        ),
        ChoiceBlock(
            key="bring",
            prompt="Would you like to speak about it?",
            options=(
                Option("no", "No, it is enough to have written it"),
                Option("alone", "Yes, alone with the counsellor"),
                Option("session", "Yes, in a session"),
                Option("not_yet", "I do not know yet"),
            ),
        ),
    ),
    for_whom=GivenTo.ONE,
    frequency=Frequency.SEVERAL_TIMES_A_WEEK,
    times_per_week=2,
    default_audience=Audience.PRIVATE,
    skills=(Skill.EMOTIONAL_AVAILABILITY, Skill.COMMUNICATION),
    goals=(ProblemGroup.PATTERNS,),
    needs_both_safe=False,
)
