"""The release desk, the portal's own pages and an erasure, page by page."""

import io
import json
import re
import zipfile
from uuid import uuid4

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.releases.authorisations import Part
from practice.domain.releases.cases import RequestKind
from practice.models.accounts import Account, SignInSession
from practice.models.people import Person
from practice.models.releases import ReleaseBundle, ReleaseCase
from practice.services import clock
from practice.services.releases import cases, portal
from tests import measure_builders, release_record
from tests.builders import PASSWORD
from tests.worlds.releases import answers_of, ask, open_case, sign, tick_all


@pytest.fixture
def case(app, cast):
    with app.app_context():
        session = release_record.session(cast)
        release_record.note(cast, session, "They talked. He always left.\nHer sister Vera rang.")
        case = open_case(cast)
        db.session.commit()
    return case


@pytest.fixture
def tess(cast, sign_in):
    return sign_in(cast.tess)


def new_id():
    return {"new_id": str(uuid4())}


def test_from_the_paper_that_came_in_to_the_file_that_leaves(app, cast, tess, sign_in, case):
    today = clock_today(app)
    form = {
        "whose": "joint",
        "kinds": ["sessions", "notes"],
        "first_day": "2026-06-01",
        "last_day": today,
        "recipient": "Marsh and Co",
        "purpose": "A report to the court",
        "expires_on": later(app),
    }
    assert tess.post(f"/releases/{case}/ask", form | new_id()).status_code == 303
    page = tess.get(f"/releases/{case}").text
    assert "no authorisation holds" in page
    for person in (cast.ada, cast.ben):
        browser = sign_in(person)
        assert "A question about your record" in browser.get("/my/").text
        link = re.search(r"/my/record/permissions/[\w-]+", browser.get("/my/record").text).group()
        words = browser.get(link).text
        assert "Marsh and Co" in words
        assert "Signed joint notes" in words
        assert browser.post(link, {"typed_name": "X"}).status_code == 422
        assert browser.post(link, {"typed_name": person.name}).status_code == 303
    keys = re.findall(r'name="checks"[^>]*value="(\w+)"', tess.get(f"/releases/{case}").text)
    assert tess.post(f"/releases/{case}/checks", {"checks": keys}).status_code == 303
    passages = tess.get(f"/releases/{case}/passages").text
    assert "Her sister Vera rang." in passages
    (fate,) = set(re.findall(r'name="(fate_\w+)"', passages))
    assert tess.post(f"/releases/{case}/passages", {fate: "remove"}).status_code == 303
    made = tess.post(f"/releases/{case}/preview", {"recipient": "Marsh and Co"} | new_id())
    preview = tess.get(made.location)
    assert "Read it as a court would" in preview.text
    assert "They talked." in preview.text
    assert "Vera" not in preview.text
    assert "Words in it that judge: always." in preview.text
    looked_at = tess.get(f"{made.location}/file?look=1")
    assert looked_at.headers["Content-Disposition"].startswith("inline")
    assert tess.post(f"{made.location}/issue").status_code == 303
    handed_out = tess.get(f"{made.location}/file")
    assert handed_out.data == looked_at.data
    assert "Marsh" not in handed_out.headers["Content-Disposition"]
    ben = sign_in(cast.ben)
    link = re.search(r"/my/record/permissions/[\w-]+", ben.get("/my/record").text).group()
    assert ben.post(f"{link}/revoke").status_code == 303
    gone = tess.get(f"{made.location}/file")
    assert gone.status_code == 410
    assert "revoked" in gone.text
    decision = {"outcome": "released", "reason": "All agreed.", "sent": "By post."}
    assert tess.post(f"/releases/{case}/decision", decision).status_code == 303
    assert "By post." in tess.get(f"/releases/{case}").text


def clock_today(app):
    with app.app_context():
        return clock.today().isoformat()


def later(app):
    with app.app_context():
        return clock.today().replace(day=1).replace(year=clock.today().year + 1).isoformat()


def test_one_member_never_reads_how_another_answered(app, cast, sign_in, case):
    with app.app_context():
        ask(cast, case)
        own = answers_of(cast, case)
        db.session.commit()
    ada = sign_in(cast.ada)
    path = f"/my/record/permissions/{own['ada']}"
    nonce = re.compile(r'value="[^"]+"')
    before = [nonce.sub("", ada.get(one).text) for one in ("/my/", "/my/record", path)]
    for act in (portal.refuse, portal.sign, portal.revoke):
        with app.app_context():
            extra = {"typed_name": cast.ben.name} if act is portal.sign else {}
            act(actor=cast.ben, authorisation_id=own["ben"], **extra)
            db.session.commit()
        after = [nonce.sub("", ada.get(one).text) for one in ("/my/", "/my/record", path)]
        assert after == before
    assert ada.get(f"/my/record/permissions/{own['ben']}").status_code == 404


def test_a_case_that_is_wrong_shows_each_field(cast, tess):
    form = {"kind": "subject_access", "requester": " ", "received_on": "2031-01-01"}
    answer = tess.post(f"/couples/{cast.couple}/releases/new", form | new_id())
    assert answer.status_code == 422
    assert "Enter who asks." in answer.text
    form |= {"requester": "Ada"}
    answer = tess.post(f"/couples/{cast.couple}/releases/new", form | new_id())
    for words in ("Choose today or an earlier day.", "Choose whose own data it is about."):
        assert words in answer.text


