"""What the step from one score to another means: reliable change, cut-offs and classes.

Jacobson and Truax is the method of the application. The others are one module each and one entry
of the table in ``methods``; ``judge`` gives the same classes by any of them. What two partners'
classes make of a couple is in ``practice.domain.couple_class``.
"""

from practice.domain.change.borders import after_border, cut_borders
from practice.domain.change.class_rule import PartnerClass, class_of
from practice.domain.change.classes import (
    Change,
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
from practice.domain.change.edwards_nunnally import edwards_nunnally_index
from practice.domain.change.gulliksen_lord_novick import gulliksen_lord_novick_index
from practice.domain.change.hageman_arrindell import (
    CRITICAL_VALUE_ONE_SIDED,
    difference_reliability,
    group_share_changed,
    group_share_past_cut,
    hageman_arrindell_cut_index,
    hageman_arrindell_index,
    reliability_after,
)
from practice.domain.change.hsu_linn_lord import hsu_linn_lord_index
from practice.domain.change.method_change import MethodChange, judge
from practice.domain.change.methods import METHODS, GroupFigures, Method, MethodEntry, Need
from practice.domain.change.nunnally_kotsch import nunnally_kotsch_error, nunnally_kotsch_index
from practice.domain.change.reliable_change import (
    CRITICAL_VALUE,
    Precision,
    reliable_change_index,
    reliable_change_points,
    s_difference,
    standard_error_of_measurement,
    whole_points_needed,
)
from practice.domain.change.true_scores import (
    estimated_true_score,
    standard_error_of_prediction,
    true_score_sd,
)

__all__ = [
    "CRITICAL_VALUE",
    "CRITICAL_VALUE_ONE_SIDED",
    "METHODS",
    "Change",
    "Criteria",
    "GroupFigures",
    "Method",
    "MethodChange",
    "MethodEntry",
    "Need",
    "PartnerClass",
    "Precision",
    "after_border",
    "class_of",
    "classify",
    "criteria_for",
    "cut_borders",
    "cutoff_a",
    "cutoff_b",
    "cutoff_c",
    "difference_reliability",
    "edwards_nunnally_index",
    "estimated_true_score",
    "group_share_changed",
    "group_share_past_cut",
    "gulliksen_lord_novick_index",
    "hageman_arrindell_cut_index",
    "hageman_arrindell_index",
    "hsu_linn_lord_index",
    "is_distressed",
    "is_reliable",
    "judge",
    "nunnally_kotsch_error",
    "nunnally_kotsch_index",
    "origin_of",
    "points_of",
    "reliability_after",
    "reliable_change_index",
    "reliable_change_points",
    "s_difference",
    "standard_error_of_measurement",
    "standard_error_of_prediction",
    "true_score_sd",
    "whole_points_needed",
    "whole_points_of",
]
