"""CSI-4: the four items of the CSI-16 that make a short form, for the weekly line."""

from practice.domain.measures.csi_items import (
    CITATION,
    CSI4_ITEMS,
    CSI4_SCALE,
    INSTRUCTION,
    LICENCE,
    MISSING_RULE,
    WORDING_VERSION,
)
from practice.domain.measures.definition import Example, Measure

_RANGE_SOURCE = "range 0 to 21 as published with the form"
_CUT_SOURCE = "summed by hand from the printed values, beside the published cut score of 13.5"

MEASURE = Measure(
    key="csi4",
    title="Couples Satisfaction Index, short form (CSI-4)",
    short_title="CSI-4",
    purpose="How satisfied you are with your relationship, in four questions.",
    minutes=1,
    instruction=INSTRUCTION,
    items=CSI4_ITEMS,
    scales=(CSI4_SCALE,),
    validated=True,
    notice="",
    citation=CITATION,
    licence=LICENCE,
    wording_version=f"{WORDING_VERSION}, items 1, 5, 7 and 10",
    missing_rule=MISSING_RULE,
    about_relationship=True,
    examples=(
        Example({item.key: item.low for item in CSI4_ITEMS}, {"csi4": 0}, _RANGE_SOURCE),
        Example({item.key: item.high for item in CSI4_ITEMS}, {"csi4": 21}, _RANGE_SOURCE),
        Example({"csi_01": 4, "csi_05": 3, "csi_07": 3, "csi_10": 3}, {"csi4": 13}, _CUT_SOURCE),
        Example({"csi_01": 4, "csi_05": 3, "csi_07": 4, "csi_10": 3}, {"csi4": 14}, _CUT_SOURCE),
    ),
)
