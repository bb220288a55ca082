"""Typed text as it is stored."""

import pytest

from practice.domain.texts import tidy


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  one\r\ntwo\rthree\n", "one\ntwo\nthree"),
        ("a\0b\x1b[31mc\x7f", "ab[31mc"),
        ("half \ud83d of a sign", "half  of a sign"),
        ("tab\tstays, Zoë and 🙂 too", "tab\tstays, Zoë and 🙂 too"),
        (" \n\t ", ""),
    ],
)
def test_nothing_invisible_is_kept(typed, stored):
    assert tidy(typed) == stored
    assert tidy(stored) == stored
