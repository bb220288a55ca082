"""Days, numbers and lists as people read them."""

from datetime import date

import pytest

from practice.domain.words import day_in_words, listed, number, signed, weekday_in_words, with_you

DAY = date(2026, 3, 4)


def test_days_are_written_the_british_way():
    assert day_in_words(DAY) == "4 March 2026"
    assert day_in_words(DAY, year=False) == "4 March"
    assert weekday_in_words(DAY) == "Wednesday 4 March"
    assert weekday_in_words(DAY, year=True) == "Wednesday 4 March 2026"


@pytest.mark.parametrize(
    ("value", "plain", "with_sign"),
    [
        (49, "49", "+49"),
        (51.5, "51.5", "+51.5"),
        (-0.25, "−0.25", "−0.25"),
        (0, "0", "0"),
        (-0.001, "0", "0"),
        (0.001, "0", "0"),
        (1_234_567, "1234567", "+1234567"),
        (-3, "−3", "−3"),
        (100, "100", "+100"),
    ],
)
def test_numbers_have_no_needless_digits_and_a_true_minus(value, plain, with_sign):
    assert number(value) == plain
    assert signed(value) == with_sign


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["Tess"], "you and Tess"),
        (["Tess", "Toni"], "you, Tess and Toni"),
        (["Tess", "Toni", "Uma"], "you, Tess, Toni and Uma"),
    ],
)
def test_the_reader_stands_before_the_names(names, words):
    assert with_you(listed(names)) == words


def test_names_are_listed_as_people_say_them():
    assert listed([]) == ""
    assert listed(["Ada"]) == "Ada"
    assert listed(("Ada", "Ben")) == "Ada and Ben"
    assert listed(["Ada", "Ben", "Cy"]) == "Ada, Ben and Cy"
