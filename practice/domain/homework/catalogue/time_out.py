"""Time-out: a break that is asked for, and ends when it was said to end."""

from practice.domain.homework.blocks import ChoiceBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="time_out",
    version=1,
    title="A break, and back again",
    purpose="To stop a quarrel before it hurts, without walking out on each other.",
    minutes=5,
    steps=(
        "On a calm day, settle a word or a sign that means “I need a break”, and a length: twenty "
        "minutes at least, a day at the most.",
        "When you notice that you are getting hot, or going numb, say it about yourself: “I need "
        "a break. I am back at half past.” Name the time.",
        "The other says “all right”, even if it is hard, and nothing more. No last sentence.",
        "Go to different rooms, or one takes a walk. Do something that calms the body. Do not "
        "rehearse the quarrel, and do not write messages about it.",
        "Come back at the time you named. If you need longer, say so then, with a new time.",
        "Back together, ask first: “Is now good?” It may be enough to say that you are back.",
        "Often the first break comes late, or somebody slams a door. That is usual. What counts "
        "is the coming back; write it down here.",
    ),
    example="“I can feel my heart going. I need a break, I am back at nine.” At nine: “I am here. "
    "Can we sit down? I would like to begin with what I understood.”",
    not_when="A break is not a way to end a subject for good. It is not the answer where somebody "
    "is frightened, followed from room to room, kept from leaving, or hurt: there, go to safety "
    "and tell your counsellor in private. It waits until your counsellor says that work as a "
    "couple can begin.",
    source="Breaks while the body is flooded are described by J. M. Gottman; a named time of "
    "return, by H. J. Markman and colleagues. The wording is our own.",
    blocks=(
        TextBlock(key="moment", prompt="What was going on?", hint="One line.", rows=2),
        ChoiceBlock(
            key="called_by",
            prompt="Who asked for the break?",
            required=True,
            options=(
                Option("me", "I did"),
                Option("partner", "My partner did"),
                Option("neither", "Nobody, we found out afterwards that we needed one"),
            ),
        ),
        ChoiceBlock(
            key="agreed",
            prompt="For how long was it agreed?",
            options=(
                Option("no_time", "No time was named"),
                Option("under_20", "Less than 20 minutes"),
                Option("20_to_60", "20 minutes to an hour"),
                Option("hours", "Some hours"),
                Option("next_day", "Until the next day"),
            ),
        ),
        ChoiceBlock(
            key="returned",
            prompt="And the coming back?",
            required=True,
            options=(
                Option("on_time", "At the time that was named"),
                Option("later_said_so", "Later, and it was said"),
                Option("later", "Later"),
                Option("next_day", "The next day"),
                Option("not_yet", "Not yet"),
            ),
        ),
        TextBlock(
            key="helped",
            prompt="What calmed you?",
            hint="Walking, breathing out slowly, music, folding the washing …",
            rows=2,
        ),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.WEEKLY,
    default_audience=Audience.THERAPIST,
    skills=(Skill.CONFLICT_HANDLING,),
    patterns=(InteractionPattern.STONEWALLING, InteractionPattern.CONTEMPT),
    goals=(ProblemGroup.PATTERNS, ProblemGroup.TALKING),
)
