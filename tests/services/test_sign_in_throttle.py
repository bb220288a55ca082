"""Growing delays, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import time_machine

from practice.db import db
from practice.models.accounts import SignInAttempt
from practice.services import sign_in_throttle

START = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
HERE, THERE = "192.0.2.1", "192.0.2.2"


def attempt(subject="name ada", address=HERE):
    return sign_in_throttle.admit(subject=subject, address=address)


def test_five_tries_are_free_and_then_the_waits_grow(inside):
    with time_machine.travel(START, tick=False) as clock:
        assert [attempt().total_seconds() for _ in range(5)] == [0] * 5
        waits = []
        for _ in range(10):
            wait = attempt()
            waits.append(wait.total_seconds())
            clock.shift(wait)
            assert attempt() == timedelta()
        assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900]


def test_asking_too_early_does_not_make_the_wait_longer(inside):
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(5):
            attempt()
        assert [attempt().total_seconds() for _ in range(20)] == [2] * 20
        clock.shift(2)
        assert attempt() == timedelta()


def test_another_address_is_not_held_up(inside):
    with time_machine.travel(START, tick=False):
        for _ in range(100):
            attempt()
        assert attempt(address=THERE) == timedelta()


def test_one_address_waits_whatever_the_names(inside):
    with time_machine.travel(START, tick=False):
        waits = [attempt(f"name {number}") for number in range(21)]
        assert waits[:20] == [timedelta()] * 20
        assert waits[20] > timedelta()
        assert attempt("name somebody else", THERE) == timedelta()


def test_a_right_password_frees_the_name_but_not_the_address(inside):
    with time_machine.travel(START, tick=False):
        for number in range(19):
            attempt(f"name {number}")
        attempt("name ada")
        sign_in_throttle.pardon(subject="name ada", address=HERE)
        assert attempt("name ada") == timedelta()  # the twentieth again
        assert attempt("name ada") > timedelta()


def test_failures_are_forgotten_after_a_day(inside):
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(6):
            attempt()
        clock.shift(timedelta(hours=24))
        assert [attempt().total_seconds() for _ in range(5)] == [0] * 5
        assert db.session.query(SignInAttempt).count() == 2


def test_a_clock_that_was_put_back_holds_nobody_up(inside):
    with time_machine.travel(START + timedelta(days=40), tick=False):
        for _ in range(12):
            attempt()
    with time_machine.travel(START, tick=False):
        assert attempt() == timedelta()


def test_of_many_tries_at_once_five_are_heard(app, inside):
    def one(_):
        with app.app_context():
            return attempt() == timedelta()

    with ThreadPoolExecutor(8) as threads:
        heard = list(threads.map(one, range(24)))
    assert sum(heard) == 5


def test_neither_names_nor_addresses_are_stored(inside):
    attempt("name ada@mail.example")
    keys = [row.key for row in db.session.query(SignInAttempt)]
    assert len(keys) == 2
    assert not any("ada" in key or HERE in key for key in keys)
