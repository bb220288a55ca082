"""Optional and risk items, bands, factors, totals: what is allowed, and what is refused."""

from dataclasses import replace

import pytest

from practice.domain.certainty import Certainty
from practice.domain.measures.definition import (
    Band,
    Choice,
    Item,
    Measure,
    Norms,
    PublishedChange,
    Scale,
)
from practice.domain.measures.registry import all_measures, get_measure
from practice.domain.measures.relations import contains, shown_scales
from practice.domain.measures.scales import without_rest

HOW_OFTEN = tuple(Choice(value, label) for value, label in enumerate(("Never", "Some", "Often")))
ITEMS = (
    Item("first", "First?", HOW_OFTEN),
    Item("second", "Second?", HOW_OFTEN, risk_from=1),
    Item("third", "Third?", HOW_OFTEN, optional=True),
)
SCALE = Scale("total", "Total", "Total", ("first", "second"), 0, 4, True)
BANDS = (Band(0, 1, "little"), Band(2, 4, "much"))
READ, GENERAL = Certainty.READ, Certainty.GENERAL


def make(items: tuple[Item, ...] = ITEMS, *scales: Scale) -> Measure:
    return Measure(
        key="sample",
        title="Sample",
        short_title="Sample",
        purpose="To see.",
        minutes=1,
        instruction="Answer.",
        items=items,
        scales=scales or (SCALE,),
        validated=True,
        notice="",
        citation="invented",
        licence="MIT",
        wording_version="1",
        missing_rule="None.",
        examples=(),
    )


def total_only(key: str = "total", **figures: object) -> Scale:
    return replace(Scale(key, "Total", "Total", (), 0, 40, True), **figures)


def test_an_optional_item_may_be_left_open_and_never_counts():
    measure = make()
    assert measure.score({"first": 1, "second": 2}) == {"total": 3}
    assert measure.score({"first": 1, "second": 2, "third": 2}) == {"total": 3}


def test_an_optional_item_is_still_checked_when_it_is_answered():
    with pytest.raises(ValueError, match=r"not one of the choices of item third$"):
        make().score({"first": 1, "second": 2, "third": 3})


def test_a_scale_cannot_count_an_optional_item():
    with pytest.raises(ValueError, match="scale total: optional item third"):
        make(ITEMS, replace(SCALE, item_keys=("first", "third")))
    second = replace(ITEMS[1], optional=True)
    with pytest.raises(ValueError, match=r"^scale total: optional item second, third$"):
        make((ITEMS[0], second, ITEMS[2]), replace(SCALE, item_keys=("first", "second", "third")))


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"fourth": 1, "fifth": 1}, "unknown item fourth, fifth"),
        ({"third": 1}, "no answer to item first, second"),
        ({"first": 3, "second": 1, "third": 3}, "not one of the choices of item first, third"),
    ],
)
def test_refused_answers_name_the_measure_and_every_item_at_fault(answers, message):
    with pytest.raises(ValueError, match=f"^sample: {message}$"):
        make().score(answers)


@pytest.mark.parametrize(("answer", "raised"), [(0, ()), (1, ("second",)), (2, ("second",))])
def test_a_risk_is_raised_from_its_value_on(answer, raised):
    assert make().risks({"first": 2, "second": answer}) == raised


@pytest.mark.parametrize("answers", [{}, {"first": 2}, {"second": True}, {"second": 9}])
def test_what_was_not_answered_raises_no_risk(answers):
    assert make().risks(answers) == ()


def test_the_highest_answer_alone_may_be_the_risk():
    item = Item("first", "First?", HOW_OFTEN, risk_from=2)
    raised = [make((item, *ITEMS[1:])).risks({"first": answer}) for answer in (0, 1, 2)]
    assert raised == [(), (), ("first",)]


def test_a_question_without_words_is_refused():
    with pytest.raises(ValueError, match=r"^item first: no text$"):
        Item("first", " ", HOW_OFTEN)


@pytest.mark.parametrize("value", [0, 3])
def test_a_risk_that_all_answers_or_none_would_raise_is_refused(value):
    with pytest.raises(ValueError, match="item first: risk_from"):
        Item("first", "First?", HOW_OFTEN, risk_from=value)


def test_a_factor_multiplies_the_sum_of_the_answers():
    measure = make(ITEMS, replace(SCALE, factor=25, step=25, high=100))
    assert measure.score({"first": 1, "second": 2}) == {"total": 75}
    with pytest.raises(ValueError, match="items give 0 to 100"):
        make(ITEMS, replace(SCALE, factor=25, step=25, high=50))


