"""The therapist's device in a partner's hands: their questions, and nothing of anybody else."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from practice.db import db
from practice.domain.measures.origin import Origin
from practice.domain.people import Role
from practice.domain.visibility import Audience
from practice.models.accounts import Account, SignInSession
from practice.models.couples import Care
from practice.models.records import AccessRecord
from practice.models.responses import Response
from practice.services import clock, responses
from tests.builders import PASSWORD, leave, make_couple, make_person
from tests.measure_builders import ask, choose, csi16
from tests.queries import statements

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def form_of(answers, audience="therapist"):
    return {key: str(value) for key, value in answers.items()} | {"audience": audience}


@pytest.fixture
def asked(app, cast):
    """Ada and Ben have questions; return the requests by name and measure."""
    with app.app_context():
        found = {
            (name, key): ask(cast, getattr(cast, name), key)
            for name in ("ada", "ben")
            for key in ("csi16", "phq9")
        }
        db.session.commit()
    return found


@pytest.fixture
def device(cast, asked, sign_in):
    """Tess's device, which she has handed to Ada."""
    device = sign_in(cast.tess)
    device.old_cookie = device.client.get_cookie("dyad").value
    device.get(f"/couples/{cast.couple}/measures")
    answer = device.post(f"/couples/{cast.couple}/people/{cast.ada.person_id}/hand-over")
    assert answer.location == "/hand-over/"
    device.begun = answer
    device.get("/hand-over/")
    return device


def gives_back(answer):
    return answer.status_code == 403 and "Please give the device back" in answer.text


def test_it_shows_that_persons_questions_and_no_name_of_the_other(device):
    text = device.get("/hand-over/").text
    assert "Hello Ada" in text
    assert text.count("/hand-over/") >= 3
    assert "Tess has handed you this device" in text
    for word in ("Ben", "Morrow", "Lind", "Okafor", "/my/", "/couples/"):
        assert word not in text


def test_the_therapists_session_is_over_and_the_old_cookie_dead(app, device, cast, sign_in):
    thief = sign_in()
    thief.client.set_cookie("dyad", device.old_cookie)
    assert "/account/sign-in" in thief.get(f"/couples/{cast.couple}").location
    with app.app_context():
        (kept,) = db.session.scalars(select(SignInSession.content).where(~_sign_in_page()))
    assert "_user_id" not in kept


def _sign_in_page():
    return SignInSession.account_key.is_(None)


def test_nothing_of_the_therapist_is_left_in_the_browser(device):
    assert '"cache"' in device.begun.headers["Clear-Site-Data"]
    assert device.begun.headers["Cache-Control"] == "no-store"
    page = device.get("/hand-over/")
    assert page.headers["Cache-Control"] == "no-store"
    assert "fresh.js" in page.text


def test_answers_are_that_persons_by_hand_over(app, cast, device, asked):
    path = f"/hand-over/{asked['ada', 'csi16']}"
    page = device.get(path).text
    assert "Only you and Tess see your answers" in page
    assert "Show my result to Ben too" in page
    thanks = device.post(path, form_of(csi16(40)))
    assert thanks.status_code == 200
    assert "One more thing waits" in thanks.text
    assert "40" not in thanks.text.split("<main")[1]
    with app.app_context():
        (row,) = db.session.scalars(select(Response))
        assert (row.author_id, row.origin, row.entered_by) == (
            cast.ada.person_id,
            Origin.HAND_OVER,
            None,
        )
        whose = db.session.scalars(
            select(AccessRecord.person_id).where(AccessRecord.what == "response.submitted")
        )
        assert list(whose) == [cast.ada.person_id]


def test_sent_twice_it_is_stored_once(app, device, asked):
    path = f"/hand-over/{asked['ada', 'csi16']}"
    for total in (40, 3):
        assert device.post(path, form_of(csi16(total))).status_code == 200
    assert device.get(path).location == "/hand-over/"
    with app.app_context():
        (row,) = db.session.scalars(select(Response))
        assert {score.value for score in row.scores if score.scale_key == "csi16"} == {40}


