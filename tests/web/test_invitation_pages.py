"""Inviting and being invited, by real requests."""

import logging
import re
from datetime import UTC, datetime, timedelta

import html5lib
import pytest
import time_machine

from practice.db import db
from practice.domain.people import Role
from practice.models.accounts import Account, Invitation, SignInSession
from practice.models.records import AccessRecord
from tests.browser import steady
from tests.builders import make_couple, make_person
from tests.web.test_portal_safety import has_the_way_out

START = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
NAME, PASSWORD = "eve@mail.example", "kettle otter violin"
LINK = re.compile(r"<code>http://localhost(/account/invitation/[\w-]{43})</code>")
SPOKEN = re.compile(r'class="secret">(\d{3}) (\d{3})<')


@pytest.fixture
def eve(app, cast):
    with app.app_context():
        person = make_person("Eve Sato", Role.PARTNER, account=False)
        other = make_person("Gil Sato", Role.PARTNER, account=False)
        couple = make_couple(cast.tess, [person, other])
        db.session.commit()
    return person, couple


def address(eve, act="invite"):
    person, couple = eve
    return f"/couples/{couple}/people/{person.person_id}/{act}"


@pytest.fixture
def issue(cast, eve, sign_in):
    def issue():
        page = sign_in(cast.tess).post(address(eve))
        assert page.status_code == 200
        return LINK.search(page.text).group(1), "".join(SPOKEN.search(page.text).groups())

    return issue


def accept(browser, link, code, **changes):
    browser.get(link)
    return send(browser, link, code, **changes)


def send(browser, link, code, **changes):
    values = {
        "spoken_code": code,
        "sign_in_name": NAME,
        "password": PASSWORD,
        "password_again": changes.get("password", PASSWORD),
    }
    return browser.post(link, values | changes)


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_invited_person_signs_in_to_an_account_of_their_own(app, cast, eve, issue, sign_in):
    link, code = issue()
    browser = sign_in()
    browser.get(link)
    before = browser.client.get_cookie("dyad").value
    answer = accept(browser, link, code)
    assert answer.status_code == 303
    assert answer.location == "/account/"
    assert browser.client.get_cookie("dyad").value != before
    assert browser.get("/account/").location == "/my/"
    assert "Eve Sato" in browser.get("/account/security").text
    again = sign_in()
    again.get("/account/sign-in")
    answer = again.post("/account/sign-in", {"email": NAME, "password": PASSWORD})
    assert answer.status_code == 302
    with app.app_context():
        whats = {(row.what, row.person_id) for row in db.session.query(AccessRecord)}
    assert {("invitation.accepted", eve[0].person_id), ("sign_in", eve[0].person_id)} <= whats


def test_link_and_code_are_shown_once_and_kept_nowhere(app, cast, eve, sign_in):
    tess = sign_in(cast.tess)
    page = tess.post(address(eve))
    assert page.headers["Cache-Control"] == "no-store"
    assert "in person" in page.text
    token = LINK.search(page.text).group(1).rsplit("/", 1)[1]
    assert token not in tess.get("/").text
    with app.app_context():
        stored = [row.content for row in db.session.query(SignInSession)]
        assert token not in str(stored)
        assert "invitation" not in str(stored)


def test_fetching_the_page_uses_nothing_up(app, cast, issue, sign_in):
    link, code = issue()
    scanner = sign_in()
    for _ in range(30):
        assert scanner.get(link).status_code == 200
        assert scanner.client.head(link).status_code == 200
    assert accept(sign_in(), link, code).status_code == 303


def test_the_page_names_nobody_and_tells_nobody_its_address(app, cast, issue, sign_in):
    link, _ = issue()
    page = sign_in().get(link)
    for word in ("Eve", "Gil", "Sato", "Tess", "couple", "partner", "therapy", "Dyad"):
        assert word not in page.text.replace("/static/css/dyad", ""), word
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert page.headers["Cache-Control"] == "no-store"
    assert "http" not in page.text.replace("https://www.bbc", "")


def test_every_dead_link_gives_the_same_page(app, cast, eve, issue, sign_in):
    with time_machine.travel(START, tick=False) as clock:
        expired, _ = issue()
        clock.shift(timedelta(hours=73))
        withdrawn, _ = issue()
        replaced, _ = issue()
        closed, code = issue()
        for _ in range(5):
            clock.shift(timedelta(minutes=20))
            accept(sign_in(), closed, wrong(code))
        used, code = issue()
        accept(sign_in(), used, code)
        unknown = "/account/invitation/" + "x" * 43
        answers = []
        for link in (expired, withdrawn, replaced, closed, used, unknown):
            browser = sign_in()
            for answer in (browser.get(link), accept(browser, link, code)):
                answers.append((answer.status_code, steady(answer.text)))
        assert len(set(answers)) == 1
        assert answers[0][0] == 404
        assert "cannot be used" in answers[0][1]
        has_the_way_out(unknown, html5lib.parse(answers[0][1], namespaceHTMLElements=False))


