"""The policy: its whole outcome under review, and the rules that matter most by name."""

import itertools
from dataclasses import replace
from uuid import UUID

import pytest

from practice.domain.acts import Operation, may
from practice.domain.people import Reader, Standing
from practice.domain.visibility import Audience, Decision, Facts, Kind, decide, seen_by_all

COUPLE, OTHER, ADA, BEN, TESS = (UUID(int=n) for n in range(5))
TREATING = Reader(TESS, COUPLE, Standing.TREATING)
PARTNER = Reader(BEN, COUPLE, Standing.MEMBER)


def record(kind=Kind.RESPONSE, audience=Audience.THERAPIST, **more):
    return Facts(couple_id=COUPLE, author_id=ADA, kind=kind, audience=audience, **more)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("audience", [Audience.PRIVATE, Audience.THERAPIST])
def test_a_partner_never_sees_what_the_other_did_not_share(kind, audience):
    for done, opened in itertools.product((False, True), repeat=2):
        facts = record(kind, audience, all_done=done, opened=opened)
        assert not decide(PARTNER, facts).allowed


def test_it_opens_for_the_partner_only_when_everybody_is_done():
    assert not decide(PARTNER, record(audience=Audience.WHEN_ALL_DONE)).allowed
    assert decide(PARTNER, record(audience=Audience.WHEN_ALL_DONE, all_done=True)).allowed


@pytest.mark.parametrize("done", [False, True])
def test_what_is_read_together_opens_in_a_session_and_not_by_writing(done):
    waits = record(Kind.HOMEWORK_ENTRY, Audience.IN_SESSION, all_done=done)
    assert decide(TREATING, waits).allowed
    assert not decide(PARTNER, waits).allowed
    opened = replace(waits, opened=True)
    assert decide(PARTNER, opened) == Decision(True, "members_see_it_once_opened_in_session")
    assert not decide(PARTNER, replace(opened, sealed=True)).allowed
    assert not decide(PARTNER, replace(opened, concerns=frozenset({ADA, TESS}))).allowed


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("kind", list(Kind))
def test_nobody_opens_in_a_session_but_the_therapist_what_was_written_for_one(kind, audience):
    facts = record(kind, audience)
    for reader in (PARTNER, Reader(ADA, COUPLE, Standing.MEMBER)):
        assert not may(reader, facts, Operation.OPEN).allowed
    waits = kind is Kind.HOMEWORK_ENTRY and audience is Audience.IN_SESSION
    assert may(TREATING, facts, Operation.OPEN).allowed == waits
    assert not may(TREATING, replace(facts, sealed=True), Operation.OPEN).allowed


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [pair for pair in itertools.product(Audience, Audience) if pair[0] != pair[1]],
)
def test_a_narrower_audience_never_lets_somebody_in_before_a_wider_one(narrow, wide):
    """The order of ``Audience`` is one of readers and of time: the choices rest on it."""
    if list(Audience).index(narrow) > list(Audience).index(wide):
        narrow, wide = wide, narrow
    readers = [
        Reader(person, COUPLE, standing) for person in (ADA, BEN, TESS) for standing in Standing
    ]
    for reader in readers:
        first = record(Kind.HOMEWORK_ENTRY, narrow)
        if decide(reader, first).allowed:
            assert decide(reader, replace(first, audience=wide)).allowed
        for done in (False, True):
            # Once everything that can open has opened, the wider one has no fewer readers either.
            last = record(Kind.HOMEWORK_ENTRY, narrow, all_done=done, opened=done)
            if decide(reader, last).allowed:
                assert decide(reader, replace(last, audience=wide)).allowed


def test_what_concerns_one_member_does_not_exist_for_the_other():
    only_ada = record(Kind.SESSION, Audience.COUPLE, concerns=frozenset({ADA}))
    assert not decide(PARTNER, only_ada).allowed
    assert decide(TREATING, only_ada).allowed


def test_process_notes_are_closed_even_to_the_treating_therapist():
    assert not decide(TREATING, record(Kind.PROCESS_NOTE, Audience.COUPLE)).allowed


def test_private_is_closed_to_the_therapist_too():
    assert not decide(TREATING, record(audience=Audience.PRIVATE)).allowed


def test_who_has_left_keeps_only_their_own_words():
    gone = Reader(ADA, COUPLE, Standing.FORMER)
    assert decide(gone, record()).allowed
    theirs = Facts(COUPLE, BEN, Kind.RESPONSE, Audience.COUPLE)
    assert not decide(gone, theirs).allowed


@pytest.mark.parametrize(
    ("kind", "audience", "done"), list(itertools.product(Kind, Audience, (False, True)))
)
def test_nobody_outside_sees_anything_not_even_the_author(kind, audience, done):
    facts = record(kind, audience, all_done=done)
    assert not decide(Reader(ADA, COUPLE, Standing.NONE), facts).allowed
    assert not decide(Reader(ADA, OTHER, Standing.MEMBER), facts).allowed


def test_a_joint_report_holds_only_what_each_reader_sees():
    shared = record(audience=Audience.COUPLE)
    assert seen_by_all([TREATING, PARTNER], shared)
    assert not seen_by_all([TREATING, PARTNER], record())


def test_an_unknown_case_is_hidden():
    decision = decide(PARTNER, record(audience=Audience.THERAPIST))
    assert decision == Decision(False, "hidden_by_default")
