"""The one form of a session's notes, by real requests: layouts, drafts, conflicts, history."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
import time_machine

from practice.config.settings import ROOT
from practice.db import db
from practice.domain.couples import CarePart
from practice.domain.homework.terms import Frequency
from practice.domain.people import Role
from practice.models.accounts import Supervision
from practice.models.couples import Care
from practice.models.homework import Assignment
from practice.services import clock, notes
from tests.browser import steady
from tests.builders import PASSWORD, STARTED, make_person
from tests.records import make_session, make_task
from tests.web.test_library_pages import clear

START = datetime(2026, 11, 24, 14, 3, tzinfo=UTC)


@pytest.fixture
def session(app, cast):
    with app.app_context():
        found = make_session(cast.couple, cast.tess, starts_at=clock.now() - timedelta(hours=3))
        db.session.commit()
    return found


@pytest.fixture
def tess(cast, sign_in, session):
    browser = sign_in(cast.tess)
    browser.get(f"/sessions/{session}")
    return browser


@pytest.fixture
def about(cast):
    return {one: f"member_{getattr(cast, one).person_id.hex}" for one in ("ada", "ben")}


def field(page, name):
    """Return what a field of the page shows."""
    area = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\s*(.*?)</textarea>', page, re.DOTALL)
    if area:
        return unescape(area.group(1)).strip()
    chosen = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    return chosen and chosen.group(1)


def form_of(page):
    """Return the hidden fields of the notes' form, as a browser would send them."""
    names = re.findall(r'name="((?:joint|member_\w+|process)_version|page)"', page)
    return {name: field(page, name) for name in names} | {"joint_layout": "free"}


def test_four_parts_one_button(tess, cast, session, about):
    page = tess.get(f"/sessions/{session}").text
    sent = form_of(page) | {
        "joint_text": "They laughed.",
        f"joint_response_{cast.ada.person_id.hex}": "Slowed down.",
        "joint_ticks_patterns": ["criticism", "demand_withdraw"],
        "joint_ticks_repair": ["made"],
        f"{about['ada']}_text": "Rang before.",
        f"{about['ben']}_text": "Tired.",
        "process_text": "My own hurry.",
        "sign": "yes",
    }
    answer = tess.post(f"/sessions/{session}", sent)
    assert answer.location == f"/sessions/{session}/notes/sign"
    read = tess.get(answer.location).text
    for words in (
        "They laughed.",
        "Slowed down.",
        "Criticism, Demand and withdraw",
        "Rang before.",
    ):
        assert words in read
    sent = {f"{key}_version": "1" for key in ("joint", *about.values(), "process")}
    assert tess.post(answer.location, sent).status_code == 303
    page = tess.get(f"/sessions/{session}").text
    assert page.count("Signed by Tess Okafor") == 3
    assert field(page, "process_text") == "My own hurry."
    assert "joint_text" not in page


def test_the_process_note_is_signed_when_that_is_ticked(tess, session):
    tess.post(f"/sessions/{session}", {"process_version": "0", "process_text": "Mine."})
    sign = f"/sessions/{session}/notes/sign"
    sent = {"process_version": "1"}
    assert tess.post(sign, sent).location == sign
    assert tess.post(sign, sent | {"with_process": "yes"}).status_code == 303
    page = tess.get(f"/sessions/{session}").text
    assert "Signed by Tess Okafor" in page
    assert tess.get(sign).status_code == 303


def test_words_that_judge_are_marked_before_signing_and_block_nothing(tess, session):
    words = "He is a narcissist & always late."
    tess.post(f"/sessions/{session}", {"joint_version": "0", "joint_text": words})
    page = tess.get(f"/sessions/{session}/notes/sign").text
    assert "<mark>narcissist</mark> &amp; <mark>always</mark>" in page
    tess.post(f"/sessions/{session}/notes/sign", {"joint_version": "1"})
    assert "Signed by" in tess.get(f"/sessions/{session}").text


