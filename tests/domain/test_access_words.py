"""What the access log keeps of an address, what a client is told, and what is unusual."""

from datetime import UTC, datetime, timedelta

import pytest

from practice.domain.access_words import (
    MANY,
    SHORT,
    TOLD_TO_THEIR_AUTHOR,
    act_in_words,
    many_reads,
    network_of,
)
from practice.domain.visibility import Kind

START = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::"),
        ("::ffff:203.0.113.77", "::"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_of_an_address_the_network_is_kept(address, network):
    assert network_of(address) == network


def test_a_client_is_told_of_nothing_that_could_endanger_them():
    secret = {
        Kind.SCREENING,
        Kind.CLEARANCE,
        Kind.RISK_FLAG,
        Kind.SAFETY_PLAN,
        Kind.SAFEGUARDING,
        Kind.PROCESS_NOTE,
        Kind.JOINT_NOTE,
        Kind.MEMBER_NOTE,
        Kind.EVENT,
    }
    assert not secret & set(TOLD_TO_THEIR_AUTHOR)


def test_acts_are_told_in_words():
    assert act_in_words("joint_note.signed") == "joint notes: signed"
    assert act_in_words("couple") == "the couple’s page"
    assert act_in_words("bundle.issued.abc") == "bundle: issued, abc"


def reads(count, *, seconds, records=None):
    return [
        (START + timedelta(seconds=number * seconds), number % (records or count))
        for number in range(count)
    ]


def test_thirty_records_within_ten_minutes_are_many():
    (one,) = many_reads(reads(MANY, seconds=20))
    assert (one.began, one.records) == (START, MANY)
    assert one.ended - one.began <= SHORT


@pytest.mark.parametrize(
    "few",
    [
        reads(MANY - 1, seconds=1),
        reads(MANY, seconds=21),  # the last is 9 s later than ten minutes after the first
        reads(500, seconds=1, records=MANY - 1),
        [],
    ],
    ids=["29", "slowly", "the same again and again", "none"],
)
def test_fewer_slower_or_the_same_are_not(few):
    assert many_reads(few) == []


def test_one_long_stretch_is_told_once_with_all_its_records():
    (one,) = many_reads(reads(100, seconds=5))
    assert (one.began, one.records) == (START, 100)


def test_two_stretches_are_told_apart():
    later = [(at + timedelta(hours=2), record) for at, record in reads(MANY, seconds=1)]
    found = many_reads([*reads(MANY, seconds=1), *later])
    assert [one.records for one in found] == [MANY, MANY]
