"""What the therapist sees of a couple's measures."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine

from practice.db import db
from practice.domain.change import PartnerClass
from practice.domain.couple_class import CoupleClass
from practice.domain.couple_mean import MeanClass
from practice.domain.events import EventKind
from practice.domain.people import Role
from practice.domain.reports import Edition
from practice.domain.visibility import Audience
from practice.models.couples import Couple
from practice.reports.scale_charts import charts_of
from practice.services import events, responses
from practice.services.errors import NotFound
from practice.services.events import NewEvent
from practice.services.reports import outcome_findings
from tests.builders import leave, make_couple, make_person
from tests.measure_builders import answer, ask, choose, csi16
from tests.queries import statements_of_a_read
from tests.records import NOW, TODAY, make_entry, make_score, make_session, make_task

PHQ9_KEYS = [f"phq_{number}" for number in range(1, 10)]


def on(day, cast, person, measure_key, answers=None, **options):
    with time_machine.travel(f"{day} 12:00 +0000", tick=False):
        return answer(cast, person, measure_key, answers, **options)


def pair(cast, person, before, after):
    on("2026-03-04", cast, person, "csi16", csi16(before))
    on("2026-09-04", cast, person, "csi16", csi16(after))


def read(cast):
    return responses.couple_measures(actor=cast.tess, couple_id=cast.couple)


def classes(panel):
    return [line.change.partner_class if line.change else None for line in panel.lines]


@pytest.mark.parametrize("stranger", ["otto", "ada", "ben", "finn", "cleo"])
def test_only_the_treating_therapist_sees_it(inside, stranger):
    pair(inside, inside.ada, 34, 58)
    with pytest.raises(NotFound):
        responses.couple_measures(actor=getattr(inside, stranger), couple_id=inside.couple)


def test_a_couple_without_answers_has_no_panels(inside):
    measures = read(inside)
    assert (measures.tested, measures.ratings, measures.open) == ((), (), ())
    assert measures.title == "Ada Lind and Ben Morrow"


def test_each_partner_and_the_couple_have_a_class_of_their_own(inside):
    pair(inside, inside.ada, 34, 58)
    pair(inside, inside.ben, 41, 49)
    (panel,) = read(inside).tested
    assert classes(panel) == [PartnerClass.RECOVERED, PartnerClass.IMPROVED]
    assert panel.couple_class is CoupleClass.IMPROVED
    assert [(line.name, line.first.value, line.latest.value) for line in panel.lines] == [
        ("Ada", 34, 58),
        ("Ben", 41, 49),
    ]
    assert panel.precision.points == 7
    assert panel.strict_precision.points == 12
    assert panel.lines[1].strict.partner_class is PartnerClass.UNCHANGED


def test_one_gain_beside_one_loss_is_never_averaged(inside):
    pair(inside, inside.ada, 30, 60)
    pair(inside, inside.ben, 60, 45)
    (panel,) = read(inside).tested
    assert classes(panel) == [PartnerClass.RECOVERED, PartnerClass.DETERIORATED]
    assert panel.couple_class is CoupleClass.DIVERGING


def test_what_is_about_one_persons_health_has_no_class_of_a_couple(inside):
    low, high = dict.fromkeys(PHQ9_KEYS, 2) | {"phq_9": 0}, dict.fromkeys(PHQ9_KEYS, 0)
    for person in (inside.ada, inside.ben):
        on("2026-03-04", inside, person, "phq9", low)
        on("2026-09-04", inside, person, "phq9", high)
    (panel,) = read(inside).tested
    assert classes(panel) == [PartnerClass.RECOVERED, PartnerClass.RECOVERED]
    assert (panel.couple_class, panel.second_opinion, panel.words) == (None, None, None)


def test_single_scores_need_no_picture(inside):
    on("2026-03-04", inside, inside.ada, "csi16", csi16(34))
    on("2026-03-04", inside, inside.ben, "csi16", csi16(41))
    assert not read(inside).tested[0].is_drawn
    on("2026-09-04", inside, inside.ben, "csi16", csi16(49))
    assert read(inside).tested[0].is_drawn


def test_first_and_latest_count_whatever_lies_between(inside):
    pair(inside, inside.ada, 40, 43)
    on("2026-06-04", inside, inside.ada, "csi16", csi16(80))
    (panel,) = read(inside).tested
    assert [score.value for score in panel.lines[0].scores] == [40, 80, 43]
    assert panel.lines[0].change.partner_class is PartnerClass.UNCHANGED


def test_one_score_gives_no_class_and_says_what_is_missing(inside):
    on("2026-03-04", inside, inside.ada, "csi16", csi16(40))
    (panel,) = read(inside).tested
    assert classes(panel) == [None, None]
    assert panel.couple_class is CoupleClass.INCOMPLETE
    assert panel.lines[0].missing == "One score so far. A class needs a first and a later one."
    assert panel.lines[1].missing == "No score yet."


def test_an_ended_relationship_is_a_class_of_its_own(inside):
    pair(inside, inside.ada, 34, 20)
    pair(inside, inside.ben, 41, 20)
    assert read(inside).tested[0].second_opinion.mean_class is MeanClass.DETERIORATED
    db.session.get(Couple, inside.couple).relationship_ended_on = date(2026, 9, 10)
    (panel,) = read(inside).tested
    assert panel.couple_class is CoupleClass.ENDED
    assert panel.second_opinion is None
    assert classes(panel) == [PartnerClass.DETERIORATED] * 2


def test_the_long_and_the_short_form_are_never_one_line(inside):
    pair(inside, inside.ada, 34, 58)
    (only,) = read(inside).tested
    assert only.scale.key == "csi16"

    on("2026-10-04", inside, inside.ada, "csi4", choose("csi4", csi_01=6, csi_05=5))
    long, short = read(inside).tested
    assert (long.scale.key, short.scale.key) == ("csi16", "csi4")
    assert [score.value for score in long.lines[0].scores] == [34, 58]
    assert [score.derived for score in short.lines[0].scores] == [True, True, False]
    assert short.lines[0].latest.value == 11
    assert (short.count, short.derived) == (3, 2)


def test_own_ratings_have_four_lines_and_no_class(inside):
    for day in ("2026-03-04", "2026-09-04"):
        on(day, inside, inside.ada, "ratings", choose("ratings", conflict=9))
        on(day, inside, inside.ben, "ratings")
    measures = read(inside)
    assert measures.tested == ()
    assert [panel.scale.key for panel in measures.ratings] == [
        "satisfaction",
        "communication",
        "conflict",
        "trust",
    ]
    for panel in measures.ratings:
        assert (panel.couple_class, panel.words, panel.precision) == (None, None, None)
        assert classes(panel) == [None, None]
        assert "not a validated test" in panel.measure.notice


def test_whoever_has_left_stays_in_the_picture_but_not_in_the_class(inside):
    with time_machine.travel("2026-03-04 12:00 +0000", tick=False):
        cy = make_person("Cy Hall", Role.PARTNER)
        three = make_couple(inside.tess, [inside.cleo, inside.dan, cy])
        for person, total in ((inside.cleo, 30), (inside.dan, 30), (cy, 30)):
            _answer_in(inside, three, person, total)
    with time_machine.travel("2026-09-04 12:00 +0000", tick=False):
        for person, total in ((inside.cleo, 60), (inside.dan, 60), (cy, 10)):
            _answer_in(inside, three, person, total)
    (panel,) = responses.couple_measures(actor=inside.tess, couple_id=three).tested
    assert panel.couple_class is CoupleClass.DIVERGING
    leave(three, cy)
    (panel,) = responses.couple_measures(actor=inside.tess, couple_id=three).tested
    assert [line.is_current for line in panel.lines] == [True, True, False]
    assert panel.couple_class is CoupleClass.RECOVERED


def _answer_in(cast, couple, person, total):
    responses.give(
        actor=cast.tess,
        couple_id=couple,
        person_ids=[person.person_id],
        measure_keys=["csi16"],
        due_on=None,
    )
    (request,) = responses.portal_requests(actor=person)
    responses.submit(
        actor=person,
        request_id=request.request_id,
        answers=csi16(total),
        audience=Audience.THERAPIST,
    )


def test_five_members_are_drawn_without_sharing_a_mark(inside):
    people = [make_person(f"{name} Hall", Role.PARTNER) for name in ("Gus", "Hal", "Ivy")]
    five = make_couple(inside.tess, [inside.cleo, inside.dan, *people])
    for person in (inside.cleo, people[2]):
        _answer_in(inside, five, person, 40)
    (panel,) = responses.couple_measures(actor=inside.tess, couple_id=five).tested
    assert len(panel.charts) == 2


def test_a_day_that_passed_without_an_answer_is_a_gap(inside):
    pair(inside, inside.ada, 34, 58)
    with time_machine.travel("2026-10-01 12:00 +0000", tick=False):
        ask(inside, inside.ada, "csi16", due_on=date(2026, 10, 8))
        assert read(inside).tested[0].lines[0].gaps == ()
    with time_machine.travel("2026-10-09 12:00 +0000", tick=False):
        (panel,) = read(inside).tested
        assert panel.lines[0].gaps == (date(2026, 10, 8),)
        assert "missing" in panel.charts[0].description


def test_what_is_open_and_what_was_answered_is_listed(inside):
    shared = on("2026-03-04", inside, inside.ben, "ratings", audience=Audience.COUPLE)
    first = on("2026-03-03", inside, inside.ada, "ratings")
    request = ask(inside, inside.ada, "csi16")
    measures = read(inside)
    assert [(item.request_id, item.name) for item in measures.open] == [(request, "Ada")]
    assert [(item.response_id, item.badge) for item in measures.answered] == [
        (shared, "You, Ada and Ben"),
        (first, "You and Ada"),
    ]


def test_two_members_of_one_first_name_are_told_apart(inside):
    other = make_person("Cleo Ashe", Role.PARTNER, account=False)
    namesakes = make_couple(inside.tess, [inside.cleo, other])
    _answer_in(inside, namesakes, other, 40)
    (panel,) = responses.couple_measures(actor=inside.tess, couple_id=namesakes).tested
    assert [line.name for line in panel.lines] == ["Cleo Marsh", "Cleo Ashe"]


@time_machine.travel(NOW, tick=False)
def test_sessions_events_and_homework_stand_under_the_pictures_as_in_the_report(inside):
    day = TODAY - timedelta(days=7)
    make_session(inside.couple, inside.tess)
    alone = {"kind": "individual", "person_id": inside.ada.person_id}
    make_session(inside.couple, inside.tess, starts_at=NOW - timedelta(days=14), **alone)
    task = make_task(inside.couple, inside.tess, [inside.ada, inside.ben])
    make_entry(task, inside.couple, inside.ada, TODAY - timedelta(days=22))
    events.add_event(
        actor=inside.tess,
        couple_id=inside.couple,
        new_id=uuid4(),
        new=NewEvent(day, EventKind.BIRTH, "", None, Audience.THERAPIST),
    )
    for person in (inside.ada, inside.ben):
        for moment in ("2026-09-21", "2026-10-21"):
            on(moment, inside, person, "ratings")

    def busy():
        """Return the scales whose charts have homework, on the page and in the report."""
        found = read(inside)
        panels = [*found.tested, *found.ratings]
        report = outcome_findings(
            actor=inside.tess, couple_id=inside.couple, edition=Edition.CLINICIAN
        )
        charts = [(panel.scale.key, chart) for panel in panels for chart in panel.charts]
        printed = [
            (scale.key, chart) for scale in report.scales for chart in charts_of(report, scale)
        ]
        for _, chart in (*charts, *printed):
            assert any("ession" in words for words in chart.key), chart.title
            assert any("birth" in words.lower() for words in chart.key), chart.title
            assert len(chart.wide.sessions) == 2, chart.title
            assert len(chart.wide.events) == 1
        return (
            {key for key, chart in charts if chart.homework_rows and chart.wide.homework},
            {key for key, chart in printed if chart.homework_rows and chart.wide.homework},
        )

    assert busy() == ({"satisfaction"}, {"satisfaction"})
    # A single score has no picture that homework could stand under.
    make_score(inside.couple, inside.ada, 40, days_ago=60)
    for days_ago, value in ((60, 9), (30, 11)):
        make_score(inside.couple, inside.ben, value, days_ago=days_ago, scale="csi4")
        make_score(inside.couple, inside.ben, value, days_ago=days_ago, scale="phq9")
    assert busy() == ({"phq9"}, {"phq9"})
    make_score(inside.couple, inside.ada, 50, days_ago=30)
    assert busy() == ({"csi16"}, {"csi16"})


def test_sixty_answers_cost_no_more_statements_than_one(inside):
    on("2026-01-04", inside, inside.ada, "csi16", csi16(40))
    few = _count(inside)
    for week in range(30):
        moment = date.fromordinal(date(2026, 1, 5).toordinal() + 7 * week)
        for person in (inside.ada, inside.ben):
            on(moment.isoformat(), inside, person, "csi16", csi16(30 + week))
    ask(inside, inside.ada, "csi4")
    assert _count(inside) == few


def _count(cast):
    return statements_of_a_read(lambda: read(cast))