def test_changing_the_headings_keeps_what_was_typed_and_saves_nothing(tess, cast, session):
    page = tess.get(f"/sessions/{session}").text
    sent = form_of(page) | {
        "joint_layout": "soap",
        "joint_text": "They laughed.",
        "joint_risk": "Asked both.",
        "joint_ticks_repair": ["noticed"],
        "use": "yes",
    }
    assert tess.post(f"/sessions/{session}", sent).status_code == 303
    page = tess.get(f"/sessions/{session}").text
    assert field(page, "joint_text") == "They laughed."
    assert field(page, "joint_risk") == "Asked both."
    assert "Written under other headings" in page
    assert field(page, "joint_subjective") == ""
    assert re.search(r'<option selected value="soap">', page)
    assert re.search(r'<input[^>]*checked[^>]*value="noticed"', page)
    assert "not saved yet" in page
    assert tess.get(f"/sessions/{session}/history/joint").status_code == 404


def test_a_template_puts_its_words_into_empty_fields(tess, session):
    path = "/settings/note-templates"
    tess.get(f"{path}/new?format=dap")
    made = tess.post(
        f"{path}/new?format=dap",
        {
            "new_id": "6f0e4f0a-5f6f-4f7e-9d65-1f0a4a2b3c4d",
            "name": "Money talks",
            "hint_data": "Who paid for what?",
            "text_plan": "Budget by:",
        },
    )
    assert made.status_code == 303
    page = tess.get(f"/sessions/{session}").text
    chosen = re.search(r'value="(template:[^"]+)">Money talks', page).group(1)
    sent = form_of(page) | {"joint_layout": chosen, "joint_risk": "Asked.", "use": "yes"}
    tess.post(f"/sessions/{session}", sent)
    page = tess.get(f"/sessions/{session}").text
    assert field(page, "joint_plan") == "Budget by:"
    assert field(page, "joint_risk") == "Asked."
    assert "Who paid for what?" in page


@pytest.mark.parametrize("layout", ["template:00000000-0000-0000-0000-000000000000", "x", ""])
def test_headings_that_do_not_exist_are_refused_with_the_words_kept(tess, session, layout):
    sent = {"joint_version": "0", "joint_layout": layout, "joint_text": "Typed."}
    answer = tess.post(f"/sessions/{session}", sent)
    assert answer.status_code == 422
    assert field(answer.text, "joint_text") == "Typed."
    assert tess.post(f"/sessions/{session}/notes/keep", sent).status_code == 200
    assert tess.post(f"/sessions/{session}", sent | {"use": "yes"}).status_code == 303


def test_what_is_typed_is_kept_and_comes_back_after_a_sign_out(cast, sign_in, session):
    with time_machine.travel(START, tick=False) as now:
        tess = sign_in(cast.tess)
        page = tess.get(f"/sessions/{session}").text
        assert f'data-keep="/sessions/{session}/notes/keep"' in page
        sent = form_of(page) | {"joint_text": "Half a sen", "process_text": "And"}
        kept = tess.post(f"/sessions/{session}/notes/keep", sent)
        assert kept.json == {"kept": "14:03"}
        now.shift(timedelta(minutes=16))
        late = tess.post(f"/sessions/{session}/notes/keep", sent | {"process_text": "And more"})
        assert late.status_code == 401
        page = sign_in(cast.tess).get(f"/sessions/{session}").text
    assert "kept on 24 November 2026, 14:03" in page
    assert field(page, "joint_text") == "Half a sen"
    assert field(page, "process_text") == "And"


def test_what_came_too_late_is_shown_again_after_signing_in(cast, sign_in, session):
    with time_machine.travel(START, tick=False) as now:
        tess = sign_in(cast.tess)
        page = tess.get(f"/sessions/{session}").text
        mark = re.search(r'name="typed_by" value="([^"]+)"', page).group(1)
        now.shift(timedelta(minutes=16))
        late = tess.post(
            f"/sessions/{session}",
            form_of(page) | {"typed_by": mark, "joint_text": "Written with no script."},
        )
        tess.get(late.location)
        back = tess.post(late.location, {"email": "tess@mail.example", "password": PASSWORD})
        assert back.location == f"/sessions/{session}"
        page = tess.get(back.location).text
    assert field(page, "joint_text") == "Written with no script."