def test_a_factor_needs_its_step():
    with pytest.raises(ValueError, match="steps of the factor"):
        replace(SCALE, factor=25, high=100)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"item_keys": ("first", "first")}, "an item counts twice"),
        ({"low": 4}, "low is not below high"),
        ({"low": 5}, "low is not below high"),
        ({"factor": 0}, "the factor is below 1"),
        (
            {"conservative_norms": Norms(1, 0.5, "alpha", "invented", GENERAL)},
            "conservative norms alone",
        ),
    ],
)
def test_a_scale_that_cannot_be_is_refused(change, message):
    with pytest.raises(ValueError, match=f"^scale total: {message}$"):
        replace(SCALE, **change)


@pytest.mark.parametrize(
    ("value", "label"), [(0, "little"), (1, "little"), (2, "much"), (4, "much")]
)
def test_a_score_has_the_word_of_its_band(value, label):
    scale = replace(SCALE, bands=BANDS, bands_source="invented")
    assert scale.band_of(value) in BANDS
    assert scale.band_of(value).label == label


def test_a_score_outside_the_bands_has_no_word():
    assert SCALE.band_of(2) is None
    assert replace(SCALE, bands=BANDS, bands_source="invented").band_of(5) is None


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        ((Band(0, 1, "little"), Band(3, 4, "much")), "lie between"),
        ((Band(0, 2, "little"), Band(2, 4, "much")), "overlap"),
        ((Band(1, 2, "little"), Band(3, 4, "much")), "do not cover"),
        ((Band(0, 1, "little"), Band(2, 3, "much")), "do not cover"),
        ((Band(0, 1, " "), Band(2, 4, "much")), "no label"),
        ((Band(0, -1, "none"), Band(0, 4, "much")), "ends before"),
    ],
)
def test_bands_with_a_gap_or_an_overlap_are_refused(bands, message):
    with pytest.raises(ValueError, match=f"scale total: .*{message}"):
        replace(SCALE, bands=bands, bands_source="invented")


def test_a_band_may_be_a_single_score_and_there_may_be_many():
    bands = (Band(0, 0, "none"), Band(1, 2, "little"), Band(3, 3, "some"), Band(4, 4, "much"))
    scale = replace(SCALE, bands=bands, bands_source="invented")
    found = [scale.band_of(value).label for value in range(5)]
    assert found == ["none", "little", "little", "some", "much"]


def test_bands_need_a_source():
    with pytest.raises(ValueError, match="scale total: the bands have no source"):
        replace(SCALE, bands=BANDS)


def test_bands_go_by_the_step_of_the_scale():
    bands = (Band(0, 35.9, "low"), Band(36, 40, "usual"))
    scale = total_only(step=0.1, bands=bands, bands_source="invented")
    assert scale.band_of(35.9).label == "low"
    assert scale.band_of(36).label == "usual"


@pytest.mark.parametrize("points", [0, -1, float("nan"), float("inf")])
def test_a_published_change_is_a_number_above_nought(points):
    message = "^published change: the points are not a number above 0$"
    with pytest.raises(ValueError, match=message):
        PublishedChange(points, True, "invented", READ)


def test_a_published_change_may_be_less_than_a_point():
    assert PublishedChange(0.5, True, "invented", READ).words == "0.5 points or more"


def test_a_published_change_fits_into_the_range():
    assert replace(SCALE, published_change=PublishedChange(4, True, "invented", READ))
    with pytest.raises(ValueError, match="scale total: the published change is wider"):
        replace(SCALE, published_change=PublishedChange(5, True, "invented", READ))
    with pytest.raises(ValueError, match="scale total: the published change is wider"):
        total_only(low=10, published_change=PublishedChange(31, True, "invented", READ))


def test_a_scale_can_show_change_by_norms_or_by_a_published_value():
    assert not SCALE.can_show_change
    assert replace(SCALE, norms=Norms(1, 0.5, "alpha", "invented", GENERAL)).can_show_change
    published = PublishedChange(2, True, "invented", GENERAL)
    assert replace(SCALE, published_change=published).can_show_change


@pytest.mark.parametrize("step", [0, -1, float("nan"), float("inf")])
def test_a_step_is_a_number_above_nought(step):
    with pytest.raises(ValueError, match="^scale total: the step is not a number above 0$"):
        total_only(step=step)


@pytest.mark.parametrize("step", [0.3, 80, 1e12, 1e-320])
def test_a_step_that_does_not_lead_to_the_highest_score_is_refused(step):
    with pytest.raises(ValueError, match="^scale total: high is not on the step$"):
        total_only(step=step)


