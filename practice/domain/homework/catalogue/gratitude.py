"""Gratitude: one small thing a day that the other did, said to them."""

from practice.domain.homework.blocks import ChoiceBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="gratitude",
    version=2,
    title="One thing I noticed",
    purpose="To see again what the other does, on days when mostly the gaps show.",
    minutes=5,
    steps=(
        "Once a day, look back and find one thing your partner did that made your day a little "
        "easier. Small is right: a cup of tea, a door held, a question asked.",
        "Write it down in one line: what it was, and what it did for you.",
        "Tell your partner, aloud or in a message, in the same plain words. No “but” after it.",
        "If you are the one who is thanked: let it stand. “Thank you for telling me” is enough.",
        "On some days nothing comes to mind. That happens to everybody. Write down that you "
        "looked, and look again tomorrow.",
    ),
    example="“You put the bins out before I got to it. I could sit down ten minutes earlier, and "
    "I felt less alone with the house.”",
    not_when="Leave it for now if thanking feels like covering up a hurt that has not been talked "
    "about yet: that hurt comes first. Not meant for couples in which one is afraid of the other. "
    "It waits until your counsellor says that work as a couple can begin.",
    source="Noticing and writing down what one is thankful for follows R. A. Emmons and M. E. "
    "McCullough (2003); gratitude in everyday life as a couple, S. B. Algoe, S. L. Gable and "
    "N. C. Maisel (2010). The wording is our own.",
    blocks=(
        TextBlock(
            key="noticed",
            prompt="What did your partner do?",
            hint="One thing you could have filmed, rather than what they are like.",
            required=True,
            rows=2,
        ),
        TextBlock(
            key="effect",
            prompt="What did it do for you?",
            hint="For instance: it gave me a rest, it made me laugh, I felt thought of.",
            rows=2,
        ),
        ChoiceBlock(
            key="told",
            prompt="Have you told them?",
            required=True,
            options=(
                Option("aloud", "Yes, aloud"),
                Option("in_writing", "Yes, in a message or a note"),
                Option("not_yet", "Not yet"),
            ),
        ),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.DAILY,
    default_audience=Audience.WHEN_ALL_DONE,
    skills=(Skill.EMOTIONAL_AVAILABILITY,),
    patterns=(InteractionPattern.CRITICISM, InteractionPattern.CONTEMPT),
    goals=(ProblemGroup.CLOSENESS,),
)