def test_letting_go_shows_what_was_saved(tess, session):
    sent = {"joint_version": "0", "joint_layout": "free", "joint_text": "Saved."}
    tess.post(f"/sessions/{session}", sent)
    more = sent | {"joint_version": "1", "joint_text": "Saved, and more."}
    tess.post(f"/sessions/{session}/notes/keep", more)
    assert field(tess.get(f"/sessions/{session}").text, "joint_text") == "Saved, and more."
    assert tess.post(f"/sessions/{session}", more | {"discard": "yes"}).status_code == 303
    page = tess.get(f"/sessions/{session}").text
    assert field(page, "joint_text") == "Saved."
    assert "not saved yet" not in page.split("data-keep-says")[0]


def test_a_field_that_was_emptied_and_not_saved_comes_back_empty(tess, session):
    sent = {"joint_version": "0", "joint_layout": "free", "joint_text": "A", "joint_plan": "B"}
    tess.post(f"/sessions/{session}", sent)
    tess.post(f"/sessions/{session}/notes/keep", sent | {"joint_version": "1", "joint_plan": ""})
    page = tess.get(f"/sessions/{session}").text
    assert (field(page, "joint_text"), field(page, "joint_plan")) == ("A", "")


def test_every_part_that_differs_is_shown_and_the_rest_is_not_lost(tess, session, about):
    first = {"joint_version": "0", "joint_text": "We.", "process_version": "0"}
    first |= {"process_text": "I.", f"{about['ada']}_version": "0", f"{about['ada']}_text": "A."}
    tess.post(f"/sessions/{session}", first)
    elsewhere = {"joint_version": "1", "joint_text": "We, there.", "process_version": "1"}
    tess.post(f"/sessions/{session}", elsewhere | {"process_text": "I, there."})
    here = {"joint_version": "1", "joint_text": "We, here.", "joint_ticks_repair": ["made"]}
    here |= {"process_version": "1", "process_text": "I, here.", f"{about['ada']}_version": "1"}
    answer = tess.post(f"/sessions/{session}", here | {f"{about['ada']}_text": "A, here."})
    assert answer.status_code == 409
    for words in ("We, there.", "I, there.", "We, here.", "I, here.", "A, here."):
        assert words in answer.text
    assert re.search(r'<input[^>]*checked[^>]*value="made"', answer.text)
    assert "A." in tess.get(f"/sessions/{session}").text
    again = form_of(answer.text) | {
        name: field(answer.text, name)
        for name in ("joint_text", "process_text", f"{about['ada']}_text")
    }
    assert tess.post(f"/sessions/{session}", again).status_code == 303
    page = tess.get(f"/sessions/{session}").text
    for name, words in (("joint_text", "We, here."), (f"{about['ada']}_text", "A, here.")):
        assert field(page, name) == words


def test_what_was_typed_into_a_note_that_is_signed_by_now_can_be_added(tess, cast, session, about):
    ada = about["ada"]
    tess.post(f"/sessions/{session}", {f"{ada}_version": "0", f"{ada}_text": "A."})
    tess.post(f"/sessions/{session}/notes/keep", {f"{ada}_version": "1", f"{ada}_text": "A, more"})
    tess.post(f"/sessions/{session}/notes/sign", {f"{ada}_version": "1"})
    page = tess.get(f"/sessions/{session}").text
    assert "did not save it before the note was signed" in page
    assert "A, more" in page
    late = {f"{ada}_version": "1", f"{ada}_text": "A, late", "process_version": "0"}
    answer = tess.post(f"/sessions/{session}", late | {"process_text": "I."})
    assert answer.status_code == 409
    for words in ("A, late", "I.", "This note is signed"):
        assert words in answer.text
    action = re.search(r'action="(/sessions/[^"]+/individual/[^"]+/addenda)"', answer.text).group(1)
    prefix = re.search(r'name="(addendum_\w+)-new_id"', answer.text).group(1)
    new_id = field(answer.text, f"{prefix}-new_id")
    added = tess.post(action, {f"{prefix}-new_id": new_id, f"{prefix}-body": "A, late"})
    assert added.status_code == 303
    assert "Addendum to the signed note" in tess.get(f"/sessions/{session}").text
    empty = {f"{prefix}-new_id": str(uuid4()), f"{prefix}-body": " "}
    assert tess.post(action, empty).status_code == 422


