"""A board of signs: each by itself, in words, and no total."""

from datetime import date

import pytest

from practice.domain.board import Movement, board_of
from practice.domain.measures.registry import get_measure

SIGNS = get_measure("warning_signs")
MARCH, MAY, JULY = date(2026, 3, 5), date(2026, 5, 5), date(2026, 7, 5)


def answers(value: int, **others: int) -> dict[str, float]:
    return dict.fromkeys((scale.key for scale in SIGNS.scales), float(value)) | {
        f"sign_{key}": float(one) for key, one in others.items()
    }


def test_without_an_answer_there_is_no_board():
    assert board_of(SIGNS, []) is None


def test_each_sign_says_first_latest_and_which_way_it_went():
    board = board_of(
        SIGNS,
        [
            (MARCH, answers(2, silence=4, no_fun=1)),
            (MAY, answers(0)),
            (JULY, answers(2, silence=1, no_fun=3)),
        ],
    )
    signs = {sign.key: sign for sign in board.signs}
    assert len(signs) == 15
    silence, no_fun, topics = (signs[f"sign_{key}"] for key in ("silence", "no_fun", "topics"))
    assert (silence.first, silence.latest, silence.movement) == (
        "Very often",
        "Rarely",
        Movement.LESS,
    )
    assert (no_fun.first, no_fun.latest, no_fun.movement.words) == ("Rarely", "Often", "more often")
    assert (topics.movement.words, topics.movement.arrow) == ("the same", "=")
    assert (board.first_on, board.latest_on, board.count) == (MARCH, JULY, 3)


@pytest.mark.parametrize(("value", "there"), [(0, 0), (2, 0), (3, 15), (4, 15)])
def test_a_sign_is_there_from_often_on(value, there):
    board = board_of(SIGNS, [(MARCH, answers(value)), (MAY, answers(0, silence=3))])
    assert (board.often, board.there_first, board.there_latest) == ("Often", there, 1)


def test_one_answer_has_nothing_to_be_compared_with():
    board = board_of(SIGNS, [(MARCH, answers(3))])
    assert {sign.movement for sign in board.signs} == {None}
    assert (board.there_first, board.there_latest) == (15, 15)


def test_only_a_board_is_one():
    with pytest.raises(ValueError, match="csi4"):
        board_of(get_measure("csi4"), [])
