"""What is judged, what is told in full, and where homework stands."""

from dataclasses import replace

import pytest

from practice.domain.certainty import Certainty
from practice.domain.measures.definition import PublishedChange
from practice.domain.measures.judging import homework_goes_with, is_judged, is_questionnaire
from practice.domain.measures.registry import get_measure

POINTS = PublishedChange(2, True, "by hand", Certainty.PRACTICE)


def own(validated, figures):
    """A measure of ten points in one question, with the tick and the figures or without."""
    measure = get_measure("ratings")
    scale = replace(measure.scales[0], published_change=POINTS if figures else None)
    return replace(measure, validated=validated, scales=(scale, *measure.scales[1:])), scale


@pytest.mark.parametrize(
    ("validated", "figures", "judged", "told"),
    [
        (True, True, True, True),
        (False, True, True, True),
        (True, False, False, True),
        (False, False, False, False),
    ],
)
def test_figures_alone_decide_what_is_judged(validated, figures, judged, told):
    measure, scale = own(validated, figures)
    assert (is_judged(scale), is_questionnaire(measure, scale)) == (judged, told)


def listed(*keys):
    return [(get_measure(key), scale) for key in keys for scale in get_measure(key).scales]


@pytest.mark.parametrize(
    ("pictured", "key"),
    [
        (listed(), None),
        (listed("session_feedback", "ratings"), "satisfaction"),
        (listed("ratings", "rdas"), "rdas"),  # no questions, and a questionnaire all the same
        (listed("rdas", "csi4", "phq9", "ratings"), "phq9"),
        (listed("who5", "csi16", "phq9"), "csi16"),
        (listed("csi16")[1:] + listed("phq9"), "phq9"),  # the four within the sixteen are four
    ],
)
def test_homework_goes_with_the_longest_questionnaire_that_has_a_picture(pictured, key):
    assert homework_goes_with(pictured) == key
    assert homework_goes_with(iter(pictured)) == key
