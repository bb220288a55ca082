"""Answering once, being scored, and deciding who sees the result."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from practice.db import db
from practice.domain.visibility import Audience
from practice.models.responses import Response
from practice.models.sealing import SealError
from practice.services import responses
from practice.services.errors import Invalid, NotFound, Refused
from tests.builders import leave
from tests.measure_builders import answer, ask, choose, csi16


def submit(person, request, answers, audience=Audience.THERAPIST):
    return responses.submit(actor=person, request_id=request, answers=answers, audience=audience)


def stored(response_id):
    row = db.session.get(Response, response_id)
    return {score.scale_key: score.value for score in row.scores}


def test_every_scale_is_scored_and_kept_at_submission(inside):
    answers = csi16(51, mix=3)
    response = answer(inside, inside.ada, "csi16", answers)
    short = sum(answers[key] for key in ("csi_01", "csi_05", "csi_07", "csi_10"))
    assert stored(response) == {"csi16": 51, "csi4": short}


def test_answers_are_sealed_to_their_row(inside):
    first = answer(inside, inside.ada, "ratings", choose("ratings", trust=7))
    second = answer(inside, inside.ben, "ratings")
    one, other = (db.session.get(Response, key) for key in (first, second))
    assert one.answers["trust"] == 7
    assert b"trust" not in one.answers_sealed
    other.answers_sealed = one.answers_sealed
    with pytest.raises(SealError):
        _ = other.answers


def test_a_request_is_answered_once(inside):
    request = ask(inside, inside.ada, "ratings")
    first = submit(inside.ada, request, choose("ratings", trust=7))
    again = submit(inside.ada, request, choose("ratings", trust=1), Audience.COUPLE)
    assert again == first
    assert stored(first)["trust"] == 7
    assert db.session.get(Response, first).audience is Audience.THERAPIST
    assert db.session.scalar(select(func.count()).select_from(Response)) == 1


@pytest.mark.parametrize("stranger", ["ben", "cleo", "finn", "tess", "otto"])
def test_nobody_answers_for_somebody_else(inside, stranger):
    request = ask(inside, inside.ada, "ratings")
    with pytest.raises(NotFound):
        submit(getattr(inside, stranger), request, choose("ratings"))
    with pytest.raises(NotFound):
        responses.questions(actor=getattr(inside, stranger), request_id=request)
    with pytest.raises(NotFound):
        submit(inside.ada, uuid4(), choose("ratings"))


def test_a_missing_answer_is_named_and_nothing_is_estimated(inside):
    request = ask(inside, inside.ada, "csi16")
    answers = csi16(40)
    del answers["csi_03"], answers["csi_16"]
    with pytest.raises(Invalid) as problem:
        submit(inside.ada, request, answers)
    assert set(problem.value.errors) == {"csi_03", "csi_16"}
    assert db.session.scalar(select(func.count()).select_from(Response)) == 0


@pytest.mark.parametrize("wrong", [6, -1, "3", True, None, 2.0])
def test_what_is_no_choice_of_the_item_is_refused(inside, wrong):
    request = ask(inside, inside.ada, "csi16")
    with pytest.raises(Invalid) as problem:
        submit(inside.ada, request, csi16(40) | {"csi_02": wrong})
    assert set(problem.value.errors) == {"csi_02"}


def test_an_answer_to_no_question_is_refused(inside):
    request = ask(inside, inside.ada, "ratings")
    with pytest.raises(Invalid, match="csi_01"):
        submit(inside.ada, request, choose("ratings") | {"csi_01": 1})


@pytest.mark.parametrize("audience", [Audience.PRIVATE, Audience.WHEN_ALL_DONE])
def test_a_measure_is_for_the_therapist_or_for_the_couple(inside, audience):
    request = ask(inside, inside.ada, "ratings")
    with pytest.raises(Invalid, match="audience"):
        submit(inside.ada, request, choose("ratings"), audience)


def test_what_was_taken_back_is_refused_and_not_stored(inside):
    request = ask(inside, inside.ada, "ratings")
    responses.withdraw_request(actor=inside.tess, request_id=request)
    with pytest.raises(Refused):
        submit(inside.ada, request, choose("ratings"))


def test_a_partner_sees_a_result_only_while_it_is_shared(inside):
    response = answer(inside, inside.ben, "csi16", csi16(49))
    assert responses.own_answers(actor=inside.ada).shared == ()

    responses.share(actor=inside.ben, response_id=response)
    (shown,) = responses.own_answers(actor=inside.ada).shared
    assert shown.name == "Ben"
    assert [(score.scale.key, score.value) for score in shown.scores] == [("csi16", 49)]

    responses.unshare(actor=inside.ben, response_id=response)
    assert responses.own_answers(actor=inside.ada).shared == ()


def test_sharing_at_submission_shows_it_at_once(inside):
    answer(inside, inside.ben, "ratings", audience=Audience.COUPLE)
    assert len(responses.own_answers(actor=inside.ada).shared) == 1
    assert responses.own_answers(actor=inside.cleo).shared == ()
    assert responses.own_answers(actor=inside.finn).shared == ()


def test_sharing_and_taking_back_twice_changes_nothing(inside):
    response = answer(inside, inside.ben, "ratings")
    responses.share(actor=inside.ben, response_id=response)
    moment = db.session.get(Response, response).shared_at
    responses.share(actor=inside.ben, response_id=response)
    assert db.session.get(Response, response).shared_at == moment
    responses.unshare(actor=inside.ben, response_id=response)
    responses.unshare(actor=inside.ben, response_id=response)
    row = db.session.get(Response, response)
    assert (row.audience, row.shared_at) == (Audience.THERAPIST, None)


@pytest.mark.parametrize("stranger", ["ada", "cleo", "finn", "tess", "otto"])
def test_only_the_author_shares_or_takes_back(inside, stranger):
    response = answer(inside, inside.ben, "ratings")
    person = getattr(inside, stranger)
    with pytest.raises(NotFound):
        responses.share(actor=person, response_id=response)
    responses.share(actor=inside.ben, response_id=response)
    with pytest.raises(NotFound):
        responses.unshare(actor=person, response_id=response)
    with pytest.raises(NotFound):
        responses.share(actor=inside.ben, response_id=uuid4())


def test_whoever_has_left_keeps_their_answers_and_may_only_take_back(inside):
    kept = answer(inside, inside.ben, "ratings")
    shared = answer(inside, inside.ben, "csi4", audience=Audience.COUPLE)
    answer(inside, inside.ada, "ratings", audience=Audience.COUPLE)
    leave(inside.couple, inside.ben)

    mine = responses.own_answers(actor=inside.ben)
    assert {item.response_id for item in mine.own} == {kept, shared}
    assert not any(item.may_share for item in mine.own)
    assert mine.shared == ()
    with pytest.raises(Refused):
        responses.share(actor=inside.ben, response_id=kept)
    responses.unshare(actor=inside.ben, response_id=shared)
    assert responses.own_answers(actor=inside.ada).shared == ()


def test_whoever_came_back_is_a_member_again(inside):
    from practice.models.couples import Membership
    from tests.builders import STARTED

    answer(inside, inside.ada, "ratings", audience=Audience.COUPLE)
    leave(inside.couple, inside.ben)
    db.session.add(
        Membership(
            couple_id=inside.couple, person_id=inside.ben.person_id, position=4, joined_on=STARTED
        )
    )
    db.session.flush()
    assert len(responses.own_answers(actor=inside.ben).shared) == 1
    answer(inside, inside.ben, "csi4")


def test_the_therapist_reads_answers_item_by_item(inside):
    response = answer(inside, inside.ada, "csi16", csi16(0) | {"csi_11": 5, "csi_02": 4})
    page = responses.response_page(actor=inside.tess, response_id=response)
    assert page.name == "Ada Lind"
    assert len(page.items) == 16
    assert (page.items[1].answer, page.items[1].value) == ("Most of the time", 4)
    assert (page.items[10].answer, page.items[10].value) == ("1 of 6, nearest to INTERESTING", 5)
    assert [score.value for score in page.scores] == [9]


@pytest.mark.parametrize("stranger", ["otto", "ada", "ben", "cleo"])
def test_nobody_else_reads_a_response_page(inside, stranger):
    response = answer(inside, inside.ada, "ratings", audience=Audience.COUPLE)
    with pytest.raises(NotFound):
        responses.response_page(actor=getattr(inside, stranger), response_id=response)
    with pytest.raises(NotFound):
        responses.response_page(actor=inside.tess, response_id=uuid4())
