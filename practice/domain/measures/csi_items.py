"""Wording of the Couples Satisfaction Index, shared by the CSI-16 and the CSI-4.

The item texts, answers and the instruction in this file are not covered by the licence of the
code. They are the work of Janette L. Funk and Ronald D. Rogge, who state that the CSI scales are
"freely available for use in both clinical and research settings" and that "no additional
permission is necessary". Commercial use is not addressed. Keep the citation with the items, and do
not change a word: the published cut scores hold for this wording only.

Funk, J. L., & Rogge, R. D. (2007). Testing the ruler with item response theory: Increasing
precision of measurement for relationship satisfaction with the Couples Satisfaction Index. Journal
of Family Psychology, 21(4), 572-583. https://doi.org/10.1037/0893-3200.21.4.572
"""

from practice.domain.certainty import Certainty
from practice.domain.measures.definition import Choice, Cut, Item, Norms, Poles, Scale

CITATION = (
    "Funk, J. L., & Rogge, R. D. (2007). Testing the ruler with item response theory: Increasing "
    "precision of measurement for relationship satisfaction with the Couples Satisfaction Index. "
    "Journal of Family Psychology, 21(4), 572-583. https://doi.org/10.1037/0893-3200.21.4.572"
)
LICENCE = (
    "Couples Satisfaction Index: Funk & Rogge (2007). Free for clinical and research use by the "
    "authors' statement; no further permission needed."
)
WORDING_VERSION = "CSI(16), authors' English form"
MISSING_RULE = (
    "Every item is needed. With one missing there is no total, because no rule for estimating a "
    "missing answer has been published."
)
INSTRUCTION = "Please answer on your own. There are no right or wrong answers."
"""Ours: the authors' form prints an instruction only before the word pairs."""

_WORD_PAIRS_INSTRUCTION = (
    "For each of the following items, select the answer that best describes how you feel about "
    "your relationship. Base your responses on your first impressions and immediate feelings "
    "about the item."
)


def _choices(*labels: str, falling: bool = False) -> tuple[Choice, ...]:
    values = range(len(labels))
    order = reversed(values) if falling else values
    return tuple(Choice(value, label) for value, label in zip(order, labels, strict=True))


def _word_pair(key: str, left: str, right: str, *, instruction: str | None = None) -> Item:
    """Build a bipolar item; the pole in ``_SATISFIED`` is where the 5 stands, as printed."""
    labels = [f"{place} of 6" for place in range(1, 7)]
    labels[0] = f"1 of 6, nearest to {left}"
    labels[-1] = f"6 of 6, nearest to {right}"
    return Item(
        key=key,
        text=f"{left} – {right}",
        choices=_choices(*labels, falling=left in _SATISFIED),
        instruction=instruction,
        poles=Poles(left, right, digits_shown=False),
    )


_SATISFIED = frozenset({"INTERESTING", "GOOD", "FULL", "STURDY", "HOPEFUL", "ENJOYABLE"})

_HAPPINESS = _choices(
    "Extremely Unhappy",
    "Fairly Unhappy",
    "A Little Unhappy",
    "Happy",
    "Very Happy",
    "Extremely Happy",
    "Perfect",
)
_HOW_OFTEN = _choices(
    "All the time",
    "Most of the time",
    "More often than not",
    "Occasionally",
    "Rarely",
    "Never",
    falling=True,
)
_HOW_TRUE = _choices(
    "Not at all TRUE",
    "A little TRUE",
    "Somewhat TRUE",
    "Mostly TRUE",
    "Almost Completely TRUE",
    "Completely TRUE",
)
_HOW_MUCH = _choices(
    "Not at all", "A little", "Somewhat", "Mostly", "Almost Completely", "Completely"
)

CSI16_ITEMS: tuple[Item, ...] = (
    Item(
        "csi_01",
        "Please indicate the degree of happiness, all things considered, of your relationship.",
        _HAPPINESS,
    ),
    Item(
        "csi_02",
        "In general, how often do you think that things between you and your partner are going "
        "well?",
        _HOW_OFTEN,
    ),
    Item("csi_03", "Our relationship is strong", _HOW_TRUE),
    Item("csi_04", "My relationship with my partner makes me happy", _HOW_TRUE),
    Item("csi_05", "I have a warm and comfortable relationship with my partner", _HOW_TRUE),
    Item("csi_06", "I really feel like part of a team with my partner", _HOW_TRUE),
    Item("csi_07", "How rewarding is your relationship with your partner?", _HOW_MUCH),
    Item("csi_08", "How well does your partner meet your needs?", _HOW_MUCH),
    Item(
        "csi_09",
        "To what extent has your relationship met your original expectations?",
        _HOW_MUCH,
    ),
    Item("csi_10", "In general, how satisfied are you with your relationship?", _HOW_MUCH),
    _word_pair("csi_11", "INTERESTING", "BORING", instruction=_WORD_PAIRS_INSTRUCTION),
    _word_pair("csi_12", "BAD", "GOOD"),
    _word_pair("csi_13", "FULL", "EMPTY"),
    _word_pair("csi_14", "STURDY", "FRAGILE"),
    _word_pair("csi_15", "DISCOURAGING", "HOPEFUL"),
    _word_pair("csi_16", "ENJOYABLE", "MISERABLE"),
)
"""Numbered as on the 16-item form."""

CSI4_KEYS: tuple[str, ...] = ("csi_01", "csi_05", "csi_07", "csi_10")
"""Items 1, 12, 19 and 22 of the 32-item form."""

CSI4_ITEMS: tuple[Item, ...] = tuple(item for item in CSI16_ITEMS if item.key in CSI4_KEYS)

_DEVELOPMENT_SAMPLE = "Funk & Rogge (2007), online development sample"
_ALPHA = "internal consistency (alpha)"
_STRICT = (
    "reliability set lower by us, because consistency within one sitting overstates stability "
    "over weeks"
)

CSI16_SCALE = Scale(
    key="csi16",
    title="Couples Satisfaction Index, 16 items",
    short_title="CSI-16",
    item_keys=tuple(item.key for item in CSI16_ITEMS),
    low=0,
    high=81,
    higher_is_better=True,
    cut=Cut(51.5, "Funk & Rogge (2007): below 51.5 notable dissatisfaction", Certainty.READ),
    norms=Norms(17, 0.98, _ALPHA, _DEVELOPMENT_SAMPLE, Certainty.GENERAL),
    conservative_norms=Norms(
        17, 0.94, _ALPHA, f"{_DEVELOPMENT_SAMPLE}; {_STRICT}", Certainty.INFERRED
    ),
)
CSI4_SCALE = Scale(
    key="csi4",
    title="Couples Satisfaction Index, 4 items",
    short_title="CSI-4",
    item_keys=CSI4_KEYS,
    low=0,
    high=21,
    higher_is_better=True,
    cut=Cut(13.5, "Funk & Rogge (2007): below 13.5 notable dissatisfaction", Certainty.READ),
    norms=Norms(4, 0.94, _ALPHA, _DEVELOPMENT_SAMPLE, Certainty.GENERAL),
    conservative_norms=Norms(
        4, 0.85, _ALPHA, f"{_DEVELOPMENT_SAMPLE}; {_STRICT}", Certainty.INFERRED
    ),
)
