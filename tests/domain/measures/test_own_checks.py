"""What a practice may say of a measure of its own: the borders, and what is said beyond them."""

import pytest

from practice.domain.measures.definition import Choice
from practice.domain.measures.own import OwnItem
from practice.domain.measures.own_checks import LONGEST, own_problems
from tests.practice_settings_builders import own_definition, totals_definition


def questions(count):
    return tuple(OwnItem(f"q {number}") for number in range(count))


def answers(count):
    return tuple(Choice(value, f"a {value}") for value in range(count))


NO, YES = Choice(0, "No"), Choice(1, "Yes")
# fmt: off
SAID = [
    ({"title": " "}, "title", "Give it a title."),
    ({"title": "x" * 121}, "title", "Use at most 120 characters; these are 121."),
    ({"title": "a\nb"}, "title", "Keep this to one line."),
    ({"short_title": ""}, "short_title", "Give it a short name for charts."),
    ({"purpose": ""}, "purpose",
     "Say in a line, to the person who answers, what it is about."),
    ({"licence": ""}, "licence",
     "Say by what right you use the words, for example “written by us”."),
    ({"source": "a\nb"}, "source", "Keep this to one line."),
    ({"minutes": 0}, "minutes", "Enter minutes from 1 to 60."),
    ({"minutes": 61}, "minutes", "Enter minutes from 1 to 60."),
    ({"validated": True}, "source",
     "A validated measure needs its source: author, year, where published."),
    ({"validated": True, "source": " "}, "source",
     "A validated measure needs its source: author, year, where published."),
    ({"items": (OwnItem("a"), OwnItem("b"), OwnItem("b"))}, "items",
     "Question 3 is the same as question 2."),
    ({"items": (OwnItem("a"), OwnItem(" "))}, "items", "Question 2 has no words."),
    ({"items": (OwnItem("x" * 301),)}, "items", "Question 1 is longer than 300 characters."),
    ({"items": questions(61)}, "items", "There is room for 60 questions; these are 61."),
    ({"answers": (NO,)}, "answers",
     "Give 2 to 11 answers, one a line, such as “0 Not at all”."),
    ({"answers": answers(12)}, "answers",
     "Give 2 to 11 answers, one a line, such as “0 Not at all”."),
    ({"answers": (NO, Choice(0, "Yes"))}, "answers", "Answer 2 scores the same as answer 1."),
    ({"answers": (NO, Choice(1, "No"))}, "answers", "Answer 2 says the same as answer 1."),
    ({"answers": (NO, Choice(101, "Yes"))}, "answers",
     "Answer 2: use a whole number from 0 to 100."),
    ({"answers": (Choice(-1, "No"), YES)}, "answers",
     "Answer 1: use a whole number from 0 to 100."),
    ({"answers": (Choice(0, " "), YES)}, "answers",
     "Answer 1: use 1 to 80 characters of words."),
    ({"answers": (NO, Choice(1, "x" * 81))}, "answers",
     "Answer 2: use 1 to 80 characters of words."),
    ({"high": 9}, "items", "The range is not the one that questions and answers give."),
    ({"low": 1}, "items", "The range is not the one that questions and answers give."),
    ({"step": 2}, "step", "Totals of questions go in steps of 1."),
]
ABOVE = "The highest total must be above the lowest, and at most 10000."
NO_STEP = "The step must be a number above 0, such as 1 or 0.1."
NO_WAY = "The highest total cannot be reached from the lowest in such steps."
TOTALS_SAID = [
    ({"low": 40}, "high", ABOVE),
    ({"low": 41}, "high", ABOVE),
    ({"high": 10_001}, "high", ABOVE),
    ({"low": -10_001}, "high", ABOVE),
    ({"step": 0}, "step", NO_STEP),
    ({"step": -1}, "step", NO_STEP),
    ({"step": float("nan")}, "step", NO_STEP),
    ({"step": float("inf")}, "step", NO_STEP),
    ({"step": 7}, "step", NO_WAY),
    ({"step": 80}, "step", NO_WAY),
    ({"step": 1e12}, "step", NO_WAY),
    ({"step": 1e-320}, "step", NO_WAY),
    ({"low": 1, "high": 11, "step": 3}, "step", NO_WAY),
    ({"answers": (NO, YES)}, "items", "There are answers, but no question to put them to."),
]
# fmt: on


@pytest.mark.parametrize(("changes", "field", "message"), SAID)
def test_a_problem_names_its_field_and_line(changes, field, message):
    assert own_problems(own_definition(**changes)) == {field: message}


@pytest.mark.parametrize(("changes", "field", "message"), TOTALS_SAID)
def test_impossible_totals_are_refused(changes, field, message):
    assert own_problems(totals_definition(**changes)) == {field: message}


@pytest.mark.parametrize(
    "changes",
    [
        {"minutes": 1},
        {"minutes": 60},
        {"instruction": "Think of the past week.\nThen answer."},
        {"instruction": ""},
        {"source": ""},
        {"items": questions(60)},
        {"items": (OwnItem("x" * 300),)},
        {"answers": answers(11)},
        {"answers": (Choice(0, "x" * 80), Choice(100, "Yes"))},
    ],
)
def test_what_just_fits_is_accepted(changes):
    assert own_problems(own_definition(**changes)) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"low": -10_000, "high": 10_000},
        {"low": 1, "high": 10, "step": 3},
        {"low": 0, "high": 1, "step": 1},
        {"step": 40},
    ],
)
def test_totals_that_just_fit_are_accepted(changes):
    assert own_problems(totals_definition(**changes)) == {}


@pytest.mark.parametrize(("field", "longest"), LONGEST.items())
def test_each_text_has_room_for_so_many_characters(field, longest):
    assert own_problems(own_definition(**{field: "x" * longest})) == {}
    assert own_problems(own_definition(**{field: "x" * (longest + 1)})) == {
        field: f"Use at most {longest} characters; these are {longest + 1}."
    }


def test_of_one_field_the_first_problem_is_said_and_of_each_field_one():
    definition = own_definition(
        items=(OwnItem(" "), OwnItem("x" * 301)), minutes=0, low=1, step=2, title=""
    )
    assert own_problems(definition) == {
        "title": "Give it a title.",
        "minutes": "Enter minutes from 1 to 60.",
        "items": "Question 1 has no words.",
        "step": "Totals of questions go in steps of 1.",
    }
