"""Typing in from paper, correcting, blank sheets: the pages."""

import re

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.measures.registry import all_measures, get_measure
from practice.models.responses import Response
from practice.services import clock
from tests.measure_builders import answer, ask, choose, csi16
from tests.reports.pdf_checks import text_of

ASKED = sorted(key for key, measure in all_measures().items() if not measure.totals_only)
TOTALS = sorted(key for key, measure in all_measures().items() if measure.totals_only)


def sent(answers, **more):
    return {key: str(value) for key, value in answers.items()} | more


def new_id(text):
    return re.search(r'name="new_id"[^>]*value="([^"]+)"', text).group(1)


@pytest.fixture
def tess(cast, sign_in):
    return sign_in(cast.tess)


@pytest.fixture
def base(cast):
    return f"/couples/{cast.couple}/measures/paper"


def test_from_choosing_to_the_saved_answers(app, cast, tess, base):
    page = tess.get(base).text
    assert "Finn Hale (has left)" in page
    assert "(total only)" in page
    chosen = {"person": str(cast.ada.person_id), "measure": "csi4", "what": "sheet"}
    place = tess.post(base, chosen).location
    assert place == f"{base}/{cast.ada.person_id}/csi4"
    page = tess.get(place).text
    assert 'name="audience"' not in page
    form = sent(choose("csi4", csi_01=2), day=clock_today(app), new_id=new_id(page))
    saved = tess.post(place, form)
    assert saved.status_code == 303
    text = tess.get(saved.location).text
    assert "From paper, typed in by Tess Okafor" in text
    assert tess.post(place, form).location == saved.location
    with app.app_context():
        assert len(list(db.session.scalars(select(Response)))) == 1


def clock_today(app):
    with app.app_context():
        return clock.today().isoformat()


def test_nothing_typed_is_lost_when_something_is_missing(app, cast, tess, base):
    place = f"{base}/{cast.ada.person_id}/csi4"
    form = sent(choose("csi4", csi_01=2), day="2999-01-01", new_id=new_id(tess.get(place).text))
    page = tess.post(place, form)
    assert page.status_code == 422
    assert "today or an earlier day" in page.text
    assert 'value="2999-01-01"' in page.text
    assert re.search(r'<input[^>]* checked[^>]* value="2"', page.text)


@pytest.mark.parametrize("key", TOTALS)
def test_every_measure_of_totals_has_its_form(app, cast, tess, base, key):
    measure = get_measure(key)
    place = tess.post(
        base, {"person": str(cast.ben.person_id), "measure": key, "what": "sheet"}
    ).location
    assert place.endswith(f"/{key}/total")
    page = tess.get(place).text
    assert f"from {measure.scales[0].low} to {measure.scales[0].high}" in page
    totals = {scale.key: str(scale.high) for scale in measure.scales}
    form = totals | {"day": clock_today(app), "new_id": new_id(page)}
    wrong = tess.post(place, form | {measure.scales[0].key: str(measure.scales[0].high + 1)})
    assert wrong.status_code == 422
    saved = tess.post(place, form)
    assert saved.status_code == 303
    assert tess.get(f"{base}/{cast.ben.person_id}/{key}").location == place
    again = tess.get(f"{saved.location}/correct").text
    for total in totals.values():
        assert f'value="{total}"' in again, "as it was typed, without a point"


@pytest.mark.parametrize("key", ["core10", "phq9", "gad7"])
def test_a_total_says_where_it_hides_an_answer_about_risk(app, cast, tess, base, key):
    said = get_measure(key).risk_in_total
    page = tess.get(f"{base}/{cast.ada.person_id}/{key}/total").text
    assert (bool(said) and said in page) is (key != "gad7")
    form = {key: "9", "day": clock_today(app), "new_id": new_id(page)}
    kept = tess.get(tess.post(f"{base}/{cast.ada.person_id}/{key}/total", form).location).text
    assert "there are no single answers" in kept
    assert (bool(said) and said in kept) is (key != "gad7")
    assert ("about risk" in kept) is (key != "gad7")


@pytest.mark.parametrize(("key", "said"), [("csi4", True), ("phq9", False)])
def test_the_page_promises_no_sharing_where_there_is_none(cast, tess, base, key, said):
    page = tess.get(f"{base}/{cast.ada.person_id}/{key}").text
    assert ("Only Ada can show the result to anybody else" in page) is said
    assert ("The result cannot be shown to anybody else" in page) is not said


