"""Sessions and notes by real requests: nothing typed is lost, nothing signed is changed."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.models.couples import Care
from practice.models.sessions import Addendum, JointNote, TherapySession
from practice.services import clock
from tests.browser import steady
from tests.builders import STARTED
from tests.records import make_joint_note, make_planned, make_process_note, make_session


@pytest.fixture
def tess(cast, sign_in):
    return sign_in(cast.tess)


@pytest.fixture
def write(app):
    def run(builder, *args, **kwargs):
        with app.app_context():
            made = builder(*args, **kwargs)
            db.session.commit()
        return made

    return run


@pytest.fixture
def session(cast, write):
    starts = clock.now() - timedelta(hours=3)
    return write(make_session, cast.couple, cast.tess, starts_at=starts)


def session_form(**more):
    return {
        "new_id": str(uuid4()),
        "day": str(clock.now().date() - timedelta(days=1)),
        "time": "18:00",
        "minutes": "75",
        "with_whom": "couple",
        "format": "video",
        "status": "held",
        "attendance_1": "attended",
        "attendance_2": "late",
        "next_steps": "A walk on Sunday.",
    } | more


def body(kind, text, version, **more):
    return {f"{kind}_text": text, f"{kind}_version": str(version)} | more


def test_a_session_is_recorded_and_opens(tess, cast):
    path = f"/couples/{cast.couple}/sessions/new"
    tess.get(path)
    answer = tess.post(path, session_form())
    assert answer.status_code == 303
    page = tess.get(answer.location).text
    for words in ("Conjoint", "by video", "75 minutes", "A walk on Sunday.", "attended, late"):
        assert words in page
    assert "You, Ada and Ben" in page


def test_sending_it_twice_makes_one_session(tess, cast, app):
    form = session_form()
    path = f"/couples/{cast.couple}/sessions/new"
    tess.get(path)
    assert tess.post(path, form).location == tess.post(path, form).location
    with app.app_context():
        assert db.session.query(TherapySession).count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": "soon"}, "day"),
        ({"day": "0001-01-01"}, "day"),
        ({"day": "2999-01-01"}, "day"),
        ({"time": ""}, "time"),
        ({"minutes": "many"}, "minutes"),
        ({"minutes": "9999"}, "minutes"),
        ({"with_whom": str(uuid4())}, "with_whom"),
        ({"status": "dreamt"}, "status"),
        ({"attendance_2": ""}, "attendance_2"),
        ({"attendance_2": "fled"}, "attendance_2"),
        ({"next_steps": "x" * 4001}, "next_steps"),
    ],
)
def test_what_cannot_be_saved_comes_back_beside_its_field(tess, cast, wrong, field):
    path = f"/couples/{cast.couple}/sessions/new"
    tess.get(path)
    answer = tess.post(path, session_form() | wrong)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    if field != "next_steps":
        assert "A walk on Sunday." in answer.text


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        (
            {"time": "", "minutes": "4", "attendance_1": "", "attendance_2": ""},
            {"time", "minutes", "attendance_1", "attendance_2"},
        ),
        (
            {"day": "1026-01-01", "minutes": "", "next_steps": "x" * 4001},
            {"day", "minutes", "next_steps"},
        ),
        (
            {"day": "2030-03-31", "time": "01:30", "minutes": "4", "attendance_1": ""},
            {"time", "minutes", "attendance_1"},
        ),
        (
            {"day": "1991-01-01", "minutes": "999", "next_steps": "x" * 4001},
            {"day", "minutes", "next_steps"},
        ),
    ],
)
def test_everything_that_cannot_be_saved_is_said_at_once(tess, cast, wrong, fields):
    path = f"/couples/{cast.couple}/sessions/new"
    tess.get(path)
    answer = tess.post(path, session_form() | wrong)
    assert answer.status_code == 422
    assert set(re.findall(r'id="(\w+)-error"', answer.text)) == fields


def test_a_session_of_the_past_asks_about_whoever_was_a_member_then(tess, cast):
    path = f"/couples/{cast.couple}/sessions/new"
    assert "attendance_3" not in tess.get(path).text
    form = session_form(day="2026-04-01")
    answer = tess.post(path, form)
    assert answer.status_code == 422
    assert 'id="attendance_3-error"' in answer.text
    late = tess.post(path, form | {"attendance_3": "attended"})
    assert late.status_code == 303
    assert "late entry" in tess.get(late.location).text


def test_a_planned_session_is_changed_into_a_held_one(tess, cast, write):
    starts = clock.now() - timedelta(days=1)
    key = write(make_planned, cast.couple, cast.tess, starts_at=starts)
    tess.get(f"/sessions/{key}/edit")
    assert tess.post(f"/sessions/{key}/edit", session_form()).status_code == 303
    assert "held" in tess.get(f"/sessions/{key}").text


def test_the_other_partner_learns_nothing_of_an_individual_session(tess, cast, sign_in):
    ben = sign_in(cast.ben)
    before = ben.get("/my/").text
    path = f"/couples/{cast.couple}/sessions/new"
    tess.get(path)
    alone = session_form(with_whom=str(cast.ada.person_id), attendance_2="")
    coming = {"day": str(clock.now().date() + timedelta(days=9)), "status": "planned"}
    assert tess.post(path, alone).status_code == 303
    assert tess.post(path, alone | coming | {"attendance_1": "", "new_id": str(uuid4())}).location
    assert steady(ben.get("/my/").text) == steady(before)


def test_a_note_is_drafted_signed_and_added_to(tess, session):
    save, sign = f"/sessions/{session}", f"/sessions/{session}/notes/sign"
    tess.get(f"/sessions/{session}")
    assert tess.post(save, body("joint", "They laughed.", 0)).status_code == 303
    assert "They laughed." in tess.get(f"/sessions/{session}").text
    asked = tess.post(save, body("joint", "They laughed twice.", 1, sign="yes"))
    assert asked.location == sign
    question = tess.get(sign).text
    assert "Sign these notes?" in question
    assert "They laughed twice." in question
    assert tess.post(sign, {"joint_version": "2"}).status_code == 303
    page = tess.get(f"/sessions/{session}").text
    assert "Signed by Tess Okafor" in page
    assert 'name="joint_text"' not in page
    added = {"addendum-new_id": str(uuid4()), "addendum-body": "Ben rang later."}
    for _ in range(2):
        assert tess.post(f"/sessions/{session}/addenda", added).status_code == 303
    assert tess.get(f"/sessions/{session}").text.count("Ben rang later.") == 1


def signed_note(session, cast):
    return make_joint_note(
        session, cast.couple, cast.tess, body="As it was.", signed_at=clock.now(), version=2
    )


@pytest.mark.parametrize("version", [0, 1, 2, 3])
def test_a_direct_post_changes_nothing_of_a_signed_note(tess, cast, app, session, write, version):
    note = write(signed_note, session, cast)
    tess.get(f"/sessions/{session}")
    answer = tess.post(f"/sessions/{session}", body("joint", "Otherwise.", version))
    assert answer.status_code == 409
    assert "As it was." in answer.text
    assert "Otherwise." in answer.text
    with app.app_context():
        stored = db.session.get_one(JointNote, note)
        assert (stored.body, stored.version) == ("As it was.", 2)


def test_a_session_with_a_signed_note_stays_as_it_is(tess, cast, session, write):
    write(signed_note, session, cast)
    assert tess.get(f"/sessions/{session}/edit").status_code == 303
    answer = tess.post(f"/sessions/{session}/edit", session_form(minutes="20"))
    assert answer.status_code == 409
    assert "60 minutes" in tess.get(f"/sessions/{session}").text


@pytest.mark.parametrize("kind", ["joint", "process"])
def test_a_stale_save_shows_both_texts_and_loses_neither(tess, session, kind):
    save = f"/sessions/{session}"
    tess.get(f"/sessions/{session}")
    tess.post(save, body(kind, "First.", 0))
    tess.post(save, body(kind, "From the other window.", 1))
    answer = tess.post(save, body(kind, "From this window.", 1))
    assert answer.status_code == 409
    assert "From the other window." in answer.text
    assert "From this window." in answer.text
    assert "From the other window." in tess.get(f"/sessions/{session}").text
    version = re.search(rf'name="{kind}_version"[^>]*value="(\d+)"', answer.text).group(1)
    joined = tess.post(save, body(kind, "Both windows.", version))
    assert joined.status_code == 303
    assert "Both windows." in tess.get(f"/sessions/{session}").text


def test_signing_something_else_than_was_read_asks_again(tess, cast, session, write):
    write(make_joint_note, session, cast.couple, cast.tess, version=4)
    tess.get(f"/sessions/{session}/notes/sign")
    answer = tess.post(f"/sessions/{session}/notes/sign", {"joint_version": "3"})
    assert answer.location.endswith("/notes/sign")
    assert "Signed by" not in tess.get(f"/sessions/{session}").text


@pytest.mark.parametrize(("kind", "text"), [("joint", " "), ("process", "x" * 50_001)])
def test_a_note_that_cannot_be_saved_comes_back(tess, session, kind, text):
    tess.get(f"/sessions/{session}")
    answer = tess.post(f"/sessions/{session}", body(kind, text, 0))
    assert answer.status_code == 422
    problem = "Write something first" if kind == "joint" else 'id="process_text-error"'
    assert problem in answer.text


def test_an_empty_or_early_addendum_adds_nothing(tess, cast, app, session, write):
    early = {"addendum-new_id": str(uuid4()), "addendum-body": "Early."}
    tess.get(f"/sessions/{session}")
    assert tess.post(f"/sessions/{session}/addenda", early).status_code == 409
    write(signed_note, session, cast)
    assert (
        tess.post(f"/sessions/{session}/addenda", early | {"addendum-body": " "}).status_code == 422
    )
    with app.app_context():
        assert db.session.query(Addendum).count() == 0


def co_treat(cast):
    db.session.add(Care(couple_id=cast.couple, therapist_id=cast.otto.person_id, since=STARTED))


def test_a_process_note_changes_nothing_for_a_co_therapist(cast, sign_in, session, write):
    write(co_treat, cast)
    otto = sign_in(cast.otto)
    before = otto.get(f"/sessions/{session}").text
    write(make_process_note, session, cast.couple, cast.tess)
    after = otto.get(f"/sessions/{session}").text
    assert steady(after) == steady(before)


def test_a_co_therapist_reads_a_draft_and_gets_their_own_text_back(cast, sign_in, session, write):
    write(co_treat, cast)
    write(make_joint_note, session, cast.couple, cast.tess)
    otto = sign_in(cast.otto)
    page = otto.get(f"/sessions/{session}").text
    assert "They spoke of the move." in page
    assert 'name="joint_text"' not in page
    answer = otto.post(f"/sessions/{session}", body("joint", "Mine.", 1))
    assert answer.status_code == 409
    assert "Mine." in answer.text
    assert otto.get(f"/sessions/{session}/notes/sign").status_code == 303


@pytest.mark.parametrize("who", ["otto", "ada", "ben", "finn", "cleo"])
def test_sessions_and_notes_do_not_exist_for_others(cast, sign_in, session, write, who):
    write(make_joint_note, session, cast.couple, cast.tess)
    browser = sign_in(getattr(cast, who))
    for path in ("", "/edit", "/notes/sign", "/history/joint", "/history/process"):
        assert browser.get(f"/sessions/{session}{path}").status_code == 404
    for path, form in (
        ("/edit", session_form()),
        ("", body("joint", "Mine.", 1)),
        ("", body("process", "Mine.", 0)),
        ("/notes/keep", body("joint", "Mine.", 1)),
        ("/notes/sign", {"joint_version": "1"}),
        ("/addenda", {"addendum-new_id": str(uuid4()), "addendum-body": "Mine."}),
    ):
        assert browser.post(f"/sessions/{session}{path}", form).status_code == 404


def test_an_unknown_kind_of_note_is_not_there(tess, session):
    assert tess.get(f"/sessions/{session}/history/secret").status_code == 404
