"""GAD-7: anxiety over the last two weeks. It speaks of one person, so it is not shareable."""

from practice.domain.certainty import Certainty
from practice.domain.measures.definition import (
    Band,
    Cut,
    Example,
    Measure,
    PublishedChange,
    Scale,
)
from practice.domain.measures.phq_items import (
    GAD7_CITATION,
    GAD7_ITEMS,
    INSTRUCTION,
    MISSING_RULE,
    NOTICE,
    SERVICE_SOURCE,
)

_SCALE = Scale(
    key="gad7",
    title="Anxiety (GAD-7)",
    short_title="GAD-7",
    item_keys=tuple(item.key for item in GAD7_ITEMS),
    low=0,
    high=21,
    higher_is_better=False,
    cut=Cut(7.5, f"8 or more is a case; {SERVICE_SOURCE}", Certainty.READ),
    bands=(
        Band(0, 4, "minimal"),
        Band(5, 9, "mild"),
        Band(10, 14, "moderate"),
        Band(15, 21, "severe"),
    ),
    bands_source="published with the questionnaire; the limits were read, the words were not",
    bands_certainty=Certainty.GENERAL,
    published_change=PublishedChange(4, True, SERVICE_SOURCE, Certainty.READ),
)
_BY_HAND = (
    "summed by hand from the printed values, at the cut score and the edges of the published bands"
)


def _example(digits: str, total: int) -> Example:
    """Build an example from the seven answers in their printed order."""
    answers = {item.key: int(digit) for item, digit in zip(GAD7_ITEMS, digits, strict=True)}
    return Example(answers, {"gad7": total}, _BY_HAND)


MEASURE = Measure(
    key="gad7",
    title="Generalised Anxiety Disorder scale (GAD-7)",
    short_title="GAD-7",
    purpose="How much worry there has been over the last two weeks.",
    minutes=2,
    instruction=INSTRUCTION,
    items=GAD7_ITEMS,
    scales=(_SCALE,),
    validated=True,
    notice=NOTICE,
    citation=GAD7_CITATION,
    licence=(
        "GAD-7: Spitzer, Williams, Kroenke and colleagues. No permission is required to "
        "reproduce, translate, display or distribute it."
    ),
    wording_version="GAD-7, authors’ English form",
    missing_rule=MISSING_RULE,
    examples=(
        _example("0000000", 0),
        _example("1111000", 4),
        _example("1111100", 5),
        _example("1111111", 7),
        _example("2222000", 8),
        _example("2222100", 9),
        _example("2222200", 10),
        _example("2222222", 14),
        _example("3333300", 15),
        _example("3333333", 21),
    ),
    shareable=False,
    note="Outside services that treat anxiety, 10 or more is the usual cut score instead of 8.",
)
