"""After a betrayal: what helps, and what does not."""

from practice.domain.handouts.definition import Handout, Passage

HANDOUT = Handout(
    key="after_a_betrayal",
    title="When trust was broken",
    lead="There is no date by which it must be good again. Some couples need weeks, many need much "
    "longer, and some part. Nothing has to be decided this week.",
    passages=(
        Passage(
            "What helps whoever was hurt",
            (
                "Sleep, food, one person to talk to who takes no side.",
                "Writing the questions down instead of asking them at midnight, and asking for "
                "what lets you decide or rest, not for pictures.",
                "Saying what you need to see done, in things that can be done.",
                "Space, when you need it. Asking for space is not a punishment.",
            ),
        ),
        Passage(
            "What helps from whoever broke it",
            (
                "It is over, and that is said plainly.",
                "The truth without being asked again and again; no new small lies.",
                "No “but you”. Reasons may be spoken of later, in a session.",
                "Small promises, kept every day. Telling first when something was hard.",
                "Staying when the same pain comes up for the tenth time.",
            ),
        ),
        Passage(
            "What does not help",
            (
                "Watching all the time: passwords, location, searching a phone. It calms for an "
                "hour, and trust does not grow under guard.",
                "Questioning at night. One fixed time a week does more.",
                "Being told to get over it. Forgiving quickly to have peace.",
                "Telling everybody in the first days; some of it cannot be taken back.",
            ),
        ),
        Passage(
            "Forgiving",
            (
                "It is not forgetting, not excusing, and not the same as staying. It comes in its "
                "own time, or not at all. Where nothing changes, nobody has to forgive.",
            ),
        ),
        Passage(
            "Up and down is normal",
            ("A bad day after good ones takes nothing away.",),
        ),
    ),
    careful="If you are threatened, controlled or hurt, or if you think of hurting yourself or "
    "somebody else, do not wait for the next session: ring your counsellor or the emergency "
    "number.",
    source="Close to how D. H. Baucom, D. K. Snyder and K. C. Gordon describe recovery after an "
    "affair. The wording is our own.",
    worksheets=("questions_i_need", "needs_list", "transparency_check_in", "forgiveness"),
)
