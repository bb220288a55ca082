"""The front desk, a supervisor, an owner and a colleague at their pages."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.people import Role
from practice.domain.safety.contact import Channel, SafeContact
from practice.domain.sessions import SessionKind
from practice.models.accounts import Account
from practice.models.records import AccessRecord
from practice.services import clock, notes, safe_contacts
from tests import measure_builders, records
from tests.builders import PASSWORD, make_couple, make_person, sign_in_name
from tests.staff import make_staff
from tests.web.test_canaries import _everything


@pytest.fixture
def staff(app, cast):
    with app.app_context():
        staff = make_staff(cast)
        db.session.commit()
    return staff


CLINICAL = re.compile(
    r"CSI|PHQ|GAD|RDAS|questionnaire|measure|score|homework|goal|note\b|notes\b|risk|screen|"
    r"agreed to work|discernment|married|separated|attended|late\b|outcome",
    re.IGNORECASE,
)


def test_s6_the_front_desk_sees_nothing_clinical(app, world, sign_in):
    rita = sign_in(world.staff.rita)
    ways_to_reach = {canary.word for canary in world.canaries if "rita" in canary.readers}
    assert (
        len(ways_to_reach) == len(("address", "mail", "hours", "sender", "code word", "never")) * 2
    )
    found = _everything(app, world, sign_in, "rita")
    assert found.keys() == ways_to_reach
    assert {path.split("/")[1] for path in found.values()} == {"desk"}
    card = f"/desk/couples/{world.cast.couple}/people/{world.cast.ada.person_id}"
    move = f"/desk/sessions/{world.ids['session_desk']}"
    for path in ("/desk/", "/desk/people", card, move):
        page = rita.get(path)
        assert page.status_code == 200
        body = page.text.split("<main", 1)[1]
        body = re.sub(r"canary\w+", "", body)
        assert CLINICAL.findall(re.sub(r"<[^>]+>", " ", body)) == [], path
        assert "Ada Lind" in body or path == "/desk/"
    found = rita.post("/desk/people", {"q": "canary"})
    assert "Nobody found" in found.text
    for path in ("/outcomes", "/measures", "/settings", f"/couples/{world.cast.couple}"):
        assert rita.get(path).status_code == 404, path


def test_t20_every_read_of_the_front_desk_is_logged_and_many_are_reported(
    app, cast, staff, sign_in
):
    with app.app_context():
        couples = [make_couple(cast.otto, [cast.cleo, cast.dan]) for _ in range(30)]
        db.session.commit()
    rita, olga = sign_in(staff.rita), sign_in(staff.olga)
    for couple in couples:
        path = f"/desk/couples/{couple}/people/{cast.cleo.person_id}"
        assert rita.get(path).status_code == 200
    with app.app_context():
        seen = set(
            db.session.scalars(
                db.select(AccessRecord.couple_id).where(
                    AccessRecord.person_id == staff.rita.person_id, AccessRecord.how == "read"
                )
            )
        )
    assert seen >= set(couples)
    page = olga.get("/practice/reads").text
    many = page.split("Many records in a short time", 1)[1].split("Asked for and refused", 1)[0]
    assert "Rita Moss" in many
    assert "30 records" in many
    assert "127.0.1." in many
    assert "Cleo" not in page


def test_twenty_nine_records_are_nothing_unusual(app, cast, staff, sign_in):
    with app.app_context():
        couples = [make_couple(cast.otto, [cast.cleo, cast.dan]) for _ in range(29)]
        db.session.commit()
    rita, olga = sign_in(staff.rita), sign_in(staff.olga)
    for couple in couples:
        rita.get(f"/desk/couples/{couple}/people/{cast.cleo.person_id}")
        rita.get("/desk/")
    page = olga.get("/practice/reads").text
    assert "records</span>" not in page
    assert "at the front desk, 29 records" in page


def test_s5_another_therapist_opens_a_private_note(app, world, sign_in):
    cast = world.cast
    session = world.ids["session"]
    for name in ("otto", "sue", "rita", "olga"):
        browser = sign_in(world.actor(name))
        there = browser.get(f"/sessions/{session}")
        nowhere = browser.get(f"/sessions/{uuid4()}")
        assert there.status_code == nowhere.status_code == 404
        assert "canary" not in there.text
    toni = sign_in(world.actor("toni"))
    page = toni.get(f"/sessions/{session}")
    process = next(c.word for c in world.canaries if "processnote" in c.word)
    assert page.status_code == 200
    assert process not in page.text
    with app.app_context():
        refused = db.session.query(AccessRecord).filter_by(how="refused")
        rows = {(row.person_id, row.couple_id, row.what) for row in refused}
    for name, couple, what in (
        ("otto", cast.couple, "couple"),
        ("sue", cast.couple, "couple"),
        ("olga", cast.couple, "couple"),
        # The desk is stopped before anything is looked up: whose session it was, nobody asked.
        ("rita", None, "therapist.session"),
    ):
        assert (world.actor(name).person_id, couple, what) in rows, name


def test_a_co_therapist_keeps_process_notes_of_their_own(app, world, sign_in):
    session = world.ids["session"]
    with app.app_context():
        for name in ("toni", "tess"):
            found = notes.session_notes(actor=world.actor(name), session_id=session).process
            assert (found is not None) == (name == "tess")
        records.save_note(
            actor=world.actor("toni"),
            session_id=session,
            kind=notes.NoteKind.PROCESS,
            body="What Toni thinks.",
            version=0,
        )
        db.session.commit()
    assert "What Toni thinks." in sign_in(world.actor("toni")).get(f"/sessions/{session}").text
    assert "What Toni thinks." not in sign_in(world.cast.tess).get(f"/sessions/{session}").text


def test_t21_shutting_an_account_ends_its_sessions_at_the_next_request(app, cast, staff, sign_in):
    tess, olga = sign_in(cast.tess), sign_in(staff.olga)
    assert tess.get("/").status_code == 200
    assert olga.post(f"/practice/staff/{cast.tess.person_id}/shut").status_code == 303
    answer = tess.get("/")
    assert answer.status_code == 303
    assert "/account/sign-in" in answer.location
    page = olga.get("/practice/staff").text
    assert "Account shut" in page
    assert "1 couple needs somebody else" in page

    shut, stranger = sign_in(), sign_in()
    for browser, name in ((shut, sign_in_name("Tess")), (stranger, "nobody@mail.example")):
        browser.get("/account/sign-in")
        said = browser.post("/account/sign-in", {"email": name, "password": PASSWORD})
        browser.said = re.sub(r'value="[^"]*"', "", said.text), said.status_code
    assert shut.said == stranger.said

    assert olga.post(f"/practice/staff/{cast.tess.person_id}/open").status_code == 303
    assert tess.get("/").status_code == 303, "what was ended stays ended"
    sign_in(cast.tess)


def test_a_device_that_was_handed_over_ends_with_the_account(app, cast, staff, sign_in):
    with app.app_context():
        measure_builders.ask(cast, cast.ada, "ratings")
        db.session.commit()
    tess, olga = sign_in(cast.tess), sign_in(staff.olga)
    tess.get("/")
    tess.post(f"/couples/{cast.couple}/people/{cast.ada.person_id}/hand-over")
    assert tess.get("/hand-over/").status_code == 200
    olga.post(f"/practice/staff/{cast.tess.person_id}/shut")
    assert tess.get("/hand-over/").status_code != 200


@pytest.mark.parametrize("role", ["reception", "therapist"])
def test_somebody_is_invited_and_begins_to_work(app, cast, staff, sign_in, role):
    olga = sign_in(staff.olga)
    olga.get("/practice/staff")
    page = olga.post(
        "/practice/staff/invite", {"new_id": str(uuid4()), "name": "Nia Reed", "role": role}
    ).text
    link = re.search(r"http://localhost(/account/invitation/[^<\s]+)", page).group(1)
    code = re.search(r'class="secret">(\d{3}) (\d{3})', page)
    nia = sign_in()
    nia.get(link)
    form = {
        "spoken_code": f"{code.group(1)} {code.group(2)}",
        "sign_in_name": "nia@mail.example",
        "password": PASSWORD,
        "password_again": PASSWORD,
    }
    assert nia.post(link, form).status_code == 303
    first = "/desk/" if role == "reception" else "/"
    assert nia.get("/account/").location == first
    assert nia.get(first).status_code == 200
    with app.app_context():
        account = db.session.query(Account).filter_by(sign_in_name="nia@mail.example").one()
        assert (account.role.value, account.is_owner) == (role, False)
    assert nia.post(link, form).status_code == 404  # once
    assert "Nia Reed" in olga.get("/practice/staff").text


def test_a_partners_role_cannot_be_invited_as_staff(app, cast, staff, sign_in):
    olga = sign_in(staff.olga)
    olga.get("/practice/staff")
    answer = olga.post(
        "/practice/staff/invite", {"new_id": str(uuid4()), "name": "X", "role": "partner"}
    )
    assert answer.status_code == 422
    cast_member = {"new_id": str(cast.ada.person_id), "name": "X", "role": "therapist"}
    assert olga.post("/practice/staff/invite", cast_member).status_code == 404


def test_a_new_owner_signs_in_anew_and_runs_the_practice(app, cast, staff, sign_in):
    tess, olga = sign_in(cast.tess), sign_in(staff.olga)
    assert "Staff of the practice" not in tess.get("/").text
    assert olga.post(f"/practice/staff/{cast.tess.person_id}/owner").status_code == 303
    assert tess.get("/practice/staff").status_code == 303  # to the sign-in
    tess = sign_in(cast.tess)
    assert "Staff of the practice" in tess.get("/").text
    assert olga.post(f"/practice/staff/{cast.tess.person_id}/not-owner").status_code == 303
    assert sign_in(cast.tess).get("/practice/staff").status_code == 404
    answer = olga.post(f"/practice/staff/{staff.olga.person_id}/not-owner")
    assert "Somebody has to run the practice" in answer.text


def test_an_owner_begins_and_ends_a_supervision(app, cast, staff, sign_in):
    olga = sign_in(staff.olga)
    assert "Note who supervises whom" in olga.get("/supervision").text
    assert "Note who supervises whom" not in sign_in(cast.otto).get("/supervision").text
    olga.get("/practice/staff")
    form = {
        "supervise-new_id": str(uuid4()),
        "supervise-supervisor": str(cast.otto.person_id),
        "supervise-therapist": str(cast.tess.person_id),
        "supervise-since": clock_today(app),
    }
    assert olga.post("/practice/supervision", form).status_code == 303
    again = olga.post("/practice/supervision", form | {"supervise-new_id": str(uuid4())})
    assert again.status_code == 422
    assert "on the list already" in again.text
    otto = sign_in(cast.otto)
    page = otto.get("/supervision").text
    assert "Couple 1" in page
    assert "Ada" not in page
    assert olga.post(f"/practice/supervision/{form['supervise-new_id']}/end").status_code == 303
    assert "You supervise nobody now" in otto.get("/supervision").text


def clock_today(app):
    with app.app_context():
        return clock.today().isoformat()


def test_the_lead_takes_a_colleague_in_and_passes_the_couple_on(app, cast, staff, sign_in):
    tess, otto = sign_in(cast.tess), sign_in(cast.otto)
    path = f"/couples/{cast.couple}/care"
    assert otto.get(f"/couples/{cast.couple}").status_code == 404
    tess.get(path)
    joins = {"new_id": str(uuid4()), "therapist": str(cast.otto.person_id)}
    assert tess.post(path, joins | {"on": clock_today(app)}).status_code == 303
    assert otto.get(f"/couples/{cast.couple}").status_code == 200
    assert ", with Tess" in otto.get("/").text
    assert otto.get(f"{path}/pass-on").status_code == 404
    moves = joins | {"new_id": str(uuid4()), "on": clock_today(app)}
    assert tess.post(f"{path}/pass-on", moves).status_code == 422  # without a reason
    moved = tess.post(f"{path}/pass-on", moves | {"reason": "On leave."})
    assert moved.status_code == 303
    assert tess.get(f"/couples/{cast.couple}").status_code == 404
    assert "On leave." in otto.get(path).text


def test_an_owner_passes_a_couple_on_without_seeing_its_record(app, cast, staff, sign_in):
    olga = sign_in(staff.olga)
    listed = f"/practice/staff/{cast.tess.person_id}/couples"
    assert "Ada Lind and Ben Morrow" in olga.get(listed).text
    path = f"{listed}/{cast.couple}"
    olga.get(path)
    form = {"new_id": str(uuid4()), "therapist": str(cast.otto.person_id), "reason": "Has left."}
    assert olga.post(path, form | {"on": clock_today(app)}).status_code == 303
    assert olga.get(path).status_code == 404
    assert olga.get(f"/couples/{cast.couple}").status_code == 404
    assert sign_in(cast.otto).get(f"/couples/{cast.couple}").status_code == 200


def test_the_desk_plans_moves_and_calls_off(app, cast, staff, sign_in):
    rita = sign_in(staff.rita)
    path = f"/desk/couples/{cast.couple}/sessions/new"
    rita.get(path)
    with app.app_context():
        day = clock.today() + timedelta(days=2)
    form = {
        "new_id": str(uuid4()),
        "day": day.isoformat(),
        "time": "10:30",
        "minutes": "50",
        "with_whom": "couple",
        "format": "room",
    }
    answer = rita.post(path, form)
    assert answer.location == f"/desk/?week={day.isoformat()}"
    week = rita.get(answer.location).text
    assert "Ada Lind and Ben Morrow" in week
    assert "10:30–11:20" in week
    moved = rita.post(f"/desk/sessions/{form['new_id']}", form | {"time": "12:00"})
    assert moved.status_code == 303
    assert "12:00–12:50" in rita.get(moved.location).text
    assert rita.post(path, form | {"new_id": str(uuid4()), "time": "x"}).status_code == 422
    taken = rita.post(path, form | {"new_id": str(uuid4()), "time": "12:40", "minutes": "45"})
    assert taken.status_code == 422
    assert "Tess Okafor has another session planned from 12:00 to 12:50." in taken.text
    assert 'value="12:40"' in taken.text
    assert rita.post(f"/desk/sessions/{form['new_id']}/cancel").status_code == 303
    assert "called off" in rita.get(moved.location).text
    assert rita.get(f"/desk/sessions/{form['new_id']}").status_code == 404


def test_the_desk_does_not_bring_others_to_what_was_written_of_one(app, cast, staff, sign_in):
    with app.app_context():
        session = records.make_planned(
            cast.couple,
            cast.tess,
            kind=SessionKind.INDIVIDUAL,
            person_id=cast.ada.person_id,
            starts_at=clock.now() + timedelta(days=2),
        )
        records.make_joint_note(session, cast.couple, cast.tess, body="Ada said so alone.")
        db.session.commit()
        day = clock.today() + timedelta(days=3)
    rita = sign_in(staff.rita)
    path = f"/desk/sessions/{session}"
    form = {
        "new_id": str(uuid4()),
        "day": day.isoformat(),
        "time": "10:30",
        "minutes": "50",
        "format": "room",
        "with_whom": "couple",
    }
    rita.get(path)
    answer = rita.post(path, form)
    assert answer.status_code == 422
    assert f"Call it off and plan another one, or ask {cast.tess.name}." in answer.text
    assert CLINICAL.findall(re.sub(r"<[^>]+>", " ", answer.text.split("<main", 1)[1])) == []
    moved = rita.post(path, form | {"with_whom": str(cast.ada.person_id)})
    assert moved.status_code == 303


@pytest.mark.parametrize("week", ["", "x", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_any_week_asked_for_shows_one(cast, staff, sign_in, week):
    assert sign_in(staff.rita).get(f"/desk/?week={week}").status_code == 200


def test_a_couple_nobody_treats_is_not_planned(app, cast, staff, sign_in):
    with app.app_context():
        couple = make_couple(make_person("Lea Vos", Role.THERAPIST), [cast.cleo, cast.dan])
        db.session.execute(
            db.text("UPDATE care SET until = since WHERE couple_id = :one"),
            {"one": couple.hex if db.engine.dialect.name == "sqlite" else couple},
        )
        db.session.commit()
    rita = sign_in(staff.rita)
    rita.get("/desk/people")
    form = {"new_id": str(uuid4()), "day": "2026-12-01", "time": "10:00", "minutes": "50"}
    form |= {"with_whom": "couple", "format": "room"}
    answer = rita.post(f"/desk/couples/{couple}/sessions/new", form)
    assert "Nobody treats this couple now" in answer.text


def test_the_desk_reads_how_somebody_may_be_reached_safely(app, cast, staff, sign_in):
    with app.app_context():
        for ways, never in (({Channel.CALL: "01632 960 111"}, "An old word"), ({}, "The landline")):
            safe_contacts.save(
                actor=cast.tess,
                couple_id=cast.couple,
                person_id=cast.ada.person_id,
                new_id=uuid4(),
                contact=SafeContact(ways=ways, never=never, code_word="heron"),
                asked_on=clock.today(),
            )
        db.session.commit()
    rita = sign_in(staff.rita)
    hers = rita.get(f"/desk/couples/{cast.couple}/people/{cast.ada.person_id}").text
    assert "The landline" in hers
    assert "heron" in hers
    assert "Not at all" in hers
    assert "01632 960 111" not in hers
    assert "An old word" not in hers
    his = rita.get(f"/desk/couples/{cast.couple}/people/{cast.ben.person_id}").text
    assert "Nothing is written down" in his
    assert "heron" not in his


def test_the_bare_address_leads_everybody_to_their_own_first_page(cast, staff, sign_in):
    for who, first in ((staff.rita, "/desk/"), (cast.ada, "/my/"), (cast.tess, "/")):
        browser, name = sign_in(None), sign_in_name(who.name)
        typed = {"email": name, "password": PASSWORD}
        answer = browser.post("/account/sign-in?next=/", typed, follow_redirects=True)
        assert (answer.status_code, answer.request.path) == (200, first), name
    assert sign_in(cast.ada).post("/", {"q": "Ada"}).status_code == 404


def test_the_diary_ends_where_no_session_can_be(staff, sign_in):
    rita = sign_in(staff.rita)
    last = rita.get("/desk/?week=2099-12-31").text
    assert "Week of 28 December 2099" in last
    assert 'rel="prev"' in last
    assert 'rel="next"' not in last
    first = rita.get("/desk/?week=1990-01-01").text
    assert "Week of 1 January 1990" in first
    assert 'rel="prev"' not in first


def test_what_an_owner_cannot_do_is_said_on_the_page_of_the_staff(staff, sign_in):
    olga = sign_in(staff.olga)
    path = f"/practice/staff/{staff.olga.person_id}/not-owner"
    assert path not in olga.get("/practice/staff").text
    answer = olga.post(path)
    assert answer.status_code == 409
    assert "Somebody has to run the practice." in answer.text
    assert "Who works here" in answer.text
