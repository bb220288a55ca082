"""What differs between two versions, and words to look at again."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.note_reading import DEFAULT_WORDS, Change, differences, mark_labels

texts = st.text("ab \n.", max_size=60)


def side(pieces, change):
    return "".join(one.text for one in pieces if one.change in (Change.SAME, change))


@given(texts, texts)
def test_both_texts_can_be_read_out_of_the_difference(before, after):
    pieces = differences(before, after)
    assert side(pieces, Change.OUT) == before
    assert side(pieces, Change.IN) == after
    assert all(one.text for one in pieces)
    if before == after:
        assert {one.change for one in pieces} <= {Change.SAME}


def test_words_are_compared_not_letters():
    pieces = differences("They spoke of the move.", "They spoke calmly of a move.")
    assert [(p.change.value, p.text) for p in pieces if p.change is not Change.SAME] == [
        ("in", "calmly "),
        ("out", "the"),
        ("in", "a"),
    ]


def test_a_very_long_note_is_compared_in_time():
    old = "\n".join(f"Line {n} says something of session {n % 7}." for n in range(1500))
    began = time.monotonic()
    assert side(differences(old, old.replace("Line 700", "Row 700")), Change.OUT) == old
    assert time.monotonic() - began < 5


def labels(text, words=DEFAULT_WORDS):
    return [one.text for one in mark_labels(text, words) if one.is_label]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A narcissistic man who ALWAYS shouts.", ["narcissistic", "ALWAYS"]),
        ("Ada said: never.", ["never"]),
        ("Sideways, nevertheless; unclearly.", []),
        ("Passive-aggressive in tone.", ["Passive-aggressive"]),
        ("Gave the neverland story.", []),
        ("", []),
    ],
)
def test_labels_are_whole_words(text, found):
    assert labels(text) == found
    assert "".join(one.text for one in mark_labels(text, DEFAULT_WORDS)) == text


@pytest.mark.parametrize("words", ["", "-", "\n - \n", "*"])
def test_without_a_list_nothing_is_marked(words):
    assert labels("always never *", words) == []


def test_a_phrase_matches_over_a_line_break_and_signs_are_only_signs():
    assert labels("He is a bad\nman.", "bad man") == ["bad\nman"]
    assert labels("a.b axb", "a.b") == ["a.b"]
