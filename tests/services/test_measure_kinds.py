"""Totals, published points, boards and own scales: in the therapist's view and in reports."""

from datetime import date

import pytest

from practice.domain.change import PartnerClass
from practice.domain.couple_class import CoupleClass
from practice.domain.measures.registry import all_measures
from practice.domain.reports import Edition
from practice.domain.visibility import Audience
from practice.reports.as_json import findings_as_json
from practice.reports.render import report_html
from practice.services import clock, reports, responses
from practice.services.errors import Invalid, Refused
from tests.measure_builders import answer, ask, choose
from tests.reports import cases

FIRST, LATER = date(2026, 3, 4), date(2026, 9, 4)


def enter(cast, person, measure, before, after, audience=Audience.COUPLE):
    """Add two totals of one person."""
    for day, value in ((FIRST, before), (LATER, after)):
        cases.response(cast.couple, person, day, {measure: value}, audience, measure)


def read(cast):
    return responses.couple_measures(actor=cast.tess, couple_id=cast.couple)


def findings(cast, edition=Edition.JOINT):
    with clock.pretend(cases.NOW):
        return reports.outcome_findings(actor=cast.tess, couple_id=cast.couple, edition=edition)


# fmt: off
#    measure   before after  class                       points
JUDGED = [
    ("rdas",   40,    51,    PartnerClass.UNCHANGED,     12),
    ("rdas",   40,    52,    PartnerClass.RECOVERED,     12),
    ("phq9",   15,    9,     PartnerClass.RECOVERED,     6),
    ("phq9",   15,    10,    PartnerClass.UNCHANGED,     6),
    ("gad7",   6,     10,    PartnerClass.DETERIORATED,  4),
    ("crs",    60.5,  76.5,  PartnerClass.UNCHANGED,     17),
    ("crs",    60.5,  76.6,  PartnerClass.RECOVERED,     17),
    ("ras",    20,    27,    PartnerClass.IMPROVED,      7),
]
# fmt: on


@pytest.mark.parametrize(("measure", "before", "after", "expected", "points"), JUDGED)
def test_entered_totals_are_judged_by_the_figures_of_their_scale(
    inside, measure, before, after, expected, points
):
    enter(inside, inside.ada, measure, before, after)
    (panel,) = read(inside).tested
    assert panel.lines[0].change.partner_class is expected
    assert panel.precision.points == points
    assert (panel.precision.published is None) is (measure == "ras")
    assert panel.strict_precision is None
    (scale,) = findings(inside).scales
    assert scale.people[0].change.partner_class is expected


def test_a_scale_without_figures_has_a_line_and_no_class(inside):
    enter(inside, inside.ada, "grims", 50, 30)
    enter(inside, inside.ben, "grims", 50, 30)
    (panel,) = read(inside).tested
    assert (panel.couple_class, panel.precision) == (None, None)
    assert [line.change for line in panel.lines] == [None, None]
    found = findings(inside)
    assert (found.scales[0].couple_class, found.scales[0].can_show_change) == (None, False)
    text = report_html(found)
    assert "no class can be told for this scale" in text
    assert "No figures for reliable change were found" in text


def test_the_couple_is_classed_by_published_points(inside):
    enter(inside, inside.ada, "rdas", 40, 55)
    enter(inside, inside.ben, "rdas", 50, 38)
    (panel,) = read(inside).tested
    assert panel.couple_class is CoupleClass.DIVERGING
    assert findings(inside).scales[0].couple_class is CoupleClass.DIVERGING


def test_a_report_says_the_published_points_and_never_an_implied_sd(inside):
    enter(inside, inside.ada, "rdas", 40, 55)
    found = findings(inside)
    text = " ".join(report_html(found).split())
    assert "on the RDAS, more than 11.58 points, as published: Anderson et al. (2014)" in text
    assert "worked back from the published points" in text
    assert "Standard deviation" not in text
    criteria = findings_as_json(found).split('"criteria"')[1].split("}")[0]
    assert '"sd": null' in criteria
    assert '"reliability": null' in criteria
    assert '"points": 11.58' in criteria


def test_signs_have_no_chart_each_and_are_no_part_of_the_report_yet(inside):
    for value in (1, 3):
        signs = dict.fromkeys(choose("warning_signs"), value)
        answer(inside, inside.ada, "warning_signs", signs, Audience.COUPLE)
    measures = read(inside)
    assert (measures.tested, measures.ratings) == ((), ())
    assert len(measures.answered) == 2
    assert findings(inside).scales == ()


def test_own_scales_stand_apart_from_the_ratings(inside):
    for key in ("ratings", "emotional_safety", "session_feedback"):
        answer(inside, inside.ada, key)
    measures = read(inside)
    assert measures.tested == ()
    assert {panel.measure.key for panel in measures.ratings} == {
        "ratings",
        "emotional_safety",
        "session_feedback",
    }
    found = findings(inside, Edition.CLINICIAN)
    assert not any(scale.is_questionnaire for scale in found.scales)
    text = report_html(found)
    for key in ("ratings", "emotional_safety", "session_feedback"):
        assert all_measures()[key].title in text


@pytest.mark.parametrize(
    "key", sorted(key for key, measure in all_measures().items() if measure.totals_only)
)
def test_totals_are_never_asked(inside, key):
    with pytest.raises(Invalid, match="measures"):
        ask(inside, inside.ada, key)
    assert responses.portal_requests(actor=inside.ada) == ()


@pytest.mark.parametrize("key", ["emotional_safety", "gad7", "phq9", "session_feedback", "who5"])
def test_what_is_not_shareable_cannot_be_opened(inside, key):
    with pytest.raises(Invalid, match="audience"):
        answer(inside, inside.ada, key, audience=Audience.COUPLE)
    kept = responses.own_answers(actor=inside.ben)
    request = responses.portal_requests(actor=inside.ada)[0]
    response = responses.submit(
        actor=inside.ada,
        request_id=request.request_id,
        answers=choose(key),
        audience=Audience.THERAPIST,
    )
    with pytest.raises(Refused, match="between you and your therapist"):
        responses.share(actor=inside.ada, response_id=response)
    assert not responses.own_answers(actor=inside.ada).own[0].may_share
    assert responses.own_answers(actor=inside.ben) == kept


@pytest.mark.parametrize(("measure", "is_said"), [("rdas", True), ("phq9", False)])
def test_how_far_partners_lie_apart_is_said_of_the_relationship_and_of_nobodys_health(
    inside, measure, is_said
):
    enter(inside, inside.ada, measure, 10, 12)
    enter(inside, inside.ben, measure, 15, 16)
    (panel,) = read(inside).tested
    assert bool(panel.charts[0].distance) is is_said
    html = report_html(findings(inside, Edition.CLINICIAN))
    assert ("Between Ada and Ben" in html) is is_said
