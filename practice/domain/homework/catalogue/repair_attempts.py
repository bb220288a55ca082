"""Repair attempts: what was done to stop a quarrel from growing, and whether it was seen."""

from practice.domain.homework.blocks import (
    ChecklistBlock,
    ChoiceBlock,
    Column,
    LogBlock,
    Option,
    TextBlock,
)
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

_ATTEMPTS = (
    Option("joke", "A joke, or something silly"),
    Option("gentle_touch", "A gentle touch"),
    Option("start_over", "“Let's start over”"),
    Option("sorry", "“Sorry, that came out wrong”"),
    Option("you_have_a_point", "“You have a point”"),
    Option("break", "Asking for a short break, and coming back"),
    Option("own_signal", "Our own signal"),
    Option("something_else", "Something else"),
)

TEMPLATE = Template(
    key="repair_attempts",
    version=2,
    title="Finding the way back",
    purpose="To notice the small gestures that stop a quarrel from growing, yours and the other's.",
    minutes=5,
    steps=(
        "A repair attempt is anything one of you does to turn the temperature down: a joke, a "
        "hand on the arm, “let's start over”, “I need a minute”. It is often clumsy.",
        "Agree on a signal of your own for hot moments: a word, a sign with the hand. Choose it "
        "on a calm day, and choose one that neither of you finds mocking.",
        "In a tense moment, try one. If the other tries one, look for the wish behind it, even "
        "when the words are wrong.",
        "Taking it up can be short: “all right”, a nod, a breath. It does not mean that the "
        "subject is closed or that you agree.",
        "When it is calm again, write down an attempt or two: what it was and what became of it. "
        "Write it alone, and do not compare or keep score.",
        "Many attempts come to nothing, in happy couples too. Every one of them counts. Try "
        "again later, or in another way.",
    ),
    example="We were getting sharp about the washing up. I said “can we start over?” My partner "
    "did not react at first, then put the kettle on. Ten minutes later we talked about it quietly.",
    not_when="Not for quarrels in which somebody is frightened, pushed, threatened or hurt: there "
    "the task is to be safe, and to tell your counsellor in private. It waits until your "
    "counsellor says that work as a couple can begin.",
    source="Repair attempts as described by J. M. Gottman (with N. Silver, The Seven Principles "
    "for Making Marriage Work). The menu and the wording are our own.",
    blocks=(
        LogBlock(
            key="attempts",
            prompt="Attempts that I saw or made",
            hint="One is enough.",
            required=True,
            most=5,
            columns=(
                Column(key="moment", label="When, and what about"),
                Column(
                    key="made_by",
                    label="Who tried?",
                    options=(
                        Option("me", "I did"),
                        Option("partner", "My partner did"),
                        Option("both", "Both of us"),
                    ),
                ),
                Column(
                    key="what",
                    label="What was tried?",
                    required=True,
                    options=_ATTEMPTS,
                ),
                Column(
                    key="became",
                    label="What became of it?",
                    required=True,
                    options=(
                        Option("quickly", "Seen, and taken up"),
                        Option("after_a_while", "Taken up after a while"),
                        Option("seen", "Seen, not taken up this time"),
                        Option("not_seen", "Not seen at the time"),
                        Option("not_sure", "I am not sure"),
                    ),
                ),
            ),
        ),
        TextBlock(
            key="would_help",
            prompt="What would make the next one easier to see or to take up?",
            rows=2,
        ),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.WEEKLY,
    default_audience=Audience.THERAPIST,
    skills=(Skill.CONFLICT_HANDLING, Skill.EMOTIONAL_AVAILABILITY),
    patterns=(
        InteractionPattern.CONTEMPT,
        InteractionPattern.DEFENSIVENESS,
        InteractionPattern.STONEWALLING,
    ),
    goals=(ProblemGroup.PATTERNS,),
    former_blocks=(
        TextBlock(
            key="moment",
            prompt="What was going on?",
            hint="One line. When, and what it was about.",
            rows=2,
        ),
        ChoiceBlock(
            key="made_by",
            prompt="Who tried to make it better?",
            required=True,
            options=(
                Option("me", "I did"),
                Option("partner", "My partner did"),
                Option("both", "Both of us"),
            ),
        ),
        ChecklistBlock(
            key="attempt",
            prompt="What was tried?",
            required=True,
            options=_ATTEMPTS,
        ),
        TextBlock(
            key="own_words",
            prompt="Your own signal, or the words that were used",
            rows=1,
        ),
        ChoiceBlock(
            key="noticed",
            prompt="Was it noticed as an attempt?",
            required=True,
            options=(
                Option("at_once", "Yes, at once"),
                Option("later", "Yes, a little later"),
                Option("not_then", "Not at the time"),
                Option("not_sure", "I am not sure"),
            ),
        ),
        ChoiceBlock(
            key="accepted",
            prompt="Was it taken up?",
            required=True,
            options=(
                Option("quickly", "Yes, quickly"),
                Option("after_a_while", "Yes, after a while"),
                Option("partly", "Partly"),
                Option("not_this_time", "Not this time"),
            ),
        ),
    ),
)
