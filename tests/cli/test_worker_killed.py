"""R17: a worker that is killed at any step, and exactly one mail arrives. Real processes."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import flask_migrate
import pytest
from sqlalchemy import delete, select, update

from practice.cli.worker import rounds
from practice.db import db
from practice.domain.reminders.terms import ReminderState
from practice.domain.reminders.trying import LEASE
from practice.models.reminders import Reminder, ReminderCause
from practice.services import clock
from tests.engines import one_engine
from tests.services.reminders.conftest import NIGHT_AND_DAY, ask, call_safe, office, set_up
from tests.support.post_office import HANG, SENDER

pytestmark = one_engine
__all__ = ["office", "set_up"]

ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds; a process needs two to start, and the machine may be busy."""


@pytest.fixture
def waiting(set_up, office, inside):
    """A questionnaire waits for Ada, who may be written to at any hour; nothing is planned yet."""
    set_up(office.settings(timeout=5.0))
    call_safe(inside.ada, NIGHT_AND_DAY)
    ask(inside, inside.ada)
    db.session.commit()
    return inside


@pytest.fixture
def environment(app, office):
    """What tells a process of its own to work on the same instance and the same mail server."""
    return os.environ | {
        "PRACTICE_INSTANCE": str(app.extensions["practice"].instance),
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": str(office.port),
        "MAIL_USE_TLS": "false",
        "MAIL_DEFAULT_SENDER": SENDER,
        "PYTHONPATH": str(ROOT),
    }


def row() -> Reminder:
    db.session.rollback()
    return db.session.scalar(select(Reminder))


def let_the_lease_run_out() -> None:
    past = clock.now() - LEASE - timedelta(seconds=1)
    db.session.execute(update(Reminder).values(claimed_at=past))
    db.session.commit()


@pytest.fixture
def dying_worker(environment):
    """Return what runs a worker until it dies at a step, and says how it ended."""
    process = subprocess.Popen(
        [sys.executable, ROOT / "tests" / "support" / "dying_worker.py"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def run_until(step: str) -> int:
        process.stdin.write(f"{step}\n")
        process.stdin.flush()
        return int(process.stdout.readline())

    with process:
        yield run_until
        process.stdin.close()


def start_anew(office) -> None:
    db.session.execute(delete(ReminderCause))
    db.session.execute(delete(Reminder))
    db.session.commit()
    office.mails.clear()


# Arrived when it was killed; arrived in the end; what the outbox then says.
KILLED = {
    "before connecting": (0, 1, ReminderState.SENT),
    "before the address": (0, 1, ReminderState.SENT),
    "in the middle of the words": (0, 1, ReminderState.SENT),
    "after the words": (0, 1, ReminderState.SENT),
    # Only the mail server knows whether it came so far: never twice, and the page says "perhaps".
    "between the mark and the end": (0, 0, ReminderState.PERHAPS_SENT),
    "before the answer": (1, 1, ReminderState.PERHAPS_SENT),
    "before it is written down": (1, 1, ReminderState.PERHAPS_SENT),
}


def test_a_killed_worker_sends_exactly_once_or_says_perhaps(waiting, office, dying_worker):
    for step, (arrived, in_the_end, state) in KILLED.items():
        assert dying_worker(step) == -signal.SIGKILL, step
        wait_for(lambda many=arrived: len(office.mails) == many)
        assert row().state is ReminderState.SENDING, step
        rounds.send_all(rounds.take_up())
        assert len(office.mails) == arrived, step  # it may only be slow: the lease still runs
        let_the_lease_run_out()
        for _ in range(2):
            rounds.plan()
            rounds.send_all(rounds.take_up())
        assert row().state is state, step
        assert len(office.mails) == in_the_end, step
        start_anew(office)


def wait_for(is_so) -> None:
    """What a process sent before it died may be read a moment later."""
    deadline = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.01)


@pytest.fixture
def at_head(app, inside):
    """The tables of the tests were made without migrations; a worker asks for their number."""
    flask_migrate.stamp(directory=str(ROOT / "migrations"))
    yield
    db.session.rollback()
    db.session.execute(db.text("DROP TABLE alembic_version"))
    db.session.commit()


@contextmanager
def flask_worker(environment, log):
    """Run the command itself, with its queue and its threads."""
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "flask", "--app", "practice", "worker"],
            cwd=ROOT,
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_the_next_worker_sends_what_a_killed_one_had_in_hand_and_ends_cleanly(
    waiting, office, environment, at_head, tmp_path
):
    assert rounds.plan() == 1
    office.answers["RCPT"] = HANG
    log = tmp_path / "log"
    with flask_worker(environment, log) as killed:
        wait_for(lambda: "RCPT" in office.seen or killed.poll() is not None)
    assert killed.returncode == -signal.SIGKILL, log.read_text()
    assert row().state is ReminderState.SENDING
    office.answers.clear()
    let_the_lease_run_out()
    with flask_worker(environment, log) as process:
        wait_for(lambda: office.mails or process.poll() is not None)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0, log.read_text()
    said = log.read_text()
    assert len(office.mails) == 1, said
    assert row().state is ReminderState.SENT
    assert "worker ready: SQLite queue" in said
    assert "left behind by a worker that stopped: 1" in said
    assert "worker ended" in said
    assert f"mail {row().id}: sent at try 2" in said
    assert "Ada" not in said
    assert "@" not in said
