"""Nobody's few can be worked out from what a practice shows, by any subtraction."""

from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.caseload_outcomes import SMALLEST_GROUP, Crowd, is_enough, shown_parts

TESS, OTTO, NIA = (UUID(int=number) for number in (1, 2, 3))


def crowd(tess=0, otto=0, nia=0):
    known = {who: n for who, n in ((TESS, tess), (OTTO, otto), (NIA, nia)) if n}
    return Crowd(tess + otto + nia, known)


@pytest.mark.parametrize(
    ("group", "shown"),
    [
        (crowd(tess=9), False),
        (crowd(tess=10), True),  # all are hers, and nobody else has any
        (crowd(tess=30, otto=9), False),  # she takes away her 30
        (crowd(tess=30, otto=10), True),
        (crowd(tess=9, otto=9), False),
        (crowd(tess=10, otto=10), True),
        (crowd(tess=30, otto=5, nia=5), True),  # ten are left to her, 35 to the others
        (crowd(tess=30, otto=5, nia=4), False),
        (Crowd(), False),
    ],
)
def test_a_group_is_shown_if_nobody_is_left_with_a_few(group, shown):
    assert is_enough(group) is shown


def test_a_couple_known_to_two_is_in_the_figures_of_both():
    together = Crowd(20, {TESS: 20, OTTO: 15})
    assert not is_enough(together)  # Otto takes away his 15 and is left with five


def test_the_smallest_part_shown_is_hidden_with_a_single_small_one():
    parts = {"a": crowd(tess=40), "b": crowd(tess=12), "c": crowd(tess=3)}
    assert shown_parts(parts) == {"a"}


def test_several_small_parts_hide_each_other():
    parts = {"a": crowd(tess=40), "b": crowd(tess=6), "c": crowd(tess=4)}
    assert shown_parts(parts) == {"a"}
    assert shown_parts({"a": crowd(tess=40), "b": crowd(tess=12)}) == {"a", "b"}


def test_of_two_equal_parts_the_later_one_is_hidden():
    parts = {"a": crowd(tess=12), "b": crowd(tess=12), "c": crowd(tess=1)}
    assert shown_parts(parts) == {"a"}


def test_an_empty_part_hides_nobody():
    assert shown_parts({"a": crowd(tess=11), "b": Crowd()}) == {"a"}
    assert shown_parts({"a": crowd(tess=11), "b": Crowd(), "c": crowd(tess=1)}) == set()


COUNTS = st.integers(0, 25)
CROWDS = st.builds(crowd, COUNTS, COUNTS, COUNTS)


@given(st.lists(CROWDS, min_size=1, max_size=7))
def test_whatever_is_subtracted_a_few_are_never_left(parts):
    """The whole less any parts shown, less what any one therapist knows: none, or enough."""
    named = dict(enumerate(parts))
    shown = shown_parts(named)
    assert all(is_enough(named[key]) for key in shown)
    hidden = sum((named[key] for key in named if key not in shown), Crowd())
    for size in range(len(shown) + 1):
        for chosen in combinations(sorted(shown), size):
            left = sum((named[key] for key in chosen), Crowd())
            for group in (left, left + hidden):
                assert _leaves_nobody_alone(group) or not shown


@given(st.lists(CROWDS, max_size=7))
def test_nothing_is_hidden_without_need(parts):
    named = dict(enumerate(parts))
    if all(one.n == 0 or is_enough(one) for one in parts):
        assert shown_parts(named) == {key for key, one in named.items() if one.n}


def _leaves_nobody_alone(group):
    rest = [group.n] + [group.n - n for n in group.known.values()]
    return all(n == 0 or n >= SMALLEST_GROUP for n in rest)
