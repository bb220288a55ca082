"""Skill practice: which skill was used in daily life, where, and how it went."""

from practice.domain.homework.blocks import (
    Column,
    LogBlock,
    Option,
    RatingBlock,
    TextBlock,
)
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

_SKILLS = (
    Option("i_statement", "Saying it with “I”"),
    Option("saying_back", "Saying back what I heard"),
    Option("break", "A break with a time of return"),
    Option("acknowledging", "First the feeling"),
    Option("repair", "A repair attempt"),
    Option("asking", "Asking for what I need"),
    Option("other", "Something else"),
)

TEMPLATE = Template(
    key="skill_practice",
    version=1,
    title="Tried it at home",
    purpose="To carry what you practised in the room into an ordinary day.",
    minutes=5,
    steps=(
        "Choose one skill from the last session and leave the others alone for this week.",
        "Look for a small occasion for it. Quarrels come later; the queue at the till will do.",
        "Try it once, or as often as there is an occasion.",
        "Write down when, with whom, and how it went, in two lines.",
        "What goes stiffly the first five times is going normally. Bring the stiff ones to the "
        "session, they are the useful ones.",
    ),
    example="“Said back what my daughter told me before answering. She looked at me oddly and "
    "went on talking for ten minutes.”",
    not_when="Not in a moment in which you are afraid, and not on your partner as a test of "
    "whether they notice. It waits until your counsellor says that work as a couple can begin.",
    source=None,
    blocks=(
        LogBlock(
            key="tries",
            prompt="Where I tried it",
            hint="One is enough. The same skill several times is fine.",
            required=True,
            most=6,
            columns=(
                Column(key="skill", label="Which skill?", required=True, options=_SKILLS),
                Column(key="situation", label="When and with whom", required=True),
                Column(key="went", label="How it went"),
            ),
        ),
        RatingBlock(
            key="ease",
            prompt="How easy was it?",
            low_label="very stiff",
            high_label="quite natural",
        ),
        TextBlock(key="stiff", prompt="What I would like to look at in the session", rows=2),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.SEVERAL_TIMES_A_WEEK,
    times_per_week=2,
    default_audience=Audience.THERAPIST,
    skills=(Skill.COMMUNICATION, Skill.CONFLICT_HANDLING, Skill.EMOTIONAL_AVAILABILITY),
    patterns=(InteractionPattern.CRITICISM, InteractionPattern.DEFENSIVENESS),
    goals=(ProblemGroup.TALKING, ProblemGroup.PATTERNS),
)
