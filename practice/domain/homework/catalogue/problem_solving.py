"""Problem solving: one practical problem, from a shared description to a trial."""

from practice.domain.homework.blocks import ChoiceBlock, ListBlock, Option, PlanBlock, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="problem_solving",
    version=1,
    title="One problem, one trial",
    purpose="To settle one practical question for two weeks, and then look again.",
    minutes=30,
    steps=(
        "Choose a practical problem: bedtimes, bills, who rings whom. Not a wound.",
        "Describe it together in one sentence that both can agree with, naming what each of you "
        "does towards it.",
        "Collect ideas for five minutes. Silly ones too; nobody comments.",
        "Go through them: what would each cost you, what would it bring you?",
        "Choose one, or mix two. Write who does what, when, and for how long you try it.",
        "Set a day to look at it again.",
        "The first solution rarely holds for good; changing it after two weeks is the normal way, "
        "and not a defeat.",
    ),
    example="“Bills lie about until they are red. We try: Sunday at six, both at the table, twenty "
    "minutes, you open, I pay. We look again on the fourteenth.”",
    not_when="Not for hurts that want to be heard first, and not where one of you decides under "
    "pressure or is afraid to say no. It waits until your counsellor says that work as a couple "
    "can begin.",
    source="Problem-solving training follows N. S. Jacobson and G. Margolin. The wording is "
    "our own.",
    blocks=(
        TextBlock(key="problem", prompt="The problem, in one sentence", required=True, rows=2),
        ListBlock(key="ideas", prompt="Ideas", most=10),
        TextBlock(key="chosen", prompt="What we try: who does what", required=True, rows=3),
        PlanBlock(key="review", prompt="When we look at it again"),
        ChoiceBlock(
            key="fair",
            prompt="Does it feel fair to both of you?",
            options=(
                Option("yes", "Yes"),
                Option("for_two_weeks", "Fair enough for a trial"),
                Option("not_yet", "Not yet"),
            ),
        ),
    ),
    for_whom=GivenTo.TOGETHER,
    frequency=Frequency.ONCE,
    default_audience=Audience.COUPLE,
    skills=(Skill.CONFLICT_HANDLING, Skill.COMMUNICATION),
    patterns=(InteractionPattern.AVOIDANCE, InteractionPattern.DEMAND_WITHDRAW),
    goals=(ProblemGroup.TALKING, ProblemGroup.OUTSIDE),
)