def test_deadlines_follow_the_practices_periods(app, cast, tess):
    form = {"years": "10", "backup_days": "90"}
    for kind in RequestKind:
        form |= {f"count_{kind}": "3", f"unit_{kind}": "days"}
    assert tess.post("/settings/records", form).status_code == 303
    assert tess.post("/settings/records", form | {"years": "0"}).status_code == 422
    assert tess.post("/settings/records", form | {"count_release": "x"}).status_code == 422
    with app.app_context():
        line = cases.case_view(actor=cast.tess, case_id=open_case(cast)).line
        assert (line.deadline_on - line.received_on).days == 3


def test_own_data_leaves_only_after_the_password_and_waits_after_wrong_ones(app, cast, sign_in):
    with app.app_context():
        measure_builders.answer(cast, cast.ada, "csi4")
        db.session.commit()
    ada = sign_in(cast.ada)
    assert ada.post("/my/record/export", {"password": "wrong"}).status_code == 422
    answer = ada.post("/my/record/export", {"password": PASSWORD})
    assert answer.mimetype == "application/zip"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="own-data.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert len(json.loads(archive.read("own-data.json"))["responses"]) == 1
    found = [ada.post("/my/record/export", {"password": "wrong"}).status_code for _ in range(12)]
    assert 429 in found


def test_asking_for_erasure_opens_a_case_for_the_therapist_alone(app, cast, tess, sign_in):
    ada = sign_in(cast.ada)
    form = {"kind": "erasure", "words": "Please."} | new_id()
    for _ in range(2):
        assert ada.post("/my/record", form).status_code == 303
    assert "That your part is erased" in ada.get("/my/record").text
    with app.app_context():
        (row,) = db.session.scalars(select(ReleaseCase))
        assert (row.about_id, row.wanted) == (cast.ada.person_id, "Please.")
    page = tess.get("/releases").text
    assert "Erasure" in page
    assert "Ada Lind" in page


def test_an_erasure_from_the_portal_to_the_certificate(app, cast, tess, sign_in):
    with app.app_context():
        measure_builders.answer(cast, cast.ada, "csi4")
        case = open_case(cast, RequestKind.ERASURE, about=cast.ada)
        db.session.commit()
    ada = sign_in(cast.ada)
    assert "Not all checks" in tess.get(f"/releases/{case}/erase").text
    with app.app_context():
        tick_all(cast, case)
        db.session.commit()
    page = tess.get(f"/releases/{case}/erase").text
    assert "Gone for good, for everybody" in page
    assert tess.post(f"/releases/{case}/erase", {"typed_name": "Ada"}).status_code == 422
    done = tess.post(f"/releases/{case}/erase", {"typed_name": "ada lind"})
    assert done.status_code == 303
    certificate = tess.get(done.location).text
    assert "The database was written anew on" in certificate
    assert tess.get(f"{done.location}/certificate").mimetype == "application/pdf"
    assert "/account/sign-in" in ada.get("/my/").location
    with app.app_context():
        assert db.session.get(Person, cast.ada.person_id) is None
        owner = select(Account).where(Account.person_id == cast.ada.person_id)
        assert db.session.scalar(owner) is None
        live = select(SignInSession).where(SignInSession.account_key.is_not(None))
        assert len(db.session.scalars(live).all()) == 1  # of Tess
    for path in ("/", f"/couples/{cast.couple}", f"/couples/{cast.couple}/releases"):
        answer = tess.get(path)
        assert answer.status_code == 200
        assert "Ada" not in answer.text
    assert sign_in(cast.ben).get("/my/").status_code == 200


def test_a_bundle_that_was_destroyed_stays_a_line(app, cast, tess, case):
    with app.app_context():
        ask(cast, case)
        sign(cast, case, cast.ada, cast.ben)
        row = ReleaseBundle(
            case_id=case,
            couple_id=cast.couple,
            copy=1,
            recipient="Marsh and Co",
            rests_on=[],
            made_by=cast.tess.person_id,
            basis="0" * 64,
            pages=1,
            sha256="1" * 64,
            withheld={},
            destroyed_at=clock.now(),
        )
        db.session.add(row)
        db.session.commit()
    page = tess.get(f"/releases/{case}").text
    assert "file destroyed" in page
    assert "1" * 64 in page


def test_a_question_about_the_record_is_counted_and_stands_before_the_rest(
    app, cast, sign_in, case
):
    assert "One small thing for you, about 2 minutes" in sign_in(cast.ada).get("/my/").text
    with app.app_context():
        ask(cast, case)
        db.session.commit()
    page = sign_in(cast.ada).get("/my/").text
    assert "Two small things for you, about 4 minutes in all" in page
    assert page.index("A question about your record") < page.index(">Next appointment<")


def test_what_is_said_never_to_leave_fits_what_is_asked_for(app, cast, sign_in, case):
    with app.app_context():
        joint = answers_of(cast, case, ask(cast, case))["ada"]
        process = answers_of(cast, case, ask(cast, case, part=Part.PROCESS_NOTES, kinds=()))["ada"]
        db.session.commit()
    ada = sign_in(cast.ada)
    said = {
        one: re.search(r"Never in it: ([^.]+)\.", ada.get(f"/my/record/permissions/{one}").text)[1]
        for one in (joint, process)
    }
    assert "process notes" in said[joint]
    assert "process notes" not in said[process]
