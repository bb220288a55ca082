"""Where the scores of one person go, and when that may be called better or worse."""

import math
from datetime import date, timedelta
from uuid import UUID

import pytest

from practice.domain.series import Direction, Judgement, Score, Series, build_series

ADA, BEN = UUID(int=1), UUID(int=2)


def score(number: int, value: float | None, *, key: str = "csi16", person: UUID = ADA) -> Score:
    return Score(person, key, date(2026, 1, 1) + timedelta(weeks=number), value)


def series(*values: float | None, higher: bool | None = True, points: float | None = 9.0) -> Series:
    scores = [score(number, value) for number, value in enumerate(values)]
    return build_series(reversed(scores), higher_is_better=higher, reliable_points=points)


# fmt: off
#    scores          higher  points  difference  direction          judgement
CASES = [
    ((30, 39.5),     True,   9.0,    9.5,        Direction.ROSE,    Judgement.IMPROVING),
    ((30, 39),       True,   9.0,    9,          Direction.ROSE,    Judgement.NO_RELIABLE_CHANGE),
    ((40, 30),       True,   9.0,    -10,        Direction.FELL,    Judgement.WORSENING),
    ((40, 30),       False,  9.0,    -10,        Direction.FELL,    Judgement.IMPROVING),
    ((30, 40),       False,  9.0,    10,         Direction.ROSE,    Judgement.WORSENING),
    ((30, 80, 30),   True,   9.0,    0,          Direction.STEADY,  Judgement.NO_RELIABLE_CHANGE),
    ((3, 9),         True,   None,   6,          Direction.ROSE,    Judgement.NOT_JUDGED),
    ((3, 9),         None,   2.0,    6,          Direction.ROSE,    Judgement.NOT_JUDGED),
    ((.1 + .2, .3),  True,   None,   None,       Direction.STEADY,  Judgement.NOT_JUDGED),
    ((30,),          True,   9.0,    None,       None,              None),
    ((None, 30),     True,   9.0,    None,       None,              None),
    ((None, None),   True,   9.0,    None,       None,              None),
]
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_the_difference_is_called(case):
    values, higher, points, difference, direction, judgement = case
    built = series(*values, higher=higher, points=points)

    if difference is not None or direction is None:
        assert built.difference == difference
    assert built.direction is direction
    assert built.judgement is judgement


def test_gaps_are_kept_and_passed_over():
    built = series(None, 30, None, 33, 42, None)

    assert [one.value for one in built.scores] == [None, 30, None, 33, 42, None]
    assert (built.first, built.previous, built.latest) == (score(1, 30), score(3, 33), score(4, 42))
    assert (built.difference, built.step) == (12, 9)
    assert (built.person_id, built.scale_key) == (ADA, "csi16")


def test_with_one_score_there_is_no_step():
    assert series(30).step is None
    assert series(30).previous is None
    assert series(None).latest is None


@pytest.mark.parametrize(
    "scores",
    [
        [],
        [score(0, 30), score(1, 12, key="csi4")],
        [score(0, 30), score(1, 31, key="csi16_v2")],
        [score(0, 30), score(1, 31, person=BEN)],
    ],
)
def test_different_scales_or_people_never_make_one_series(scores):
    with pytest.raises(ValueError, match="one person on one scale"):
        build_series(scores, higher_is_better=True, reliable_points=9.0)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_number_that_is_none_is_refused(value):
    with pytest.raises(ValueError, match="csi16: a score is not a finite number"):
        series(30, value)
    with pytest.raises(ValueError, match="csi16: reliable points"):
        series(30, 31, points=value)
