"""The pages of a couple's reports: who gets there, what they say, what a failure looks like."""

import re
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import insert

from practice.db import db
from practice.domain.visibility import Audience
from practice.models.records import AccessRecord, IssuedReport
from practice.reports.render import Rendered
from practice.services import reports
from tests.reports import cases

NEW_ID = re.compile(r'name="new_id"[^>]*value="([^"]+)"')


@pytest.fixture
def record(app, cast):
    with app.app_context():
        cases.full_record(cast.couple, cast.tess, [cast.ada, cast.ben])
        cases.response(cast.couple, cast.ben, date(2026, 6, 1), {"csi16": 77}, Audience.THERAPIST)
        db.session.commit()
    return f"/reports/couples/{cast.couple}"


@pytest.fixture
def printer(monkeypatch):
    """A printer that is quick; the real one has tests of its own."""
    made = []

    def render(html, *, report_style):
        made.append(html)
        return Rendered(b"%PDF-1.7 " + str(len(made)).encode(), 4)

    monkeypatch.setattr(reports, "render", render)
    return made


def send(browser, path, edition="joint"):
    new_id = NEW_ID.search(browser.get(path).text).group(1)
    return browser.post(path, {"edition": edition, "new_id": new_id})


def test_the_therapist_looks_issues_and_fetches(app, cast, sign_in, record, printer):
    tess = sign_in(cast.tess)
    page = tess.get(record)
    assert "For Ada Lind, Ben Morrow and Tess Okafor." in page.text
    assert "None yet" in page.text
    assert f'href="/couples/{cast.couple}/releases">release desk</a>' in page.text
    assert "Not to be handed out" in page.text
    answer = send(tess, record)
    assert (answer.status_code, answer.location) == (303, record)
    page = tess.get(record)
    assert "The report is issued." in page.text
    address = re.search(r'href="(/reports/[0-9a-f-]+)"', page.text).group(1)
    found = tess.get(address)
    assert found.data == b"%PDF-1.7 1"
    assert found.mimetype == "application/pdf"
    assert found.headers["Cache-Control"] == "no-store"
    assert re.fullmatch(
        r'attachment; filename="outcome-report-\d{4}-\d\d-\d\d\.pdf"',
        found.headers["Content-Disposition"],
    )
    assert len(printer) == 1


def test_previews_show_the_sections_and_store_nothing(app, cast, sign_in, record, printer):
    tess = sign_in(cast.tess)
    joint = tess.get(f"{record}/joint/preview")
    clinician = tess.get(f"{record}/clinician/preview")
    for page in (joint, clinician):
        assert page.status_code == 200
        for words in ("Summary", "The couple together", "What is missing"):
            assert words in page.text
    assert "Ben: unchanged (45 on 4 March 2026, 50 on 6 May 2026, +5 points)" in joint.text
    assert "77 on 1 June 2026, +32 points" in clinician.text
    assert printer == []


@pytest.mark.parametrize("who", ["otto", "ada", "ben", "cleo"])
def test_nobody_else_gets_there(app, cast, sign_in, record, printer, who):
    tess = sign_in(cast.tess)
    send(tess, record)
    address = re.search(r'href="(/reports/[0-9a-f-]+)"', tess.get(record).text).group(1)
    stranger = sign_in(getattr(cast, who))
    for path in (record, f"{record}/joint/preview", f"{record}/clinician/preview", address):
        assert stranger.get(path).status_code == 404
    assert stranger.post(record, {"edition": "joint", "new_id": str(uuid4())}).status_code == 404
    assert len(printer) == 1


def test_nobody_signed_in_is_sent_to_sign_in(app, cast, sign_in, record):
    for path in (record, f"{record}/joint/preview", f"/reports/{uuid4()}"):
        assert sign_in().get(path).status_code == 303


@pytest.mark.parametrize("path", ["/nothing/preview", "/JOINT/preview"])
def test_an_unknown_edition_is_not_found(app, cast, sign_in, record, path):
    assert sign_in(cast.tess).get(record + path).status_code == 404


def test_an_edition_must_be_chosen(app, cast, sign_in, record, printer):
    tess = sign_in(cast.tess)
    answer = tess.post(record, {"new_id": str(uuid4())})
    assert answer.status_code == 422
    assert "Choose an edition." in answer.text
    assert printer == []


def test_a_failure_is_calm_and_stores_nothing(app, cast, sign_in, record, monkeypatch):
    def fail(html, *, report_style):
        raise reports.RenderFailed("The report took longer than 30 seconds.")

    monkeypatch.setattr(reports, "render", fail)
    answer = send(sign_in(cast.tess), record, "clinician")
    assert answer.status_code == 503
    assert "The report took longer than 30 seconds." in answer.text
    with app.app_context():
        assert db.session.query(IssuedReport).count() == 0


def test_sent_twice_it_is_one_report(app, cast, sign_in, record, printer):
    tess = sign_in(cast.tess)
    form = {"edition": "joint", "new_id": str(uuid4())}
    assert [tess.post(record, form).status_code for _ in range(2)] == [303, 303]
    assert len(printer) == 1


def test_others_can_write_while_a_report_is_typeset(app, cast, sign_in, record, monkeypatch):
    line = {"what": "somebody else", "how": "written", "reason": "meanwhile"}

    def render(html, *, report_style):
        with db.engine.begin() as other:
            other.execute(insert(AccessRecord), [{"id": uuid4(), **line}])
        return Rendered(b"%PDF", 1)

    monkeypatch.setattr(reports, "render", render)
    assert send(sign_in(cast.tess), record).status_code == 303


def test_the_access_log_hears_of_it(app, cast, sign_in, record, printer):
    tess = sign_in(cast.tess)
    tess.get(f"{record}/clinician/preview")
    send(tess, record)
    tess.get(re.search(r'href="(/reports/[0-9a-f-]+)"', tess.get(record).text).group(1))
    with app.app_context():
        lines = {(line.what, line.how) for line in db.session.query(AccessRecord)}
    assert {
        ("report.clinician", "read"),
        ("report.joint", "read"),
        ("report.issued", "written"),
        ("report.downloaded", "read"),
    } <= lines
