"""The schedule by real requests: the portal's groups, the therapist's table, the battery's form."""

import re
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select

from practice.db import db
from practice.domain.schedule.goal_tasks import WRITING_MINUTES
from practice.domain.sessions import SessionFormat, SessionStatus
from practice.models.responses import MeasureRequest
from practice.models.settings import BatterySetting
from practice.services import measure_requests, sessions
from tests.builders import schedule
from tests.measure_builders import choose

DAY = date(2026, 11, 20)


@pytest.fixture
def now():
    with time_machine.travel("2026-11-20 12:00 +0000", tick=False) as traveller:
        yield traveller


@pytest.fixture
def session(app, cast, now):
    """A session a week ahead; everything of the intake is open."""
    with app.app_context():
        schedule(cast.couple, cast.tess)
        found = sessions.create_session(
            actor=cast.tess,
            couple_id=cast.couple,
            new_id=uuid4(),
            details=sessions.SessionDetails(
                day=DAY + timedelta(days=7),
                at=time(18),
                minutes=60,
                person_id=None,
                format=SessionFormat.ROOM,
                status=SessionStatus.PLANNED,
            ),
        )
        db.session.commit()
    return found


def answer_all(app, sign_in, person):
    browser = sign_in(person)
    with app.app_context():
        waiting = measure_requests.portal_requests(actor=person)
    for item in waiting:
        send(browser, item)
    return browser


def send(browser, item):
    address = f"/my/questions/{item.request_id}"
    browser.get(address)
    answers = {key: str(value) for key, value in choose(item.measure.key).items()}
    sent = browser.post(address, answers | {"audience": "therapist"})
    assert sent.status_code == 303, sent.text
    return browser.get(sent.location)


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


# ---- portal -------------------------------------------------------------------------------


def test_home_and_list_say_what_is_open_for_what_and_how_long(app, cast, session, sign_in):
    ada = sign_in(cast.ada)
    home = words(ada.get("/my/"))
    assert "To begin with" in home
    assert "Six short parts" in home
    assert "by Friday 27 November" in home
    assert "Before you meet" not in home, "it opens later"
    page = words(ada.get("/my/questions"))
    assert page.count("only if you like") == 1
    with app.app_context():
        group = measure_requests.portal_requests(actor=cast.ada)
    minutes = sum(item.measure.minutes for item in group if not item.optional) + WRITING_MINUTES
    assert f"bout {minutes} minutes, and 1 minute more if you like" in page


def test_after_sending_one_the_next_is_offered_until_there_is_none(app, cast, session, sign_in):
    ada = sign_in(cast.ada)
    with app.app_context():
        waiting = list(measure_requests.portal_requests(actor=cast.ada))
    first, *rest = waiting
    page = send(ada, first)
    assert "There is one more" in page.text
    assert "Or stop here" in page.text
    follows = re.search(r'href="/my/questions/([^"/]+)"', page.text)[1]
    assert follows in {str(item.request_id) for item in rest}
    for item in rest:
        page = send(ada, item)
    assert "What you hope for: one to three things" in words(page)
    page = write_hopes(ada, page)
    assert "There is one more" not in page.text
    assert "Back to the first page" in page.text


def write_hopes(browser, page, **hopes):
    """Follow the way to the hopes from a page and write some; return the page that thanks."""
    address = re.search(r'href="(/my/goal-steps/[^"/]+)"', page.text)[1]
    sent = browser.post(address, {"hope_1": "More evenings together"} | hopes)
    assert sent.status_code == 303, sent.text
    return browser.get(sent.location)


def test_before_and_after_a_session_are_named_by_its_day(app, cast, session, sign_in, now):
    answer_all(app, sign_in, cast.ada)
    now.move_to("2026-11-26 12:00 +0000")
    assert "Before you meet on Friday 27 November" in words(sign_in(cast.ada).get("/my/"))
    now.move_to("2026-11-28 12:00 +0000")
    home = words(sign_in(cast.ada).get("/my/"))
    assert "Before you meet on" not in home
    assert "After you met on Friday 27 November" in home
    assert "until Monday 30 November" in home


def test_closed_questions_meet_a_calm_page(app, cast, session, sign_in, now):
    with app.app_context():
        (row,) = db.session.scalars(
            select(MeasureRequest).filter_by(person_id=cast.ada.person_id, session_id=session)
        )
        address = f"/my/questions/{row.id}"
    assert sign_in(cast.ada).get(address).status_code == 404
    now.move_to("2026-12-05 12:00 +0000")
    page = sign_in(cast.ada).get(address)
    assert page.status_code == 409
    assert "Nothing is missing" in page.text
    assert "missed" not in page.text


def test_an_empty_list_says_so(cast, sign_in):
    assert "Nothing is waiting for you" in sign_in(cast.ada).get("/my/questions").text


# ---- therapist ----------------------------------------------------------------------------


