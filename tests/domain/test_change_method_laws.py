"""Laws that hold for every method of judging change."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from practice.domain.change import (
    CRITICAL_VALUE,
    METHODS,
    Criteria,
    GroupFigures,
    Method,
    after_border,
    cut_borders,
    gulliksen_lord_novick_index,
    hsu_linn_lord_index,
    judge,
)
from tests.domain.change_cases import DET, DOWN, FIGURES, IMP, OTHERS, REC, SAME, UP

scores = st.floats(-100, 100)
groups = st.builds(
    GroupFigures,
    sd=st.floats(1, 50),
    reliability=st.floats(0.05, 0.98),
    mean_pre=scores,
    mean_post=scores,
    sd_post=st.floats(60, 90),
    sd_difference=st.floats(75, 120),
    reliability_post=st.floats(0.05, 0.98),
)
"""SDs after and of the changes above the largest error, so that every method can be used."""


@given(
    method=st.sampled_from(Method),
    before=scores,
    after=scores,
    group=groups,
    higher=st.booleans(),
    cut=st.none() | scores,
)
def test_every_pair_has_the_one_class_that_its_definition_says(
    method, before, after, group, higher, cut
):
    criteria = Criteria(group.sd, group.reliability, higher, cut)
    change = judge(before, after, method=method, criteria=criteria, figures=group)
    gain = METHODS[method].index(before, after, group) * (1 if higher else -1)
    critical = METHODS[method].critical_value
    crossed = change.started_distressed is True and change.ended_distressed is False
    holds = {
        REC: gain > critical and crossed,
        IMP: gain > critical and not crossed,
        SAME: abs(gain) <= critical,
        DET: gain < -critical,
    }
    assert [name for name, yes in holds.items() if yes] == [change.partner_class]


@given(method=st.sampled_from(Method), before=scores, after=scores, group=groups)
def test_the_other_direction_is_the_mirror_image(method, before, after, group):
    mirror = GroupFigures(
        group.sd,
        group.reliability,
        -group.mean_pre,
        -group.mean_post,
        group.sd_post,
        group.sd_difference,
        group.reliability_post,
    )
    up = Criteria(group.sd, group.reliability, True, 12.5)
    down = Criteria(group.sd, group.reliability, False, -12.5)
    first = judge(before, after, method=method, criteria=up, figures=group)
    second = judge(-before, -after, method=method, criteria=down, figures=mirror)
    assert first.index == -second.index
    assert first.partner_class is second.partner_class
    assert first.ended_distressed is second.ended_distressed


@given(
    method=st.sampled_from(Method),
    before=scores,
    after=scores,
    group=groups,
    factor=st.floats(0.1, 10),
    shift=scores,
)
def test_another_unit_or_zero_of_the_scale_changes_no_index(
    method, before, after, group, factor, shift
):
    moved = GroupFigures(
        group.sd * factor,
        group.reliability,
        group.mean_pre * factor + shift,
        group.mean_post * factor + shift,
        group.sd_post * factor,
        group.sd_difference * factor,
        group.reliability_post,
    )
    index = METHODS[method].index
    assert index(before * factor + shift, after * factor + shift, moved) == pytest.approx(
        index(before, after, group), abs=1e-6
    )


@given(before=scores, after=scores, group=groups)
def test_only_raw_differences_change_sign_with_the_order(before, after, group):
    index = METHODS[Method.JT].index
    assert index(before, after, group) == -index(after, before, group)


@given(method=st.sampled_from(Method), before=scores, after=scores, group=groups)
def test_the_index_rises_with_the_second_score(method, before, after, group):
    index = METHODS[method].index
    assert index(before, after + 1, group) > index(before, after, group)


@given(before=scores, after=scores, group=groups, higher=st.booleans())
def test_hageman_arrindell_asks_one_sided(before, after, group, higher):
    """Between 1.644854 and 1.959964 it finds a change where a two-sided test does not."""
    criteria = Criteria(group.sd, group.reliability, higher)
    change = judge(before, after, method=Method.HA, criteria=criteria, figures=group)
    assume(abs(change.index) < CRITICAL_VALUE)
    assert change.is_reliable is (abs(change.index) > 1.644854)
    assert (change.partner_class is SAME) is not change.is_reliable


@given(before=scores, after=scores, group=groups)
def test_equal_reliabilities_of_the_scores_make_no_group_effect(before, after, group):
    """Centred on the mean before, both times, Hsu-Linn-Lord is Gulliksen-Lord-Novick."""
    mean = group.mean_pre
    assert hsu_linn_lord_index(
        before, after, group, mean_pre=mean, mean_post=mean
    ) == pytest.approx(gulliksen_lord_novick_index(before, after, group, mean_pre=mean), abs=1e-9)


@given(
    method=st.sampled_from(Method),
    before=scores,
    index=st.floats(-5, 5),
    group=groups,
)
def test_the_border_is_where_the_index_has_its_value(method, before, index, group):
    border = after_border(before, index, method=method, figures=group)
    assert METHODS[method].index(before, border, group) == pytest.approx(index, abs=1e-6)


def test_the_borders_of_raw_and_of_true_scores():
    """The true scores of FIGURES: 16 + .6 before = 45; 31.25 + .375 after = 45 + 1.645 errors."""
    for method in OTHERS:
        if not METHODS[method].true_scores:
            assert cut_borders(UP, method=method, figures=FIGURES) == (45, 45)
        assert cut_borders(Criteria(10, 0.6, True), method=method, figures=FIGURES) is None
    error = 15**0.5
    up = cut_borders(UP, method=Method.HA, figures=FIGURES)
    down = cut_borders(DOWN, method=Method.HA, figures=FIGURES)
    assert up == pytest.approx((29 / 0.6, (13.75 + 1.644854 * error) / 0.375))
    assert down == pytest.approx((29 / 0.6, (13.75 - 1.644854 * error) / 0.375))
    unreliable = GroupFigures(10, 0.0, 40, 50, sd_post=20, sd_difference=30)
    assert cut_borders(UP, method=Method.HA, figures=unreliable) is None


@given(before=scores, after=scores, group=groups, higher=st.booleans(), cut=scores)
def test_the_borders_part_what_the_classes_part(before, after, group, higher, cut):
    criteria = Criteria(group.sd, group.reliability, higher, cut)
    change = judge(before, after, method=Method.HA, criteria=criteria, figures=group)
    first, second = cut_borders(criteria, method=Method.HA, figures=group)
    assume(min(abs(before - first), abs(after - second)) > 1e-6)
    assert change.started_distressed is (before < first if higher else before > first)
    assert (change.ended_distressed is False) is (after > second if higher else after < second)
