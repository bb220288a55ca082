"""What the methods of judging change refuse to work with."""

import math

import pytest

from practice.domain.change import (
    METHODS,
    GroupFigures,
    Need,
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
    standard_error_of_prediction,
    true_score_sd,
)
from tests.domain.change_cases import NORMS, OTHERS, UP, figures_of, pairs

NAN, INF = float("nan"), float("inf")


# fmt: off
REFUSED = [
    (lambda: gulliksen_lord_novick_index(NAN, 1, NORMS, mean_pre=1),                     "score"),
    (lambda: gulliksen_lord_novick_index(1, INF, NORMS, mean_pre=1),                     "score"),
    (lambda: gulliksen_lord_novick_index(1, 1, NORMS, mean_pre=NAN),                     "mean"),
    (lambda: hsu_linn_lord_index(NAN, 1, NORMS, mean_pre=1, mean_post=1),                "score"),
    (lambda: hsu_linn_lord_index(1, NAN, NORMS, mean_pre=1, mean_post=1),                "score"),
    (lambda: hsu_linn_lord_index(1, 1, NORMS, mean_pre=INF, mean_post=1),                "mean"),
    (lambda: hsu_linn_lord_index(1, 1, NORMS, mean_pre=1, mean_post=INF),                "mean"),
    (lambda: edwards_nunnally_index(INF, 1, NORMS, mean_pre=1),                          "score"),
    (lambda: edwards_nunnally_index(1, NAN, NORMS, mean_pre=1),                          "score"),
    (lambda: edwards_nunnally_index(1, 1, NORMS, mean_pre=INF),                          "mean"),
    (lambda: nunnally_kotsch_index(NAN, 1, NORMS, mean_pre=1, reliability_post=0.5),     "score"),
    (lambda: nunnally_kotsch_index(1, INF, NORMS, mean_pre=1, reliability_post=0.5),     "score"),
    (lambda: nunnally_kotsch_index(1, 1, NORMS, mean_pre=NAN, reliability_post=0.5),     "mean"),
    (lambda: nunnally_kotsch_error(NORMS, reliability_post=1),                           "reliab"),
    (lambda: nunnally_kotsch_error(NORMS, reliability_post=-0.1),                        "reliab"),
    (lambda: nunnally_kotsch_error(NORMS, reliability_post=NAN),                         "reliab"),
    (lambda: ha_index(NAN, 1),                                                           "score"),
    (lambda: ha_index(1, NAN),                                                           "score"),
    (lambda: ha_index(1, 1, mean_pre=INF),                                               "mean"),
    (lambda: ha_index(1, 1, mean_post=INF),                                              "mean"),
    (lambda: difference_reliability(NORMS, sd_difference=NAN),                           "deviat"),
    (lambda: difference_reliability(NORMS, sd_difference=8.944),                         "changes"),
    (lambda: difference_reliability(NORMS, sd_difference=0),                             "changes"),
    (lambda: reliability_after(NORMS, sd_post=6.324),                                    "vary no"),
    (lambda: reliability_after(NORMS, sd_post=INF),                                      "deviat"),
    (lambda: true_score_sd(5, 5),                                                        "vary no"),
    (lambda: true_score_sd(5, -1),                                                       "vary no"),
    (lambda: true_score_sd(5, NAN),                                                      "error"),
    (lambda: cut_index(NAN),                                                             "score"),
    (lambda: cut_index(1, cut=NAN),                                                      "cut-off"),
    (lambda: cut_index(1, mean_post=NAN),                                                "mean"),
    (lambda: share_changed(NAN, 1),                                                      "mean"),
    (lambda: share_changed(1, NAN),                                                      "mean"),
    (lambda: share_past(NAN, 1),                                                         "cut-off"),
    (lambda: share_past(1, NAN),                                                         "mean"),
    (lambda: estimated_true_score(1, mean=1, reliability=1),                             "reliab"),
    (lambda: standard_error_of_prediction(GroupFigures(0, 0.5)),                         "deviat"),
    (lambda: standard_error_of_prediction(GroupFigures(1, -0.5)),                        "reliab"),
    (lambda: hsu_linn_lord_index(1, 1, GroupFigures(-1, 0.5), mean_pre=1, mean_post=1),  "deviat"),
]


def ha_index(before, after, mean_pre=1, mean_post=1):
    return hageman_arrindell_index(
        before, after, NORMS, mean_pre=mean_pre, mean_post=mean_post, sd_difference=12
    )


def cut_index(after, cut=1, mean_post=1):
    return hageman_arrindell_cut_index(after, cut, NORMS, mean_post=mean_post, sd_post=8)


def share_changed(mean_pre, mean_post):
    return group_share_changed(
        NORMS, mean_pre=mean_pre, mean_post=mean_post, sd_difference=12, higher_is_better=True
    )


def share_past(cut, mean_post):
    return group_share_past_cut(cut, NORMS, mean_post=mean_post, sd_post=8, higher_is_better=True)


@pytest.mark.parametrize(("ask", "message"), REFUSED)
def test_figures_that_no_test_can_have_are_refused(ask, message):
    with pytest.raises(ValueError, match=message):
        ask()


@pytest.mark.parametrize("method", OTHERS)
def test_a_method_refuses_to_go_without_what_it_needs(method):
    complete = figures_of(pairs("das"))
    for need in METHODS[method].needs:
        lacking = {
            other.value: getattr(complete, other.value) for other in Need if other is not need
        }
        with pytest.raises(ValueError, match=f"needs the figure {need.value}"):
            judge(40, 50, method=method, criteria=UP, figures=GroupFigures(10, 0.8, **lacking))
    exact = {need.value: getattr(complete, need.value) for need in METHODS[method].needs}
    change = judge(40, 50, method=method, criteria=UP, figures=GroupFigures(10, 0.8, **exact))
    assert math.isfinite(change.index)
