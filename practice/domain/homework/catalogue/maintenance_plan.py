"""Maintenance plan: what keeps going after therapy, and what to do when it slips."""

from practice.domain.homework.blocks import ChoiceBlock, ListBlock, Option, PlanBlock, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="maintenance_plan",
    version=1,
    title="What we keep going",
    purpose="To take along what helped, and to know early when it slips.",
    minutes=40,
    steps=(
        "Look back: which three things helped most? Small ones count double.",
        "Decide which of them go on, how often, and who reminds whom.",
        "Write down your early signs: how do you notice that it is slipping, each of you?",
        "Decide what you do then, in this order: something the two of you do, somebody you ask, "
        "when you come back here.",
        "Put a date into the calendar to read this page again together.",
        "Slipping back for a while is a normal part of it. A plan for it is not a bad omen.",
    ),
    example="“The hour on Thursday stays. Early sign: we eat in different rooms for a week. Then "
    "we read this page; if it goes on for a month, we ring.”",
    not_when="Not as a way of ending early what still hurts, and not where one of you is afraid "
    "of being alone with the other afterwards. It waits until your counsellor says that work as a "
    "couple can begin.",
    source="Keeping gains after therapy follows the idea of relapse prevention (G. A. Marlatt and "
    "J. R. Gordon). The wording is our own.",
    blocks=(
        ListBlock(key="keep", prompt="What we keep going", required=True, most=5),
        ListBlock(key="signs", prompt="Early signs that it slips", most=5),
        TextBlock(key="first", prompt="What we do first", required=True, rows=2),
        TextBlock(key="support", prompt="Whom we ask", rows=1),
        TextBlock(key="back", prompt="When we come back to counselling", rows=2),
        PlanBlock(key="read_again", prompt="When we read this again"),
        ChoiceBlock(
            key="reminds",
            prompt="Who brings it up?",
            options=(
                Option("either", "Whoever notices first"),
                Option("turns", "We take turns"),
                Option("calendar", "The calendar"),
            ),
        ),
    ),
    for_whom=GivenTo.TOGETHER,
    frequency=Frequency.ONCE,
    default_audience=Audience.COUPLE,
    skills=(Skill.COMMUNICATION, Skill.CONFLICT_HANDLING),
    goals=(ProblemGroup.PATTERNS,),
)
