"""What a report may say: filtered for its readers before anything is counted."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from practice.db import db
from practice.domain import visibility
from practice.domain.acts import Operation
from practice.domain.change import PartnerClass
from practice.domain.couple_class import CoupleClass
from practice.domain.homework.registry import get_template
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.people import Role, Standing
from practice.domain.reports import Edition
from practice.domain.sessions import Attendance
from practice.domain.visibility import Audience, Kind
from practice.models.couples import Couple
from practice.models.records import IssuedReport
from practice.reports.render import Rendered, report_html
from practice.services import access, clock, reports
from practice.services.errors import NotFound, Refused
from tests import builders
from tests.reports import cases

JUNE = date(2026, 6, 1)


def findings(who, couple, edition=Edition.JOINT):
    with clock.pretend(cases.NOW):
        return reports.outcome_findings(actor=who, couple_id=couple, edition=edition)


def joint(inside):
    return findings(inside.tess, inside.couple)


def clinician(inside):
    return findings(inside.tess, inside.couple, Edition.CLINICIAN)


def people(inside):
    return [inside.ada, inside.ben]


@pytest.mark.parametrize("who", ["otto", "ada", "ben", "cleo", "finn"])
@pytest.mark.parametrize("edition", list(Edition))
def test_only_the_treating_therapist_gets_a_report(inside, who, edition):
    with pytest.raises(NotFound):
        findings(getattr(inside, who), inside.couple, edition)


def test_a_couple_without_members_has_no_joint_edition(inside):
    for member in people(inside):
        builders.leave(inside.couple, member)
    with pytest.raises(Refused, match="no reader"):
        joint(inside)
    assert clinician(inside).couple_title == "Ada Lind, Ben Morrow and Finn Hale"


def private_response(inside):
    for audience in (Audience.PRIVATE, Audience.THERAPIST):
        cases.response(inside.couple, inside.ben, JUNE, {"csi16": 80, "csi4": 20}, audience)
        cases.response(
            inside.couple, inside.ben, date(2026, 1, 5), {"csi16": 3, "csi4": 1}, audience
        )
        cases.response(inside.couple, inside.ben, JUNE, {"trust": 1}, audience, "ratings")


def private_rating(inside):
    goal = db.session.scalars(select(cases.Goal)).first()
    for audience in (Audience.PRIVATE, Audience.THERAPIST):
        cases.rate(goal, inside.ben, -2, JUNE, audience, comment="CANARY")
    cases.rate(goal, inside.tess, -2, JUNE, Audience.THERAPIST)


def private_entries(inside):
    for task in db.session.scalars(select(cases.Assignment)):
        for offset in range(20):
            day = task.starts_on + timedelta(days=offset)
            audience = Audience.PRIVATE if offset % 2 else Audience.THERAPIST
            cases.entry(task, inside.ben, day, words="CANARY", audience=audience)


def individual_things(inside):
    cases.session(
        inside.couple, inside.tess, JUNE, {inside.ben: Attendance.ATTENDED}, alone=inside.ben
    )
    own = cases.goal(inside.couple, inside.ben, "CANARY goal of Ben", own=inside.ben)
    cases.rate(own, inside.ben, 2, JUNE)
    alone = cases.assignment(
        inside.couple, inside.tess, [inside.ben], JUNE, JUNE, given_to=GivenTo.ONE
    )
    cases.entry(alone, inside.ben, JUNE, words="CANARY")
    cases.request(inside.couple, inside.tess, inside.ben, JUNE, JUNE)


def test_what_somebody_shows_who_has_left_changes_nothing(inside):
    """What everybody else keeps private: ``tests/web/test_non_interference_world.py``."""
    cases.full_record(inside.couple, inside.tess, people(inside))
    before = joint(inside)
    cases.response(inside.couple, inside.finn, JUNE, {"csi16": 70, "csi4": 18})
    assert joint(inside) == before


@pytest.mark.parametrize(
    "act",
    [private_response, private_rating, private_entries, individual_things],
    ids=lambda act: act.__name__,
)
def test_what_the_therapist_may_see_does_change_the_clinicians_edition(inside, act):
    cases.full_record(inside.couple, inside.tess, people(inside))
    before = clinician(inside)
    act(inside)
    assert clinician(inside) != before


def test_a_private_answer_changes_no_edition(inside):
    cases.full_record(inside.couple, inside.tess, people(inside))
    request = cases.request(inside.couple, inside.tess, inside.ben, JUNE, JUNE)
    before = clinician(inside)
    answer = cases.response(inside.couple, inside.ben, JUNE, {"csi16": 80}, Audience.PRIVATE)
    answer.request_id = request.id
    task = db.session.scalars(select(cases.Assignment)).first()
    cases.entry(task, inside.ben, task.starts_on, words="CANARY", audience=Audience.PRIVATE)
    db.session.flush()
    db.session.expire_all()
    assert clinician(inside) == before


def test_a_kept_entry_opens_nobody_elses(inside):
    start, end = date(2026, 4, 6), date(2026, 4, 12)
    task = cases.assignment(
        inside.couple, inside.tess, people(inside), start, end, audience=Audience.WHEN_ALL_DONE
    )
    cases.entry(task, inside.ada, start)
    cases.entry(task, inside.ben, start, audience=Audience.THERAPIST)
    assert [one.done.done for one in joint(inside).homework[0].done] == [0, 0]
    cases.entry(task, inside.ben, start)
    db.session.expire_all()
    assert [one.done.done for one in joint(inside).homework[0].done] == [1, 1]


def test_homework_is_counted_only_where_everybody_may_read(inside):
    cases.full_record(inside.couple, inside.tess, people(inside))
    assert {task.title for task in joint(inside).homework if not task.entries_readable} == {
        get_template("i_statement").title
    }
    assert all(task.entries_readable for task in clinician(inside).homework)
    daily = joint(inside).homework[0]
    assert [(one.position, one.done.done, one.done.due) for one in daily.done] == [
        (1, 11, 21),
        (2, 4, 21),
    ]


def test_what_is_done_together_counts_for_each(inside):
    start = date(2026, 4, 6)
    task = cases.assignment(
        inside.couple,
        inside.tess,
        people(inside),
        start,
        start + timedelta(days=13),
        frequency=Frequency.WEEKLY,
        given_to=GivenTo.TOGETHER,
    )
    cases.entry(task, inside.ada, start)
    assert [one.done.done for one in joint(inside).homework[0].done] == [1, 1]


def test_classes_and_the_couples_class(inside):
    cases.full_record(inside.couple, inside.tess, people(inside))
    scale = joint(inside).scales[0]
    assert scale.key == "csi16"
    assert [person.change.partner_class for person in scale.people] == [
        PartnerClass.RECOVERED,
        PartnerClass.UNCHANGED,
    ]
    assert scale.couple_class is CoupleClass.PARTIAL
    assert scale.points_needed == pytest.approx(6.664, abs=0.001)
    assert scale.points_needed_strict == pytest.approx(11.543, abs=0.001)
    assert scale.people[0].band == pytest.approx((31.336, 44.664), abs=0.001)


def test_there_is_no_couple_class_unless_every_pair_is_shared(inside):
    cases.response(inside.couple, inside.ada, date(2026, 3, 4), {"csi16": 38})
    cases.response(inside.couple, inside.ada, JUNE, {"csi16": 64})
    cases.response(inside.couple, inside.ben, date(2026, 3, 4), {"csi16": 45})
    cases.response(inside.couple, inside.ben, JUNE, {"csi16": 60}, Audience.THERAPIST)
    assert joint(inside).scales[0].couple_class is None
    assert joint(inside).scales[0].people[1].change is None
    assert clinician(inside).scales[0].couple_class is CoupleClass.RECOVERED


def test_a_relationship_that_ended_is_said_and_not_coded_as_failure(inside):
    cases.full_record(inside.couple, inside.tess, people(inside))
    couple = db.session.get_one(Couple, inside.couple)
    couple.relationship_ended_on = JUNE
    couple.ending_was_a_goal = True
    found = joint(inside)
    assert found.scales[0].couple_class is CoupleClass.ENDED
    assert found.ending_was_a_goal is None
    assert clinician(inside).ending_was_a_goal is True


def test_the_four_items_within_sixteen_are_no_second_finding(inside):
    cases.response(inside.couple, inside.ada, date(2026, 3, 4), {"csi16": 38, "csi4": 9})
    assert [scale.key for scale in joint(inside).scales] == ["csi16"]
    cases.response(inside.couple, inside.ada, JUNE, {"csi4": 12}, measure="csi4")
    assert [scale.key for scale in joint(inside).scales] == ["csi16", "csi4"]


def test_each_rater_has_a_t_score_of_their_own(inside):
    cases.full_record(inside.couple, inside.tess, people(inside))
    found = {score.rater: (round(score.t, 2), score.goals) for score in joint(inside).goal_scores}
    assert found == {1: (66.06, 2), 2: (50.0, 1), None: (60.0, 1)}


def test_a_shared_rating_stays_the_latest_when_a_later_one_is_not_shared(inside):
    goal = cases.goal(inside.couple, inside.tess, "Talk")
    cases.rate(goal, inside.ada, 1, date(2026, 4, 1))
    cases.rate(goal, inside.ada, -2, JUNE, Audience.THERAPIST, comment="hard week")
    assert [rating.level for rating in joint(inside).goals[0].ratings] == [1]
    (latest,) = clinician(inside).goals[0].ratings
    assert (latest.level, latest.comment) == (-2, "hard week")


def test_the_clinicians_edition_has_gaps_and_what_was_not_answered(inside):
    cases.full_record(inside.couple, inside.tess, people(inside))
    cases.request(inside.couple, inside.tess, inside.ada, JUNE, JUNE + timedelta(days=7))
    gaps = [score.on for score in clinician(inside).scales[0].people[0].scores if not score.value]
    assert gaps == [JUNE + timedelta(days=7)]
    assert any("given to Ada" in missing.what for missing in clinician(inside).missing)
    assert not any("given to" in missing.what for missing in joint(inside).missing)


def test_attendance_counts_what_each_was_expected_at(inside):
    cases.session(
        inside.couple,
        inside.tess,
        JUNE,
        {inside.ada: Attendance.LATE, inside.ben: Attendance.CANCELLED},
    )
    cases.session(inside.couple, inside.tess, JUNE, {inside.ada: Attendance.ATTENDED})
    ada, ben = joint(inside).attendance
    assert (ada.rate.attended, ada.rate.n, ada.late) == (2, 2, 1)
    assert (ben.rate.attended, ben.rate.n, ben.rate.cancelled, ben.not_recorded) == (0, 0, 1, 1)


def test_somebody_who_left_and_came_back_is_one_person(inside):
    builders.leave(inside.couple, inside.ada, on=date(2026, 4, 1))
    db.session.add(
        cases.Membership(
            couple_id=inside.couple,
            person_id=inside.ada.person_id,
            position=4,
            joined_on=date(2026, 5, 1),
        )
    )
    cases.response(inside.couple, inside.ada, JUNE, {"csi16": 38})
    found = joint(inside)
    assert [person.position for person in found.people] == [2, 4]
    assert [len(person.given) for person in found.scales[0].people] == [0, 1]


def test_people_of_one_first_name_get_their_whole_name(inside):
    first = builders.make_person("Sam Ash", Role.PARTNER, account=False)
    second = builders.make_person("Sam Birch", Role.PARTNER, account=False)
    couple = builders.make_couple(inside.tess, [first, second])
    assert [one.label for one in findings(inside.tess, couple).people] == ["Sam Ash", "Sam Birch"]


@contextmanager
def rendered(monkeypatch, pdf=b"%PDF-1.7 a report", pages=3):
    made = []

    def render(html, *, report_style):
        made.append(html)
        return Rendered(pdf, pages)

    monkeypatch.setattr(reports, "render", render)
    yield made


def issue(inside, who=None, **more):
    return reports.issue_report(
        actor=who or inside.tess, couple_id=inside.couple, edition=Edition.JOINT, **more
    )


def test_an_issued_report_is_fetched_byte_for_byte_and_never_made_again(inside, monkeypatch):
    pdf = bytes(range(256)) * 40
    with rendered(monkeypatch, pdf) as made:
        issued = issue(inside)
        found = reports.download(actor=inside.tess, report_id=issued.id)
        assert found.pdf == pdf
        assert found.file_name == f"outcome-report-{clock.today().isoformat()}.pdf"
        assert len(made) == 1
    assert issued.pages == 3
    page = reports.couple_reports(actor=inside.tess, couple_id=inside.couple)
    assert [one.id for one in page.issued] == [issued.id]


def test_the_stored_pdf_is_sealed_to_its_row(inside, monkeypatch):
    with rendered(monkeypatch):
        first, second = issue(inside), issue(inside)
    one = db.session.get_one(IssuedReport, first.id)
    other = db.session.get_one(IssuedReport, second.id)
    assert b"%PDF" not in one.pdf_sealed
    one.pdf_sealed = other.pdf_sealed
    with pytest.raises(Refused, match="not the one that was issued"):
        reports.download(actor=inside.tess, report_id=first.id)


def test_a_check_sum_that_differs_is_refused(inside, monkeypatch):
    with rendered(monkeypatch):
        issued = issue(inside)
    db.session.get_one(IssuedReport, issued.id).pdf = b"another"
    with pytest.raises(Refused, match="check sum"):
        reports.download(actor=inside.tess, report_id=issued.id)


@pytest.mark.parametrize("who", ["otto", "ada", "ben", "cleo"])
def test_nobody_else_fetches_or_issues_a_report(inside, monkeypatch, who):
    with rendered(monkeypatch) as made:
        issued = issue(inside)
        stranger = getattr(inside, who)
        with pytest.raises(NotFound):
            reports.download(actor=stranger, report_id=issued.id)
        with pytest.raises(NotFound):
            issue(inside, stranger)
        with pytest.raises(NotFound):
            issue(inside, stranger, new_id=issued.id)
        assert len(made) == 1


def test_the_policy_is_asked_who_issues_reads_and_lets_out_a_report(inside, monkeypatch):
    with rendered(monkeypatch) as made:
        issued = issue(inside)
        with monkeypatch.context() as patched:
            patched.setattr(visibility, "RULES", (nobody_finds_reports, *visibility.RULES))
            with pytest.raises(NotFound):
                issue(inside)
            with pytest.raises(NotFound):
                reports.download(actor=inside.tess, report_id=issued.id)
            page = reports.couple_reports(actor=inside.tess, couple_id=inside.couple)
            assert page.issued == ()
        assert len(made) == 1, "nothing is printed for whoever may not have it"
    assert db.session.query(IssuedReport).count() == 1


def nobody_finds_reports(reader, record):
    return False if record.kind is Kind.REPORT else None


@pytest.mark.parametrize(("edition", "leaves"), [(Edition.JOINT, True), (Edition.CLINICIAN, False)])
def test_only_the_joint_edition_can_be_let_out_and_only_by_the_lead(inside, edition, leaves):
    row = IssuedReport(couple_id=inside.couple, edition=edition, issued_by=inside.tess.person_id)
    lead = access.standing_of(inside.tess, inside.couple)
    assert access.may_do(lead, row.facts, Operation.RELEASE) is leaves
    together = replace(lead, standing=Standing.CO_TREATING)
    assert not access.may_do(together, row.facts, Operation.RELEASE)
    assert access.may_do(together, row.facts, Operation.READ)


@pytest.mark.parametrize(
    ("edition", "words"),
    [(Edition.JOINT, "release desk alone"), (Edition.CLINICIAN, "not to be handed out")],
)
def test_the_first_sheet_says_who_else_may_have_it(inside, edition, words):
    html = report_html(findings(inside.tess, inside.couple, edition))
    assert words in html.partition("<h2>Summary")[0], "on the sheet that names the readers"


def test_a_report_that_is_not_there_is_not_found(inside):
    with pytest.raises(NotFound):
        reports.download(actor=inside.tess, report_id=uuid4())


def test_the_same_form_sent_twice_is_one_report(inside, monkeypatch):
    new_id = uuid4()
    with rendered(monkeypatch) as made:
        first = issue(inside, new_id=new_id)
        again = issue(inside, new_id=new_id)
        assert len(made) == 1
    assert (first.id, again.id) == (new_id, new_id)
    assert db.session.query(IssuedReport).count() == 1


def test_a_failed_report_is_not_stored(inside, monkeypatch):
    def fail(html, *, report_style):
        raise reports.RenderFailed("too long")

    monkeypatch.setattr(reports, "render", fail)
    with pytest.raises(reports.RenderFailed):
        issue(inside)
    assert db.session.query(IssuedReport).count() == 0
