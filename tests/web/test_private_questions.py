"""The private questions as the person meets them: in the portal, and on the therapist's device."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from practice.db import db
from practice.domain.couples import CarePart
from practice.domain.people import Role
from practice.domain.safety.screening import ScreeningWay
from practice.models.couples import Care
from practice.models.drafts import Draft
from practice.models.records import AccessRecord
from practice.models.responses import MeasureRequest, Response, RiskFlag
from practice.models.safety import Screening, ScreeningRequest
from practice.services import clock
from tests.browser import steady
from tests.builders import PASSWORD, leave, make_person
from tests.measure_builders import ask
from tests.worlds.safety import open_in_portal

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
ANSWERS = {"q1": "yes", "q2": "no", "q3": "", "q4": "no"}


@pytest.fixture
def address(app, cast):
    with app.app_context():
        request = open_in_portal(cast.tess, cast.couple, cast.ada)
        db.session.commit()
    return f"/my/questions/set/{request}"


def stored(app):
    with app.app_context():
        return [(row.answers, row.way) for row in db.session.scalars(select(Screening))]


def test_by_default_nothing_is_in_the_portal(cast, sign_in):
    assert "private" not in sign_in(cast.ada).get("/my/").text


def test_it_is_called_neutrally_and_says_first_who_reads_it(cast, sign_in, address):
    ada = sign_in(cast.ada)
    home = ada.get("/my/").text
    assert "A few private questions" in home
    assert "violence" not in home
    page = ada.get(address).text
    assert "<title>Questions</title>" in page
    before, _, _ = page.partition("Within the last year")
    assert "Only Tess reads what you answer" in before
    assert "Your partner is not told" in before
    assert "Ben" not in page
    assert "CC BY 2.0" in page
    assert "checked" not in page
    assert 'name="typed_by"' not in page, "nothing comes back after a time-out"
    assert "data-keep" not in page, "no draft"


def test_answers_are_kept_sealed_and_are_no_measure(app, cast, sign_in, address):
    ada = sign_in(cast.ada)
    done = ada.post(address, ANSWERS)
    assert done.status_code == 200
    assert stored(app) == [({"h": True, "a": False, "k": False}, ScreeningWay.PORTAL)]
    with app.app_context():
        for table in (Response, MeasureRequest, RiskFlag, Draft):
            assert not list(db.session.scalars(select(table)))
        raw = db.session.connection().exec_driver_sql("SELECT answers_sealed FROM screening")
        assert b"true" not in bytes(raw.scalar())


def test_the_page_that_thanks_is_the_same_whatever_was_answered(app, cast, sign_in):
    ada = sign_in(cast.ada)
    pages = set()
    for form in (
        ANSWERS,
        {"q1": "no", "q2": "no", "q3": "no", "q4": "no"},
        {"leave": "yes"},
        {"leave": "yes", "q1": "yes"},
    ):
        with app.app_context():
            request = open_in_portal(cast.tess, cast.couple, cast.ada)
            db.session.commit()
        page = ada.post(f"/my/questions/set/{request}", form)
        pages.add(steady(page.text))
    assert len(pages) == 1
    assert "emergency number of your country" in pages.pop()
    assert len(stored(app)) == 2


def test_afterwards_it_never_was(app, cast, sign_in, address):
    with time_machine.travel(START, tick=False) as now:
        ada = sign_in(cast.ada)
        with app.app_context():
            request = open_in_portal(cast.tess, cast.couple, cast.ada)
            db.session.commit()
        address = f"/my/questions/set/{request}"
        ada.post(address, ANSWERS)
        assert ada.get(address).status_code == 404
        again = ada.post(address, {"q1": "no"})
        assert again.status_code == 200, "a second press is thanked for as the first"
        assert len(stored(app)) == 1
        now.shift(timedelta(seconds=61))
        assert ada.post(address, ANSWERS).status_code == 404
        assert "private" not in ada.get("/my/").text


def test_a_form_with_nothing_in_it_sends_nothing(app, cast, sign_in, address):
    ada = sign_in(cast.ada)
    for form in ({}, {"q1": "", "q2": ""}, {"q1": "perhaps"}, {"h": "yes"}):
        assert ada.post(address, form).status_code == 422
    assert not stored(app)
    assert ada.get(address).status_code == 200


def test_the_portal_lets_go_of_it_by_itself(app, cast, sign_in):
    with time_machine.travel(START, tick=False) as now:
        with app.app_context():
            request = open_in_portal(cast.tess, cast.couple, cast.ada)
            db.session.commit()
        now.shift(timedelta(days=14))
        assert "A few private" in sign_in(cast.ada).get("/my/").text
        now.shift(timedelta(days=1))
        ada = sign_in(cast.ada)
        assert "A few private" not in ada.get("/my/").text
        assert ada.get(f"/my/questions/set/{request}").status_code == 404


@pytest.mark.parametrize("how", ["taken back", "left the couple", "asked anew"])
def test_it_closes_with_what_it_stands_on(app, cast, sign_in, address, how):
    tess = sign_in(cast.tess)
    ada = sign_in(cast.ada)
    base = f"/couples/{cast.couple}/people/{cast.ada.person_id}"
    if how == "left the couple":
        tess.post(f"{base}/end", {"left_on": clock_today(app)})
    else:
        tess.post(f"{base}/safety/{'take-back' if how == 'taken back' else 'portal'}")
    assert ada.get(address).status_code == 404
    assert ada.post(address, ANSWERS).status_code == 404
    assert not stored(app)


def clock_today(app):
    with app.app_context():
        return clock.today().isoformat()


def test_nobody_else_opens_it(app, cast, sign_in, address):
    for person in (cast.ben, cast.finn, cast.cleo, cast.tess, cast.otto):
        other = sign_in(person)
        assert other.get(address).status_code == 404
        assert other.post(address, ANSWERS).status_code == 404
        assert other.post(address, {"leave": "yes"}).status_code == 404
    assert not stored(app)


# ---- on the therapist's device ---------------------------------------------------------------


@pytest.fixture
def device(app, cast, sign_in):
    """Tess's device in Ada's hands, for the private questions; a measure waits for Ada too."""
    with app.app_context():
        request = ask(cast, cast.ada, "csi4")
        db.session.commit()
    device = sign_in(cast.tess)
    device.measure = f"/hand-over/{request}"
    device.old_cookie = device.client.get_cookie("dyad").value
    device.begun = device.post(
        f"/couples/{cast.couple}/people/{cast.ada.person_id}/safety/hand-over"
    )
    assert device.begun.location == "/hand-over/set"
    device.get("/hand-over/set")
    return device


def gives_back(answer):
    return answer.status_code == 403 and "Please give the device back" in answer.text


def test_the_device_opens_these_questions_and_nothing_else(device, cast, sign_in):
    page = device.get("/hand-over/set").text
    for own in ("set", "stop"):
        page = page.replace(f'action="/hand-over/{own}"', "")
    assert "Only Tess reads what you answer" in page
    for word in ("Ben", "Morrow", "Lind", "/my/", "/couples/", "/hand-over/"):
        assert word not in page
    assert device.get("/hand-over/").location == "/hand-over/set"
    assert device.get(device.measure).status_code == 404
    assert device.post(device.measure, {}).status_code == 404
    assert device.post(f"{device.measure}/keep", {"csi_01": "1"}).status_code == 404
    for path in ("/", "/my/", f"/couples/{cast.couple}", f"/couples/{cast.couple}/safety"):
        assert gives_back(device.get(path))
    assert '"cache"' in device.begun.headers["Clear-Site-Data"]
    thief = sign_in()
    thief.client.set_cookie("dyad", device.old_cookie)
    assert "/account/sign-in" in thief.get(f"/couples/{cast.couple}/safety").location


def test_stop_here_leaves_them_and_shows_no_word_of_them(app, device, cast):
    """As the page promises: nothing is kept, and they do not come back on this screen."""
    page = device.get("/hand-over/set").text
    assert 'action="/hand-over/stop"' in page
    stopped = device.post("/hand-over/stop", ANSWERS)
    assert "Please give the device back to Tess" in stopped.text
    for word in ("private", "emergency", "thank", "kept", "saved"):
        assert word not in stopped.text.lower()
    assert '"cache"' in stopped.headers["Clear-Site-Data"]
    assert gives_back(device.get("/hand-over/set"))
    assert not stored(app)
    with app.app_context():
        assert screenings_closed(cast) == [True]


def screenings_closed(cast):
    rows = db.session.scalars(
        select(ScreeningRequest).where(ScreeningRequest.person_id == cast.ada.person_id)
    )
    return [row.closed_at is not None for row in rows]


@pytest.mark.parametrize("form", [ANSWERS, {"leave": "yes"}])
def test_the_visit_ends_in_the_same_words_whatever_was_answered(app, device, form):
    done = device.post("/hand-over/set", form)
    assert done.status_code == 200
    assert "Please give the device back to Tess" in done.text
    assert "emergency number of your country" in done.text
    assert "saved" not in done.text
    assert '"cache"' in done.headers["Clear-Site-Data"]
    for again in (
        device.get("/hand-over/set"),
        device.get("/hand-over/"),
        device.post("/hand-over/set", ANSWERS),
    ):
        assert gives_back(again)
    answered = "leave" not in form
    assert [way for _, way in stored(app)] == ([ScreeningWay.HAND_OVER] if answered else [])
    with app.app_context():
        assert not list(db.session.scalars(select(Draft)))


def test_nothing_of_the_person_who_answers_is_in_the_access_log(app, device, cast):
    device.post("/hand-over/set", ANSWERS)
    with app.app_context():
        of_ada = select(AccessRecord.what).where(AccessRecord.person_id == cast.ada.person_id)
        assert not list(db.session.scalars(of_ada))


def test_an_ordinary_hand_over_does_not_open_them(app, cast, sign_in, address):
    """It may take place where the other partner sits."""
    with app.app_context():
        ask(cast, cast.ada, "csi4")
        db.session.commit()
    device = sign_in(cast.tess)
    device.post(f"/couples/{cast.couple}/people/{cast.ada.person_id}/hand-over")
    home = device.get("/hand-over/").text
    assert "private" not in home
    assert device.get("/hand-over/set").status_code == 404
    assert device.post("/hand-over/set", ANSWERS).status_code == 404
    assert not stored(app)


def test_a_request_for_the_device_does_not_open_in_the_portal(app, device, cast, sign_in):
    with app.app_context():
        request = db.session.scalar(select(ScreeningRequest.id))
    ada = sign_in(cast.ada)
    assert ada.get(f"/my/questions/set/{request}").status_code == 404
    assert "private" not in ada.get("/my/").text


def test_it_ends_with_what_it_stands_on(app, device, cast):
    with app.app_context():
        leave(cast.couple, cast.ada)
        db.session.commit()
    assert gives_back(device.get("/hand-over/set"))
    assert not stored(app)


def test_taking_it_back_elsewhere_ends_the_visit(app, device, cast, sign_in):
    sign_in(cast.tess).post(f"/couples/{cast.couple}/people/{cast.ada.person_id}/safety/take-back")
    assert gives_back(device.post("/hand-over/set", ANSWERS))
    assert not stored(app)


def test_no_partner_signs_in_on_it(device):
    device.get("/account/sign-in")
    form = {"email": "ada@mail.example", "password": PASSWORD}
    assert device.post("/account/sign-in", form).status_code == 422


def test_only_the_therapist_with_the_lead_hands_it_over(app, cast, sign_in):
    with app.app_context():
        sue = make_person("Sue Hartley", Role.THERAPIST)
        db.session.add(
            Care(
                couple_id=cast.couple,
                therapist_id=sue.person_id,
                since=clock.today(),
                part=CarePart.CO_THERAPIST,
            )
        )
        db.session.commit()
    base = f"/couples/{cast.couple}/people"
    for person in (sue, cast.otto):
        browser = sign_in(person)
        for act in ("hand-over", "portal", "take-back", "talk"):
            answer = browser.post(f"{base}/{cast.ada.person_id}/safety/{act}")
            assert answer.status_code == 404
        assert browser.get("/").status_code == 200, "and the session goes on"
    tess = sign_in(cast.tess)
    for person in (cast.finn, cast.cleo):
        assert tess.post(f"{base}/{person.person_id}/safety/hand-over").status_code == 404
    with app.app_context():
        assert not list(db.session.scalars(select(ScreeningRequest)))
