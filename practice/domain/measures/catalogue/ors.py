"""ORS: how life goes, in four marks on a line. Totals only; of one person, so not shareable."""

from practice.domain.certainty import Certainty
from practice.domain.measures.definition import Cut, Measure, PublishedChange, Scale
from practice.domain.measures.entered_totals import (
    AT_THE_CUT,
    INSTRUCTION,
    MISSING_RULE,
    ON_THE_RANGE,
    WORDING_VERSION,
    accepted,
)

MEASURE = Measure(
    key="ors",
    title="Outcome Rating Scale (ORS)",
    short_title="ORS",
    purpose="How the past week has been for you.",
    minutes=1,
    instruction=INSTRUCTION,
    items=(),
    scales=(
        Scale(
            key="ors",
            title="Outcome Rating Scale (ORS)",
            short_title="ORS",
            item_keys=(),
            low=0,
            high=40,
            higher_is_better=True,
            cut=Cut(25, "below 25 is in the range of people who seek help", Certainty.GENERAL),
            step=0.1,
            published_change=PublishedChange(
                5, True, "5 points, the usual value for the ORS", Certainty.GENERAL
            ),
            range_certainty=Certainty.GENERAL,
        ),
    ),
    validated=True,
    notice="",
    citation=(
        "Miller, S. D., Duncan, B. L., Brown, J., Sparks, J. A., & Claud, D. A. (2003). "
        "The Outcome Rating Scale: A preliminary study of the reliability, validity, and "
        "feasibility of a brief visual analog measure. Journal of Brief Therapy, 2(2), "
        "91-100."
    ),
    licence=(
        "ORS: electronic versions may not be copied or distributed; groups need a paid "
        "licence. Dyad holds none of its questions."
    ),
    wording_version=WORDING_VERSION,
    missing_rule=MISSING_RULE,
    examples=(
        *accepted("ors", ON_THE_RANGE, 0, 40),
        *accepted("ors", AT_THE_CUT, 24.9, 25, 25.1),
    ),
    shareable=False,
    totals_reason="Its licence forbids electronic versions without a contract.",
    note="Marks on lines of 10 cm are measured in millimetres, so totals go in tenths.",
)
