"""A practice's own figures: what they replace, and what is refused."""

import math
from dataclasses import replace
from datetime import date

import pytest

from practice.domain.certainty import Certainty
from practice.domain.change import classify, criteria_for, origin_of, whole_points_of
from practice.domain.change.reliable_change import reliable_change_points
from practice.domain.measures.definition import Scale
from practice.domain.measures.figures import (
    KIND_OF_RELIABILITY,
    LONGEST_SOURCE,
    Figures,
    problems_of,
    with_figures,
)
from practice.domain.measures.registry import get_measure

CSI16 = get_measure("csi16").scale("csi16")
RAISED = Scale("raised", "Raised", "Raised", (), 10, 50, True)
"""From 10 to 50: its width is not its highest score."""

OWN = Figures(sd=14, reliability=0.9, source="Own intake, n = 42", entered_on=date(2026, 11, 2))


def test_nothing_entered_leaves_the_scale_as_it_ships():
    assert with_figures(CSI16, Figures()) == CSI16


def test_own_norms_replace_all_that_ships_for_change_and_keep_the_cut():
    used = with_figures(CSI16, OWN)
    assert (used.norms.sd, used.norms.reliability) == (14, 0.9)
    assert used.norms.certainty is Certainty.PRACTICE
    assert used.norms.source == "Own intake, n = 42; used since 2 November 2026"
    assert used.norms.kind_of_reliability == KIND_OF_RELIABILITY
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
    assert used.published_change.source == "A manual (2020)"
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


def said_of(figures, scale=CSI16):
    return problems_of(scale, figures)


@pytest.mark.parametrize("half", [Figures(sd=14), Figures(reliability=0.9), Figures(points=9)])
def test_one_of_the_two_figures_makes_no_norms(half):
    assert half.norms is None


def test_what_is_missing_is_said_of_the_field_that_lacks_it():
    assert said_of(Figures(cut=50)) == {
        "source": "Say where these figures come from: author and year, or your own data."
    }
    assert said_of(Figures(sd=12, source="x")) == {
        "reliability": "A standard deviation needs a reliability."
    }
    assert said_of(Figures(reliability=0.9, source="x")) == {
        "sd": "A reliability needs the standard deviation of the same sample."
    }


def test_a_source_may_be_as_long_as_there_is_room_for():
    assert not said_of(Figures(cut=50, source="x" * LONGEST_SOURCE))
    assert said_of(Figures(cut=50, source="x" * (LONGEST_SOURCE + 1))) == {
        "source": "Use at most 400 characters."
    }


def test_figures_out_of_their_range_are_told_the_range():
    assert said_of(Figures(cut=81, source="x")) == {
        "cut": "The cut score must lie between 0 and 81."
    }
    assert said_of(Figures(sd=0, reliability=0.9, source="x")) == {
        "sd": "The standard deviation must be a number above 0."
    }
    assert said_of(Figures(sd=12, reliability=1, source="x")) == {
        "reliability": "The reliability must be at least 0 and below 1, for example 0.85."
    }
    assert said_of(Figures(points=0, source="x")) == {
        "points": "The points must be a number above 0."
    }


def test_figures_below_one_are_figures():
    assert not said_of(Figures(sd=0.4, reliability=0, source="x"))
    assert not said_of(Figures(points=0.5, source="x"))


def test_scores_cannot_spread_further_than_between_the_two_ends():
    widest = 40 / math.sqrt(2)
    assert not said_of(Figures(sd=widest, reliability=0.9, source="x"), RAISED)
    further = Figures(sd=math.nextafter(widest, 99), reliability=0.9, source="x")
    assert said_of(further, RAISED) == {
        "sd": "No sample on a scale from 10 to 50 can spread so far."
    }


@pytest.mark.parametrize(
    ("half", "other"), [({"sd": 12}, "reliability"), ({"reliability": 0.9}, "sd")]
)
def test_points_beside_even_one_of_the_other_two_are_refused(half, other):
    found = said_of(Figures(points=9, source="x", **half))
    assert set(found) == {other, "points"}
    assert found["points"] == (
        "Enter either the points, or standard deviation and reliability, not both."
    )


def test_points_go_by_the_width_of_the_scale_and_not_by_its_highest_score():
    wide = {"points": "The scale is only 40 points wide."}
    assert not said_of(Figures(points=39, source="x"), RAISED)
    assert said_of(Figures(points=40, source="x"), RAISED) == wide
    assert not said_of(Figures(points=40, at_least=True, source="x"), RAISED)
    assert said_of(Figures(points=40.5, at_least=True, source="x"), RAISED) == wide


def test_norms_by_which_no_change_could_be_reliable_are_refused_with_the_change_they_ask_for():
    # 1.959964 * sqrt(2) * 16 * sqrt(0.9) = 42.073
    assert said_of(Figures(sd=16, reliability=0.1, source="x"), RAISED) == {
        "reliability": "With these two, only a change of more than 42.07 points would be reliable, "
        "and the scale is 40 points wide."
    }
    # 1.959964 * sqrt(2) * 15 * sqrt(0.9) = 39.44
    assert not said_of(Figures(sd=15, reliability=0.1, source="x"), RAISED)


def test_a_reliable_change_that_must_exceed_the_whole_scale_is_refused():
    for_one_point = reliable_change_points(Figures(sd=1, reliability=0.5).norms)
    figures = Figures(sd=81 / for_one_point, reliability=0.5, source="x")
    assert reliable_change_points(figures.norms) == 81
    assert set(said_of(figures)) == {"reliability"}
    assert not said_of(replace(figures, sd=figures.sd - 0.001))


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(ValueError, match=r"^scale csi16: ") as refused:
        with_figures(CSI16, Figures(cut=81, points=0, source="x"))
    assert str(refused.value) == (
        "scale csi16: cut: The cut score must lie between 0 and 81.; "
        "points: The points must be a number above 0."
    )
