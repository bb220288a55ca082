"""With the keyboard alone, on the smallest phone, without scripts."""

import pytest

from tests.journeys.people import ROBIN, TESS

pytestmark = pytest.mark.browser

STEPS = 60
"""Presses of Tab after which something on these pages counts as out of reach."""


def test_answer_by_keyboard(visitor):
    tess = visitor()
    tess.sign_in(TESS)
    tess.follow(re_robin := ROBIN.name, exact=False)
    assert re_robin in tess.reads()