def test_it_ends_with_the_last_answer_and_shows_the_help_text_to_that_person(device, asked, cast):
    device.post(f"/hand-over/{asked['ada', 'csi16']}", form_of(csi16(40)))
    path = f"/hand-over/{asked['ada', 'phq9']}"
    last = device.post(path, form_of(choose("phq9", phq_9=1)))
    assert "Please give the device back to Tess" in last.text
    assert "emergency number" in last.text
    for again in (device.get(path), device.get("/hand-over/"), device.post(path, {})):
        assert gives_back(again)
        assert "emergency number" not in again.text
        assert "Tess" not in again.text


def test_i_am_done_ends_it_and_keeps_what_was_begun(app, cast, device, asked, sign_in):
    request = asked["ada", "csi16"]
    device.post(f"/hand-over/{request}/keep", {"csi_01": "3"})
    ended = device.post("/hand-over/end")
    assert "Please give the device back to Tess" in ended.text
    assert gives_back(device.get("/hand-over/"))
    assert gives_back(device.get(f"/hand-over/{request}"))
    page = sign_in(cast.ada).get(f"/my/questions/{request}").text
    assert "From where you stopped" in page
    with app.app_context():
        said = set(db.session.scalars(select(AccessRecord.what)))
    assert {"hand_over.begun", "hand_over.ended"} <= said


def test_stop_here_is_on_every_page_and_shows_at_once_that_it_is_over(cast, device, asked, sign_in):
    """The quick exit of a device that is not theirs: it stays shut until its therapist signs in."""
    request = asked["ada", "csi16"]
    pages = [device.get("/hand-over/"), device.get(f"/hand-over/{request}")]
    pages += [device.post(f"/hand-over/{request}", {}), device.get("/my/"), device.get("/nowhere")]
    assert [page.status_code for page in pages] == [200, 200, 422, 403, 403]
    for page in pages:
        form = re.search(r'<form id="leave" method="post" action="/hand-over/stop">', page.text)
        assert form, page.status_code
        assert "js/leave.js" in page.text  # Shift three times, and the screen is blank before
    device.post(f"/hand-over/{request}/keep", {"csi_01": "3"})
    stopped = device.post("/hand-over/stop")
    assert "Please give the device back to Tess" in stopped.text
    assert 'id="leave"' not in stopped.text
    assert '"cache"' in stopped.headers["Clear-Site-Data"]
    for path in ("/hand-over/", f"/hand-over/{request}", "/my/", f"/couples/{cast.couple}"):
        assert gives_back(device.get(path)) or "/account/sign-in" in device.get(path).location
    assert gives_back(device.post("/hand-over/stop")), "pressed twice"
    page = sign_in(cast.ada).get(f"/my/questions/{request}").text
    assert "From where you stopped" in page


def test_what_was_begun_at_home_does_not_show_on_the_device(app, cast, asked, sign_in):
    """The therapist may look first, and anybody later: a draft is its author's alone."""
    request = asked["ada", "csi16"]
    home = sign_in(cast.ada)
    home.post(f"/my/questions/{request}/keep", {"csi_01": "5", "csi_02": "1"})
    device = sign_in(cast.tess)
    device.post(f"/couples/{cast.couple}/people/{cast.ada.person_id}/hand-over")
    page = device.get(f"/hand-over/{request}").text
    assert "From where you stopped" not in page
    assert chosen(page) == {"audience": "therapist"}

    device.post(f"/hand-over/{request}/keep", {"csi_02": "3"})
    assert chosen(device.get(f"/hand-over/{request}").text)["csi_02"] == "3"
    assert "csi_01" not in chosen(device.get(f"/hand-over/{request}").text)
    device.post("/hand-over/end")
    at_home = chosen(home.get(f"/my/questions/{request}").text)
    assert (at_home["csi_01"], at_home["csi_02"]) == ("5", "3")


def test_what_an_earlier_visit_left_does_not_show_in_the_next(app, cast, asked, sign_in):
    request = asked["ada", "csi16"]
    for expected in ({"audience": "therapist"}, {"audience": "therapist"}):
        device = sign_in(cast.tess)
        device.post(f"/couples/{cast.couple}/people/{cast.ada.person_id}/hand-over")
        page = device.get(f"/hand-over/{request}").text
        assert chosen(page) == expected
        device.post(f"/hand-over/{request}/keep", {"csi_01": "4"})  # and it just runs out
    assert chosen(sign_in(cast.ada).get(f"/my/questions/{request}").text)["csi_01"] == "4"


