"""The portal on a phone that somebody else may pick up: checks S4, S10, S16, threats T5 to T9."""

import re
from datetime import timedelta
from pathlib import Path

import html5lib
import pytest
import time_machine

from practice.db import db
from practice.domain.measures.registry import all_measures as shipped_measures
from practice.models.homework import HomeworkEntry
from practice.services import clock, own_entries
from practice.services.own_entries import EntryKind
from tests.builders import PASSWORD
from tests.measure_builders import ask
from tests.web.test_access_matrix import GETS, _address
from tests.web.test_keeping import START

STATIC = Path(__file__).parents[2] / "practice" / "static" / "js"
NAMES = ("ada", "lind", "ben", "morrow", "tess", "okafor", "finn", "hale", "gus", "weller")
TELLING = (
    "therap",
    "counsel",
    "couple",
    "partner",
    "score",
    "marriage",
    "relationship",
    "violence",
)
FIELDS = {"input", "textarea", "select"}
NO_ANSWER = {"hidden", "submit", "button", "password"}
NOWHERE = "8c1f3f0e-43f5-4e0e-9a55-7d3a1c2b4d5e"


@pytest.fixture
def pages(world, sign_in):
    """Every page that answers Ada: found, hidden and refused, by address."""
    ada = sign_in(world.cast.ada)
    found = {}
    for _, path in GETS:
        address = _address(world, path)
        answer = ada.get(address)
        if answer.mimetype == "text/html" and answer.status_code not in (302, 303):
            found[address] = answer
    for address in [one for one in found if one.startswith("/my/")]:
        for data in ({}, {"csrf_token": "forged"}):
            answer = ada.post(address, data)
            if answer.status_code in (400, 405, 409, 422):
                found[f"POST {address} {answer.status_code}"] = answer
    assert {answer.status_code for answer in found.values()} >= {200, 400, 404, 405, 422}
    return found


def test_a_partners_pages_are_safe_to_be_seen(pages):
    """One look at every page for all that follows."""
    for address, answer in pages.items():
        tree = html5lib.parse(answer.text, namespaceHTMLElements=False)
        assert answer.headers["Cache-Control"] == "no-store", address
        has_the_way_out(address, tree)
        has_a_neutral_title(address, tree)
        keeps_no_answer_in_the_browser(address, tree)
    has_neutral_addresses(pages)


def has_the_way_out(address, tree):
    (form,) = (one for one in tree.iter("form") if one.get("id") == "leave")
    assert form.get("method") == "post", address
    assert form.get("action") == "/account/leave", address
    (button,) = form.iter("button")
    assert "".join(button.itertext()) == "Leave now"
    scripts = [one.get("src", "") for one in tree.iter("script")]
    assert any("js/leave.js" in one for one in scripts), address


def has_a_neutral_title(address, tree):
    (title,) = tree.iter("title")
    words = "".join(title.itertext()).casefold()
    assert words.strip(), address
    told = [one for one in (*NAMES, *TELLING) if re.search(rf"\b{one}", words)]
    told += [one for one in _measures() if one in words]
    assert not told, (address, words)
    assert not re.search(r"\d", words), (address, words)


def _measures():
    return {one.short_title.casefold() for one in shipped_measures().values()}


def keeps_no_answer_in_the_browser(address, tree):
    if "account" in address:
        return
    for form in tree.iter("form"):
        for one in form.iter():
            if one.tag in FIELDS and one.get("type") not in NO_ANSWER:
                kept_out = {one.get("autocomplete"), form.get("autocomplete")}
                assert "off" in kept_out, (address, one.get("name"))


def has_neutral_addresses(pages):
    # A line of promises is named by its place on its page.
    bare = [re.sub(r"[0-9a-f-]{36}|/lines/promises/\d$", "", one) for one in pages]
    own = [one for one in bare if one.startswith("/my/")]
    for address in own:
        told = [one for one in (*NAMES, *TELLING) if one in address.casefold()]
        assert not told, address
        assert not re.search(r"\d", address), address


