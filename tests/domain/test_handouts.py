"""The handouts: complete, in plain words, each with a word of care."""

import re
from dataclasses import replace

import pytest

from practice.domain.handouts.definition import Passage
from practice.domain.handouts.registry import all_handouts
from practice.domain.homework.registry import all_templates

EVERY = tuple(all_handouts().values())


def each():
    return pytest.mark.parametrize("handout", EVERY, ids=lambda handout: handout.key)


def test_what_couples_need_most_is_there():
    assert {
        "after_a_betrayal",
        "good_apology",
        "listening_well",
        "repair_phrases",
        "setbacks_are_normal",
        "speaker_and_listener",
        "time_out_in_short",
        "tough_times",
    } <= set(all_handouts())


@each()
def test_a_handout_names_when_it_is_no_help_and_shames_nobody(handout):
    assert re.search(r"afraid|frightened|threatened", handout.careful)
    assert re.search(r"counsellor", handout.careful)
    texts = [handout.title, handout.lead, handout.careful, handout.source or ""]
    texts += [line for one in handout.passages for line in (one.heading, *one.lines)]
    for text in texts:
        assert not re.search(r"\bfail|overdue|complian|should have|!", text, re.IGNORECASE), text
    assert re.search(r"normal|usual|not work every time|Many come|with everybody", " ".join(texts))


@each()
def test_a_handout_goes_with_worksheets_that_there_are(handout):
    assert handout.worksheets
    assert set(handout.worksheets) <= set(all_templates())


def test_after_a_betrayal_no_watching_is_proposed():
    text = " ".join(
        line
        for one in all_handouts()["after_a_betrayal"].passages
        if one.heading == "What does not help"
        for line in one.lines
    )
    assert "Watching all the time" in text
    assert "location" in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"key": "No Key"}, "lower-case"),
        ({"passages": ()}, "needs passages"),
        ({"passages": (Passage("Empty", ()),)}, "needs passages"),
        ({"passages": (Passage("Long", ("x" * 261,)),)}, "longer than 260"),
        ({"careful": ""}, "word of care"),
    ],
)
def test_a_handout_with_a_mistake_is_refused_by_name(change, words):
    with pytest.raises(ValueError, match=words):
        replace(EVERY[0], **change)
