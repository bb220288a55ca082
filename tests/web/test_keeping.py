"""Half-finished answers on the page: the button, the script's way, and who never hears of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from practice.db import db
from practice.services import responses
from tests.builders import PASSWORD
from tests.measure_builders import ask, csi16

START = datetime(2026, 11, 24, 14, 3, tzinfo=UTC)


@pytest.fixture
def address(app, cast):
    with app.app_context():
        request = ask(cast, cast.ada, "csi16")
        db.session.commit()
    return f"/my/questions/{request}"


def checked(text):
    tags = [tag for tag in re.findall(r"<input[^>]*>", text) if " checked" in tag]
    return {
        re.search(r'name="([^"]+)"', tag)[1]: re.search(r'value="([^"]+)"', tag)[1] for tag in tags
    }


def test_keep_for_later_takes_an_incomplete_form_without_a_script(cast, sign_in, address):
    ada = sign_in(cast.ada)
    page = ada.get(address).text
    assert 'name="keep"' in page
    assert "formnovalidate" in page
    assert f'data-keep="{address}/keep"' in page
    kept = ada.post(address, {"csi_01": "4", "audience": "couple", "keep": "yes"})
    assert (kept.status_code, kept.location) == (303, "/my/")
    assert "Kept for you" in ada.get("/my/").text
    again = ada.get(address).text
    assert "From where you stopped" in again
    assert checked(again) == {"csi_01": "4", "audience": "couple"}


def test_the_scripts_way_says_when_it_was_kept(cast, sign_in, address):
    with time_machine.travel(START, tick=False):
        ada = sign_in(cast.ada)
        ada.get(address)
        answer = ada.post(f"{address}/keep", {"csi_01": "4"})
        assert answer.json == {"kept": "14:03"}
        assert answer.headers["Cache-Control"] == "no-store"
    again = sign_in(cast.ada).get(address).text
    assert checked(again)["csi_01"] == "4"


def test_only_what_a_form_offers_is_kept(cast, sign_in, address):
    ada = sign_in(cast.ada)
    ada.get(address)
    hostile = {"csi_01": "99", "csi_02": "x" * 5000, "words": "kept?", "csi_03": "2"}
    assert ada.post(f"{address}/keep", hostile).status_code == 200
    assert checked(ada.get(address).text) == {"csi_03": "2", "audience": "therapist"}


def test_what_is_missing_when_it_is_sent_is_not_taken_from_the_draft(cast, sign_in, address):
    ada = sign_in(cast.ada)
    ada.get(address)
    ada.post(f"{address}/keep", {"csi_01": "4"})
    answers = {key: str(value) for key, value in csi16(40).items() if key != "csi_01"}
    assert ada.post(address, answers | {"audience": "therapist"}).status_code == 422


def test_sent_it_is_gone_and_a_late_script_changes_nothing(cast, sign_in, address):
    ada = sign_in(cast.ada)
    ada.get(address)
    ada.post(f"{address}/keep", {"csi_01": "4"})
    answers = {key: str(value) for key, value in csi16(40).items()}
    assert ada.post(address, answers | {"audience": "therapist"}).status_code == 303
    assert ada.post(f"{address}/keep", {"csi_01": "1"}).json == {"kept": ""}
    assert "<strong>40</strong>" in ada.get("/my/answers").text


def test_after_a_sign_out_the_script_is_told_and_nothing_is_begun(cast, sign_in, address):
    with time_machine.travel(START, tick=False) as now:
        ada = sign_in(cast.ada)
        ada.get(address)
        now.shift(timedelta(minutes=11))
        answer = ada.post(f"{address}/keep", {"csi_01": "4"})
        assert (answer.status_code, answer.text) == (401, "")
        assert "Set-Cookie" not in answer.headers or "Max-Age=0" in answer.headers["Set-Cookie"]


def test_what_changes_nothing_keeps_no_session_open(cast, sign_in, address):
    with time_machine.travel(START, tick=False) as now:
        ada = sign_in(cast.ada)
        ada.get(address)
        for place in range(3):  # somebody answers, with pauses
            now.shift(timedelta(minutes=6))
            assert ada.post(f"{address}/keep", {"csi_01": str(place)}).status_code == 200
    with time_machine.travel(START, tick=False) as now:
        ada = sign_in(cast.ada)
        ada.get(address)
        for _ in range(2):  # a page that sends the same again and again, in an empty room
            last = ada.post(f"{address}/keep", {"csi_01": "4"})
            now.shift(timedelta(minutes=6))
        assert last.status_code == 200
        assert ada.post(f"{address}/keep", {"csi_01": "4"}).status_code == 401


def test_neither_partner_nor_therapist_can_tell_that_there_is_one(app, cast, sign_in, address):
    readers = {"tess": sign_in(cast.tess), "ben": sign_in(cast.ben)}
    paths = {
        "tess": [f"/couples/{cast.couple}", f"/couples/{cast.couple}/measures", "/"],
        "ben": ["/my/", "/my/answers"],
    }

    def look():
        return {
            path: re.sub(r'value="[^"]+"', "", readers[name].get(path).text)
            for name, pages in paths.items()
            for path in pages
        }

    before = look()
    with app.app_context():
        (request,) = responses.portal_requests(actor=cast.ada)
        responses.keep_for_later(
            actor=cast.ada, request_id=request.request_id, fields={"csi_01": "2"}
        )
        db.session.commit()
    assert look() == before


def test_a_form_that_came_too_late_wins_over_the_draft(cast, sign_in, address):
    with time_machine.travel(START, tick=False) as now:
        ada = sign_in(cast.ada)
        page = ada.get(address).text
        ada.post(f"{address}/keep", {"csi_01": "4"})
        mark = re.search(r'name="typed_by" value="([^"]+)"', page).group(1)
        now.shift(timedelta(minutes=11))
        late = ada.post(address, {"typed_by": mark, "csi_01": "2", "audience": "couple"})
        ada.get(late.location)
        ada.post(late.location, {"email": "ada@mail.example", "password": PASSWORD})
        again = ada.get(address).text
    assert "It is not saved yet" in again
    assert "From where you stopped" not in again
    assert checked(again)["csi_01"] == "2"
