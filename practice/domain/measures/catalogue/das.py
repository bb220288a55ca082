"""DAS: adjustment of the couple, the long form. Only totals are kept."""

from practice.domain.certainty import Certainty
from practice.domain.measures.definition import Cut, Measure, Norms, Scale
from practice.domain.measures.entered_totals import (
    AT_THE_CUT,
    INSTRUCTION,
    MISSING_RULE,
    ON_THE_RANGE,
    WORDING_VERSION,
    accepted,
)

MEASURE = Measure(
    key="das",
    title="Dyadic Adjustment Scale (DAS)",
    short_title="DAS",
    purpose="How well you get on as a couple.",
    minutes=1,
    instruction=INSTRUCTION,
    items=(),
    scales=(
        Scale(
            key="das",
            title="Dyadic Adjustment Scale (DAS)",
            short_title="DAS",
            item_keys=(),
            low=0,
            high=151,
            higher_is_better=True,
            cut=Cut(
                97.5, "97 or less is taken as distressed, 98 or more as not", Certainty.GENERAL
            ),
            norms=Norms(
                17.8,
                0.96,
                "internal consistency (alpha)",
                "Spanier (1976), married sample",
                Certainty.GENERAL,
            ),
            range_certainty=Certainty.GENERAL,
        ),
    ),
    validated=True,
    notice="",
    citation=(
        "Spanier, G. B. (1976). Measuring dyadic adjustment: New scales for assessing the"
        " quality of marriage and similar dyads. Journal of Marriage and the Family, "
        "38(1), 15-28."
    ),
    licence=(
        "DAS: sold by its publisher (Multi-Health Systems). Dyad holds none of its questions."
    ),
    wording_version=WORDING_VERSION,
    missing_rule=MISSING_RULE,
    about_relationship=True,
    examples=(
        *accepted("das", ON_THE_RANGE, 0, 151),
        *accepted("das", AT_THE_CUT, 97, 98),
    ),
    totals_reason="Its questions are sold by its publisher and may not be copied.",
    note=(
        "Half points in published tables are means of two partners. One person’s total is"
        " a whole number; a couple’s mean is not entered here."
    ),
)
