"""Every questionnaire of the catalogue scores as its own worked examples say."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.certainty import Certainty
from practice.domain.measures.definition import Measure, Scale
from practice.domain.measures.registry import all_measures, get_measure

MEASURES = list(all_measures().values())
EXAMPLES = [
    pytest.param(measure, example, id=f"{measure.key}-{number}")
    for measure in MEASURES
    for number, example in enumerate(measure.examples)
]
SCALES = [
    pytest.param(measure, scale, id=f"{measure.key}-{scale.key}")
    for measure in MEASURES
    for scale in measure.scales
]

HAPPINESS = {
    "Extremely Unhappy": 0,
    "Fairly Unhappy": 1,
    "A Little Unhappy": 2,
    "Happy": 3,
    "Very Happy": 4,
    "Extremely Happy": 5,
    "Perfect": 6,
}
HOW_OFTEN = {
    "All the time": 5,
    "Most of the time": 4,
    "More often than not": 3,
    "Occasionally": 2,
    "Rarely": 1,
    "Never": 0,
}
HOW_TRUE = {
    "Not at all TRUE": 0,
    "A little TRUE": 1,
    "Somewhat TRUE": 2,
    "Mostly TRUE": 3,
    "Almost Completely TRUE": 4,
    "Completely TRUE": 5,
}
HOW_MUCH = {
    "Not at all": 0,
    "A little": 1,
    "Somewhat": 2,
    "Mostly": 3,
    "Almost Completely": 4,
    "Completely": 5,
}
FALLING, RISING = [5, 4, 3, 2, 1, 0], [0, 1, 2, 3, 4, 5]
# fmt: off
PRINTED_PAIRS = [
    ("csi_11", "INTERESTING",  "BORING",    FALLING),
    ("csi_12", "BAD",          "GOOD",      RISING),
    ("csi_13", "FULL",         "EMPTY",     FALLING),
    ("csi_14", "STURDY",       "FRAGILE",   FALLING),
    ("csi_15", "DISCOURAGING", "HOPEFUL",   RISING),
    ("csi_16", "ENJOYABLE",    "MISERABLE", FALLING),
]
PRINTED_ANSWERS = [
    *[(f"csi_{number:02}", answers) for number, answers in enumerate(
        [HAPPINESS, HOW_OFTEN, *[HOW_TRUE] * 4, *[HOW_MUCH] * 4], start=1)],
]
# fmt: on


def scores_of(measure: Measure, scale: Scale) -> list[float]:
    return [example.scores[scale.key] for example in measure.examples]


def test_these_measures_are_shipped():
    assert {"csi16", "csi4", "ratings"} <= set(all_measures())
    assert list(all_measures()) == sorted(all_measures())


@pytest.mark.parametrize(("measure", "example"), EXAMPLES)
def test_a_worked_example_gives_its_scores(measure, example):
    assert measure.score(example.answers) == dict(example.scores)


@pytest.mark.parametrize(("measure", "scale"), SCALES)
def test_the_examples_reach_both_ends_of_a_scale(measure, scale):
    assert {scale.low, scale.high} <= set(scores_of(measure, scale))


@pytest.mark.parametrize(("measure", "scale"), SCALES)
def test_the_examples_stand_right_beside_the_cut(measure, scale):
    if scale.cut is None:
        assert scale.norms is None
        return
    beside = {scale.cut.value - 0.5, scale.cut.value + 0.5}
    assert beside <= set(scores_of(measure, scale))


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)
def test_one_missing_answer_leaves_no_score(measure):
    complete = measure.examples[0].answers
    for item in measure.items:
        with pytest.raises(ValueError, match=rf"no answer to item {item.key}$"):
            measure.score({key: value for key, value in complete.items() if key != item.key})


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)
@pytest.mark.parametrize("wrong", [-1, 99, True, 1.0, "1", None])
def test_an_answer_that_cannot_be_chosen_is_refused(measure, wrong):
    item = measure.items[-1]
    with pytest.raises(ValueError, match=rf"not one of the choices of item {item.key}$"):
        measure.score({**measure.examples[0].answers, item.key: wrong})


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)
def test_an_unknown_item_is_refused(measure):
    with pytest.raises(ValueError, match=r"unknown item csi_17$"):
        measure.score({**measure.examples[0].answers, "csi_17": 1})


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)
@given(data=st.data())
def test_scores_stay_in_range_and_rise_with_every_answer(measure, data):
    answers = {
        item.key: data.draw(st.sampled_from(sorted(item.values)), label=item.key)
        for item in measure.items
    }
    scores = measure.score(answers)
    raised = data.draw(st.sampled_from(measure.items), label="raised")
    for scale in measure.scales:
        assert scale.low <= scores[scale.key] <= scale.high
    for lower, higher in pairwise(sorted(raised.values)):
        first = measure.score({**answers, raised.key: lower})
        second = measure.score({**answers, raised.key: higher})
        for scale in measure.scales:
            step = (higher - lower) if raised.key in scale.item_keys else 0
            assert second[scale.key] - first[scale.key] == step


@pytest.mark.parametrize(("key", "answers"), PRINTED_ANSWERS)
def test_csi_answers_are_as_printed(key, answers):
    item = get_measure("csi16").item(key)
    assert [(choice.label, choice.value) for choice in item.choices] == list(answers.items())
    assert item.poles is None


@pytest.mark.parametrize(("key", "left", "right", "values"), PRINTED_PAIRS)
def test_csi_word_pairs_are_as_printed(key, left, right, values):
    item = get_measure("csi16").item(key)
    assert item.poles is not None
    assert (item.poles.left, item.poles.right) == (left, right)
    assert not item.poles.digits_shown
    assert [choice.value for choice in item.choices] == values
    assert item.choices[0].label.endswith(left)
    assert item.choices[-1].label.endswith(right)


def test_the_printed_instruction_stands_before_the_first_word_pair_only():
    items = get_measure("csi16").items
    assert [item.key for item in items if item.instruction] == ["csi_11"]


def test_csi4_takes_the_right_four_items_of_the_csi16():
    long, short = get_measure("csi16"), get_measure("csi4")
    assert [item.key for item in short.items] == ["csi_01", "csi_05", "csi_07", "csi_10"]
    assert all(long.item(item.key) == item for item in short.items)
    assert long.scale("csi4") == short.scale("csi4")


def test_csi_cut_scores_and_norms_carry_their_marks():
    csi16, csi4 = get_measure("csi16").scale("csi16"), get_measure("csi4").scale("csi4")
    assert (csi16.cut.value, csi4.cut.value) == (51.5, 13.5)
    for scale in (csi16, csi4):
        assert scale.cut.certainty is Certainty.READ
        assert scale.norms.certainty is Certainty.GENERAL
        assert scale.norms.certainty.label == "general knowledge, not re-read"
        assert not scale.conservative_norms.certainty.is_firm


def test_own_ratings_say_that_they_are_no_test():
    ratings = get_measure("ratings")
    assert not ratings.validated
    assert "not a validated test" in ratings.notice
    assert all(scale.cut is None and scale.norms is None for scale in ratings.scales)


def test_only_conflict_is_better_when_lower():
    directions = {s.key: s.higher_is_better for s in get_measure("ratings").scales}
    assert directions == {
        "satisfaction": True,
        "communication": True,
        "conflict": False,
        "trust": True,
    }
