"""Reliable change and cut-offs after Jacobson and Truax, against worked values."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.change import (
    CRITICAL_VALUE,
    Criteria,
    PartnerClass,
    classify,
    cutoff_a,
    cutoff_b,
    cutoff_c,
    reliable_change_index,
    reliable_change_points,
    s_difference,
    standard_error_of_measurement,
    whole_points_needed,
)
from practice.domain.measures.registry import get_measure

EXAMPLE = Criteria(sd=7.5, reliability=0.80, higher_is_better=True)
CSI16 = get_measure("csi16").scale("csi16")
CSI4 = get_measure("csi4").scale("csi4")

scores = st.floats(-200, 200)
sds = st.floats(0.01, 100)
reliabilities = st.floats(0, 0.999)


def test_the_example_of_the_authors():
    assert standard_error_of_measurement(EXAMPLE) == pytest.approx(3.354, abs=5e-4)
    assert s_difference(EXAMPLE) == pytest.approx(4.74, abs=5e-3)
    assert reliable_change_index(32.5, 47.5, EXAMPLE) == pytest.approx(3.16, abs=5e-3)


def test_the_cutoffs_of_the_authors_example():
    assert cutoff_a(40, 7.5, higher_is_better=True) == 55
    assert cutoff_b(60, 7.5, higher_is_better=True) == 45
    assert cutoff_c(40, 7.5, 60, 7.5) == 50


def test_cutoffs_with_unequal_spread():
    """Equal SDs cannot show whose SD is used: M 40, SD 5 against M 60, SD 15."""
    assert cutoff_a(40, 5, higher_is_better=True) == 50
    assert cutoff_b(60, 15, higher_is_better=True) == 30
    assert cutoff_c(40, 5, 60, 15) == 45


def test_cutoffs_with_unequal_spread_where_lower_is_better():
    assert cutoff_a(60, 15, higher_is_better=False) == 30
    assert cutoff_b(40, 5, higher_is_better=False) == 50
    assert cutoff_c(60, 15, 40, 5) == 45


# fmt: off
POINTS = [
    (CSI16.norms,              6.66,  7),
    (CSI16.conservative_norms, 11.54, 12),
    (CSI4.norms,               2.72,  3),
    (CSI4.conservative_norms,  4.29,  5),
]
# fmt: on


@pytest.mark.parametrize(("norms", "points", "whole"), POINTS)
def test_points_of_the_shipped_measures(norms, points, whole):
    assert reliable_change_points(norms) == pytest.approx(points, abs=5e-3)
    assert whole_points_needed(norms) == whole


def test_a_whole_number_of_points_is_not_enough_by_itself():
    norms = Criteria(sd=6 / (CRITICAL_VALUE * math.sqrt(2)), reliability=0, higher_is_better=True)
    assert reliable_change_points(norms) == pytest.approx(6)
    assert whole_points_needed(norms) in (6, 7)
    exact = Criteria(sd=norms.sd * 1.0000001, reliability=0, higher_is_better=True)
    assert whole_points_needed(exact) == 7


@pytest.mark.parametrize("reliability", [1, 1.2, -0.01, float("nan")])
def test_a_reliability_outside_its_range_is_refused(reliability):
    with pytest.raises(ValueError, match="reliability"):
        Criteria(sd=5, reliability=reliability, higher_is_better=True)


@pytest.mark.parametrize("sd", [0, -1, float("nan"), float("inf")])
def test_a_standard_deviation_outside_its_range_is_refused(sd):
    with pytest.raises(ValueError, match="standard deviation"):
        Criteria(sd=sd, reliability=0.8, higher_is_better=True)
    with pytest.raises(ValueError, match="standard deviation"):
        cutoff_a(40, sd, higher_is_better=True)
    with pytest.raises(ValueError, match="standard deviation"):
        cutoff_c(40, 5, 60, sd)


def test_numbers_that_are_none_are_refused():
    with pytest.raises(ValueError, match="score"):
        reliable_change_index(float("nan"), 1, EXAMPLE)
    with pytest.raises(ValueError, match="mean"):
        cutoff_b(float("inf"), 5, higher_is_better=True)


@given(before=scores, after=scores, sd=sds, reliability=reliabilities)
def test_the_index_changes_sign_with_the_order(before, after, sd, reliability):
    norms = Criteria(sd, reliability, True)
    forth = reliable_change_index(before, after, norms)
    assert forth == -reliable_change_index(after, before, norms)


@given(before=scores, lower=scores, step=st.floats(0, 100), sd=sds, reliability=reliabilities)
def test_the_index_rises_with_the_second_score(before, lower, step, sd, reliability):
    norms = Criteria(sd, reliability, True)
    first = reliable_change_index(before, lower, norms)
    assert reliable_change_index(before, lower + step, norms) >= first


@given(low=st.floats(0, 0.99), step=st.floats(0, 0.0099), sd=sds)
def test_a_more_reliable_test_needs_fewer_points(low, step, sd):
    less, more = Criteria(sd, low, True), Criteria(sd, low + step, True)
    assert reliable_change_points(more) <= reliable_change_points(less)


@given(clinical=scores, gap=st.floats(0.1, 100), first=sds, second=sds)
def test_cutoff_c_lies_between_the_means_and_is_symmetric(clinical, gap, first, second):
    functional = clinical + gap
    cut = cutoff_c(clinical, first, functional, second)
    assert clinical - 1e-9 <= cut <= functional + 1e-9
    assert cut == pytest.approx(cutoff_c(functional, second, clinical, first))
    assert (cut - clinical) / first == pytest.approx((functional - cut) / second, abs=1e-6)


@given(
    before=scores,
    after=scores,
    sd=sds,
    reliability=reliabilities,
    factor=st.floats(0.1, 10),
    shift=st.floats(-50, 50),
)
def test_the_index_does_not_know_the_unit_or_the_zero(
    before, after, sd, reliability, factor, shift
):
    plain = reliable_change_index(before, after, Criteria(sd, reliability, True))
    moved = Criteria(sd * factor, reliability, True)
    again = reliable_change_index(before * factor + shift, after * factor + shift, moved)
    assert again == pytest.approx(plain, rel=1e-6, abs=1e-6 * (1 + abs(plain)) / sd)


@given(
    before=scores,
    after=scores,
    sd=sds,
    reliability=reliabilities,
    better=st.booleans(),
    cut=st.none() | scores,
)
def test_every_pair_has_exactly_one_class(before, after, sd, reliability, better, cut):
    criteria = Criteria(sd, reliability, better, cut)
    change = classify(before, after, criteria=criteria)
    gain = change.rci if better else -change.rci
    crossed = change.started_distressed is True and change.ended_distressed is False
    holds = {
        PartnerClass.RECOVERED: gain > CRITICAL_VALUE and crossed,
        PartnerClass.IMPROVED: gain > CRITICAL_VALUE and not crossed,
        PartnerClass.UNCHANGED: abs(gain) <= CRITICAL_VALUE,
        PartnerClass.DETERIORATED: gain < -CRITICAL_VALUE,
    }
    assert [name for name, yes in holds.items() if yes] == [change.partner_class]
