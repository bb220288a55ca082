"""Four ratings of our own, 0 to 10: satisfaction, communication, conflict, trust.

They say how the week was. They are not a validated test: no cut score, no norms, no class.
"""

from practice.domain.measures.definition import Choice, Example, Item, Measure, Poles, Scale

_ZERO_TO_TEN = tuple(Choice(value, str(value)) for value in range(11))


def _rating(key: str, text: str, left: str, right: str) -> Item:
    return Item(key, text, _ZERO_TO_TEN, poles=Poles(left, right, digits_shown=True))


def _scale(key: str, title: str, *, higher_is_better: bool = True) -> Scale:
    return Scale(
        key=key,
        title=title,
        short_title=title,
        item_keys=(key,),
        low=0,
        high=10,
        higher_is_better=higher_is_better,
    )


_ITEMS = (
    _rating(
        "satisfaction",
        "How satisfied were you with your relationship?",
        "Not at all satisfied",
        "Completely satisfied",
    ),
    _rating(
        "communication",
        "How well did you and your partner talk and listen to each other?",
        "Not at all well",
        "Very well",
    ),
    _rating(
        "conflict",
        "How much conflict was there between you and your partner?",
        "None at all",
        "A great deal",
    ),
    _rating(
        "trust",
        "How much did you trust your partner?",
        "Not at all",
        "Completely",
    ),
)
_BY_HAND = "our own ratings: each score is the number chosen"

MEASURE = Measure(
    key="ratings",
    title="How this week was: four ratings",
    short_title="Ratings",
    purpose="How the past week was between you, in four numbers.",
    minutes=1,
    instruction=(
        "Think of the past week. Choose a number from 0 to 10 for each question. Please answer on "
        "your own; there are no right or wrong answers."
    ),
    items=_ITEMS,
    scales=(
        _scale("satisfaction", "Satisfaction"),
        _scale("communication", "Communication"),
        _scale("conflict", "Conflict", higher_is_better=False),
        _scale("trust", "Trust"),
    ),
    validated=False,
    notice=(
        "These are single ratings of our own, not a validated test. They show a direction; there "
        "is no cut score and no test of reliable change."
    ),
    citation="Written for Dyad; no published source.",
    licence="MIT, as the code of Dyad.",
    wording_version="ratings 1",
    missing_rule="Every rating is needed, so that each line has the same weeks.",
    about_relationship=True,
    examples=(
        Example(
            {item.key: 0 for item in _ITEMS},
            {"satisfaction": 0, "communication": 0, "conflict": 0, "trust": 0},
            _BY_HAND,
        ),
        Example(
            {item.key: 10 for item in _ITEMS},
            {"satisfaction": 10, "communication": 10, "conflict": 10, "trust": 10},
            _BY_HAND,
        ),
        Example(
            {"satisfaction": 6, "communication": 4, "conflict": 8, "trust": 7},
            {"satisfaction": 6, "communication": 4, "conflict": 8, "trust": 7},
            _BY_HAND,
        ),
    ),
)
