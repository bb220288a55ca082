"""Pause and name it: notice defending oneself, and say so before going on."""

from practice.domain.homework.blocks import ChoiceBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="pause_and_name",
    version=1,
    title="Pause, and name it",
    purpose="To catch yourself defending, and to leave room for what the other is saying.",
    minutes=5,
    steps=(
        "Learn your own first words of defence: “yes, but”, “you too”, “I only”, “that is not "
        "what happened”.",
        "When you hear yourself say or think one, stop. One slow breath out, before anything else.",
        "Name it, to yourself or aloud: “I am getting defensive.” It is a remark about the "
        "weather inside, not a confession.",
        "Look for the part you can agree with, even if it is a tenth of it, and say that first.",
        "Then, if it still matters, say your side.",
        "Everybody defends themselves when it stings; catching it after the sentence is the "
        "usual way to begin. Later you catch it before.",
    ),
    example="“You forgot again.” – (breath) “I notice I want to explain. You are right that I "
    "said I would do it, and I did not.”",
    not_when="Not where the other's words are threats or insults: nobody has to find a part to "
    "agree with there. If you are afraid, speak to your counsellor in private. It waits until "
    "your counsellor says that work as a couple can begin.",
    source="Answering a complaint by taking a part of it on follows J. M. Gottman. The wording is "
    "our own.",
    blocks=(
        TextBlock(key="heard", prompt="What was said to you?", hint="One line.", rows=2),
        TextBlock(
            key="first_words",
            prompt="What were your first words of defence, said or thought?",
            required=True,
            rows=2,
        ),
        ChoiceBlock(
            key="caught",
            prompt="When did you catch it?",
            required=True,
            options=(
                Option("before", "Before I said it"),
                Option("halfway", "Half way through"),
                Option("after", "Just afterwards"),
                Option("later", "Later that day"),
            ),
        ),
        TextBlock(
            key="part",
            prompt="Which part of it could you agree with?",
            hint="A small part is enough.",
            rows=2,
        ),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.SEVERAL_TIMES_A_WEEK,
    times_per_week=2,
    default_audience=Audience.THERAPIST,
    skills=(Skill.CONFLICT_HANDLING, Skill.EMOTIONAL_AVAILABILITY),
    patterns=(InteractionPattern.DEFENSIVENESS,),
    goals=(ProblemGroup.TALKING, ProblemGroup.PATTERNS),
)
