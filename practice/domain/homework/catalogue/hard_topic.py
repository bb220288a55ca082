"""One hard topic in fifteen minutes: a subject that is always put off, opened a little."""

from practice.domain.homework.blocks import (
    ChecklistBlock,
    ChoiceBlock,
    Option,
    PlanBlock,
    TextBlock,
)
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="hard_topic",
    version=1,
    title="One hard topic, fifteen minutes",
    purpose="To open a subject that is always put off, and to close it again in time.",
    minutes=15,
    steps=(
        "Choose one subject together, and write it as a question: “how do we do Sundays”.",
        "Set a day and a time, not before bed. Put a clock where both can see it.",
        "Five minutes for one, five minutes for the other. Whoever listens asks only to "
        "understand.",
        "Five minutes at the end: what is each of you taking away? No decision is needed today.",
        "Stop when the clock says so, even if it goes well. Say when you go on, or that it is "
        "enough for now.",
        "If it heats up, stop early; a short start is still a start. It is usual that the first "
        "time feels stiff.",
    ),
    example="“How do we talk about money?” After the clock: “I did not know that overdrafts "
    "frighten you.” – “I take away that you want to be asked before, not told after.”",
    not_when="Not for an affair that has just come out, not for a decision to part, and not where "
    "one of you is afraid: such subjects belong in a session. It waits until your counsellor says "
    "that work as a couple can begin.",
    source=None,
    blocks=(
        TextBlock(key="question", prompt="Your subject, as a question", required=True, rows=1),
        PlanBlock(key="when", prompt="When do you sit down?"),
        TextBlock(key="first_takes", prompt="What does the first of you take away?", rows=2),
        TextBlock(key="second_takes", prompt="And the second?", rows=2),
        ChecklistBlock(
            key="kept",
            prompt="What did you manage?",
            options=(
                Option("clock", "We kept to the clock"),
                Option("turns", "Each had a turn"),
                Option("questions", "There were questions rather than answers"),
                Option("stopped", "We stopped in time"),
            ),
        ),
        ChoiceBlock(
            key="next",
            prompt="And now?",
            options=(
                Option("again", "We go on another day"),
                Option("enough", "It is enough for now"),
                Option("session", "We bring it to the session"),
            ),
        ),
    ),
    for_whom=GivenTo.TOGETHER,
    frequency=Frequency.WEEKLY,
    default_audience=Audience.COUPLE,
    skills=(Skill.CONFLICT_HANDLING, Skill.COMMUNICATION),
    patterns=(InteractionPattern.AVOIDANCE, InteractionPattern.DEMAND_WITHDRAW),
    goals=(ProblemGroup.TALKING,),
)
