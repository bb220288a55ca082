"""What the step from one score to another means: reliable change, cut-offs and classes.

The method is that of Jacobson and Truax. Another method would be a module beside
``reliable_change`` and give the same ``Change``. What two partners' classes make of a couple is in
``practice.domain.couple_class``.
"""

from practice.domain.change.classes import (
    Change,
    PartnerClass,
    classify,
    is_distressed,
)
from practice.domain.change.criteria import (
    Criteria,
    criteria_for,
    is_reliable,
    origin_of,
    points_of,
    whole_points_of,
)
from practice.domain.change.cutoffs import cutoff_a, cutoff_b, cutoff_c
from practice.domain.change.reliable_change import (
    CRITICAL_VALUE,
    Precision,
    reliable_change_index,
    reliable_change_points,
    s_difference,
    standard_error_of_measurement,
    whole_points_needed,
)

__all__ = [
    "CRITICAL_VALUE",
    "Change",
    "Criteria",
    "PartnerClass",
    "Precision",
    "classify",
    "criteria_for",
    "cutoff_a",
    "cutoff_b",
    "cutoff_c",
    "is_distressed",
    "is_reliable",
    "origin_of",
    "points_of",
    "reliable_change_index",
    "reliable_change_points",
    "s_difference",
    "standard_error_of_measurement",
    "whole_points_needed",
    "whole_points_of",
]