def chosen(text):
    tags = [tag for tag in re.findall(r"<input[^>]*>", text) if " checked" in tag]
    return {
        re.search(r'name="([^"]+)"', tag)[1]: re.search(r'value="([^"]+)"', tag)[1] for tag in tags
    }


def test_no_partner_signs_in_on_it_not_even_the_one_who_holds_it(device, cast):
    for name in ("ada", "ben"):
        device.get("/account/sign-in")
        form = {"email": f"{name}@mail.example", "password": PASSWORD}
        refused = device.post("/account/sign-in", form)
        assert refused.status_code == 422
        assert "Only a therapist can sign in here now" in refused.text
        wrong = device.post("/account/sign-in", form | {"password": "not the one"})
        assert "Only a therapist" not in wrong.text
        assert gives_back(device.get("/my/"))
    assert "Hello Ada" in device.get("/hand-over/").text
    for _ in range(20):  # a password that was right is no guess: nobody has to wait for it
        device.get("/account/sign-in")
        device.post("/account/sign-in", {"email": "ben@mail.example", "password": PASSWORD})
    device.get("/account/sign-in")
    tess = {"email": "tess@mail.example", "password": PASSWORD}
    assert device.post("/account/sign-in", tess).status_code == 302


def test_who_finds_the_device_and_goes_back_is_not_shown_the_help_text(cast, asked, sign_in):
    """It would say what the answer was."""
    path = f"/hand-over/{asked['ada', 'phq9']}"
    with time_machine.travel(START, tick=False) as now:
        device = sign_in(cast.tess)
        device.post(f"/couples/{cast.couple}/people/{cast.ada.person_id}/hand-over")
        device.get("/hand-over/")
        form = form_of(choose("phq9", phq_9=1))
        assert "emergency number" in device.post(path, form).text
        assert "emergency number" in device.post(path, form).text  # a second press
        now.shift(timedelta(minutes=2))
        again = device.post(path, form)
        assert "One more thing waits" in again.text
        assert "emergency number" not in again.text


def test_neither_the_others_questions_nor_a_wider_circle_can_be_forged(app, device, asked):
    for key in ("csi16", "phq9"):
        path = f"/hand-over/{asked['ben', key]}"
        for answer in (
            device.get(path),
            device.post(path, form_of(choose(key))),
            device.post(f"{path}/keep", {"csi_01": "3"}),
        ):
            assert answer.status_code == 404
    for audience in ("private", "when_all_done", "everybody"):
        path = f"/hand-over/{asked['ada', 'csi16']}"
        assert device.post(path, form_of(csi16(40), audience)).status_code == 422
    device.post(f"/hand-over/{asked['ada', 'phq9']}", form_of(choose("phq9"), "couple"))
    with app.app_context():
        (row,) = db.session.scalars(select(Response))
        assert row.audience is Audience.THERAPIST


def test_the_last_answer_leaves_nothing_in_the_browser(device, asked):
    first = device.post(f"/hand-over/{asked['ada', 'csi16']}", form_of(csi16(40)))
    assert "Clear-Site-Data" not in first.headers
    last = device.post(f"/hand-over/{asked['ada', 'phq9']}", form_of(choose("phq9")))
    assert '"cache"' in last.headers["Clear-Site-Data"]


def test_keep_for_later_leads_back_to_the_list(device, asked):
    path = f"/hand-over/{asked['ada', 'csi16']}"
    answer = device.post(path, {"csi_01": "3", "keep": "yes"})
    assert answer.location == "/hand-over/"
    assert "Kept for you" in device.get("/hand-over/").text
    assert "From where you stopped" in device.get(path).text


def test_it_ends_when_nothing_is_done_for_half_an_hour(cast, asked, sign_in):
    with time_machine.travel(START, tick=False) as now:
        device = sign_in(cast.tess)
        device.post(f"/couples/{cast.couple}/people/{cast.ada.person_id}/hand-over")
        device.get("/hand-over/")
        now.shift(timedelta(minutes=29))
        assert device.get("/hand-over/").status_code == 200
        now.shift(timedelta(minutes=31))
        assert gives_back(device.get("/hand-over/"))
        late = device.post(f"/hand-over/{asked['ada', 'csi16']}", form_of(csi16(40)))
        assert gives_back(late)
        assert device.post(f"/hand-over/{asked['ada', 'csi16']}/keep").status_code == 401


