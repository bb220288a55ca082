"""Events and the course by real requests."""

import re
from datetime import timedelta

import pytest
import time_machine

from practice.db import db
from practice.services.events import WORDS_LIMIT
from tests.records import NOW, TODAY, make_score, make_session


@pytest.fixture(autouse=True)
def fixed_time():
    with time_machine.travel(NOW, tick=False):
        yield


def send(browser, cast, **more):
    address = f"/couples/{cast.couple}/events"
    page = browser.get(address).text
    new_id = re.search(r'name="new_id"[^>]*value="([^"]+)"', page)[1]
    data = {
        "new_id": new_id,
        "day": "2026-11-02",
        "kind": "disclosure",
        "words": "the messages",
        "about": "all",
        "audience": "private",
    }
    return browser.post(address, data | more)


def test_the_narrowest_reader_is_preset(cast, sign_in):
    page = sign_in(cast.tess).get(f"/couples/{cast.couple}/events").text
    inputs = [tag for tag in re.findall(r"<input[^>]*>", page) if 'name="audience"' in tag]
    (chosen,) = [tag for tag in inputs if " checked" in tag]
    assert 'value="private"' in chosen
    assert not [
        tag
        for tag in re.findall(r"<input[^>]*>", page)
        if 'name="about"' in tag and "checked" in tag
    ]
    assert "Nothing marked yet" in page


def test_whom_an_event_concerns_is_said_each_time(cast, sign_in):
    unsaid = send(sign_in(cast.tess), cast, about="")
    assert unsaid.status_code == 422
    assert "Choose whom it concerns." in unsaid.text


def test_an_event_is_marked_listed_and_taken_off(cast, sign_in):
    tess = sign_in(cast.tess)
    sent = send(tess, cast, about=str(cast.ben.person_id), audience="couple")
    assert sent.status_code == 303
    page = tess.get(sent.location).text
    assert "Disclosure: the messages" in page
    assert "You and Ben" in page
    remove = re.search(r'action="(/events/[^"]+)"', page)[1]
    assert tess.post(remove).status_code == 303
    assert "Nothing marked yet" in tess.get(f"/couples/{cast.couple}/events").text


def test_what_was_typed_comes_back_with_what_is_to_mend(cast, sign_in):
    tess = sign_in(cast.tess)
    page = send(
        tess, cast, day=(TODAY + timedelta(days=1)).isoformat(), words="w" * (WORDS_LIMIT + 1)
    )
    assert page.status_code == 422
    assert f"There is room for {WORDS_LIMIT} characters." in page.text
    assert "w" * (WORDS_LIMIT + 1) in page.text
    assert send(tess, cast, day="").status_code == 422
    assert send(tess, cast, about=str(cast.cleo.person_id)).status_code == 422


@pytest.fixture
def record(app, cast):
    with app.app_context():
        for days in (90, 70, 50, 30):
            make_session(cast.couple, cast.tess, starts_at=NOW - timedelta(days=days))
        for days, ada, ben in ((80, 15, 9), (40, 12, 9), (10, 11, 9)):
            make_score(cast.couple, cast.ada, ada, days_ago=days, scale="csi4")
            make_score(cast.couple, cast.ben, ben, days_ago=days, scale="csi4")
        db.session.commit()


def test_the_therapist_reads_what_was_found_why_and_what_it_is_worth(cast, record, sign_in):
    tess = sign_in(cast.tess)
    for page in (f"/couples/{cast.couple}", f"/couples/{cast.couple}/measures"):
        text = tess.get(page).text
        assert "Ada: reliably worse than at the start, twice in a row" in text
        assert "Ben: little gain after 4 sessions" in text
        assert "A rule of thumb, not a validated prediction." in text
        assert "Rests on 3 answers over 70 days." in text
        assert "second opinion: mean of both partners".capitalize() in text
    assert "twice in a row (rule of thumb)" in tess.get("/").text


def test_no_partner_and_no_joint_report_reads_of_it(cast, record, sign_in):
    joint = sign_in(cast.tess).get(f"/reports/couples/{cast.couple}/joint/preview").text
    clinician = sign_in(cast.tess).get(f"/reports/couples/{cast.couple}/clinician/preview").text
    assert "rules of thumb" in clinician
    pages = [joint]
    for person in (cast.ada, cast.ben):
        browser = sign_in(person)
        pages += [browser.get(path).text for path in ("/my/", "/my/answers", "/my/goals")]
    for text in pages:
        assert "rule of thumb" not in text
        assert "rules of thumb" not in text
        assert "second opinion" not in text.lower()
        assert "reliably" not in text.split("<main")[-1]
