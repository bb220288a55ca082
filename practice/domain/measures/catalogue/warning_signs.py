"""Fifteen early signs of our own, each by itself: how often, and how that changes. No total.

Added up they would look like a test, which they are not; which sign moved is what helps.
"""

from practice.domain.measures.definition import Choice, Example, Item, Measure, Scale

_HOW_OFTEN = tuple(
    Choice(value, label)
    for value, label in enumerate(("Never", "Rarely", "Sometimes", "Often", "Very often"))
)
# fmt: off
_SIGNS = (
    ("sign_tense_talk",   "Tense talk",              "Talking with each other was tense."),
    ("sign_avoiding",     "Avoiding each other",     "We kept out of each other’s way."),
    ("sign_silence",      "Short answers or silence",
     "We gave each other short answers, or none."),
    ("sign_topics",       "Topics left out",         "We left out something that needed saying."),
    ("sign_shallow",      "Talk on the surface",     "Our conversations stayed on the surface."),
    ("sign_affection",    "Fewer kind gestures",
     "A day went by without a hug, a kind word or a small gesture."),
    ("sign_intimacy",     "Less intimacy",           "I missed being close to my partner."),
    ("sign_arguments",    "Unsolved arguments",      "We argued, and nothing was settled."),
    ("sign_unhappy",      "More unhappy than happy",
     "When we were together I was more unhappy than happy."),
    ("sign_withdrawal",   "Withdrawal",              "One of us, or both, closed off."),
    ("sign_absence",      "Present but far away",
     "We were in one room, and it felt as if one of us was not there."),
    ("sign_loneliness",   "Loneliness",              "I felt lonely although I have a partner."),
    ("sign_small_things", "Small things feel big",   "A small disagreement felt big."),
    ("sign_no_fun",       "Less joy in common",
     "What we used to enjoy together was no fun, or we let it be."),
    ("sign_resentment",   "Resentment",              "I held something against my partner."),
)
# fmt: on
_KEYS = tuple(key for key, _, _ in _SIGNS)
_BY_HAND = "our own signs: each score is the answer chosen"


def _all(value: int) -> dict[str, int]:
    return dict.fromkeys(_KEYS, value)


_MIXED = _all(1) | {"sign_arguments": 4, "sign_loneliness": 0}

MEASURE = Measure(
    key="warning_signs",
    title="Signs to watch: fifteen",
    short_title="Signs",
    purpose="Which everyday signs of strain you have noticed between you.",
    minutes=3,
    instruction=(
        "Think of the past two weeks. How often was it like this? Most couples know some of "
        "these. Please answer on your own; there are no right or wrong answers."
    ),
    items=tuple(Item(key, text, _HOW_OFTEN) for key, _, text in _SIGNS),
    scales=tuple(Scale(key, title, title, (key,), 0, 4, False) for key, title, _ in _SIGNS),
    validated=False,
    notice=(
        "These are signs of our own, not a validated test. Each stands by itself: there is no "
        "total, no cut score and no test of reliable change."
    ),
    citation="Written for Dyad; no published source.",
    licence="MIT, as the code of Dyad.",
    wording_version="signs 1",
    missing_rule="Every sign is needed, so that each can be compared with the time before.",
    about_relationship=True,
    examples=(
        Example(_all(0), _all(0), _BY_HAND),
        Example(_all(4), _all(4), _BY_HAND),
        Example(_MIXED, _MIXED, _BY_HAND),
    ),
    board=True,
)
