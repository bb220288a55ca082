"""A joint record leaves only by those whose record it is, and not a second longer (S27)."""

import hashlib
from datetime import timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.releases.authorisations import ReleaseRule
from practice.domain.releases.cases import RequestKind
from practice.models.records import AccessRecord
from practice.services import audit, clock
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.releases import authorisations, bundles, cases, portal, rules
from practice.services.releases.bundles import NoLongerHolds
from tests import release_record
from tests.builders import STARTED
from tests.release_builders import decide_all, issued, preview
from tests.reports.pdf_checks import text_of
from tests.worlds.releases import answers_of, ask, open_case, sign, tick_all


def test_s27_a_joint_record_leaves_with_the_consent_of_both_and_no_less(cast, case):
    ask(cast, case)
    for signed in (), (cast.ada,):
        sign(cast, case, *signed)
        with pytest.raises(Refused, match="no authorisation holds"):
            preview(cast, case)
    sign(cast, case, cast.ben)
    bundle = issued(cast, case)
    assert bundles.file_of(actor=cast.tess, bundle_id=bundle).content.startswith(b"%PDF")


def test_s27_from_the_second_of_a_revocation_nothing_is_handed_out(cast, case):
    ask(cast, case)
    sign(cast, case, cast.ada, cast.ben)
    bundle = issued(cast, case)
    portal.revoke(actor=cast.ben, authorisation_id=answers_of(cast, case)["ben"])
    with pytest.raises(NoLongerHolds):
        bundles.file_of(actor=cast.tess, bundle_id=bundle)
    with pytest.raises(Refused):
        preview(cast, case)


def test_s27_what_has_run_out_lets_nothing_leave(cast, case):
    ask(cast, case, expires_on=clock.today() + timedelta(days=3))
    sign(cast, case, cast.ada, cast.ben)
    bundle = issued(cast, case)
    with clock.pretend(clock.now() + timedelta(days=3)):
        assert bundles.file_of(actor=cast.tess, bundle_id=bundle)
    later = clock.pretend(clock.now() + timedelta(days=4))
    with later, pytest.raises(NoLongerHolds):
        bundles.file_of(actor=cast.tess, bundle_id=bundle)


def test_s27_what_was_looked_at_is_what_is_issued_byte_for_byte(cast, case):
    release_record.note(cast, release_record.session(cast), "They talked.")
    ask(cast, case)
    sign(cast, case, cast.ada, cast.ben)
    tick_all(cast, case)
    bundle = preview(cast, case)
    looked_at = bundles.file_of(actor=cast.tess, bundle_id=bundle).content
    bundles.issue(actor=cast.tess, bundle_id=bundle)
    handed_out = bundles.file_of(actor=cast.tess, bundle_id=bundle).content
    assert handed_out == looked_at
    (line,) = bundles.bundles_of(actor=cast.tess, case_id=case)
    assert line.sha256 == hashlib.sha256(handed_out).hexdigest()
    number = cases.case_view(actor=cast.tess, case_id=case).line.number
    text = text_of(handed_out)
    assert text.count(f"Case {number} · for Marsh and Co") >= line.pages
    assert "copy 1" in text


def test_a_withdrawn_request_lets_nothing_leave(cast, case):
    asked = ask(cast, case)
    sign(cast, case, cast.ada, cast.ben)
    bundle = issued(cast, case)
    authorisations.withdraw(actor=cast.tess, request_id=asked)
    with pytest.raises(NoLongerHolds):
        bundles.file_of(actor=cast.tess, bundle_id=bundle)


def test_who_was_a_member_in_the_period_must_agree_also_after_leaving(cast, case):
    ask(cast, case, first_day=STARTED)
    assert set(answers_of(cast, case)) == {"ada", "ben", "finn"}
    sign(cast, case, cast.ada, cast.ben)
    with pytest.raises(Refused):
        preview(cast, case)
    sign(cast, case, cast.finn)
    decide_all(cast, case)
    assert preview(cast, case)


def test_any_member_is_enough_only_where_that_was_agreed_before(cast, case):
    ask(cast, case)
    sign(cast, case, cast.ada)
    rules.choose(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        rule=ReleaseRule.ANY_MEMBER,
        agreed_on=clock.today(),
        reason="In the contract of both.",
    )
    with pytest.raises(Refused):
        preview(cast, case)  # asked under the old rule
    ask(cast, case)
    sign(cast, case, cast.ada)
    assert preview(cast, case)


def test_nothing_is_issued_while_a_check_is_open(cast, case):
    ask(cast, case)
    sign(cast, case, cast.ada, cast.ben)
    bundle = preview(cast, case)
    with pytest.raises(Refused, match="checks"):
        bundles.issue(actor=cast.tess, bundle_id=bundle)


def test_a_subpoena_lets_nothing_leave_without_signatures(cast):
    case = open_case(cast, RequestKind.SUBPOENA)
    tick_all(cast, case)
    with pytest.raises(Invalid) as refused:
        ask(cast, case, by_law=True)
    assert "by_law" in refused.value.errors


def test_a_court_order_lets_leave_once_every_check_is_done(cast):
    case = open_case(cast, RequestKind.COURT_ORDER)
    ask(cast, case, by_law=True)
    with pytest.raises(Refused):
        preview(cast, case)
    tick_all(cast, case)
    assert preview(cast, case)


def test_another_therapist_a_partner_and_a_co_therapist_let_nothing_leave(cast, case):
    ask(cast, case)
    sign(cast, case, cast.ada, cast.ben)
    bundle = issued(cast, case)
    release_record.join_care(cast, cast.otto)
    for actor in (cast.otto, cast.ada, cast.cleo):
        with pytest.raises(NotFound):
            bundles.file_of(actor=actor, bundle_id=bundle)
        with pytest.raises(NotFound):
            bundles.make_preview(actor=actor, case_id=case, new_id=uuid4(), recipient="Me")


def test_every_handing_out_is_in_the_log_with_its_check_sum(cast, case):
    ask(cast, case)
    sign(cast, case, cast.ada, cast.ben)
    bundle = issued(cast, case)
    bundles.file_of(actor=cast.tess, bundle_id=bundle)
    audit.finish(write_succeeded=True)
    (line,) = bundles.bundles_of(actor=cast.tess, case_id=case)
    logged = set(db.session.scalars(db.select(AccessRecord.what)))
    assert {f"bundle.{how}.{line.sha256[:40]}" for how in ("issued", "downloaded")} <= logged
