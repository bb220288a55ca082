"""What somebody typed before their session ran out comes back to them, and to nobody else."""

import html
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from practice.db import db
from practice.domain.visibility import Audience
from practice.models.accounts import SignInSession
from practice.models.homework import HomeworkEntry
from tests.builders import PASSWORD
from tests.exercises import give, settled

START = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
MARK = re.compile(r'name="typed_by" value="([^"]+)"')
HERON = "a heron on the lock & “two” swans"


@pytest.fixture
def late(app, cast, sign_in):
    """Ada has sent her worksheet eleven minutes after the page came; what came of it."""

    class Late:
        pass

    with time_machine.travel(START, tick=False) as clock:
        with app.app_context():
            late = Late()
            late.path = f"/my/homework/{give(cast)}"
            settled()
        late.clock = clock
        late.phone = sign_in(cast.ada)
        page = late.phone.get(late.path).text
        late.form = {
            "typed_by": MARK.search(page).group(1),
            "new_id": re.search(r'name="new_id"[^>]*value="([^"]+)"', page).group(1),
            "answer_noticed": HERON,
            "answer_told": "not_yet",
            "audience": Audience.PRIVATE.value,
            "for_day": START.date().isoformat(),
        }
        clock.shift(timedelta(minutes=11))
        late.answer = late.phone.post(late.path, late.form)
        yield late


def sign_in_again(late, name):
    page = late.phone.get(late.answer.location)
    answer = late.phone.post(
        late.answer.location, {"email": f"{name}@mail.example", "password": PASSWORD}
    )
    assert answer.status_code == 302
    return page.text


def test_it_comes_back_to_its_author(late):
    assert late.answer.location == f"/account/sign-in?next={late.path}"
    asked = sign_in_again(late, "ada")
    assert "kept for you" in asked
    assert "heron" not in asked
    page = html.unescape(late.phone.get(late.path).text)
    assert HERON in page
    assert "It is not saved yet" in page
    for value in (Audience.PRIVATE.value, "not_yet"):
        assert re.search(rf'<input[^>]* checked[^>]* value="{value}"', page), value
    assert late.form["new_id"] in page


def test_it_is_saved_once_and_then_gone(app, late):
    sign_in_again(late, "ada")
    late.phone.get(late.path)
    for _ in range(2):
        saved = late.phone.post(late.path, late.form | {"answer_outcome": "done"})
        assert saved.status_code == 303
    assert "heron" not in late.phone.get(late.path).text
    with app.app_context():
        assert db.session.query(HomeworkEntry).count() == 1


def test_nobody_else_finds_it(late):
    sign_in_again(late, "ben")
    assert "heron" not in late.phone.get(late.path).text
    late.phone.post("/account/sign-out")
    late.phone.get(late.answer.location)
    sign_in_again(late, "ada")
    assert "heron" not in late.phone.get(late.path).text


def test_it_is_sealed_while_it_waits_and_ends_after_half_an_hour(app, late):
    with app.app_context():
        waiting = [row.content for row in db.session.query(SignInSession) if "typed" in row.content]
    assert len(waiting) == 1
    assert "heron" not in str(waiting)
    late.phone.get(late.answer.location)
    late.clock.shift(timedelta(minutes=29))
    late.phone.get(late.answer.location)
    late.clock.shift(timedelta(minutes=2))
    sign_in_again(late, "ada")
    assert "heron" not in late.phone.get(late.path).text


@pytest.mark.parametrize("mark", ["", "made-up.mark"])
def test_a_form_that_does_not_say_whose_it_is_is_not_kept(app, late, sign_in, mark):
    stranger = sign_in()
    stranger.get("/account/sign-in")
    stranger.post(late.path, late.form | {"typed_by": mark, "csrf_token": "x"})
    token = stranger.client.get_cookie("dyad").value
    with app.app_context():
        kept = [row for row in db.session.query(SignInSession) if "typed" in row.content]
    assert token
    assert len(kept) == 1  # Ada's


def test_a_page_from_before_a_new_sign_in_is_shown_again(late, cast):
    sign_in_again(late, "ada")
    late.phone.post(late.path, late.form)
    answer = late.phone.post(late.path, late.form | {"csrf_token": "from before"})
    assert answer.status_code == 303
    assert "heron" in late.phone.get(answer.location).text
    late.phone.post("/account/sign-out")
    late.phone.sign_in(cast.ben)
    assert late.phone.post(late.path, late.form | {"csrf_token": "hers"}).status_code == 400


def test_leave_now_works_from_a_page_whose_session_is_over(app, late, cast, sign_in):
    answer = late.phone.post("/account/leave")
    assert answer.status_code == 200
    assert app.extensions["practice"].exit_address in answer.text


def test_leave_now_works_from_a_page_of_an_earlier_session(app, cast, sign_in):
    for origin, status in (("http://localhost", 200), ("https://elsewhere.example", 400)):
        ada = sign_in(cast.ada)
        sent = {"csrf_token": "from before"}
        answer = ada.post("/account/leave", sent, headers={"Origin": origin})
        assert answer.status_code == status
        signed_in = ada.get("/my/").status_code == 200
        assert signed_in is (status == 400)


def test_signing_out_too_late_leads_to_the_sign_in(late):
    late.phone.token = "from before"
    assert late.phone.post("/account/sign-out").location == "/account/sign-in"


def test_a_sign_in_page_left_open_asks_once_more(app, cast, sign_in):
    browser = sign_in()
    browser.get("/account/sign-in")
    names = {"email": "ada@mail.example", "password": PASSWORD, "csrf_token": "from before"}
    answer = browser.post("/account/sign-in?next=/my/answers", names)
    assert answer.location == "/account/sign-in?next=/my/answers"
    assert "open for a long while" in browser.get(answer.location).text


def test_the_sign_in_says_why_it_is_asked_for(late, sign_in):
    other = sign_in()
    assert "You were signed out" not in other.get("/my/", follow_redirects=True).text
    late.phone.client.set_cookie("dyad", "run-out")
    assert "You were signed out" in late.phone.get("/my/", follow_redirects=True).text
