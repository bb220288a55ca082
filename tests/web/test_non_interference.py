"""Nothing that one partner can fetch changes when the other does something private."""

from uuid import uuid4

import pytest
import time_machine

from practice.db import db
from practice.domain.visibility import Audience
from practice.services import clock, corrections, hand_over, paper, responses, risk_flags
from tests.browser import steady
from tests.crawler import crawl
from tests.measure_builders import answer, ask, choose, csi16

MOMENT = "2026-11-20 18:30 +0000"
CHANGING = {"Set-Cookie", "Date"}


def everything(browser):
    """Fetch everything that a partner reaches from the first page."""
    found = {}
    for path, page in crawl(browser, ["/my/", "/my/answers", "/account/security"]):
        headers = sorted((k, v) for k, v in page.headers if k not in CHANGING)
        body = steady(page.text)
        found[path] = (page.status_code, body, [h for h in headers if h[0] != "Content-Length"])
    return found


@pytest.fixture
def now():
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def ada(app, cast, sign_in, now):
    """Ada's browser; she has answered once and has two more sets of questions open."""
    with app.app_context():
        answer(cast, cast.ada, "csi16", csi16(40))
        for person in (cast.ada, cast.ben):
            ask(cast, person, "csi16")
            ask(cast, person, "ratings")
        db.session.commit()
    return sign_in(cast.ada)


def ben_answers_low(cast):
    _submit(cast, csi16(3))


def ben_answers_high(cast):
    _submit(cast, csi16(80))


def ben_answers_everything(cast):
    _submit(cast, csi16(51))
    for item in responses.portal_requests(actor=cast.ben):
        _send(cast, item.request_id, choose(item.measure.key))


def ben_shares_and_takes_back(cast):
    response = _submit(cast, csi16(51))
    responses.share(actor=cast.ben, response_id=response)
    responses.unshare(actor=cast.ben, response_id=response)


def ben_is_given_more(cast):
    _submit(cast, csi16(51))
    ask(cast, cast.ben, "csi4")


def bens_questions_are_taken_back(cast):
    for item in responses.portal_requests(actor=cast.ben):
        responses.withdraw_request(actor=cast.tess, request_id=item.request_id)


def ben_keeps_half_of_it(cast):
    for item in responses.portal_requests(actor=cast.ben):
        responses.keep_for_later(actor=cast.ben, request_id=item.request_id, fields={"csi_01": "2"})


def bens_answer_raises_a_flag_that_is_dealt_with(cast):
    answer(cast, cast.ben, "phq9", choose("phq9", phq_9=3))
    (flag,) = risk_flags.waiting(actor=cast.tess)
    risk_flags.deal_with(actor=cast.tess, flag_id=flag.flag_id, note="Rang him.")


def ben_corrects_himself(cast):
    corrections.correct_own(
        actor=cast.ben,
        response_id=_submit(cast, csi16(51)),
        new_id=uuid4(),
        answers=csi16(12),
        audience=Audience.THERAPIST,
        reason="A slip.",
    )


def bens_paper_is_typed_in_and_corrected(cast):
    typed_in = paper.enter_answers(
        actor=cast.tess,
        couple_id=cast.couple,
        person_id=cast.ben.person_id,
        measure_key="csi16",
        new_id=uuid4(),
        day=clock.today(),
        answers=csi16(20),
    )
    corrections.correct_typed_in(
        actor=cast.tess,
        response_id=typed_in,
        new_id=uuid4(),
        day=clock.today(),
        answers=csi16(30),
        reason="A slip of mine.",
    )


def ben_answers_on_the_device(cast):
    hand_over.begin(actor=cast.tess, couple_id=cast.couple, person_id=cast.ben.person_id)
    visit = hand_over.Visit(cast.couple, cast.ben, "Tess")
    for item in hand_over.open_questions(visit):
        hand_over.submit(visit, item.request_id, choose(item.measure.key), Audience.THERAPIST)
    hand_over.end(visit)


def ben_shares_and_replaces_it_by_a_private_one(cast):
    response = _submit(cast, csi16(51))
    responses.share(actor=cast.ben, response_id=response)
    corrections.correct_own(
        actor=cast.ben,
        response_id=response,
        new_id=uuid4(),
        answers=csi16(12),
        audience=Audience.THERAPIST,
        reason="A slip.",
    )


def _submit(cast, answers):
    (request,) = [
        item.request_id
        for item in responses.portal_requests(actor=cast.ben)
        if item.measure.key == "csi16"
    ]
    return _send(cast, request, answers)


def _send(cast, request, answers):
    return responses.submit(
        actor=cast.ben, request_id=request, answers=answers, audience=Audience.THERAPIST
    )


@pytest.mark.parametrize(
    "act",
    [
        ben_answers_low,
        ben_answers_high,
        ben_answers_everything,
        ben_shares_and_takes_back,
        ben_is_given_more,
        bens_questions_are_taken_back,
        ben_keeps_half_of_it,
        bens_answer_raises_a_flag_that_is_dealt_with,
        ben_corrects_himself,
        bens_paper_is_typed_in_and_corrected,
        ben_answers_on_the_device,
        ben_shares_and_replaces_it_by_a_private_one,
    ],
    ids=lambda act: act.__name__,
)
def test_what_ben_does_in_private_changes_no_byte_for_ada(app, cast, ada, act):
    before = everything(ada)
    asked = [path for path in before if path.startswith("/my/questions/")]
    assert len(asked) == 3, "two, and one of them one question at a time"
    with app.app_context():
        act(cast)
        db.session.commit()
    assert everything(ada) == before


def test_what_ben_shares_is_seen_and_gone_when_he_takes_it_back(app, cast, ada, sign_in):
    before = everything(ada)
    assert "Ben" not in before["/my/answers"][1].split("Shown to you")[-1].split("Show it to")[0]
    with app.app_context():
        response = _submit(cast, csi16(63))
        db.session.commit()
    ben = sign_in(cast.ben)
    assert ben.post(f"/my/answers/{response}/share").status_code == 303
    shown = ada.get("/my/answers").text
    assert "Shown to you" in shown
    assert "<strong>63</strong> on a scale from 0 to 81" in shown
    assert "20 November 2026" in shown

    assert ben.post(f"/my/answers/{response}/take-back").status_code == 303
    assert everything(ada) == before


def test_bens_addresses_look_to_ada_like_no_address_at_all(app, cast, ada):
    nowhere = "00000000-0000-4000-8000-000000000000"
    with app.app_context():
        (waiting, _) = responses.portal_requests(actor=cast.ben)
        response = _submit(cast, csi16(63))
        db.session.commit()
    absent = ada.get(f"/my/questions/{nowhere}")
    for path in (
        f"/my/questions/{waiting.request_id}",
        f"/my/questions/{waiting.request_id}/done",
        f"/responses/{response}",
        f"/couples/{cast.couple}/measures",
        f"/couples/{cast.couple}/measures/new",
        "/measures",
    ):
        page = ada.get(path)
        assert page.status_code == 404
        assert steady(page.text) == steady(absent.text)
    for act in ("share", "take-back"):
        assert ada.post(f"/my/answers/{response}/{act}").status_code == 404
    assert "Shown to you" not in ada.get("/my/answers").text
