"""What is in a bundle, what is left out, and what is taken out."""

import hashlib
import io
import re
import zipfile

import pytest

from practice.db import db
from practice.domain.releases.authorisations import Part, ReleaseKind
from practice.domain.releases.cases import RequestKind
from practice.domain.releases.passages import PASSAGE_REMOVED, PassageFate
from practice.domain.reports import Edition
from practice.domain.visibility import Audience
from practice.models.goals import GoalRating
from practice.models.releases import ReleaseBundle
from practice.models.responses import Response
from practice.services import clock, reports
from practice.services.errors import Invalid, Refused
from practice.services.releases import bundles, cases
from tests import exercises, measure_builders, release_record
from tests.builders import STARTED
from tests.release_builders import complete_case, decide_all, full_record, preview
from tests.reports.pdf_checks import text_of
from tests.world import make_world
from tests.worlds.releases import answers_of, ask, open_case, sign, tick_all


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
