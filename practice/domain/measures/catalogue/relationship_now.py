"""One question of our own, months after the therapy: whether they are still together.

A fact, not a score: parting is nobody's failure, and nothing is computed from it. Each member's
answer is for the therapist; two answers that differ are two answers.
"""

from practice.domain.measures.definition import Choice, Example, Item, Measure

MEASURE = Measure(
    key="relationship_now",
    title="How things are between you: one question",
    short_title="Relationship now",
    purpose="Whether you are together, some time after the therapy.",
    minutes=1,
    instruction="Choose what fits best today. Any answer is a good answer.",
    items=(
        Item(
            "together",
            "Are you and your partner together?",
            (
                Choice(0, "We are together"),
                Choice(1, "We are together, and one of us or both think of parting"),
                Choice(2, "We live apart, and it is open what comes"),
                Choice(3, "We have parted"),
                Choice(4, "I would rather not say"),
            ),
        ),
    ),
    scales=(),
    validated=False,
    notice=(
        "One question of our own, not a validated test: the answer is kept as it is and never "
        "counted."
    ),
    citation="Written for Dyad; no published source.",
    licence="MIT, as the code of Dyad.",
    wording_version="relationship now 1",
    missing_rule="Nothing is computed, so nothing can be missing.",
    about_relationship=True,
    examples=(Example({"together": 3}, {}, "nothing is counted, whatever is answered"),),
    shareable=False,
)
