"""Inviting a partner, and taking the invitation up."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from practice.db import db
from practice.domain.people import Role
from practice.models.accounts import Account, Invitation
from practice.models.records import AccessRecord
from practice.services import audit, invitations
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.invitations import InvitationStatus
from tests.builders import leave, make_couple, make_person

START = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
PASSWORD = "kettle otter violin"


@pytest.fixture
def eve(inside):
    """A member of a couple in Tess's care who cannot sign in yet."""
    person = make_person("Eve Sato", Role.PARTNER, account=False)
    other = make_person("Gil Sato", Role.PARTNER, account=False)
    couple = make_couple(inside.tess, [person, other])
    db.session.commit()
    return person, couple


def invite(cast, eve):
    person, couple = eve
    issued = invitations.invite(actor=cast.tess, couple_id=couple, person_id=person.person_id)
    db.session.commit()
    return issued


def accept(issued, **changes):
    values = {
        "token": issued.token,
        "spoken_code": issued.spoken_code,
        "sign_in_name": "Eve@Mail.example ",
        "password": PASSWORD,
    }
    person_id = invitations.accept(**(values | changes))
    db.session.commit()
    return person_id


def state(cast, eve):
    person, couple = eve
    found = invitations.invitation_states(actor=cast.tess, couple_id=couple)
    return found[person.person_id]


def wrong(issued):
    return f"{(int(issued.spoken_code) + 1) % 1_000_000:06d}"


def test_an_invitation_makes_one_account_for_exactly_that_person(inside, eve):
    issued = invite(inside, eve)
    person_id = accept(issued)
    assert person_id == eve[0].person_id
    account = db.session.query(Account).filter_by(person_id=person_id).one()
    assert account.role is Role.PARTNER
    assert account.sign_in_name == "eve@mail.example"
    assert state(inside, eve).status is InvitationStatus.ACCEPTED


def test_neither_link_nor_code_is_stored(inside, eve):
    issued = invite(inside, eve)
    row = db.session.query(Invitation).one()
    assert issued.token.encode() not in row.token_hash
    assert row.spoken_code_hash.startswith("$argon2id$")
    assert len(issued.token) >= 43
    assert len(issued.spoken_code) == 6
    assert issued.spoken_code.isdecimal()


def test_an_invitation_opens_once(inside, eve):
    issued = invite(inside, eve)
    accept(issued)
    with pytest.raises(NotFound):
        accept(issued, sign_in_name="another@mail.example")
    assert db.session.query(Account).filter_by(person_id=eve[0].person_id).count() == 1


def test_an_invitation_runs_out_after_three_days(inside, eve):
    with time_machine.travel(START, tick=False) as clock:
        issued = invite(inside, eve)
        assert state(inside, eve).moment == START + timedelta(hours=72)
        clock.shift(timedelta(hours=72) - timedelta(seconds=1))
        invitations.require_open(issued.token)
        clock.shift(1)
        assert state(inside, eve).status is InvitationStatus.EXPIRED
        with pytest.raises(NotFound):
            accept(issued)


def test_a_new_invitation_takes_the_place_of_the_earlier(inside, eve):
    first = invite(inside, eve)
    second = invite(inside, eve)
    with pytest.raises(NotFound):
        accept(first)
    accept(second)


def test_the_therapist_takes_an_invitation_back(inside, eve):
    assert state(inside, eve).status is InvitationStatus.NONE
    issued = invite(inside, eve)
    assert state(inside, eve).status is InvitationStatus.OPEN
    invitations.revoke(actor=inside.tess, couple_id=eve[1], person_id=eve[0].person_id)
    db.session.commit()
    assert state(inside, eve).status is InvitationStatus.REVOKED
    with pytest.raises(NotFound):
        accept(issued)


def test_five_wrong_codes_close_it_even_for_the_right_one(inside, eve):
    issued = invite(inside, eve)
    for _ in range(4):
        with pytest.raises(Invalid) as refusal:
            accept(issued, spoken_code=wrong(issued))
        assert set(refusal.value.errors) == {"spoken_code"}
        db.session.rollback()  # as a request does that answers 422
    with pytest.raises(NotFound):
        accept(issued, spoken_code=wrong(issued))
    with pytest.raises(NotFound):
        accept(issued)
    assert state(inside, eve).status is InvitationStatus.REVOKED


def test_right_codes_and_bad_passwords_cost_no_try(inside, eve):
    issued = invite(inside, eve)
    for _ in range(6):
        with pytest.raises(Invalid) as refusal:
            accept(issued, password="short")
        assert set(refusal.value.errors) == {"password"}
        with pytest.raises(Invalid) as refusal:
            accept(issued, sign_in_name="ada@mail.example")
        assert set(refusal.value.errors) == {"sign_in_name"}
        db.session.rollback()
    accept(issued, spoken_code=f" {issued.spoken_code[:3]} {issued.spoken_code[3:]}")


def test_whether_a_name_is_taken_is_not_said_without_the_code(inside, eve):
    issued = invite(inside, eve)
    refusals = []
    for name in ("ada@mail.example", "nobody@mail.example"):
        with pytest.raises(Invalid) as refusal:
            accept(issued, sign_in_name=name, spoken_code=wrong(issued))
        db.session.rollback()
        refusals.append(refusal.value.errors)
    assert refusals[0] == refusals[1]


def test_only_the_treating_therapist_invites_and_only_present_members(inside, eve):
    person, couple = eve
    for actor in (inside.otto, inside.ada):
        for act in (invitations.invite, invitations.revoke):
            with pytest.raises(NotFound):
                act(actor=actor, couple_id=couple, person_id=person.person_id)
        with pytest.raises(NotFound):
            invitations.invitation_states(actor=actor, couple_id=couple)
    with pytest.raises(NotFound):
        invitations.invite(actor=inside.tess, couple_id=couple, person_id=inside.cleo.person_id)
    leave(couple, person)
    with pytest.raises(NotFound):
        invitations.invite(actor=inside.tess, couple_id=couple, person_id=person.person_id)


def test_who_can_sign_in_needs_no_invitation(inside):
    with pytest.raises(Refused, match="Ada Lind can sign in already"):
        invitations.invite(
            actor=inside.tess, couple_id=inside.couple, person_id=inside.ada.person_id
        )
    states = invitations.invitation_states(actor=inside.tess, couple_id=inside.couple)
    assert set(states) == {inside.ada.person_id, inside.ben.person_id}
    assert {state.status for state in states.values()} == {InvitationStatus.ACCEPTED}


def test_unknown_links_are_not_found(inside):
    for token in ("", "x", "ä\ud800", "a" * 5000):
        with pytest.raises(NotFound):
            invitations.require_open(token)


def test_issuing_and_accepting_are_logged_without_any_secret(inside, eve):
    person, couple = eve
    issued = invitations.invite(actor=inside.tess, couple_id=couple, person_id=person.person_id)
    audit.finish(write_succeeded=True)
    accept(issued)
    audit.finish(write_succeeded=True)
    lines = [(line.person_id, line.what) for line in db.session.query(AccessRecord)]
    assert (inside.tess.person_id, "invitation.issued") in lines
    assert (person.person_id, "invitation.accepted") in lines
    assert issued.token not in str(lines)
