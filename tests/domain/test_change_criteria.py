"""Published points of reliable change: who decides, on both sides of the border."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.certainty import Certainty
from practice.domain.change import (
    CRITICAL_VALUE,
    Criteria,
    PartnerClass,
    classify,
    criteria_for,
    is_reliable,
    origin_of,
    points_of,
    reliable_change_points,
    whole_points_of,
)
from practice.domain.measures.definition import Cut, Norms, PublishedChange, Scale

REC, IMP, SAME, DET = PartnerClass
SCALE = Scale("total", "Total", "Total", (), 0, 100, True)
NORMS = Norms(10, 0.8, "alpha", "invented", Certainty.GENERAL)
AT_LEAST_6 = PublishedChange(6, True, "invented", Certainty.READ)
MORE_THAN_6 = PublishedChange(6, False, "invented", Certainty.READ)
MORE_THAN_11_58 = PublishedChange(11.58, False, "invented", Certainty.READ)


def published(
    change: PublishedChange, *, better: bool = True, cut: float | None = None
) -> Criteria:
    return Criteria.from_published(change, higher_is_better=better, cut=cut, low=0, high=100)


# fmt: off
#    published        difference  reliable
BORDERS = [
    (AT_LEAST_6,      5.9,        False),
    (AT_LEAST_6,      6,          True),
    (AT_LEAST_6,      6.1,        True),
    (MORE_THAN_6,     6,          False),
    (MORE_THAN_6,     6.1,        True),
    (MORE_THAN_11_58, 11.5,       False),
    (MORE_THAN_11_58, 11.58,      False),
    (MORE_THAN_11_58, 12,         True),
]
#    published        points  whole points
NEEDED = [
    (AT_LEAST_6,      6,      6),
    (MORE_THAN_6,     6,      7),
    (MORE_THAN_11_58, 11.58,  12),
    (replace(MORE_THAN_11_58, at_least=True), 11.58, 12),
]
# fmt: on


@pytest.mark.parametrize(("change", "difference", "reliable"), BORDERS)
def test_the_published_points_decide_either_way(change, difference, reliable):
    assert is_reliable(difference, published(change)) is reliable
    assert is_reliable(-difference, published(change)) is reliable
    assert classify(50, 50 + difference, criteria=published(change)).is_reliable is reliable


@pytest.mark.parametrize(("change", "points", "whole"), NEEDED)
def test_the_points_that_are_needed(change, points, whole):
    assert points_of(published(change)) == points
    assert whole_points_of(published(change)) == whole
    judged = classify(50, 50, criteria=published(change))
    assert (judged.points_needed, judged.whole_points_needed) == (points, whole)


def test_a_difference_in_tenths_is_not_lost_to_rounding():
    exactly = replace(AT_LEAST_6, points=5)
    assert 32.3 - 27.3 != 5
    assert classify(27.3, 32.3, criteria=published(exactly)).partner_class is IMP
    more = replace(exactly, at_least=False)
    for before in (value / 10 for value in range(900)):
        assert classify(before, before + 5, criteria=published(more)).partner_class is SAME


def test_the_index_is_the_one_that_the_points_imply():
    change = classify(20, 26, criteria=published(AT_LEAST_6))
    assert change.rci == pytest.approx(CRITICAL_VALUE)
    assert classify(20, 14, criteria=published(AT_LEAST_6)).rci == -change.rci
    assert classify(20, 23, criteria=published(AT_LEAST_6)).rci == pytest.approx(CRITICAL_VALUE / 2)


def test_criteria_cannot_say_two_things():
    message = "^SD and reliability do not give the published points$"
    with pytest.raises(ValueError, match=message):
        Criteria(10, 0.8, True, published=AT_LEAST_6)
    # The points may not differ by a hair that would show in a spreadsheet.
    right = published(AT_LEAST_6)
    with pytest.raises(ValueError, match=message):
        replace(right, sd=right.sd + 1e-8)


@pytest.mark.parametrize(("better", "classes"), [(True, (IMP, DET)), (False, (DET, IMP))])
def test_a_change_of_less_than_a_point_is_one_where_so_little_is_enough(better, classes):
    criteria = published(replace(AT_LEAST_6, points=0.5), better=better)
    assert classify(50, 50.5, criteria=criteria).partner_class is classes[0]
    assert classify(50, 49.5, criteria=criteria).partner_class is classes[1]


def test_no_difference_is_no_change_however_few_points_are_enough():
    hair = replace(AT_LEAST_6, points=1e-10)
    for better in (True, False):
        assert classify(50, 50, criteria=published(hair, better=better)).partner_class is SAME


# fmt: off
#    before after  better  class
PUBLISHED_CASES = [
    (45,    51,    True,   REC),
    (45,    50,    True,   SAME),
    (30,    36,    True,   IMP),
    (56,    50,    True,   DET),
    (55,    49,    False,  REC),
    (70,    64,    False,  IMP),
    (49,    55,    False,  DET),
    (52,    51,    False,  SAME),
]
# fmt: on


@pytest.mark.parametrize(("before", "after", "better", "expected"), PUBLISHED_CASES)
def test_classes_by_published_points(before, after, better, expected):
    criteria = published(AT_LEAST_6, better=better, cut=50.5)
    assert classify(before, after, criteria=criteria).partner_class is expected


def test_no_room_knows_whether_exactly_the_points_are_enough():
    assert not classify(94, 94, criteria=published(AT_LEAST_6)).no_room_to_improve
    assert classify(95, 95, criteria=published(AT_LEAST_6)).no_room_to_improve
    assert classify(94, 94, criteria=published(MORE_THAN_6)).no_room_to_improve
    assert not classify(6, 6, criteria=published(AT_LEAST_6)).no_room_to_worsen
    assert classify(6, 6, criteria=published(MORE_THAN_6)).no_room_to_worsen
    falling = published(AT_LEAST_6, better=False)
    assert classify(5, 5, criteria=falling).no_room_to_improve
    assert not classify(6, 6, criteria=falling).no_room_to_improve


def test_a_scale_is_judged_by_the_figures_that_it_has():
    by_norms = criteria_for(replace(SCALE, norms=NORMS))
    assert by_norms.published is None
    assert points_of(by_norms) == reliable_change_points(NORMS)
    by_points = criteria_for(replace(SCALE, published_change=AT_LEAST_6))
    assert (by_points.published, by_points.low, by_points.high) == (AT_LEAST_6, 0, 100)
    assert (by_points.higher_is_better, by_points.cut) == (True, None)
    cut = Cut(42.5, "invented", Certainty.READ)
    falling = replace(SCALE, higher_is_better=False, cut=cut, published_change=AT_LEAST_6)
    judged = criteria_for(falling)
    assert (judged.higher_is_better, judged.cut) == (False, 42.5)
    assert criteria_for(SCALE) is None
    assert origin_of(SCALE) is None


# fmt: off
#    norms                     published                 published decides
PRECEDENCE = [
    (Certainty.GENERAL,        Certainty.READ,           True),
    (Certainty.NOT_CONFIRMED,  Certainty.READ,           True),
    (Certainty.READ,           Certainty.READ,           False),
    (Certainty.GENERAL,        Certainty.GENERAL,        False),
    (Certainty.INFERRED,       Certainty.COMPUTED,       False),
    (Certainty.PRACTICE,       Certainty.READ,           False),
    (Certainty.READ,           Certainty.PRACTICE,       True),
    (Certainty.PRACTICE,       Certainty.PRACTICE,       False),
]
# fmt: on


@pytest.mark.parametrize(("of_norms", "of_published", "decides"), PRECEDENCE)
def test_of_two_figures_the_better_known_decides(of_norms, of_published, decides):
    norms = replace(NORMS, certainty=of_norms)
    change = replace(AT_LEAST_6, certainty=of_published)
    scale = replace(SCALE, norms=norms, published_change=change)
    assert (criteria_for(scale).published is change) is decides
    assert origin_of(scale) is (change if decides else norms)


def test_norms_that_are_handed_over_always_decide():
    scale = replace(SCALE, published_change=replace(AT_LEAST_6, certainty=Certainty.PRACTICE))
    assert criteria_for(scale, NORMS).published is None
    assert origin_of(scale, NORMS) is NORMS


points = st.floats(0.1, 80)
scores = st.floats(0, 100)
flags = st.booleans()


@given(points, flags, flags, st.none() | st.floats(1, 99), scores, scores)
def test_each_pair_has_one_class_and_its_definition_holds(
    needed, at_least, better, cut, before, after
):
    change = PublishedChange(needed, at_least, "invented", Certainty.READ)
    criteria = published(change, better=better, cut=cut)
    judged = classify(before, after, criteria=criteria)
    gain = (after - before) if better else (before - after)
    beyond = round(abs(gain) - needed, 9)
    enough = beyond >= 0 if at_least else beyond > 0
    crossed = judged.started_distressed is True and judged.ended_distressed is False
    holds = {
        REC: enough and gain > 0 and crossed,
        IMP: enough and gain > 0 and not crossed,
        DET: enough and gain < 0,
        SAME: not enough,
    }
    assert [name for name, yes in holds.items() if yes] == [judged.partner_class]
    assert classify(after, before, criteria=criteria).rci == -judged.rci
