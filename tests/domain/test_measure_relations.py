"""Which scores are shown, and which measure lies within another."""

from practice.domain.measures.registry import get_measure
from practice.domain.measures.relations import contains, shown_scales


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
