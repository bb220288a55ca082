"""PHQ-9: low mood over the last two weeks. It speaks of one person, so it is not shareable."""

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
    INSTRUCTION,
    MISSING_RULE,
    NOTICE,
    PHQ9_CITATION,
    PHQ9_DIFFICULTY,
    PHQ9_ITEMS,
    SERVICE_SOURCE,
)

_SCALE = Scale(
    key="phq9",
    title="Depression (PHQ-9)",
    short_title="PHQ-9",
    item_keys=tuple(item.key for item in PHQ9_ITEMS),
    low=0,
    high=27,
    higher_is_better=False,
    cut=Cut(9.5, f"10 or more is a case; {SERVICE_SOURCE}", Certainty.READ),
    bands=(
        Band(0, 4, "minimal"),
        Band(5, 9, "mild"),
        Band(10, 14, "moderate"),
        Band(15, 19, "moderately severe"),
        Band(20, 27, "severe"),
    ),
    bands_source="published with the questionnaire",
    bands_certainty=Certainty.READ,
    published_change=PublishedChange(6, True, SERVICE_SOURCE, Certainty.READ),
)
_BY_HAND = "summed by hand from the printed values, at the edges of the published bands"


def _example(digits: str, total: int) -> Example:
    """Build an example from the nine answers in their printed order."""
    answers = {item.key: int(digit) for item, digit in zip(PHQ9_ITEMS, digits, strict=True)}
    return Example(answers, {"phq9": total}, _BY_HAND)


MEASURE = Measure(
    key="phq9",
    title="Patient Health Questionnaire (PHQ-9)",
    short_title="PHQ-9",
    purpose="How your mood has been over the last two weeks.",
    minutes=3,
    instruction=INSTRUCTION,
    items=(*PHQ9_ITEMS, PHQ9_DIFFICULTY),
    scales=(_SCALE,),
    validated=True,
    notice=NOTICE,
    citation=PHQ9_CITATION,
    licence=(
        "PHQ-9: Spitzer, Williams, Kroenke and colleagues. No permission is required to "
        "reproduce, translate, display or distribute it."
    ),
    wording_version="PHQ-9, authors’ English form",
    missing_rule=f"{MISSING_RULE} The tenth question is not counted and may be left open.",
    examples=(
        _example("000000000", 0),
        _example("111100000", 4),
        _example("111110000", 5),
        _example("111111111", 9),
        _example("222220000", 10),
        _example("222222200", 14),
        _example("333330000", 15),
        _example("333333100", 19),
        _example("333333200", 20),
        _example("333333333", 27),
    ),
    shareable=False,
    risk_in_total=(
        "The ninth question is about risk, and how it was answered is unknown: a total does not "
        "show it and raises no flag. Look at the form."
    ),
    note=(
        "An answer other than “Not at all” to the ninth question is shown to the therapist at "
        "once. One source takes 5 points as reliable change instead of 6."
    ),
)
