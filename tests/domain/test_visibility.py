"""The policy: its whole outcome under review, and the rules that matter most by name."""

import itertools
from uuid import UUID

import pytest

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
    for done in (False, True):
        assert not decide(PARTNER, record(kind, audience, all_done=done)).allowed


def test_it_opens_for_the_partner_only_when_everybody_is_done():
    assert not decide(PARTNER, record(audience=Audience.WHEN_ALL_DONE)).allowed
    assert decide(PARTNER, record(audience=Audience.WHEN_ALL_DONE, all_done=True)).allowed


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
