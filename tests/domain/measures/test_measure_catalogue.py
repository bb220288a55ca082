"""Every questionnaire of the catalogue scores as its own worked examples say."""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice.domain.certainty import Certainty
from practice.domain.change import is_distressed
from practice.domain.measures.definition import Measure, Scale
from practice.domain.measures.registry import all_measures, get_measure

MEASURES = list(all_measures().values())
ASKED = [measure for measure in MEASURES if not measure.totals_only]
ENTERED = [measure for measure in MEASURES if measure.totals_only]
OWN = [measure for measure in MEASURES if not measure.validated]
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


def key_of(measure: Measure) -> str:
    return measure.key


def beside_the_cut(scale: Scale) -> tuple[float, float]:
    """Return the two possible scores between which the distressed side ends."""
    steps = (scale.cut.value - scale.low) / scale.step
    # A score exactly on the cut is not distressed, whichever way the scale runs.
    lower = math.ceil(steps - 1e-9) - 1 if scale.higher_is_better else math.floor(steps + 1e-9)
    below, above = (scale.low + place * scale.step for place in (lower, lower + 1))
    return round(below, 9), round(above, 9)


def test_these_measures_are_shipped():
    assert [measure.key for measure in ASKED] == [
        "csi16",
        "csi4",
        "emotional_safety",
        "gad7",
        "phq9",
        "ratings",
        "relationship_now",
        "session_feedback",
        "warning_signs",
        "who5",
    ]
    assert [measure.key for measure in ENTERED] == [
        "core10",
        "crs",
        "das",
        "grims",
        "kms",
        "ors",
        "ras",
        "rdas",
        "srs",
    ]
    assert list(all_measures()) == sorted(all_measures())


@pytest.mark.parametrize(("measure", "example"), EXAMPLES)
def test_a_worked_example_gives_its_scores(measure, example):
    if measure.totals_only:
        assert not example.answers
        assert measure.totals(example.scores) == dict(example.scores)
    else:
        assert measure.score(example.answers) == dict(example.scores)
        if measure.scales:
            assert measure.totals(example.scores) == dict(example.scores)


@pytest.mark.parametrize(("measure", "scale"), SCALES)
def test_the_examples_reach_both_ends_of_a_scale(measure, scale):
    assert {scale.low, scale.high} <= set(scores_of(measure, scale))


@pytest.mark.parametrize(("measure", "scale"), SCALES)
def test_the_examples_stand_right_beside_the_cut(measure, scale):
    if scale.cut is None:
        return
    below, above = beside_the_cut(scale)
    assert {below, above} <= set(scores_of(measure, scale))
    sides = [
        is_distressed(score, scale.cut.value, higher_is_better=scale.higher_is_better)
        for score in (below, above)
    ]
    assert sides == [scale.higher_is_better, not scale.higher_is_better]


@pytest.mark.parametrize(("measure", "scale"), SCALES)
def test_the_examples_stand_at_both_edges_of_each_band(measure, scale):
    edges = {edge for band in scale.bands for edge in (band.low, band.high)}
    assert edges <= set(scores_of(measure, scale))


@pytest.mark.parametrize("measure", ASKED, ids=key_of)
def test_one_missing_answer_leaves_no_score(measure):
    complete = measure.examples[0].answers
    for item in measure.items:
        less = {key: value for key, value in complete.items() if key != item.key}
        if item.optional:
            assert measure.score(less)
            continue
        with pytest.raises(ValueError, match=rf"no answer to item {item.key}$"):
            measure.score(less)


@pytest.mark.parametrize("measure", ASKED, ids=key_of)
@pytest.mark.parametrize("wrong", [-1, 99, True, 1.0, "1", None])
def test_an_answer_that_cannot_be_chosen_is_refused(measure, wrong):
    for item in measure.items:
        with pytest.raises(ValueError, match=rf"not one of the choices of item {item.key}$"):
            measure.score({**measure.examples[0].answers, item.key: wrong})


