"""Versions of one measure, boards of signs and events: on the page, in reports, in the portal."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from practice.db import db
from practice.domain.certainty import Certainty
from practice.domain.couple_class import CoupleClass
from practice.domain.events import EventKind
from practice.domain.measures import registry
from practice.domain.measures.definition import PublishedChange
from practice.domain.measures.origin import Origin
from practice.domain.reports import Edition
from practice.domain.visibility import Audience
from practice.models.couples import Couple
from practice.models.responses import Response, Score
from practice.reports.render import report_html
from practice.reports.scale_charts import charts_of
from practice.services import events, responses
from practice.services.couple_measures import couple_measures
from practice.services.events import NewEvent
from practice.services.reports import outcome_findings
from tests.records import NOW, TODAY, make_score

SIGNS = registry.get_measure("warning_signs")


@pytest.fixture(autouse=True)
def fixed_time():
    with time_machine.travel(NOW, tick=False):
        yield


def version(number, **changes):
    """A practice's own scale of four answers, as its ``number``-th wording."""
    csi4 = registry.get_measure("csi4")
    scale = replace(
        csi4.scales[0],
        key=f"own_rest_v{number}",
        family="own_rest",
        norms=None,
        conservative_norms=None,
        published_change=PublishedChange(3, True, "by hand", Certainty.PRACTICE),
        **changes,
    )
    return replace(
        csi4, key=scale.key, family="own_rest", version=number, scales=(scale,), examples=()
    )


@pytest.fixture
def wordings(monkeypatch):
    shipped = registry.all_measures()
    own = {one.key: one for one in (version(1), version(2))}
    monkeypatch.setattr(registry, "all_measures", lambda: shipped | own)


def answer(cast, person, number, *dated, **more):
    for days_ago, value in dated:
        make_score(
            cast.couple, person, value, days_ago=days_ago, scale=f"own_rest_v{number}", **more
        )


def panels(cast):
    return couple_measures(actor=cast.tess, couple_id=cast.couple).tested


def findings(cast, edition=Edition.CLINICIAN):
    return outcome_findings(actor=cast.tess, couple_id=cast.couple, edition=edition)


@pytest.mark.usefixtures("wordings")
def test_versions_share_a_picture_and_are_not_compared(inside):
    answer(inside, inside.ada, 1, (80, 2), (60, 4))
    answer(inside, inside.ada, 2, (40, 15), (20, 16))
    answer(inside, inside.ben, 2, (30, 9), (10, 14))
    answer(inside, inside.ben, 1, (20, 1))  # an old form, after the new one
    (panel,) = panels(inside)
    ada, ben = panel.lines
    assert [score.value for score in ada.scores] == [15, 16]
    assert [score.value for score in ada.earlier] == [2, 4]
    assert (ada.change.before, ada.change.after) == (15, 16)
    assert ben.earlier == ()
    (chart,) = panel.charts
    assert [len(line.points) for line in chart.wide.lines] == [2, 2, 2]
    assert [line.version for line in chart.wide.lines] == [0, 1, 1]
    assert len(chart.wide.breaks) == 2
    assert len(chart.wide.distance) == 1
    assert chart.words[0].startswith("Since the new wording: Ada rose by 1 point")

    (scale,) = findings(inside).scales
    assert scale.key == "own_rest_v2"
    assert (scale.people[0].change.before, scale.people[0].change.after) == (15, 16)
    (printed,) = charts_of(findings(inside), scale)
    assert [len(line.points) for line in printed.wide.lines] == [2, 2, 2]

    (own,) = responses.own_answers(actor=inside.ada).charts
    assert [len(line.points) for line in own.wide.lines] == [2, 2]


@pytest.mark.usefixtures("wordings")
def test_somebody_who_knows_only_the_old_wording_has_no_change_by_the_new(inside):
    answer(inside, inside.ada, 1, (80, 2), (60, 9))
    answer(inside, inside.ben, 2, (30, 9), (10, 14))
    (panel,) = panels(inside)
    assert panel.lines[0].change is None
    assert [score.value for score in panel.lines[0].earlier] == [2, 9]
    assert panel.second_opinion is None
    assert panel.charts[0].wide.distance == ()


def test_a_version_of_another_range_is_a_picture_of_its_own(inside, monkeypatch):
    shipped = registry.all_measures()
    items = version(2).items[:3]
    narrow = version(2)
    scale = replace(
        narrow.scales[0],
        item_keys=tuple(item.key for item in items),
        high=sum(item.high for item in items),
        cut=None,
    )
    own = {one.key: one for one in (version(1), replace(narrow, items=items, scales=(scale,)))}
    monkeypatch.setattr(registry, "all_measures", lambda: shipped | own)
    answer(inside, inside.ada, 1, (80, 2), (60, 9))
    answer(inside, inside.ada, 2, (40, 5), (20, 6))
    assert len(panels(inside)) == 2
    assert len(findings(inside).scales) == 2
    assert len(responses.own_answers(actor=inside.ada).charts) == 2


