"""The building blocks on their own: what they take, store, refuse and show."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.homework.blocks import (
    CARD_LINE_LIMIT,
    LINE_LIMIT,
    AgreementBlock,
    Block,
    CardBlock,
    ChecklistBlock,
    ChoiceBlock,
    Column,
    ListBlock,
    LogBlock,
    Option,
    PlanBlock,
    RatingBlock,
    RowProblem,
    TextBlock,
    TrackedLine,
    TrackerBlock,
    two_person_turn,
)

TEXT = TextBlock(key="text", prompt="Text")
RATING = RatingBlock(key="rating", prompt="Rating", low_label="none", high_label="most")
OPTIONS = (Option("a", "First"), Option("b", "Second"))
CHOICE = ChoiceBlock(key="choice", prompt="Choice", options=OPTIONS)
CHECKLIST = ChecklistBlock(key="checklist", prompt="Checklist", options=OPTIONS)
LIST = ListBlock(key="list", prompt="List", most=3)
PLAN = PlanBlock(key="plan", prompt="Plan")
LOG = LogBlock(
    key="log",
    prompt="Log",
    most=3,
    columns=(
        Column(key="when", label="When", required=True),
        Column(key="came", label="Came", options=OPTIONS),
    ),
)
TRACKER = TrackerBlock(key="tracker", prompt="Tracker", most=3)
AGREEMENT = AgreementBlock(key="agreement", prompt="Agreement")
CARD = CardBlock(key="card", prompt="Card", title="In hot moments", most=3)
ALL: list[Block] = [TEXT, RATING, CHOICE, CHECKLIST, LIST, PLAN, LOG, TRACKER, AGREEMENT, CARD]


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
    (LOG,       [{}, {"when": " Mon\nday ", "came": "a"}, {"when": " ", "came": ""}],
                [{"when": "Mon\nday", "came": "a"}],            "Mon day – First"),
    (LOG,       [{"when": "Tue"}, {"when": "Wed", "came": "b"}],
                [{"when": "Tue", "came": ""}, {"when": "Wed", "came": "b"}],
                "Tue\nWed – Second"),
    (TRACKER,   [{"what": "", "day": ""}, {"what": " Ring\nher ", "day": "2026-03-14"},
                 {"what": "Listen"}],
                [{"id": "1", "what": "Ring her", "day": "2026-03-14"},
                 {"id": "2", "what": "Listen", "day": ""}],
                "Ring her (by Saturday 14 March 2026)\nListen"),
    (AGREEMENT, date(2027, 1, 2),      "2027-01-02",   "Saturday 2 January 2027"),
    (CARD,      " breathe \n\n walk ", ["breathe", "walk"], "breathe\nwalk"),
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
    (LOG,       "Mon",                          "one by one"),
    (LOG,       ["Mon"],                        "one by one"),
    (LOG,       [{"when": "x"}] * 4,            "room for 3 rows"),
    (LOG,       [{}] * 101,                     "more rows than"),
    (LOG,       [{}, {"when": "x" * 301}],      "Row 2, “When”, has 301 characters"),
    (LOG,       [{"when": "x", "came": "c"}],   "Row 1: choose one of the answers for “Came”"),
    (LOG,       [{"when": "x", "came": ["a"]}], "Row 1: choose one"),
    (LOG,       [{}, {"came": "a"}],            "Row 2: please fill in “When”"),
    (LOG,       [{"when": 7}],                  "Row 1, “When”, should be words"),
    (TRACKER,   {"what": "x"},                  "one by one"),
    (TRACKER,   [{"what": "x"}] * 4,            "room for 3 rows"),
    (TRACKER,   [{}, {"day": "2026-03-14"}],    "Row 2: please say what"),
    (TRACKER,   [{"what": "x", "day": "soon"}], "Row 1: Choose the day from the calendar"),
    (TRACKER,   [{"what": "x" * 301}],          "Row 1 has 301 characters"),
    (AGREEMENT, "soon",                         "calendar"),
    (AGREEMENT, 7,                              "should be words"),
    (CARD,      "1\n2\n3\n4",                   "room for 3 lines"),
    (CARD,      "ok\n" + "x" * (CARD_LINE_LIMIT + 1), "Line 2 has 121 characters"),
    (CARD,      [7],                            "from the list"),
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


def test_a_message_says_in_which_row_and_cell_it_is():
    with pytest.raises(RowProblem) as log:
        LOG.clean([{"when": "Mon"}, {"when": "Tue", "came": "never"}])
    with pytest.raises(RowProblem) as tracker:
        TRACKER.clean([{}, {}, {"what": "x", "day": "soon"}])

    assert (log.value.row, log.value.part) == (1, "came")
    assert (tracker.value.row, tracker.value.part) == (2, "day")
    assert "never" not in str(log.value)


def test_lines_of_a_tracker_keep_their_names():
    value = TRACKER.clean([{"what": "Ring"}, {}, {"what": "Listen", "day": "2026-03-14"}])

    assert TRACKER.lines(value) == (
        TrackedLine("1", "Ring", None),
        TrackedLine("2", "Listen", date(2026, 3, 14)),
    )
    assert TRACKER.lines([{"what": "without a name"}, "no line", None]) == ()


# fmt: off
@pytest.mark.parametrize(("day", "words"), [
    ("2026-03-14", "still to come"),
    ("2026-03-13", "still to come"),
    ("2026-03-15", ""),
    ("2028-03-14", ""),
    ("2028-03-15", "within the next two years"),
    ("",           ""),
])
# fmt: on
def test_an_agreement_is_looked_at_again_within_two_years(day: str, words: str):
    problem = AGREEMENT.check(AGREEMENT.clean(day), date(2026, 3, 14))

    assert words in problem
    assert bool(words) == bool(problem)


@pytest.mark.parametrize("block", ALL[:6] + ALL[6:8] + ALL[9:], ids=lambda block: block.kind)
def test_other_blocks_ask_nothing_of_the_day(block: Block):
    assert block.check(block.clean(None), date(2026, 3, 14)) == ""


def test_new_blocks_that_leave_no_room_for_an_answer_are_refused():
    column = Column(key="a", label="A")
    for most, columns in ((0, (column,)), (3, ()), (3, (column, column))):
        with pytest.raises(ValueError, match="bad: a log needs"):
            LogBlock(key="bad", prompt="Log", most=most, columns=columns)
    with pytest.raises(ValueError, match="bad: a tracker needs"):
        TrackerBlock(key="bad", prompt="Tracker", most=0)
    with pytest.raises(ValueError, match="bad: an agreement needs"):
        AgreementBlock(key="bad", prompt="Agreement", required=False)
    with pytest.raises(ValueError, match="bad: a card needs"):
        CardBlock(key="bad", prompt="Card", title=" ")
    with pytest.raises(ValueError, match="came: at least two options"):
        Column(key="came", label="Came", options=OPTIONS[:1])
