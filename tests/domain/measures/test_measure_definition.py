"""A questionnaire that contradicts itself cannot be loaded; nor can one in the wrong file."""

import sys
from dataclasses import replace
from types import ModuleType

import pytest

from practice.domain.certainty import Certainty
from practice.domain.measures import catalogue
from practice.domain.measures.definition import Choice, Cut, Item, Measure, Norms, Scale
from practice.domain.measures.entered_totals import accepted
from practice.domain.measures.registry import all_measures, find_measures, get_measure

YES_NO = (Choice(0, "No"), Choice(1, "Yes"))
SOURCE = "invented"


@pytest.fixture
def measure() -> Measure:
    items = (Item("first", "First?", YES_NO), Item("second", "Second?", YES_NO))
    scale = Scale("total", "Total", "Total", ("first", "second"), 0, 2, True)
    return Measure(
        key="sample",
        title="Sample",
        short_title="Sample",
        purpose="To see.",
        minutes=1,
        instruction="Answer.",
        items=items,
        scales=(scale,),
        validated=True,
        notice="",
        citation=SOURCE,
        licence="MIT",
        wording_version="1",
        missing_rule="None.",
        examples=(),
    )


def test_norms_outside_their_range_are_refused():
    for sd in (0, -1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match=r"^norms: the SD is not above 0$"):
            Norms(sd, 0.8, "alpha", SOURCE, Certainty.GENERAL)
    for reliability in (1, -0.1, float("nan")):
        with pytest.raises(ValueError, match=r"^norms: the reliability is not in 0 <= r < 1$"):
            Norms(5, reliability, "alpha", SOURCE, Certainty.GENERAL)


def test_norms_may_be_small_and_without_any_reliability():
    norms = Norms(0.4, 0, "alpha", SOURCE, Certainty.GENERAL)
    assert (norms.sd, norms.reliability) == (0.4, 0)


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        (YES_NO[:1], "fewer than two answers"),
        ((Choice(1, "Yes"), Choice(1, "Also yes")), "two answers score the same"),
    ],
)
def test_an_item_that_cannot_be_answered_is_refused(choices, message):
    with pytest.raises(ValueError, match=f"item first: {message}"):
        Item("first", "First?", choices)


@pytest.mark.parametrize("key", ["", "Sample", "a b", "1st", "a" * 41, "ä"])
def test_a_key_is_a_plain_name(key, measure):
    with pytest.raises(ValueError, match="not a plain name"):
        replace(measure, key=key)


def test_what_has_no_plain_name_is_named(measure):
    scale = measure.scales[0]
    cases = [
        (measure, {"key": "A"}, "measure key 'A' is not a plain name"),
        (measure, {"family": "A"}, "measure family key 'A' is not a plain name"),
        (scale, {"key": "A"}, "scale key 'A' is not a plain name"),
        (scale, {"family": "A"}, "scale family key 'A' is not a plain name"),
        (measure.items[0], {"key": "A"}, "item key 'A' is not a plain name"),
    ]
    for part, change, message in cases:
        with pytest.raises(ValueError, match=f"^{message}$"):
            replace(part, **change)


def test_a_scale_must_say_what_its_items_give(measure):
    for wrong in ({"high": 3}, {"low": -1}, {"item_keys": ("first",)}):
        with pytest.raises(ValueError, match="items give"):
            replace(measure, scales=(replace(measure.scales[0], **wrong),))


def test_a_scale_cannot_use_an_item_that_is_not_there(measure):
    scale = replace(measure.scales[0], item_keys=("first", "third"))
    with pytest.raises(ValueError, match="scale total: unknown item third"):
        replace(measure, scales=(scale,))
    scale = replace(measure.scales[0], item_keys=("third", "first", "fourth"))
    with pytest.raises(ValueError, match=r"^scale total: unknown item third, fourth$"):
        replace(measure, scales=(scale,))


@pytest.mark.parametrize("value", [-1, 0, 2, 3])
def test_a_cut_that_parts_nobody_from_others_is_refused(measure, value):
    with pytest.raises(ValueError, match=r"^scale total: the cut is outside the range$"):
        replace(measure.scales[0], cut=Cut(value, SOURCE, Certainty.READ))


def test_a_cut_between_the_ends_is_kept(measure):
    cut = Cut(0.5, SOURCE, Certainty.READ)
    assert replace(measure.scales[0], cut=cut).cut == cut


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"items": ()}, "no items"),
        ({"items": (), "scales": ()}, "neither questions nor scales"),
        ({"licence": " "}, "no licence line"),
        ({"minutes": 0}, "minutes below 1"),
        ({"validated": False}, "not validated and no notice"),
    ],
)
def test_a_measure_that_lacks_something_is_refused(measure, change, message):
    with pytest.raises(ValueError, match=f"measure sample: {message}"):
        replace(measure, **change)


def test_two_items_or_scales_with_one_key_are_refused(measure):
    with pytest.raises(ValueError, match="an item key twice"):
        replace(measure, items=measure.items + measure.items[:1])
    with pytest.raises(ValueError, match="a scale key twice"):
        replace(measure, scales=measure.scales * 2)


def test_an_absent_item_scale_or_measure_is_a_key_error(measure):
    for ask in (measure.item, measure.scale, get_measure):
        with pytest.raises(KeyError, match="'absent'"):
            ask("absent")


@pytest.fixture
def package(tmp_path, monkeypatch) -> ModuleType:
    """An empty catalogue; its modules leave with the test."""
    folder = tmp_path / "sample_catalogue"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.startswith("sample_catalogue")]:
        monkeypatch.delitem(sys.modules, name)
    module = __import__("sample_catalogue")
    yield module
    for name in [name for name in sys.modules if name.startswith("sample_catalogue")]:
        del sys.modules[name]


def add(package: ModuleType, name: str, text: str) -> None:
    with open(f"{package.__path__[0]}/{name}.py", "w", encoding="utf-8") as file:
        file.write("from dataclasses import replace\n")
        file.write("from practice.domain.measures.catalogue.csi4 import MEASURE as CSI4\n" + text)


def test_a_new_file_is_found_without_being_registered(package):
    add(package, "csi4_again", "MEASURE = replace(CSI4, key='csi4_again')\n")
    assert list(find_measures(package)) == ["csi4_again"]


def test_measures_with_scales_of_their_own_stand_beside_each_other():
    assert find_measures(catalogue) == all_measures()


def test_a_file_whose_name_is_not_its_key_is_refused(package):
    add(package, "other", "MEASURE = CSI4\n")
    with pytest.raises(ValueError, match="the key is 'csi4', not the file's name"):
        find_measures(package)


def test_a_file_without_a_measure_is_refused(package):
    add(package, "empty", "")
    with pytest.raises(ValueError, match="there is no MEASURE"):
        find_measures(package)


def test_one_scale_key_cannot_mean_two_things(package):
    add(package, "first", "MEASURE = replace(CSI4, key='first')\n")
    add(
        package,
        "second",
        "SCALES = (replace(CSI4.scales[0], cut=None),)\n"
        "MEASURE = replace(CSI4, key='second', scales=SCALES)\n",
    )
    with pytest.raises(ValueError, match="second: scale csi4 means something else elsewhere"):
        find_measures(package)


def test_each_total_that_must_be_accepted_is_an_example_of_its_own():
    lowest, highest = accepted("kms", "the range", 3, 21)
    assert (lowest.answers, lowest.scores, lowest.source) == ({}, {"kms": 3}, "the range")
    assert (highest.answers, highest.scores, highest.source) == ({}, {"kms": 21}, "the range")
    assert accepted("kms", "none") == ()