def test_a_total_that_is_no_number_is_named(app, cast, tess, base):
    place = f"{base}/{cast.ada.person_id}/csi16/total"
    page = tess.get(place).text
    for total in ("many", "1e999", "NaN", ""):
        form = {"csi16": total, "day": clock_today(app), "new_id": new_id(page)}
        assert tess.post(place, form).status_code == 422, total


def test_an_open_request_is_offered_and_answered(app, cast, tess, base, sign_in):
    with app.app_context():
        ask(cast, cast.ada, "csi4")
        db.session.commit()
    place = f"{base}/{cast.ada.person_id}/csi4"
    page = tess.get(place).text
    assert "This answers what was asked" in page
    form = sent(choose("csi4"), day=clock_today(app), new_id=new_id(page), answers_request="y")
    tess.post(place, form)
    ada = sign_in(cast.ada)
    assert "One small thing for you" in ada.get("/my/").text, "how to reach her, and no more"
    assert "Typed in from paper by Tess" in ada.get("/my/answers").text
    assert "This answers what was asked" not in tess.get(place).text


def test_the_partner_never_learns_of_it(app, cast, tess, base, sign_in):
    ben = sign_in(cast.ben)
    before = [re.sub(r'value="[^"]+"', "", ben.get(path).text) for path in ("/my/", "/my/answers")]
    place = f"{base}/{cast.ada.person_id}/csi4"
    form = sent(choose("csi4"), day=clock_today(app), new_id=new_id(tess.get(place).text))
    assert tess.post(place, form).status_code == 303
    after = [re.sub(r'value="[^"]+"', "", ben.get(path).text) for path in ("/my/", "/my/answers")]
    assert after == before


def test_correcting_ones_own_answers(app, cast, sign_in):
    with app.app_context():
        response = answer(cast, cast.ada, "csi16", csi16(40))
        db.session.commit()
    ada = sign_in(cast.ada)
    assert f"/my/answers/{response}/correct" in ada.get("/my/answers").text
    page = ada.get(f"/my/answers/{response}/correct").text
    assert len(re.findall(r"<input[^>]* checked", page)) == 17
    assert "You and Tess can read this" in page
    form = sent(csi16(60), audience="therapist", new_id=new_id(page), reason="A <slip>.")
    assert ada.post(f"/my/answers/{response}/correct", form | {"reason": ""}).status_code == 422
    done = ada.post(f"/my/answers/{response}/correct", form)
    assert "Your corrected answers are saved" in ada.get(done.location).text
    mine = ada.get("/my/answers").text
    assert "<strong>60</strong>" in mine
    assert "<strong>40</strong>" in mine.split("What stood here before")[1]
    assert "A &lt;slip&gt;." in mine
    assert ada.get(f"/my/answers/{response}/correct").status_code == 409
    tess = sign_in(cast.tess)
    old = tess.get(f"/responses/{response}").text
    assert "Replaced on" in old
    assert "A &lt;slip&gt;." in old


def test_a_correction_to_a_risk_answer_shows_the_help_text(app, cast, sign_in):
    with app.app_context():
        response = answer(cast, cast.ada, "phq9")
        db.session.commit()
    ada = sign_in(cast.ada)
    page = ada.get(f"/my/answers/{response}/correct").text
    form = sent(choose("phq9", phq_9=1), new_id=new_id(page), reason="I was not honest.")
    done = ada.post(f"/my/answers/{response}/correct", form)
    assert "emergency number" in ada.get(done.location).text


@pytest.mark.parametrize("key", ASKED)
def test_a_blank_sheet_holds_every_question_licence_and_citation_and_no_points(tess, key):
    measure = get_measure(key)
    answer = tess.get(f"/measures/{key}/blank.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="questions.pdf"'
    text = text_of(answer.data)
    flat = re.sub(r"\s", "", text)
    for item in measure.items:
        words = (item.poles.left, item.poles.right) if item.poles else (item.text,)
        for word in words:
            assert re.sub(r"\s", "", word) in flat, word
    assert re.sub(r"\s", "", measure.licence) in flat
    if measure.validated:
        assert re.sub(r"\s", "", measure.citation) in flat
    assert "Name or initials" in text
    assert "Date" in text
    for word in ("Ada", "Tess", "distress", "cut", measure.key):
        assert not re.search(rf"\b{word}\b", text), word


@pytest.mark.parametrize("key", [*TOTALS, "nothing"])
def test_what_may_not_be_shipped_has_no_sheet(tess, key):
    assert tess.get(f"/measures/{key}/blank.pdf").status_code == 404
    assert f"/measures/{key}/blank.pdf" not in tess.get("/measures").text
