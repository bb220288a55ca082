"""Attachment need: the longing under an argument, put into words."""

from practice.domain.homework.blocks import ChecklistBlock, ChoiceBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="attachment_need",
    version=1,
    title="What I long for underneath",
    purpose="To find the longing under the last quarrel, and words for it that do not attack.",
    minutes=15,
    steps=(
        "Take the last quarrel. What did you do: press, go after, argue, go quiet, leave?",
        "What did you feel just before that, for a second? Often it is smaller and softer than "
        "anger.",
        "What were you afraid of in that second: not mattering, not being good enough, being left?",
        "What would you have needed from your partner then?",
        "Make one sentence of it that starts with “I”, and keep it. You may read it out in a "
        "session.",
        "It is normal to find nothing the first time. The soft part hides well; it had reasons to.",
    ),
    example="“When you did not ring I went cold and picked at you. Underneath I was scared that I "
    "am not on your mind. I long to hear from you in the middle of the day.”",
    not_when="Not while you are afraid of your partner with good reason: then the fear is a "
    "warning to be taken seriously, not a need to be explained. Tell your counsellor in private.",
    source="Needs of attachment under a couple's conflict follow S. M. Johnson, emotionally "
    "focused therapy. The wording is our own.",
    blocks=(
        TextBlock(key="moment", prompt="Which moment?", rows=1),
        ChecklistBlock(
            key="move",
            prompt="What did I do?",
            options=(
                Option("pressed", "Pressed for an answer"),
                Option("criticised", "Found fault"),
                Option("explained", "Explained myself"),
                Option("quiet", "Went quiet"),
                Option("left", "Went away"),
                Option("joked", "Made light of it"),
            ),
        ),
        ChoiceBlock(
            key="fear",
            prompt="What was I afraid of, underneath?",
            options=(
                Option("not_matter", "That I do not matter"),
                Option("not_enough", "That I am not enough"),
                Option("alone", "That I am left alone with it"),
                Option("lost", "That I lose you"),
                Option("swallowed", "That there is no room for me"),
                Option("other", "Something else"),
            ),
        ),
        TextBlock(key="sentence", prompt="What I long for", required=True, rows=3),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.ONCE,
    default_audience=Audience.THERAPIST,
    skills=(Skill.EMOTIONAL_AVAILABILITY,),
    patterns=(
        InteractionPattern.DEMAND_WITHDRAW,
        InteractionPattern.STONEWALLING,
        InteractionPattern.CRITICISM,
    ),
    goals=(ProblemGroup.CLOSENESS, ProblemGroup.PATTERNS),
    needs_both_safe=False,
)
