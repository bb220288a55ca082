"""Own my part: one sentence about one's own share, without a "but"."""

from practice.domain.homework.blocks import ChecklistBlock, ChoiceBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="own_my_part",
    version=1,
    title="My part in it",
    purpose="To say what was yours in a difficulty, in one sentence that stands by itself.",
    minutes=10,
    steps=(
        "Take one difficult moment of the last days. Not the worst one of your life.",
        "Leave your partner's part aside for now. It may be larger than yours; it is theirs.",
        "Write what you did or left undone, so that a camera could have seen it.",
        "Write what it may have been like for your partner. A guess is enough.",
        "Make one sentence of it. If there is a “but” in it, end it before the “but”.",
        "Decide whether to keep it or to say it. If you say it, expect nothing back this time.",
        "It is normal that this goes against the grain. Owning a tenth is a good beginning.",
    ),
    example="“On Sunday I rolled my eyes while you spoke about your mother. I think you felt "
    "ridiculed. I am sorry for that.”",
    not_when="Never to take on the blame for having been hurt, threatened or frightened by your "
    "partner: that is not your part. If you are afraid, speak to your counsellor in private. It "
    "waits until your counsellor says that work as a couple can begin.",
    source=None,
    blocks=(
        TextBlock(key="moment", prompt="Which moment?", hint="One line.", rows=1),
        TextBlock(
            key="did",
            prompt="What did I do, or leave undone?",
            required=True,
            rows=2,
        ),
        TextBlock(key="for_them", prompt="What may it have been like for my partner?", rows=2),
        TextBlock(
            key="sentence",
            prompt="My sentence",
            hint="Without “but”, “if” and “you too”.",
            required=True,
            rows=3,
        ),
        ChecklistBlock(
            key="checks",
            prompt="Does it hold?",
            options=(
                Option("mine", "It is about what I did"),
                Option("no_but", "There is no “but” in it"),
                Option("plain", "It is plain and short"),
            ),
        ),
        ChoiceBlock(
            key="said",
            prompt="What did you do with it?",
            options=(
                Option("said", "I said it"),
                Option("written", "I wrote it to my partner"),
                Option("kept", "I kept it for now"),
            ),
        ),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.WEEKLY,
    default_audience=Audience.THERAPIST,
    skills=(Skill.CONFLICT_HANDLING, Skill.EMOTIONAL_AVAILABILITY),
    patterns=(InteractionPattern.DEFENSIVENESS, InteractionPattern.CRITICISM),
    goals=(ProblemGroup.PATTERNS, ProblemGroup.TRUST),
)
