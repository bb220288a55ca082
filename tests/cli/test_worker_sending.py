"""R18: a mail server that is well, slow, refuses, hangs or breaks off. Real sockets, one engine."""

from datetime import timedelta

import pytest

from practice.cli.worker import post, rounds
from practice.cli.worker.queue import make_queue
from practice.config.mail import STARTTLS
from practice.db import db
from practice.domain.reminders.terms import Problem, ReminderState
from practice.domain.reminders.words import SUBJECT, WAITING
from tests.engines import one_engine
from tests.services.reminders import conftest as reminders
from tests.services.reminders.conftest import (
    call_safe,
    mail,
    mailing,
    now,
    office,
    row,
    set_up,
)
from tests.support.post_office import (
    DROP,
    HANG,
    SENDER,
    TAKE_AND_DROP,
    TAKE_AND_HANG,
    free_port,
)

pytestmark = one_engine
__all__ = ["mail", "mailing", "now", "office", "set_up"]

W, S, P, G = (
    ReminderState.WAITING,
    ReminderState.SENT,
    ReminderState.PERHAPS_SENT,
    ReminderState.GIVEN_UP,
)


def test_a_mail_is_neutral_and_goes_to_its_person_alone(mailing, office, mail, set_up):
    set_up(office.settings(), public_address="https://dyad.example")
    rounds.send(mail)
    assert row().state is S
    ((addresses, sent),) = office.mails
    assert addresses == [reminders.address_of(mailing.ada)]
    assert sent["Subject"] == SUBJECT
    assert sent["From"] == f"Appointments <{SENDER}>"
    assert sent["Message-ID"] == f"<{mail}@practice.example>"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert WAITING in sent.get_content()
    assert "http" not in sent.get_content()
    assert set(sent.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type",
        "Content-Transfer-Encoding", "MIME-Version", "X-Peer", "X-MailFrom", "X-RcptTo",
    } - ({"X-Peer", "X-MailFrom", "X-RcptTo"} - set(sent.keys()))  # fmt: skip


def test_the_address_for_signing_in_only_where_it_was_allowed(app, mailing, office, mail, set_up):
    from dataclasses import replace

    set_up(office.settings(), public_address="https://dyad.example")
    call_safe(mailing.ada, replace(reminders.ALWAYS, link=True), sender="Tess\r\nBcc: x@y.example")
    db.session.commit()
    rounds.send(mail)
    ((_, sent),) = office.mails
    assert app.test_client().get(post.SIGN_IN_PAGE).status_code == 200
    assert "https://dyad.example/account/sign-in" in sent.get_content().splitlines()
    assert sent["From"].addresses[0].display_name == "Tess Bcc x y.example"
    assert sent["Bcc"] is None


@pytest.mark.parametrize(
    ("command", "answer", "state", "problem"),
    [
        ("EHLO", HANG, W, Problem.NO_ANSWER),
        ("MAIL", "451 4.3.0 ada@post.example later", W, Problem.TRY_LATER),
        ("MAIL", "550 5.7.1 no ada@post.example", G, Problem.MAIL_REFUSED),
        ("RCPT", "450 4.2.0 greylisted ada@post.example", W, Problem.TRY_LATER),
        ("RCPT", "550 5.1.1 no such ada@post.example", G, Problem.ADDRESS_REFUSED),
        ("RCPT", HANG, W, Problem.NO_ANSWER),
        ("RCPT", DROP, W, Problem.BROKEN_OFF),
        ("DATA", "452 4.2.2 full ada@post.example", W, Problem.TRY_LATER),
        ("DATA", "554 5.6.0 no ada@post.example", G, Problem.MAIL_REFUSED),
        ("DATA", DROP, P, Problem.BROKEN_OFF),
        ("DATA", HANG, P, Problem.NO_ANSWER),
    ],
)
def test_what_a_server_can_do_to_us(mail, office, caplog, command, answer, state, problem):
    office.answers[command] = answer
    rounds.send(mail)
    assert (row().state, row().problem) == (state, problem)
    assert office.mails == []
    assert "ada@post.example" not in caplog.text
    assert str(mail) in caplog.text


@pytest.mark.parametrize("answer", [TAKE_AND_DROP, TAKE_AND_HANG])
def test_a_mail_that_was_perhaps_taken_is_not_sent_twice(mail, office, now, answer):
    office.answers["DATA"] = answer
    rounds.send(mail)
    assert row().state is P
    office.answers.clear()
    for _ in range(3):
        now.shift(timedelta(hours=1))
        rounds.plan()
        rounds.send_all(rounds.take_up())
    assert len(office.mails) == 1


@pytest.mark.parametrize("answer", ["450 greylisted", DROP])
def test_what_was_not_taken_is_sent_once_when_the_server_is_well(mail, office, now, answer):
    office.answers["RCPT"] = answer
    rounds.send(mail)
    assert rounds.take_up() == []
    office.answers.clear()
    now.shift(timedelta(minutes=5))
    rounds.send_all([*rounds.take_up(), mail, mail])
    assert row().state is S
    assert len(office.mails) == 1
    assert row().attempts == 2


def test_a_server_that_is_down(mail, office, set_up):
    set_up(office.settings(port=free_port()))
    rounds.send(mail)
    assert (row().state, row().problem) == (W, Problem.UNREACHABLE)


def test_nothing_goes_out_where_the_server_offers_no_encryption(mail, office, set_up):
    set_up(office.settings(security=STARTTLS))
    rounds.send(mail)
    assert (row().state, row().problem) == (W, Problem.NOT_ENCRYPTED)
    assert office.seen == ["EHLO"]


def test_a_sign_in_that_is_refused_is_tried_again(mail, office, set_up):
    set_up(office.settings(username="us", password="secret"))
    rounds.send(mail)
    assert (row().state, row().problem) == (W, Problem.SIGN_IN_REFUSED)


def test_a_worker_whose_time_is_up_sends_no_words(mail, office, monkeypatch):
    monkeypatch.setattr(rounds.outbox, "handing_over", lambda errand: False)
    rounds.send(mail)
    assert row().state is ReminderState.SENDING
    assert office.mails == []


def test_a_server_that_drips_is_cut_off(mail, office, monkeypatch):
    monkeypatch.setattr(post, "SENDING_SECONDS", 0.1)
    office.answers["RCPT"] = HANG
    rounds.send(mail)
    assert (row().state, row().problem) == (W, Problem.BROKEN_OFF)


def test_the_queue_takes_ids_and_sends(app, mail, office):
    db.session.rollback()
    queue = make_queue(app)
    assert queue.huey.immediate
    queue.send(str(mail))
    assert row().state is S
