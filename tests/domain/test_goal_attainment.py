"""The T score of goal attainment scaling against worked values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.goals import AttainmentLevel, t_score

# fmt: off
WORKED = [
    ([-1],         None,      40.00),
    ([-1, -1, -1], None,      36.31),
    ([1, 1, 0],    None,      59.13),
    ([1, 0, -1],   [3, 2, 1], 54.41),
    ([2, -1, 0],   [4, 2, 2], 60.00),
    ([0, 0, 0],    [5, 1, 2], 50.00),
]
# fmt: on


@pytest.mark.parametrize(("levels", "weights", "expected"), WORKED)
def test_worked_values(levels, weights, expected):
    assert t_score(levels, weights) == pytest.approx(expected, abs=5e-3)


def test_a_weight_of_nought_takes_the_goal_out():
    assert t_score([1, -2], [3, 0]) == t_score([1], [3])


@pytest.mark.parametrize(("levels", "weights"), [([], None), ([1, 2], [0, 0])])
def test_without_a_goal_there_is_no_score(levels, weights):
    assert t_score(levels, weights) is None


@pytest.mark.parametrize(
    ("levels", "weights", "correlation", "message"),
    [
        ([3], None, 0.3, "goal 1: the level"),
        ([0, 0.5], None, 0.3, "goal 2: the level"),
        ([0, 0], [1, -1], 0.3, "goal 2: the weight"),
        ([0], [float("nan")], 0.3, "goal 1: the weight"),
        ([0], [1, 1], 0.3, "one weight for each goal"),
        ([0], None, 1.1, "correlation"),
        ([0], None, -0.1, "correlation"),
    ],
)
def test_what_is_out_of_range_is_refused_by_name(levels, weights, correlation, message):
    with pytest.raises(ValueError, match=message):
        t_score(levels, weights, correlation)


def test_levels_have_plain_words():
    assert [level.label for level in AttainmentLevel] == [
        "Much less than expected",
        "Somewhat less than expected",
        "As expected",
        "Somewhat more than expected",
        "Much more than expected",
    ]


ratings = st.lists(
    st.tuples(st.sampled_from(AttainmentLevel), st.floats(0.1, 10)), min_size=1, max_size=8
)


@given(ratings)
def test_the_opposite_levels_mirror_the_score(goals):
    levels, weights = [level for level, _ in goals], [weight for _, weight in goals]
    up, down = t_score(levels, weights), t_score([-level for level in levels], weights)
    assert up + down == pytest.approx(100)
    assert 0 < up < 100


@given(ratings)
def test_reaching_more_never_lowers_the_score(goals):
    levels, weights = [level for level, _ in goals], [weight for _, weight in goals]
    for at, level in enumerate(levels):
        if level < AttainmentLevel.MUCH_MORE:
            raised = [*levels[:at], level + 1, *levels[at + 1 :]]
            assert t_score(raised, weights) > t_score(levels, weights)


@given(ratings, st.floats(0.5, 20))
def test_only_the_proportion_of_the_weights_matters(goals, factor):
    levels, weights = [level for level, _ in goals], [weight for _, weight in goals]
    scaled = t_score(levels, [weight * factor for weight in weights])
    assert scaled == pytest.approx(t_score(levels, weights))
