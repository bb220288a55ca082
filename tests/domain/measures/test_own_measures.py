"""A practice's own measures: reading what was typed, building, keeping and refusing."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.measures.definition import Choice
from practice.domain.measures.own import (
    OwnItem,
    family_of,
    measure_from,
    needs_new_version,
    slug_of,
)
from practice.domain.measures.own_checks import own_problems
from practice.domain.measures.own_storage import read, stored, stored_words, with_words
from practice.domain.measures.own_text import (
    LineProblem,
    answers_from,
    items_from,
    text_of_answers,
    text_of_items,
)
from tests.practice_settings_builders import own_definition, totals_definition


def built(definition, version=1):
    return measure_from(definition, family="own_evening_talks", version=version)


def test_an_own_measure_is_a_measure_like_any_other():
    measure = built(own_definition())
    assert measure.key == "own_evening_talks_v1"
    (scale,) = measure.scales
    assert (scale.key, scale.family_key) == (measure.key, "own_evening_talks")
    assert (scale.low, scale.high) == (0, 6)
    assert measure.score({"q1": 3, "q2": 2}) == {measure.key: 5.0}
    assert measure.notice
    assert not measure.shareable
    for example in measure.examples:
        assert measure.score(example.answers) == dict(example.scores)


def test_a_reversed_question_counts_the_other_way_round():
    straight, turned = built(own_definition()).items
    assert [choice.value for choice in straight.choices] == [0, 1, 3]
    assert [choice.value for choice in turned.choices] == [3, 2, 0]
    assert [choice.label for choice in turned.choices] == ["Not at all", "Now and then", "Often"]


def test_totals_alone_are_entered_on_their_step():
    measure = built(totals_definition())
    assert measure.totals_only
    assert measure.totals({measure.key: 12.3}) == {measure.key: 12.3}
    with pytest.raises(ValueError, match="steps of 0.1"):
        measure.totals({measure.key: 12.34})
    with pytest.raises(ValueError, match="from 0 to 40"):
        measure.totals({measure.key: 41})


def test_a_later_version_says_so_and_shares_no_scale():
    first, second = built(own_definition()), built(own_definition(), version=2)
    assert second.title == "Evening talks, version 2"
    assert second.short_title == "Evenings v2"
    assert first.scales[0].key != second.scales[0].key
    assert first.scales[0].family_key == second.scales[0].family_key
    assert first.family_key == second.family_key


@pytest.mark.parametrize(
    "changed",
    [
        {"items": (OwnItem("We had time"), OwnItem("We went to bed angry", True))},
        {"items": (OwnItem("We had time to talk"), OwnItem("We went to bed angry"))},
        {"answers": (Choice(0, "Not at all"), Choice(1, "Now and then"), Choice(3, "Always"))},
        {"answers": (Choice(0, "Not at all"), Choice(2, "Now and then"), Choice(3, "Often"))},
        {"instruction": "Think of today."},
        {"higher_is_better": False},
    ],
)
def test_another_question_answer_or_direction_is_a_new_version(changed):
    assert needs_new_version(own_definition(), own_definition(**changed))


def test_another_range_of_totals_is_a_new_version():
    assert needs_new_version(totals_definition(), totals_definition(high=50))
    assert needs_new_version(totals_definition(), totals_definition(step=1))


def test_words_about_it_are_mended_in_place():
    mended = own_definition(
        title="Talks", purpose="Evenings", minutes=3, source="x", validated=True, shareable=True
    )
    assert not needs_new_version(own_definition(), mended)
    words = json.loads(json.dumps(stored_words(mended)))
    assert with_words(own_definition(), words) == replace(mended, short_title="Evenings")


@pytest.mark.parametrize("definition", [own_definition(), totals_definition()])
def test_what_is_stored_is_read_again(definition):
    assert read(json.loads(json.dumps(stored(definition)))) == definition


def damage(**changes):
    return {**stored(own_definition()), **changes}


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "text",
        {},
        damage(format=2),
        damage(title=None),
        damage(title=7),
        damage(minutes="2"),
        damage(minutes=True),
        damage(minutes=0),
        damage(items="ab"),
        damage(items=[{"text": "a"}]),
        damage(items=["a"]),
        damage(answers=[{"value": 1.5, "label": "a"}, {"value": 2, "label": "b"}]),
        damage(high=7),
        damage(low=None),
        damage(step="1"),
        damage(step=2),
        damage(higher_is_better=1),
        damage(validated="no"),
        damage(validated=True),
    ],
)
def test_a_damaged_definition_is_refused(data):
    with pytest.raises(ValueError, match=r"\w"):
        read(data)


# fmt: off
@pytest.mark.parametrize(("changes", "field", "words"), [
    ({"title": " "}, "title", "title"),
    ({"title": "x" * 121}, "title", "121"),
    ({"title": "a\nb"}, "title", "one line"),
    ({"short_title": ""}, "short_title", "short name"),
    ({"purpose": ""}, "purpose", "line"),
    ({"licence": ""}, "licence", "right"),
    ({"minutes": 0}, "minutes", "1 to 60"),
    ({"minutes": 61}, "minutes", "1 to 60"),
    ({"validated": True}, "source", "source"),
    ({"items": (OwnItem("a"), OwnItem("a"))}, "items", "Question 2 is the same as question 1"),
    ({"items": (OwnItem("a"), OwnItem(" "))}, "items", "Question 2 has no words"),
    ({"items": (OwnItem("x" * 301),)}, "items", "Question 1 is longer"),
    ({"items": tuple(OwnItem(f"q {n}") for n in range(61))}, "items", "room for 60"),
    ({"answers": (Choice(0, "No"),)}, "answers", "2 to 11"),
    ({"answers": tuple(Choice(n, f"a {n}") for n in range(12))}, "answers", "2 to 11"),
    ({"answers": (Choice(0, "No"), Choice(0, "Yes"))}, "answers", "Answer 2 scores the same"),
    ({"answers": (Choice(0, "No"), Choice(1, "No"))}, "answers", "Answer 2 says the same"),
    ({"answers": (Choice(0, "No"), Choice(101, "Yes"))}, "answers", "Answer 2"),
    ({"answers": (Choice(-1, "No"), Choice(1, "Yes"))}, "answers", "Answer 1"),
    ({"answers": (Choice(0, " "), Choice(1, "Yes"))}, "answers", "Answer 1"),
    ({"high": 9}, "items", "range"),
])
# fmt: on
def test_a_problem_names_its_field_and_line(changes, field, words):
    problems = own_problems(own_definition(**changes))
    assert set(problems) == {field}
    assert words in problems[field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"low": 40}, "high"),
        ({"high": 10_001}, "high"),
        ({"step": 0}, "step"),
        ({"step": 7}, "step"),
        ({"step": float("nan")}, "step"),
        ({"answers": (Choice(0, "No"), Choice(1, "Yes"))}, "items"),
    ],
)
def test_impossible_totals_are_refused(changes, field):
    assert set(own_problems(totals_definition(**changes))) == {field}


def test_typed_lines_are_read_and_written_back():
    items = items_from("  We  talked \r\n\r\nWe fought [Reversed]\n")
    assert items == (OwnItem("We talked"), OwnItem("We fought", True))
    assert items_from(text_of_items(items)) == items
    answers = answers_from("0 Not at all\n1: Some\n\n2 - A lot\n3) All")
    assert answers == (
        Choice(0, "Not at all"),
        Choice(1, "Some"),
        Choice(2, "A lot"),
        Choice(3, "All"),
    )
    assert answers_from(text_of_answers(answers)) == answers


@pytest.mark.parametrize("line", ["Not at all", "1", "1.5", "0.5 Often", "zero No", "1Often"])
def test_a_line_that_is_no_answer_is_named(line):
    with pytest.raises(LineProblem, match="Line 3 of the answers"):
        answers_from(f"0 No\n\n{line}\n2 Yes")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Evening talks", "evening_talks"),
        ("Abendgespräche & mehr", "abendgesprache_mehr"),
        ("Вечер", "measure"),
        ("x" * 50, "x" * 28),
        ("__", "measure"),
    ],
)
def test_a_title_becomes_a_plain_name(title, slug):
    assert slug_of(title) == slug


def test_a_taken_name_gets_a_number():
    assert family_of("Talks", {"own_talks", "own_talks_2"}) == "own_talks_3"
    long = family_of("x" * 50, {f"own_{'x' * 28}"})
    assert long == f"own_{'x' * 26}_2"


@given(st.text(max_size=80), st.integers(1, 999_999))
def test_every_title_gives_a_key_that_can_be_stored(title, version):
    measure = measure_from(own_definition(), family=family_of(title, set()), version=version)
    assert len(measure.key) <= 40