def test_a_co_therapist_cannot_tell_that_something_is_being_typed(
    app, cast, sign_in, tess, session, about
):
    with app.app_context():
        care = {"couple_id": cast.couple, "therapist_id": cast.otto.person_id, "since": STARTED}
        db.session.add(Care(part=CarePart.CO_THERAPIST, **care))
        db.session.commit()
    otto = sign_in(cast.otto)

    def look():
        paths = ("", "/notes/sign", "/history/joint", "/history/process", "/edit")
        answers = [otto.get(f"/sessions/{session}{path}") for path in paths]
        answers.append(otto.get(f"/couples/{cast.couple}"))
        return [(one.status_code, steady(one.text)) for one in answers]

    look()
    before = look()
    sent = {"joint_version": "0", "joint_layout": "soap", "joint_text": "Half"}
    sent |= {f"{about['ben']}_version": "0", f"{about['ben']}_text": "Half of Ben"}
    assert tess.post(f"/sessions/{session}/notes/keep", sent).json["kept"]
    assert look() == before


def test_the_history_says_what_changed(tess, session):
    for version, words in enumerate(("They spoke.", "They spoke & laughed.")):
        sent = {"joint_version": str(version), "joint_text": words}
        tess.post(f"/sessions/{session}", sent)
    tess.get(f"/sessions/{session}")
    page = steady(tess.get(f"/sessions/{session}/history/joint").text)
    assert "<del>spoke.</del>" in page
    assert "<ins>spoke &amp; laughed.</ins>" in page
    whole = tess.get(f"/sessions/{session}/history/joint?from=0&to=1").text
    assert "<ins>They spoke.</ins>" in whole
    odd = tess.get(f"/sessions/{session}/history/joint?from=x&to=99999999999999999999").text
    assert steady(odd) == page


def test_a_supervisor_reads_and_countersigns_on_a_page_of_their_own(
    app, cast, sign_in, tess, session, about
):
    ada = about["ada"]
    sent = {"joint_version": "0", "joint_text": "We.", "process_version": "0"}
    sent |= {"process_text": "PROCESS", f"{ada}_version": "0", f"{ada}_text": "DRAFT"}
    tess.post(f"/sessions/{session}", sent)
    tess.post(f"/sessions/{session}/notes/sign", {"joint_version": "1"})
    with app.app_context():
        sue = make_person("Sue Harrow", Role.THERAPIST)
        row = Supervision(supervisor_id=sue.person_id, therapist_id=cast.tess.person_id)
        row.since = date(2026, 1, 1)
        db.session.add(row)
        db.session.commit()
    browser = sign_in(sue)
    assert browser.get(f"/sessions/{session}").status_code == 404
    assert "to countersign" in browser.get("/supervision").text
    page = browser.get(f"/supervision/sessions/{session}").text
    assert "We." in page
    assert "Couple 1 of Tess Okafor." in page
    assert 'href="/supervision"' in page.split("<main", 1)[1]
    for hidden in ("DRAFT", "PROCESS", "Ada Lind", "Ben Morrow"):
        assert hidden not in page
    path = f"/supervision/sessions/{session}/countersign"
    assert browser.post(path, {"note": "nonsense"}).status_code == 303
    assert "Countersigned by" not in browser.get(f"/supervision/sessions/{session}").text
    with app.app_context():
        (note,) = notes.supervised_notes(actor=sue, session_id=session).notes
    assert browser.post(path, {"note": str(note.id)}).status_code == 303
    assert "Countersigned by Sue Harrow" in tess.get(f"/sessions/{session}").text
    again = browser.get(f"/supervision/sessions/{session}").text
    assert "Countersign this note" not in again
    assert "to countersign" not in browser.get("/supervision").text