def test_it_ends_when_the_therapist_signs_in_again(device, cast):
    assert gives_back(device.get(f"/couples/{cast.couple}"))
    device.get("/account/sign-in")
    answer = device.post("/account/sign-in", {"email": "tess@mail.example", "password": PASSWORD})
    assert answer.status_code == 302
    assert device.get(f"/couples/{cast.couple}").status_code == 200
    assert device.get("/hand-over/").status_code == 404


def test_ending_the_therapists_sessions_elsewhere_ends_it(device, cast, sign_in):
    elsewhere = sign_in(cast.tess)
    elsewhere.get("/account/security")
    elsewhere.post("/account/security/end-others")
    assert gives_back(device.get("/hand-over/"))


@pytest.mark.parametrize("change", ["password", "blocked", "care", "membership"])
def test_it_ends_with_what_it_stands_on(app, device, cast, change):
    with app.app_context():
        account = db.session.scalar(select(Account).where(Account.person_id == cast.tess.person_id))
        if change == "password":
            account.fs_uniquifier = "another"
        elif change == "blocked":
            account.active = False
        elif change == "care":
            care = db.session.scalar(select(Care).where(Care.couple_id == cast.couple))
            care.until = clock.today()
        else:
            leave(cast.couple, cast.ada)
        db.session.commit()
    assert gives_back(device.get("/hand-over/"))
    with app.app_context():
        if change == "password":
            db.session.scalar(
                select(Account).where(Account.person_id == cast.tess.person_id)
            ).fs_uniquifier = "back"
            db.session.commit()
    assert gives_back(device.get("/hand-over/"))


def test_another_couples_questions_to_the_same_person_stay_away(app, cast, asked, sign_in):
    with app.app_context():
        other = make_couple(cast.tess, [cast.ada, make_person("Eve Stone", Role.PARTNER)])
        responses.give(
            actor=cast.tess,
            couple_id=other,
            person_ids=[cast.ada.person_id],
            measure_keys=["ratings"],
            due_on=None,
        )
        (away,) = [
            request.request_id
            for request in responses.portal_requests(actor=cast.ada)
            if request.measure.key == "ratings"
        ]
        db.session.commit()
    device = sign_in(cast.tess)
    device.post(f"/couples/{cast.couple}/people/{cast.ada.person_id}/hand-over")
    assert str(away) not in device.get("/hand-over/").text
    assert device.get(f"/hand-over/{away}").status_code == 404
    assert device.post(f"/hand-over/{away}", form_of(choose("ratings"))).status_code == 404


def test_only_a_present_member_with_open_questions_can_be_handed_it(app, cast, asked, sign_in):
    tess = sign_in(cast.tess)
    base = f"/couples/{cast.couple}/people"
    for person in (cast.finn, cast.cleo, cast.tess):
        assert tess.post(f"{base}/{person.person_id}/hand-over").status_code == 404
    assert tess.get("/").status_code == 200
    with app.app_context():
        for request in responses.portal_requests(actor=cast.ben):
            responses.withdraw_request(actor=cast.tess, request_id=request.request_id)
        db.session.commit()
    refused = tess.post(f"{base}/{cast.ben.person_id}/hand-over")
    assert refused.status_code == 409
    assert "Nothing waits for Ben" in refused.text
    assert tess.get("/").status_code == 200


def test_a_form_without_its_token_changes_nothing(app, device, asked):
    path = f"/hand-over/{asked['ada', 'csi16']}"
    for token in ("", "made up"):
        answer = device.post(path, form_of(csi16(40)) | {"csrf_token": token})
        assert answer.status_code == 400
    assert device.post(f"{path}/keep", {"csi_01": "3", "csrf_token": "x"}).status_code == 400
    foreign = device.post(path, form_of(csi16(40)), headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 400
    with app.app_context():
        assert not list(db.session.scalars(select(Response)))


def test_the_list_costs_the_same_whatever_waits(app, device):
    with app.app_context():
        engine = db.engine
    with statements(engine) as sent:
        device.get("/hand-over/")
    assert len(sent) <= 11, "\n".join(sent)
