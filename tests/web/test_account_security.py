"""Password change, where one is signed in, and what the account pages look like."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from practice.db import db
from practice.domain import passwords
from practice.models.records import AccessRecord
from tests.browser import Browser, steady
from tests.builders import PASSWORD

START = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
NEW = "kettle otter violin"


def change(browser, now=PASSWORD, new=NEW, again=NEW):
    browser.get("/account/password")
    return browser.post(
        "/account/password",
        {"password": now, "new_password": new, "new_password_confirm": again},
    )


def is_in(browser):
    return browser.get("/account/security").status_code == 200


def first_step(browser, password):
    browser.get("/account/sign-in")
    return browser.post(
        "/account/sign-in", {"email": "ada@mail.example", "password": password}
    ).status_code


def test_a_new_password_opens_and_the_old_one_no_longer(app, cast, sign_in):
    ada = sign_in(cast.ada)
    answer = change(ada)
    assert answer.status_code == 302
    assert answer.location == "/account/security"
    assert "Your password is changed" in ada.get("/account/security").text
    assert first_step(sign_in(), PASSWORD) == 422
    assert first_step(sign_in(), NEW) == 302


def test_a_new_password_ends_every_other_session_and_renews_this_one(app, cast, sign_in):
    ada, other = sign_in(cast.ada), sign_in(cast.ada)
    copied = ada.client.get_cookie("dyad").value
    change(ada)
    assert is_in(ada)
    assert not is_in(other)
    thief = sign_in()
    thief.client.set_cookie("dyad", copied)
    assert not is_in(thief)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"now": "wrong"}, "This is not your password."),
        ({"now": ""}, "Enter your password."),
        ({"new": "short", "again": "short"}, passwords.TOO_SHORT),
        ({"new": "ada lind chair lamp", "again": "ada lind chair lamp"}, passwords.ABOUT_YOU),
        ({"new": "Password1234", "again": "Password1234"}, passwords.WELL_KNOWN),
        ({"new": PASSWORD, "again": PASSWORD}, "This is the password you have now."),
        ({"again": "kettle otter violas"}, "This differs from the new password above."),
        ({"new": "", "again": ""}, "Enter a new password."),
    ],
)
def test_what_cannot_be_a_new_password_is_said(app, cast, sign_in, values, words):
    ada = sign_in(cast.ada)
    answer = change(ada, **values)
    assert answer.status_code == 422
    assert words in answer.text
    assert first_step(sign_in(), PASSWORD) == 302


def test_guessing_the_present_password_is_slowed_down(app, cast, sign_in):
    with time_machine.travel(START, tick=False):
        ada = sign_in(cast.ada)
        assert [change(ada, now="wrong").status_code for _ in range(6)] == [422] * 5 + [429]


def test_bad_new_passwords_are_no_guesses(app, cast, sign_in):
    with time_machine.travel(START, tick=False):
        ada = sign_in(cast.ada)
        assert [change(ada, new="no", again="no").status_code for _ in range(8)] == [422] * 8


def test_mismatching_new_passwords_do_not_hide_guesses(app, cast, sign_in):
    with time_machine.travel(START, tick=False):
        ada = sign_in(cast.ada)
        for _ in range(5):
            change(ada, now="wrong")
        change(ada, now="wrong", again="differs from the new one")
        assert change(ada, now="wrong").status_code == 429


def test_a_password_change_is_logged(app, cast, sign_in):
    change(sign_in(cast.ada))
    with app.app_context():
        acts = {"password.changed", "sign_in"}
        whats = [row.what for row in db.session.query(AccessRecord) if row.what in acts]
    assert sorted(whats) == sorted(acts)


def test_one_sees_where_one_is_signed_in_and_ends_the_others(app, cast, sign_in):
    with time_machine.travel(START, tick=False) as clock:
        ada, other = sign_in(cast.ada), sign_in(cast.ada)
        ben = sign_in(cast.ben)
        clock.shift(timedelta(minutes=3))
        page = ada.get("/account/security").text
        assert page.count("<b>Here, now</b>") == 1
        assert page.count("<b>Elsewhere</b>") == 1
        assert "5 November 2026, 09:00" in page
        assert "Elsewhere" not in ben.get("/account/security").text
        answer = ada.post("/account/security/end-others")
        assert answer.status_code == 303
        page = ada.get("/account/security").text
        assert "Elsewhere" not in page
        assert "Sign out everywhere else" not in page
        assert not is_in(other)
        assert is_in(ben)


@pytest.mark.parametrize(
    "path",
    ["/account/security", "/account/password", "/account/one-time-code", "/account/confirm"],
)
def test_everybody_sees_the_account_pages_in_their_own_layout(app, cast, sign_in, path):
    for actor, leave in ((cast.ada, True), (cast.tess, False)):
        page = sign_in(actor).get(path)
        assert page.status_code == 200
        assert ("Leave now" in page.text) is leave
        assert page.headers["Cache-Control"] == "no-store"
        for name in ("Ben", "couple", "therapy", "Tess" if leave else "Ada"):
            assert name not in page.text.split("<title>")[1].split("</title>")[0]


def test_a_partner_sees_nothing_of_the_other_on_the_account_pages(app, cast, sign_in):
    ada, ben = sign_in(cast.ada), sign_in(cast.ben)
    with time_machine.travel(datetime.now(UTC), tick=False):
        before = steady(ada.get("/account/security").text)
        change(ben)
        first_step(Browser(app, "127.9.9.9"), "wrong")
        after = steady(ada.get("/account/security").text)
    assert before == after


def test_account_changes_need_a_form_of_this_site(app, cast, sign_in):
    ada = sign_in(cast.ada)
    for path in ("security/end-others", "password", "one-time-code", "sign-out", "leave"):
        answer = ada.client.post(f"/account/{path}", environ_base={"REMOTE_ADDR": ada.address})
        assert answer.status_code == 400, path
    assert is_in(ada)
