"""The calendar feed: by its address alone, one neutral word, and gone when it is ended (T29)."""

import re
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from icalendar import Calendar

from practice.db import db
from practice.domain.sessions import SessionFormat, SessionStatus
from practice.models.accounts import Account
from practice.models.calendar import CalendarFeed
from practice.models.records import AccessRecord
from practice.services import accounts, calendar_feeds, memberships, sessions
from practice.services.calendar_feeds import WORD
from practice.services.errors import NotFound
from tests.browser import Browser
from tests.builders import PASSWORD, sign_in_name

PAGE = "/account/calendar"
ADDRESS = re.compile(r"http://[\w.]+(/account/appointments/[\w-]{43}\.ics)")
MONDAY = datetime(2026, 10, 19, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def plan(app, cast, day, at=time(18), person=None, minutes=75, couple=None, therapist=None):
    with app.app_context():
        session_id = sessions.create_session(
            actor=therapist or cast.tess,
            couple_id=couple or cast.couple,
            new_id=uuid4(),
            details=sessions.SessionDetails(
                day=day,
                at=at,
                minutes=minutes,
                person_id=person.person_id if person else None,
                format=SessionFormat.ROOM,
                status=SessionStatus.PLANNED,
                attendance={},
                next_steps="",
            ),
        )
        db.session.commit()
    return session_id


def address_of(browser, **fields):
    made = browser.post(PAGE, fields)
    assert made.status_code == 200
    (address,) = ADDRESS.findall(made.text)
    assert not ADDRESS.search(browser.get(PAGE).text), "shown once"
    return address


def fetch(app, address):
    answer = Browser(app).get(address)
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.text


def times_in(text):
    return [
        (event["dtstart"].dt.astimezone(UTC), event["dtend"].dt.astimezone(UTC))
        for event in Calendar.from_ical(text).walk("vevent")
    ]


def test_it_says_when_and_one_word_and_nothing_else(app, cast, sign_in):
    plan(app, cast, date(2026, 10, 22))
    text = fetch(app, address_of(sign_in(cast.ada)))
    (event,) = Calendar.from_ical(text).walk("vevent")
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "CLASS", "TRANSP"}
    assert event["summary"] == WORD
    for word in ("Ada", "Ben", "Tess", "Dyad", "therap", "counsel", "couple", str(cast.couple)):
        assert word.lower() not in text.lower()


def test_an_evening_stays_the_same_evening_when_the_clocks_go_back(app, cast, sign_in):
    plan(app, cast, date(2026, 10, 22))
    plan(app, cast, date(2026, 10, 29))
    address = address_of(sign_in(cast.ada))
    assert times_in(fetch(app, address)) == [
        (datetime(2026, 10, 22, 17, tzinfo=UTC), datetime(2026, 10, 22, 18, 15, tzinfo=UTC)),
        (datetime(2026, 10, 29, 18, tzinfo=UTC), datetime(2026, 10, 29, 19, 15, tzinfo=UTC)),
    ]


def test_what_a_partner_has_alone_is_in_it_only_if_they_chose_so(app, cast, sign_in):
    plan(app, cast, date(2026, 10, 22), person=cast.ada)
    ada, ben = sign_in(cast.ada), sign_in(cast.ben)
    of_ben = address_of(ben, with_alone="y")
    assert times_in(fetch(app, of_ben)) == []
    assert times_in(fetch(app, address_of(ada))) == []
    assert len(times_in(fetch(app, address_of(ada, with_alone="y")))) == 1


def test_nothing_in_it_changes_by_what_the_other_has_alone(app, cast, sign_in):
    plan(app, cast, date(2026, 10, 22))
    of_ben = address_of(sign_in(cast.ben), with_alone="y")
    before = fetch(app, of_ben)
    plan(app, cast, date(2026, 10, 21), at=time(9), person=cast.ada)
    address_of(sign_in(cast.ada), with_alone="y")
    assert fetch(app, of_ben) == before


def test_no_two_feeds_can_be_laid_beside_each_other_by_their_keys(app, cast, sign_in):
    moved = plan(app, cast, date(2026, 10, 22))
    keys = []
    for person in (cast.ada, cast.ben):
        address = address_of(sign_in(person))
        keys += re.findall(r"UID:(\S+)", fetch(app, address))
        assert str(moved) not in fetch(app, address)
    assert len(set(keys)) == 2


