"""The access log: whole, and told to those whom it concerns.

That every read and every refusal leaves a line is asked where every page is opened:
``test_access_matrix.py``.
"""

import logging
import re
from datetime import timedelta
from uuid import uuid4

import sqlalchemy as sa
import time_machine

from practice.db import db
from practice.models.records import GUARDS, AccessRecord
from practice.services import access_chain, audit
from practice.services.notes import NoteKind
from tests import records
from tests.builders import PASSWORD
from tests.engines import both_engines
from tests.kept import kept
from tests.private_acts import everything_private
from tests.web.lines_left import bound, last_number, named_in, secrets_of
from tests.web.test_access_matrix import GETS, IN, POSTS, _address
from tests.world import make_world

WRONG = "not the password at all"


def lines(app, **wanted):
    with app.app_context():
        rows = db.session.query(AccessRecord).filter_by(**wanted).order_by(AccessRecord.number)
        return [(row.what, row.how, row.reason, row.address, row.at) for row in rows]


@both_engines
def test_s31_who_what_when_and_from_where_and_an_edit_is_detected(app, world, sign_in):
    cast = world.cast
    with time_machine.travel("2026-11-20 18:30 +0000", tick=False):
        tess = sign_in(cast.tess)
        tess.get(f"/couples/{cast.couple}")
        tess.get(f"/reports/{world.ids['report_joint']}")
        tess.post(f"/couples/{cast.couple}/endings", {})
        otto = sign_in(cast.otto)
        otto.get(f"/couples/{cast.couple}")
        failed = sign_in()
        failed.get("/account/sign-in")
        failed.post("/account/sign-in", {"email": "ada@mail.example", "password": WRONG})
        ada = sign_in(cast.ada)
        ada.get("/my/answers")
    moment = "2026-11-20T18:30:00+00:00"

    by_tess = lines(app, person_id=cast.tess.person_id, couple_id=cast.couple)
    there = [line for line in by_tess if line[4].isoformat() == moment]
    assert {line[:2] for line in there} >= {
        ("couple", "read"),
        ("response", "read"),
        ("report.downloaded", "read"),
    }
    assert {line[3] for line in there} == {tess.address}
    by_otto = lines(app, person_id=cast.otto.person_id, how="refused")
    assert by_otto[0][:4] == ("couple", "refused", "not_in_care", otto.address)
    (wrong,) = lines(app, person_id=cast.ada.person_id, how="refused")
    assert wrong[:4] == ("sign_in", "refused", "wrong_name_or_password", failed.address)
    own = [line for line in lines(app, person_id=cast.ada.person_id) if line[1] == "read"]
    assert "127.0.1.0" in {line[3] for line in own}
    assert all(line[3].endswith(".0") for line in own), "of a client the network alone is kept"

    runner = app.test_cli_runner()
    done = runner.invoke(args=["audit", "verify"])
    assert done.exit_code == 0, done.output
    head = runner.invoke(args=["audit", "head"]).output.split()[0]
    assert head in done.output
    with app.app_context(), db.engine.begin() as connection:
        changed = edit_one(connection)
    done = runner.invoke(args=["audit", "verify"])
    assert done.exit_code == 1
    assert re.search(rf"Line {changed} \(2026-\S+Z\) was changed\.", done.output)


def edit_one(connection):
    """Flip one letter of one line, as somebody could who has the database."""
    engine = connection.dialect.name
    for name in ("access_record_stays_as_it_is", "access_record_is_kept"):
        on = " ON access_record" if engine == "postgresql" else ""
        connection.execute(sa.text(f"DROP TRIGGER {name}{on}"))
    number = connection.scalar(
        sa.select(AccessRecord.number).where(AccessRecord.what == "report.downloaded")
    )
    connection.execute(
        sa.update(AccessRecord)
        .where(AccessRecord.number == number)
        .values(what="report.downloadee")
    )
    for statement in GUARDS[engine]:
        connection.execute(sa.text(statement))
    return number