def test_the_way_out_stands_on_a_page_that_something_broke(app, world, sign_in, monkeypatch):
    ada = sign_in(world.cast.ada)

    def broken(**_):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("practice.web.portal.home.portal_home", broken)
    monkeypatch.setattr(app, "testing", False)
    answer = ada.get("/my/")
    assert answer.status_code == 500
    has_the_way_out("/my/", html5lib.parse(answer.text, namespaceHTMLElements=False))


def test_no_script_keeps_anything_in_the_browser():
    for script in STATIC.glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches", text)


def test_what_was_begun_is_there_after_the_time_out(app, cast, sign_in):
    """S10: ten minutes without a request; then a sign-in, and the draft of its author."""
    with time_machine.travel(START, tick=False) as travelled:
        with app.app_context():
            request = ask(cast, cast.ada, "csi16")
            db.session.commit()
        path = f"/my/questions/{request}"
        ada = sign_in(cast.ada)
        ada.get(path)
        assert ada.post(f"{path}/keep", {"csi_01": "3"}).status_code == 200
        travelled.shift(timedelta(minutes=10))
        assert "/account/sign-in" in ada.get(path).location
        again = sign_in(cast.ada).get(path).text
        assert "From where you stopped" in again
        assert re.search(r'<input[^>]*checked[^>]*name="csi_01"[^>]*value="3"', again)


# Locked entries: T5 and T12


def confirm(browser, password=PASSWORD, to="/my/locked"):
    return browser.post(f"/account/confirm?next={to}", {"password": password})


def test_locked_entries_open_with_the_password_alone_and_close_by_themselves(app, world, sign_in):
    with time_machine.travel(START, tick=False) as travelled:
        ben = sign_in(world.cast.ben)
        asked = ben.get("/my/locked")
        assert asked.location == "/account/confirm?next=/my/locked", "signing in is not enough"
        assert confirm(ben, "not the password").status_code == 422
        assert ben.get("/my/locked").status_code == 303
        assert confirm(ben).location.endswith("/my/locked")
        page = ben.get("/my/locked").text
        assert page.count("data-entry=") == len(EntryKind)
        travelled.shift(timedelta(minutes=5))
        assert ben.get("/my/locked").status_code == 303
        late = ben.post(f"/my/locked/answers/{world.ids['response_locked']}/open")
        assert late.location == "/account/confirm?next=/my/locked"
    with app.app_context():
        assert len(own_entries.locked_entries(actor=world.cast.ben)) == len(EntryKind)


def test_the_way_to_locked_entries_looks_the_same_with_any_and_with_none(world, sign_in):
    tokens = re.compile(r'value="[^"]+"')
    pages = []
    for person in (world.cast.ada, world.cast.ben):
        browser = sign_in(person)
        browser.get("/my/locked")
        text = browser.get("/account/confirm?next=/my/locked").text
        pages.append(tokens.sub("", text.replace(person.name, "")))
        assert browser.get("/my/answers").text.count('href="/my/locked"') == 1
    assert pages[0] == pages[1]


def _readers(text):
    """Whom the badge of an entry names."""
    named = re.search(r"Who can see this: </span>([^<]+)<", text)[1]
    return set(re.split(r", | and ", named))


def test_an_entry_is_locked_and_opened_again_through_the_pages(world, sign_in):
    ben = sign_in(world.cast.ben)
    response = world.ids["response_ben"]
    path = f"/my/entries/answers/{response}"
    assert _readers(ben.get(path).text) == {"You", "Tess", "Toni", "Vera"}
    shown = ben.post(f"{path}/show", {"audience": "couple"})
    assert shown.location == path
    assert _readers(ben.get(path).text) == {"You", "Tess", "Toni", "Vera", "Ada", "Gus"}
    ada = sign_in(world.cast.ada)
    assert ada.get("/my/answers").text.count('data-entry="response"') == 4 + 1
    locked = ben.post(f"{path}/lock")
    assert locked.location == "/my/"
    assert "lock" not in ben.get("/my/").text.split("<main")[1].split("</main")[0].lower()
    assert ben.get(path).status_code == 404
    assert str(response) not in ben.get("/my/answers").text
    confirm(ben)
    assert ben.post(f"/my/locked/answers/{response}/open").location == "/my/locked"
    assert ben.get(path).status_code == 200


