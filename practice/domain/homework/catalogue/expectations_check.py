"""Expectations check: what one expects, whether it was ever said, and whether it can be done."""

from practice.domain.homework.blocks import ChoiceBlock, ListBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="expectations_check",
    version=1,
    title="What I expect",
    purpose="To find the expectations that were never said, and to see which of them are fair.",
    minutes=20,
    steps=(
        "Finish the sentence “A good partner …” five times, without thinking long.",
        "Choose the one that led to the most trouble lately.",
        "Ask of it: did I ever say it? Where does it come from? Could a tired person do it on an "
        "ordinary Tuesday?",
        "Write a version that could be done, and once in a while left undone.",
        "Bring it to your partner as a wish. They may say yes, no, or something else.",
        "It is quite usual to find a rule in the list that came from one's parents, or from a "
        "film. Nothing is wrong with having had it.",
    ),
    example="“A good partner notices when I am low.” I never said it. Fairer: “When I say ‘it is "
    "one of those days’, I would like ten minutes on the sofa.”",
    not_when="Being safe, being told the truth about money or health, and not being put down are "
    "not expectations to haggle over. If you are afraid of asking, speak to your counsellor in "
    "private. It waits until your counsellor says that work as a couple can begin.",
    source=None,
    blocks=(
        ListBlock(
            key="sentences",
            prompt="A good partner …",
            hint="As they come.",
            required=True,
            most=5,
        ),
        TextBlock(key="chosen", prompt="The one that led to the most trouble", rows=1),
        ChoiceBlock(
            key="said",
            prompt="Did I ever say it plainly?",
            options=(
                Option("yes", "Yes"),
                Option("in_anger", "Only in anger"),
                Option("never", "No, I thought it went without saying"),
            ),
        ),
        TextBlock(key="origin", prompt="Where does it come from?", rows=2),
        TextBlock(
            key="fairer",
            prompt="A version that could be done on an ordinary day",
            required=True,
            rows=2,
        ),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.ONCE,
    default_audience=Audience.THERAPIST,
    skills=(Skill.COMMUNICATION,),
    patterns=(InteractionPattern.CRITICISM, InteractionPattern.DEMAND_WITHDRAW),
    goals=(ProblemGroup.CLOSENESS,),
)
