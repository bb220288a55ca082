"""Signing in and out by real requests."""

import inspect
import logging
import warnings
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from wtforms import Form, RadioField

from practice.db import db
from practice.domain.people import Role
from practice.models.accounts import Account, SignInSession
from practice.models.records import AccessRecord
from practice.services import accounts
from practice.web.account import forms
from tests.browser import Browser, steady
from tests.builders import PASSWORD, make_person, sign_in_name

START = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)


def try_password(browser, name, password, **options):
    return browser.post("/account/sign-in", {"email": name, "password": password}, **options)


def is_in(browser):
    return browser.get("/account/security").status_code == 200


def log_of(app):
    with app.app_context():
        rows = db.session.query(AccessRecord).order_by(AccessRecord.at, AccessRecord.id)
        return [(row.what, row.how, row.reason, row.person_id) for row in rows]


def test_every_view_needs_a_sign_in(app, sign_in):
    nobody = sign_in()
    answer = nobody.get("/")
    assert answer.status_code == 303
    assert answer.location.startswith("/account/sign-in")


def test_each_role_comes_to_its_own_first_page(app, cast, sign_in):
    assert sign_in(cast.tess).get("/account/").location == "/"
    assert sign_in(cast.ada).get("/account/").location == "/my/"


def test_a_copied_cookie_is_dead_after_signing_out(app, cast, sign_in):
    tess = sign_in(cast.tess)
    assert is_in(tess)
    copied = tess.client.get_cookie("dyad").value
    answer = tess.post("/account/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    thief = sign_in()
    thief.client.set_cookie("dyad", copied)
    assert not is_in(thief)
    with app.app_context():
        assert db.session.query(SignInSession).filter_by(account_key=None).count() <= 1


def test_signing_in_changes_the_session_id_and_ends_the_old_one(app, cast, sign_in):
    browser = sign_in()
    browser.get("/account/sign-in")
    before = browser.client.get_cookie("dyad").value
    browser.sign_in(cast.tess)
    assert browser.client.get_cookie("dyad").value != before
    attacker = sign_in()
    attacker.client.set_cookie("dyad", before)
    assert not is_in(attacker)


def test_a_form_token_known_before_the_sign_in_is_worth_nothing_after_it(app, cast, sign_in):
    browser = sign_in()
    browser.get("/account/sign-in")
    planted = browser.token
    browser.sign_in(cast.tess)
    answer = browser.post("/account/security/end-others", {"csrf_token": planted})
    assert answer.status_code == 400


def test_the_cookie_is_closed_to_scripts_and_other_sites(app, cast, sign_in):
    browser = sign_in()
    cookie = browser.get("/account/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_known_and_an_unknown_name_get_the_same_answer(app, cast, sign_in, accept):
    answers = []
    for name in ("ada@mail.example", "nobody@mail.example"):
        browser = sign_in()
        browser.get("/account/sign-in")
        answer = try_password(browser, name, "not the password at all", headers={"Accept": accept})
        headers = {k: v for k, v in answer.headers.items() if k != "Set-Cookie"}
        body = steady(answer.text).replace(name, "NAME")
        answers.append((answer.status_code, headers, body))
    del answers[0][1]["Content-Length"], answers[1][1]["Content-Length"]
    assert answers[0] == answers[1]
    assert answers[0][0] == 422
    assert answers[0][1]["Content-Type"].startswith("text/html")


def test_a_known_and_an_unknown_name_cost_one_hash_each(app, cast, sign_in, monkeypatch):
    library = app.extensions["security"]
    calls = []
    for act in ("hash", "verify"):
        original = getattr(library.pwd_context, act)

        def counted(*args, _act=act, _original=original, **kwargs):
            calls.append(_act)
            return _original(*args, **kwargs)

        monkeypatch.setattr(library.pwd_context, act, counted)
    try_password(sign_in(), "ada@mail.example", "not the password at all")
    known = len(calls)
    try_password(sign_in(), "nobody@mail.example", "not the password at all")
    assert (known, len(calls)) == (1, 2)


def test_a_disabled_account_answers_like_an_unknown_one(app, cast, sign_in):
    with app.app_context():
        accounts.find("ada@mail.example").active = False
        db.session.commit()
    answer = try_password(sign_in(), "ada@mail.example", PASSWORD)
    other = try_password(sign_in(), "nobody@mail.example", PASSWORD)
    assert answer.status_code == other.status_code == 422
    assert "do not open an account" in answer.text
    assert answer.text.count("do not open an account") == other.text.count("do not open an account")


def test_disabling_an_account_ends_its_sessions_at_the_next_request(app, cast, sign_in):
    ada = sign_in(cast.ada)
    assert is_in(ada)
    with app.app_context():
        accounts.find("ada@mail.example").active = False
        db.session.commit()
    assert not is_in(ada)


def test_what_is_left_empty_is_said_beside_its_field(app, cast, sign_in):
    answer = try_password(sign_in(), "", "")
    assert answer.status_code == 422
    assert "Sign-in name: Enter your sign-in name." in answer.text
    assert "Password: Enter your password." in answer.text
    assert "do not open an account" not in answer.text


def test_the_typed_name_is_kept_and_the_password_is_not(app, cast, sign_in):
    answer = try_password(sign_in(), "ada@mail.example", "wrong-and-secret")
    assert 'value="ada@mail.example"' in answer.text
    assert "wrong-and-secret" not in answer.text


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "ä\u0301", "' OR 1=1 --", "<script>"])
def test_strange_names_and_passwords_are_refused_calmly(app, cast, sign_in, name):
    assert try_password(sign_in(), name, PASSWORD).status_code == 422
    assert try_password(sign_in(), "ada@mail.example", name).status_code == 422


