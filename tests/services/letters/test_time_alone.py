"""Asking for time alone: seen by whoever treats them, by nobody else."""

import pytest

from practice.services import own_entries, sessions
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.letters import time_requests
from practice.services.own_entries import EntryKind
from tests.letter_builders import ask, plan, time_of, time_page


def test_asking_for_time_alone_is_seen_by_whoever_treats_them_alone(inside):
    before = time_page(inside, inside.ben)
    new_id = ask(inside, inside.ada, about="The money.", when="Mondays.")
    ask(inside, inside.ada, about="Pressed twice.", new_id=new_id)
    found = time_requests.asked_time(actor=inside.tess, request_id=new_id).asking
    assert (found.about, found.when, found.badge) == ("The money.", "Mondays.", "You and Ada")
    assert time_page(inside, inside.ben) == before
    for somebody in (inside.ben, inside.finn, inside.otto):
        with pytest.raises(NotFound):
            time_requests.asked_time(actor=somebody, request_id=new_id)
        with pytest.raises(NotFound):
            time_requests.own_time(actor=somebody, time_id=time_of(inside, inside.ada))
    with pytest.raises(Refused):
        ask(inside, inside.ada, about="A second one.")
    ask(inside, inside.ben, new_id=new_id)  # hers looks like a free one, and his is kept
    assert time_page(inside, inside.ben).open is not None


def test_seen_is_told_and_a_planned_session_answers(inside):
    new_id = ask(inside, inside.ada)
    time_requests.say_seen(actor=inside.tess, request_id=new_id)
    assert time_page(inside, inside.ada).open.seen_by == "Tess"
    plan(inside, None, 9)  # with both: answers nothing
    plan(inside, inside.ben, 11)
    assert time_page(inside, inside.ada).open is not None
    session_id = plan(inside, inside.ada, 14)
    found = time_page(inside, inside.ada)
    assert found.open is None
    assert found.may_ask
    assert (
        found.latest.session_at
        == sessions.get_session(actor=inside.tess, session_id=session_id).starts_at
    )
    with pytest.raises(Refused):
        time_requests.answer(actor=inside.tess, request_id=new_id, words="Too late.")


def test_it_can_be_answered_in_words_once(inside):
    new_id = ask(inside, inside.ada)
    with pytest.raises(Invalid):
        time_requests.answer(actor=inside.tess, request_id=new_id, words="  ")
    for _ in range(2):
        time_requests.answer(actor=inside.tess, request_id=new_id, words="I ring on Friday.")
    with pytest.raises(Refused):
        time_requests.answer(actor=inside.tess, request_id=new_id, words="Otherwise.")
    latest = time_page(inside, inside.ada).latest
    assert (latest.answer, latest.seen_by) == ("I ring on Friday.", "Tess")
    ask(inside, inside.ada)  # and anew


def test_it_can_be_taken_back_and_locked_away(inside):
    ask(inside, inside.ada, about="Not yet.")
    for _ in range(2):
        time_requests.take_back(actor=inside.ada, time_id=time_of(inside, inside.ada))
    found = time_page(inside, inside.ada)
    assert (found.open, found.latest, found.may_ask) == (None, None, True)
    new_id = ask(inside, inside.ada, about="Now.")
    own_entries.lock_away(actor=inside.ada, kind=EntryKind.TIME_ALONE, record_id=new_id)
    found = time_page(inside, inside.ada)
    assert (found.open, found.may_ask) == (None, True)
    assert time_requests.asked_time(actor=inside.tess, request_id=new_id).asking.about == "Now."
    ask(inside, inside.ada, about="Again.")  # the locked one does not stand in the way
    assert time_page(inside, inside.ada).open.about == "Again."
