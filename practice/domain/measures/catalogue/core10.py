"""CORE-10: psychological distress. Totals only; of one person, so not shareable."""

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
    key="core10",
    title="CORE-10",
    short_title="CORE-10",
    purpose="How the past week has been for you.",
    minutes=1,
    instruction=INSTRUCTION,
    items=(),
    scales=(
        Scale(
            key="core10",
            title="CORE-10",
            short_title="CORE-10",
            item_keys=(),
            low=0,
            high=40,
            higher_is_better=False,
            cut=Cut(10.5, "11 or more is in the clinical range", Certainty.GENERAL),
            published_change=PublishedChange(
                6, True, "6 points, the usual value for the CORE-10", Certainty.GENERAL
            ),
            range_certainty=Certainty.GENERAL,
        ),
    ),
    validated=True,
    notice="",
    citation=(
        "Barkham, M., Bewick, B., Mullin, T., Gilbody, S., Connell, J., Cahill, J., "
        "Mellor-Clark, J., Richards, D., Unsworth, G., & Evans, C. (2013). The CORE-10: A"
        " short measure of psychological distress for routine use in the psychological "
        "therapies. Counselling and Psychotherapy Research, 13(1), 3-13."
    ),
    licence=(
        "CORE-10: © CORE System Trust, CC BY-NC-ND 4.0 (unaltered, not for sale, with its"
        " copyright line). Dyad holds none of its questions."
    ),
    wording_version=WORDING_VERSION,
    missing_rule=MISSING_RULE,
    examples=(
        *accepted("core10", ON_THE_RANGE, 0, 40),
        *accepted("core10", AT_THE_CUT, 10, 11),
    ),
    shareable=False,
    totals_reason=(
        "Its licence (not for sale, no alteration) does not fit into open-source software."
    ),
    risk_in_total=(
        "One of its questions is about risk. A total does not show how it was answered: "
        "look at the form."
    ),
)
