"""The private questions on the therapist’s pages."""

from datetime import UTC, datetime
from uuid import uuid4

import time_machine

from tests.worlds.safety import ALL_NO, open_in_portal, screen

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def test_the_couples_page_reminds_who_is_not_yet_screened(cast, sign_in, write):
    tess = sign_in(cast.tess)
    page = tess.get(f"/couples/{cast.couple}").text
    assert "Not yet screened: Ada and Ben" in page
    assert "Hand the device to Ada" in page
    assert "Open in Ben’s portal" in page
    for person in (cast.ada, cast.ben):
        write(screen, cast.tess, cast.couple, person, ALL_NO)
    page = tess.get(f"/couples/{cast.couple}").text
    assert "Not yet screened" not in page
    reminder = page.partition("Not asked yet how to reach them safely:")[2].partition("</li>")[0]
    for person in (cast.ada, cast.ben):
        assert f"/couples/{cast.couple}/people/{person.person_id}/contact" in reminder
    write(open_in_portal, cast.tess, cast.couple, cast.ben)
    assert "Asked, no answer yet: Ben" in tess.get(f"/couples/{cast.couple}").text


def test_a_yes_is_read_and_dealt_with(cast, sign_in, write, base):
    screening = write(screen, cast.tess, cast.couple, cast.ada, {"h": False, "a": True})
    tess = sign_in(cast.tess)
    assert "Ada: private answers to read" in tess.get("/").text
    assert "Ada: private answers to read" in tess.get(f"/couples/{cast.couple}").text
    page = tess.get(f"{base}/safety").text
    assert "<strong>1 of 4</strong>" in page
    assert page.count("left open") == 2
    assert "A negative screen is not safety" in page
    assert "tested with women only" in page
    path = f"/screenings/{screening}"
    assert tess.post(path, {"note": " "}).status_code == 422
    assert tess.post(path, {"note": "We spoke alone."}).location == f"{base}/safety"
    assert "We spoke alone." in tess.get(f"{base}/safety").text
    assert "private answers" not in tess.get("/").text


def test_opening_in_the_portal_and_taking_back(cast, sign_in, base):
    tess = sign_in(cast.tess)
    tess.post(f"{base}/safety/portal")
    page = tess.get(f"/couples/{cast.couple}/safety").text
    assert "their portal shows it until" in page
    assert "A few private questions" in sign_in(cast.ada).get("/my/").text
    tess.post(f"{base}/safety/take-back")
    assert "A few private questions" not in sign_in(cast.ada).get("/my/").text


def test_what_was_asked_aloud_is_written_down(cast, sign_in, base):
    tess = sign_in(cast.tess)
    with time_machine.travel(START):
        tess = sign_in(cast.tess)
        page = tess.get(f"{base}/safety/talk").text
        assert page.count("Not asked") == 4
        empty = tess.post(f"{base}/safety/talk", {"new_id": str(uuid4()), "day": "2026-11-20"})
        assert empty.status_code == 422
        assert "Answer one question at least" in empty.text
        form = {"new_id": str(uuid4()), "day": "2026-11-20", "q2": "yes", "note": "A plan."}
        assert tess.post(f"{base}/safety/talk", form).location == f"{base}/safety"
        page = tess.get(f"{base}/safety").text
    assert "in a talk alone" in page
    assert "A plan." in page


def test_when_to_ask_again_can_be_set(cast, sign_in, write, base):
    with time_machine.travel(START):
        write(screen, cast.tess, cast.couple, cast.ada, ALL_NO)
        tess = sign_in(cast.tess)
        assert 'value="2027-05-24"' in tess.get(f"{base}/safety").text
        for wrong in ("", "2026-11-01", "2066-01-01"):
            assert tess.post(f"{base}/safety", {"rescreen_on": wrong}).status_code == 422
        assert tess.post(f"{base}/safety", {"rescreen_on": "2026-12-24"}).status_code == 303
        assert "ask again on 24 December 2026" in tess.get(f"/couples/{cast.couple}/safety").text
