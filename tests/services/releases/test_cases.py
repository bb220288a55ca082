"""Cases, their signatures and who may see them."""

import pytest

from practice.domain.people import Actor
from practice.domain.releases.cases import Outcome
from practice.services import clock
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.releases import authorisations, bundles, cases, passages, portal
from tests.release_builders import preview
from tests.worlds.releases import answers_of, ask, open_case, sign, tick_all


def test_a_case_is_released_only_with_every_check_and_stays_as_it_is(cast, case):
    with pytest.raises(Invalid):
        cases.decide(
            actor=cast.tess, case_id=case, outcome=Outcome.RELEASED, reason="Yes.", sent=""
        )
    tick_all(cast, case)
    cases.decide(
        actor=cast.tess, case_id=case, outcome=Outcome.REFUSED, reason="No.", sent="A letter."
    )
    with pytest.raises(Refused):
        cases.tick(actor=cast.tess, case_id=case, keys=())
    view = cases.case_view(actor=cast.tess, case_id=case)
    assert (view.line.outcome, view.sent) == (Outcome.REFUSED, "A letter.")


def test_cases_are_numbered_through_the_practice(cast, case):
    second = open_case(cast)
    numbers = [cases.case_view(actor=cast.tess, case_id=one).line.number for one in (case, second)]
    assert numbers == [1, 2]


def test_the_owner_sees_cases_of_others_and_nothing_clinical_of_them(cast, case):
    owner = Actor(cast.otto.person_id, cast.otto.role, cast.otto.name, is_owner=True)
    (line,) = cases.cases(actor=owner)
    assert (line.requester, line.in_care) == ("Marsh and Co", False)
    view = cases.case_view(actor=owner, case_id=case)
    assert (view.wanted, view.reason, view.may_release) == ("", "", False)
    cases.tick(actor=owner, case_id=case, keys=["identity"])
    for act in (authorisations.asked_views, bundles.bundles_of, passages.passages):
        with pytest.raises(NotFound):
            act(actor=owner, case_id=case)
    assert cases.cases(actor=cast.otto) == ()


def test_one_signs_in_ones_own_name_alone(cast, case):
    ask(cast, case)
    own = answers_of(cast, case)
    with pytest.raises(NotFound):
        portal.sign(actor=cast.ada, authorisation_id=own["ben"], typed_name=cast.ada.name)
    with pytest.raises(Invalid):
        portal.sign(actor=cast.ada, authorisation_id=own["ada"], typed_name="Ben Morrow")
    with pytest.raises(NotFound):
        portal.own_authorisation(actor=cast.tess, authorisation_id=own["ada"])


def test_a_refusal_can_be_thought_over_and_a_revocation_cannot(cast, case):
    ask(cast, case)
    own = answers_of(cast, case)["ada"]
    portal.refuse(actor=cast.ada, authorisation_id=own)
    sign(cast, case, cast.ada)
    portal.revoke(actor=cast.ada, authorisation_id=own)
    with pytest.raises(Refused):
        sign(cast, case, cast.ada)


def test_a_signature_on_paper_counts_and_can_be_revoked_by_word(cast, case):
    ask(cast, case)
    sign(cast, case, cast.ada)
    own = answers_of(cast, case)["ben"]
    authorisations.record_on_paper(
        actor=cast.tess,
        authorisation_id=own,
        signed_name="Ben Morrow",
        signed_on=clock.today(),
    )
    assert preview(cast, case)
    authorisations.record_revocation(actor=cast.tess, authorisation_id=own)
    with pytest.raises(Refused):
        preview(cast, case)