def test_a_printed_page_holds_the_joint_note_alone(tess, session, about):
    ada = about["ada"]
    sent = {"joint_version": "0", "joint_text": "We.", "process_version": "0"}
    sent |= {"process_text": "I.", f"{ada}_version": "0", f"{ada}_text": "Ada alone."}
    tess.post(f"/sessions/{session}", sent)
    signed = {"joint_version": "1", f"{ada}_version": "1", "process_version": "1"}
    tess.post(f"/sessions/{session}/notes/sign", signed | {"with_process": "yes"})
    page, form, _ = tess.get(f"/sessions/{session}").text.partition("<form class=")
    assert form
    cards = re.findall(r'<section class="card([^"]*)"[^>]* aria-labelledby="([a-z-]+)', page)
    printed = {name for classes, name in cards if "no-print" not in classes}
    assert printed == {"joint-note"}
    assert len(cards) == 3
    css = (ROOT / "practice" / "static" / "css" / "dyad.css").read_text(encoding="utf-8")
    assert re.search(r"@media print \{.*?\.no-print[^{]*\{ display: none", css, re.DOTALL)


def test_homework_is_reviewed_in_the_same_form_and_what_is_in_the_way_leads_to_a_smaller_task(
    app, tess, cast, session, about
):
    with app.app_context():
        long_ago = clock.now() - timedelta(days=60)
        begun = {"starts_on": clock.today() - timedelta(days=9), "created_at": long_ago}
        task = make_task(cast.couple, cast.tess, [cast.ada], **begun)
        db.session.commit()
    name = f"{about['ada']}_homework_{task.hex}"
    page = tess.get(f"/sessions/{session}").text
    assert len(re.findall(r"One thing I noticed</a> <span [^>]*>once a week<", page)) == 1
    assert f'name="joint_homework_{task.hex}"' not in page
    sent = form_of(page) | {
        name: "partly",
        f"{name}_helpfulness": "8",
        f"{name}_barrier": "afraid",
        f"{name}_words": "He might laugh.",
    }
    assert tess.post(f"/sessions/{session}/notes/keep", sent).status_code == 200
    again = tess.get(f"/sessions/{session}").text
    assert field(again, f"{name}_words") == "He might laugh."
    assert re.search(r'<option selected value="8">', again)

    stale = form_of(page) | {f"{about['ada']}_text": "From elsewhere."}
    assert tess.post(f"/sessions/{session}", stale).status_code == 303
    both = tess.post(f"/sessions/{session}", sent)
    assert both.status_code == 409
    assert field(both.text, f"{name}_words") == "He might laugh."
    smaller = sent | form_of(both.text) | {"smaller": str(task)}
    answer = tess.post(f"/sessions/{session}", smaller)
    assert answer.location == f"/sessions/{session}", "safety comes before a smaller task"
    saved = tess.get(f"/sessions/{session}").text
    assert "Before any smaller task, think of safety: speak with Ada alone" in saved
    assert "He might laugh." in tess.get(f"/sessions/{session}/notes/sign").text
    tired = smaller | form_of(saved) | {f"{name}_barrier": "too_tired"}
    sizes = tired | {"smaller": "", "resize": str(task)}
    assert tess.post(f"/sessions/{session}", sizes).location == f"/assignments/{task}/smaller"
    assert "Save, and make it smaller: only once" in tess.get(f"/sessions/{session}").text
    tired |= form_of(tess.get(f"/sessions/{session}").text)
    asked = tess.post(f"/sessions/{session}", tired)
    assert asked.location == f"/assignments/{task}/smaller", "work together is not cleared yet"
    assert "Nobody has decided yet whether to work together" in tess.get(asked.location).text
    clear(app, cast)
    tired |= form_of(tess.get(f"/sessions/{session}").text)
    for _ in range(2):
        pressed = tess.post(f"/sessions/{session}", tired | {f"{name}_barrier": "too_tired"})
        tired |= form_of(tess.get(f"/sessions/{session}").text)
        assert pressed.location == f"/sessions/{session}"
    done = tess.get(f"/sessions/{session}").text
    assert "What took its place" in done
    assert "Save, and make it smaller" not in done
    with app.app_context():
        (small,) = db.session.query(Assignment).filter_by(follows_id=task)
        assert small.frequency is Frequency.ONCE
