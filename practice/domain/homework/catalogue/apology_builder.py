"""Apology builder: what a good apology holds, with five checks before it is said."""

from practice.domain.homework.blocks import ChecklistBlock, ChoiceBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="apology_builder",
    version=1,
    title="An apology that can be heard",
    purpose="To say sorry for one thing, in words that the other can take in.",
    minutes=15,
    steps=(
        "Choose one thing, not “everything”.",
        "Say what you did, without reasons. Reasons may be asked for later.",
        "Say what it did to your partner, as far as you know it. If you do not know, ask before "
        "you write.",
        "Say that you are sorry for that, not “if you felt hurt”.",
        "Say what you will do from now on, in a size that you can keep.",
        "Read it against the five checks. Then choose a quiet moment, say it, and stop. Your "
        "partner owes you no answer.",
        "It may take more than one go, and forgiving has its own time. That is normal; a good "
        "apology asks for nothing back.",
    ),
    example="“On Friday I told your brother about the loan. You had asked me not to, and you stood "
    "there in front of him. I am sorry for that. I will speak about our money to nobody without "
    "asking you first.”",
    not_when="Not to end a quarrel quickly, and not under pressure. Nobody owes an apology for "
    "having been hit, threatened or frightened. If you are afraid of what happens without one, "
    "speak to your counsellor in private.",
    source="The parts of an apology that matter have been studied by A. Lazare and by R. J. "
    "Lewicki and colleagues. The wording is our own.",
    blocks=(
        TextBlock(key="did", prompt="What I did", required=True, rows=2),
        TextBlock(key="effect", prompt="What it did to you", required=True, rows=2),
        TextBlock(key="sorry", prompt="What I am sorry for", required=True, rows=2),
        TextBlock(key="plan", prompt="What I will do from now on", required=True, rows=2),
        ChecklistBlock(
            key="checks",
            prompt="Five checks",
            hint="Tick what is true; change the words where it is not yet.",
            options=(
                Option("direct", "Direct: it says “I am sorry”"),
                Option("specific", "Specific: it names one thing"),
                Option("ownership", "Mine: no blame goes back"),
                Option("no_excuses", "Without excuses: no “but”, no “if”"),
                Option("plan", "With a plan that I can keep"),
            ),
        ),
        ChoiceBlock(
            key="said",
            prompt="Have you said it?",
            options=(
                Option("yes", "Yes"),
                Option("session", "I would like to say it in a session"),
                Option("not_yet", "Not yet"),
            ),
        ),
    ),
    for_whom=GivenTo.ONE,
    frequency=Frequency.ONCE,
    default_audience=Audience.THERAPIST,
    skills=(Skill.CONFLICT_HANDLING, Skill.EMOTIONAL_AVAILABILITY),
    patterns=(InteractionPattern.DEFENSIVENESS,),
    goals=(ProblemGroup.TRUST, ProblemGroup.PATTERNS),
)
