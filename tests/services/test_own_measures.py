"""Measures of the practice's own: added, given, answered, changed, retired, damaged."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError

from practice.db import db
from practice.domain.couple_class import CoupleClass
from practice.domain.measures.definition import Choice
from practice.domain.measures.figures import Figures
from practice.domain.measures.own import OwnItem
from practice.domain.reports import Edition
from practice.models.responses import Response
from practice.models.settings import PracticeMeasure, PracticeSetting
from practice.reports.blank_form import blank_form_html
from practice.services import (
    caseload_outcomes,
    measure_library,
    measure_requests,
    own_measures,
    reports,
    responses,
    scale_figures,
)
from practice.services.errors import Invalid, NotFound, Refused
from tests.measure_builders import answer, ask
from tests.practice_settings_builders import add_own, own_definition, totals_definition

LOW, HIGH = {"q1": 0, "q2": 0}, {"q1": 3, "q2": 3}


def change(inside, key, **overrides):
    return own_measures.change(actor=inside.otto, key=key, definition=own_definition(**overrides))


def test_an_added_measure_is_found_like_any_other(inside):
    measure = add_own(inside)
    assert measure.key == "own_evening_talks_v1"
    assert measure_library.get_measure(measure.key) == measure
    assert measure.key in measure_library.offered_measures()
    assert measure_library.all_scales()[measure.key].high == 6
    assert list(measure_library.all_measures()) == sorted(measure_library.all_measures())
    (listed,) = own_measures.own_measures(actor=inside.otto)
    assert (listed.title, listed.created_by) == ("Evening talks", "Tess Okafor")


def test_sent_twice_it_is_one(inside):
    new_id = uuid4()
    for _ in range(2):
        own_measures.add(actor=inside.tess, new_id=new_id, definition=own_definition())
    assert db.session.query(PracticeMeasure).count() == 1


def test_two_of_the_same_title_are_two_families(inside):
    keys = [add_own(inside).key, add_own(inside).key]
    assert keys == ["own_evening_talks_v1", "own_evening_talks_2_v1"]


def test_it_is_answered_and_shown_to_the_therapist_and_in_the_report(inside):
    measure = add_own(inside)
    scale_figures.set_figures(
        actor=inside.tess, scale_key=measure.key, figures=Figures(points=2, source="Own", cut=3)
    )
    for answers in (LOW, HIGH):
        answer(inside, inside.ada, measure.key, answers)
    found = responses.couple_measures(actor=inside.tess, couple_id=inside.couple)
    assert [panel.scale.title for panel in found.tested] == ["Evening talks"]
    report = reports.outcome_findings(
        actor=inside.tess, couple_id=inside.couple, edition=Edition.CLINICIAN
    )
    (scale,) = report.scales
    assert scale.key == measure.key
    assert [score.value for score in scale.people[0].given] == [0, 6]


@pytest.mark.parametrize("has_figures", [True, False])
def test_figures_decide_everywhere_whether_it_is_judged_and_no_tick_does(inside, has_figures):
    measure = add_own(inside, shareable=True)
    assert not measure.validated
    if has_figures:
        scale_figures.set_figures(
            actor=inside.tess,
            scale_key=measure.key,
            figures=Figures(sd=1, reliability=0.8, source="Own", cut=3),
        )
    for person in (inside.ada, inside.ben):
        for answers in (LOW, HIGH):
            answer(inside, person, measure.key, answers)
    found = responses.couple_measures(actor=inside.tess, couple_id=inside.couple)
    assert [len(found.tested), len(found.ratings)] == [has_figures, not has_figures]
    report = reports.outcome_findings(
        actor=inside.tess, couple_id=inside.couple, edition=Edition.CLINICIAN
    )
    (scale,) = report.scales
    assert scale.is_questionnaire is has_figures
    assert (measure.key in caseload_outcomes.scales()) is has_figures
    assert measure.notice in " ".join(reports.report_html(report).split())
    if has_figures:
        (panel,) = found.tested
        assert panel.precision.origin.source.startswith("Own; ")
        assert panel.couple_class is scale.couple_class is CoupleClass.RECOVERED
        choice = caseload_outcomes.Choice(measure.key)
        outcomes = caseload_outcomes.own_outcomes(actor=inside.tess, choice=choice)
        assert outcomes.figures.couples.begun["recovered"].count == 1
        assert measure.notice in outcomes.csv()


def test_words_that_would_be_markup_stay_words(inside):
    evil = "<script>alert(1)</script> & <b>bold</b>"
    measure = add_own(inside, title=evil, short_title="<i>x</i>", licence=evil, source=evil)
    answer(inside, inside.ada, measure.key, LOW)
    html = reports.report_html(
        reports.outcome_findings(
            actor=inside.tess, couple_id=inside.couple, edition=Edition.CLINICIAN
        )
    )
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;bold" in html


def test_words_that_would_be_markup_stay_words_on_the_blank_sheet(inside):
    evil = "<script>alert(1)</script>"
    measure = add_own(
        inside,
        purpose=evil,
        instruction=evil,
        licence=evil,
        items=(OwnItem(evil),),
        answers=(Choice(0, evil), Choice(1, "<b>Yes</b>")),
    )
    html = blank_form_html(measure)
    assert "<script>alert" not in html
    assert "<b>Yes" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_changed_question_is_a_new_version_and_the_old_one_keeps_its_line(inside):
    first = add_own(inside)
    old = db.session.get(Response, answer(inside, inside.ada, first.key, LOW))
    old.completed_at -= timedelta(days=7)
    saved = change(inside, first.key, items=(OwnItem("We talked"), OwnItem("We fought", True)))
    assert saved.is_new_version
    assert saved.measure.key == "own_evening_talks_v2"
    assert measure_library.get_measure(first.key).items[0].text == "We had time to talk"
    assert [one.key for one in measure_library.families()["own_evening_talks"]] == [
        first.key,
        saved.measure.key,
    ]
    assert measure_library.newest_of(first.key) == saved.measure
    offered = measure_library.offered_measures()
    assert saved.measure.key in offered
    assert first.key not in offered
    answer(inside, inside.ada, saved.measure.key, HIGH)
    found = responses.couple_measures(actor=inside.tess, couple_id=inside.couple)
    (panel,) = (*found.tested, *found.ratings)
    (line,) = [line for line in panel.lines if line.person_id == inside.ada.person_id]
    assert panel.scale.key == saved.measure.key
    assert [score.value for score in line.scores] == [6]
    assert [score.value for score in line.earlier] == [0]
    assert line.change is None


def test_mended_words_make_no_version_and_are_kept_with_a_history(inside):
    measure = add_own(inside)
    saved = change(inside, measure.key, title="Talks in the evening", minutes=3)
    assert not saved.is_new_version
    assert saved.measure.key == measure.key
    assert saved.measure.title == "Talks in the evening"
    change(inside, measure.key, title="Evening talks again")
    change(inside, measure.key, title="Evening talks again")
    assert measure_library.get_measure(measure.key).title == "Evening talks again"
    assert db.session.query(PracticeSetting).count() == 2
    assert db.session.query(PracticeMeasure).one().definition["title"] == "Evening talks"


def test_figures_of_a_version_do_not_hold_for_the_next(inside):
    first = add_own(inside)
    scale_figures.set_figures(
        actor=inside.tess, scale_key=first.key, figures=Figures(cut=3, source="Own")
    )
    second = change(inside, first.key, instruction="").measure
    assert measure_library.get_measure(first.key).scales[0].cut.value == 3
    assert second.scales[0].cut is None


def test_what_is_open_stays_until_the_later_version_is_given(inside):
    first = add_own(inside)
    ask(inside, inside.ada, first.key)
    second = change(inside, first.key, instruction="").measure
    (waiting,) = responses.portal_requests(actor=inside.ada)
    assert waiting.measure.key == first.key
    given = measure_requests.give(
        actor=inside.tess,
        couple_id=inside.couple,
        person_ids=[inside.ada.person_id],
        measure_keys=[second.key],
        due_on=None,
    )
    assert "a later version of it" in given.skipped[0]
    (waiting,) = responses.portal_requests(actor=inside.ada)
    assert waiting.measure.key == second.key


def test_an_open_earlier_version_can_still_be_answered(inside):
    first = add_own(inside)
    request = ask(inside, inside.ada, first.key)
    change(inside, first.key, instruction="")
    responses.submit(
        actor=inside.ada, request_id=request, answers=LOW, audience=responses.AUDIENCES[0]
    )
    assert not responses.portal_requests(actor=inside.ada)


def test_earlier_versions_and_retired_measures_are_not_given(inside):
    first = add_own(inside)
    second = change(inside, first.key, instruction="").measure
    own_measures.retire(actor=inside.tess, key=second.key)
    for key in (first.key, second.key):
        with pytest.raises(Invalid, match="measures"):
            ask(inside, inside.ada, key)
    own_measures.bring_back(actor=inside.tess, key=second.key)
    ask(inside, inside.ada, second.key)


def test_totals_alone_are_not_given(inside):
    measure = own_measures.add(
        actor=inside.tess, new_id=uuid4(), definition=totals_definition(title="On paper")
    )
    with pytest.raises(Invalid, match="measures"):
        ask(inside, inside.ada, measure.key)


def test_only_the_latest_version_is_changed_or_retired(inside):
    first = add_own(inside)
    change(inside, first.key, instruction="")
    with pytest.raises(Refused, match="later version"):
        change(inside, first.key, instruction="Another")
    with pytest.raises(Refused, match="later version"):
        own_measures.retire(actor=inside.tess, key=first.key)
    with pytest.raises(NotFound):
        own_measures.definition_of(actor=inside.tess, key=first.key)


def test_a_retired_measure_keeps_its_answers(inside):
    measure = add_own(inside)
    response = answer(inside, inside.ada, measure.key, LOW)
    request = ask(inside, inside.ben, measure.key)
    own_measures.retire(actor=inside.tess, key=measure.key)
    page = responses.response_page(actor=inside.tess, response_id=response)
    assert page.measure.title == "Evening talks"
    assert responses.questions(actor=inside.ben, request_id=request).measure == measure


def test_problems_are_named_by_field_and_nothing_is_kept(inside):
    with pytest.raises(Invalid) as problem:
        add_own(inside, title="", answers=(Choice(0, "No"),))
    assert set(problem.value.errors) == {"title", "answers"}
    assert not own_measures.own_measures(actor=inside.tess)


def test_a_preview_keeps_nothing(inside):
    measure = add_own(inside)
    changed = own_definition(instruction="")
    assert own_measures.preview(changed, key=measure.key).version == 2
    assert own_measures.preview(replace(changed, title="New")).version == 1
    assert db.session.query(PracticeMeasure).count() == 1


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_partners_find_nothing(inside, who):
    key = add_own(inside).key
    actor, definition = getattr(inside, who), own_definition()
    for call in (
        lambda: own_measures.own_measures(actor=actor),
        lambda: own_measures.definition_of(actor=actor, key=key),
        lambda: own_measures.add(actor=actor, new_id=uuid4(), definition=definition),
        lambda: own_measures.change(actor=actor, key=key, definition=definition),
        lambda: own_measures.retire(actor=actor, key=key),
        lambda: own_measures.bring_back(actor=actor, key=key),
    ):
        with pytest.raises(NotFound):
            call()


def spoil(key, value):
    db.session.execute(
        text("UPDATE practice_measure SET definition = :value WHERE key = :key"),
        {"value": value, "key": key},
    )
    measure_library.forget()
    db.session.expire_all()


@pytest.mark.parametrize("value", ["{}", '"x"', "[1]", "null", '{"format": 1, "title": 7}'])
def test_a_damaged_measure_is_left_out_and_takes_nothing_with_it(inside, caplog, value):
    spoilt, whole = add_own(inside), add_own(inside, title="Whole")
    answer(inside, inside.ada, spoilt.key, LOW)
    ask(inside, inside.ben, spoilt.key)
    spoil(spoilt.key, value)
    known = measure_library.all_measures()
    assert spoilt.key not in known
    assert whole.key in known
    assert f"left out: {spoilt.key}" in caplog.text
    found = responses.couple_measures(actor=inside.tess, couple_id=inside.couple)
    assert not (*found.tested, *found.ratings)
    assert not responses.portal_requests(actor=inside.ben)
    assert not responses.own_answers(actor=inside.ada).own
    listed = {one.key: one.damage for one in own_measures.own_measures(actor=inside.tess)}
    assert listed[spoilt.key]
    assert not listed[whole.key]


def test_a_definition_that_is_no_json_any_more_takes_nothing_with_it(inside):
    measure = add_own(inside)
    db.session.flush()
    db.session.expire_all()
    if db.engine.dialect.name == "postgresql":
        with pytest.raises(DataError):  # the database itself refuses what is no JSON
            spoil(measure.key, "{half a")
        return
    spoil(measure.key, "{half a")
    assert measure.key in measure_library.library().damaged
    assert "csi16" in measure_library.all_measures()
    assert own_measures.own_measures(actor=inside.tess)[0].damage