def test_a_name_is_the_same_in_capitals_and_with_spaces(app, cast, sign_in):
    assert try_password(sign_in(), "  ADA@Mail.Example ", PASSWORD).status_code == 302


def test_accents_of_a_password_may_be_composed_either_way(app, sign_in):
    with app.app_context():
        person = make_person("Zoë Marsh", Role.PARTNER, account=False)
        accounts.create_account(
            person=db.session.get_one(accounts.Person, person.person_id),
            role=Role.PARTNER,
            sign_in_name="zoe",
            password="caf\u00e9 quiet lamps",
        )
        db.session.commit()
    assert try_password(sign_in(), "zoe", "cafe\u0301 quiet lamps").status_code == 302


def test_other_ways_in_stay_shut(app, cast, sign_in):
    browser = sign_in()
    browser.get("/account/sign-in")
    answer = browser.client.post(
        "/account/sign-in",
        json={"email": "ada@mail.example", "password": PASSWORD},
        headers={"X-CSRFToken": browser.token},
    )
    assert answer.status_code == 400
    with app.test_request_context():
        token = accounts.find("ada@mail.example").get_auth_token()
    answer = sign_in().get("/account/security", headers={"Authentication-Token": token})
    assert answer.status_code == 303
    assert sign_in().get(f"/account/security?auth_token={token}").status_code == 303
    answer = sign_in().get("/account/security", headers={"Accept": "application/json"})
    assert answer.status_code == 303


# Delays


def test_after_five_wrong_passwords_a_sixth_is_not_heard(app, cast, sign_in):
    with time_machine.travel(START, tick=False) as clock:
        browser = sign_in()
        for _ in range(5):
            assert try_password(browser, "ada@mail.example", "wrong").status_code == 422
        answer = try_password(browser, "ada@mail.example", PASSWORD)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "2"
        assert "Wait 2 seconds" in answer.text
        clock.shift(2)
        assert try_password(browser, "ada@mail.example", PASSWORD).status_code == 302


def test_the_wait_is_the_same_for_an_unknown_name(app, cast, sign_in):
    with time_machine.travel(START, tick=False):
        answers = []
        for name in ("ada@mail.example", "nobody@mail.example"):
            browser = sign_in()
            answers.append([try_password(browser, name, "wrong").status_code for _ in range(8)])
        assert answers[0] == answers[1] == [422] * 5 + [429] * 3


