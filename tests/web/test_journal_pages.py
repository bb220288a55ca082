"""A journal and things to read by their real forms: errors beside the field, nothing lost, once."""

import re
from uuid import uuid4

import pytest

from practice.db import db
from practice.models.journal import JournalPage
from practice.models.resources import Resource, ResourceGiven
from tests.browser import Browser
from tests.worlds.portal import page, shelve, show


@pytest.fixture
def ben(cast, sign_in):
    return sign_in(cast.ben)


def form_of(browser: Browser, path: str) -> dict[str, str]:
    """Return what a form carries hidden, as a browser would send it back."""
    found = re.findall(r'name="(new_id)"[^>]*value="([^"]+)"', browser.get(path).text)
    return dict(found)


def count(app, model):
    with app.app_context():
        return db.session.query(model).count()


def test_a_page_is_written_read_changed_and_deleted(app, ben):
    empty = ben.get("/my/journal").text
    assert "A line is enough to begin with" in empty
    sent = form_of(ben, "/my/journal/new")
    wrong = ben.post("/my/journal/new", sent | {"words": " "})
    assert wrong.status_code == 422
    assert 'id="words-error"' in wrong.text
    sent["words"] = "It rained.\n\nWe did not talk."
    first, second = (ben.post("/my/journal/new", sent) for _ in range(2))
    assert first.location == second.location
    assert count(app, JournalPage) == 1
    read = ben.get(first.location).text
    assert "We did not talk." in read
    assert "You alone" in read
    assert "<title>Journal</title>" in read
    change = f"{first.location}/change"
    assert "We did not talk." in ben.get(change).text
    assert ben.post(change, form_of(ben, change) | {"words": "We talked."}).status_code == 303
    assert "We talked." in ben.get("/my/journal").text
    gone = f"{first.location}/delete"
    assert "gone for good" in ben.get(gone).text
    assert count(app, JournalPage) == 1
    assert ben.post(gone).location == "/my/journal"
    assert count(app, JournalPage) == 0
    assert ben.get(first.location).status_code == 404


def test_it_is_shown_from_its_page_and_found_beside_the_rule_about_secrets(app, cast, ben, sign_in):
    with app.app_context():
        made = page(cast.ben, "Ask me about Sunday.")
        db.session.commit()
    tess = sign_in(cast.tess)
    path = f"/couples/{cast.couple}/journal"
    assert "Nothing here" in tess.get(path).text
    assert path in tess.get(f"/couples/{cast.couple}").text
    who = f"/my/entries/journal/{made}"
    offered = ben.get(who).text
    assert "Show it to your therapist" in offered
    assert "cannot be deleted any more" in offered
    assert ben.post(f"{who}/show", {"audience": "couple"}).status_code == 422
    assert ben.post(f"{who}/show", {"audience": "therapist"}).status_code == 303
    found = tess.get(path).text
    assert "Ask me about Sunday." in found
    assert "Written before a rule about secrets was chosen; ask before you use it." in found
    own = ben.get(f"/my/journal/{made}").text
    assert "Delete it" not in own
    assert ben.get(f"/my/journal/{made}/change").location.endswith(f"/my/journal/{made}")
    assert "is not deleted" in ben.get(f"/my/journal/{made}/delete").text
    assert "finds no trace of it" in ben.get(who).text
    ben.post(f"{who}/take-back")
    assert "Nothing here" in tess.get(path).text


def test_somebody_who_has_left_finds_their_pages_and_no_form(app, cast, sign_in):
    finn = sign_in(cast.finn)
    found = finn.get("/my/journal").text
    assert "There is nothing here." in found
    assert "/my/journal/new" not in found
    assert finn.get("/my/journal/new").status_code == 404
    assert finn.post("/my/journal/new/keep", {"words": "x"}).status_code in {200, 204}


