"""Feeling share: one feeling of the day, told and received."""

from practice.domain.homework.blocks import ChecklistBlock, ChoiceBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="feeling_share",
    version=1,
    title="One feeling from today",
    purpose="To let the other know how things are inside you, in a size that fits into five "
    "minutes.",
    minutes=5,
    steps=(
        "Once a day, at a time you both know, each of you tells one feeling from the day.",
        "Use a word for a feeling, and one sentence on where it came from.",
        "Pleasant ones count just as much. So does “flat” or “I do not know”.",
        "The other says “thank you for telling me”. No questions unless they are welcome.",
        "Write down your word here, before or after.",
        "Finding the word takes practice; for many people this is new. Using the same three "
        "words for a week is quite normal.",
    ),
    example="“Uneasy. When the letter from the bank came I thought: not again.” – “Thank you for "
    "telling me.”",
    not_when="Not where what you feel is held against you later, or where you are afraid of the "
    "answer. Then write it for yourself, or for your counsellor. It waits until your counsellor "
    "says that work as a couple can begin.",
    source=None,
    blocks=(
        ChecklistBlock(
            key="feeling",
            prompt="Which comes nearest?",
            required=True,
            options=(
                Option("glad", "Glad"),
                Option("calm", "Calm"),
                Option("grateful", "Grateful"),
                Option("proud", "Proud"),
                Option("tired", "Tired"),
                Option("sad", "Sad"),
                Option("lonely", "Lonely"),
                Option("worried", "Worried"),
                Option("hurt", "Hurt"),
                Option("angry", "Angry"),
                Option("ashamed", "Ashamed"),
                Option("flat", "Flat, or I do not know"),
            ),
        ),
        TextBlock(key="about", prompt="Where did it come from?", hint="One sentence.", rows=2),
        ChoiceBlock(
            key="told",
            prompt="Have you told your partner?",
            options=(
                Option("yes", "Yes"),
                Option("a_little", "A little"),
                Option("not_today", "Not today"),
            ),
        ),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.DAILY,
    default_audience=Audience.WHEN_ALL_DONE,
    skills=(Skill.EMOTIONAL_AVAILABILITY, Skill.COMMUNICATION),
    patterns=(InteractionPattern.AVOIDANCE, InteractionPattern.STONEWALLING),
    goals=(ProblemGroup.TALKING, ProblemGroup.CLOSENESS),
)