def test_five_wrong_codes_close_the_link(app, cast, issue, sign_in):
    link, code = issue()
    statuses = [accept(sign_in(), link, wrong(code)).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 404]
    assert accept(sign_in(), link, code).status_code == 404


def test_mistakes_are_said_beside_their_fields_and_what_was_typed_stays(app, cast, issue, sign_in):
    link, code = issue()
    browser = sign_in()
    answer = accept(browser, link, "12", password="short")
    assert answer.status_code == 422
    assert "The code has six digits." in answer.text
    assert f'value="{NAME}"' in answer.text
    answer = accept(browser, link, code, password="Password1234")
    assert "one of the first passwords" in answer.text
    answer = accept(browser, link, code, password_again="differs")
    assert "This differs from the password above." in answer.text
    answer = accept(browser, link, code, sign_in_name="ADA@mail.example")
    assert answer.status_code == 422
    assert "This name cannot be used." in answer.text
    answer = accept(browser, link, code, sign_in_name="e\0ve")
    assert answer.status_code == 422
    assert accept(browser, link, code).status_code == 303


def test_guesses_at_links_are_slowed_down(app, cast, issue, sign_in):
    with time_machine.travel(START, tick=False):
        browser = sign_in()
        links = [f"/account/invitation/{number:043d}" for number in range(21)]
        statuses = [accept(browser, link, "123456").status_code for link in links]
        assert statuses == [404] * 20 + [429]


def test_on_a_shared_device_the_other_ones_session_ends(app, cast, issue, sign_in):
    link, code = issue()
    device = sign_in(cast.ada)
    copied = device.client.get_cookie("dyad").value
    device.get(link)
    device.post("/account/security/end-others")  # leaves words for Ada's next page
    assert send(device, link, code).status_code == 303
    page = device.get("/account/security").text
    assert NAME in page
    assert "ada@mail.example" not in page
    assert "signed out now" not in page
    thief = sign_in()
    thief.client.set_cookie("dyad", copied)
    assert thief.get("/account/security").status_code == 303


def test_the_token_is_in_no_log(app, cast, issue, sign_in, caplog):
    caplog.set_level(logging.DEBUG)
    link, code = issue()
    accept(sign_in(), link, wrong(code))
    accept(sign_in(), link, code)
    accept(sign_in(), link, code)
    token = link.rsplit("/", 1)[1]
    with app.app_context():
        lines = [(row.what, row.how, row.reason) for row in db.session.query(AccessRecord)]
    assert token not in caplog.text + str(lines)


def test_only_the_treating_therapist_issues_and_withdraws(app, cast, eve, sign_in):
    for actor in (cast.otto, cast.ada, cast.cleo):
        browser = sign_in(actor)
        for act in ("invite", "revoke-invitation"):
            assert browser.post(address(eve, act)).status_code == 404
    nobody = sign_in()
    assert nobody.post(address(eve)).status_code == 303
    with app.app_context():
        assert db.session.query(Invitation).count() == 0


def test_an_invitation_is_withdrawn(app, cast, eve, issue, sign_in):
    link, code = issue()
    answer = sign_in(cast.tess).post(address(eve, "revoke-invitation"))
    assert answer.status_code == 303
    assert answer.location == f"/couples/{eve[1]}"
    assert accept(sign_in(), link, code).status_code == 404


def test_who_can_sign_in_is_not_invited(app, cast, sign_in):
    answer = sign_in(cast.tess).post(f"/couples/{cast.couple}/people/{cast.ada.person_id}/invite")
    assert answer.status_code == 409
    assert "Ada Lind can sign in already" in answer.text


def test_invitations_are_issued_by_post_alone(app, cast, eve, sign_in):
    tess = sign_in(cast.tess)
    assert tess.get(address(eve)).status_code == 405
    with app.app_context():
        assert db.session.query(Invitation).count() == 0
        assert db.session.query(Account).filter_by(person_id=eve[0].person_id).count() == 0


def test_the_form_works_behind_https_with_its_narrow_referrer(app, cast, issue, sign_in):
    link, code = issue()
    browser = sign_in()
    browser.get(link, base_url="https://localhost")
    answer = browser.post(
        link,
        {
            "spoken_code": code,
            "sign_in_name": NAME,
            "password": PASSWORD,
            "password_again": PASSWORD,
        },
        base_url="https://localhost",
        headers={"Referer": "https://localhost/"},
    )
    assert answer.status_code == 303
