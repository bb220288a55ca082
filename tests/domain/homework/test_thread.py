"""The thread of a goal in words."""

import pytest

from practice.domain.homework.thread import helpful_in_words, line_in_words


def test_how_helpful_it_was_to_each():
    assert helpful_in_words([("Ada", 8), ("Ben", 0)]) == "Helpful to Ada 8, to Ben 0 of 10"
    assert helpful_in_words([]) == ""


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ((0, "", "", ()), "no homework yet"),
        ((1, "", "", ("Ada 3",)), "1 homework task"),
        ((2, "partly", "", ()), "2 homework tasks, last review: partly"),
        ((0, "", "CSI-16", ()), "no homework yet; CSI-16 now: no answer yet"),
        (
            (1, "done", "CSI-16", ("Ada 41", "Ben 52")),
            "1 homework task, last review: done; CSI-16 now: Ada 41, Ben 52",
        ),
    ],
)
def test_a_line_says_what_there_is_and_what_is_missing(asked, words):
    assert line_in_words(*asked) == words
