"""The exact borders of every rule of change, and the exact words of every refusal.

Mutation testing (``script/mutants``) asks for these: a ``>`` that became ``>=`` shows only on the
border itself.
"""

import math
from dataclasses import replace

import pytest

from practice.domain.change import (
    CRITICAL_VALUE,
    CRITICAL_VALUE_ONE_SIDED,
    METHODS,
    Criteria,
    GroupFigures,
    Method,
    PartnerClass,
    after_border,
    class_of,
    classify,
    criteria_for,
    cutoff_a,
    cutoff_b,
    difference_reliability,
    edwards_nunnally_index,
    estimated_true_score,
    group_share_changed,
    group_share_past_cut,
    gulliksen_lord_novick_index,
    hageman_arrindell_cut_index,
    hageman_arrindell_index,
    hsu_linn_lord_index,
    judge,
    nunnally_kotsch_error,
    nunnally_kotsch_index,
    reliability_after,
    reliable_change_index,
    reliable_change_points,
    s_difference,
    standard_error_of_measurement,
    true_score_sd,
)
from practice.domain.couple_class import couple_class
from practice.domain.couple_mean import MeanClass, couple_mean_change
from practice.domain.measures.registry import get_measure

REC, IMP, SAME, DET = PartnerClass
NORMS = GroupFigures(sd=10, reliability=0.6)
NAN = float("nan")


def test_an_index_on_the_critical_value_is_not_reliable():
    for cut in (None, 1.0):
        criteria = Criteria(1, 0.5, True, cut)
        border = CRITICAL_VALUE * s_difference(criteria)
        assert reliable_change_index(0, border, criteria) == CRITICAL_VALUE
        assert classify(0, border, criteria=criteria).partner_class is SAME
        assert classify(0, -border, criteria=criteria).partner_class is SAME
        assert not classify(0, border, criteria=criteria).is_reliable


def test_room_for_exactly_the_critical_value_is_no_room():
    criteria = Criteria(1, 0.5, True)
    border = CRITICAL_VALUE * s_difference(criteria)
    on_the_border = Criteria(1, 0.5, True, None, -border, border)
    change = classify(0, 0, criteria=on_the_border)
    assert change.no_room_to_improve
    assert change.no_room_to_worsen


def test_the_worst_score_is_at_the_other_end_where_lower_is_better():
    criteria = Criteria(1, 0.5, False, None, 0, 100)
    assert classify(99, 50, criteria=criteria).no_room_to_worsen
    assert not classify(1, 50, criteria=criteria).no_room_to_worsen
    assert classify(1, 50, criteria=criteria).no_room_to_improve


def test_a_change_keeps_its_scores():
    change = classify(12, 30, criteria=Criteria(10, 0.5, True))
    assert (change.before, change.after, change.difference) == (12, 30, 18)


def test_criteria_take_everything_from_the_scale():
    scale = get_measure("csi16").scale("csi16")
    criteria = criteria_for(scale)
    assert criteria == Criteria(
        scale.norms.sd, scale.norms.reliability, True, 51.5, scale.low, scale.high
    )
    assert criteria_for(scale, scale.conservative_norms).reliability != criteria.reliability
    assert criteria_for(replace(scale, cut=None)).cut is None


EXACT = GroupFigures(2, 0.75, 0, 0, sd_post=4, sd_difference=5, reliability_post=0.75)
"""A standard error of exactly 1."""


def test_every_method_asks_for_more_than_the_critical_value():
    for sign, beyond in ((1, IMP), (-1, DET)):
        criteria = Criteria(2, 0.75, True)
        border = sign * CRITICAL_VALUE
        change = judge(0, border, method=Method.EN, criteria=criteria, figures=EXACT)
        assert abs(change.index) == CRITICAL_VALUE
        assert change.partner_class is SAME
        assert not change.is_reliable
        assert change.criteria is criteria
        further = judge(0, border * 1.000001, method=Method.EN, criteria=criteria, figures=EXACT)
        assert further.partner_class is beyond


