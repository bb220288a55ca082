"""How long somebody waits after wrong passwords."""

from datetime import timedelta

import pytest

from practice.domain.sign_in_delay import address_group, in_words, wait_after


def test_delays_double_from_two_seconds_to_a_quarter_of_an_hour():
    waits = [wait_after(failures, free=5).total_seconds() for failures in range(16)]
    assert waits == [0, 0, 0, 0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_no_number_of_failures_locks_for_good():
    assert wait_after(2_000_000_000, free=5) == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix socket", "unix socket"),
    ],
)
def test_a_household_of_ipv6_is_one_address(address, group):
    assert address_group(address) == group


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "1 second"),
        (1.5, "2 seconds"),
        (59, "59 seconds"),
        (61, "2 minutes"),
        (900, "15 minutes"),
    ],
)
def test_a_wait_is_said_rounded_up(seconds, words):
    assert in_words(timedelta(seconds=seconds)) == words