def test_nobody_locks_somebody_out_from_another_address(app, cast, sign_in):
    with time_machine.travel(START, tick=False):
        ben = sign_in()
        for _ in range(100):
            try_password(ben, "ada@mail.example", "wrong")
        assert try_password(ben, "ada@mail.example", PASSWORD).status_code == 429
        assert try_password(sign_in(), "ada@mail.example", PASSWORD).status_code == 302


def test_signing_in_as_oneself_does_not_free_another_name(app, cast, sign_in):
    with time_machine.travel(START, tick=False):
        guessing = sign_in()
        inside = Browser(app, guessing.address)
        inside.sign_in(cast.ben)
        for _ in range(5):
            try_password(guessing, "ada@mail.example", "wrong")
            try_password(inside, "ada@mail.example", "wrong")  # already in: leads home
        assert try_password(guessing, "ada@mail.example", "wrong").status_code == 429


def test_a_right_password_ends_the_counting(app, cast, sign_in):
    with time_machine.travel(START, tick=False):
        address = sign_in().address
        for _ in range(4):
            browser = Browser(app, address)
            for _ in range(4):
                try_password(browser, "ada@mail.example", "wrong")
            assert try_password(browser, "ada@mail.example", PASSWORD).status_code == 302


# Sessions


@pytest.mark.parametrize(("who", "minutes"), [("tess", 15), ("ada", 10)])
def test_an_idle_session_ends(app, cast, sign_in, who, minutes):
    with time_machine.travel(START, tick=False) as clock:
        browser = sign_in(getattr(cast, who))
        clock.shift(timedelta(minutes=minutes) - timedelta(seconds=1))
        assert is_in(browser)
        clock.shift(timedelta(minutes=minutes) - timedelta(seconds=1))
        assert is_in(browser)
        clock.shift(timedelta(minutes=minutes))
        assert not is_in(browser)


@pytest.mark.parametrize("who", ["tess", "ada"])
def test_no_session_outlives_twelve_hours(app, cast, sign_in, who):
    with time_machine.travel(START, tick=False) as clock:
        browser = sign_in(getattr(cast, who))
        for _ in range(143):
            clock.shift(timedelta(minutes=5))
            assert is_in(browser)
        clock.shift(timedelta(minutes=5))
        assert not is_in(browser)


def test_a_session_ended_elsewhere_is_not_brought_back_by_a_request_under_way(app, cast, sign_in):
    with time_machine.travel(START, tick=False) as clock:
        ada = sign_in(cast.ada)
        clock.shift(60)  # so that the request will want to extend the session

        def end_meanwhile(response):
            with db.engine.begin() as connection:
                connection.execute(SignInSession.__table__.delete())
            return response

        app.after_request_funcs[None].append(end_meanwhile)
        try:
            ada.get("/account/security")
        finally:
            app.after_request_funcs[None].remove(end_meanwhile)
        with app.app_context():
            assert db.session.query(SignInSession).count() == 0


# Where to next


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "%20//evil.example",
        "http:evil.example",
        "javascript:alert(1)",
        "https://localhost@evil.example/",
        "\t//evil.example",
        "/\t/evil.example",
    ],
)
def test_next_never_leads_to_another_site(app, cast, sign_in, target):
    browser = sign_in()
    browser.get("/account/sign-in", query_string={"next": target})
    answer = browser.post(
        "/account/sign-in",
        {"email": "ada@mail.example", "password": PASSWORD, "next": target},
        query_string={"next": target},
    )
    assert answer.status_code == 302
    assert answer.location == "/account/"


def test_next_leads_to_an_own_path(app, cast, sign_in):
    browser = sign_in()
    asked = browser.get("/account/security?from=mail")
    browser.get(asked.location)
    answer = browser.post(asked.location, {"email": "ada@mail.example", "password": PASSWORD})
    assert answer.location == "/account/security?from=mail"