def test_the_commands_show_ids_and_archive(app, world, sign_in, tmp_path):
    cast = world.cast
    sign_in(cast.tess).get(f"/couples/{cast.couple}")
    run = app.test_cli_runner().invoke
    shown = run(args=["audit", "show", "--couple", str(cast.couple)]).output
    assert str(cast.tess.person_id) in shown
    assert "Tess" not in shown
    assert "Ada" not in shown
    assert run(args=["audit", "show"]).exit_code == 2
    assert "is no head" in run(args=["audit", "verify", "--against", "12"]).output
    path = tmp_path / "part.jsonl"
    with time_machine.travel("2099-01-01 12:00 +0000"):
        done = run(args=["audit", "archive", "--until", "2098-01-01", "--to", str(path)])
    assert done.exit_code == 0, done.output
    assert run(args=["audit", "verify"]).exit_code == 0
    assert "Archived up to line" in run(args=["audit", "verify"]).output
    assert run(args=["audit", "verify", "--file", str(path)]).exit_code == 0
    path.write_text(path.read_text().replace('"read"', '"hear"', 1))
    assert run(args=["audit", "verify", "--file", str(path)]).exit_code == 1


def test_s32_the_application_log_of_a_whole_scenario_names_nobody(
    app, world, sign_in, caplog, monkeypatch
):
    """Of whatever is typed anywhere; of every page and of empty forms, see the access matrix."""
    caplog.set_level(logging.DEBUG)
    secrets = {PASSWORD, WRONG, world.token, "203.0.113.77"}
    for person in ("tess", "toni", "rita", "olga", "ada", "nobody"):
        browser = sign_in(None if person == "nobody" else world.actor(person))
        browser.get("/account/sign-in")
        for (_, path), expected in POSTS.items():
            if "leave" in path or "sign-out" in path or "hand-over" in path:
                continue
            if expected[person] != IN:  # refused before the form is read
                continue
            typed = dict.fromkeys(("name", "body", "reason", "words", "q"), "canary99typed")
            browser.post(_address(world, path), typed)
        browser.post("/account/sign-in", {"email": "ada@mail.example", "password": WRONG})
        secrets |= secrets_of(browser)
    ben = sign_in(world.cast.ben)
    monkeypatch.setattr(access_chain, "_locked", lambda connection: 1 / 0)
    ben.get("/my/answers")

    assert "could not be written" in caplog.text, "the log was not listened to"
    assert named_in(caplog.text, secrets) == []


def test_s31_what_is_exported_leaves_a_line(app, world, sign_in):
    cast = world.cast
    tess, ada = sign_in(cast.tess), sign_in(cast.ada)
    at_desk = f"/couples/{cast.couple}/people/{cast.ada.person_id}/export"
    before = last_number(app)
    ada.get("/my/record/export")
    tess.get(at_desk)
    files = [
        ada.post("/my/record/export", {"password": PASSWORD}),
        tess.post(at_desk, {}),
        *(tess.get(f"/outcomes{part}") for part in (".csv", ".pdf", "/practice.csv")),
    ]
    assert [answer.mimetype for answer in files] == [
        "application/zip",
        "application/zip",
        "text/csv",
        "application/pdf",
        "text/csv",
    ]
    with app.app_context():
        rows = db.session.query(AccessRecord).filter(AccessRecord.number > before)
        found = [(row.person_id, row.couple_id, row.what, row.how) for row in rows]
        db.session.rollback()
    for line in (
        (cast.ada.person_id, cast.couple, "own_data.exported", "written"),
        (cast.tess.person_id, cast.couple, "own_data.exported_at_desk", "written"),
        (cast.tess.person_id, None, "outcomes.pdf", "read"),
    ):
        assert found.count(line) == 1, line
    assert found.count((cast.tess.person_id, None, "outcomes.csv", "read")) == 2
    shown = sign_in(cast.tess).get(f"/couples/{cast.couple}/log").text
    assert "own data: exported at desk" in shown
    assert "own data: exported<" not in shown, "what a member does is on no page"


# ---- who looked at my entries ------------------------------------------------------------------

PAGE = "/my/looked-at"