def test_steps_begin_at_the_lowest_score():
    assert total_only(low=1, high=10, step=3).checked(7) == 7
    with pytest.raises(ValueError, match="^scale total: high is not on the step$"):
        total_only(low=1, high=11, step=3)


def test_a_single_step_may_lead_from_end_to_end():
    assert total_only(step=40).checked(40) == 40


def test_what_binary_leaves_of_tenths_is_no_difference():
    assert without_rest(0.1 + 0.2) == 0.3
    assert without_rest(17 + 4e-10) == 17
    assert without_rest(17 + 6e-10) == 17.000000001


def test_a_measure_without_items_keeps_totals_only():
    measure = make((), total_only())
    assert measure.totals_only
    assert not make().totals_only
    with pytest.raises(ValueError, match="sample: there are no questions here"):
        measure.score({})
    assert measure.risks({}) == ()


def test_items_and_scales_must_agree_on_whether_there_are_questions():
    with pytest.raises(ValueError, match="no items, but scale total counts some"):
        make((), SCALE)
    with pytest.raises(ValueError, match="scale total: no items"):
        make(ITEMS, total_only())


@pytest.mark.parametrize(("step", "value"), [(1, 0), (1, 40), (1, 17.0), (0.1, 25.1), (0.5, 12.5)])
def test_a_total_on_the_step_is_kept(step, value):
    assert make((), total_only(step=step)).totals({"total": value}) == {"total": value}


def test_a_total_that_was_added_up_in_tenths_is_kept_exactly():
    kept = make((), total_only(step=0.1)).totals({"total": 0.1 + 0.2})
    assert kept == {"total": 0.3}
    assert make((), total_only(step=0.1)).totals({"total": 0.3}) == {"total": 0.3}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (-1, "from 0 to 40"),
        (41, "from 0 to 40"),
        (17.5, "steps of 1 from 0"),
        (float("nan"), "not a number"),
        (float("inf"), "not a number"),
        (True, "not a number"),
        ("17", "not a number"),
        (None, "not a number"),
    ],
)
def test_a_total_that_cannot_be_is_refused_by_the_name_of_its_scale(value, message):
    with pytest.raises(ValueError, match=f"scale total: .*{message}"):
        make((), total_only()).totals({"total": value})


def test_a_total_of_no_scale_and_no_total_at_all_are_refused():
    measure = make((), total_only())
    with pytest.raises(ValueError, match=r"sample: unknown scale other$"):
        measure.totals({"total": 1, "other": 1})
    with pytest.raises(ValueError, match=r"^sample: no total for scale total$"):
        measure.totals({})
    with pytest.raises(ValueError, match=r"^sample: no total for scale one, two$"):
        make((), total_only("one"), total_only("two")).totals({})


def test_totals_may_stand_for_some_scales_and_keep_their_order():
    measure = make((), total_only("one"), total_only("two"), total_only("three"))
    assert list(measure.totals({"three": 3, "one": 1})) == ["one", "three"]


def test_totals_of_a_measure_with_questions_are_checked_too():
    assert make().totals({"total": 4}) == {"total": 4}
    with pytest.raises(ValueError, match="scale total: the total must be from 0 to 4"):
        make().totals({"total": 5})


def test_a_family_is_the_key_unless_it_is_named():
    measure = make()
    assert (measure.family_key, measure.version) == ("sample", 1)
    later = replace(measure, key="own_sample_v2", family="own_sample", version=2)
    assert later.family_key == "own_sample"
    assert SCALE.family_key == "total"
    assert replace(SCALE, family="own_total").family_key == "own_total"


@pytest.mark.parametrize("change", [{"version": 0}, {"family": "Not a name"}])
def test_a_version_or_family_that_cannot_be_is_refused(change):
    with pytest.raises(ValueError, match="version|family"):
        replace(make(), **change)
    if "family" in change:
        with pytest.raises(ValueError, match="scale family"):
            replace(SCALE, **change)


def test_totals_lie_in_nothing_and_hold_nothing():
    asked, kept = make(), replace(make((), total_only()), key="kept")
    assert not contains(asked, kept)
    assert not contains(kept, asked)
    assert not contains(kept, replace(kept, key="again"))
    both = make((), total_only("one"), total_only("two"))
    assert [scale.key for scale in shown_scales(both)] == ["one", "two"]


def test_answers_that_are_not_counted_are_in_no_other_measure_and_hold_none():
    kept = get_measure("relationship_now")
    assert kept.score({"together": 0}) == {}
    with pytest.raises(ValueError, match="no answer to item together"):
        kept.score({})
    others = [measure for measure in all_measures().values() if measure is not kept]
    assert not any(contains(other, kept) or contains(kept, other) for other in others)
