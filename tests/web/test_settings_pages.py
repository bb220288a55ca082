"""The pages of the settings, as a therapist uses them."""

import html
import re

import pytest

from practice.db import db
from practice.domain.measures.registry import all_measures
from practice.models.settings import PracticeMeasure, ScaleFigures
from practice.services import measure_library, responses
from tests.measure_builders import answer as give
from tests.measure_builders import ask
from tests.practice_settings_builders import add_own

FORM = {
    "title": "Evening talks",
    "short_title": "Evenings",
    "purpose": "How our evenings went",
    "minutes": "2",
    "kind": "questions",
    "instruction": "Think of the past week.",
    "items": "We had time to talk\nWe went to bed angry [reversed]",
    "answers": "0 Not at all\n1 Now and then\n3 Often",
    "direction": "higher",
    "licence": "Written by us",
    "new_id": "7f1f3f0e-43f5-4e0e-9a55-7d3a1c2b4d5e",
    "act": "save",
}
NEW = "/settings/measures/new"


@pytest.fixture
def tess(cast, sign_in):
    return sign_in(cast.tess)


def words(answer):
    return " ".join(html.unescape(answer.text).split())


def test_the_index_leads_everywhere_and_hints_at_the_help_text(tess):
    page = words(tess.get("/settings"))
    for path in ("/settings/measures", "/settings/texts", "/settings/literature"):
        assert f'href="{path}"' in page
    assert "Until you put in your own telephone numbers" in page
    tess.post("/settings/texts/help_text", {"text": "Ring 0800 000.", "act": "save"})
    assert "Until you put in" not in words(tess.get("/settings"))


MARKED = ("core10", "crs", "das", "grims", "ors", "srs")
"""Whose range is general knowledge; it is shown with its mark, and is no setting (decision 33)."""


def test_a_range_that_was_not_read_has_its_mark_beside_it(tess):
    said = "This range is general knowledge, not re-read; if your form has another, add it as"
    scales = {scale.key for measure in all_measures().values() for scale in measure.scales}
    marked = {
        key
        for key in scales & {*MARKED, "rdas", "phq9"}
        if said in words(tess.get(f"/settings/measures/{key}"))
    }
    assert marked == set(MARKED)
    page = words(tess.get("/settings/measures/srs"))
    assert "36 to 40: at or above the caution line. below 36 is a usual reason" in page
    assert "ask what was missing (general knowledge, not re-read)" in page
    for name in ("low", "high", "step", "bands"):
        assert f'name="{name}"' not in page


def test_figures_are_saved_told_and_shown_with_their_source(tess):
    path = "/settings/measures/csi16"
    assert "more than 6.66 points is reliable: 7 whole points" in words(tess.get(path))
    answer = tess.post(
        path, {"sd": "14", "reliability": "0,9", "at_least": "at_least", "source": "Kim (2020)"}
    )
    assert answer.status_code == 303
    page = words(tess.get(path))
    assert "Saved, and used everywhere from now on." in page
    assert "more than 12.27 points is reliable: 13 whole points" in page
    assert "(entered by the practice)" in page
    assert "As shipped" in page
    assert "SD 17, reliability 0.98" in page
    assert "Tess Okafor" in page.split("What was set before")[1]
    assert "Kim (2020); used since" in words(tess.get("/measures"))
    assert tess.post(f"{path}/as-shipped").status_code == 303
    page = words(tess.get(path))
    assert "Back to the shipped figures." in page
    assert "7 whole points" in page.split("Figures of your own")[0]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"cut": "90", "source": "x"}, "between 0 and 81"),
        ({"cut": "many", "source": "x"}, "Enter a number, such as 12 or 0.85."),
        ({"sd": "14", "reliability": "1.2", "source": "x"}, "at least 0 and below 1"),
        ({"sd": "nan", "reliability": "0.9", "source": "x"}, "above 0"),
        ({"points": "0", "source": "x"}, "above 0"),
        ({"points": "500", "source": "x"}, "81 points wide"),
        ({"cut": "50"}, "Say where these figures come from"),
        ({"source": "a book"}, "Enter one figure at least; nothing was changed."),
    ],
)
def test_nonsense_is_shown_beside_its_field_and_what_was_typed_stays(app, tess, sent, said):
    answer = tess.post("/settings/measures/csi16", {"at_least": "more", **sent})
    assert answer.status_code == 422
    page = words(answer)
    assert said in page
    for value in sent.values():
        assert f'value="{value}"' in page
    with app.app_context():
        assert not db.session.query(ScaleFigures).count()


def test_few_first_scores_are_counted_and_not_offered(tess):
    assert "So far: 0." in words(tess.get("/settings/measures/csi16"))