def entries(browser):
    """Return what the page lists, by day, behind the password."""
    assert browser.get(PAGE).location == f"/account/confirm?next={PAGE}"
    browser.post(f"/account/confirm?next={PAGE}", {"password": PASSWORD})
    page = browser.get(PAGE)
    assert page.status_code == 200
    days = re.findall(r"<h3>([^<]+)</h3>\s*<ul>(.*?)</ul>", page.text, re.DOTALL)
    return {day: re.findall(r"<li>(.*?)</li>", listed) for day, listed in days}


def test_a_client_reads_who_opened_their_entries_when_the_day_is_over(app, cast, sign_in):
    with time_machine.travel("2026-11-19 10:00 +0000"):
        with app.app_context():
            world = make_world(cast)
            db.session.commit()
        sign_in(cast.tess).get(f"/responses/{world.ids['response_ada']}")
        assert entries(sign_in(cast.ada)) == {}
    with time_machine.travel("2026-11-20 10:00 +0000"):
        assert entries(sign_in(cast.ada)) == {
            "Thursday 19 November 2026": ["Tess Okafor (therapist): answers to questions"]
        }
        assert entries(sign_in(cast.cleo)) == {}
    with time_machine.travel("2027-11-21 10:00 +0000"):
        assert entries(sign_in(cast.ada)) == {}


def test_nobody_hears_of_the_others_entries_nor_of_their_reading(app, cast, sign_in):
    with time_machine.travel("2026-11-19 10:00 +0000"):
        with app.app_context():
            world = make_world(cast, with_reports=False)
            db.session.commit()
        own = entries(sign_in(cast.ada))
        # Ben reads what Ada has shown, Tess what Ben alone wrote, and his risk flag.
        sign_in(cast.ben).get("/my/answers")
        tess = sign_in(cast.tess)
        tess.get(f"/responses/{world.ids['response_ben']}")
        tess.get(f"/risk-flags/{world.ids['flag_ben']}")
    with time_machine.travel("2026-11-20 10:00 +0000"):
        assert entries(sign_in(cast.ada)) == own
        assert entries(sign_in(cast.ben)) == {
            "Thursday 19 November 2026": ["Tess Okafor (therapist): answers to questions"]
        }


def test_what_is_listed_does_not_depend_on_what_the_other_keeps_private(app, cast, sign_in):
    with time_machine.travel("2026-11-19 08:00 +0000", tick=False):
        world = kept(app, ("world", cast.couple), lambda: make_world(cast))
    paths = [
        _address(world, path) for (_, path), by in GETS.items() if bound(path) and by["tess"] == IN
    ]

    def tess_opens_everything():
        tess = sign_in(cast.tess)
        tess.reads_markup = False  # the access matrix does
        for path in ["/", *paths]:
            tess.get(path)

    with time_machine.travel("2026-11-19 10:00 +0000"):
        tess_opens_everything()
    for looking, acting in ((cast.ada, cast.ben), (cast.ben, cast.ada)):
        with time_machine.travel("2026-11-19 12:00 +0000", tick=False):
            kept(app, ("opened by Tess", cast.couple), lambda: None)  # for each as it is here
        with time_machine.travel("2026-11-20 10:00 +0000"):
            with app.app_context():
                everything_private(world, acting)
                db.session.commit()
            tess_opens_everything()
        with time_machine.travel("2026-11-21 10:00 +0000"):
            found = list(entries(sign_in(looking)).values())
        assert len(found) == 2
        assert found[0] == found[1] != []


# ---- what staff did with a record --------------------------------------------------------------


def test_a_therapist_reads_who_opened_a_record_and_nothing_of_its_members(app, world, sign_in):
    cast = world.cast
    sign_in(cast.otto).get(f"/couples/{cast.couple}")
    sign_in(cast.ben).get("/my/answers")
    sign_in(world.actor("toni")).get(f"/couples/{cast.couple}")
    page = sign_in(cast.tess).get(f"/couples/{cast.couple}/log").text
    shown = page.split("<main", 1)[1]
    assert "Otto Brandt" in shown
    assert "Asked for it and was refused" in shown
    assert "Toni Vance" in shown
    assert re.findall(r"<h3>(Ada|Ben)", shown) == []
    assert "withheld" not in shown


