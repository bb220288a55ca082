"""Rules of thumb over the record: the same in the caseload and on the couple's page."""

from datetime import date, timedelta

import pytest
import time_machine

from practice.db import db
from practice.domain.attention import Concern
from practice.domain.course import SignalKind
from practice.domain.visibility import Audience
from practice.models.couples import Couple
from practice.models.responses import Response, Score
from practice.services.caseload import caseload
from practice.services.couple_measures import couple_measures
from tests.builders import leave
from tests.records import NOW, TODAY, make_planned, make_request, make_score, make_session


@pytest.fixture(autouse=True)
def fixed_time():
    with time_machine.travel(NOW, tick=False):
        yield


def weekly(cast, person, *values, scale="csi4", **more):
    """Add weekly scores, the last of them yesterday."""
    for place, value in enumerate(reversed(values)):
        make_score(cast.couple, person, value, days_ago=1 + 7 * place, scale=scale, **more)


def feedback(cast, person, *values):
    for place, value in enumerate(values):
        row = db.session.get(
            Response,
            make_score(cast.couple, person, value, days_ago=30 - place, scale="felt_heard"),
        )
        row.measure_key = "session_feedback"
        row.scores.append(Score(scale_key="what_mattered", value=value))
    db.session.flush()


def held(cast, count):
    for place in range(count):
        make_session(cast.couple, cast.tess, starts_at=NOW - timedelta(days=14 * (count - place)))


def on_page(cast):
    page = couple_measures(actor=cast.tess, couple_id=cast.couple)
    return [(signal.kind, signal.words, signal.since) for signal in page.signals]


def in_list(cast):
    make_planned(cast.couple, cast.tess)
    (couple,) = caseload(actor=cast.tess).couples
    wanted = (Concern.NOT_ON_TRACK, Concern.EARLY_SIGN, Concern.WORSENING)
    return [reason for reason in couple.reasons if reason.concern in wanted]


def test_red_is_said_on_the_page_and_once_in_the_list(inside):
    weekly(inside, inside.ada, 15, 12, 11)
    ((kind, words, since),) = on_page(inside)
    assert (kind, since) == (SignalKind.WORSE, TODAY - timedelta(days=8))
    (reason,) = in_list(inside)
    assert reason.concern is Concern.NOT_ON_TRACK
    assert reason.words == (
        "Ada: reliably worse than at the start, twice in a row (rule of thumb),"
    )
    assert (words.rstrip(","), reason.since) == (reason.words.split(" (rule")[0], since)


def test_page_and_list_say_the_same_of_a_long_record(inside):
    held(inside, 5)
    weekly(inside, inside.ada, 12, *[13] * 20, 14, 16, 15, 14, 14, 13, 13)
    weekly(inside, inside.ben, 9, *[9] * 15)
    feedback(inside, inside.ada, 9, 9)
    feedback(inside, inside.ben, 4, 5)
    page = on_page(inside)
    assert [kind for kind, _, _ in page] == [
        SignalKind.LITTLE_GAIN,
        SignalKind.LITTLE_GAIN,
        SignalKind.SLOW_SLIDE,
        SignalKind.SPLIT_ALLIANCE,
    ]
    reasons = in_list(inside)
    assert [reason.words for reason in reasons] == [
        f"{words.rstrip(',')} (rule of thumb)," for _, words, _ in page
    ]
    assert [reason.since for reason in reasons] == [since for _, _, since in page]


def test_sessions_with_one_member_are_not_counted(inside):
    weekly(inside, inside.ada, 9, 9, 9)
    held(inside, 3)
    make_session(inside.couple, inside.tess, kind="individual", person_id=inside.ada.person_id)
    assert on_page(inside) == []
    assert in_list(inside) == []


def test_what_is_private_or_replaced_or_of_another_couple_counts_nowhere(inside):
    weekly(inside, inside.ada, 15, 12, audience=Audience.PRIVATE)
    weekly(inside, inside.ada, 15, 14, 13)
    wrong = make_score(inside.couple, inside.ada, 1, days_ago=0, scale="csi4")
    assert on_page(inside)
    db.session.get(Response, wrong).superseded_at = NOW
    db.session.flush()
    assert on_page(inside) == []
    assert in_list(inside) == []


def test_two_missed_answers_are_said_on_the_page_and_in_the_list(inside):
    make_score(inside.couple, inside.ben, 9, days_ago=60, scale="csi4")
    for days in (40, 20):
        make_request(inside.couple, inside.tess, inside.ben, due_on=TODAY - timedelta(days=days))
    held(inside, 3)
    assert (on_page(inside), in_list(inside)) == ([], [])
    make_session(inside.couple, inside.tess)
    ((kind, words, _),) = on_page(inside)
    assert (kind, words) == (SignalKind.MISSED, "Ben: no answer the last 2 times")
    assert [reason.words for reason in in_list(inside)] == [
        "Ben: no answer the last 2 times (rule of thumb),"
    ]


def test_what_was_taken_back_is_due_today_or_later_was_not_missed(inside):
    make_score(inside.couple, inside.ben, 9, days_ago=60, scale="csi4")
    make_request(inside.couple, inside.tess, inside.ben, due_on=TODAY - timedelta(days=20))
    make_request(inside.couple, inside.tess, inside.ben, due_on=TODAY)
    make_request(
        inside.couple,
        inside.tess,
        inside.ben,
        due_on=TODAY - timedelta(days=9),
        withdrawn_at=NOW,
    )
    assert on_page(inside) == []
    assert in_list(inside) == []


def test_once_care_or_the_relationship_has_ended_nothing_is_said(inside):
    weekly(inside, inside.ada, 15, 12, 11)
    couple = db.session.get(Couple, inside.couple)
    couple.relationship_ended_on = date(2026, 11, 1)
    assert on_page(inside) == []
    assert [reason.concern for reason in in_list(inside)] == [Concern.WORSENING]
    couple.relationship_ended_on, couple.episode_ended_on = None, date(2026, 11, 1)
    assert on_page(inside) == []


def test_whoever_has_left_is_not_spoken_of(inside):
    weekly(inside, inside.ben, 15, 12, 11)
    leave(inside.couple, inside.ben)
    assert on_page(inside) == []
    assert in_list(inside) == []