def signs(cast, person, days_ago, value, audience=Audience.THERAPIST):
    row = db.session.get(
        Response,
        make_score(
            cast.couple, person, value, days_ago=days_ago, scale="sign_silence", audience=audience
        ),
    )
    row.measure_key = "warning_signs"
    row.scores += [
        Score(scale_key=scale.key, value=value)
        for scale in SIGNS.scales
        if scale.key != "sign_silence"
    ]
    db.session.flush()
    return row


def test_signs_stand_on_a_board_for_each_person(inside):
    signs(inside, inside.ada, 30, 4)
    signs(inside, inside.ada, 10, 1)
    signs(inside, inside.ben, 20, 3)
    page = couple_measures(actor=inside.tess, couple_id=inside.couple)
    (panel,) = page.boards
    assert (page.tested, page.ratings) == ((), ())
    assert [(one.name, one.board.there_first, one.board.there_latest) for one in panel.people] == [
        ("Ada", 15, 0),
        ("Ben", 15, 15),
    ]
    assert len(panel.rows) == 15
    assert [sign.latest for sign in panel.rows[0]] == ["Rarely", "Often"]


def test_an_incomplete_set_of_signs_is_no_board(inside):
    row = signs(inside, inside.ada, 30, 4)
    row.scores = row.scores[:3]
    db.session.flush()
    assert couple_measures(actor=inside.tess, couple_id=inside.couple).boards == ()
    assert findings(inside).boards == ()


def test_a_joint_report_holds_the_signs_of_those_who_opened_them(inside):
    signs(inside, inside.ada, 30, 4, Audience.COUPLE)
    signs(inside, inside.ada, 10, 0)
    signs(inside, inside.ben, 20, 3)
    (joint,) = findings(inside, Edition.JOINT).boards
    assert (joint.position, joint.board.count, joint.board.there_latest) == (1, 1, 15)
    assert [one.position for one in findings(inside).boards] == [1, 2]


@pytest.mark.parametrize(
    ("audience", "alone", "editions"),
    [
        (Audience.PRIVATE, False, set()),
        (Audience.THERAPIST, False, {Edition.CLINICIAN}),
        (Audience.COUPLE, False, {Edition.CLINICIAN, Edition.JOINT}),
        (Audience.COUPLE, True, {Edition.CLINICIAN}),
    ],
)
def test_events_are_in_the_editions_of_their_readers(inside, audience, alone, editions):
    events.add_event(
        actor=inside.tess,
        couple_id=inside.couple,
        new_id=uuid4(),
        new=NewEvent(TODAY, EventKind.BIRTH, "", inside.ben.person_id if alone else None, audience),
    )
    found = {edition for edition in Edition if findings(inside, edition).events}
    assert found == editions


def test_signals_weeks_and_the_second_opinion_are_in_the_clinicians_edition_alone(inside):
    for days_ago, value in ((60, 60), (40, 50), (20, 49)):
        for person in (inside.ada, inside.ben):
            make_score(inside.couple, person, value, days_ago=days_ago, audience=Audience.COUPLE)
    clinician, joint = findings(inside), findings(inside, Edition.JOINT)
    assert [signal.level.value for signal in clinician.signals] == ["red", "red"]
    assert (joint.signals, joint.homework_weeks) == ((), ())
    assert clinician.scales[0].second_opinion.points_used == pytest.approx(4.71, abs=0.01)
    assert joint.scales[0].second_opinion is None
    db.session.get(Couple, inside.couple).relationship_ended_on = TODAY
    (ended,) = findings(inside).scales
    assert (ended.couple_class, ended.second_opinion) == (CoupleClass.ENDED, None)
    assert "econd opinion" in report_html(clinician)
    assert "econd opinion" not in report_html(findings(inside))


def test_how_an_answer_came_in_stands_in_the_table(inside):
    make_score(inside.couple, inside.ada, 30, days_ago=40)
    make_score(
        inside.couple,
        inside.ada,
        40,
        days_ago=20,
        origin=Origin.PAPER,
        entered_by=inside.tess.person_id,
        entered_at=NOW - timedelta(days=19),
    )
    (chart,) = panels(inside)[0].charts
    assert [row[1] for row in chart.rows] == ["30", "40 (from paper)"]