def test_a_private_entry_leaves_no_trace_on_the_log_page(app, world, sign_in):
    cast = world.cast
    path = f"/couples/{cast.couple}/log"
    tess = sign_in(cast.tess)
    tess.get(f"/assignments/{world.ids['task']}")
    tess.get(path)
    before = tess.get(path).text
    ben = sign_in(cast.ben)
    entry = {"new_id": str(uuid4()), "audience": "private", "noticed": "kept back"}
    ben.get(f"/my/homework/{world.ids['task']}")
    ben.post(f"/my/homework/{world.ids['task']}", entry)
    tess.get(f"/assignments/{world.ids['task']}")
    assert re.sub(r'value="[^"]+"', "", tess.get(path).text) == re.sub(r'value="[^"]+"', "", before)


def test_a_process_note_stands_in_the_log_of_its_author_alone(app, world, sign_in):
    cast = world.cast
    session = world.ids["session_ben"]
    toni = sign_in(world.actor("toni"))
    toni.get(f"/sessions/{session}")
    with app.app_context():
        records.save_note(
            actor=world.actor("toni"),
            session_id=session,
            kind=NoteKind.PROCESS,
            body="Mine.",
            version=0,
        )
        audit.finish(write_succeeded=True)
    path = f"/couples/{cast.couple}/log"
    assert "process note" in toni.get(path).text
    tess = sign_in(cast.tess).get(path).text
    by_toni = tess.split("<h3>Toni Vance", 1)[1].split("</li>", 1)[0]
    assert "process note" not in by_toni


def test_old_pages_of_the_log_open(app, world, sign_in):
    tess = sign_in(world.cast.tess)
    for page in ("0", "2", "x", "99999999999999999999"):
        assert tess.get(f"/couples/{world.cast.couple}/log?page={page}").status_code == 200


def test_the_owners_page_tells_of_refusals(app, world, sign_in):
    otto = sign_in(world.cast.otto)
    for _ in range(2):
        otto.get(f"/couples/{world.cast.couple}")
    page = sign_in(world.actor("olga")).get("/practice/reads").text
    assert re.search(r"<strong>Otto Brandt</strong>, 2 times", page)
    assert "Ada" not in page


def test_an_address_that_the_desk_forges_names_the_couple_or_says_it_names_none(
    app, world, sign_in
):
    rita = sign_in(world.actor("rita"))
    before = last_number(app)
    for path in (
        f"/couples/{world.cast.couple}",
        f"/couples/{world.cast.couple}/safety",
        f"/couples/{uuid4()}/safety",
        f"/sessions/{uuid4()}",
    ):
        assert rita.get(path).status_code == 404
    with app.app_context():
        named = db.session.scalars(
            sa.select(AccessRecord.couple_id)
            .where(AccessRecord.number > before, AccessRecord.how == "refused")
            .order_by(AccessRecord.number)
        ).all()
        db.session.rollback()
    assert named == [world.cast.couple, world.cast.couple, None, None]
    sign_in(world.actor("otto")).post("/account/sign-in", {"email": "x", "password": WRONG})
    page = sign_in(world.actor("olga")).get("/practice/reads").text
    told = re.search(r'id="refused".*?</section>', page, re.DOTALL)[0]
    name = world.actor("rita").name
    assert f"<strong>{name}</strong>, 2 times</li>" in told
    assert f"<strong>{name}</strong>, 2 times; no couple is known by those addresses</li>" in told
    assert told.count("<li>") == 2


def test_an_old_link_of_whoever_treats_a_couple_is_no_refusal_of_its_record(app, world, sign_in):
    tess = sign_in(world.cast.tess)
    assert tess.get(f"/couples/{world.cast.couple}/people/{uuid4()}/plan").status_code == 404
    assert "Asked for it and was refused" not in tess.get(f"/couples/{world.cast.couple}/log").text


def test_a_month_is_looked_back(app, world, sign_in):
    sign_in(world.cast.otto).get(f"/couples/{world.cast.couple}")
    with app.app_context():
        at = db.session.scalar(sa.select(sa.func.max(AccessRecord.at)))
        db.session.rollback()
    with time_machine.travel(at + timedelta(days=32)):
        page = sign_in(world.actor("olga")).get("/practice/reads").text
    assert "Otto Brandt" not in page
