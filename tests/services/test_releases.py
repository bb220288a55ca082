"""A joint record leaves only by those whose record it is, and not a second longer."""

import hashlib
import io
import re
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.domain.people import Actor
from practice.domain.releases.authorisations import Part, ReleaseKind, ReleaseRule
from practice.domain.releases.cases import Outcome, RequestKind
from practice.domain.releases.passages import PASSAGE_REMOVED, PassageFate
from practice.domain.reports import Edition
from practice.domain.visibility import Audience
from practice.models.goals import GoalRating
from practice.models.records import AccessRecord
from practice.models.releases import ReleaseBundle
from practice.models.responses import Response
from practice.services import audit, clock, reports
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.releases import authorisations, bundles, cases, passages, portal, rules
from practice.services.releases.bundles import NoLongerHolds
from tests import exercises, measure_builders, records, release_record
from tests.builders import STARTED
from tests.reports.pdf_checks import text_of
from tests.world import make_world
from tests.worlds.releases import answers_of, ask, open_case, sign, tick_all


@pytest.fixture
def cast(inside):
    return inside


@pytest.fixture
def case(cast):
    return open_case(cast)


def decide_all(cast, case, fate=PassageFate.REMOVE, reason=""):
    found = passages.passages(actor=cast.tess, case_id=case)
    passages.decide(
        actor=cast.tess,
        case_id=case,
        decided={one.passage.key: passages.Decided(fate, reason) for one in found},
    )
    return found


def preview(cast, case):
    return bundles.make_preview(
        actor=cast.tess, case_id=case, new_id=uuid4(), recipient="Marsh and Co"
    )


def issued(cast, case):
    tick_all(cast, case)
    bundle = preview(cast, case)
    bundles.issue(actor=cast.tess, bundle_id=bundle)
    return bundle


# ---- S27: nobody, one, two; revoked; expired ------------------------------------------------


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


# ---- what is in it ---------------------------------------------------------------------------


def full_record(cast):
    session = release_record.session(cast, next_steps="Walk on Sunday.")
    release_record.note(cast, session, "Calm.\nHis mother Vera rang.")
    release_record.note(cast, release_record.session(cast, days_ago=3), "Unsigned.", signed=False)
    records.make_process_note(session, cast.couple, cast.tess, body="Mine.")
    alone = release_record.session(cast, person=cast.ben, days_ago=4)
    release_record.note(cast, alone, "Seen alone.")
    task = exercises.give(cast)
    exercises.write(cast.ben, task, Audience.PRIVATE, noticed="for myself")
    exercises.write(cast.ben, task, Audience.THERAPIST, noticed="for Tess")
    measure_builders.answer(cast, cast.ada, "phq9", measure_builders.choose("phq9", phq_9=2))


def complete_case(cast, case, **overrides):
    ask(cast, case, last_day=clock.today(), **overrides)
    sign(cast, case, *(cast.ada, cast.ben))
    found = decide_all(cast, case)
    return found, text_of(bundles.file_of(actor=cast.tess, bundle_id=preview(cast, case)).content)


def test_a_bundle_holds_what_is_joint_and_signed_and_nothing_else(cast, case):
    full_record(cast)
    _, text = complete_case(cast, case)
    for held in ("Calm.", "Walk on Sunday."):
        assert held in text
    for kept in ("Unsigned.", "Mine.", "Seen alone.", "for myself", "for Tess", "PHQ-9"):
        assert kept not in text


def test_what_is_left_out_is_counted_without_what_the_lead_may_not_know_of(cast, case):
    complete_case(cast, case)
    task = exercises.give(cast)

    def left_out(audience, author=cast.ben):
        exercises.write(author, task, audience)
        exercises.settled()  # nobody writes and reads a bundle in one request
        bundle = preview(cast, case)
        return sum(bundles.preview(actor=cast.tess, bundle_id=bundle).left_out.values())

    before = left_out(Audience.THERAPIST)
    assert before
    assert left_out(Audience.PRIVATE) == before
    assert left_out(Audience.THERAPIST, cast.ada) == before + 1


def test_no_kind_counts_what_the_lead_may_not_know_of(cast, case):
    """Forms offer no private rating or answer; what an import or a later form brings counts not."""
    complete_case(cast, case)
    goals = [
        exercises.set_goal(cast, title="Talk in the evening"),
        exercises.set_goal(cast, title="Sleep", person_id=cast.ben.person_id),
    ]

    def left_out():
        exercises.settled()  # nobody writes and reads a bundle in one request
        bundle = preview(cast, case)
        return sum(bundles.preview(actor=cast.tess, bundle_id=bundle).left_out.values())

    before = left_out()
    rows = [
        db.session.get_one(GoalRating, exercises.rate(cast.ben, goal, 1, Audience.THERAPIST))
        for goal in goals
    ]
    answer = measure_builders.answer(cast, cast.ben, "csi4", audience=Audience.THERAPIST)
    rows.append(db.session.get_one(Response, answer))
    assert left_out() == before + 3
    for row in rows:
        row.audience = Audience.PRIVATE
    assert left_out() == before


def test_what_is_taken_out_is_not_in_the_file(cast, case):
    full_record(cast)
    found, text = complete_case(cast, case)
    assert [one.passage.found for one in found] == [("mother",)]
    assert "Vera" not in text
    assert PASSAGE_REMOVED in text
    bundle = db.session.scalars(db.select(ReleaseBundle)).one()
    assert b"Vera" not in bundle.content