def test_long_journals_have_pages(app, cast, ben):
    with app.app_context():
        for number in range(11):
            page(cast.ben, f"Page {number}.")
        db.session.commit()
    first = ben.get("/my/journal").text
    assert "Page 1 of 2" in first
    assert "/my/journal?page=2" in first
    assert "Newer pages" in ben.get("/my/journal?page=2").text


def test_a_shown_journal_long_enough_has_pages_too(app, cast, sign_in):
    with app.app_context():
        for number in range(11):
            show(cast.ben, page(cast.ben, f"Page {number}."))
        db.session.commit()
    tess = sign_in(cast.tess)
    assert "Page 1 of 2" in tess.get(f"/couples/{cast.couple}/journal").text
    assert "Page 2 of 2" in tess.get(f"/couples/{cast.couple}/journal?page=9").text


# ---- things to read -----------------------------------------------------------------------

GOOD = {"title": "A pause", "link": "https://reading.example/pause", "minutes": "4", "note": "Hot"}


def test_a_resource_is_added_mended_approved_given_opened_and_taken_back(app, cast, ben, sign_in):
    tess = sign_in(cast.tess)
    give = f"/couples/{cast.couple}/resources"
    assert "Nothing to give yet" in tess.get(give).text
    new = "/settings/resources/new"
    sent = form_of(tess, new) | GOOD
    wrong = tess.post(new, sent | {"link": "http://reading.example/pause"})
    assert wrong.status_code == 422
    assert 'id="link-error"' in wrong.text
    assert "http://reading.example/pause" in wrong.text
    one = tess.post(new, sent).location
    assert tess.post(new, sent).location == one
    assert count(app, Resource) == 1
    tess.post(one, form_of(tess, one) | GOOD | {"title": "A good pause"})
    assert "Waits for approval" in tess.get("/settings/resources").text
    tess.post(f"{one}/approve")
    assert "Approved by Tess Okafor" in tess.get("/settings/resources").text
    late = tess.post(one, form_of(tess, one) | GOOD)
    assert late.status_code == 409
    asked = form_of(tess, give)
    assert tess.post(give, asked | {"resource": one.rpartition("/")[2]}).status_code == 422
    sent = asked | {
        "resource": one.rpartition("/")[2],
        "to": str(cast.ben.person_id),
        "words": "Hi",
    }
    assert [tess.post(give, sent).status_code for _ in range(2)] == [303, 303]
    assert count(app, ResourceGiven) == 1
    home = ben.get("/my/").text
    assert "From Tess" in home
    (mine,) = set(re.findall(r"/my/resources/[0-9a-f-]{36}", home))
    opened = ben.get(mine).text
    assert 'href="https://reading.example/pause" rel="noopener noreferrer external"' in opened
    assert "Open reading.example" in opened
    ada = sign_in(cast.ada)
    assert "From Tess" not in ada.get("/my/").text
    assert ada.get(mine).status_code == 404
    tess.post(f"/resources/{mine.rpartition('/')[2]}/take-back")
    assert ben.get(mine).status_code == 404
    assert "Taken back" in tess.get(give).text
    assert "put away" in tess.post(f"{one}/put_away", follow_redirects=True).text


def test_a_forged_choice_gives_nothing(app, cast, sign_in):
    with app.app_context():
        waiting = shelve(cast.tess, "A pause", approved=False)
        shelve(cast.tess, "Another")
        db.session.commit()
    tess = sign_in(cast.tess)
    give = f"/couples/{cast.couple}/resources"
    for forged in (
        {"resource": str(waiting), "to": "all"},
        {"resource": str(uuid4()), "to": "all"},
        {"resource": "nonsense", "to": "all"},
    ):
        assert tess.post(give, form_of(tess, give) | forged).status_code == 422
    for forged in ("nonsense", str(cast.cleo.person_id)):
        sent = form_of(tess, give) | {"resource": str(waiting), "to": forged}
        assert tess.post(give, sent).status_code == 422
    assert count(app, ResourceGiven) == 0
