"""Setbacks are normal."""

from practice.domain.handouts.definition import Handout, Passage

HANDOUT = Handout(
    key="setbacks_are_normal",
    title="Two steps on, one step back",
    lead="Nearly every couple that gets on better slips back in between. That is normal. It "
    "says that you are tired, not that it was all for nothing.",
    passages=(
        Passage(
            "What a setback looks like",
            (
                "The old quarrel, word for word, after three good weeks.",
                "The hour together that fell through, and nobody said anything.",
                "“You see, nothing has changed.” That sentence is part of it.",
            ),
        ),
        Passage(
            "In the first hour",
            (
                "Stop, and say so: “there it is again”.",
                "Take a break with a time of return. Eat and sleep if you can.",
                "Decide nothing that cannot be taken back.",
            ),
            in_order=True,
        ),
        Passage(
            "In the next days",
            (
                "One of you says one sentence: “I am sorry for my part” or “I missed you”.",
                "Take up the smallest thing that helped before, for five minutes.",
                "Ask without blame: what had gone before? Too little sleep, work, illness, family?",
                "Make the next step smaller than the last one. There is nothing to catch up on.",
            ),
            in_order=True,
        ),
        Passage(
            "What to look at",
            (
                "Not whether you quarrel, but how soon you find each other again.",
                "What is different from half a year ago, even a little?",
                "Write down one thing that each of you did well in it.",
            ),
        ),
        Passage(
            "Bring it to the session",
            ("The bad weeks are the useful ones there. Nobody gives marks.",),
        ),
    ),
    careful="Being threatened, watched or hurt is not a setback, and it does not pass by itself. "
    "Tell your counsellor in private, or somebody you trust.",
    source="That keeping gains needs a plan for slips follows G. A. Marlatt and J. R. Gordon. The "
    "wording is our own.",
    worksheets=("maintenance_plan", "time_out"),
)
