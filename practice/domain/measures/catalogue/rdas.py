"""RDAS: adjustment of the couple. Only totals are kept."""

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
    key="rdas",
    title="Revised Dyadic Adjustment Scale (RDAS)",
    short_title="RDAS",
    purpose="How well you get on as a couple.",
    minutes=1,
    instruction=INSTRUCTION,
    items=(),
    scales=(
        Scale(
            key="rdas",
            title="Revised Dyadic Adjustment Scale (RDAS)",
            short_title="RDAS",
            item_keys=(),
            low=0,
            high=69,
            higher_is_better=True,
            cut=Cut(47.31, "Anderson et al. (2014): below 47.31 distressed", Certainty.READ),
            published_change=PublishedChange(
                11.58, False, "Anderson et al. (2014), reliable change index", Certainty.READ
            ),
        ),
    ),
    validated=True,
    notice="",
    citation=(
        "Anderson, S. R., Tambling, R. B., Huff, S. C., Heafner, J., Johnson, L. N., & "
        "Ketring, S. A. (2014). The development of a reliable change index and cutoff for"
        " the Revised Dyadic Adjustment Scale. Journal of Marital and Family Therapy, "
        "40(4), 525-534."
    ),
    licence=(
        "RDAS: permission to reproduce the questions was looked for and not confirmed. "
        "Dyad holds none of them."
    ),
    wording_version=WORDING_VERSION,
    missing_rule=MISSING_RULE,
    about_relationship=True,
    examples=(
        *accepted("rdas", ON_THE_RANGE, 0, 69),
        *accepted("rdas", AT_THE_CUT, 47, 48),
    ),
    totals_reason=(
        "Its questions come from the DAS, which is sold by its publisher, and no "
        "permission was found."
    ),
    note=(
        "Sources disagree on the side of the cut score: some pages read 47 and less as "
        "distressed, others 48 and less. We use 47.31: 47 is distressed, 48 is not. One "
        "person’s total is a whole number; a couple’s mean is not entered here."
    ),
)
