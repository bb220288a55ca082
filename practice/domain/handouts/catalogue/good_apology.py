"""A good apology: five checks, and what to leave out."""

from practice.domain.handouts.definition import Handout, Passage

HANDOUT = Handout(
    key="good_apology",
    title="An apology that can be heard",
    lead="Short, about one thing, and without asking for anything back.",
    passages=(
        Passage(
            "Five checks",
            (
                "Direct: it says “I am sorry”.",
                "Specific: it names one thing that you did or left undone.",
                "Mine: no blame goes back, not even a little.",
                "Without excuses: no “but”, no “if you felt”.",
                "With a plan: what you will do from now on, in a size that you can keep.",
            ),
            in_order=True,
        ),
        Passage(
            "For example",
            (
                "“On Friday I told your brother about the loan. You had asked me not to, and you "
                "stood there in front of him. I am sorry for that. I will speak about our money to "
                "nobody without asking you first.”",
            ),
        ),
        Passage(
            "Before you say it",
            (
                "Ask yourself what it did to the other. If you do not know, ask them, and listen.",
                "Choose a quiet moment, and ask whether it is a good one.",
            ),
        ),
        Passage(
            "After you have said it",
            (
                "Stop there. The other owes you no answer and no forgiving.",
                "They may be angry or sad once more. That is part of being heard.",
                "Then do what you said. Trust comes from what is kept, not from what is announced.",
            ),
        ),
        Passage(
            "If you are the one who hears it",
            (
                "“Thank you for saying it” is enough. You may take time. You may say what is still "
                "missing.",
            ),
        ),
        Passage(
            "It may take more than one go",
            ("That is normal. Say the missing piece another day.",),
        ),
    ),
    careful="Nobody owes an apology for having been threatened, frightened or hurt. If you "
    "apologise because you are afraid of what happens otherwise, tell your counsellor in private.",
    source="The parts of an apology that matter have been studied by A. Lazare and by R. J. "
    "Lewicki and colleagues. The wording is our own.",
    worksheets=("apology_builder", "own_my_part"),
)
