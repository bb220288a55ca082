"""A practice's own measures: reading what was typed, and building a measure from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.certainty import Certainty
from practice.domain.measures.definition import Choice
from practice.domain.measures.own import (
    OwnItem,
    family_of,
    measure_from,
    needs_new_version,
    slug_of,
)
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


def test_it_says_of_itself_what_the_practice_said():
    measure = built(own_definition(higher_is_better=False))
    (scale,) = measure.scales
    said = "title", "short_title", "purpose", "minutes", "instruction", "licence"
    assert [getattr(measure, name) for name in said] == [
        "Evening talks",
        "Evenings",
        "How our evenings went",
        2,
        "Think of the past week.",
        "Written by us",
    ]
    assert (scale.title, scale.short_title) == ("Evening talks", "Evenings")
    assert scale.higher_is_better is False
    assert scale.range_certainty is Certainty.PRACTICE
    assert measure.wording_version == "The practice’s own, version 1"
    assert built(own_definition()).scales[0].higher_is_better is True


def test_without_a_source_it_claims_no_standing():
    measure = built(own_definition())
    assert (measure.validated, measure.shareable) == (False, False)
    assert measure.notice == (
        "Questions of this practice’s own, not a validated test: they show how things move, "
        "no more."
    )
    assert measure.citation == "Written by the practice; no published source."


def test_a_validated_one_names_its_source_and_needs_no_notice():
    measure = built(own_definition(validated=True, source="Smith (2019)", shareable=True))
    assert (measure.validated, measure.shareable) == (True, True)
    assert (measure.notice, measure.citation) == ("", "Smith (2019)")


def test_it_says_what_a_missing_answer_means_and_why_only_totals_are_kept():
    asked, entered = built(own_definition()), built(totals_definition())
    assert asked.missing_rule == "Every question is needed. With one missing there is no total."
    assert asked.totals_reason == ""
    assert entered.missing_rule == "Only the total is kept."
    assert entered.totals_reason == "The practice enters totals of it and asks nothing here."


def test_its_examples_stand_at_both_ends():
    assert [(e.answers, e.scores, e.source) for e in built(own_definition()).examples] == [
        (
            {"q1": 0, "q2": 0},
            {"own_evening_talks_v1": 0},
            "the lowest total that the definition gives",
        ),
        (
            {"q1": 3, "q2": 3},
            {"own_evening_talks_v1": 6},
            "the highest total that the definition gives",
        ),
    ]


@pytest.mark.parametrize("asks", [True, False])
def test_whether_it_asks_about_the_relationship_is_kept(asks):
    assert built(own_definition(about_relationship=asks)).about_relationship is asks


def test_a_key_that_cannot_be_stored_is_refused():
    with pytest.raises(ValueError, match=r"^measure key 'Talks_v1' is not a plain name$"):
        measure_from(own_definition(), family="Talks", version=1)


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
    assert (first.version, second.version) == (1, 2)
    assert second.scales[0].title == second.title
    assert second.scales[0].short_title == second.short_title


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


def test_typed_lines_are_read_and_written_back():
    items = items_from("  We  talked \r\n\r\nWe fought [Reversed]\n")
    assert items == (OwnItem("We talked"), OwnItem("We fought", True))
    assert items_from("We quarrelled [reversed]") == (OwnItem("We quarrelled", True),)
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
    with pytest.raises(LineProblem, match=r"^Line 3 of the answers: ") as refused:
        answers_from(f"0 No\n\n{line}\n2 Yes")
    assert str(refused.value).removeprefix("Line 3 of the answers: ") == (
        "begin with a whole number and go on with words, such as “0 Not at all”."
    )


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Evening talks", "evening_talks"),
        ("Abendgespräche & mehr", "abendgesprache_mehr"),
        ("Вечер", "measure"),
        ("x" * 50, "x" * 28),
        ("__", "measure"),
        ("(Talks)", "talks"),
        ("(" + "x" * 40, "x" * 28),
        ("x" * 27 + " talks", "x" * 27),
    ],
)
def test_a_title_becomes_a_plain_name(title, slug):
    assert slug_of(title) == slug


def test_a_taken_name_gets_a_number():
    assert family_of("Talks", {"own_talks", "own_talks_2"}) == "own_talks_3"
    long = family_of("x" * 50, {f"own_{'x' * 28}"})
    assert long == f"own_{'x' * 26}_2"
    slug = f"{'x' * 25}_yz"
    assert family_of(slug, {f"own_{slug}"}) == f"own_{'x' * 25}_2"


@given(st.text(max_size=80), st.integers(1, 999_999))
def test_every_title_gives_a_key_that_can_be_stored(title, version):
    measure = measure_from(own_definition(), family=family_of(title, set()), version=version)
    assert len(measure.key) <= 40
