"""SRS: how the session was, in four marks on a line. Totals only; not shareable."""

from practice.domain.certainty import Certainty
from practice.domain.measures.definition import Band, Measure, PublishedChange, Scale
from practice.domain.measures.entered_totals import (
    INSTRUCTION,
    MISSING_RULE,
    ON_THE_RANGE,
    WORDING_VERSION,
    accepted,
)

MEASURE = Measure(
    key="srs",
    title="Session Rating Scale (SRS)",
    short_title="SRS",
    purpose="How this session was for you.",
    minutes=1,
    instruction=INSTRUCTION,
    items=(),
    scales=(
        Scale(
            key="srs",
            title="Session Rating Scale (SRS)",
            short_title="SRS",
            item_keys=(),
            low=0,
            high=40,
            higher_is_better=True,
            bands=(
                Band(0, 35.9, "below the caution line"),
                Band(36, 40, "at or above the caution line"),
            ),
            bands_source="below 36 is a usual reason to ask what was missing",
            bands_certainty=Certainty.GENERAL,
            step=0.1,
            published_change=PublishedChange(
                5, True, "5 points, the usual value for the ORS and the SRS", Certainty.GENERAL
            ),
            range_certainty=Certainty.GENERAL,
        ),
    ),
    validated=True,
    notice="",
    citation=(
        "Duncan, B. L., Miller, S. D., Sparks, J. A., Claud, D. A., Reynolds, L. R., "
        "Brown, J., & Johnson, L. D. (2003). The Session Rating Scale: Preliminary "
        "psychometric properties of a “working” alliance measure. Journal of Brief "
        "Therapy, 3(1), 3-12."
    ),
    licence=(
        "SRS: electronic versions may not be copied or distributed; groups need a paid "
        "licence. Dyad holds none of its questions."
    ),
    wording_version=WORDING_VERSION,
    missing_rule=MISSING_RULE,
    examples=(*accepted("srs", ON_THE_RANGE, 0, 35.9, 36, 40),),
    shareable=False,
    totals_reason="Its licence forbids electronic versions without a contract.",
    note=(
        "It rates a session and not a person: it has no cut score, nobody recovers on it, and "
        "a reliable change is one of how sessions are rated. Marks on lines of 10 cm are "
        "measured in millimetres, so totals go in tenths."
    ),
)
