"""A practice's own figures: what they replace, and what is refused."""

import math
from dataclasses import replace
from datetime import date

import pytest

from practice.domain.certainty import Certainty
from practice.domain.change import classify, criteria_for, origin_of, whole_points_of
from practice.domain.measures.figures import Figures, problems_of, with_figures
from practice.domain.measures.registry import get_measure

CSI16 = get_measure("csi16").scale("csi16")
OWN = Figures(sd=14, reliability=0.9, source="Own intake, n = 42", entered_on=date(2026, 11, 2))


def test_nothing_entered_leaves_the_scale_as_it_ships():
    assert with_figures(CSI16, Figures()) == CSI16


def test_own_norms_replace_all_that_ships_for_change_and_keep_the_cut():
    used = with_figures(CSI16, OWN)
    assert (used.norms.sd, used.norms.reliability) == (14, 0.9)
    assert used.norms.certainty is Certainty.PRACTICE
    assert used.norms.source == "Own intake, n = 42; used since 2 November 2026"
    assert used.conservative_norms is None
    assert used.cut == CSI16.cut
    # 1.959964 * sqrt(2) * 14 * sqrt(0.1) = 12.27
    assert whole_points_of(criteria_for(used)) == 13
    assert classify(40, 52, criteria=criteria_for(used)).partner_class.value == "unchanged"
    assert classify(40, 52, criteria=criteria_for(CSI16)).partner_class.value == "recovered"


def test_own_points_decide_instead_of_shipped_norms():
    figures = Figures(points=9, at_least=True, source="A manual (2020)")
    used = with_figures(CSI16, figures)
    assert used.norms is None
    assert origin_of(used).certainty is Certainty.PRACTICE
    assert whole_points_of(criteria_for(used)) == 9
    strictly = with_figures(CSI16, replace(figures, at_least=False))
    assert whole_points_of(criteria_for(strictly)) == 10


def test_own_norms_replace_a_published_change_that_was_read_in_its_source():
    read = replace(
        CSI16,
        norms=None,
        conservative_norms=None,
        published_change=with_figures(CSI16, Figures(points=3, source="x")).published_change,
    )
    assert with_figures(read, OWN).published_change is None


def test_an_own_cut_says_whose_it_is():
    used = with_figures(CSI16, Figures(cut=50, source="Smith (2019).", entered_on=date(2026, 3, 4)))
    assert used.cut.value == 50
    assert used.cut.certainty.label == "entered by the practice"
    assert used.cut.source == "Smith (2019); used since 4 March 2026"
    assert used.norms == CSI16.norms
    assert used.conservative_norms == CSI16.conservative_norms


# fmt: off
@pytest.mark.parametrize(("figures", "field"), [
    (Figures(cut=0, source="x"), "cut"),
    (Figures(cut=81, source="x"), "cut"),
    (Figures(cut=-3, source="x"), "cut"),
    (Figures(cut=math.nan, source="x"), "cut"),
    (Figures(cut=math.inf, source="x"), "cut"),
    (Figures(sd=0, reliability=0.9, source="x"), "sd"),
    (Figures(sd=-1, reliability=0.9, source="x"), "sd"),
    (Figures(sd=math.nan, reliability=0.9, source="x"), "sd"),
    (Figures(sd=58, reliability=0.999, source="x"), "sd"),
    (Figures(sd=12, source="x"), "reliability"),
    (Figures(reliability=0.9, source="x"), "sd"),
    (Figures(sd=12, reliability=1, source="x"), "reliability"),
    (Figures(sd=12, reliability=1.2, source="x"), "reliability"),
    (Figures(sd=12, reliability=-0.1, source="x"), "reliability"),
    (Figures(sd=12, reliability=math.nan, source="x"), "reliability"),
    (Figures(sd=50, reliability=0.1, source="x"), "reliability"),
    (Figures(points=0, source="x"), "points"),
    (Figures(points=-2, source="x"), "points"),
    (Figures(points=82, source="x"), "points"),
    (Figures(points=81, source="x"), "points"),
    (Figures(points=math.nan, source="x"), "points"),
    (Figures(points=9, sd=12, reliability=0.9, source="x"), "points"),
    (Figures(cut=50), "source"),
    (Figures(cut=50, source="  "), "source"),
    (Figures(cut=50, source="x" * 401), "source"),
])
# fmt: on
def test_nonsense_is_refused_naming_the_field(figures, field):
    assert set(problems_of(CSI16, figures)) == {field}
    with pytest.raises(ValueError, match=rf"scale csi16: {field}: "):
        with_figures(CSI16, figures)


def test_a_change_as_wide_as_the_range_is_possible_only_where_it_is_enough():
    assert not problems_of(CSI16, Figures(points=81, at_least=True, source="x"))