def test_nothing_leaves_while_a_passage_is_undecided(cast, case):
    full_record(cast)
    ask(cast, case)
    sign(cast, case, cast.ada, cast.ben)
    with pytest.raises(Refused, match="1 of 1"):
        preview(cast, case)


def test_a_passage_is_kept_only_with_a_reason(cast, case):
    full_record(cast)
    ask(cast, case)
    sign(cast, case, cast.ada, cast.ben)
    with pytest.raises(Invalid):
        decide_all(cast, case, PassageFate.KEEP)
    decide_all(cast, case, PassageFate.KEEP, "She has agreed.")
    content = bundles.file_of(actor=cast.tess, bundle_id=preview(cast, case)).content
    assert "Vera" in text_of(content)


def test_names_one_adds_are_looked_for(cast, case):
    full_record(cast)
    cases.look_for(actor=cast.tess, case_id=case, names="Vera Morrow")
    ask(cast, case)
    sign(cast, case, cast.ada, cast.ben)
    decide_all(cast, case, PassageFate.NAMES)
    text = text_of(bundles.file_of(actor=cast.tess, bundle_id=preview(cast, case)).content)
    assert "His mother [name removed] rang." in text


def test_one_members_own_part_takes_that_members_agreement_alone(cast, case):
    full_record(cast)
    ask(cast, case, part=Part.OWN, person_id=cast.ben.person_id, last_day=clock.today())
    assert set(answers_of(cast, case)) == {"ben"}
    sign(cast, case, cast.ben)
    decide_all(cast, case)
    text = text_of(bundles.file_of(actor=cast.tess, bundle_id=preview(cast, case)).content)
    for held in ("Seen alone.", "for Tess"):
        assert held in text
    for kept in ("Calm.", "for myself", "Mine.", "PHQ-9"):
        assert kept not in text
    assert "Signed joint notes" in text.partition("Withheld")[2]


def test_no_word_that_is_not_for_all_or_of_a_signed_note_is_in_a_joint_bundle(cast):
    world = make_world(cast, with_reports=False)
    case = open_case(cast)
    ask(cast, case)
    sign(cast, case, cast.ada, cast.ben)
    decide_all(cast, case)
    content = bundles.file_of(actor=cast.tess, bundle_id=preview(cast, case)).content
    text = text_of(content).replace(" ", "")
    held = {canary.label for canary in world.canaries if canary.word in text}
    allowed = {c.label for c in world.canaries if {"tess", "ada", "ben"} <= c.readers}
    of_signed_notes = re.compile("jointnote|addendum|section[a-z]+|response(ada|ben)")
    assert {label for label in held - allowed if not of_signed_notes.fullmatch(label)} == set()
    assert held >= {"jointnote", "addendum", "steps", "sectionplan", "responseben"}


def test_process_notes_are_asked_for_by_themselves_and_never_bundled(cast, case):
    full_record(cast)
    ask(cast, case, part=Part.PROCESS_NOTES, kinds=())
    sign(cast, case, cast.ada, cast.ben)
    with pytest.raises(Refused, match="no authorisation holds"):
        preview(cast, case)


def test_what_changes_after_the_preview_stops_its_issue(cast, case):
    full_record(cast)
    ask(cast, case, last_day=clock.today())
    sign(cast, case, cast.ada, cast.ben)
    decide_all(cast, case)
    tick_all(cast, case)
    bundle = preview(cast, case)
    decide_all(cast, case, PassageFate.KEEP, "She has agreed.")
    with pytest.raises(Refused, match="changed"):
        bundles.issue(actor=cast.tess, bundle_id=bundle)


def test_issued_reports_lie_beside_it_as_they_were_issued(cast, case):
    release_record.session(cast)
    report = reports.issue_report(actor=cast.tess, couple_id=cast.couple, edition=Edition.JOINT)
    began = STARTED
    with pytest.raises(Invalid, match="first day of care"):
        ask(cast, case, kinds=(ReleaseKind.REPORTS,), last_day=clock.today())
    ask(cast, case, kinds=(ReleaseKind.REPORTS,), first_day=began, last_day=clock.today())
    sign(cast, case, cast.ada, cast.ben, cast.finn)
    found = bundles.file_of(actor=cast.tess, bundle_id=preview(cast, case))
    with zipfile.ZipFile(io.BytesIO(found.content)) as archive:
        assert archive.namelist() == ["record.pdf", "appendix-1.pdf"]
        assert hashlib.sha256(archive.read("appendix-1.pdf")).hexdigest() == report.sha256
        assert report.sha256 in text_of(archive.read("record.pdf")).replace(" ", "")


def test_subject_access_gives_what_notes_say_of_oneself_without_the_other(cast):
    body = "Ada spoke first.\nBen Morrow drinks.\nBoth tired."
    release_record.note(cast, release_record.session(cast), body)
    task = exercises.give(cast)
    for person in (cast.ada, cast.ben):
        exercises.write(
            person, task, Audience.WHEN_ALL_DONE, noticed=f"words of {person.first_name}"
        )
    case = open_case(cast, RequestKind.SUBJECT_ACCESS, about=cast.ada)
    ask(cast, case, by_law=True, last_day=clock.today())
    tick_all(cast, case)
    found = decide_all(cast, case)
    assert "Ben Morrow" in found[0].passage.found
    text = text_of(bundles.file_of(actor=cast.tess, bundle_id=preview(cast, case)).content)
    assert "Ada spoke first." in text
    assert "words of Ada" in text
    assert "drinks" not in text
    assert "Ben" not in text


# ---- cases -----------------------------------------------------------------------------------


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
