"""The class of one person's change, on both sides of every border and in both directions."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.change import (
    CRITICAL_VALUE,
    Criteria,
    PartnerClass,
    classify,
    criteria_for,
    is_distressed,
)
from practice.domain.class_words import PARTNER_CLASS_WORDS, change_remarks
from practice.domain.measures.registry import get_measure

CSI16 = criteria_for(get_measure("csi16").scale("csi16"))
REC, IMP, SAME, DET = PartnerClass

# fmt: off
#    before after class  non-distressed  crossed, not reliable  into distress  no room
CASES = [
    (45,    52,   REC,   False,          False,                 False,         False),
    (45,    51,   SAME,  False,          False,                 False,         False),
    (46,    52,   SAME,  False,          True,                  False,         False),
    (30,    51,   IMP,   False,          False,                 False,         False),
    (30,    37,   IMP,   False,          False,                 False,         False),
    (30,    36,   SAME,  False,          False,                 False,         False),
    (52,    59,   IMP,   True,           False,                 False,         False),
    (52,    51,   SAME,  True,           True,                  False,         False),
    (58,    51,   DET,   True,           False,                 True,          False),
    (60,    53,   DET,   True,           False,                 False,         False),
    (30,    23,   DET,   False,          False,                 False,         False),
    (74,    81,   IMP,   True,           False,                 False,         False),
    (75,    81,   SAME,  True,           False,                 False,         True),
    (0,     81,   REC,   False,          False,                 False,         False),
]
# fmt: on


def flags(change):
    return (
        change.started_non_distressed,
        change.crossed_cut_without_reliable_change,
        change.crossed_into_distress,
        change.no_room_to_improve,
    )


@pytest.mark.parametrize(
    ("before", "after", "expected", "healthy", "crossed", "into", "room"), CASES
)
def test_csi16(before, after, expected, healthy, crossed, into, room):
    change = classify(before, after, criteria=CSI16)
    assert change.partner_class is expected
    assert flags(change) == (healthy, crossed, into, room)


@pytest.mark.parametrize(
    ("before", "after", "expected", "healthy", "crossed", "into", "room"), CASES
)
def test_the_same_on_a_scale_that_runs_the_other_way(
    before, after, expected, healthy, crossed, into, room
):
    mirrored = replace(CSI16, higher_is_better=False, cut=81 - 51.5)
    change = classify(81 - before, 81 - after, criteria=mirrored)
    assert change.partner_class is expected
    assert flags(change) == (healthy, crossed, into, room)


def test_the_index_must_exceed_the_critical_value():
    exact = Criteria(sd=1, reliability=0.5, higher_is_better=True)  # S_diff is 1 point
    step = CRITICAL_VALUE * (1 - 1e-12)
    assert classify(0, step, criteria=exact).partner_class is SAME
    assert classify(0, CRITICAL_VALUE * (1 + 1e-12), criteria=exact).partner_class is IMP


def test_stricter_norms_turn_an_improvement_into_no_change():
    scale = get_measure("csi16").scale("csi16")
    strict = criteria_for(scale, scale.conservative_norms)
    assert classify(40, 50, criteria=CSI16).partner_class is IMP
    assert classify(40, 50, criteria=strict).partner_class is SAME


def test_own_ratings_cannot_be_classed():
    assert all(criteria_for(scale) is None for scale in get_measure("ratings").scales)


def test_without_a_cut_there_is_no_recovery_and_no_crossing():
    criteria = Criteria(sd=5, reliability=0.8, higher_is_better=True)
    change = classify(10, 90, criteria=criteria)
    assert change.partner_class is IMP
    assert change.started_distressed is None
    assert flags(change) == (False, False, False, False)
    assert change_remarks(change) == [
        "There is no cut score, so recovery cannot be told from improvement."
    ]


def test_a_score_on_the_cut_is_not_distressed_in_either_direction():
    assert not is_distressed(17, 17, higher_is_better=True)
    assert not is_distressed(17, 17, higher_is_better=False)
    assert is_distressed(16.9, 17, higher_is_better=True)
    assert is_distressed(17.1, 17, higher_is_better=False)


@pytest.mark.parametrize("score", [-1, 82])
def test_a_score_outside_the_scale_is_refused(score):
    for pair in ((score, 40), (40, score)):
        with pytest.raises(ValueError, match="outside the range"):
            classify(*pair, criteria=CSI16)


def test_floor_and_ceiling_are_told_apart():
    assert classify(6, 6, criteria=CSI16).no_room_to_worsen
    assert not classify(7, 7, criteria=CSI16).no_room_to_worsen
    assert not classify(6, 6, criteria=CSI16).no_room_to_improve


def test_remarks_say_what_the_flags_mean():
    assert change_remarks(classify(75, 81, criteria=CSI16)) == [
        "Started on the better side of the cut score, so recovery was not open.",
        "Started so high on the scale that no reliable improvement was possible.",
    ]
    assert change_remarks(classify(30, 40, criteria=CSI16)) == []


def test_every_class_has_its_words():
    assert set(PARTNER_CLASS_WORDS) == set(PartnerClass)
    assert len({words.meaning for words in PARTNER_CLASS_WORDS.values()}) == len(PartnerClass)


csi_scores = st.integers(0, 81)


@given(before=csi_scores, after=csi_scores)
def test_each_pair_has_the_one_class_that_its_definition_says(before, after):
    change = classify(before, after, criteria=CSI16)
    gained, lost = after - before > 6.66, before - after > 6.66
    crossed = before < 51.5 < after
    holds = {
        REC: gained and crossed,
        IMP: gained and not crossed,
        DET: lost,
        SAME: not gained and not lost,
    }
    assert [name for name, yes in holds.items() if yes] == [change.partner_class]


@given(before=csi_scores, after=csi_scores)
def test_the_way_back_is_the_opposite(before, after):
    forth = classify(before, after, criteria=CSI16)
    back = classify(after, before, criteria=CSI16)
    assert forth.rci == -back.rci
    assert (forth.partner_class is SAME) == (back.partner_class is SAME)
    assert (forth.partner_class in (REC, IMP)) == (back.partner_class is DET)
    assert (forth.partner_class is REC) == back.crossed_into_distress


@given(before=csi_scores, after=st.integers(0, 80))
def test_one_point_more_never_makes_the_class_worse(before, after):
    order = [DET, SAME, IMP, REC]
    first = classify(before, after, criteria=CSI16).partner_class
    second = classify(before, after + 1, criteria=CSI16).partner_class
    assert order.index(second) >= order.index(first)
