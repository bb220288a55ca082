"""Who learns when somebody was sent a mail, and that it could not be sent."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from practice.cli.worker import rounds
from practice.cli.worker.queue import make_queue
from practice.db import db
from practice.domain.people import Role
from practice.domain.releases.cases import RequestKind
from practice.domain.reminders.stuck import Outcome, stuck
from practice.domain.reminders.terms import Problem, ReminderKind, ReminderState
from practice.models.reminders import Reminder, ReminderCause, ReminderOptOut
from practice.services import audit, caseload
from practice.services.erasure import desk
from practice.services.errors import NotFound
from practice.services.own_export import export
from practice.services.reminders import choices, history, outbox
from tests.builders import PASSWORD, make_couple, make_person
from tests.services.reminders.conftest import ask, call_safe
from tests.worlds.releases import open_case, tick_all
from tests.worlds.reminders import give_alone

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
GIVEN_UP, SENT, HELD = ReminderState.GIVEN_UP, ReminderState.SENT, ReminderState.HELD


def outcome(day, state):
    return Outcome(NOON + timedelta(days=day), state, Problem.TRY_LATER)


@pytest.mark.parametrize(
    ("outcomes", "said_on", "since"),
    [
        ([], None, None),
        ([(0, SENT)], None, None),
        ([(0, GIVEN_UP)], None, 0),
        ([(0, GIVEN_UP), (1, GIVEN_UP)], None, 0),
        ([(1, GIVEN_UP), (0, SENT)], None, 1),
        ([(0, GIVEN_UP), (1, SENT)], None, None),
        ([(0, GIVEN_UP), (1, ReminderState.PERHAPS_SENT)], None, None),
        ([(0, GIVEN_UP), (1, HELD)], None, 0),
        ([(0, GIVEN_UP)], 1, None),
        ([(0, GIVEN_UP), (2, GIVEN_UP)], 1, 2),
    ],
)
def test_mail_is_stuck_since_the_first_that_was_given_up(outcomes, said_on, since):
    said_at = None if said_on is None else NOON + timedelta(days=said_on)
    found = stuck([outcome(*one) for one in outcomes], said_at=said_at)
    assert (found.since if found else None) == (
        None if since is None else NOON + timedelta(days=since)
    )


@pytest.fixture
def given_up(mailing):
    """A mail to Ada that the server refused."""
    ask(mailing, mailing.ada)
    db.session.commit()
    rounds.plan()
    outbox.not_sent(outbox.claim(outbox.due()[0]), Problem.ADDRESS_REFUSED)
    db.session.commit()
    return mailing


def to_ada(cast, actor, couple_id=None):
    return history.mails_to(
        actor=actor, couple_id=couple_id or cast.couple, person_id=cast.ada.person_id
    )


def test_who_may_see_how_to_reach_somebody_sees_it_and_nobody_else(given_up):
    rita = make_person("Rita Bell", Role.RECEPTION)
    for actor in (given_up.tess, rita, given_up.ada):
        found = to_ada(given_up, actor)
        assert found.stuck.problem is Problem.ADDRESS_REFUSED
        assert [line.state for line in found.lines] == [GIVEN_UP]
    for actor in (given_up.ben, given_up.finn, given_up.otto, given_up.cleo):
        with pytest.raises(NotFound):
            to_ada(given_up, actor)


def test_the_caseload_says_it_to_who_treats_them(given_up, now):
    (couple,) = caseload.caseload(actor=given_up.tess).couples
    assert "Ada: e-mails could not be sent" in [one.words for one in couple.reasons]
    now.shift(timedelta(minutes=1))
    call_safe(given_up.ada)
    (couple,) = caseload.caseload(actor=given_up.tess).couples
    assert "e-mails" not in str(couple.reasons)
    assert to_ada(given_up, given_up.tess).stuck is None


def test_of_another_couple_a_therapist_learns_nothing(given_up):
    second = make_couple(given_up.otto, [given_up.ada, given_up.cleo])
    found = to_ada(given_up, given_up.otto, second)
    assert (found.lines, found.stuck) == ((), None)
    (_, *_) = caseload.caseload(actor=given_up.otto).couples
    assert "e-mails" not in str(caseload.caseload(actor=given_up.otto).couples)


def test_it_stands_in_ones_own_file_and_what_was_switched_off_in_that_alone(given_up):
    choices.choose(actor=given_up.ada, wanted=set(ReminderKind) - {ReminderKind.HOMEWORK})
    own = in_file(export.export_own(actor=given_up.ada, password=PASSWORD))
    assert [one["state"] for one in own["reminders"]] == ["could not be sent"]
    assert [one["not_wanted"] for one in own["reminder_choices"]] == ["Homework"]
    assert own["contact"][0]["reminders_by_e_mail"].startswith("every day, 08:00 to 20:00")
    other = in_file(export.export_own(actor=given_up.ben, password=PASSWORD))
    assert (other["reminders"], other["reminder_choices"]) == ([], [])


def in_file(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = json.loads(archive.read("own-data.json"))
    return found.get("parts", found)


def test_an_erasure_takes_it_all_and_leaves_the_others(given_up):
    give_alone(given_up, given_up.ben)
    choices.choose(actor=given_up.ada, wanted=())
    db.session.commit()
    rounds.plan()
    case = open_case(given_up, RequestKind.ERASURE, about=given_up.ada)
    tick_all(given_up, case)
    desk.erase(actor=given_up.tess, case_id=case, typed_name=given_up.ada.name)
    audit.finish(write_succeeded=True)
    for table in (Reminder, ReminderCause, ReminderOptOut):
        left = set(db.session.scalars(select(table.person_id)))
        assert left <= {given_up.ben.person_id}
    assert db.session.query(Reminder).count() == 1


def test_an_erasure_within_one_couple_takes_its_causes(given_up):
    second = make_couple(given_up.otto, [given_up.ada, given_up.cleo])
    db.session.commit()
    case = open_case(given_up, RequestKind.ERASURE, about=given_up.ada)
    tick_all(given_up, case)
    desk.erase(actor=given_up.tess, case_id=case, typed_name=given_up.ada.name)
    audit.finish(write_succeeded=True)
    assert db.session.query(ReminderCause).count() == 0
    assert to_ada(given_up, given_up.otto, second).lines == ()


def test_the_queue_holds_ids_alone_and_signed(app, inside, set_up, office):
    """On either engine: a file beside SQLite, a schema of its own in PostgreSQL."""
    from dataclasses import replace

    before = app.extensions["practice"]
    app.extensions["practice"] = replace(before, testing=False, mail=office.settings())
    try:
        queue = make_queue(app)
    finally:
        app.extensions["practice"] = before
    waiting = str(inside.ada.person_id)
    queue.send(waiting)
    raw = queue.huey.storage.dequeue()
    assert waiting.encode() in raw
    assert b"Ada" not in raw
    task = queue.huey.deserialize_task(raw)
    assert task.args == (waiting,)
    with pytest.raises(ValueError, match="mismatch"):
        queue.huey.deserialize_task(raw[:-1] + b"x")
    if before.is_sqlite:
        assert (before.instance / "queue.db").stat().st_mode & 0o077 == 0
    else:
        tables = db.session.scalars(
            select(db.text("table_schema"))
            .select_from(db.text("information_schema.tables"))
            .where(db.text("table_name LIKE 'huey%'"))
        )
        assert set(tables) == {"dyad_queue"}
    queue.huey.storage.close()
