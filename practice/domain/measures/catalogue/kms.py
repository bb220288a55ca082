"""KMS: satisfaction with a marriage in three questions. Only totals are kept."""

from practice.domain.certainty import Certainty
from practice.domain.measures.definition import Cut, Measure, Scale
from practice.domain.measures.entered_totals import (
    AT_THE_CUT,
    INSTRUCTION,
    MISSING_RULE,
    ON_THE_RANGE,
    WORDING_VERSION,
    accepted,
)

MEASURE = Measure(
    key="kms",
    title="Kansas Marital Satisfaction Scale (KMS)",
    short_title="KMS",
    purpose="How satisfied you are with your marriage.",
    minutes=1,
    instruction=INSTRUCTION,
    items=(),
    scales=(
        Scale(
            key="kms",
            title="Kansas Marital Satisfaction Scale (KMS)",
            short_title="KMS",
            item_keys=(),
            low=3,
            high=21,
            higher_is_better=True,
            cut=Cut(
                17,
                "Crane, Middleton & Bean (2000): 17; the side is our reading, below it distressed",
                Certainty.INFERRED,
            ),
        ),
    ),
    validated=True,
    notice="",
    citation=(
        "Schumm, W. R., Nichols, C. W., Schectman, K. L., & Grigsby, C. C. (1983). "
        "Characteristics of responses to the Kansas Marital Satisfaction Scale by a "
        "sample of 84 married mothers. Psychological Reports, 53, 567-572."
    ),
    licence=(
        "KMS: free for educational and research purposes; clinical use is not mentioned. "
        "Dyad holds none of its questions."
    ),
    wording_version=WORDING_VERSION,
    missing_rule=MISSING_RULE,
    about_relationship=True,
    examples=(
        *accepted("kms", ON_THE_RANGE, 3, 21),
        *accepted("kms", AT_THE_CUT, 16, 17, 18),
    ),
    totals_reason="The authors’ grant speaks of education and research, not of clinical use.",
    note=(
        "The source of the cut score does not say on which side 17 itself falls: 17 is "
        "the boundary, and we count it as not distressed. No SD was confirmed, so there "
        "is no reliable change. The words are those of marriage."
    ),
)