def test_a_measure_is_shown_first_then_added_and_answered(app, cast, tess, sign_in):
    shown = words(tess.post(NEW, FORM | {"act": "preview"}))
    assert "totals from 0 (lowest) to 6 (highest)" in shown
    assert "1. We had time to talk" in shown
    assert "2. We went to bed angry" in shown
    assert "Nothing is saved yet." in shown
    with app.app_context():
        assert not db.session.query(PracticeMeasure).count()
    licence = "Words by A. Kim (2020), used with her leave"
    answer = tess.post(NEW, FORM | {"licence": licence})
    assert answer.location == "/settings/measures/own_evening_talks_v1"
    assert tess.post(NEW, FORM | {"licence": licence}).status_code == 303
    assert "Evening talks" in words(tess.get("/settings/measures"))
    assert "Evening talks · 2 questions" in words(tess.get(f"/couples/{cast.couple}/measures/new"))
    with app.app_context():
        assert db.session.query(PracticeMeasure).count() == 1
        request = ask(cast, cast.ada, "own_evening_talks_v1")
        by_hand = ask(cast, cast.ben, "own_evening_talks_v1")
        db.session.commit()
    ada = sign_in(cast.ada)
    page = words(ada.get(f"/my/questions/{request}"))
    assert "How our evenings went" in page
    assert "We went to bed angry" in page
    assert licence in page
    assert "our own" not in page
    ada.post(f"/my/questions/{request}", {"q1": "3", "q2": "3", "audience": "therapist"})
    page = words(tess.get(f"/couples/{cast.couple}/measures"))
    assert "Evening talks" in page
    with app.app_context():
        found = responses.couple_measures(actor=cast.tess, couple_id=cast.couple)
        assert found.ratings[0].lines[0].latest.value == 6
        given = found.answered[0].response_id
    assert licence in words(ada.get(f"/my/answers/{given}/correct"))
    tess.post(f"/couples/{cast.couple}/people/{cast.ben.person_id}/hand-over")
    assert licence in words(tess.get(f"/hand-over/{by_hand}"))


def test_a_measure_with_figures_is_told_in_full_with_what_it_is_not(app, cast, tess):
    path = f"/couples/{cast.couple}/measures"
    with app.app_context():
        key = add_own(cast, shareable=True).key
        for person in (cast.ada, cast.ben):
            for value in (0, 3):
                give(cast, person, key, {"q1": value, "q2": value})
        db.session.commit()
    page = words(tess.get(path))
    assert "How this is judged" not in page
    figures = {"sd": "1", "reliability": "0.8", "cut": "3", "source": "Our intake of 2025"}
    assert tess.post(f"/settings/measures/{key}", figures).status_code == 303
    page = words(tess.get(path))
    for said in (
        "Questions of this practice’s own, not a validated test",
        "How this is judged",
        "<dt>Cut score</dt> <dd>3. Our intake of 2025",
        "(entered by the practice)",
        "Couple recovered.",
    ):
        assert said in page, said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"items": ""}, "Write one question a line."),
        ({"answers": "0 No\nperhaps"}, "Line 2 of the answers"),
        ({"answers": "0 No\n0 Yes"}, "Answer 2 scores the same as answer 1."),
        ({"items": "One\n\nOne"}, "Question 2 is the same as question 1."),
        ({"minutes": "few"}, "Enter a whole number."),
        ({"minutes": ""}, "Enter minutes."),
        ({"minutes": "9" * 40}, "Enter minutes from 1 to 60."),
        ({"title": ""}, "Give it a title."),
        ({"licence": ""}, "Say by what right"),
        ({"validated": "y"}, "A validated measure needs its source"),
        ({"kind": "total"}, "Enter the lowest total."),
        ({"title": "", "answers": "perhaps"}, "Give it a title."),
        ({"title": "", "answers": "perhaps"}, "Line 1 of the answers"),
        ({"kind": "total", "low": "5", "high": "5"}, "must be above the lowest"),
        ({"kind": "total", "low": "0", "high": "5", "step": "0"}, "The step must be"),
        ({"kind": "total", "low": "0", "high": "5", "step": "nan"}, "The step must be"),
    ],
)
def test_what_cannot_be_is_named_and_what_was_typed_stays(app, tess, changes, said):
    answer = tess.post(NEW, FORM | {"instruction": "Typed with care"} | changes)
    assert answer.status_code == 422
    page = words(answer)
    assert said in page
    assert "Typed with care" in page
    with app.app_context():
        assert not db.session.query(PracticeMeasure).count()


def test_totals_alone_are_marked_and_not_offered_to_be_asked(cast, tess):
    tess.post(NEW, FORM | {"kind": "total", "low": "0", "high": "40", "step": "0.5"})
    own = words(tess.get("/settings/measures")).split("Shipped with Dyad")[0]
    assert "Totals only" in own
    assert "Evening talks" not in words(tess.get(f"/couples/{cast.couple}/measures/new"))


