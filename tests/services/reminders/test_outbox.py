"""Who takes a mail in hand, and what becomes of it (R17). No mail server is needed here."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain.reminders.terms import Problem, ReminderKind, ReminderState
from practice.domain.reminders.trying import DELAYS, LEASE
from practice.domain.safety.mail_times import MailTimes
from practice.models.accounts import Account
from practice.models.reminders import Reminder
from practice.services import clock, measure_requests
from practice.services.reminders import choices, outbox
from tests.builders import leave
from tests.services.reminders.conftest import ALWAYS, address_of, call_safe, row


def test_a_claim_says_where_it_goes_and_no_second_worker_gets_it(mailing, mail):
    assert outbox.due() == [mail]
    errand = outbox.claim(mail)
    assert (errand.address, errand.ticket, errand.link) == (address_of(mailing.ada), 1, False)
    assert outbox.due() == []
    assert outbox.claim(mail) is None
    outbox.sent(errand)
    assert row().state is ReminderState.SENT
    assert outbox.claim(mail) is None


def test_the_claim_of_a_moment_ago_is_seen_by_who_read_the_row_before(mailing, mail, monkeypatch):
    """Two workers have both read the row as waiting; the database lets one of them have it."""
    both_saw = outbox._unchanged(db.session.get(Reminder, mail))
    assert outbox.claim(mail) is not None
    assert outbox._change(*both_saw, state=ReminderState.HELD, finished_at=clock.now()) == 0


@pytest.mark.parametrize("way", ["not safe", "left", "closed", "switched off", "done"])
def test_what_is_not_wanted_any_more_is_held(mailing, mail, way):
    if way == "not safe":
        call_safe(mailing.ada, None)
    elif way == "left":
        leave(mailing.couple, mailing.ada)
    elif way == "closed":
        mine = Account.person_id == mailing.ada.person_id
        db.session.scalar(select(Account).where(mine)).active = False
    elif way == "switched off":
        choices.choose(actor=mailing.ada, wanted=set(ReminderKind) - {ReminderKind.QUESTIONS})
    else:
        (request,) = measure_requests.portal_requests(actor=mailing.ada)
        measure_requests.withdraw_request(actor=mailing.tess, request_id=request.request_id)
    assert outbox.claim(mail) is None
    assert row().state is ReminderState.HELD
    assert row().attempts == 0


def test_a_new_address_holds_at_once(mailing, mail):
    from uuid import uuid4

    from practice.domain.safety.contact import Channel, SafeContact
    from practice.services import safe_contacts

    new = SafeContact({Channel.EMAIL: "new@post.example"}, mail=ALWAYS, sender="Tess")
    safe_contacts.save_own(actor=mailing.ada, new_id=uuid4(), contact=new)
    errand = outbox.claim(mail)
    assert (errand.address, errand.sender) == ("new@post.example", "Tess")


def test_outside_the_hours_it_waits_for_the_next_opening(mailing, mail, now):
    call_safe(mailing.ada, MailTimes((0,), time(9), time(10)))
    assert outbox.claim(mail) is None
    assert row().state is ReminderState.WAITING
    assert row().next_try_at == clock.moment_of(clock.today() + timedelta(days=3), time(9))
    assert outbox.due() == []
    now.shift(timedelta(days=2, hours=21))
    assert outbox.due() == [mail]
    assert outbox.claim(mail) is not None


def test_it_is_tried_with_growing_delays_and_then_given_up(mailing, mail, now):
    waits = []
    while row().state is ReminderState.WAITING:
        assert outbox.due() == [mail]
        errand = outbox.claim(mail)
        outbox.not_sent(errand, Problem.TRY_LATER)
        if row().state is ReminderState.WAITING:
            waits.append(row().next_try_at - clock.now())
            now.shift(waits[-1])
            call_safe(mailing.ada, MailTimes(tuple(range(7)), time(0), time(23, 59)))
    assert tuple(waits) == DELAYS
    assert row().attempts == len(DELAYS) + 1
    assert (row().state, row().problem) == (ReminderState.GIVEN_UP, Problem.TRY_LATER)


@pytest.mark.parametrize("problem", [one for one in Problem if one.lasts])
def test_what_the_server_refuses_for_good_is_not_tried_again(mailing, mail, problem):
    outbox.not_sent(outbox.claim(mail), problem)
    assert (row().state, row().problem) == (ReminderState.GIVEN_UP, problem)


def test_what_a_dead_worker_had_not_handed_over_is_sent_again(mailing, mail, now):
    outbox.claim(mail)
    now.shift(LEASE)
    assert outbox.take_back_stale() == 0
    now.shift(timedelta(seconds=1))
    assert outbox.take_back_stale() == 1
    assert outbox.due() == [mail]
    assert outbox.claim(mail).ticket == 2


def test_what_a_dead_worker_had_handed_over_is_never_sent_again(mailing, mail, now):
    assert outbox.handing_over(outbox.claim(mail))
    now.shift(LEASE + timedelta(seconds=1))
    assert outbox.take_back_stale() == 1
    assert row().state is ReminderState.PERHAPS_SENT
    assert outbox.due() == []


def test_a_worker_that_wakes_up_too_late_sends_nothing_and_changes_nothing(mailing, mail, now):
    late = outbox.claim(mail)
    now.shift(LEASE + timedelta(seconds=1))
    outbox.take_back_stale()
    other = outbox.claim(mail)
    assert not outbox.handing_over(late)
    outbox.not_sent(late, Problem.MAIL_REFUSED)
    outbox.sent(late)
    assert row().state is ReminderState.SENDING
    outbox.sent(other)
    assert row().state is ReminderState.SENT


def test_a_mail_that_stops_every_worker_is_given_up_in_the_end(mailing, mail, now):
    for _ in range(len(DELAYS) + 1):
        assert outbox.claim(mail) is not None
        now.shift(LEASE + timedelta(seconds=1))
        outbox.take_back_stale()
    assert (row().state, row().problem) == (ReminderState.GIVEN_UP, Problem.WORKER_STOPPED)


def test_the_outbox_holds_no_address_and_no_words(mailing, mail):
    """It is not sealed: whoever reads the database past the program learns a day and a state."""
    assert {column.name for column in Reminder.__table__.columns} == {
        "id",
        "person_id",
        "day",
        "state",
        "attempts",
        "planned_at",
        "next_try_at",
        "claimed_at",
        "handed_over_at",
        "finished_at",
        "problem",
    }
