"""Reflect back: say what was heard before answering it."""

from practice.domain.homework.blocks import ChecklistBlock, Option, TextBlock, two_person_turn
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="reflect_back",
    version=1,
    title="What I hear is …",
    purpose="To be sure that what was said is what arrived, before anybody answers.",
    minutes=10,
    steps=(
        "Choose a small thing from today. It need not be about the two of you.",
        "Phones in another room, the television off. Sit so that you can see each other's face.",
        "One tells, in two or three sentences. The other looks at them and does not prepare an "
        "answer meanwhile.",
        "Then say it back: “What I hear is …”. Own words, the feeling too, nothing added.",
        "The first one says “yes, that is it”, or “nearly, and …”. Try once more if it was nearly.",
        "Change over. One turn each is enough for a day.",
        "It feels wooden at first, and both of you will answer too soon now and then. That is "
        "usual. Notice it and say the piece back after all.",
    ),
    example="“The meeting ran over and there was no lunch, and nobody asked.” – “What I hear is "
    "that it was a long morning, and that you felt unseen in it.” – “Yes, that is it.”",
    not_when="Not for the hardest subject of the week, and not where one of you is afraid of what "
    "the other does with what they hear. It waits until your counsellor says that work as a "
    "couple can begin.",
    source="Active listening goes back to C. R. Rogers and R. E. Farson. The wording is our own.",
    blocks=(
        TextBlock(key="subject", prompt="What was it about?", required=True, rows=1),
        *two_person_turn("first_turn", speaker="First speaker", listener="First listener"),
        *two_person_turn("second_turn", speaker="Second speaker", listener="Second listener"),
        ChecklistBlock(
            key="listening",
            prompt="What was there while one of you listened?",
            hint="Tick what was true, even for a moment.",
            options=(
                Option("phones_away", "The phones were away"),
                Option("eye_contact", "We looked at each other"),
                Option("no_interrupting", "Nobody was interrupted"),
                Option("no_advice", "No advice before it was asked for"),
                Option("feeling_named", "The feeling was said back, not only the facts"),
            ),
        ),
    ),
    for_whom=GivenTo.TOGETHER,
    frequency=Frequency.SEVERAL_TIMES_A_WEEK,
    times_per_week=3,
    default_audience=Audience.COUPLE,
    skills=(Skill.COMMUNICATION, Skill.EMOTIONAL_AVAILABILITY),
    patterns=(InteractionPattern.DEFENSIVENESS, InteractionPattern.CRITICISM),
    goals=(ProblemGroup.TALKING,),
)
