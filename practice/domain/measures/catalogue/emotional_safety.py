"""Emotional safety: five sentences of our own, added up. For the therapist: not shareable.

Whoever is not safe with a partner must be able to answer truly, and a partner who controls would
ask to see it.
"""

from practice.domain.measures.definition import Choice, Example, Item, Measure, Scale

_HOW_OFTEN = tuple(
    Choice(value, label)
    for value, label in enumerate(("Never", "Rarely", "Sometimes", "Often", "Always"))
)
_ITEMS = (
    Item("safe_respect", "My partner treated me with respect.", _HOW_OFTEN),
    Item("safe_listening", "My partner listened to me without judging.", _HOW_OFTEN),
    Item("safe_promises", "My partner kept promises, small ones too.", _HOW_OFTEN),
    Item("safe_speaking", "I could say what I think and feel.", _HOW_OFTEN),
    Item("safe_no", "I could say no, and it was accepted.", _HOW_OFTEN),
)
_BY_HAND = "our own sentences, summed by hand"

MEASURE = Measure(
    key="emotional_safety",
    title="Emotional safety: five sentences",
    short_title="Emotional safety",
    purpose="How safe it felt to be open with your partner.",
    minutes=1,
    instruction=(
        "Think of the past two weeks. How often was it like this? Please answer on your own, where "
        "nobody looks over your shoulder."
    ),
    items=_ITEMS,
    scales=(
        Scale(
            key="emotional_safety",
            title="Emotional safety",
            short_title="Emotional safety",
            item_keys=tuple(item.key for item in _ITEMS),
            low=0,
            high=20,
            higher_is_better=True,
        ),
    ),
    validated=False,
    notice=(
        "These are sentences of our own, not a validated test: there is no cut score and no test "
        "of reliable change. It does not ask about violence, and a high score does not mean that "
        "somebody is safe."
    ),
    citation="Written for Dyad; no published source.",
    licence="MIT, as the code of Dyad.",
    wording_version="emotional safety 1",
    missing_rule="Every sentence is needed; with one missing there is no total.",
    about_relationship=True,
    examples=(
        Example({item.key: 0 for item in _ITEMS}, {"emotional_safety": 0}, _BY_HAND),
        Example({item.key: 4 for item in _ITEMS}, {"emotional_safety": 20}, _BY_HAND),
        Example(
            {
                "safe_respect": 3,
                "safe_listening": 1,
                "safe_promises": 2,
                "safe_speaking": 0,
                "safe_no": 4,
            },
            {"emotional_safety": 10},
            _BY_HAND,
        ),
    ),
    shareable=False,
)
