"""RAS: satisfaction with a relationship in seven questions. Only totals are kept."""

from practice.domain.certainty import Certainty
from practice.domain.measures.definition import Measure, Norms, Scale
from practice.domain.measures.entered_totals import (
    INSTRUCTION,
    MISSING_RULE,
    ON_THE_RANGE,
    WORDING_VERSION,
    accepted,
)

MEASURE = Measure(
    key="ras",
    title="Relationship Assessment Scale (RAS)",
    short_title="RAS",
    purpose="How satisfied you are with your relationship.",
    minutes=1,
    instruction=INSTRUCTION,
    items=(),
    scales=(
        Scale(
            key="ras",
            title="Relationship Assessment Scale (RAS)",
            short_title="RAS",
            item_keys=(),
            low=7,
            high=35,
            higher_is_better=True,
            norms=Norms(
                6,
                0.86,
                "internal consistency (alpha)",
                "Hendrick (1988) for the reliability; the SD of the sum is a usual value",
                Certainty.GENERAL,
            ),
        ),
    ),
    validated=True,
    notice="",
    citation=(
        "Hendrick, S. S. (1988). A generic measure of relationship satisfaction. Journal "
        "of Marriage and the Family, 50(1), 93-98."
    ),
    licence="RAS: no grant of the author was found. Dyad holds none of its questions.",
    wording_version=WORDING_VERSION,
    missing_rule=MISSING_RULE,
    about_relationship=True,
    examples=(*accepted("ras", ON_THE_RANGE, 7, 35),),
    totals_reason="Often called free, but no grant of the author was found.",
    note=(
        "Enter the sum, 7 to 35, not the mean. There is no official cut score, and the "
        "bands in circulation contradict each other: only change is judged, and recovery "
        "cannot be told from improvement."
    ),
)