def test_markup_in_a_measure_is_shown_as_words(cast, tess):
    evil = "<script>alert(1)</script>"
    sent = FORM | {name: evil for name in ("title", "purpose", "instruction", "licence", "source")}
    sent |= {"items": evil, "answers": f"0 {evil}\n1 <b>Yes</b>"}
    assert "<script>alert" not in tess.post(NEW, sent | {"act": "preview"}).text
    assert tess.post(NEW, sent).status_code == 303
    for path in (
        "/settings/measures",
        "/measures",
        "/settings/measures/own_script_alert_1_script_v1",
        "/settings/measures/own/own_script_alert_1_script_v1/edit",
        f"/couples/{cast.couple}/measures/new",
    ):
        answer = tess.get(path)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "&lt;script&gt;alert(1)" in answer.text


def test_a_change_of_wording_is_said_to_be_a_version_and_the_old_one_can_be_read(app, cast, tess):
    with app.app_context():
        key = add_own(cast, shareable=True).key
        db.session.commit()
    path = f"/settings/measures/own/{key}/edit"
    page = tess.get(path)
    assert "We went to bed angry [reversed]" in page.text
    assert re.search(r'name="minutes"[^>]*value="2"', page.text)
    shown = words(tess.post(path, FORM | {"items": "We talked", "act": "preview"}))
    assert "This would be version 2" in shown
    assert "This would be" not in words(
        tess.post(path, FORM | {"title": "Talks", "act": "preview"})
    )
    assert tess.post(path, FORM | {"items": "We talked"}).status_code == 303
    page = words(tess.get("/settings/measures"))
    assert "Saved as version 2" in page
    assert f'href="/settings/measures/{key}"' in page
    assert tess.get(f"/settings/measures/{key}").status_code == 200
    assert tess.get(path).status_code == 404
    assert tess.post(path, FORM).status_code in {404, 409}


def test_a_retired_measure_is_not_offered_until_it_is_brought_back(app, cast, tess):
    with app.app_context():
        key = add_own(cast, shareable=True).key
        db.session.commit()
    give = f"/couples/{cast.couple}/measures/new"
    tess.post(f"/settings/measures/own/{key}/retire")
    assert "Evening talks · 2 questions" not in words(tess.get(give))
    assert "Not offered" in words(tess.get("/settings/measures"))
    tess.post(f"/settings/measures/own/{key}/bring-back")
    assert "Evening talks · 2 questions" in words(tess.get(give))


def test_a_text_is_shown_first_with_its_empty_lines(tess):
    path = "/settings/texts/help_text"
    text = "Ring 0800 000.\n\n<b>Now</b>"
    shown = tess.post(path, {"text": text, "act": "preview"})
    assert "nothing is saved yet" in words(shown)
    assert 'class="preserve">Ring 0800 000.\n\n&lt;b&gt;Now&lt;/b&gt;</p>' in shown.text
    assert "Your own words" not in words(tess.get("/settings/texts"))
    tess.post(path, {"text": text, "act": "save"})
    assert "Your own words" in words(tess.get("/settings/texts"))
    assert "Tess Okafor" in words(tess.get(path)).split("What was set before")[1]
    answer = tess.post(path, {"text": "x" * 2001, "act": "save"})
    assert answer.status_code == 422
    assert "x" * 2001 in answer.text
    tess.post(f"{path}/as-shipped")
    assert "As shipped" in words(tess.get("/settings/texts"))


def test_the_shelf_shows_mark_sample_and_that_nothing_is_a_target(tess):
    page = words(tess.get("/settings/literature"))
    assert "70 to 75 % improve significantly" in page
    assert "looked for, not confirmed" in page
    assert "none is ever a target" in page
    assert "Sample: 134 couples." in page
    path = "/settings/literature/popular_articles"
    assert tess.post(path, {"hidden": "y", "source": ""}).status_code == 422
    assert tess.post(path, {"hidden": "y", "source": "Nobody quotes it"}).status_code == 303
    assert "Left out because: Nobody quotes it" in words(tess.get("/settings/literature"))
    tess.post(f"{path}/as-shipped")
    assert "Left out because" not in words(tess.get("/settings/literature"))
    assert "Back to the shipped figure." in words(tess.get(path))


def test_the_menu_leads_to_the_settings(tess):
    assert re.search(r'href="/settings"\s+aria-current="page"', tess.get("/settings").text)
    assert 'href="/settings"' in tess.get("/").text


def test_another_therapist_of_the_practice_may_set_them_too(app, cast, sign_in):
    otto = sign_in(cast.otto)
    assert otto.post(NEW, FORM).status_code == 303
    with app.app_context():
        assert "own_evening_talks_v1" in measure_library.all_measures()
