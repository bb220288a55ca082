"""Answers and totals typed in from paper."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from practice.db import db
from practice.domain.measures.origin import Origin
from practice.domain.visibility import Audience
from practice.models.drafts import Draft
from practice.models.responses import Response
from practice.services import clock, paper, responses
from practice.services.errors import Invalid, NotFound
from tests.builders import STARTED
from tests.measure_builders import answer, ask, choose, csi16


def enter(inside, **options):
    values = {
        "actor": inside.tess,
        "couple_id": inside.couple,
        "person_id": inside.ada.person_id,
        "measure_key": "csi16",
        "new_id": uuid4(),
        "day": clock.today(),
    } | options
    if "totals" in values:
        return paper.enter_totals(**values)
    return paper.enter_answers(**({"answers": csi16(40)} | values))


def row(response):
    return db.session.get(Response, response)


def test_it_is_the_members_own_marked_as_typed_in(inside):
    made = row(enter(inside))
    assert (made.author_id, made.entered_by) == (inside.ada.person_id, inside.tess.person_id)
    assert (made.origin, made.audience, made.shared_at) == (
        Origin.PAPER,
        Audience.THERAPIST,
        None,
    )
    assert {score.scale_key: score.value for score in made.scores}["csi16"] == 40
    (shown,) = responses.own_answers(actor=inside.ada).own
    assert shown.typed_in_by == "Tess"
    assert not shown.may_correct
    responses.share(actor=inside.ada, response_id=made.id)
    assert responses.own_answers(actor=inside.ben).shared


def test_only_the_day_is_known(inside):
    day = clock.today() - timedelta(days=3)
    made = row(enter(inside, day=day))
    local = clock.local(made.completed_at)
    assert (local.date(), local.hour) == (day, 12)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (lambda: clock.today() + timedelta(days=1), "today or an earlier"),
        (lambda: STARTED - timedelta(days=1), "did not belong"),
    ],
)
def test_the_day_must_be_one_of_the_membership(inside, day, words):
    with pytest.raises(Invalid, match=words):
        enter(inside, day=day())
    assert enter(inside, day=STARTED)


def test_a_former_members_sheet_of_the_time_before(inside):
    finn = inside.finn.person_id
    with pytest.raises(Invalid, match="Finn did not belong"):
        enter(inside, person_id=finn)
    assert enter(inside, person_id=finn, day=STARTED)


def test_it_can_answer_what_was_asked_and_takes_the_draft_along(inside):
    request = ask(inside, inside.ada, "csi16")
    responses.keep_for_later(actor=inside.ada, request_id=request, fields={"csi_01": "2"})
    form = paper.paper_form(
        actor=inside.tess,
        couple_id=inside.couple,
        person_id=inside.ada.person_id,
        measure_key="csi16",
    )
    assert form.open.request_id == request
    enter(inside, request_id=request)
    assert responses.portal_requests(actor=inside.ada) == ()
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0
    with pytest.raises(Invalid, match="answers_request"):
        enter(inside, request_id=request)


def test_a_request_of_somebody_else_is_not_answered(inside):
    of_ben = ask(inside, inside.ben, "csi16")
    with pytest.raises(NotFound):
        enter(inside, request_id=of_ben)


def test_without_it_the_request_stays_open(inside):
    ask(inside, inside.ada, "csi16")
    enter(inside)
    assert len(responses.portal_requests(actor=inside.ada)) == 1


def test_sent_twice_it_is_one_and_a_strangers_id_tells_nothing(inside):
    new_id = uuid4()
    assert enter(inside, new_id=new_id) == enter(inside, new_id=new_id) == new_id
    other = answer(inside, inside.cleo, "csi16", csi16(9))
    assert enter(inside, new_id=other) != other


@pytest.mark.parametrize("who", ["otto", "ada", "ben", "cleo"])
def test_only_the_treating_therapist_types_in(inside, who):
    with pytest.raises(NotFound):
        enter(inside, actor=getattr(inside, who))


def test_only_a_member_and_a_known_measure(inside):
    with pytest.raises(NotFound):
        enter(inside, person_id=inside.cleo.person_id)
    with pytest.raises(NotFound):
        enter(inside, measure_key="nothing")
    with pytest.raises(NotFound):
        enter(inside, measure_key="rdas")  # its questions are not here: totals only


def test_missing_answers_are_named(inside):
    answers = choose("csi4")
    del answers["csi_05"]
    with pytest.raises(Invalid, match="csi_05"):
        enter(inside, measure_key="csi4", answers=answers)


def test_totals_have_scores_and_no_answers(inside):
    made = row(enter(inside, measure_key="rdas", totals={"rdas": 48}))
    assert made.answers is None
    assert {score.scale_key: score.value for score in made.scores} == {"rdas": 48}
    page = responses.response_page(actor=inside.tess, response_id=made.id)
    assert page.items == ()


def test_a_total_of_a_measure_with_questions(inside):
    made = row(enter(inside, totals={"csi16": 51}))
    assert {score.scale_key: score.value for score in made.scores} == {"csi16": 51}


@pytest.mark.parametrize("total", [-1, 82, 40.5, float("nan"), float("inf")])
def test_a_total_out_of_range_is_refused_with_the_range(inside, total):
    with pytest.raises(Invalid, match="from 0 to 81, whole numbers"):
        enter(inside, totals={"csi16": total})


def test_a_total_is_needed_and_its_scale_known(inside):
    with pytest.raises(Invalid, match="at least one"):
        enter(inside, totals={})
    with pytest.raises(Invalid, match="no such total"):
        enter(inside, totals={"phq9": 3})
