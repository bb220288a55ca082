"""The building blocks on their own: what they take, store, refuse and show."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.homework.blocks import (
    LINE_LIMIT,
    Block,
    ChecklistBlock,
    ChoiceBlock,
    ListBlock,
    Option,
    PlanBlock,
    RatingBlock,
    TextBlock,
    two_person_turn,
)

TEXT = TextBlock(key="text", prompt="Text")
RATING = RatingBlock(key="rating", prompt="Rating", low_label="none", high_label="most")
OPTIONS = (Option("a", "First"), Option("b", "Second"))
CHOICE = ChoiceBlock(key="choice", prompt="Choice", options=OPTIONS)
CHECKLIST = ChecklistBlock(key="checklist", prompt="Checklist", options=OPTIONS)
LIST = ListBlock(key="list", prompt="List", most=3)
PLAN = PlanBlock(key="plan", prompt="Plan")
ALL: list[Block] = [TEXT, RATING, CHOICE, CHECKLIST, LIST, PLAN]


# fmt: off
@pytest.mark.parametrize(("block", "raw", "value", "text"), [
    (TEXT,      "  two\r\nlines\x00 ", "two\nlines",   "two\nlines"),
    (RATING,    "0",                   0,              "0 of 10 (none)"),
    (RATING,    10,                    10,             "10 of 10 (most)"),
    (RATING,    " 4 ",                 4,              "4 of 10"),
    (CHOICE,    "b",                   "b",            "Second"),
    (CHECKLIST, ["b", "a", "b"],       ["a", "b"],     "First\nSecond"),
    (CHECKLIST, "a",                   ["a"],          "First"),
    (LIST,      "one\n\n two \r\n",    ["one", "two"], "one\ntwo"),
    (LIST,      ["one", " "],          ["one"],        "one"),
    (PLAN,      {"what": "Walk"},      {"what": "Walk", "day": "", "place": ""}, "Walk"),
    (PLAN,      {"what": "Walk", "day": date(2026, 3, 14), "place": "park"},
                {"what": "Walk", "day": "2026-03-14", "place": "park"},
                "Walk, Saturday 14 March 2026, park"),
    (PLAN,      {"what": "Walk", "day": datetime(2026, 3, 14, 9, tzinfo=UTC)},
                {"what": "Walk", "day": "2026-03-14", "place": ""},
                "Walk, Saturday 14 March 2026"),
])
# fmt: on
def test_what_was_given_is_stored_and_shown(block: Block, raw: object, value: object, text: str):
    cleaned = block.clean(raw)

    assert cleaned == value
    assert type(cleaned) is type(value)
    assert not block.is_empty(cleaned)
    assert block.text(cleaned) == text


# fmt: off
@pytest.mark.parametrize(("block", "raw", "words"), [
    (TEXT,      7,                              "should be words"),
    (RATING,    "11",                           "from 0 to 10"),
    (RATING,    "-1",                           "from 0 to 10"),
    (RATING,    "4.5",                          "whole number"),
    (RATING,    "many",                         "whole number"),
    (RATING,    True,                           "whole number"),
    (RATING,    "--1",                          "whole number"),
    (RATING,    "9" * 5000,                     "whole number"),
    (RATING,    "٣",                            "whole number"),
    (CHOICE,    "c",                            "in the list"),
    (CHOICE,    ["a"],                          "in the list"),
    (CHECKLIST, ["a", "c"],                     "from the list"),
    (CHECKLIST, [1],                            "from the list"),
    (CHECKLIST, {"a": 1},                       "from the list"),
    (LIST,      "1\n2\n3\n4",                   "room for 3 lines"),
    (LIST,      "ok\n" + "x" * (LINE_LIMIT + 1), "Line 2 has 301 characters"),
    (PLAN,      "Walk",                         "line by line"),
    (PLAN,      {"day": "2026-03-14"},          "have in mind"),
    (PLAN,      {"what": "Walk", "day": "soon"}, "calendar"),
    (PLAN,      {"what": "x" * 301},            "What has 301 characters"),
])
# fmt: on
def test_what_does_not_fit_is_refused_in_plain_words(block: Block, raw: object, words: str):
    with pytest.raises(ValueError, match=words):
        block.clean(raw)


@pytest.mark.parametrize("block", ALL, ids=lambda block: block.kind)
@pytest.mark.parametrize("raw", [None, ""])
def test_nothing_given_is_empty_and_shows_nothing(block: Block, raw: object):
    assert block.is_empty(block.clean(raw))
    assert block.text(block.clean(raw)) == ""


def test_a_plan_with_three_empty_lines_is_no_plan():
    assert PLAN.clean({"what": " ", "day": "", "place": ""}) is None


def test_an_option_that_is_no_longer_offered_is_still_shown():
    assert CHOICE.text("gone") == "gone"
    assert CHECKLIST.text(["a", "gone"]) == "First\ngone"


@given(raw=st.text())
def test_cleaning_a_text_twice_changes_nothing(raw: str):
    once = TEXT.clean(raw)

    assert TEXT.clean(once) == once
    assert str(once).encode().decode() == once  # no half characters: it can be stored


@pytest.mark.parametrize("block", ALL, ids=lambda block: block.kind)
@given(raw=st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
))
def test_whatever_is_handed_over_is_cleaned_or_refused(block: Block, raw: object):
    try:
        value = block.clean(raw)
    except ValueError:
        return
    assert block.clean(value) == value
    assert isinstance(block.text(value), str)


def test_a_turn_is_to_say_to_reflect_and_to_confirm():
    blocks = two_person_turn("turn", speaker="Speaker", listener="Listener", required=True)

    assert [(block.key, block.kind) for block in blocks] == [
        ("turn_say", "text"),
        ("turn_reflect", "text"),
        ("turn_confirm", "choice"),
    ]
    assert all(block.required for block in blocks)


@pytest.mark.parametrize("options", [(), OPTIONS[:1], (OPTIONS[0], OPTIONS[0])])
def test_a_choice_needs_two_different_options(options: tuple[Option, ...]):
    with pytest.raises(ValueError, match="lonely: at least two options"):
        ChoiceBlock(key="lonely", prompt="Choice", options=options)


def test_blocks_that_leave_no_room_for_an_answer_are_refused():
    with pytest.raises(ValueError, match="flat"):
        RatingBlock(key="flat", prompt="Rating", low=5, high=5, low_label="a", high_label="b")
    with pytest.raises(ValueError, match="none"):
        ListBlock(key="none", prompt="List", most=0)
