"""Quality time: an hour planned, protected, spent, and rated by each."""

from practice.domain.homework.blocks import ChecklistBlock, Option, PlanBlock, TextBlock
from practice.domain.homework.definition import Template
from practice.domain.homework.terms import Frequency, GivenTo, Skill
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.sessions import InteractionPattern
from practice.domain.visibility import Audience

TEMPLATE = Template(
    key="quality_time",
    version=2,
    title="An hour for the two of us",
    purpose="To be together once a week without a task between you.",
    minutes=60,
    steps=(
        "Sit down for five minutes and each name two or three things you would like to do. "
        "Cheap and near is fine: cook something, walk round the park, play cards.",
        "Pick one that neither of you minds. Take turns in having the last word on it.",
        "Settle the day, the time and the place, and who looks after the children or the phone. "
        "Half an hour that takes place is better than an evening that does not.",
        "When the hour comes: phones in another room, and no talk of money, chores or quarrels. "
        "If one of them turns up, say “later” and go back to what you were doing.",
        "Stop while it is still pleasant. Afterwards each of you fills in this page alone.",
        "If the hour falls through or is a bit stiff, nothing is wrong. Most couples need a few "
        "goes before it feels easy again. Choose the next day and make it smaller.",
    ),
    example="Thursday, eight o'clock, once the children are in bed: make pancakes together with "
    "the radio on. Both phones stay in the hall. Next week it is the other one's turn to choose.",
    not_when="Not in the days straight after a serious breach of trust has come out, when being "
    "alone together is more than one of you can bear. Not while one is afraid of the other. It "
    "waits until your counsellor says that work as a couple can begin.",
    source=None,
    blocks=(
        PlanBlock(
            key="planned",
            prompt="What did you plan?",
            hint="What, on which day, at what time and where.",
            required=True,
        ),
        ChecklistBlock(
            key="protected",
            prompt="What helped to protect the time?",
            hint="Tick what was true. None is an answer too.",
            options=(
                Option("both_chose", "Both of us had a say in what we did"),
                Option("phones_away", "The phones were away"),
                Option("no_problems", "We left problems for another time"),
                Option("came_back", "A problem came up, and we went back to our hour"),
                Option("stopped_well", "We stopped while it was still pleasant"),
            ),
        ),
        TextBlock(
            key="best_moment",
            prompt="Was there a moment you would like to have again?",
            rows=2,
        ),
        PlanBlock(
            key="next_time",
            prompt="What about the next time?",
            hint="Only if you have talked about it already.",
        ),
    ),
    for_whom=GivenTo.EACH,
    frequency=Frequency.WEEKLY,
    default_audience=Audience.WHEN_ALL_DONE,
    skills=(Skill.EMOTIONAL_AVAILABILITY,),
    patterns=(InteractionPattern.AVOIDANCE,),
    goals=(ProblemGroup.CLOSENESS,),
)