@pytest.mark.parametrize("measure", ASKED, ids=key_of)
def test_an_unknown_item_is_refused(measure):
    with pytest.raises(ValueError, match=r"unknown item csi_17$"):
        measure.score({**measure.examples[0].answers, "csi_17": 1})


def complete_answers(measure: Measure) -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries(
        {item.key: st.sampled_from(sorted(item.values)) for item in measure.items}
    )


@pytest.mark.parametrize("measure", ASKED, ids=key_of)
@settings(max_examples=40)
@given(data=st.data())
def test_scores_stay_in_range_and_rise_with_every_answer(measure, data):
    answers = data.draw(complete_answers(measure), label="answers")
    scores = measure.score(answers)
    raised = data.draw(st.sampled_from(measure.items), label="raised")
    for scale in measure.scales:
        assert scale.low <= scores[scale.key] <= scale.high
    for lower, higher in pairwise(sorted(raised.values)):
        first = measure.score({**answers, raised.key: lower})
        second = measure.score({**answers, raised.key: higher})
        for scale in measure.scales:
            counts = raised.key in scale.item_keys
            step = scale.factor * (higher - lower) if counts else 0
            assert second[scale.key] - first[scale.key] == step


@pytest.mark.parametrize("measure", [m for m in ASKED if m.scales], ids=key_of)
@settings(max_examples=40)
@given(data=st.data())
def test_a_score_is_a_total_that_can_be_entered(measure, data):
    scores = measure.score(data.draw(complete_answers(measure)))
    assert measure.totals(scores) == scores


@settings(max_examples=60)
@given(complete_answers(get_measure("csi16")))
def test_the_csi4_within_a_csi16_is_the_csi4_asked_by_itself(answers):
    short = get_measure("csi4")
    alone = short.score({item.key: answers[item.key] for item in short.items})
    assert get_measure("csi16").score(answers)["csi4"] == alone["csi4"]


@settings(max_examples=60)
@given(complete_answers(get_measure("phq9")))
def test_the_ninth_answer_alone_raises_a_risk(answers):
    raised = get_measure("phq9").risks(answers)
    assert raised == (("phq_9",) if answers["phq_9"] >= 1 else ())


def test_no_other_question_raises_a_risk():
    flagged = [item.key for measure in MEASURES for item in measure.items if item.risk_from]
    assert flagged == ["phq_9"]


@settings(max_examples=60)
@given(complete_answers(get_measure("phq9")))
def test_the_tenth_answer_never_counts(answers):
    phq9 = get_measure("phq9")
    without = {key: value for key, value in answers.items() if key != "phq_10"}
    assert phq9.score(answers) == phq9.score(without)


@pytest.mark.parametrize("measure", ENTERED, ids=key_of)
def test_a_measure_of_totals_says_why_and_scores_nothing(measure):
    assert measure.totals_reason
    assert "Dyad holds none of" in measure.licence
    with pytest.raises(ValueError, match=f"{measure.key}: there are no questions here"):
        measure.score({})


@pytest.mark.parametrize("measure", MEASURES, ids=key_of)
def test_every_measure_says_where_it_comes_from(measure):
    for text in (measure.citation, measure.licence, measure.wording_version, measure.missing_rule):
        assert text.strip()
    assert (measure.family, measure.version) == ("", 1)
    assert bool(measure.totals_reason) is measure.totals_only


@pytest.mark.parametrize("measure", OWN, ids=key_of)
def test_what_is_our_own_claims_no_standing(measure):
    assert "not a validated test" in measure.notice
    assert measure.licence.startswith("MIT")
    assert not any(scale.cut or scale.can_show_change or scale.bands for scale in measure.scales)


def test_what_asks_about_risk_says_that_a_total_hides_it():
    asks = {m.key for m in MEASURES if any(item.risk_from is not None for item in m.items)}
    says = {measure.key for measure in MEASURES if measure.risk_in_total}
    assert asks == {"phq9"}
    assert says == asks | {"core10"}