def test_the_side_of_the_cut_is_open_up_to_the_critical_value():
    critical = CRITICAL_VALUE_ONE_SIDED
    error = math.sqrt(reliability_after(EXACT, sd_post=4)) * standard_error_of_measurement(EXACT)
    for sign in (1, -1):
        cut = -sign * critical * error
        assert hageman_arrindell_cut_index(0, cut, EXACT, mean_post=0, sd_post=4) == sign * critical
        criteria = Criteria(2, 0.75, True, cut)
        on = judge(0, 0, method=Method.HA, criteria=criteria, figures=EXACT)
        assert on.ended_distressed is None
        past = judge(0, sign * 0.001, method=Method.HA, criteria=criteria, figures=EXACT)
        assert past.ended_distressed is (sign < 0)


def test_figures_on_their_own_border():
    assert estimated_true_score(7, mean=3, reliability=0) == 3
    assert nunnally_kotsch_error(NORMS, reliability_post=0) > 10
    assert true_score_sd(5, 0) == 5
    with pytest.raises(ValueError, match="vary no more"):
        difference_reliability(NORMS, sd_difference=s_difference(NORMS))


def test_the_border_of_one_case():
    """SEM 1 and mean 0: from 8 the true score to be expected is 6."""
    border = after_border(8, 1.5, method=Method.EN, figures=EXACT)
    assert border == pytest.approx(7.5)
    assert after_border(0, 0, method=Method.EN, figures=EXACT) == pytest.approx(0)


def test_a_mean_on_the_border_is_unchanged():
    criteria = Criteria(10, 0.5, True, 1.0)
    points = math.hypot(*[reliable_change_points(criteria)] * 2) / 2
    for sign in (1, -1):
        opinion = couple_mean_change([0, 0], [sign * points] * 2, criteria)
        assert abs(opinion.difference) == opinion.points_used
        assert opinion.mean_class is MeanClass.UNCHANGED


