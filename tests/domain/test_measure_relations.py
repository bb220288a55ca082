"""Which scores are shown, and which measure lies within another."""

from dataclasses import replace

import pytest

from practice.domain.measures.registry import get_measure
from practice.domain.measures.relations import (
    charted_in_turn,
    charted_scales,
    contains,
    is_later_wording,
    shown_scales,
)


def test_the_csi4_within_the_csi16_is_not_shown_beside_it():
    assert [scale.key for scale in shown_scales(get_measure("csi16"))] == ["csi16"]


def test_a_measure_on_its_own_shows_every_scale():
    assert [scale.key for scale in shown_scales(get_measure("csi4"))] == ["csi4"]
    assert [scale.key for scale in shown_scales(get_measure("ratings"))] == [
        "satisfaction",
        "communication",
        "conflict",
        "trust",
    ]


def test_only_the_longer_form_contains_the_shorter():
    csi16, csi4, ratings = (get_measure(key) for key in ("csi16", "csi4", "ratings"))
    assert contains(csi16, csi4)
    assert not contains(csi4, csi16)
    assert not contains(csi16, csi16)
    assert not contains(csi16, ratings)
    assert not contains(ratings, csi4)


def test_a_scale_of_the_same_items_is_shown_once():
    csi4 = get_measure("csi4")
    again = replace(csi4.scales[0], key="again")
    both = replace(csi4, scales=(*csi4.scales, again))
    assert shown_scales(both) == csi4.scales


def test_a_board_of_signs_has_no_charts_and_every_other_measure_has():
    assert charted_scales(get_measure("warning_signs")) == ()
    csi16 = get_measure("csi16")
    assert charted_scales(csi16) == shown_scales(csi16) == csi16.scales[:1]


def version_of_ratings(version: int, **scale_changes: object):
    ratings = get_measure("ratings")
    scale = replace(ratings.scales[0], **({"family": "own_nearness"} | scale_changes))
    later = replace(ratings, key=f"own_nearness_v{version}", family="own_nearness", version=version)
    return later, scale


def test_a_later_version_is_one_only_of_its_family_in_its_range_and_forwards():
    first, second = version_of_ratings(1), version_of_ratings(2)
    assert is_later_wording(*second, *first)
    assert not is_later_wording(*first, *second)
    assert not is_later_wording(*first, *first)
    assert not is_later_wording(*version_of_ratings(2, family="own_other"), *first)


@pytest.mark.parametrize("end", ["low", "high"])
def test_a_version_in_another_range_does_not_follow_the_earlier_one(end):
    scale = get_measure("ratings").scales[0]
    wider = {end: getattr(scale, end) + (1 if end == "high" else -1)}
    assert not is_later_wording(*version_of_ratings(2, **wider), *version_of_ratings(1))


def test_charts_stand_with_the_longest_measure_first_and_otherwise_by_name():
    keys = ("ratings", "phq9", "csi4", "warning_signs", "kms", "das", "csi16")
    charted = charted_in_turn(get_measure(key) for key in keys)
    assert [(measure.key, scale.key) for measure, scale in charted] == [
        ("csi16", "csi16"),
        ("phq9", "phq9"),
        ("csi4", "csi4"),
        ("ratings", "satisfaction"),
        ("ratings", "communication"),
        ("ratings", "conflict"),
        ("ratings", "trust"),
        ("das", "das"),
        ("kms", "kms"),
    ]


def test_of_several_versions_the_newest_alone_is_charted():
    versions = []
    for number in (1, 3, 2):
        measure, scale = version_of_ratings(number)
        versions.append(replace(measure, scales=(scale,)))
    charted = charted_in_turn(versions)
    assert [(measure.version, scale.family_key) for measure, scale in charted] == [
        (3, "own_nearness")
    ]
