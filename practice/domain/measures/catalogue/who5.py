"""WHO-5: well-being over the last two weeks. It speaks of one person, so it is not shareable."""

from practice.domain.certainty import Certainty
from practice.domain.measures.definition import Cut, Example, Measure, Scale
from practice.domain.measures.who_items import CITATION, INSTRUCTION, LICENCE, WHO5_ITEMS

_SCALE = Scale(
    key="who5",
    title="Well-being (WHO-5)",
    short_title="WHO-5",
    item_keys=tuple(item.key for item in WHO5_ITEMS),
    low=0,
    high=100,
    higher_is_better=True,
    cut=Cut(50, "Topp et al. (2015): 50 or less is reduced well-being", Certainty.READ),
    factor=4,
    step=4,
)
_BY_HAND = "four times the sum of the printed values"


def _example(digits: str, total: int) -> Example:
    """Build an example from the five answers in their printed order."""
    answers = {item.key: int(digit) for item, digit in zip(WHO5_ITEMS, digits, strict=True)}
    return Example(answers, {"who5": total}, _BY_HAND)


MEASURE = Measure(
    key="who5",
    title="WHO-5 Well-Being Index",
    short_title="WHO-5",
    purpose="How well you have felt over the last two weeks.",
    minutes=1,
    instruction=INSTRUCTION,
    items=WHO5_ITEMS,
    scales=(_SCALE,),
    validated=True,
    notice="A screening questionnaire: a score is not a diagnosis.",
    citation=CITATION,
    licence=LICENCE,
    wording_version="WHO-5, English",
    missing_rule="Every item is needed; with one missing there is no score.",
    examples=(
        _example("00000", 0),
        _example("22211", 32),
        _example("32232", 48),
        _example("33232", 52),
        _example("55555", 100),
    ),
    shareable=False,
    note=(
        "28 or less is a second published threshold, at which depression is likely. A change of "
        "10 points is a usual rule of thumb (general knowledge, not re-read); it is not a reliable "
        "change, so no class is drawn from it."
    ),
)
