"""Answering by real requests: the form, what is kept, what is said."""

import re
from uuid import UUID, uuid4

import pytest
import time_machine
from sqlalchemy import func, select

from practice.db import db
from practice.domain.measures.registry import all_measures, get_measure
from practice.domain.visibility import Audience
from practice.models.couples import Couple
from practice.models.responses import Response
from practice.services import responses, safe_contacts
from tests.builders import leave, make_couple
from tests.measure_builders import answer, ask, choose, csi16
from tests.queries import statements
from tests.worlds.safety import a_contact


@pytest.fixture
def asked(app, cast):
    """Give Ada a measure; return its address."""

    def give(measure_key, person=None):
        with app.app_context():
            request = ask(cast, person or cast.ada, measure_key)
            db.session.commit()
        return f"/my/questions/{request}"

    return give


def form_of(answers, audience="therapist"):
    return {key: str(value) for key, value in answers.items()} | {"audience": audience}


def rows(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Response))


ASKED = sorted(key for key, measure in all_measures().items() if not measure.totals_only)


@pytest.mark.parametrize("key", ASKED)
def test_every_measure_shows_its_questions_licence_and_readers(cast, sign_in, asked, key):
    measure = get_measure(key)
    text = sign_in(cast.ada).get(asked(key)).text
    for item in measure.items:
        assert text.count(f'name="{item.key}"') == len(item.choices)
    standing = () if measure.validated else ("our own and not a test",)
    for words in (measure.instruction, measure.licence, *standing):
        assert words.replace("'", "&#39;").replace("&", "&amp;").replace("&amp;#39;", "&#39;") in (
            text
        )
    assert "<title>Questions</title>" in re.sub(r"\s*\n\s*", "", text)
    readers = text.index("Only you and Tess see your answers")
    assert readers < text.index(f'name="{measure.items[0].key}"')
    preset = 'value="therapist" checked' in text or 'checked id="audience-0"' in text
    assert preset is measure.shareable
    assert ("no way to show them to anybody else" in text) is not measure.shareable
    assert ('value="couple"' in text) is measure.shareable
    assert ("At the end you choose" in text) is measure.shareable
    assert "autocomplete" in text


def phq9(**wanted):
    answers = choose("phq9", **wanted)
    del answers["phq_10"]
    return answers


def test_a_question_that_may_be_left_open_says_so_and_is_left_open(app, cast, sign_in, asked):
    ada, address = sign_in(cast.ada), asked("phq9")
    text = ada.get(address).text
    legends = re.findall(r"<legend>(.*?)</legend>", text, re.S)
    assert [legend.split(".")[0] for legend in legends if "(optional)" in legend] == ["10"]
    assert ada.post(address, form_of(phq9(phq_1=2))).status_code == 303
    with app.app_context():
        response = db.session.scalar(select(Response))
        assert "phq_10" not in response.answers
        assert [score.value for score in response.scores] == [2]


def test_an_optional_answer_is_kept_and_a_wrong_one_refused(app, cast, sign_in, asked):
    ada, address = sign_in(cast.ada), asked("phq9")
    ada.get(address)
    assert ada.post(address, form_of(phq9()) | {"phq_10": "7"}).status_code == 422
    assert ada.post(address, form_of(phq9()) | {"phq_10": "3"}).status_code == 303
    with app.app_context():
        response = db.session.scalar(select(Response))
        assert response.answers["phq_10"] == 3
        assert [score.value for score in response.scores] == [0]


@pytest.mark.parametrize("key", ["phq9", "session_feedback", "emotional_safety"])
def test_what_is_not_shareable_is_never_offered_to_the_other(app, cast, sign_in, asked, key):
    ada, address = sign_in(cast.ada), asked(key)
    ada.get(address)
    assert 'name="audience"' not in ada.get(address).text
    # What no page offers is not heard: the answers go to the therapist alone.
    assert ada.post(address, form_of(choose(key), "couple")).status_code == 303
    with app.app_context():
        assert db.session.scalar(select(Response.audience)) is Audience.THERAPIST
    assert "change your mind" not in ada.get(f"{address}/done").text
    page = ada.get("/my/answers").text
    assert "You and Tess" in page
    assert "Show it to" not in page
    with app.app_context():
        response = db.session.scalar(select(Response.id))
    assert ada.post(f"/my/answers/{response}/share").status_code == 409
    assert get_measure(key).purpose.strip(".") not in sign_in(cast.ben).get("/my/answers").text


