"""Pages about reminders; and that no page ever waits for a mail server (R18)."""

import re
import socket
import threading
import time
from dataclasses import replace

import pytest
from sqlalchemy import select

from practice.cli.worker import rounds
from practice.config.mail import NONE, MailSettings
from practice.db import db
from practice.domain.reminders.terms import Problem, ReminderKind, ReminderState
from practice.models.reminders import Reminder, ReminderCause
from practice.services import clock, safe_contacts
from practice.services.caseload import caseload
from practice.services.reminders import choices
from tests.builders import make_couple
from tests.services.reminders.conftest import NIGHT_AND_DAY, ask, call_safe
from tests.support.post_office import SENDER

CONTACT = {
    "channels": ["email"],
    "place_email": "ada@post.example",
    "voicemail": "no",
    "mail_days": ["0", "4"],
    "mail_from": "09:00",
    "mail_until": "17:00",
    "mail_link": "no",
}


@pytest.fixture
def silent_server(app):
    """A mail server that takes a connection and never says a word."""
    before = app.extensions["practice"]
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.setblocking(False)
        port = listening.getsockname()[1]
        mail = MailSettings("127.0.0.1", SENDER, port, NONE, timeout=20.0)
        app.extensions["practice"] = replace(before, mail=mail)
        yield listening
    app.extensions["practice"] = before


def chosen(*kinds):
    return {"kinds": list(kinds), "save": "yes"}


def ada_waits(app, cast):
    with app.app_context():
        call_safe(cast.ada, NIGHT_AND_DAY)
        ask(cast, cast.ada)
        db.session.commit()


def send_in_the_background(app):
    def work():
        with app.app_context():
            rounds.plan()
            rounds.send_all(rounds.take_up())

    worker = threading.Thread(target=work)
    worker.start()
    return worker


def test_a_mail_server_that_hangs_delays_no_page(app, cast, sign_in, silent_server):
    ada_waits(app, cast)
    ada = sign_in(cast.ada)
    for address in ("/my/", "/my/reminders", "/my/contact"):
        ada.get(address)
    ada.post("/my/reminders", chosen("questions"))
    with pytest.raises(BlockingIOError):
        silent_server.accept()  # nobody of the web server has knocked
    worker = send_in_the_background(app)
    connection = None
    deadline = time.monotonic() + 20
    while connection is None and time.monotonic() < deadline:
        try:
            connection, _ = silent_server.accept()
        except BlockingIOError:
            time.sleep(0.02)
    assert connection is not None
    # The worker now waits for a word. Reading and writing go on as if it were not there.
    began = time.monotonic()
    ada.get("/my/reminders")
    ada.post("/my/reminders", chosen("questions", "homework"))
    assert worker.is_alive()
    assert time.monotonic() - began < 5  # far below the server's 20 seconds of silence
    connection.close()
    worker.join(20)
    with app.app_context():
        assert db.session.scalar(select(Reminder.state)) is ReminderState.WAITING


def test_a_partner_chooses_and_sees_when_mails_come(app, cast, sign_in):
    ada = sign_in(cast.ada)
    page = ada.get("/my/reminders")
    assert "This practice sends no e-mails at present." in page.text
    ada.post("/my/reminders", chosen("questions", "papers"))
    page = ada.get("/my/reminders")
    ticked = re.findall(r'value="([a-z]+)" checked|checked[^>]* value="([a-z]+)"', page.text)
    assert {"".join(one) for one in ticked} == {"questions", "papers"}
    with app.app_context():
        assert ReminderKind.HOMEWORK not in choices.own_choices(actor=cast.ada).wanted


def test_a_kind_that_is_not_offered_is_refused(app, cast, sign_in):
    ada = sign_in(cast.ada)
    answer = ada.post("/my/reminders", chosen("questions", "message"))
    assert answer.status_code == 422


def test_an_empty_form_that_nobody_meant_switches_nothing_off(app, cast, sign_in):
    ada = sign_in(cast.ada)
    assert ada.post("/my/reminders", {}).status_code == 200
    with app.app_context():
        own = choices.own_choices(actor=cast.ada)
        assert own.wanted == set(own.kinds)


