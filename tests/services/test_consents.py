"""Consents: versions, signing alone, taking back, and what each may know of it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.agreements import ConsentAct, Way
from practice.models.agreements import AgreementText, ConsentEvent
from practice.services import agreement_texts, clock, consents, own_agreements
from practice.services.agreement_texts import NewText
from practice.services.consents import ConsentState, OnPaper
from practice.services.errors import Invalid, NotFound, Refused
from tests.builders import leave

KEY = "treatment"


def new_version(inside, body="New words.", valid_from=None, key=KEY):
    new = NewText("How we work", body, "It ends.", valid_from or clock.today())
    agreement_texts.add_version(actor=inside.otto, key=key, new_id=uuid4(), new=new)


def address(inside, person, key=KEY):
    return own_agreements.agreement_id_of(inside.couple, person.person_id, key)


def sign(inside, person, version=1, key=KEY, **more):
    values = {"name": person.name, "agreed": True} | more
    own_agreements.sign(
        actor=person, agreement_id=address(inside, person, key), version=version, **values
    )


def state(inside, person, key=KEY):
    member, found = consents.member_consent(
        actor=inside.tess, couple_id=inside.couple, person_id=person.person_id, key=key
    )
    assert member.person_id == person.person_id
    return found.state


def ask(inside, person, **more):
    return consents.ask(
        actor=inside.tess, couple_id=inside.couple, person_id=person.person_id, **more
    )


def waiting(person):
    return {
        one.consent.key for one in own_agreements.own_agreements(actor=person) if one.is_waiting
    }


def test_from_asking_to_signing_to_a_new_version(inside):
    assert state(inside, inside.ada) is ConsentState.NOT_ASKED
    assert waiting(inside.ada) == set()
    assert ask(inside, inside.ada, keys=[KEY]) == 1
    assert ask(inside, inside.ada, keys=[KEY]) == 0
    assert waiting(inside.ada) == {KEY}
    sign(inside, inside.ada, name="  ada   LIND ")
    sign(inside, inside.ada)
    assert db.session.query(ConsentEvent).filter_by(act=ConsentAct.SIGNED).count() == 1
    assert state(inside, inside.ada) is ConsentState.SIGNED
    new_version(inside, valid_from=clock.today() + timedelta(days=1))
    assert state(inside, inside.ada) is ConsentState.SIGNED
    new_version(inside, "Newer still.", clock.today() + timedelta(days=1))
    assert waiting(inside.ada) == set()


def test_a_version_that_holds_asks_again_and_the_signed_one_stays_readable(inside):
    sign(inside, inside.ada)
    new_version(inside)
    assert state(inside, inside.ada) is ConsentState.OUTDATED
    assert waiting(inside.ada) == {KEY}
    found = own_agreements.own_agreement(actor=inside.ada, agreement_id=address(inside, inside.ada))
    assert [one.version for one in found.versions] == [2, 1]
    assert found.consent.signed.version.body != "New words."
    with pytest.raises(Refused, match="changed while"):
        sign(inside, inside.ada, version=1)
    sign(inside, inside.ada, version=2)
    assert state(inside, inside.ada) is ConsentState.SIGNED


def test_taking_back_keeps_the_history_and_can_be_asked_for_again(inside):
    sign(inside, inside.ben)
    for _ in range(2):
        own_agreements.withdraw(
            actor=inside.ben, agreement_id=address(inside, inside.ben), words="Not now."
        )
    assert state(inside, inside.ben) is ConsentState.WITHDRAWN
    assert waiting(inside.ben) == set()
    found = own_agreements.own_agreement(actor=inside.ben, agreement_id=address(inside, inside.ben))
    assert [line.act for line in found.consent.history] == [
        ConsentAct.WITHDRAWN,
        ConsentAct.SIGNED,
    ]
    assert found.consent.history[0].words == "Not now."
    assert ask(inside, inside.ben, keys=[KEY]) == 1
    sign(inside, inside.ben)
    assert state(inside, inside.ben) is ConsentState.SIGNED


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": "Ben Morrow"}, "name"), ({"name": " "}, "name"), ({"agreed": False}, "agreed")],
)
def test_a_signature_is_ones_own_name_and_a_tick(inside, wrong, field):
    with pytest.raises(Invalid) as problem:
        sign(inside, inside.ada, **wrong)
    assert list(problem.value.errors) == [field]
    assert state(inside, inside.ada) is ConsentState.NOT_ASKED


def test_nobody_signs_or_reads_for_another(inside):
    sign(inside, inside.ada)
    for who in (inside.ben, inside.finn, inside.cleo, inside.tess):
        for act in (
            lambda who=who: own_agreements.own_agreement(
                actor=who, agreement_id=address(inside, inside.ada)
            ),
            lambda who=who: own_agreements.sign(
                actor=who,
                agreement_id=address(inside, inside.ada),
                version=1,
                name=inside.ada.name,
                agreed=True,
            ),
            lambda who=who: own_agreements.withdraw(
                actor=who, agreement_id=address(inside, inside.ada)
            ),
        ):
            with pytest.raises(NotFound):
                act()
    for who in (inside.otto, inside.ada, inside.ben):
        with pytest.raises(NotFound):
            consents.couple_consents(actor=who, couple_id=inside.couple)
        with pytest.raises(NotFound):
            consents.ask(actor=who, couple_id=inside.couple, person_id=inside.ada.person_id)
    assert state(inside, inside.ada) is ConsentState.SIGNED


def test_whoever_has_left_keeps_and_takes_back_what_they_signed(inside):
    sign(inside, inside.ben)
    leave(inside.couple, inside.ben, on=clock.today())
    new_version(inside)
    (found,) = own_agreements.own_agreements(actor=inside.ben)
    assert not found.may_sign
    assert [one.version for one in found.versions] == [1]
    with pytest.raises(Refused):
        sign(inside, inside.ben, version=2)
    own_agreements.withdraw(actor=inside.ben, agreement_id=address(inside, inside.ben))
    assert state(inside, inside.ben) is ConsentState.WITHDRAWN
    with pytest.raises(NotFound):
        ask(inside, inside.ben)


def record(inside, act=ConsentAct.SIGNED, on=None, name="B. Morrow", words=""):
    consents.record(
        actor=inside.tess,
        couple_id=inside.couple,
        person_id=inside.ben.person_id,
        key=KEY,
        new=OnPaper(act, Way.PAPER, on or clock.today(), name, words),
    )


def test_paper_is_marked_as_written_down_by_the_therapist(inside):
    record(inside)
    _, found = consents.member_consent(
        actor=inside.tess, couple_id=inside.couple, person_id=inside.ben.person_id, key=KEY
    )
    assert (found.signed.way, found.signed.recorded_by) == (Way.PAPER, "Tess Okafor")
    with pytest.raises(Invalid):
        record(inside)
    record(inside, ConsentAct.WITHDRAWN, words="by letter")
    assert state(inside, inside.ben) is ConsentState.WITHDRAWN
    with pytest.raises(Invalid):
        record(inside, ConsentAct.WITHDRAWN)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"on": date(2100, 1, 1)}, "on_day"),
        ({"on": date(1989, 1, 1)}, "on_day"),
        ({"on": date(2019, 12, 31)}, "on_day"),
        ({"name": ""}, "name"),
    ],
)
def test_paper_that_cannot_be_is_refused(inside, wrong, field):
    with pytest.raises(Invalid) as problem:
        record(inside, **wrong)
    assert list(problem.value.errors) == [field]


def test_a_text_of_the_practices_own_can_be_retired(inside):
    new = NewText("House rules", "No shoes.", "", clock.today())
    key = agreement_texts.add_text(actor=inside.tess, new_id=uuid4(), new=new)
    ask(inside, inside.ada, keys=[key])
    agreement_texts.retire(actor=inside.tess, key=key, retired=True)
    assert key not in waiting(inside.ada)
    agreement_texts.retire(actor=inside.tess, key=key, retired=False)
    assert key in waiting(inside.ada)
    with pytest.raises(Refused):
        agreement_texts.retire(actor=inside.tess, key="secrets_limited", retired=True)
    with pytest.raises(NotFound):
        ask(inside, inside.ada, keys=["nothing"])


def test_versions_never_change_and_never_run_backwards(inside):
    new_version(inside)
    new = NewText("How we work", "New words.", "It ends.", clock.today())
    with pytest.raises(Invalid) as same:
        agreement_texts.add_version(actor=inside.tess, key=KEY, new_id=uuid4(), new=new)
    assert list(same.value.errors) == ["body"]
    with pytest.raises(Invalid) as early:
        new_version(inside, "Older?", clock.today() - timedelta(days=3))
    assert list(early.value.errors) == ["valid_from"]
    versions = agreement_texts.text_page(actor=inside.tess, key=KEY).versions
    assert [one.version for one in versions] == [2, 1]
    assert db.session.query(AgreementText).filter_by(key=KEY).count() == 2
    for who in (inside.ada, inside.cleo):
        with pytest.raises(NotFound):
            agreement_texts.texts(actor=who)