def test_word_pairs_are_blank_places_with_words_for_a_screen_reader(cast, sign_in, asked):
    text = sign_in(cast.ada).get(asked("csi16")).text
    pairs = re.findall(r'<div class="pair">.*?</div>\s*<span class="pair-word"', text, re.S)
    assert len(pairs) == 6
    visible = re.sub(r'<span class="hidden-text">.*?</span>', "", pairs[0], flags=re.S)
    assert not re.search(r">[^<]*\d[^<]*<", visible)
    values = re.findall(r'value="(\d)"', pairs[0])
    assert values == ["5", "4", "3", "2", "1", "0"]


def test_answers_are_stored_once_and_thanked_for(app, cast, sign_in, asked):
    ada, address = sign_in(cast.ada), asked("csi16")
    ada.get(address)
    sent = ada.post(address, form_of(csi16(51)))
    assert (sent.status_code, sent.location) == (303, f"{address}/done")
    done = ada.get(sent.location).text
    assert "Who can see this: </span>Your answers: you and Tess</span>" in done
    assert "51" not in re.sub(r'value="[^"]+"', "", done), "but for random tokens"
    ada.post(address, form_of(csi16(3)))
    assert rows(app) == 1
    assert ada.get(address).location == f"{address}/done"
    assert "<strong>51</strong> on a scale from 0 to 81" in ada.get("/my/answers").text


def test_what_is_missing_is_named_and_nothing_is_lost(app, cast, sign_in, asked):
    ada, address = sign_in(cast.ada), asked("csi16")
    ada.get(address)
    form = form_of(csi16(81), "couple")
    del form["csi_03"], form["csi_12"]
    page = ada.post(address, form)
    assert page.status_code == 422
    summary = page.text.split('class="error-summary"')[1].split("</ul>")[0]
    assert re.findall(r'href="#([^"]+)"', summary) == ["csi_03-0", "csi_12-0"]
    assert "3. Our relationship is strong" in summary
    assert "12. BAD – GOOD" in summary
    checked = [tag for tag in re.findall(r"<input[^>]*>", page.text) if " checked" in tag]
    names = {re.search(r'name="([^"]+)"', tag)[1] for tag in checked}
    assert names == set(form)
    assert any('value="couple"' in tag for tag in checked)
    assert rows(app) == 0


@pytest.mark.parametrize("wrong", ["7", "-1", "x", ""])
def test_a_value_that_is_no_answer_is_refused(app, cast, sign_in, asked, wrong):
    ada, address = sign_in(cast.ada), asked("csi16")
    ada.get(address)
    assert ada.post(address, form_of(csi16(40)) | {"csi_05": wrong}).status_code == 422
    assert ada.post(address, form_of(csi16(40)) | {"audience": "private"}).status_code == 422
    assert rows(app) == 0


def test_the_choice_to_share_is_said_and_kept(app, cast, sign_in, asked):
    ada, address = sign_in(cast.ada), asked("ratings")
    ada.get(address)
    ada.post(address, form_of(choose("ratings", trust=8), "couple"))
    assert "Ben can see your result" in ada.get(f"{address}/done").text
    assert "You, Tess and Ben" in ada.get("/my/answers").text
    assert "<strong>8</strong> of 10" in sign_in(cast.ben).get("/my/answers").text


def test_own_numbers_stand_without_a_class_or_a_judgement(app, cast, sign_in):
    with app.app_context():
        for total in (30, 60):
            answer(cast, cast.ada, "csi16", csi16(total), audience=Audience.COUPLE)
            answer(cast, cast.ben, "csi16", csi16(total), audience=Audience.COUPLE)
        db.session.commit()
    text = sign_in(cast.ada).get("/my/answers").text.lower()
    for word in ("recovered", "improved", "distress", "cut", "average", "couple", "reliable"):
        assert word not in text.replace("couples satisfaction index", "")


