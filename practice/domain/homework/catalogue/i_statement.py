"""The "I" statement: a complaint turned into what happened, how it felt and what is needed."""

from practice.domain.homework.blocks import ChoiceBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="i_statement",
    version=2,
    title="Say it with “I”",
    purpose="To bring up what bothers you so that the other can hear it.",
    minutes=10,
    steps=(
        "Think of one thing that bothered you lately. Take a small one to begin with.",
        "Write down the first sentence that comes to you, as it comes. Nobody has to hear it.",
        "What happened? Write only what a camera would have seen: when, where, what.",
        "What did you feel? Use a word for a feeling: sad, hurt, worried, lonely, cross. “I feel "
        "that you …” is an opinion in disguise; take out the “that you”.",
        "What do you need? Ask for something one can do, rather than for something to stop.",
        "Put the three together in a sentence or two, and read it aloud to yourself. Could you "
        "hear it if it were said to you?",
        "Choose a quiet moment and say it. It may still come out with an edge, or land badly. "
        "That is usual with anything new; you may stop and say “let me put that again”.",
    ),
    example="Before: “You never think of me, you are always on that phone.” After: “When you were "
    "on the phone during supper last night, I felt lonely. I would like us to eat without phones, "
    "even if it is only for a quarter of an hour.”",
    not_when="Not as a way to ask for safety: nobody has to find the right words in order not to "
    "be shouted at, threatened or hurt. If you are afraid of how your partner may take it, keep "
    "it to yourself and speak to your counsellor first. Saying it waits until your counsellor "
    "says that work as a couple can begin.",
    source="“I” messages go back to T. Gordon; asking for what one needs in four plain parts, to "
    "M. B. Rosenberg. The wording is our own.",
    blocks=(
        TextBlock(
            key="first_version",
            prompt="The first sentence that comes to you",
            hint="You may leave this empty.",
            rows=2,
        ),
        TextBlock(
            key="event",
            prompt="When … (what happened)",
            hint="Only what a camera would have seen. Without “always” and “never”.",
            required=True,
            rows=2,
        ),
        TextBlock(
            key="feeling",
            prompt="I felt …",
            hint="One or two words for a feeling.",
            required=True,
            rows=1,
        ),
        TextBlock(
            key="need",
            prompt="What I need, or would like, is …",
            hint="Something your partner could do this week.",
            required=True,
            rows=2,
        ),
        TextBlock(
            key="sentence",
            prompt="All of it together",
            hint="As you would say it: “When …, I felt …. I would like ….”",
            required=True,
            rows=3,
        ),
        ChoiceBlock(
            key="said",
            prompt="Have you said it?",
            hint="Writing it and not saying it is a way to practise too.",
            options=(
                Option("yes", "Yes"),
                Option("planned", "Not yet, but I mean to"),
                Option("kept", "No, I would rather keep it for now"),
            ),
        ),
        TextBlock(
            key="how_it_was_heard",
            prompt="If you said it: what came back?",
            rows=2,
        ),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.WEEKLY,
    default_audience=Audience.THERAPIST,
    skills=(Skill.COMMUNICATION, Skill.CONFLICT_HANDLING),
    patterns=(
        InteractionPattern.CRITICISM,
        InteractionPattern.DEFENSIVENESS,
        InteractionPattern.DEMAND_WITHDRAW,
    ),
    goals=(ProblemGroup.TALKING,),
)
