"""GRIMS: the state of a marriage; lower is better. Only totals are kept."""

from practice.domain.certainty import Certainty
from practice.domain.measures.definition import Measure, Scale
from practice.domain.measures.entered_totals import (
    INSTRUCTION,
    MISSING_RULE,
    ON_THE_RANGE,
    WORDING_VERSION,
    accepted,
)

MEASURE = Measure(
    key="grims",
    title="Golombok Rust Inventory of Marital State (GRIMS)",
    short_title="GRIMS",
    purpose="How your relationship is.",
    minutes=1,
    instruction=INSTRUCTION,
    items=(),
    scales=(
        Scale(
            key="grims",
            title="Golombok Rust Inventory of Marital State (GRIMS)",
            short_title="GRIMS",
            item_keys=(),
            low=0,
            high=84,
            higher_is_better=False,
            range_certainty=Certainty.GENERAL,
        ),
    ),
    validated=True,
    notice="",
    citation=(
        "Rust, J., Bennun, I., Crowe, M., & Golombok, S. (1990). The GRIMS: A "
        "psychometric instrument for the assessment of marital discord. Journal of Family"
        " Therapy, 12(1), 45-57."
    ),
    licence="GRIMS: the questions belong to their owners. Dyad holds none of them.",
    wording_version=WORDING_VERSION,
    missing_rule=MISSING_RULE,
    about_relationship=True,
    examples=(*accepted("grims", ON_THE_RANGE, 0, 84),),
    totals_reason="Its questions are their owners’ material, and no permission was found.",
    note=(
        "Enter the raw total, not the transformed one from 1 to 9. No cut score, SD or "
        "reliability was confirmed, so only the line is drawn."
    ),
)
