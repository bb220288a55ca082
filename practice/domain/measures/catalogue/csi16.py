"""CSI-16: satisfaction with the relationship, for intake, reviews and discharge."""

from practice.domain.measures.csi_items import (
    CITATION,
    CSI4_SCALE,
    CSI16_ITEMS,
    CSI16_SCALE,
    INSTRUCTION,
    LICENCE,
    MISSING_RULE,
    WORDING_VERSION,
)
from practice.domain.measures.definition import Example, Measure

_LOWEST = {item.key: item.low for item in CSI16_ITEMS}
_HIGHEST = {item.key: item.high for item in CSI16_ITEMS}
_THREES = {item.key: 3 for item in CSI16_ITEMS}
_RANGE_SOURCE = "range 0 to 81 as published with the form"
_CUT_SOURCE = "summed by hand from the printed values, beside the published cut score of 51.5"

MEASURE = Measure(
    key="csi16",
    title="Couples Satisfaction Index (CSI-16)",
    short_title="CSI-16",
    purpose="How satisfied you are with your relationship.",
    minutes=4,
    instruction=INSTRUCTION,
    items=CSI16_ITEMS,
    scales=(CSI16_SCALE, CSI4_SCALE),
    validated=True,
    notice="",
    citation=CITATION,
    licence=LICENCE,
    wording_version=WORDING_VERSION,
    missing_rule=MISSING_RULE,
    about_relationship=True,
    examples=(
        Example(_LOWEST, {"csi16": 0, "csi4": 0}, _RANGE_SOURCE),
        Example(_HIGHEST, {"csi16": 81, "csi4": 21}, _RANGE_SOURCE),
        Example(
            {**_THREES, "csi_01": 4, "csi_02": 4, "csi_12": 4},
            {"csi16": 51, "csi4": 13},
            _CUT_SOURCE,
        ),
        Example(
            {**_THREES, "csi_01": 4, "csi_02": 4, "csi_12": 4, "csi_10": 4},
            {"csi16": 52, "csi4": 14},
            _CUT_SOURCE,
        ),
    ),
)
