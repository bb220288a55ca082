"""Giving measures, taking them back, and what waits in the portal."""

from datetime import date

import pytest
import time_machine

from practice.services import responses
from practice.services.errors import Invalid, NotFound, Refused
from tests.builders import leave
from tests.measure_builders import answer, ask, choose

MOMENT = "2026-11-20 12:00 +0000"


def give(cast, people, measures, actor=None, due_on=None):
    return responses.give(
        actor=actor or cast.tess,
        couple_id=cast.couple,
        person_ids=[person.person_id for person in people],
        measure_keys=measures,
        due_on=due_on,
    )


def waiting(person):
    return [item.measure.key for item in responses.portal_requests(actor=person)]


def test_what_is_given_waits_for_each_person_asked(inside):
    given = give(inside, [inside.ada, inside.ben], ["csi16", "ratings"])
    assert len(given.asked) == 4
    assert given.skipped == ()
    assert sorted(waiting(inside.ada)) == sorted(waiting(inside.ben)) == ["csi16", "ratings"]


def test_an_open_measure_is_not_asked_twice(inside):
    give(inside, [inside.ada], ["csi16"])
    given = give(inside, [inside.ada, inside.ben], ["csi16"])
    assert given.asked == ("Asked of Ben: CSI-16.",)
    assert given.skipped == ("Ada already has this to answer: CSI-16.",)
    assert waiting(inside.ada) == ["csi16"]


def test_an_answered_measure_can_be_asked_again(inside):
    answer(inside, inside.ada, "csi4")
    assert waiting(inside.ada) == []
    give(inside, [inside.ada], ["csi4"])
    assert waiting(inside.ada) == ["csi4"]


@pytest.mark.parametrize("order", [["csi16", "csi4"], ["csi4", "csi16"]])
def test_the_short_form_is_skipped_when_the_long_one_is_given_with_it(inside, order):
    given = give(inside, [inside.ada], order)
    assert waiting(inside.ada) == ["csi16"]
    assert given.skipped == (
        "Ada was not given the CSI-4: its questions are in the CSI-16, which is open.",
    )


def test_the_long_form_replaces_an_open_short_one(inside):
    give(inside, [inside.ada], ["csi4"])
    given = give(inside, [inside.ada], ["csi16"])
    assert waiting(inside.ada) == ["csi16"]
    assert given.skipped == (
        "The open CSI-4 of Ada was taken back: its questions are in the CSI-16.",
    )


def test_what_one_person_has_open_does_not_bind_the_other(inside):
    give(inside, [inside.ada], ["csi16"])
    given = give(inside, [inside.ben], ["csi4"])
    assert given.skipped == ()
    assert waiting(inside.ben) == ["csi4"]


@time_machine.travel(MOMENT, tick=False)
def test_each_wrong_entry_is_named(inside):
    with pytest.raises(Invalid) as problem:
        give(inside, [], [], due_on=date(2026, 11, 19))
    assert set(problem.value.errors) == {"people", "measures", "due_on"}
    with pytest.raises(Invalid, match="measures"):
        give(inside, [inside.ada], ["das"])
    with pytest.raises(Invalid, match="people"):
        give(inside, [inside.finn], ["csi4"])
    with pytest.raises(Invalid, match="people"):
        give(inside, [inside.cleo], ["csi4"])
    assert waiting(inside.ada) == []


@time_machine.travel(MOMENT, tick=False)
def test_what_has_a_day_comes_first(inside):
    give(inside, [inside.ada], ["ratings"])
    give(inside, [inside.ada], ["csi4"], due_on=date(2026, 11, 20))
    assert waiting(inside.ada) == ["csi4", "ratings"]


@pytest.mark.parametrize("stranger", ["otto", "ada", "cleo"])
def test_only_the_treating_therapist_gives(inside, stranger):
    with pytest.raises(NotFound):
        give(inside, [inside.ada], ["csi4"], actor=getattr(inside, stranger))


def test_a_request_says_who_else_would_read_the_answer(inside):
    give(inside, [inside.ada], ["csi4"])
    (request,) = responses.portal_requests(actor=inside.ada)
    assert request.readers.therapist == "Tess"
    assert request.readers.others == ("Ben",)


def test_whoever_has_left_finds_nothing_to_do(inside):
    give(inside, [inside.ben], ["csi4"])
    (request,) = responses.portal_requests(actor=inside.ben)
    leave(inside.couple, inside.ben)
    assert responses.portal_requests(actor=inside.ben) == ()
    with pytest.raises(NotFound):
        responses.questions(actor=inside.ben, request_id=request.request_id)


def test_what_is_taken_back_is_gone_from_the_portal(inside):
    request = ask(inside, inside.ada, "csi4")
    assert responses.withdraw_request(actor=inside.tess, request_id=request) == inside.couple
    responses.withdraw_request(actor=inside.tess, request_id=request)
    assert waiting(inside.ada) == []
    with pytest.raises(Refused, match="taken back"):
        responses.questions(actor=inside.ada, request_id=request)


def test_what_is_answered_cannot_be_taken_back(inside):
    request = ask(inside, inside.ada, "csi4")
    responses.submit(
        actor=inside.ada,
        request_id=request,
        answers=choose("csi4"),
        audience=responses.AUDIENCES[0],
    )
    with pytest.raises(Refused, match="answered"):
        responses.withdraw_request(actor=inside.tess, request_id=request)


@pytest.mark.parametrize("stranger", ["otto", "ada", "ben"])
def test_only_the_treating_therapist_takes_back(inside, stranger):
    request = ask(inside, inside.ada, "csi4")
    with pytest.raises(NotFound):
        responses.withdraw_request(actor=getattr(inside, stranger), request_id=request)
    assert waiting(inside.ada) == ["csi4"]
