"""Acknowledge first: meet a feeling before offering a solution."""

from practice.domain.homework.blocks import ChecklistBlock, ChoiceBlock, Option, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="acknowledge_first",
    version=1,
    title="First the feeling",
    purpose="To be with each other in something hard, before anybody tries to fix it.",
    minutes=5,
    steps=(
        "When your partner tells you something that weighs on them, hold back advice. Ask "
        "once: “shall I listen, or help?”",
        "Look for the feeling under the story, and name it as a guess: “that sounds lonely”.",
        "Say one sentence that lets it be: “no wonder you are tired”, “I would have "
        "been hurt too”, “tell me more”.",
        "Then be quiet for three breaths. Your partner goes on, or is done.",
        "Only if you are asked: say what you think could help.",
        "Slipping into advice is the most ordinary thing there is; mostly it is kindness in a "
        "hurry. Say “sorry, I was trying to fix it” and go back to listening.",
    ),
    example="“My sister did not even ring.” – “Shall I listen, or help?” – “Listen.” – “That "
    "must have stung. You had been looking forward to it.”",
    not_when="Acknowledging is not agreeing, and nobody has to acknowledge a threat or an insult. "
    "If you are afraid of your partner's anger, your own safety comes first. It waits until your "
    "counsellor says that work as a couple can begin.",
    source=None,
    blocks=(
        TextBlock(key="told", prompt="What did your partner tell you?", required=True, rows=2),
        TextBlock(
            key="said",
            prompt="What did you say to meet the feeling?",
            hint="The words, as far as you remember them.",
            required=True,
            rows=2,
        ),
        ChecklistBlock(
            key="phrases",
            prompt="Was one of these in it?",
            options=(
                Option("no_wonder", "“No wonder …”"),
                Option("sounds", "“That sounds …”"),
                Option("me_too", "“I would have felt that too.”"),
                Option("tell_me", "“Tell me more.”"),
                Option("here", "“I am here.”"),
                Option("silence", "Nothing; I stayed and listened"),
            ),
        ),
        ChoiceBlock(
            key="effect",
            prompt="How did your partner seem afterwards?",
            options=(
                Option("softer", "A little softer"),
                Option("same", "About the same"),
                Option("harder", "More closed"),
                Option("not_sure", "I could not tell"),
            ),
        ),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.SEVERAL_TIMES_A_WEEK,
    times_per_week=3,
    default_audience=Audience.THERAPIST,
    skills=(Skill.EMOTIONAL_AVAILABILITY, Skill.COMMUNICATION),
    patterns=(InteractionPattern.DEFENSIVENESS, InteractionPattern.DEMAND_WITHDRAW),
    goals=(ProblemGroup.TALKING, ProblemGroup.CLOSENESS),
)
