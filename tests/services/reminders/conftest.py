"""A practice that sends mail, and people who named it safe."""

from dataclasses import replace
from datetime import time
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select

from practice.cli.worker import rounds
from practice.db import db
from practice.domain.people import Actor
from practice.domain.safety.contact import Channel, SafeContact
from practice.domain.safety.mail_times import MailTimes
from practice.models.reminders import Reminder
from practice.services import safe_contacts
from tests import measure_builders
from tests.support.post_office import post_office

ALWAYS = MailTimes(tuple(range(7)), time(8), time(20))
NIGHT_AND_DAY = MailTimes(tuple(range(7)), time(0), time(23, 59))
FRIDAY_NOON = "2026-11-20 12:00 +0000"


@pytest.fixture
def now():
    with time_machine.travel(FRIDAY_NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def office():
    with post_office() as opened:
        yield opened


@pytest.fixture
def set_up(app, inside):
    """Let the installation have this mail server, until the test ends."""
    before = app.extensions["practice"]

    def change(mail, **more):
        app.extensions["practice"] = replace(before, mail=mail, **more)

    yield change
    app.extensions["practice"] = before


@pytest.fixture
def mailing(set_up, office, inside, now):
    """Ada and Ben each called e-mail safe; the mail server is up; nothing waits yet."""
    set_up(office.settings())
    for person in (inside.ada, inside.ben):
        call_safe(person)
    return inside


def address_of(person: Actor) -> str:
    return f"{person.first_name.lower()}@post.example"


def call_safe(person: Actor, times: MailTimes | None = ALWAYS, **more) -> None:
    ways = {Channel.EMAIL: address_of(person)}
    contact = SafeContact(ways=ways, mail=times, **more)
    safe_contacts.save_own(actor=person, new_id=uuid4(), contact=contact)


def ask(cast, person: Actor):
    """Let a questionnaire wait for somebody."""
    return measure_builders.ask(cast, person, "csi4")


@pytest.fixture
def mail(mailing):
    """A mail to Ada that waits in the outbox; returns its id."""
    ask(mailing, mailing.ada)
    db.session.commit()
    assert rounds.plan() == 1
    return db.session.scalar(select(Reminder.id))


def row() -> Reminder:
    """Return the one mail of the outbox as it is now."""
    db.session.expire_all()
    return db.session.scalar(select(Reminder))
