"""The one-time code and the recovery codes, by real requests."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from practice.db import db
from practice.models.accounts import SignInSession
from practice.models.records import AccessRecord
from practice.services import accounts
from tests.browser import Browser
from tests.builders import PASSWORD, sign_in_name
from tests.phones import KEY, Phone, set_up_code

START = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
RECOVERY_CODE = re.compile(r"<li>([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})</li>")
CODE_PAGE = "/account/code"


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def first_step(browser, actor):
    browser.get("/account/sign-in")
    return browser.post(
        "/account/sign-in", {"email": sign_in_name(actor.name), "password": PASSWORD}
    )


def is_in(browser):
    return browser.get("/account/security").status_code == 200


def enter(browser, code, page=CODE_PAGE):
    browser.get(page)
    return browser.post(page, {"code": code})


def recovery_codes(browser):
    browser.get("/account/recovery-codes")
    page = browser.post("/account/recovery-codes")
    assert page.status_code == 200
    return RECOVERY_CODE.findall(page.text)


def lines(app, what):
    with app.app_context():
        rows = db.session.query(AccessRecord).filter_by(what=what)
        return [(row.how, row.person_id) for row in rows]


@pytest.mark.parametrize("who", ["tess", "ada"])
def test_with_a_code_set_up_the_password_alone_opens_nothing(app, cast, sign_in, clock, who):
    actor = getattr(cast, who)
    phone = set_up_code(sign_in(actor))
    clock.shift(30)
    browser = sign_in()
    answer = first_step(browser, actor)
    assert answer.location.startswith(CODE_PAGE)
    assert not is_in(browser)
    first_step(browser, actor)
    answer = enter(browser, phone.code())
    assert answer.status_code == 302
    assert answer.location == "/account/"
    assert is_in(browser)


def test_next_is_kept_through_the_second_step(app, cast, sign_in, clock):
    phone = set_up_code(sign_in(cast.ada))
    clock.shift(30)
    browser = sign_in()
    browser.get("/account/sign-in?next=/account/security")
    answer = browser.post(
        "/account/sign-in?next=/account/security",
        {"email": "ada@mail.example", "password": PASSWORD},
    )
    answer = enter(browser, phone.code(), answer.location)
    assert answer.location == "/account/security"


def test_a_used_code_opens_nothing_again(app, cast, sign_in, clock):
    phone = set_up_code(sign_in(cast.ada))
    clock.shift(30)
    code = phone.code()
    one, two = sign_in(), sign_in()
    first_step(one, cast.ada)
    first_step(two, cast.ada)
    assert enter(one, code).status_code == 302
    answer = enter(two, code)
    assert answer.status_code == 422
    assert "not valid now" in answer.text
    assert not is_in(two)


def test_the_code_of_the_set_up_opens_nothing_again(app, cast, sign_in, clock):
    phone = set_up_code(sign_in(cast.ada))
    browser = sign_in()
    first_step(browser, cast.ada)
    assert enter(browser, phone.code()).status_code == 422


def test_an_earlier_code_opens_nothing_once_a_later_one_was_used(app, cast, sign_in, clock):
    phone = set_up_code(sign_in(cast.ada))
    clock.shift(30)
    earlier = phone.code()
    clock.shift(30)
    one, two = sign_in(), sign_in()
    first_step(one, cast.ada)
    first_step(two, cast.ada)
    assert enter(one, phone.code()).status_code == 302
    assert enter(two, earlier).status_code == 422


def test_codes_are_good_for_one_step_to_either_side(app, cast, sign_in, clock):
    phone = set_up_code(sign_in(cast.ada))
    clock.shift(300)
    code = phone.code()
    for seconds, status in ((60, 422), (-30, 302)):
        clock.shift(seconds)
        browser = sign_in()
        first_step(browser, cast.ada)
        assert enter(browser, code).status_code == status


def test_wrong_codes_are_slowed_down_and_the_password_does_not_help(app, cast, sign_in, clock):
    phone = set_up_code(sign_in(cast.ada))
    clock.shift(30)
    browser = sign_in()
    first_step(browser, cast.ada)
    assert [enter(browser, "000000").status_code for _ in range(6)] == [422] * 5 + [429]
    first_step(browser, cast.ada)
    assert enter(browser, phone.code()).status_code == 429
    elsewhere = sign_in()
    first_step(elsewhere, cast.ada)
    assert enter(elsewhere, phone.code()).status_code == 302
    assert ("refused", cast.ada.person_id) in lines(app, "one_time_code")


@pytest.mark.parametrize("code", ["", "abc", "12345", "1234567", "1\0", "９９９９９９", "0" * 500])
def test_strange_codes_are_refused_calmly(app, cast, sign_in, clock, code):
    set_up_code(sign_in(cast.ada))
    browser = sign_in()
    first_step(browser, cast.ada)
    assert enter(browser, code).status_code == 422


def test_the_state_of_the_second_step_is_in_no_cookie_and_no_address(app, cast, sign_in, clock):
    ada = sign_in(cast.ada)
    phone = set_up_code(ada)
    browser = sign_in()
    answer = first_step(browser, cast.ada)
    with app.app_context():
        key = accounts.find("ada@mail.example").fs_uniquifier
    cookies = str(answer.headers.getlist("Set-Cookie"))
    assert key not in cookies + answer.location
    assert len(browser.client.get_cookie("dyad").value) == 43
    assert phone.totp.base32_key not in cookies + answer.location


def test_without_the_first_step_the_second_leads_back(app, cast, sign_in):
    browser = sign_in()
    for page in (CODE_PAGE, "/account/recovery"):
        answer = browser.get(page)
        assert answer.status_code == 302
        assert answer.location == "/account/sign-in"
        answer = browser.post(page, {"code": "123456"})
        assert answer.status_code == 302


def test_a_wrong_code_at_the_set_up_shows_the_picture_again(app, cast, sign_in, clock):
    ada = sign_in(cast.ada)
    ada.get("/account/one-time-code")
    page = ada.post("/account/one-time-code", {"setup": "authenticator"}).text
    answer = ada.post(CODE_PAGE, {"code": "000000"})
    assert answer.status_code == 422
    assert KEY.search(answer.text).group(1) == KEY.search(page).group(1)
    assert "data:image/svg+xml" in answer.text
    assert ada.post(CODE_PAGE, {"code": Phone(page).code()}).status_code == 302


def test_the_picture_passes_the_content_policy(app, cast, sign_in):
    ada = sign_in(cast.ada)
    ada.get("/account/one-time-code")
    page = ada.post("/account/one-time-code", {"setup": "authenticator"})
    assert 'src="data:image/svg+xml;base64,' in page.text
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"


def test_the_key_is_not_shown_again_once_the_code_is_on(app, cast, sign_in, clock):
    ada = sign_in(cast.ada)
    phone = set_up_code(ada)
    for path in ("/account/one-time-code", "/account/security", CODE_PAGE):
        page = ada.get(path, follow_redirects=True).text
        assert phone.totp.base32_key not in page.replace("-", "").replace(" ", "")


def test_coming_back_to_the_set_up_too_late_signs_nobody_out(app, cast, sign_in, clock):
    ada = sign_in(cast.ada)
    set_up_code(ada)
    assert ada.get(CODE_PAGE).location == "/account/security"
    assert ada.post(CODE_PAGE, {"code": "123456"}).location == "/account/security"
    assert is_in(ada)


def test_the_seed_and_the_recovery_codes_are_stored_encrypted(app, cast, sign_in, clock):
    ada = sign_in(cast.ada)
    phone = set_up_code(ada)
    codes = recovery_codes(ada)
    with app.app_context():
        account = accounts.find("ada@mail.example")
        assert phone.totp.base32_key not in account.tf_totp_secret
        assert not any(code in str(account.mf_recovery_codes) for code in codes)


def test_setting_up_and_turning_off_need_a_fresh_password(app, cast, sign_in, clock):
    ada = sign_in(cast.ada)
    for _ in range(2):
        clock.shift(timedelta(minutes=8))
        assert is_in(ada)
    for path in ("/account/one-time-code", "/account/recovery-codes"):
        if path.endswith("codes"):
            continue
        answer = ada.get(path)
        assert answer.location.startswith("/account/confirm")
        answer = ada.post(path, {"setup": "authenticator"})
        assert answer.location.startswith("/account/confirm")
    page = ada.get("/account/confirm?next=/account/one-time-code")
    assert page.status_code == 200
    assert ada.post("/account/confirm", {"password": "wrong"}).status_code == 422
    answer = ada.post("/account/confirm?next=/account/one-time-code", {"password": PASSWORD})
    assert answer.location == "/account/one-time-code"
    assert ada.get("/account/one-time-code").status_code == 200


def test_guessing_the_password_at_an_open_screen_is_slowed_down(app, cast, sign_in, clock):
    ada = sign_in(cast.ada)
    ada.get("/account/confirm")
    answers = [ada.post("/account/confirm", {"password": "wrong"}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "Leave now" in answers[-1].text


# Recovery codes


def test_a_recovery_code_opens_once(app, cast, sign_in, clock):
    ada = sign_in(cast.ada)
    set_up_code(ada)
    codes = recovery_codes(ada)
    assert len(set(codes)) == 8
    one, two = sign_in(), sign_in()
    first_step(one, cast.ada)
    first_step(two, cast.ada)
    assert enter(one, f" {codes[0].upper()} ", "/account/recovery").status_code == 302
    assert is_in(one)
    assert enter(two, codes[0], "/account/recovery").status_code == 422
    assert enter(two, codes[1], "/account/recovery").status_code == 302
    assert "6 recovery codes are left" in ada.get("/account/security").text
    assert lines(app, "recovery_code.used") == [("written", cast.ada.person_id)] * 2


def test_recovery_codes_are_shown_once(app, cast, sign_in, clock):
    ada = sign_in(cast.ada)
    set_up_code(ada)
    codes = recovery_codes(ada)
    for path in ("/account/recovery-codes", "/account/recovery-codes?show_codes=1"):
        page = ada.get(path)
        assert page.status_code == 200
        assert not RECOVERY_CODE.findall(page.text)
        assert codes[0] not in page.text
        assert "You have 8 codes left" in page.text


def test_new_recovery_codes_end_the_earlier_ones(app, cast, sign_in, clock):
    ada = sign_in(cast.ada)
    set_up_code(ada)
    earlier = recovery_codes(ada)
    recovery_codes(ada)
    browser = sign_in()
    first_step(browser, cast.ada)
    assert enter(browser, earlier[0], "/account/recovery").status_code == 422


def test_recovery_codes_come_only_with_a_one_time_code(app, cast, sign_in):
    ada = sign_in(cast.ada)
    assert ada.get("/account/recovery-codes").location == "/account/security"
    ada.get("/account/security")
    assert ada.post("/account/recovery-codes").location == "/account/security"


def test_turning_the_code_off_deletes_the_recovery_codes(app, cast, sign_in, clock):
    ada = sign_in(cast.ada)
    set_up_code(ada)
    codes = recovery_codes(ada)
    page = ada.get("/account/one-time-code")
    assert "Turn the one-time code off" in page.text
    assert ada.post("/account/one-time-code", {"setup": "disable"}).status_code == 302
    assert "is off" in ada.get("/account/security").text
    assert first_step(sign_in(), cast.ada).location == "/account/"
    clock.shift(60)
    set_up_code(ada)
    browser = sign_in()
    first_step(browser, cast.ada)
    assert enter(browser, codes[0], "/account/recovery").status_code == 422


def test_turning_it_on_and_off_ends_other_sessions_and_is_logged(app, cast, sign_in, clock):
    ada, other = sign_in(cast.ada), sign_in(cast.ada)
    phone = set_up_code(ada)
    assert is_in(ada)
    assert not is_in(other)
    clock.shift(30)
    first_step(other, cast.ada)
    enter(other, phone.code())
    assert is_in(other)
    ada.get("/account/one-time-code")
    ada.post("/account/one-time-code", {"setup": "disable"})
    assert is_in(ada)
    assert not is_in(other)
    assert lines(app, "one_time_code.on") == [("written", cast.ada.person_id)]
    assert lines(app, "one_time_code.off") == [("written", cast.ada.person_id)]
    with app.app_context():
        assert (
            db.session.query(SignInSession).filter(SignInSession.account_key.isnot(None)).count()
            == 1
        )


@pytest.mark.parametrize("setup", ["", "email", "sms", "mail", "x"])
def test_no_other_way_can_be_set_up(app, cast, sign_in, setup):
    ada = sign_in(cast.ada)
    ada.get("/account/one-time-code")
    assert ada.post("/account/one-time-code", {"setup": setup}).status_code == 422


def test_a_password_change_ends_a_sign_in_that_is_half_way(app, cast, sign_in, clock):
    ada = sign_in(cast.ada)
    phone = set_up_code(ada)
    clock.shift(30)
    half_way = sign_in()
    first_step(half_way, cast.ada)
    with app.app_context():
        accounts.set_password(sign_in_name="ada@mail.example", password="kettle otter violin")
        db.session.commit()
    answer = enter(half_way, phone.code())
    assert answer.location == "/account/sign-in"
    assert not is_in(half_way)


def test_two_people_share_a_device_without_sharing_a_second_step(app, cast, sign_in, clock):
    ada = sign_in(cast.ada)
    phone = set_up_code(ada)
    ada.post("/account/sign-out")
    clock.shift(30)
    first_step(ada, cast.ada)
    same_device = Browser(app, ada.address)
    same_device.client = ada.client
    first_step(same_device, cast.ben)
    assert same_device.get("/account/security").text.count("ben@mail.example") == 1
    assert enter(same_device, phone.code()).location == "/account/security"
    assert "ben@mail.example" in same_device.get("/account/security").text
