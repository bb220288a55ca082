"""Signing in and out by real requests."""


def test_every_view_needs_a_sign_in(app, sign_in):
    nobody = sign_in()
    answer = nobody.get("/")
    assert answer.status_code == 303
    assert answer.location.startswith("/account/sign-in")


def test_a_copied_cookie_is_dead_after_signing_out(app, cast, sign_in):
    tess = sign_in(cast.tess)
    assert tess.get("/").status_code == 200
    copied = tess.client.get_cookie("dyad").value
    tess.post("/account/sign-out")
    thief = sign_in()
    thief.client.set_cookie("dyad", copied)
    assert thief.get("/").status_code == 303


def test_signing_in_changes_the_session_id(app, cast, sign_in):
    browser = sign_in()
    browser.get("/account/sign-in")
    before = browser.client.get_cookie("dyad").value
    browser.sign_in(cast.tess)
    assert browser.client.get_cookie("dyad").value != before
