"""Repair phrases: what to say or do when a quarrel begins to run away."""

from practice.domain.handouts.definition import Handout, Passage

HANDOUT = Handout(
    key="repair_phrases",
    title="Ways back in a quarrel",
    lead="Any small thing that turns the heat down. Tick the ones that suit you, and put the page "
    "where both of you can see it.",
    passages=(
        Passage(
            "To slow down",
            (
                "□ “Can we start over?”",
                "□ “That came out wrong. Let me try again.”",
                "□ “I am getting hot. Give me a minute.”",
                "□ “Could you say that more gently?”",
            ),
        ),
        Passage(
            "To come closer",
            (
                "□ “I see your point, that part is true.”",
                "□ “I am sorry for the tone.”",
                "□ “We are on the same side.”",
                "□ “I do not want to quarrel with you.”",
            ),
        ),
        Passage(
            "Without words",
            (
                "□ A hand on the arm, if the other likes that now.",
                "□ Sitting down. Putting the kettle on. Opening a window.",
                "□ A joke about oneself, never about the other.",
                "□ Our own sign or word: ______________________________",
            ),
        ),
        Passage(
            "When the other tries one",
            (
                "Look for the wish behind it, even when the words are clumsy.",
                "Take it up in a small way: “all right”, a nod, a breath.",
                "To take it up does not mean that you agree, or that the subject is closed.",
            ),
        ),
        Passage(
            "Many come to nothing",
            ("In happy couples too. Each one counts. Try again a little later, or another one.",),
        ),
    ),
    careful="A repair is an offer, not a duty. Where somebody is frightened, threatened or hurt, "
    "the task is not to make peace but to be safe: tell your counsellor in private.",
    source="Repair attempts as described by J. M. Gottman. The choice and the wording are our own.",
    worksheets=("repair_attempts",),
)