def test_a_therapist_finds_what_they_planned_with_couples_in_their_care(app, cast, sign_in):
    plan(app, cast, date(2026, 10, 22))
    plan(app, cast, date(2026, 10, 23), person=cast.ada)
    plan(app, cast, date(2026, 10, 24), couple=cast.other_couple, therapist=cast.otto)
    text = fetch(app, address_of(sign_in(cast.tess)))
    assert [begins.day for begins, _ in times_in(text)] == [22, 23]
    assert "Ada" not in text


def test_what_is_over_is_gone(app, cast, sign_in, on_a_monday):
    plan(app, cast, date(2026, 10, 22))
    address = address_of(sign_in(cast.ada))
    on_a_monday.move_to(MONDAY + timedelta(days=5))
    assert times_in(fetch(app, address)) == []


def test_only_the_newest_address_leads_anywhere_and_none_after_it_was_ended(app, cast, sign_in):
    ada = sign_in(cast.ada)
    first = address_of(ada)
    second = address_of(ada)
    gone = Browser(app).get(first)
    assert gone.status_code == 404
    assert gone.text == Browser(app).get("/account/appointments/" + "x" * 43 + ".ics").text
    fetch(app, second)
    ada.post(f"{PAGE}/end")
    assert Browser(app).get(second).status_code == 404


@pytest.mark.parametrize("what", ["password", "elsewhere", "closed", "command"])
def test_what_ends_sessions_ends_the_address(app, cast, sign_in, what):
    ada = sign_in(cast.ada)
    address = address_of(ada)
    name, new = sign_in_name(cast.ada.name), "kettle otter violin"
    if what == "password":
        ada.get("/account/password")
        fields = {"password": PASSWORD, "new_password": new, "new_password_confirm": new}
        assert ada.post("/account/password", fields).status_code == 302
    elif what == "elsewhere":
        ada.get("/account/security")
        ada.post("/account/security/end-others")
    else:
        with app.app_context():
            if what == "closed":
                db.session.query(Account).filter_by(sign_in_name=name).one().active = False
            else:
                accounts.end_sessions(sign_in_name=name)
            db.session.commit()
    assert Browser(app).get(address).status_code == 404


def test_a_separation_ends_the_addresses_of_both(app, cast, sign_in):
    addresses = [address_of(sign_in(person)) for person in (cast.ada, cast.ben, cast.cleo)]
    with app.app_context():
        memberships.end_membership(
            actor=cast.tess,
            couple_id=cast.couple,
            person_id=cast.ben.person_id,
            left_on=MONDAY.date(),
        )
        db.session.commit()
    assert [Browser(app).get(one).status_code for one in addresses] == [404, 404, 200]


def test_an_open_phone_is_not_enough_to_make_one(app, cast, sign_in, on_a_monday):
    ada = sign_in(cast.ada)
    on_a_monday.shift(timedelta(minutes=6))
    asked = ada.post(PAGE, {"with_alone": "y"})
    assert (asked.status_code, asked.location) == (303, f"/account/confirm?next={PAGE}")
    with app.app_context():
        assert db.session.query(CalendarFeed).count() == 0


def test_the_secret_stands_in_no_table_and_each_reading_is_logged(app, cast, sign_in):
    address = address_of(sign_in(cast.ada))
    secret = address.rpartition("/")[2].removesuffix(".ics")
    fetch(app, address)
    with app.app_context():
        feed = db.session.query(CalendarFeed).one()
        assert secret.encode() not in feed.token_hash
        lines = db.session.query(AccessRecord).filter(AccessRecord.what.startswith("calendar_feed"))
        assert [(one.what, one.how, one.person_id) for one in lines.order_by(AccessRecord.at)] == [
            ("calendar_feed.begun", "written", cast.ada.person_id),
            ("calendar_feed", "read", cast.ada.person_id),
        ]
        assert not [one for one in db.session.query(AccessRecord) if secret in (one.address or "")]


def test_the_front_desk_has_no_appointments_of_its_own(app, world, sign_in):
    rita = sign_in(world.actor("rita"))
    assert rita.get(PAGE).status_code == 404
    assert "Calendar</h2>" not in rita.get("/account/security").text
    with app.app_context(), pytest.raises(NotFound):
        calendar_feeds.begin(actor=world.actor("rita"), with_alone=False)
