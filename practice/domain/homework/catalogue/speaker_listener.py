"""Speaker and listener: one speaks, one says back what was heard, then they change over."""

from practice.domain.homework.blocks import ChecklistBlock, Option, TextBlock, two_person_turn
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="speaker_listener",
    version=1,
    title="Speaker and listener",
    purpose="To understand each other on one subject, without having to agree or to solve it.",
    minutes=20,
    steps=(
        "Choose one subject, and for the first times an easy one: four out of ten on a scale of "
        "how much it hurts. Put the phones away and sit so that you can see each other.",
        "Take something to hold, a spoon will do. Whoever holds it is the speaker and has the "
        "floor. The other listens.",
        "Speaker: talk about yourself, in short pieces of two or three sentences, then pause. "
        "“I felt …”, rather than “you always …”.",
        "Listener: say back in your own words what you heard, “What I hear is …”. No answer, no "
        "defence, no advice yet. You do not have to agree in order to say it back.",
        "Speaker: say whether that was it. If something was missing, say that piece again. When "
        "you feel understood, hand over the spoon.",
        "Now the other one speaks. Stop after one turn each, even if there is more to say. "
        "Solving comes another day.",
        "If it heats up, either of you may say “let's stop here”, and you settle when to go on. "
        "Slipping into the old quarrel is normal at first; noticing it is the practice.",
    ),
    example="Speaker: “When I come home and nobody looks up, I feel like furniture. I wish for "
    "a minute of hello.” Listener: “What I hear is that you feel overlooked at the door, and a "
    "short hello would help.” Speaker: “Yes, that was it.” Then they change over.",
    not_when="Not in the middle of a quarrel, not after drinking, and not late at night. Not "
    "where what is said could be used against somebody afterwards, and not where one is afraid of "
    "the other. It waits until your counsellor says that work as a couple can begin.",
    source="The speaker-listener technique of H. J. Markman, S. M. Stanley and S. L. Blumberg "
    "(PREP; Fighting for Your Marriage). The wording is our own.",
    blocks=(
        TextBlock(
            key="subject",
            prompt="What was your subject?",
            hint="A few words.",
            required=True,
            rows=1,
        ),
        *two_person_turn(
            "first_turn", speaker="First speaker", listener="First listener", required=True
        ),
        *two_person_turn("second_turn", speaker="Second speaker", listener="Second listener"),
        ChecklistBlock(
            key="kept",
            prompt="What did you manage?",
            hint="Tick what was true for both of you. One or two is a good beginning.",
            options=(
                Option("spoke_of_self", "The speaker spoke of themselves"),
                Option("short_pieces", "The pieces were short enough to say back"),
                Option("said_back", "The listener said it back before answering"),
                Option("no_solving", "We did not try to solve it"),
                Option("stopped_in_time", "We stopped, or paused, in time"),
            ),
        ),
        TextBlock(
            key="new_to_us",
            prompt="Did you hear anything you had not known?",
            rows=2,
        ),
    ),
    for_whom=GivenTo.TOGETHER,
    frequency=Frequency.SEVERAL_TIMES_A_WEEK,
    times_per_week=2,
    default_audience=Audience.COUPLE,
    skills=(Skill.COMMUNICATION, Skill.CONFLICT_HANDLING),
    patterns=(
        InteractionPattern.CRITICISM,
        InteractionPattern.DEFENSIVENESS,
        InteractionPattern.DEMAND_WITHDRAW,
    ),
    goals=(ProblemGroup.TALKING,),
)