@time_machine.travel("2026-11-20 18:30 +0000", tick=False)
def test_the_first_page_says_what_waits_and_how_long_it_takes(app, cast, sign_in, asked):
    asked("csi16")
    asked("ratings")
    with app.app_context():
        db.session.get(Couple, cast.couple).agreed_problem = "To listen before we answer."
        db.session.commit()
    text = " ".join(sign_in(cast.ada).get("/my/").text.split())
    assert "Good evening, Ada" in text
    assert "Three small things for you, about 7 minutes in all" in text
    assert "What you came to work on together" in text
    assert "To listen before we answer." in text
    assert "<title>Home</title>" in text


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-07-01 04:30 +0000", "Good morning"),  # 05:30 in London
        ("2026-07-01 11:30 +0000", "Good afternoon"),
        ("2026-01-01 11:30 +0000", "Good morning"),
        ("2026-01-01 18:00 +0000", "Good evening"),
        ("2026-01-01 02:00 +0000", "Good evening"),
    ],
)
def test_the_greeting_follows_the_clock_of_the_practice(cast, sign_in, moment, words):
    with time_machine.travel(moment, tick=False):
        assert f"{words}, Ada" in sign_in(cast.ada).get("/my/").text


def test_with_nothing_to_do_it_says_so(app, cast, sign_in):
    with app.app_context():
        safe_contacts.save_own(actor=cast.ada, new_id=uuid4(), contact=a_contact())
        db.session.commit()
    assert "Nothing is waiting for you today" in sign_in(cast.ada).get("/my/").text


def test_whoever_has_left_is_asked_nothing_and_keeps_their_answers(app, cast, sign_in, asked):
    with app.app_context():
        db.session.get(Couple, cast.couple).agreed_problem = "Only for those who are in it."
        answer(cast, cast.ben, "ratings")
        db.session.commit()
    address = asked("csi4", cast.ben)
    with app.app_context():
        leave(cast.couple, cast.ben)
        db.session.commit()
    ben = sign_in(cast.ben)
    home = ben.get("/my/").text
    assert "Your own answers remain yours" in home
    assert "Only for those who are in it" not in home
    assert "/my/questions/" not in home
    assert ben.get(address).status_code == 404
    assert "of 10" in ben.get("/my/answers").text


def test_a_person_in_no_couple_finds_a_calm_page(app, cast, sign_in):
    from practice.domain.people import Role
    from tests.builders import make_person

    with app.app_context():
        zoe = make_person("Zoe Hart", Role.PARTNER)
        db.session.commit()
    assert "There is nothing for you to do" in sign_in(zoe).get("/my/").text


def test_what_was_taken_back_is_said_plainly(app, cast, sign_in, asked):
    ada, address = sign_in(cast.ada), asked("ratings")
    ada.get(address)
    with app.app_context():
        responses.withdraw_request(
            actor=cast.tess, request_id=responses.portal_requests(actor=cast.ada)[0].request_id
        )
        db.session.commit()
    page = ada.post(address, form_of(choose("ratings")))
    assert page.status_code == 409
    assert "taken back" in page.text


def test_the_first_page_costs_the_same_whatever_waits(app, cast, sign_in, asked):
    asked("csi16")
    ada = sign_in(cast.ada)
    few = _count(app, ada)
    with app.app_context():
        for _ in range(30):
            answer(cast, cast.ada, "ratings")
            answer(cast, cast.ben, "ratings", audience=Audience.COUPLE)
        db.session.commit()
    asked("ratings")
    with app.app_context():
        make_couple(cast.tess, [cast.ada, cast.dan], agreed_problem="Another couple's words.")
        db.session.commit()
    assert _count(app, ada) == few


def _count(app, browser):
    with app.app_context():
        engine = db.engine
    browser.get("/my/")
    with statements(engine, without_sign_in=True) as sent:
        assert browser.get("/my/").status_code == 200
    return len(sent)


