"""Over the whole record: what a mail can hold (S15), and on what it depends (the promise)."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from practice.cli.worker import rounds
from practice.db import db
from practice.domain.reminders.terms import ReminderState
from practice.domain.reminders.words import LINES, SUBJECT
from practice.models.reminders import Reminder, ReminderCause
from practice.services import clock
from tests.engines import one_engine
from tests.kept import kept
from tests.private_acts import everything_private
from tests.services.reminders.conftest import FRIDAY_NOON, call_safe
from tests.world import make_world
from tests.worlds.reminders import ask_to_sign, give_alone, plan_session

DAYS = 3


@pytest.fixture
def moment():
    with time_machine.travel(FRIDAY_NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def record(app, cast, moment, set_up, office):
    """Everybody's record, with a marked word in every field; both partners called e-mail safe."""
    set_up(office.settings(), public_address="https://dyad.example")
    return kept(app, "whole record", lambda: whole_record(cast))


def whole_record(cast):
    """No report and no file that leaves is among it: of those there is no mail."""
    world = make_world(cast, with_reports=False)
    for person in (cast.ada, cast.ben):
        give_alone(cast, person)
        ask_to_sign(cast, person)
    plan_session(cast, None, 1)
    return world


@pytest.fixture
def record_and_more(app, record):
    """As ``record``, and whatever is private of Ben on top of it."""

    def make():
        everything_private(record, record.cast.ben)
        return record

    return lambda: kept(app, "whole record and more", make)


@one_engine
def test_s15_every_mail_is_made_of_the_list_and_reaches_its_person(record_and_more, office):
    record = record_and_more()
    for person in (record.cast.ada, record.cast.ben):
        call_safe(person, sender="Two Chairs")
    db.session.commit()
    assert rounds.plan() == 2
    rounds.send_all(rounds.take_up())
    assert {address for addresses, _ in office.mails for address in addresses} == {
        "ada@post.example",
        "ben@post.example",
    }
    for addresses, mail in office.mails:
        assert len(addresses) == 1
        assert [one.addr_spec for one in mail["To"].addresses] == addresses
        assert mail["Subject"] == SUBJECT
        assert mail["From"].addresses[0].display_name == "Two Chairs"
        assert not mail.is_multipart()
        lines = {line for line in mail.get_content().splitlines() if line}
        assert lines <= LINES
        whole = mail.as_string()
        for canary in record.canaries:
            assert canary.word not in whole, canary.label
        for name in ("Lind", "Morrow", "Okafor", "csi", str(record.cast.couple)):
            assert name.lower() not in whole.lower()


def test_whether_and_when_somebody_gets_a_mail_depends_on_nothing_private_of_another(
    record, record_and_more, moment
):
    without = mails_over(record.cast.ada, moment)
    assert len(without) > 1
    assert any("appointment" in " ".join(one) for one in without)
    db.session.rollback()
    record_and_more()
    assert mails_over(record.cast.ada, moment) == without


@one_engine
def test_the_look_is_keen_enough_to_see_what_is_for_both(record, moment):
    without = mails_over(record.cast.ada, moment)
    plan_session(record.cast, None, 2)
    db.session.commit()
    assert mails_over(record.cast.ada, moment) != without


def mails_over(person, moment):
    """Return every column of somebody's mails of some days, and take them away again."""
    start = clock.now()
    for _ in range(DAYS):
        rounds.plan()
        now = clock.now()
        waiting = Reminder.state == ReminderState.WAITING
        sent = {"state": ReminderState.SENT, "finished_at": now}
        db.session.execute(update(Reminder).where(waiting).values(**sent))
        db.session.commit()
        moment.shift(timedelta(days=1))
    moment.move_to(start)
    columns = Reminder.__table__.c
    found = []
    mine = select(*columns).where(columns.person_id == person.person_id).order_by(columns.day)
    for row in db.session.execute(mine):
        causes = select(ReminderCause).where(ReminderCause.reminder_id == row.id)
        kinds = [f"{one.id} {one.kind.value}" for one in db.session.scalars(causes)]
        found.append((repr(tuple(row)), *sorted(kinds)))
    today = Reminder.day >= clock.today()
    ids = select(Reminder.id).where(today)
    db.session.execute(ReminderCause.__table__.delete().where(ReminderCause.reminder_id.in_(ids)))
    db.session.execute(Reminder.__table__.delete().where(today))
    db.session.commit()
    return found
