"""A partner's own scores over time: own data, what others opened, and nothing else."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine

from practice.domain.events import EventKind
from practice.domain.visibility import Audience
from practice.services import events, responses
from tests.builders import leave
from tests.measure_builders import csi16
from tests.records import NOW, TODAY, make_request, make_score


@pytest.fixture(autouse=True)
def fixed_time():
    with time_machine.travel(NOW, tick=False):
        yield


def charts(person):
    return responses.own_answers(actor=person).charts


def scores(cast, person, *values, scale="csi16", audience=Audience.THERAPIST):
    return [
        make_score(
            cast.couple,
            person,
            value,
            days_ago=7 * (len(values) - place),
            scale=scale,
            audience=audience,
        )
        for place, value in enumerate(values)
    ]


def mark(cast, day=TODAY, **more):
    new = {"words": "", "about_id": None, "audience": Audience.COUPLE} | more
    return events.add_event(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        new=events.NewEvent(on=day, kind=EventKind.BIRTH, **new),
    )


def test_one_score_is_no_picture_and_two_are(inside):
    scores(inside, inside.ada, 34)
    assert charts(inside.ada) == ()
    make_score(inside.couple, inside.ada, 50, days_ago=1)
    (chart,) = charts(inside.ada)
    assert chart.header == ("Date", "Ada")
    assert chart.words == ("Ada rose by 16 points, from 34 to 50.",)


def test_nothing_in_it_judges(inside):
    scores(inside, inside.ada, 34, 60)
    (chart,) = charts(inside.ada)
    assert chart.key == ()
    for drawing in (chart.wide, chart.narrow):
        assert (drawing.cut, drawing.better, drawing.bands, drawing.distance) == (
            None,
            None,
            (),
            (),
        )
        assert drawing.sessions == drawing.homework == ()


def test_of_the_other_only_what_was_opened_stands_beside(inside):
    scores(inside, inside.ada, 34, 60)
    scores(inside, inside.ben, 11, 12)
    before = charts(inside.ada)
    shown, _ = scores(inside, inside.ben, 13, 14, audience=Audience.COUPLE)
    (chart,) = charts(inside.ada)
    assert chart.header == ("Date", "Ada", "Ben")
    assert {row[2] for row in chart.rows} == {"13", "14"}
    assert chart.distance == ""
    assert len(charts(inside.ben)) == 1
    for response in responses.own_answers(actor=inside.ben).own:
        if response.audience is Audience.COUPLE:
            responses.unshare(actor=inside.ben, response_id=response.response_id)
    assert charts(inside.ada) == before


def test_what_is_worked_out_from_an_opened_sum_is_not_opened_with_it(inside):
    for total in (30, 40):
        for person in (inside.ada, inside.ben):
            with time_machine.travel(NOW + timedelta(days=total), tick=False):
                _answer(inside, person, total)
    scores(inside, inside.ada, 9, 10, scale="csi4")
    headers = {chart.title: chart.header for chart in charts(inside.ada)}
    assert sorted(len(header) for header in headers.values()) == [2, 3]


def _answer(cast, person, total):
    responses.give(
        actor=cast.tess,
        couple_id=cast.couple,
        person_ids=[person.person_id],
        measure_keys=["csi16"],
        due_on=None,
    )
    (request,) = responses.portal_requests(actor=person)
    responses.submit(
        actor=person,
        request_id=request.request_id,
        answers=csi16(total),
        audience=Audience.COUPLE,
    )


def test_events_stand_there_for_those_whom_they_concern(inside):
    for person in (inside.ada, inside.ben):
        scores(inside, person, 34, 60)
    mark(inside, words="for both")
    mark(inside, words="for Ben", about_id=inside.ben.person_id)
    mark(inside, words="for Tess", audience=Audience.PRIVATE)
    mark(inside, words="for treating", audience=Audience.THERAPIST)
    mark(inside, date(2020, 1, 1), words="long ago")
    told = {name: " ".join(charts(getattr(inside, name))[0].key) for name in ("ada", "ben")}
    assert told["ada"] == "20 November 2026: Birth: for both"
    assert "for both" in told["ben"]
    assert "for Ben" in told["ben"]
    assert "Tess" not in told["ben"] + told["ada"]


def test_a_missing_answer_is_a_gap_that_is_not_counted_in_words(inside):
    first, last = scores(inside, inside.ada, 34, 60)
    assert first != last
    due = TODAY - timedelta(days=10)
    make_request(inside.couple, inside.tess, inside.ada, measure_key="csi16", due_on=due)
    (chart,) = charts(inside.ada)
    assert [len(line.points) for line in chart.wide.lines] == [1, 1]
    assert "missing" not in chart.words[0]


def test_whoever_has_left_keeps_their_own_and_sees_no_more_of_the_other(inside):
    scores(inside, inside.ada, 34, 60)
    scores(inside, inside.ben, 11, 12, audience=Audience.COUPLE)
    leave(inside.couple, inside.ada)
    (chart,) = charts(inside.ada)
    assert chart.header == ("Date", "Ada")
