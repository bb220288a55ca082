"""Time-out in short."""

from practice.domain.handouts.definition import Handout, Passage

HANDOUT = Handout(
    key="time_out_in_short",
    title="A break, and back again",
    lead="A break is not a way out of a talk. It is the way back into it with a cooler head.",
    passages=(
        Passage(
            "On a calm day, settle",
            (
                "Our word or sign for “I need a break”: ______________________________",
                "How long: at least twenty minutes, at most a day. Ours: ______________",
                "Where each of us goes meanwhile: ______________________________",
            ),
        ),
        Passage(
            "When it gets hot",
            (
                "Notice it early: heart going, jaw tight, voice up, or nothing left to say.",
                "Say it about yourself, with a time: “I need a break. I am back at half past.”",
                "The other says “all right”, and nothing more.",
                "Go apart. Do something that calms the body: walk, breathe out slowly, wash up.",
                "Do not rehearse the quarrel, and do not write messages about it.",
            ),
            in_order=True,
        ),
        Passage(
            "Back again",
            (
                "Come back at the time you named. If you need longer, come and say so, with a new "
                "time.",
                "Ask: “Is now good?” Begin with what you understood, not with where you stopped.",
                "It may be enough for today to say that you are back.",
            ),
            in_order=True,
        ),
        Passage(
            "It will not work every time",
            (
                "The first breaks come late, or a door is slammed. That is normal. The coming back "
                "is what counts, also when it is clumsy.",
            ),
        ),
    ),
    careful="Nobody may be followed into a break, kept from leaving, or punished with silence for "
    "days. Where somebody is afraid, a break does not help: go to safety and tell your counsellor "
    "in private.",
    source="Breaks while the body is flooded are described by J. M. Gottman; a named time of "
    "return, by H. J. Markman and colleagues. The wording is our own.",
    worksheets=("time_out", "settle_myself"),
)