def test_the_table_says_how_it_stands_and_takes_not_needed(app, cast, session, sign_in):
    answer_all(app, sign_in, cast.ada)
    tess = sign_in(cast.tess)
    address = f"/couples/{cast.couple}/measures"
    text = words(tess.get(address))
    assert "CSI-16: done 20 November" in text
    assert "CSI-16: due" in text
    assert "After Friday 27 November" in text
    with app.app_context():
        row = db.session.scalars(
            select(MeasureRequest).filter_by(
                person_id=cast.ben.person_id, measure_key="who5", withdrawn_at=None
            )
        ).one()
        request = row.id
    assert tess.post(f"/measure-requests/{request}/withdraw").status_code == 303
    assert "not needed" in words(tess.get(address))
    assert tess.post(f"/measure-requests/{request}/again").status_code == 303
    assert "not needed" not in words(tess.get(address))


def test_what_is_due_stands_before_what_is_over_and_what_is_planned(app, cast, session, sign_in):
    answer_all(app, sign_in, cast.ada)
    page = sign_in(cast.tess).get(f"/couples/{cast.couple}/measures").text
    due, rest = page.split("Hand your device to", 1)
    assert "Intake" in due, "Ben can still answer it"
    assert "After Friday 27 November" not in due
    assert "After Friday 27 November" in rest.split("Planned (")[1]
    assert rest.count("Hand your device to") == 1, "Ada has her hopes to write, Ben everything"
    assert due.index('id="due-now"') < page.index('id="scale-csi16"')
    for anchor in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{anchor}"' in page, anchor


def test_what_is_scheduled_is_one_line_on_the_couples_page(cast, session, sign_in):
    text = words(sign_in(cast.tess).get(f"/couples/{cast.couple}"))
    assert "Ada , by the schedule: " in text


def battery_form(browser, address, **changes):
    """Return what a browser would send of the form as it stands, with changes."""
    page = browser.get(address).text
    data = {
        re.search(r'name="([^"]+)"', tag)[1]: re.search(r'value="([^"]*)"', tag)[1]
        for tag in re.findall(r"<input[^>]*>", page)
        if 'type="checkbox"' not in tag or " checked" in tag
    }
    data = {"save": "yes"} | data | changes
    return {name: value for name, value in data.items() if value is not None}


@pytest.mark.parametrize("scope", ["practice", "couple"])
def test_a_battery_is_changed_and_left_again(app, cast, session, sign_in, scope):
    address = "/settings/battery" if scope == "practice" else f"/couples/{cast.couple}/battery"
    tess = sign_in(cast.tess)
    data = battery_form(
        tess, address, review_first="3", intake__who5__optional=None, after_session__who5="y"
    )
    assert tess.post(address, data).status_code == 303
    page = tess.get(address).text
    assert re.search(r'name="review_first"[^>]*value="3"', page) or 'value="3"' in page
    assert "Last set by Tess Okafor" in page
    tag = re.search(r'<input[^>]*name="after_session__who5"[^>]*>', page)[0]
    assert " checked" in tag
    tag = re.search(r'<input[^>]*name="intake__who5__optional"[^>]*>', page)[0]
    assert " checked" not in tag
    assert tess.post(address, {"back": "yes"}).status_code == 303
    assert 'name="back"' not in tess.get(address).text
    with app.app_context():
        scope_id = None if scope == "practice" else cast.couple
        rows = db.session.scalars(select(BatterySetting).filter_by(couple_id=scope_id)).all()
        assert len(rows) >= 2, "what was set before is kept"


def test_what_cannot_be_asked_comes_back_with_what_was_chosen(cast, session, sign_in):
    address = f"/couples/{cast.couple}/battery"
    tess = sign_in(cast.tess)
    data = battery_form(tess, address, intake__csi4="y", review_first="99", review_every="x")
    page = tess.post(address, data)
    assert page.status_code == 422
    data["review_every"] = "6"
    page = tess.post(address, data)
    assert page.status_code == 422
    assert "CSI-16 and CSI-4 ask the same questions" in page.text
    assert "Choose 2 to 52." in page.text
    assert 'value="99"' in page.text
    assert " checked" in re.search(r'<input[^>]*name="intake__csi4"[^>]*>', page.text)[0]


def test_totals_are_not_offered(cast, sign_in):
    page = sign_in(cast.tess).get("/settings/battery").text
    assert 'name="intake__csi16"' in page
    assert "rdas" not in page


def test_the_schedule_is_switched_off_for_a_couple(cast, session, sign_in):
    tess = sign_in(cast.tess)
    address = f"/couples/{cast.couple}/battery"
    assert tess.post(address, battery_form(tess, address, active=None)).status_code == 303
    assert "asks nothing of this couple" in tess.get(f"/couples/{cast.couple}/measures").text
    assert "Nothing is waiting for you" in sign_in(cast.ada).get("/my/questions").text