SCORE = "a score must be a finite number"
MEAN = "a mean must be a finite number"
SD = "a standard deviation must be a finite number"
CUT = "a cut-off must be a finite number"
RELIABILITY = "the reliability must be at least 0 and below 1"
TOO_NARROW = (
    "the scores vary no more than the test's own error, so their true scores cannot be told apart"
)
NOTHING_BUT_ERROR = (
    "the changes of the rows vary no more than the test's own error, so their reliability is not "
    "above 0 and the method of Hageman and Arrindell cannot be used"
)
UP = Criteria(10, 0.5, True, None, 0, 50)
# fmt: off
REFUSALS = [
    (lambda: reliable_change_index(NAN, 1, NORMS), SCORE),
    (lambda: gulliksen_lord_novick_index(1, NAN, NORMS, mean_pre=1), SCORE),
    (lambda: edwards_nunnally_index(1, NAN, NORMS, mean_pre=1), SCORE),
    (lambda: nunnally_kotsch_index(1, NAN, NORMS, mean_pre=1, reliability_post=0), SCORE),
    (lambda: hsu_linn_lord_index(1, NAN, NORMS, mean_pre=1, mean_post=1), SCORE),
    (lambda: hsu_linn_lord_index(1, 1, NORMS, mean_pre=1, mean_post=NAN), MEAN),
    (lambda: hageman_arrindell_index(
        1, NAN, NORMS, mean_pre=1, mean_post=1, sd_difference=12), SCORE),
    (lambda: hageman_arrindell_index(
        1, 1, NORMS, mean_pre=NAN, mean_post=1, sd_difference=12), MEAN),
    (lambda: hageman_arrindell_cut_index(NAN, 1, NORMS, mean_post=1, sd_post=9), SCORE),
    (lambda: hageman_arrindell_cut_index(1, NAN, NORMS, mean_post=1, sd_post=9), CUT),
    (lambda: hageman_arrindell_cut_index(1, 1, NORMS, mean_post=NAN, sd_post=9), MEAN),
    (lambda: group_share_changed(
        NORMS, mean_pre=NAN, mean_post=1, sd_difference=12, higher_is_better=True), MEAN),
    (lambda: group_share_past_cut(
        NAN, NORMS, mean_post=1, sd_post=9, higher_is_better=True), CUT),
    (lambda: group_share_past_cut(
        1, NORMS, mean_post=NAN, sd_post=9, higher_is_better=True), MEAN),
    (lambda: difference_reliability(NORMS, sd_difference=NAN), SD),
    (lambda: difference_reliability(NORMS, sd_difference=1), NOTHING_BUT_ERROR),
    (lambda: true_score_sd(NAN, 1), SD),
    (lambda: true_score_sd(1, NAN), "a standard error must be a finite number"),
    (lambda: true_score_sd(1, 2), TOO_NARROW),
    (lambda: estimated_true_score(NAN, mean=1, reliability=0), SCORE),
    (lambda: estimated_true_score(1, mean=NAN, reliability=0), MEAN),
    (lambda: estimated_true_score(1, mean=1, reliability=1), RELIABILITY),
    (lambda: Criteria(10, 1, True), RELIABILITY),
    (lambda: Criteria(0, 0.5, True), "the standard deviation must be a number above 0"),
    (lambda: cutoff_a(1, 0, higher_is_better=True),
     "a standard deviation must be a number above 0"),
    (lambda: cutoff_b(NAN, 1, higher_is_better=True), MEAN),
    (lambda: classify(51, 1, criteria=UP), "a score is outside the range of its scale"),
    (lambda: couple_mean_change([51, 1], [1, 1], UP), "a score is outside the range of its scale"),
    (lambda: couple_mean_change([1], [1], UP), "a couple has at least two members"),
    (lambda: couple_class([REC]), "a couple has at least two members"),
    (lambda: couple_mean_change([1, 1], [1], UP),
     "scores before, scores after and criteria differ in number"),
    (lambda: couple_mean_change([1, 1], [1, 1], [UP, Criteria(10, 0.5, False)]),
     "the members' criteria differ in direction or cut"),
    (lambda: class_of(gain_is_reliable=True, loss_is_reliable=True, crossed_to_better=False),
     "a change cannot be a reliable gain and a reliable loss"),
]
# fmt: on


@pytest.mark.parametrize(("ask", "message"), REFUSALS)
def test_a_refusal_says_exactly_this(ask, message):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the whole message is compared
        ask()
    assert str(refusal.value) == message


ERROR = ("sem", "Standard error", "computed from the SD and the reliability")
S_DIFFERENCE = ("s_difference", "S_diff", "computed from the SD and the reliability")
PREDICTION = ("se_prediction", "Error of prediction", "computed: SD x sqrt(1 - r^2)")
# fmt: off
WORDS = {
    Method.JT:  [ERROR, S_DIFFERENCE, ("points", "Reliable change",
                 "computed: 1.959964 x S_diff; the difference must be larger")],
    Method.GLN: [PREDICTION],
    Method.HLL: [PREDICTION],
    Method.EN:  [ERROR],
    Method.NK:  [("nk_error", "Error of both scores",
                 "computed: sqrt(r^2 SD^2 (1 - r) + SD^2 (1 - r after))")],
    Method.HA:  [ERROR, S_DIFFERENCE,
                 ("difference_reliability", "Reliability of changes",
                  "computed: 1 - (S_diff / SD of the changes)^2"),
                 ("reliability_after", "Reliability after",
                  "computed: 1 - (standard error / SD after)^2")],
}
# fmt: on


@pytest.mark.parametrize("method", Method)
def test_the_workings_are_named_in_these_words(method):
    workings = METHODS[method].workings(EXACT)
    assert [(work.key, work.label, work.how) for work in workings] == WORDS[method]