def test_one_question_is_one_question(cast, sign_in, asked):
    asked("relationship_now")
    ada = sign_in(cast.ada)
    for address in ("/my/", "/my/questions"):
        text = " ".join(ada.get(address).text.split())
        assert "1 question." in text
        assert "1 questions" not in text


def test_questions_given_by_hand_are_named_once_in_the_list(cast, sign_in, asked):
    asked("who5")
    text = sign_in(cast.ada).get("/my/questions").text
    headings = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", text)
    assert headings == ["How well you have felt over the last two weeks"]
    assert text.count("1 minute") == 1


def test_a_question_without_a_number_is_not_said_to_move(cast, sign_in, asked):
    text = sign_in(cast.ada).get(asked("relationship_now")).text
    assert "This question is our own and not a test. Nothing is counted." in text
    assert "move over time" not in text


def test_signs_stand_in_words_with_their_change_and_no_other_persons(app, cast, sign_in):
    def sent(person, day, audience, **changed):
        with time_machine.travel(f"2026-03-0{day} 12:00 +0000", tick=False), app.app_context():
            chosen = dict.fromkeys((item.key for item in get_measure("warning_signs").items), 1)
            answer(cast, person, "warning_signs", chosen | changed, audience=audience)
            db.session.commit()

    sent(cast.ada, 1, Audience.COUPLE, sign_silence=3)
    sent(cast.ada, 2, Audience.THERAPIST, sign_silence=0, sign_arguments=4)
    sent(cast.ben, 3, Audience.THERAPIST)
    sent(cast.ada, 4, Audience.COUPLE, sign_silence=2)

    mine = " ".join(sign_in(cast.ada).get("/my/answers?all=yes").text.split())
    silence = "Short answers or silence: <strong>"
    assert re.findall(f"{silence}.*?(?=</li>)", mine) == [
        f"{silence}Sometimes</strong>, more often than before (Never)",
        f"{silence}Never</strong>, less often than before (Often)",
        f"{silence}Often</strong>",
    ]
    assert "Unsolved arguments: <strong>Very often</strong>, more often than before (Rare" in mine
    assert "Loneliness: <strong>Rarely</strong>, the same as before" in mine
    assert mine.count("Beside the answers of 2 March 2026") == 1
    assert "</strong> of 4" not in mine
    assert "3 March 2026" not in mine  # Ben's, which he kept to himself and Tess

    # What was not shown stands in no change either.
    bens = " ".join(sign_in(cast.ben).get("/my/answers").text.split())
    seen = bens[bens.index('id="shared"') :]
    assert re.findall(f"{silence}.*?(?=</li>)", seen) == [
        f"{silence}Sometimes</strong>, less often than before (Often)",
        f"{silence}Often</strong>",
    ]
    assert "2 March 2026" not in bens
    assert "Very often" not in seen


def test_questions_that_were_taken_back_name_no_error_number(app, cast, sign_in, asked):
    address = asked("who5")
    with app.app_context():
        responses.withdraw_request(actor=cast.tess, request_id=UUID(address.split("/")[-1]))
        db.session.commit()
    page = sign_in(cast.ada).get(address)
    assert page.status_code == 409
    assert "taken back" in page.text
    assert "this number" not in page.text


def test_the_newest_few_of_each_measure_are_listed_and_all_one_link_away(app, cast, sign_in):
    with time_machine.travel("2026-03-01 12:00 +0000", tick=False) as now, app.app_context():
        answer(cast, cast.ada, "who5")
        for day in range(2, 7):
            now.move_to(f"2026-03-0{day} 12:00 +0000")
            answer(cast, cast.ada, "ratings")
        db.session.commit()
    ada = sign_in(cast.ada)

    def days(text):
        return [text.count(f"<h3>{day} March 2026") for day in range(1, 7)]

    few = ada.get("/my/answers").text
    assert days(few) == [1, 0, 0, 0, 1, 1]
    assert "All 6 answers" in few
    every = ada.get(re.search(r'href="(/my/answers\?[^"]+)"', few)[1]).text
    assert days(every) == [1] * 6
    assert "All 6 answers" not in every
    drawings = [text.count("chart-narrow") for text in (few, every)]  # one of each rating
    assert drawings == [4, 4], "the charts are complete in both"
