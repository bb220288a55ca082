"""Pages of a list."""

import pytest

from practice.services.paging import paging


@pytest.mark.parametrize(
    ("total", "wanted", "number", "count", "shown"),
    [
        (0, 1, 1, 1, []),
        (3, 1, 1, 1, [0, 1, 2]),
        (7, 1, 1, 2, [0, 1, 2, 3, 4]),
        (7, 2, 2, 2, [5, 6]),
        (10, 2, 2, 2, [5, 6, 7, 8, 9]),
        (7, 99, 2, 2, [5, 6]),
        (7, -3, 1, 2, [0, 1, 2, 3, 4]),
    ],
)
def test_whatever_is_asked_for_is_brought_into_range(total, wanted, number, count, shown):
    page = paging(total, wanted, size=5)
    assert (page.number, page.count) == (number, count)
    assert list(range(total))[page.part] == shown
