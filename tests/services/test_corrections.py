"""A correction stands for what was answered; the first stays readable and counts nowhere."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select

from practice.db import db
from practice.domain.measures.origin import Origin
from practice.domain.reports import Edition
from practice.domain.visibility import Audience
from practice.models.responses import Response
from practice.services import (
    caseload,
    clock,
    corrections,
    paper,
    reports,
    responses,
    score_check,
)
from practice.services.errors import Invalid, NotFound, Refused
from tests.builders import leave
from tests.measure_builders import answer, choose, csi16


def correct(person, response, answers, **options):
    values = {
        "new_id": uuid4(),
        "audience": Audience.THERAPIST,
        "reason": "I misread the first question.",
    } | options
    return corrections.correct_own(actor=person, response_id=response, answers=answers, **values)


def own(person):
    return responses.own_answers(actor=person).own


def typed_in(inside, person=None, day=None):
    return paper.enter_answers(
        actor=inside.tess,
        couple_id=inside.couple,
        person_id=(person or inside.ada).person_id,
        measure_key="csi4",
        new_id=uuid4(),
        day=day or clock.today(),
        answers=choose("csi4"),
    )


def test_the_corrected_one_stands_for_the_same_day(inside):
    with time_machine.travel("2026-11-10 10:00 +0000", tick=False):
        first = answer(inside, inside.ada, "csi16", csi16(20))
    with time_machine.travel("2026-11-20 10:00 +0000", tick=False):
        second = correct(inside.ada, first, csi16(60))
        (shown,) = own(inside.ada)
    assert shown.response_id == second
    assert shown.completed_at.date().isoformat() == "2026-11-10"
    assert [score.value for score in shown.scores] == [60]
    (before,) = shown.earlier
    assert [score.value for score in before.scores] == [20]
    assert before.reason == "I misread the first question."
    assert before.replaced_at.date().isoformat() == "2026-11-20"


def test_the_first_stays_as_it_was_and_readable_to_the_therapist(inside):
    first = answer(inside, inside.ada, "csi16", csi16(20))
    second = correct(inside.ada, first, csi16(60))
    old = responses.response_page(actor=inside.tess, response_id=first)
    new = responses.response_page(actor=inside.tess, response_id=second)
    assert [score.value for score in old.scores] == [20]
    assert old.replaced.response_id == second
    assert old.replaced.reason == new.replaces.reason == "I misread the first question."
    assert new.replaced is None
    assert new.replaces.response_id == first
    assert new.origin is Origin.PORTAL


def test_it_counts_nowhere(inside):
    first = answer(inside, inside.ada, "csi16", csi16(20), audience=Audience.COUPLE)
    correct(inside.ada, first, csi16(60), audience=Audience.COUPLE)
    measures = responses.couple_measures(actor=inside.tess, couple_id=inside.couple)
    ada = next(line for line in measures.tested[0].lines if line.name == "Ada")
    assert [score.value for score in ada.scores] == [60]
    assert len(measures.answered) == 1
    (couple,) = caseload.caseload(actor=inside.tess).couples
    assert (couple.people[0].satisfaction.latest, couple.people[0].satisfaction.difference) == (
        60,
        None,
    )
    for edition in Edition:
        found = reports.outcome_findings(
            actor=inside.tess, couple_id=inside.couple, edition=edition
        )
        scores = [score.value for scale in found.scales for p in scale.people for score in p.scores]
        assert scores == [60]
    (shared,) = responses.own_answers(actor=inside.ben).shared
    assert [score.value for score in shared.scores] == [60]


def test_the_check_of_scores_still_reads_all(inside):
    first = answer(inside, inside.ada, "csi16", csi16(20))
    correct(inside.ada, first, csi16(60))
    assert score_check.check_scores().recomputed == 2


def test_a_shared_result_disappears_when_it_is_replaced_by_a_private_one(inside):
    before = responses.own_answers(actor=inside.ben)
    first = answer(inside, inside.ada, "csi16", csi16(20), audience=Audience.COUPLE)
    correct(inside.ada, first, csi16(60))
    assert responses.own_answers(actor=inside.ben) == before


def test_a_correction_can_be_corrected_and_the_first_cannot_any_more(inside):
    first = answer(inside, inside.ada, "csi16", csi16(20))
    second = correct(inside.ada, first, csi16(30))
    third = correct(inside.ada, second, csi16(40))
    with pytest.raises(Refused):
        correct(inside.ada, first, csi16(50))
    (shown,) = own(inside.ada)
    assert shown.response_id == third
    assert [[score.value for score in one.scores] for one in shown.earlier] == [[30], [20]]


def test_sent_twice_it_is_one(inside):
    first = answer(inside, inside.ada, "csi16", csi16(20))
    new_id = uuid4()
    ids = {correct(inside.ada, first, csi16(30), new_id=new_id) for _ in range(2)}
    assert ids == {new_id}
    assert len(list(db.session.scalars(select(Response)))) == 2


def test_somebody_elses_id_looks_like_a_free_one(inside):
    first = answer(inside, inside.ada, "csi16", csi16(20))
    of_ben = answer(inside, inside.ben, "csi16", csi16(20))
    new = correct(inside.ada, first, csi16(30), new_id=of_ben)
    assert new != of_ben


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_a_reason_is_needed(inside, reason):
    first = answer(inside, inside.ada, "csi16", csi16(20))
    with pytest.raises(Invalid, match="reason"):
        correct(inside.ada, first, csi16(30), reason=reason)
    assert [score.value for score in own(inside.ada)[0].scores] == [20]


def test_nobody_corrects_somebody_elses_own_answers(inside):
    first = answer(inside, inside.ada, "csi16", csi16(20))
    for other in (inside.ben, inside.finn, inside.cleo, inside.tess):
        with pytest.raises(NotFound):
            correct(other, first, csi16(30))
    with pytest.raises(Refused, match="own answers"):
        corrections.typed_in_correction(actor=inside.tess, response_id=first)
    for other in (inside.otto, inside.ada, inside.ben):
        with pytest.raises(NotFound):
            corrections.typed_in_correction(actor=other, response_id=first)


def test_what_is_not_shareable_stays_so_when_it_is_corrected(inside):
    first = answer(inside, inside.ada, "gad7")
    with pytest.raises(Invalid, match="audience"):
        correct(inside.ada, first, choose("gad7", gad_1=1), audience=Audience.COUPLE)


def test_whoever_has_left_corrects_nothing(inside):
    first = answer(inside, inside.ada, "csi16", csi16(20))
    leave(inside.couple, inside.ada)
    with pytest.raises(NotFound):
        correct(inside.ada, first, csi16(30))
    assert not own(inside.ada)[0].may_correct


def test_the_therapist_corrects_what_was_typed_in_and_its_day(inside):
    first = typed_in(inside)
    with pytest.raises(Refused, match="typed in from paper"):
        correct(inside.ada, first, choose("csi4", csi_01=2))
    new = corrections.correct_typed_in(
        actor=inside.tess,
        response_id=first,
        new_id=uuid4(),
        day=clock.today() - timedelta(days=1),
        answers=choose("csi4", csi_01=2),
        reason="A slip of mine.",
    )
    page = responses.response_page(actor=inside.tess, response_id=new)
    assert clock.local(page.completed_at).date() == clock.today() - timedelta(days=1)
    assert page.origin is Origin.PAPER
    assert page.typed_in_by == "Tess Okafor"
    assert [item.value for item in page.items][0] == 2
    with pytest.raises(Refused):
        corrections.typed_in_correction(actor=inside.tess, response_id=first)


def test_a_correction_of_paper_is_private_again(inside):
    first = typed_in(inside)
    responses.share(actor=inside.ada, response_id=first)
    assert responses.own_answers(actor=inside.ben).shared
    corrections.correct_typed_in(
        actor=inside.tess,
        response_id=first,
        new_id=uuid4(),
        day=clock.today(),
        answers=choose("csi4", csi_01=2),
        reason="A slip of mine.",
    )
    assert not responses.own_answers(actor=inside.ben).shared


def test_what_was_replaced_can_be_taken_back_and_not_shared(inside):
    first = answer(inside, inside.ada, "csi16", csi16(20))
    correct(inside.ada, first, csi16(60))
    with pytest.raises(Refused, match="corrected"):
        responses.share(actor=inside.ada, response_id=first)
    responses.unshare(actor=inside.ada, response_id=first)
