"""Letters of one member: each apart, and nobody learns more than they are told."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select

from practice.db import db
from practice.domain.letters import LONGEST_LETTER, MOST_A_DAY
from practice.domain.people import Role
from practice.models.couples import Care
from practice.services import caseload, letters, own_entries
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.letters import time_requests
from practice.services.own_entries import EntryKind
from tests.builders import make_person
from tests.letter_builders import answer, ask, mine, own_id, time_of, words, write
from tests.staff import co_treat, make_staff


def test_a_letter_is_read_by_its_author_and_whoever_treats_them(inside):
    write(inside, inside.ada, "He does not know this.")
    assert words(mine(inside, inside.ada)) == ["He does not know this."]
    (one,) = mine(inside, inside.ada).letters.shown
    assert (one.author, one.badge, one.read_by) == ("You", "You and Tess", "")
    thread = letters.person_thread(
        actor=inside.tess, couple_id=inside.couple, person_id=inside.ada.person_id
    )
    assert words(thread) == ["He does not know this."]
    assert thread.readers == "You and Ada"
    assert mine(inside, inside.ben).letters.total == 0


def test_co_therapists_are_named_and_read_too(inside):
    toni = make_person("Toni Vance", Role.THERAPIST)
    co_treat(inside.couple, toni)
    write(inside, inside.ada)
    assert mine(inside, inside.ada).readers == "You, Tess and Toni"
    asked = {"couple_id": inside.couple, "person_id": inside.ada.person_id}
    assert letters.person_thread(actor=toni, **asked).letters.total == 1
    answer(inside, inside.ada, "It is Toni.", by=toni)
    assert [one.author for one in mine(inside, inside.ada).letters.shown] == ["You", "Toni"]


@pytest.mark.parametrize("who", ["ben", "finn", "otto", "cleo", "rita", "olga", "sue"])
def test_it_does_not_exist_for_anybody_else(inside, who):
    staff = make_staff(inside)
    somebody = getattr(inside, who, None) or getattr(staff, who)
    new_id = write(inside, inside.ada)
    with pytest.raises(NotFound):
        letters.own_thread(actor=somebody, thread_id=own_id(inside, inside.ada))
    with pytest.raises(NotFound):
        letters.send(
            actor=somebody, thread_id=own_id(inside, inside.ada), new_id=uuid4(), body="Mine?"
        )
    with pytest.raises(NotFound):
        letters.person_thread(
            actor=somebody, couple_id=inside.couple, person_id=inside.ada.person_id
        )
    with pytest.raises(NotFound):
        letters.couple_letters(actor=somebody, couple_id=inside.couple)
    with pytest.raises(NotFound):
        own_entries.own_entry(actor=somebody, kind=EntryKind.LETTER, record_id=new_id)
    assert letters.inbox(actor=somebody).lines == ()


def test_sent_twice_is_one_letter_and_anothers_id_is_taken_for_a_free_one(inside):
    new_id = write(inside, inside.ada, "Once.")
    write(inside, inside.ada, "Once, pressed again.", new_id=new_id)
    assert words(mine(inside, inside.ada)) == ["Once."]
    write(inside, inside.ben, "Under her id.", new_id=new_id)
    assert words(mine(inside, inside.ben)) == ["Under her id."]
    letters.reply(
        actor=inside.tess,
        couple_id=inside.couple,
        person_id=inside.ada.person_id,
        new_id=new_id,
        body="An answer.",
        until_id=None,
    )
    assert words(mine(inside, inside.ada)) == ["Once.", "An answer."]


def test_an_answer_to_one_reaches_nobody_else(inside):
    answer(inside, inside.ada, "For Ada.")
    assert words(mine(inside, inside.ada)) == ["For Ada."]
    assert mine(inside, inside.ben).letters.total == 0
    assert letters.own_letters(actor=inside.ben)[0].has_new is False
    assert letters.own_letters(actor=inside.ada)[0].has_new is True
    with pytest.raises(NotFound):
        letters.reply(
            actor=inside.tess,
            couple_id=inside.couple,
            person_id=inside.cleo.person_id,
            new_id=uuid4(),
            body="Wrong door.",
            until_id=None,
        )


def test_nothing_empty_and_nothing_endless(inside):
    for body in ("", "  \n ", "\x00"):
        with pytest.raises(Invalid):
            write(inside, inside.ada, body)
    with pytest.raises(Invalid):
        write(inside, inside.ada, "x" * (LONGEST_LETTER + 1))
    write(inside, inside.ada, "x" * LONGEST_LETTER)
    assert mine(inside, inside.ada).letters.total == 1


def test_so_many_a_day_and_more_tomorrow(inside):
    with time_machine.travel("2026-11-20 12:00 +0000", tick=False) as now:
        for _ in range(MOST_A_DAY):
            write(inside, inside.ada)
        with pytest.raises(Refused, match="tomorrow"):
            write(inside, inside.ada, "One more.")
        write(inside, inside.ben, "His own day.")
        answer(inside, inside.ada)
        now.shift(timedelta(days=1))
        write(inside, inside.ada, "Next day.")
    assert mine(inside, inside.ada).letters.total == MOST_A_DAY + 2


def test_pages_hold_the_newest_first_and_each_in_order(inside):
    with time_machine.travel("2026-11-01 12:00 +0000", tick=False) as now:
        for number in range(45):
            answer(inside, inside.ada, f"Answer {number}.")
            now.shift(timedelta(hours=1))
    newest, middle, oldest = (mine(inside, inside.ada, page=n) for n in (1, 2, 3))
    assert words(newest) == [f"Answer {n}." for n in range(25, 45)]
    assert words(middle) == [f"Answer {n}." for n in range(5, 25)]
    assert words(oldest) == [f"Answer {n}." for n in range(5)]
    assert words(mine(inside, inside.ada, page=99)) == words(oldest)
    assert (newest.letters.pages, newest.letters.newest_id) == (3, newest.letters.shown[-1].id)


def test_read_is_said_and_reaches_as_far_as_was_shown(inside):
    first = write(inside, inside.ada, "One.")
    write(inside, inside.ada, "Came while Tess was reading.")
    who = {"couple_id": inside.couple, "person_id": inside.ada.person_id}
    letters.mark_read(actor=inside.tess, until_id=first, **who)
    shown = mine(inside, inside.ada).letters.shown
    assert [one.read_by for one in shown] == ["Tess", ""]
    (line, *_) = letters.couple_letters(actor=inside.tess, couple_id=inside.couple).people
    assert (line.label, line.total, line.unread) == ("Ada", 2, 1)
    letters.mark_read(actor=inside.tess, until_id=first, **who)  # again: nothing more
    with pytest.raises(NotFound):
        letters.mark_read(actor=inside.tess, until_id=uuid4(), **who)
    answer(inside, inside.ada, until_id=shown[-1].id)
    assert letters.inbox(actor=inside.tess).unread == 0


def test_what_one_who_treats_them_has_read_is_read(inside):
    toni = make_person("Toni Vance", Role.THERAPIST)
    co_treat(inside.couple, toni)
    new_id = write(inside, inside.ada)
    who = {"couple_id": inside.couple, "person_id": inside.ada.person_id}
    letters.mark_read(actor=toni, until_id=new_id, **who)
    assert letters.inbox(actor=inside.tess).unread == 0
    letters.mark_read(actor=inside.tess, until_id=new_id, **who)
    assert mine(inside, inside.ada).letters.shown[0].read_by == "Toni"


def test_a_member_says_that_they_have_read_and_whoever_treats_them_is_told(inside):
    new_id = answer(inside, inside.ada)
    letters.mark_own_read(actor=inside.ada, thread_id=own_id(inside, inside.ada), until_id=new_id)
    assert letters.own_letters(actor=inside.ada)[0].has_new is False
    thread = letters.person_thread(
        actor=inside.tess, couple_id=inside.couple, person_id=inside.ada.person_id
    )
    assert thread.letters.shown[0].read_by == "Ada"
    answer(inside, inside.ada, "And more.")
    write(inside, inside.ada, "Read by answering.")
    assert letters.own_letters(actor=inside.ada)[0].has_new is False


def test_the_inbox_puts_what_waits_longest_first(inside):
    with time_machine.travel("2026-11-20 12:00 +0000", tick=False) as now:
        answer(inside, inside.ben, "First of all, to Ben.")
        now.shift(timedelta(hours=1))
        write(inside, inside.ada)
        now.shift(timedelta(hours=1))
        found = letters.inbox(actor=inside.tess)
        assert [(one.label, one.unread) for one in found.lines] == [("Ada", 1), ("Ben", 0)]
        write(inside, inside.ben)
        found = letters.inbox(actor=inside.tess)
        assert [(one.label, one.unread) for one in found.lines] == [("Ada", 1), ("Ben", 1)]
        assert found.unread == 2
    assert {one.badge for one in found.lines} == {"You and Ada", "You and Ben"}


def test_the_caseload_says_that_something_waits_and_nothing_of_it(inside):
    def reasons():
        (couple,) = caseload.caseload(actor=inside.tess).couples
        return [one.words for one in couple.reasons if one.concern in {"letter", "time_alone"}]

    assert reasons() == []
    new_id = write(inside, inside.ada, "He frightens me.")
    ask(inside, inside.ben, about="The letters I found.")
    assert reasons() == [
        "Ben: something asked of you, to answer",
        "Ada: a letter to read",
    ]
    letters.mark_read(
        actor=inside.tess,
        couple_id=inside.couple,
        person_id=inside.ada.person_id,
        until_id=new_id,
    )
    time_requests.take_back(actor=inside.ben, time_id=time_of(inside, inside.ben))
    assert reasons() == []


def test_without_anybody_who_reads_nothing_can_be_sent(inside):
    care = db.session.scalars(select(Care).where(Care.couple_id == inside.couple)).all()
    for row in care:
        row.until = date(2026, 11, 1)
    db.session.flush()
    assert "telephone" in mine(inside, inside.ada).why_not
    with pytest.raises(Refused):
        write(inside, inside.ada)