def test_everything_can_be_switched_off(app, cast, sign_in):
    ada = sign_in(cast.ada)
    assert ada.post("/my/reminders", chosen()).status_code == 303
    with app.app_context():
        assert choices.own_choices(actor=cast.ada).wanted == set()


def test_the_form_takes_days_and_hours(app, cast, sign_in):
    ada = sign_in(cast.ada)
    ada.post("/my/contact", CONTACT)
    with app.app_context():
        times = safe_contacts.own_contact(actor=cast.ada).contact.mail
        assert times.words == "Monday and Friday, 09:00 to 17:00"
        assert not times.link


def test_whoever_no_longer_calls_e_mail_safe_need_not_untick_its_times(app, cast, sign_in):
    ada = sign_in(cast.ada)
    ada.post("/my/contact", CONTACT | {"channels": ["text"], "place_text": "07700 900100"})
    with app.app_context():
        contact = safe_contacts.own_contact(actor=cast.ada).contact
        assert (contact.mail, contact.mail_address) == (None, "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"mail_days": []}, "Choose a day, or leave the hours open as well."),
        ({"mail_from": ""}, "Choose an hour, or leave the days open as well."),
        ({"mail_until": ""}, "Choose an hour, or leave the days open as well."),
        ({"mail_until": "09:00"}, "Choose a later hour than the one before."),
        ({"place_email": "not one"}, "Enter one e-mail address"),
    ],
)
def test_what_the_form_cannot_take_it_says_beside_the_field(app, cast, sign_in, change, words):
    ada = sign_in(cast.ada)
    page = ada.post("/my/contact", CONTACT | change)
    assert page.status_code == 422
    assert words in page.text
    with app.app_context():
        assert safe_contacts.own_contact(actor=cast.ada).contact is None


def give_up(app, cast, couple_id=None):
    with app.app_context():
        call_safe(cast.ada, NIGHT_AND_DAY)
        db.session.commit()
        now = clock.now()
        db.session.add(
            Reminder(
                person_id=cast.ada.person_id,
                day=clock.today(),
                state=ReminderState.GIVEN_UP,
                problem=Problem.ADDRESS_REFUSED,
                next_try_at=now,
                finished_at=now,
                causes=[
                    ReminderCause(
                        couple_id=couple_id or cast.couple,
                        kind=ReminderKind.QUESTIONS,
                        person_id=cast.ada.person_id,
                    )
                ],
            )
        )
        db.session.commit()


def test_what_could_not_be_sent_is_said_where_the_therapist_looks(app, cast, sign_in):
    give_up(app, cast)
    with app.app_context():
        (couple,) = caseload(actor=cast.tess).couples
        assert "Ada: e-mails could not be sent" in [one.words for one in couple.reasons]
    tess = sign_in(cast.tess)
    address = f"/couples/{cast.couple}/people/{cast.ada.person_id}/contact"
    page = tess.get(address)
    assert "E-mails to Ada could not be sent since" in page.text
    assert "does not take mail for that address" in page.text
    assert "e-mails could not be sent" in tess.get("/").text
    # From the couple's page it is one click to where it is mended.
    couple_page = tess.get(f"/couples/{cast.couple}").text
    assert re.search(rf'E-mails could not be sent to <a href="{address}">Ada<', couple_page)
    assert "e-mails could not be sent" in tess.get(f"/couples/{cast.couple}/safety").text
    with app.app_context():
        call_safe(cast.ada, NIGHT_AND_DAY)
        db.session.commit()
        (couple,) = caseload(actor=cast.tess).couples
        assert "e-mails" not in str(couple.reasons)
    assert "E-mails to Ada could not be sent since" not in tess.get(address).text
    assert "could not be sent" not in tess.get(f"/couples/{cast.couple}").text


def test_what_was_for_another_couple_no_other_therapist_learns(app, cast, sign_in):
    with app.app_context():
        second = make_couple(cast.otto, [cast.ada, cast.cleo])
        db.session.commit()
    give_up(app, cast, couple_id=second)
    tess = sign_in(cast.tess)
    page = tess.get(f"/couples/{cast.couple}/people/{cast.ada.person_id}/contact")
    assert "could not be sent" not in page.text
    with app.app_context():
        (couple,) = caseload(actor=cast.tess).couples
        assert "e-mails" not in str(couple.reasons)