def test_hopes_and_parts_of_the_intake_are_locked_from_their_pages(world, sign_in):
    ben = sign_in(world.cast.ben)
    for kind, label, there in (
        ("hope", "hope_ben", "/my/goals"),
        ("intake", "intakeentry_brings", "/my/about-you"),
    ):
        path = f"/my/entries/{kind}/{world.ids[label]}"
        assert path in ben.get(there).text
        assert _readers(ben.get(path).text) == {"You", "Tess", "Toni", "Vera"}
        assert ben.post(f"{path}/lock").location == "/my/"
        assert path not in ben.get(there).text
        assert ben.get(path).status_code == 404


def test_a_locked_part_waits_where_a_newer_one_stands(world, sign_in):
    ben = sign_in(world.cast.ben)
    ben.post(f"/my/entries/intake/{world.ids['intakeentry_brings']}/lock")
    path = f"/my/about-you/{world.ids['section_ben_brings']}"
    new_id = re.search(r'name="new_id"[^>]*value="([^"]+)"', ben.get(path).text)[1]
    fields = {"new_id": new_id, "answer_brings": "Something else."}
    assert ben.post(path, fields).status_code == 303
    confirm(ben)
    ben.post(f"/my/locked/intake/{world.ids['intakeentry_brings']}/open")
    assert "You have written this part anew since." in ben.get("/my/locked").text
    assert "Something else." in ben.get("/my/about-you").text


def test_an_unknown_reader_is_refused_and_nothing_is_shown(world, sign_in):
    ben = sign_in(world.cast.ben)
    path = f"/my/entries/rating/{world.ids['rating_ben']}"
    for audience in ("", "everybody", "private"):
        answer = ben.post(f"{path}/show", {"audience": audience})
        assert answer.status_code == 422
        assert "Choose one of the readers" in answer.text
    assert _readers(ben.get(path).text) == {"You", "Tess", "Toni", "Vera"}


@pytest.mark.parametrize("kind", EntryKind)
def test_somebody_elses_entry_is_like_no_entry(app, world, sign_in, kind):
    """S4, also behind the own password."""
    labels = {
        EntryKind.ANSWERS: "response",
        EntryKind.HOMEWORK: "entry",
        EntryKind.RATING: "rating",
        EntryKind.PROGRESS: "progress",
        EntryKind.HOPE: "hope",
        EntryKind.INTAKE: "intakeentry",
        EntryKind.VIEW: "view",
        EntryKind.JOURNAL: "journal",
        EntryKind.LETTER: "letter",
        EntryKind.TIME_ALONE: "time_asked",
    }
    with app.app_context():
        hers = {"author_id": world.cast.ada.person_id}
        own = {one.id for one in db.session.query(HomeworkEntry).filter_by(**hers)}
    ada = sign_in(world.cast.ada)
    confirm(ada)
    for label, one in world.ids.items():
        if one in own:
            continue
        if not label.startswith(labels[kind]) or label.endswith(("ada", "paper")):
            continue
        for path in ("/my/entries/{}/{}/lock", "/my/entries/{}/{}/take-back"):
            there, nowhere = (ada.post(path.format(kind, key)) for key in (one, NOWHERE))
            assert (there.status_code, _plain(there)) == (404, _plain(nowhere)), label
        for path in ("/my/locked/{}/{}/open",):
            there, nowhere = (ada.post(path.format(kind, key)) for key in (one, NOWHERE))
            assert (there.status_code, _plain(there)) == (404, _plain(nowhere)), label
        there, nowhere = (ada.get(f"/my/entries/{kind}/{key}") for key in (one, NOWHERE))
        assert (there.status_code, _plain(there)) == (404, _plain(nowhere)), label


def test_the_clock_of_the_password_is_the_practices(world, sign_in):
    with time_machine.travel(START, tick=False) as travelled:
        ben = sign_in(world.cast.ben)
        confirm(ben)
        travelled.shift(-timedelta(minutes=1))
        assert ben.get("/my/locked").status_code == 303, "a clock that went back opens nothing"
        assert clock.now()


def _plain(answer):
    return re.sub(r'value="[^"]+"', "", answer.text)
