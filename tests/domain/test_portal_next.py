"""One thing first: what is asked before the next appointment, then the shortest."""

from datetime import date

import pytest

from practice.domain.portal_next import Order, Waiting, Why, in_order

THURSDAY, FRIDAY, LATER = date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 9)


@pytest.mark.parametrize(
    ("waiting", "appointment", "places", "why"),
    [
        ([], THURSDAY, (), None),
        ([Waiting(4)], None, (0,), Why.ONLY),
        ([Waiting(4)], THURSDAY, (0,), Why.ONLY),
        ([Waiting(4, THURSDAY)], THURSDAY, (0,), Why.BEFORE_APPOINTMENT),
        ([Waiting(4, FRIDAY)], THURSDAY, (0,), Why.ONLY),
        ([Waiting(4), Waiting(2)], None, (1, 0), Why.SHORTEST),
        ([Waiting(2), Waiting(2)], None, (0, 1), Why.SHORTEST),
        ([Waiting(1), Waiting(9, THURSDAY)], THURSDAY, (1, 0), Why.BEFORE_APPOINTMENT),
        ([Waiting(1), Waiting(9, THURSDAY)], None, (0, 1), Why.SHORTEST),
        ([Waiting(1), Waiting(9, LATER)], THURSDAY, (0, 1), Why.SHORTEST),
        ([Waiting(9, THURSDAY), Waiting(3, THURSDAY)], FRIDAY, (1, 0), Why.BEFORE_APPOINTMENT),
        (
            [Waiting(1, THURSDAY, can_wait=True), Waiting(9)],
            THURSDAY,
            (1, 0),
            Why.SHORTEST,
        ),
        ([Waiting(1, THURSDAY, can_wait=True)], THURSDAY, (0,), Why.ONLY),
        (
            [Waiting(5, can_wait=True), Waiting(3, can_wait=True), Waiting(7), Waiting(6, FRIDAY)],
            FRIDAY,
            (3, 2, 1, 0),
            Why.BEFORE_APPOINTMENT,
        ),
    ],
)
def test_what_comes_next_and_why(waiting, appointment, places, why):
    assert in_order(waiting, appointment) == Order(places, why)
