"""Giving and reading measures by real requests."""

import re
from uuid import uuid4

import pytest
import time_machine

from practice.db import db
from practice.domain.measures.registry import all_measures
from practice.services import responses
from tests.measure_builders import answer, ask, csi16


def give(browser, cast, people, measures, **more):
    address = f"/couples/{cast.couple}/measures/new"
    browser.get(address)
    data = {
        "people": [str(person.person_id) for person in people],
        "measures": measures,
    } | more
    return browser.post(address, data)


def test_measures_are_given_and_it_is_said_to_whom(app, cast, sign_in):
    tess = sign_in(cast.tess)
    sent = give(tess, cast, [cast.ada, cast.ben], ["csi16", "csi4"])
    assert sent.status_code == 303
    page = tess.get(sent.location).text
    assert "Asked of Ada: CSI-16." in page
    assert "Ben was not given the CSI-4" in page
    with app.app_context():
        assert len(responses.portal_requests(actor=cast.ben)) == 1


def test_an_empty_or_past_choice_comes_back_with_what_was_chosen(cast, sign_in):
    tess = sign_in(cast.tess)
    page = give(tess, cast, [cast.ben], [], due_on="2020-01-01")
    assert page.status_code == 422
    assert "Choose one or more measures." in page.text
    assert "Choose today or a later day" in page.text
    assert 'value="2020-01-01"' in page.text
    checked = [tag for tag in re.findall(r"<input[^>]*>", page.text) if " checked" in tag]
    assert [re.search(r'value="([^"]+)"', tag)[1] for tag in checked] == [str(cast.ben.person_id)]


def test_somebody_of_another_couple_cannot_be_asked(app, cast, sign_in):
    assert give(sign_in(cast.tess), cast, [cast.cleo], ["csi4"]).status_code == 422
    assert give(sign_in(cast.tess), cast, [cast.finn], ["csi4"]).status_code == 422
    with app.app_context():
        assert responses.portal_requests(actor=cast.cleo) == ()


def test_an_open_request_is_taken_back(app, cast, sign_in):
    with app.app_context():
        request = ask(cast, cast.ada, "csi4")
        db.session.commit()
    tess = sign_in(cast.tess)
    tess.get(f"/couples/{cast.couple}/measures")
    assert tess.post(f"/measure-requests/{request}/withdraw").status_code == 303
    with app.app_context():
        assert responses.portal_requests(actor=cast.ada) == ()


def test_the_page_says_classes_figures_and_their_marks(app, cast, sign_in):
    for moment, ada, ben in (("2026-03-04", 34, 41), ("2026-09-04", 58, 49)):
        with time_machine.travel(f"{moment} 12:00 +0000", tick=False), app.app_context():
            answer(cast, cast.ada, "csi16", csi16(ada))
            answer(cast, cast.ben, "csi16", csi16(ben))
            answer(cast, cast.ada, "ratings")
            db.session.commit()
    text = " ".join(sign_in(cast.tess).get(f"/couples/{cast.couple}/measures").text.split())
    for words in (
        "Recovered",
        "Improved",
        "Couple improved.",
        "(+24)",
        "general knowledge, not re-read",
        "our inference",
        "7 points. SD 17, reliability 0.98",
        "12 points. SD 17, reliability 0.94",
        "never from their average",
        "not a validated test",
        "By the stricter reading: unchanged.",
    ):
        assert words in text, words
    ratings = text.split('id="ratings"')[1].split("Every answer")[0]
    assert "Picture and scores" in ratings, "the words stand there, the picture is folded"
    assert "Picture and scores" not in text.split('id="ratings"')[0]
    assert "Recovered" not in ratings
    assert "reliable change</" not in ratings


def test_a_response_is_read_item_by_item(app, cast, sign_in):
    with app.app_context():
        response = answer(cast, cast.ada, "csi16", csi16(0) | {"csi_01": 4})
        db.session.commit()
    text = sign_in(cast.tess).get(f"/responses/{response}").text
    assert "Very Happy" in text
    assert "Ada Lind" in text
    assert "You and Ada" in text


