"""CRS: the relationship in ten marks on a line. Only totals are kept."""

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
    key="crs",
    title="Couple Relationship Scale (CRS)",
    short_title="CRS",
    purpose="How you see your relationship.",
    minutes=1,
    instruction=INSTRUCTION,
    items=(),
    scales=(
        Scale(
            key="crs",
            title="Couple Relationship Scale (CRS)",
            short_title="CRS",
            item_keys=(),
            low=0,
            high=100,
            higher_is_better=True,
            cut=Cut(
                70.9, "Anderson, Johnson, Miller & Barham: below 70.9 distressed", Certainty.READ
            ),
            step=0.1,
            published_change=PublishedChange(
                16,
                False,
                "Anderson, Johnson, Miller & Barham, reliable change index",
                Certainty.READ,
            ),
            range_certainty=Certainty.GENERAL,
        ),
    ),
    validated=True,
    notice="",
    citation=(
        "Anderson, S. R., Johnson, L. N., Miller, R. B., & Barham, C. The Couple "
        "Relationship Scale. Journal of Marital and Family Therapy. "
        "https://doi.org/10.1111/jmft.12541"
    ),
    licence="CRS: no licence was found. Dyad holds none of its questions.",
    wording_version=WORDING_VERSION,
    missing_rule=MISSING_RULE,
    about_relationship=True,
    examples=(
        *accepted("crs", ON_THE_RANGE, 0, 100),
        *accepted("crs", AT_THE_CUT, 70.8, 70.9, 71),
    ),
    totals_reason="No licence for its questions was found; the authors have to be asked.",
    note=(
        "Marks on a line are measured to a tenth. The abstract gives the reliable change "
        "index as 16 and does not say whether exactly 16 is enough; as with every such "
        "index, the change must be larger."
    ),
)
