"""Classes and flags of each method, at and around the critical value."""

import pytest

from practice.domain.change import (
    METHODS,
    Criteria,
    GroupFigures,
    Method,
    class_of,
    classify,
    judge,
)
from tests.domain.change_cases import (
    DET,
    DOWN,
    FIGURES,
    IMP,
    OTHERS,
    REC,
    SAME,
    UP,
    criteria_of,
    figures_of,
    pairs,
)

# By the figures above: error of prediction 8, so GLN needs after > 16 + .6 before + 15.68.
# fmt: off
CASES = [
    # method   before after  class started ended  into   crossed
    (Method.GLN, 30, 49.7,   REC,  True,   False, False, False),
    (Method.GLN, 30, 49.6,   SAME, True,   False, False, True),
    (Method.GLN, 10, 37.7,   IMP,  True,   True,  False, False),
    (Method.GLN, 50, 61.7,   IMP,  False,  False, False, False),
    (Method.GLN, 50, 30.3,   DET,  False,  True,  True,  False),
    (Method.GLN, 50, 30.4,   SAME, False,  True,  False, True),
    (Method.GLN, 30, 18.3,   DET,  True,   True,  False, False),
    (Method.GLN, 90, 54.3,   DET,  False,  False, False, False),
    (Method.GLN, 30, 45.0,   SAME, True,   False, False, True),
]


@pytest.mark.parametrize(
    ("method", "before", "after", "expected", "start", "end", "into", "cross"), CASES
)
def test_classes_and_flags(method, before, after, expected, start, end, into, cross):
    change = judge(before, after, method=method, criteria=UP, figures=FIGURES)
    assert change.partner_class is expected
    assert (change.started_distressed, change.ended_distressed) == (start, end)
    assert change.started_non_distressed is not start
    assert change.crossed_into_distress is into
    assert change.crossed_cut_without_reliable_change is cross
    assert change.is_reliable is (expected is not SAME)
    assert change.difference == pytest.approx(after - before)
    assert change.cut_index is None


def test_hageman_arrindell_compares_true_scores_with_the_cut():
    """True scores: before 16 + .6 x, after 31.25 + .375 x; error of the latter 3.873."""

    def change(before, after, criteria=UP):
        return judge(before, after, method=Method.HA, criteria=criteria, figures=FIGURES)

    recovered = change(30, 54)  # 51.5: 1.678 errors past 45
    assert (recovered.partner_class, recovered.ended_distressed) == (REC, False)
    assert recovered.cut_index == pytest.approx(6.5 / 15**0.5)
    nearly = change(30, 53)  # 51.125: 1.581 errors
    assert (nearly.partner_class, nearly.ended_distressed) == (IMP, None)
    assert not nearly.crossed_cut_without_reliable_change
    # 46 raw is past 45, and its true score (43.6) is not
    assert change(46, 80).started_distressed is True
    assert change(48.5, 80).started_distressed is False
    fell = change(60, 19)  # 38.375: 1.711 errors below
    assert (fell.ended_distressed, fell.partner_class) == (True, DET)
    assert fell.crossed_into_distress
    assert change(60, 20).ended_distressed is None  # 38.75: 1.614 errors below
    # The same, mirrored about the cut: lower is better.
    mirrored = GroupFigures(10, 0.6, 50, 40, sd_post=8, sd_difference=12)
    down = judge(60, 36, method=Method.HA, criteria=DOWN, figures=mirrored)
    assert (down.partner_class, down.ended_distressed) == (REC, False)
    assert down.cut_index == pytest.approx(-recovered.cut_index)


@pytest.mark.parametrize("method", OTHERS)
def test_without_a_cut_there_is_no_recovery(method):
    open_end = Criteria(10, 0.6, True)
    change = judge(30, 90, method=method, criteria=open_end, figures=FIGURES)
    assert change.partner_class is IMP
    assert (change.started_distressed, change.ended_distressed) == (None, None)
    assert change.cut_index is None
    assert not change.started_non_distressed
    assert not change.crossed_cut_without_reliable_change


def test_the_critical_value_itself_is_not_enough():
    for method in OTHERS:
        critical = METHODS[method].critical_value
        index = METHODS[method].index
        low, high = -200.0, 200.0
        for _ in range(200):  # where the index reaches the critical value, by halving
            middle = (low + high) / 2
            low, high = (middle, high) if index(30, middle, FIGURES) < critical else (low, middle)
        within, beyond = (
            judge(30, after, method=method, criteria=UP, figures=FIGURES)
            for after in (low - 1e-9, high + 1e-9)
        )
        assert within.partner_class is SAME
        assert beyond.partner_class in (REC, IMP)


def test_jacobson_and_truax_is_what_classify_says():
    for before, after in pairs("das"):
        criteria = criteria_of(figures_of(pairs("das")), Method.JT, higher_is_better=True)
        change = classify(before, after, criteria=criteria)
        same = judge(
            before, after, method=Method.JT, criteria=criteria, figures=figures_of(pairs("das"))
        )
        assert (same.before, same.after, same.criteria) == (before, after, criteria)
        assert same.index == change.rci
        assert same.partner_class is change.partner_class
        assert same.started_distressed is change.started_distressed
        assert same.ended_distressed is change.ended_distressed
        assert same.is_reliable is change.is_reliable
        assert (
            same.crossed_cut_without_reliable_change is change.crossed_cut_without_reliable_change
        )


def test_the_rule_of_the_classes():
    assert class_of(gain_is_reliable=True, loss_is_reliable=False, crossed_to_better=True) is REC
    assert class_of(gain_is_reliable=True, loss_is_reliable=False, crossed_to_better=False) is IMP
    for crossed in (True, False):
        lost = class_of(gain_is_reliable=False, loss_is_reliable=True, crossed_to_better=crossed)
        same = class_of(gain_is_reliable=False, loss_is_reliable=False, crossed_to_better=crossed)
        assert (lost, same) == (DET, SAME)
        with pytest.raises(ValueError, match="gain and a reliable loss"):
            class_of(gain_is_reliable=True, loss_is_reliable=True, crossed_to_better=crossed)
