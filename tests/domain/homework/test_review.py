"""What is said of a task comes back as it was said, and within its scales."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.homework.review import (
    NOTHING_SAID,
    Barrier,
    HomeworkReview,
    Reviewed,
    Scale,
    View,
    as_stored,
    from_stored,
)
from practice.domain.homework.terms import Outcome

numbers = st.none() | st.integers(0, 10)
views = st.builds(
    View, numbers, numbers, numbers, st.none() | st.sampled_from(Barrier), st.text(max_size=9)
)


@given(views)
def test_it_is_stored_and_comes_back(view):
    assert from_stored(as_stored(view)) == view
    assert view.is_empty == (view == NOTHING_SAID)


@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize("number", [-1, 11])
def test_a_number_beyond_its_scale_is_refused(scale, number):
    with pytest.raises(ValueError, match="from 0 to 10"):
        View(**{scale.value: number})


def test_the_ends_of_a_scale_are_named_where_a_number_is_chosen():
    for scale in Scale:
        low, high = scale.anchors
        assert [scale.choice(n) for n in (0, 5, 10)] == [f"0: {low}", "5", f"10: {high}"]


def test_0_is_said_and_not_left_out():
    assert View(difficulty=0).lines == ("How hard 0 of 10",)
    assert as_stored(View(difficulty=0)) == {"difficulty": 0}


def test_what_can_be_chosen_today_is_what_a_partner_can_say():
    assert {one.value for one in Reviewed if one.is_offered} == {one.value for one in Outcome}
    assert Reviewed.NOT_YET.label == "Not yet", "signed notes go on saying what they said"


def test_fear_alone_asks_for_safety():
    assert [one for one in Barrier if one.asks_for_safety] == [Barrier.AFRAID]


def test_a_review_is_read_line_by_line():
    one = HomeworkReview("Gratitude", Reviewed.PARTLY, View(7, None, 3, Barrier.FORGOT, "Twice."))
    assert one.text == (
        "Gratitude: partly\nHow well 7 of 10, how helpful 3 of 10\nIn the way: forgot\nTwice."
    )
    assert HomeworkReview("Gratitude", None).is_empty
