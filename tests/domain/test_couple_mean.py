"""The mean of a couple as a second opinion: its points, its classes, and what it never is."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.change import (
    Criteria,
    PartnerClass,
    classify,
    reliable_change_points,
)
from practice.domain.couple_class import CoupleClass, couple_class
from practice.domain.couple_mean import (
    CoupleMeanOpinion,
    MeanClass,
    couple_mean_change,
    couple_mean_opinion,
)

CSI16 = Criteria(17, 0.98, True, 51.5, 0, 81)
"""6.66 points for one person."""

EXACT = Criteria(10, 0.5, True, 50)
"""S_diff 10, 19.6 points for one person, 13.859 for the mean of two."""


def test_the_points_of_the_satisfaction_scale():
    """The threshold of one person, 6.66, divided by the root of two: docs/statistics.md."""
    opinion = couple_mean_change([40, 45], [45, 50], CSI16)
    assert opinion.points_used == pytest.approx(4.71, abs=5e-3)
    assert opinion.points_used == pytest.approx(6.66 / math.sqrt(2), abs=5e-3)
    assert (opinion.before, opinion.after, opinion.difference) == (42.5, 47.5, 5)
    assert opinion.mean_class is MeanClass.IMPROVED
    assert opinion.members == 2
    assert opinion.label == "second opinion: mean of both partners"


def test_three_members_have_three_errors():
    opinion = couple_mean_change([40, 40, 40], [45, 45, 45], CSI16)
    assert opinion.points_used == pytest.approx(6.664 / math.sqrt(3), abs=5e-3)
    assert opinion.label == "second opinion: mean of all partners"


def test_each_member_can_have_figures_of_their_own():
    """SEM 3 and 4: sqrt(9 + 16) / 2 = 2.5, times sqrt(2) times 1.959964."""
    each = [Criteria(5, 0.64, True, 50), Criteria(8, 0.75, True, 50)]
    opinion = couple_mean_change([40, 40], [46, 48], each)
    assert opinion.points_used == pytest.approx(1.959964 * math.sqrt(2) * 2.5)


# fmt: off
CASES = [
    # befores    afters     class, points needed 13.859, cut 50
    ([40, 44],   [54, 58],  MeanClass.RECOVERED),     # 42 to 56: by 14, past 50
    ([40, 44],   [53, 58],  MeanClass.UNCHANGED),     # by 13.5
    ([30, 34],   [44, 48],  MeanClass.IMPROVED),      # 32 to 46: not past
    ([60, 64],   [74, 78],  MeanClass.IMPROVED),      # started past
    ([40, 44],   [26, 30],  MeanClass.DETERIORATED),  # by 14
    ([40, 44],   [27, 30],  MeanClass.UNCHANGED),
    ([60, 64],   [46, 50],  MeanClass.DETERIORATED),
    ([30, 42],   [50, 50],  MeanClass.RECOVERED),     # exactly on the cut is past it
]
# fmt: on


@pytest.mark.parametrize(("befores", "afters", "expected"), CASES)
def test_classes(befores, afters, expected):
    assert couple_mean_change(befores, afters, EXACT).mean_class is expected


@pytest.mark.parametrize(("befores", "afters", "expected"), CASES)
def test_the_same_where_lower_is_better(befores, afters, expected):
    down = replace(EXACT, higher_is_better=False, cut=-50)
    negative = [-score for score in befores], [-score for score in afters]
    assert couple_mean_change(*negative, down).mean_class is expected


def test_without_a_cut_there_is_no_recovery():
    opinion = couple_mean_change([40, 44], [90, 90], replace(EXACT, cut=None))
    assert opinion.mean_class is MeanClass.IMPROVED


@pytest.mark.parametrize(
    ("befores", "afters"),
    [([None, 40], [40, 40]), ([40, 40], [40, None]), ([None, None], [None, None])],
)
def test_only_with_all_members_measured(befores, afters):
    assert couple_mean_change(befores, afters, CSI16) is None


@pytest.mark.parametrize(
    ("befores", "afters", "criteria", "message"),
    [
        ([40], [40], CSI16, "at least two members"),
        ([], [], CSI16, "at least two members"),
        ([40, 40], [40], CSI16, "differ in number"),
        ([40, 40], [40, 40], [CSI16], "differ in number"),
        ([40, 40], [40, 40], [CSI16, replace(CSI16, cut=60)], "direction or cut"),
        ([40, 40], [40, 40], [CSI16, replace(CSI16, higher_is_better=False)], "direction or cut"),
        ([40, 82], [40, 40], CSI16, "outside the range"),
        ([40, 40], [-1, 40], CSI16, "outside the range"),
        ([40, 40], [math.nan, 40], CSI16, "outside the range"),
        ([40, 40], [math.inf, 40], EXACT, "all finite"),
    ],
)
def test_what_cannot_be_a_couple_s_scores_is_refused(befores, afters, criteria, message):
    with pytest.raises(ValueError, match=message):
        couple_mean_change(befores, afters, criteria)


def test_the_ends_of_the_scale_are_on_it():
    assert couple_mean_change([0, 81], [81, 0], CSI16).mean_class is MeanClass.UNCHANGED


def test_nobody_can_take_it_for_the_class_of_the_couple():
    """One gains as much as the other loses: diverging, and a mean that says nothing happened."""
    befores, afters = [30, 60], [60, 30]
    members = [
        classify(before, after, criteria=CSI16).partner_class
        for before, after in zip(befores, afters, strict=True)
    ]
    assert couple_class(members) is CoupleClass.DIVERGING
    opinion = couple_mean_change(befores, afters, CSI16)
    assert opinion.mean_class is MeanClass.UNCHANGED
    assert not isinstance(opinion, CoupleClass | PartnerClass | str)
    assert not {*MeanClass} & ({*CoupleClass} | {*PartnerClass})
    assert not any(hasattr(opinion, name) for name in ("couple_class", "partner_class"))
    assert {member.name for member in MeanClass} == {member.name for member in PartnerClass}
    assert all(member.startswith("mean ") for member in MeanClass)


scores = st.integers(0, 81)
couples = st.integers(2, 4).flatmap(
    lambda n: st.tuples(*[st.lists(scores, min_size=n, max_size=n) for _ in range(2)])
)


@given(couples)
def test_the_order_of_the_members_does_not_matter(couple):
    befores, afters = couple
    first = couple_mean_change(befores, afters, CSI16)
    second = couple_mean_change(befores[::-1], afters[::-1], CSI16)
    assert isinstance(first, CoupleMeanOpinion)
    assert first == second


@given(before=scores, after=scores, members=st.integers(2, 4))
def test_partners_who_move_together_need_fewer_points_than_one(before, after, members):
    opinion = couple_mean_change([before] * members, [after] * members, CSI16)
    alone = classify(before, after, criteria=CSI16)
    assert opinion.points_used < reliable_change_points(CSI16)
    if alone.partner_class is not PartnerClass.UNCHANGED:
        assert opinion.mean_class.name == alone.partner_class.name


def test_from_the_members_own_changes_it_is_the_same():
    changes = [classify(40, 45, criteria=CSI16), classify(45, 50, criteria=CSI16)]
    expected = couple_mean_change([40, 45], [45, 50], CSI16)
    assert couple_mean_opinion(changes, CSI16, ended=False) == expected
    assert couple_mean_opinion([*changes, None], CSI16, ended=False) is None
    assert couple_mean_opinion(changes[:1], CSI16, ended=False) is None
    assert couple_mean_opinion(changes, None, ended=False) is None
    assert couple_mean_opinion(changes, CSI16, ended=True) is None
