"""Letters to all: only while all ask, and nobody learns that one asked."""

from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from practice.db import db
from practice.domain.letters import are_open_together
from practice.domain.people import Role
from practice.models.letters import Message
from practice.services import clock, letters, memberships, own_entries
from practice.services.errors import NotFound, Refused
from practice.services.known_people import NewPerson
from practice.services.own_entries import EntryKind
from tests.builders import make_couple, make_person
from tests.letter_builders import (
    all_id,
    answer,
    ask,
    mine,
    of_all,
    open_to_all,
    own_id,
    words,
    write,
    write_all,
)


@pytest.mark.parametrize(
    ("present", "asked", "is_open"),
    [
        ("ab", "ab", True),
        ("ab", "abc", True),
        ("ab", "a", False),
        ("abc", "ab", False),
        ("a", "a", False),
        ("", "", False),
    ],
)
def test_letters_to_all_are_open_while_every_present_member_asks(present, asked, is_open):
    ids = {name: uuid4() for name in "abc"}
    assert are_open_together([ids[n] for n in present], [ids[n] for n in asked]) is is_open


def test_nobody_learns_that_one_asked_until_all_have(inside):
    before = (of_all(inside, inside.ben), letters.own_letters(actor=inside.ben))
    letters.ask_together(actor=inside.ada, thread_id=all_id(inside))
    letters.ask_together(actor=inside.ada, thread_id=all_id(inside))
    assert (of_all(inside, inside.ben), letters.own_letters(actor=inside.ben)) == before
    with pytest.raises(Refused):
        write_all(inside, inside.ada)
    found = letters.couple_letters(actor=inside.tess, couple_id=inside.couple)
    assert (found.asked, found.together, found.is_together_open) == (("Ada",), None, False)
    with pytest.raises(NotFound):
        letters.together_thread(actor=inside.tess, couple_id=inside.couple)
    letters.take_back_together(actor=inside.ada, thread_id=all_id(inside))
    assert (of_all(inside, inside.ben), letters.own_letters(actor=inside.ben)) == before


def test_when_all_have_asked_all_write_and_read(inside):
    open_to_all(inside)
    assert letters.own_letters(actor=inside.ben)[0].is_together_open
    assert of_all(inside, inside.ada).readers == "You, Tess and Ben"
    write_all(inside, inside.ada, "From Ada.")
    answer(inside, None, "From Tess.")
    write_all(inside, inside.ben, "From Ben.")
    expected = ["From Ada.", "From Tess.", "From Ben."]
    thread = letters.together_thread(actor=inside.tess, couple_id=inside.couple)
    assert words(of_all(inside, inside.ada)) == words(of_all(inside, inside.ben)) == expected
    assert words(thread) == expected
    assert thread.readers == "You, Ada and Ben"
    assert mine(inside, inside.ada).letters.total == 0


def test_members_learn_of_no_reading_of_each_other(inside):
    open_to_all(inside)
    new_id = write_all(inside, inside.ada)
    before = of_all(inside, inside.ada)
    letters.mark_own_read(actor=inside.ben, thread_id=all_id(inside), until_id=new_id)
    assert of_all(inside, inside.ada) == before
    answered = answer(inside, None)
    before = of_all(inside, inside.ada)
    letters.mark_own_read(actor=inside.ben, thread_id=all_id(inside), until_id=answered)
    assert of_all(inside, inside.ada) == before


def test_whoever_asks_no_longer_closes_it_for_all_and_nothing_is_lost(inside):
    open_to_all(inside)
    write_all(inside, inside.ada, "While it was open.")
    letters.take_back_together(actor=inside.ben, thread_id=all_id(inside))
    for person in (inside.ada, inside.ben):
        with pytest.raises(Refused):
            write_all(inside, person)
        assert words(of_all(inside, person)) == ["While it was open."]
    with pytest.raises(Refused):
        answer(inside, None)
    letters.ask_together(actor=inside.ben, thread_id=all_id(inside))
    write_all(inside, inside.ben, "Open again.")
    assert len(words(of_all(inside, inside.ada))) == 2


def test_whoever_joins_later_reads_nothing_and_all_ask_anew(inside):
    open_to_all(inside)
    write_all(inside, inside.ada, "Before Gus.")
    gus_id = memberships.add_member(
        actor=inside.tess,
        couple_id=inside.couple,
        person=NewPerson(name="Gus Weller", is_new=True),
        joined_on=clock.today(),
    )
    gus = type(inside.ada)(gus_id, Role.PARTNER, "Gus Weller")
    assert words(of_all(inside, gus)) == []
    with pytest.raises(Refused):
        write_all(inside, inside.ada)
    letters.ask_together(actor=gus, thread_id=all_id(inside))
    with pytest.raises(Refused):
        write_all(inside, inside.ada)  # Ada and Ben asked when they were two
    open_to_all(inside)
    write_all(inside, gus, "Now there are three.")
    assert words(of_all(inside, gus)) == ["Now there are three."]
    assert len(words(of_all(inside, inside.ada))) == 2


def test_whoever_has_left_keeps_their_own_thread_and_their_own_words(inside):
    open_to_all(inside)
    write_all(inside, inside.ada, "Ada to all.")
    write_all(inside, inside.ben, "Ben to all.")
    write(inside, inside.ben, "Ben alone.")
    answer(inside, inside.ben, "To Ben alone.")
    ask(inside, inside.ben)
    memberships.end_membership(
        actor=inside.tess,
        couple_id=inside.couple,
        person_id=inside.ben.person_id,
        left_on=clock.today(),
    )
    assert words(mine(inside, inside.ben)) == ["Ben alone.", "To Ben alone."]
    assert words(of_all(inside, inside.ben)) == ["Ben to all."]
    assert not mine(inside, inside.ben).may_write
    for send in (write, write_all):
        with pytest.raises(Refused):
            send(inside, inside.ben)
    for act in (letters.ask_together, letters.take_back_together):
        with pytest.raises(NotFound):
            act(actor=inside.ben, thread_id=all_id(inside))
    with pytest.raises(Refused):
        answer(inside, inside.ben)
    thread = letters.person_thread(
        actor=inside.tess, couple_id=inside.couple, person_id=inside.ben.person_id
    )
    assert words(thread) == ["Ben alone.", "To Ben alone."]
    assert letters.inbox(actor=inside.tess).lines[0].time_request_id is None
    assert [one.thread_id for one in letters.own_letters(actor=inside.ben)] == [
        own_id(inside, inside.ben)
    ]


def test_whoever_is_alone_finds_no_hint_of_others(inside):
    gwen = make_person("Gwen Park", Role.PARTNER)
    couple = make_couple(inside.tess, [gwen])
    thread = letters.own_thread(actor=gwen, thread_id=letters.thread_id_of(couple, gwen.person_id))
    assert (thread.can_ask, thread.together_id) == (False, None)
    with pytest.raises(NotFound):
        letters.own_thread(actor=gwen, thread_id=letters.thread_id_of(couple, None))
    with pytest.raises(NotFound):
        letters.ask_together(actor=gwen, thread_id=letters.thread_id_of(couple, None))


def test_what_was_written_to_all_cannot_be_locked_away(inside):
    open_to_all(inside)
    new_id = write_all(inside, inside.ada)
    with pytest.raises(NotFound):
        own_entries.lock_away(actor=inside.ada, kind=EntryKind.LETTER, record_id=new_id)
    with pytest.raises(NotFound):
        letters.lock_all(actor=inside.ada, thread_id=all_id(inside))
    db.session.get_one(Message, new_id).locked_at = clock.now()
    with pytest.raises(IntegrityError):
        db.session.flush()