def test_the_catalogue_names_range_source_and_licence_of_each(cast, sign_in):
    text = sign_in(cast.tess).get("/measures").text
    for measure in all_measures().values():
        assert measure.title in text
        assert measure.licence.replace("'", "&#39;").replace("&", "&amp;").replace(
            "&amp;#39;", "&#39;"
        ) in (text)
    assert "0 to 81; higher is better" in text
    assert "0 to 10; lower is better" in text


def test_the_catalogue_shows_totals_bands_and_published_change_with_their_marks(cast, sign_in):
    text = " ".join(sign_in(cast.tess).get("/measures").text.split())
    for words in (
        "<strong>Totals only.</strong> Its questions come from the DAS",
        "47.31. Anderson et al. (2014)",
        "More than 11.58 points (published: Anderson et al. (2014), reliable change index)</dd>",
        "6 points or more (published: service definition",
        "15 to 19 moderately severe; 20 to 27 severe (published with the questionnaire)</dd>",
        "0 to 40, in steps of 0.1; higher is better (general knowledge, not re-read)",
        "from 1 on it is shown to you at once",
        "not counted, may be left open",
        "Its author and you alone.",
        "7 points. SD 17, reliability 0.98",
        "7 points. SD 6, reliability 0.86",
    ):
        assert words in text, words
    signs = text.split('id="measure-warning_signs"')[1].split("</section>")[0]
    assert signs.count("<dt>Range</dt>") == 1
    assert "Loneliness" in signs


def test_what_is_only_entered_is_not_offered_to_be_asked(cast, sign_in):
    tess = sign_in(cast.tess)
    text = tess.get(f"/couples/{cast.couple}/measures/new").text
    offered = set(re.findall(r'name="measures"[^>]*value="([^"]+)"', text))
    offered |= set(re.findall(r'value="([^"]+)"[^>]*name="measures"', text))
    assert offered == {m.key for m in all_measures().values() if not m.totals_only}
    assert give(tess, cast, [cast.ada], ["rdas"]).status_code == 422


def test_the_page_shows_severity_words_and_published_points(app, cast, sign_in):
    for moment, value in (("2026-03-04", 2), ("2026-09-04", 0)):
        with time_machine.travel(f"{moment} 12:00 +0000", tick=False), app.app_context():
            answers = dict.fromkeys((f"phq_{number}" for number in range(1, 10)), value)
            answer(cast, cast.ada, "phq9", answers)
            answer(cast, cast.ada, "emotional_safety")
            answer(cast, cast.ada, "ratings")
            db.session.commit()
    text = " ".join(sign_in(cast.tess).get(f"/couples/{cast.couple}/measures").text.split())
    for words in (
        "Recovered",
        "of 27, minimal",
        "6 points or more (published: service definition",
        "The published points decide.",
        'id="emotional_safety">Emotional safety, 0 to 20',
        'id="ratings">Ratings, 0 to 10',
    ):
        assert words in text, words
    panel = text.split('aria-labelledby="scale-phq9"')[1].split("</section>")[0]
    assert "unless shared" not in panel
    badge = re.sub("<[^>]+>", "", panel.split("data-readers>")[1].split("</div>")[0]).strip()
    assert badge == "Who can see this: You alone", "results side by side are for no partner"


@pytest.mark.parametrize("who", ["otto", "ada", "cleo"])
def test_other_people_find_nothing(app, cast, sign_in, who):
    with app.app_context():
        response = answer(cast, cast.ada, "csi4")
        request = ask(cast, cast.ada, "csi4")
        db.session.commit()
    browser = sign_in(getattr(cast, who))
    for path in (
        f"/couples/{cast.couple}/measures",
        f"/couples/{cast.couple}/measures/new",
        f"/responses/{response}",
        f"/responses/{uuid4()}",
    ):
        assert browser.get(path).status_code == 404
    assert browser.post(f"/measure-requests/{request}/withdraw").status_code == 404
    with app.app_context():
        assert len(responses.portal_requests(actor=cast.ada)) == 1