def test_leave_now_ends_the_session_and_goes_to_a_neutral_place(app, cast, sign_in):
    ada = sign_in(cast.ada)
    ada.get("/my/")
    copied = ada.client.get_cookie("dyad").value
    # Not by the browser that looks at pages: this one is empty on purpose.
    answer = ada.client.post("/account/leave", data={"csrf_token": ada.token})
    assert answer.status_code == 200
    exit_address = app.extensions["practice"].exit_address
    assert f'content="0; url={exit_address}"' in answer.text
    assert "<title>Loading</title>" in answer.text
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    ada.client.set_cookie("dyad", copied)
    assert not is_in(ada)
    assert ("sign_out", "written", "by_its_owner", cast.ada.person_id) in log_of(app)


# First run, log


def test_a_fresh_installation_says_how_to_make_the_first_therapist(app, sign_in):
    page = sign_in().get("/account/sign-in").text
    assert "flask --app practice create-therapist" in page
    assert "password" not in page.replace("for a password twice", "")
    with app.app_context():
        accounts.create_therapist(name="Tess Okafor", sign_in_name="tess", password=PASSWORD)
        db.session.commit()
    page = sign_in().get("/account/sign-in").text
    assert "create-therapist" not in page
    assert 'type="password"' in page


def test_the_log_tells_who_came_and_went_and_never_what_was_typed(app, cast, sign_in, caplog):
    caplog.set_level(logging.DEBUG)
    browser = sign_in()
    try_password(browser, "ada@mail.example", "wrong-secret")
    try_password(browser, "stranger-name@mail.example", "wrong-secret")
    try_password(browser, "ada@mail.example", PASSWORD)
    browser.get("/account/security")
    browser.post("/account/sign-out")
    ada = cast.ada.person_id
    assert log_of(app) == [
        ("sign_in", "refused", "wrong_name_or_password", ada),
        ("sign_in", "refused", "wrong_name_or_password", None),
        ("sign_in", "written", "by_its_owner", ada),
        ("sign_out", "written", "by_its_owner", ada),
    ]
    everything = str(log_of(app)) + caplog.text
    for secret in ("wrong-secret", "stranger-name", sign_in_name("Ada"), PASSWORD):
        assert secret not in everything


def test_only_the_expected_pages_of_the_library_exist(app):
    endpoints = {
        rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("security.")
    }
    assert endpoints == {
        "security.login",
        "security.logout",
        "security.verify",
        "security.change_password",
        "security.two_factor_setup",
        "security.two_factor_token_validation",
        "security.mf_recovery_codes",
        "security.mf_recovery",
        # shut, see guards.SHUT
        "security.two_factor_setup_validate",
        "security.two_factor_rescue",
        "security.tf_select",
    }
    assert {"users", "roles"}.isdisjoint(app.cli.commands)


@pytest.mark.parametrize("path", ["/account/tf-rescue", "/account/tf-select"])
@pytest.mark.parametrize("who", [None, "ada", "tess"])
def test_pages_of_the_library_that_are_not_used_are_no_pages(app, cast, sign_in, path, who):
    browser = sign_in(getattr(cast, who) if who else None)
    expected = 404 if who else 303
    assert browser.get(path).status_code == expected
    assert browser.post("/account/one-time-code/some-token").status_code == expected


def test_nobody_can_sign_in_without_a_password(app, cast, sign_in):
    with app.app_context():
        db.session.query(Account).update({"password": None})
        db.session.commit()
    assert try_password(sign_in(), "ada@mail.example", "").status_code == 422
    assert try_password(sign_in(), "ada@mail.example", "None").status_code == 422


def test_no_form_of_ours_uses_what_its_library_will_drop():
    own = [
        form
        for _, form in inspect.getmembers(forms, inspect.isclass)
        if issubclass(form, Form) and form.__module__ == forms.__name__
    ]
    assert len(own) >= 9
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for form in own:
            for name, field in inspect.getmembers(form):
                if getattr(field, "field_class", None) is RadioField:
                    bound = field.bind(None, name, prefix="", _meta=form.Meta())
                    bound.process(None)
                    assert all(option.label.text for option in bound)
