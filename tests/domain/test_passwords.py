"""What a password must be."""

import pytest

from practice.domain import passwords
from practice.domain.common_passwords import COMMON


@pytest.mark.parametrize(
    "password",
    [
        "two quiet chairs and a lamp",
        "correct horse battery staple",
        "kettle-otter-violin",
        "x7#Lq9!vT2mZ",
        "мокрый чайник на окне",
        "sixteen hundred red herrings",
        "welcometothejunglegym",
    ],
)
def test_long_and_unusual_passwords_are_taken(password):
    assert passwords.problem(password, ("Ada Lind", "ada@mail.example")) is None


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", passwords.TOO_SHORT),
        ("quiet lamp!", passwords.TOO_SHORT),
        ("lamp quiet chair " * 8, passwords.TOO_LONG),
        ("aaaaaaaaaaaaaaaa", passwords.REPEATS),
        ("blue lamp blue lamp ", passwords.REPEATS),
        ("abcabcabcabcabc", passwords.REPEATS),
        ("123456789012", passwords.RUNS),
        ("abcdefghijklm", passwords.RUNS),
        ("qwertyuiop12", passwords.RUNS),
        ("poiuytrewq98", passwords.RUNS),
        ("1qaz2wsx3edc", passwords.RUNS),
        ("Password1234!", passwords.WELL_KNOWN),
        ("P@ssw0rd2026!", passwords.WELL_KNOWN),
        ("Summer2026!!!", passwords.WELL_KNOWN),
        ("iloveyou-4-ever", passwords.WELL_KNOWN),
        ("couplestherapy", passwords.WELL_KNOWN),
        ("my lind of tea leaves", passwords.ABOUT_YOU),
        ("the adalie of spring", passwords.ABOUT_YOU),
        ("teapot L1nd teapots", passwords.ABOUT_YOU),
    ],
)
def test_what_is_tried_first_is_refused(password, words):
    assert passwords.problem(password, ("Ada Lind", "adalie@mail.example")) == words


def test_twelve_characters_are_the_shortest_and_128_the_longest():
    assert passwords.problem("quiet lampsX") is None
    assert passwords.problem("quiet lamps") == passwords.TOO_SHORT
    long = "".join(chr(0x4E00 + number) for number in range(129))
    assert passwords.problem(long[:128]) is None
    assert passwords.problem(long) == passwords.TOO_LONG


def test_short_names_and_the_host_of_an_address_do_not_count():
    assert passwords.problem("ada mail example otter", ("Ada Li", "ada@mail.example")) is None


def test_a_password_is_the_same_however_its_accents_are_composed():
    assert passwords.normal("caf\u0065\u0301") == passwords.normal("caf\u00e9")


def test_the_list_is_letters_only_in_lower_case():
    assert all(word.isalpha() and word == word.casefold() and len(word) >= 4 for word in COMMON)