def test_what_speaks_of_one_person_or_of_the_sessions_is_not_shareable():
    assert [measure.key for measure in MEASURES if not measure.shareable] == [
        "core10",
        "emotional_safety",
        "gad7",
        "ors",
        "phq9",
        "relationship_now",
        "session_feedback",
        "srs",
        "who5",
    ]


# fmt: off
#    measure   points  exactly so many  certainty
PUBLISHED = [
    ("phq9",   6,      True,            Certainty.READ),
    ("gad7",   4,      True,            Certainty.READ),
    ("rdas",   11.58,  False,           Certainty.READ),
    ("crs",    16,     False,           Certainty.READ),
    ("ors",    5,      True,            Certainty.GENERAL),
    ("srs",    5,      True,            Certainty.GENERAL),
    ("core10", 6,      True,            Certainty.GENERAL),
]
#    measure   cut    better  certainty
CUTS = [
    ("csi16",  51.5,  True,   Certainty.READ),
    ("csi4",   13.5,  True,   Certainty.READ),
    ("phq9",   9.5,   False,  Certainty.READ),
    ("gad7",   7.5,   False,  Certainty.READ),
    ("who5",   50,    True,   Certainty.READ),
    ("rdas",   47.31, True,   Certainty.READ),
    ("crs",    70.9,  True,   Certainty.READ),
    ("kms",    17,    True,   Certainty.INFERRED),
    ("das",    97.5,  True,   Certainty.GENERAL),
    ("ors",    25,    True,   Certainty.GENERAL),
    ("core10", 10.5,  False,  Certainty.GENERAL),
]
# fmt: on


def test_published_changes_and_their_marks():
    found = [
        (m.key, change.points, change.at_least, change.certainty)
        for m in MEASURES
        for scale in m.scales[:1]
        if (change := scale.published_change) is not None
    ]
    assert sorted(found) == sorted(PUBLISHED)


def test_cut_scores_and_their_marks():
    found = [
        (m.key, s.cut.value, s.higher_is_better, s.cut.certainty)
        for m in MEASURES
        for s in m.scales[:1]
        if s.cut is not None
    ]
    assert sorted(found) == sorted(CUTS)


def test_severity_words():
    bands = {key: get_measure(key).scales[0].bands for key in ("phq9", "gad7")}
    assert [(b.low, b.high, b.label) for b in bands["phq9"]] == [
        (0, 4, "minimal"),
        (5, 9, "mild"),
        (10, 14, "moderate"),
        (15, 19, "moderately severe"),
        (20, 27, "severe"),
    ]
    assert [(b.low, b.high) for b in bands["gad7"]] == [(0, 4), (5, 9), (10, 14), (15, 21)]


def test_the_phq_answers_are_as_printed():
    printed = ["Not at all", "Several days", "More than half the days", "Nearly every day"]
    counted = [*get_measure("phq9").items[:9], *get_measure("gad7").items]
    for item in counted:
        assert [(choice.label, choice.value) for choice in item.choices] == [
            (label, value) for value, label in enumerate(printed)
        ]
    for key in ("phq9", "gad7"):
        first, *others = get_measure(key).items
        assert first.instruction.startswith("Over the last 2 weeks, how often")
        assert not any(item.instruction for item in others)


def test_the_who5_counts_four_for_each_point():
    who5 = get_measure("who5")
    printed = [(choice.label, choice.value) for choice in who5.items[0].choices]
    assert printed[0] == ("All of the time", 5)
    assert printed[-1] == ("At no time", 0)
    assert who5.score(dict.fromkeys((item.key for item in who5.items), 3)) == {"who5": 60}
    with pytest.raises(ValueError, match="steps of 4"):
        who5.totals({"who5": 50})


def test_signs_stand_each_by_itself():
    signs = get_measure("warning_signs")
    assert [measure.key for measure in MEASURES if measure.board] == ["warning_signs"]
    assert len(signs.items) == 15
    assert [scale.item_keys for scale in signs.scales] == [(item.key,) for item in signs.items]
    assert not any(scale.higher_is_better for scale in signs.scales)


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
