"""Questions I need answered: after a breach of trust, collected for use in a session."""

from practice.domain.homework.blocks import ChoiceBlock, ListBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="questions_i_need",
    version=1,
    title="Questions I need answered",
    purpose="To put the questions that go round at night where they can wait for a good moment.",
    minutes=15,
    steps=(
        "Write down the questions as they come, one a line.",
        "Go through them once: which answer would help you to decide something or to sleep, and "
        "which would only put pictures into your head?",
        "Mark the three that matter most.",
        "Keep the list for a session. There they can be asked one at a time, and answered plainly.",
        "Questions come back, and new ones come up after answers. That is normal; add them here "
        "instead of asking at midnight.",
    ),
    example="“Does it still go on? Who else knows? What did you tell yourself when you came home?”",
    not_when="Not as a list to be worked off in one evening, and not where an answer could put "
    "you in danger or you are afraid of it: bring it to your counsellor in private.",
    source=None,
    blocks=(
        ListBlock(key="questions", prompt="My questions", required=True, most=15),
        TextBlock(key="three", prompt="The three that matter most", rows=3),
        ChoiceBlock(
            key="where",
            prompt="Where would you like to ask them?",
            options=(
                Option("session", "In a session"),
                Option("alone", "First alone with the counsellor"),
                Option("not_yet", "I do not know yet"),
            ),
        ),
    ),
    for_whom=GivenTo.ONE,
    frequency=Frequency.ONCE,
    default_audience=Audience.THERAPIST,
    skills=(Skill.COMMUNICATION,),
    patterns=(InteractionPattern.DEMAND_WITHDRAW,),
    goals=(ProblemGroup.TRUST,),
    needs_both_safe=False,
)
