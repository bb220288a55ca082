"""Letters: each person apart; to all only while all ask; nobody learns more than they are told."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from practice.db import db
from practice.domain.letters import LONGEST_LETTER, MOST_A_DAY, are_open_together
from practice.domain.people import Role
from practice.domain.sessions import SessionFormat, SessionStatus
from practice.models.couples import Care
from practice.models.letters import Message, MessageParty
from practice.services import caseload, clock, drafts, letters, memberships, own_entries, sessions
from practice.services.drafts import DraftKind
from practice.services.erasure import carrying_out, planning
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.known_people import NewPerson
from practice.services.letters import time_requests
from practice.services.own_entries import EntryKind
from practice.services.own_export import export
from practice.services.own_export.subject import Subject, reader_of
from practice.services.people import members_of
from tests.builders import leave, make_couple, make_person
from tests.staff import co_treat, make_staff


def own_id(cast, person):
    return letters.thread_id_of(cast.couple, person.person_id)


def all_id(cast):
    return letters.thread_id_of(cast.couple, None)


def write(cast, person, body="A few words.", new_id=None):
    new_id = new_id or uuid4()
    letters.send(actor=person, thread_id=own_id(cast, person), new_id=new_id, body=body)
    return new_id


def write_all(cast, person, body="To all of you."):
    new_id = uuid4()
    letters.send(actor=person, thread_id=all_id(cast), new_id=new_id, body=body)
    return new_id


def answer(cast, person, body="Thank you.", by=None, until_id=None):
    new_id = uuid4()
    letters.reply(
        actor=by or cast.tess,
        couple_id=cast.couple,
        person_id=person.person_id if person else None,
        new_id=new_id,
        body=body,
        until_id=until_id,
    )
    return new_id


def mine(cast, person, **page):
    return letters.own_thread(actor=person, thread_id=own_id(cast, person), **page)


def of_all(cast, person):
    return letters.own_thread(actor=person, thread_id=all_id(cast))


def words(thread):
    return [one.body for one in thread.letters.shown]


def open_to_all(cast):
    for person in (cast.ada, cast.ben):
        letters.ask_together(actor=person, thread_id=all_id(cast))


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


def test_without_anybody_who_reads_nothing_can_be_sent(inside):
    care = db.session.scalars(select(Care).where(Care.couple_id == inside.couple)).all()
    for row in care:
        row.until = date(2026, 11, 1)
    db.session.flush()
    assert "telephone" in mine(inside, inside.ada).why_not
    with pytest.raises(Refused):
        write(inside, inside.ada)


def test_what_is_locked_away_is_off_the_authors_pages_and_stays_with_the_therapist(inside):
    write(inside, inside.ada, "Locked.")
    answered = answer(inside, inside.ada, "Locked too.")
    drafts.keep(
        actor=inside.ada,
        kind=DraftKind.LETTER,
        about_id=own_id(inside, inside.ada),
        fields={"body": "half"},
    )
    letters.lock_all(actor=inside.ada, thread_id=own_id(inside, inside.ada))
    assert words(mine(inside, inside.ada)) == []
    assert not mine(inside, inside.ada).letters.has_new
    assert letters.own_letters(actor=inside.ada)[0].total == 0
    about = {"kind": DraftKind.LETTER, "about_id": own_id(inside, inside.ada)}
    assert drafts.kept(actor=inside.ada, **about) is None
    thread = letters.person_thread(
        actor=inside.tess, couple_id=inside.couple, person_id=inside.ada.person_id
    )
    assert words(thread) == ["Locked.", "Locked too."]
    locked = own_entries.locked_entries(actor=inside.ada)
    assert {one.lines for one in locked} == {("Locked.",), ("Locked too.",)}
    own_entries.open_again(actor=inside.ada, kind=EntryKind.LETTER, record_id=answered)
    assert words(mine(inside, inside.ada)) == ["Locked too."]
    assert mine(inside, inside.ben).letters.total == 0
    with pytest.raises(NotFound):
        own_entries.lock_away(actor=inside.ben, kind=EntryKind.LETTER, record_id=answered)


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


# -- Time alone


def time_of(cast, person):
    return time_requests.time_id_of(cast.couple, person.person_id)


def ask(cast, person, about="", when="", new_id=None):
    new_id = new_id or uuid4()
    time_requests.ask(
        actor=person, time_id=time_of(cast, person), new_id=new_id, about=about, when=when
    )
    return new_id


def time_page(cast, person):
    return time_requests.own_time(actor=person, time_id=time_of(cast, person))


def plan(cast, person, hour):
    return sessions.create_session(
        actor=cast.tess,
        couple_id=cast.couple,
        new_id=uuid4(),
        details=sessions.SessionDetails(
            day=clock.today() + timedelta(days=6),
            at=time(hour),
            minutes=50,
            person_id=person.person_id if person else None,
            format=SessionFormat.ROOM,
            status=SessionStatus.PLANNED,
            attendance={},
            next_steps="",
        ),
    )


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


# -- What leaves, and what goes


def file_of(cast, person, **options):
    readers = tuple(
        reader_of(one, cast.couple)
        for one in members_of(cast.couple)
        if one.person_id == person.person_id
    )
    subject = Subject(person.person_id, person.name, readers, at_desk=False, **options)
    return export.content_of(subject, clock.now())


def test_ones_own_file_holds_ones_own_thread_with_its_answers_and_no_word_of_another(inside):
    open_to_all(inside)
    write(inside, inside.ada, "Ada alone.")
    answer(inside, inside.ada, "Tess to Ada.")
    write_all(inside, inside.ada, "Ada to all.")
    write_all(inside, inside.ben, "Ben to all.")
    answer(inside, inside.ben, "Tess to Ben.")
    ask(inside, inside.ada, about="Ada asks.")
    found = file_of(inside, inside.ada)
    assert [(one["from"], one["words"], one["to_all"]) for one in found["letters"]] == [
        ("you", "Ada alone.", False),
        ("Tess", "Tess to Ada.", False),
        ("you", "Ada to all.", True),
    ]
    assert [one["about"] for one in found["time_alone"]] == ["Ada asks."]
    assert len(found["letters_together"]) == 1
    before = file_of(inside, inside.ada) | {"made_at": ""}
    write(inside, inside.ben, "More of Ben’s.")
    ask(inside, inside.ben)
    assert file_of(inside, inside.ada) | {"made_at": ""} == before


def test_erasing_one_takes_their_thread_and_leaves_the_others(inside):
    open_to_all(inside)
    write(inside, inside.ada, "Ada alone.")
    answer(inside, inside.ada, "Tess to Ada.")
    write_all(inside, inside.ada, "Ada to all.")
    kept = write_all(inside, inside.ben, "Ben to all.")
    write(inside, inside.ben, "Ben on Ada.")
    ask(inside, inside.ada)
    plan(inside, inside.ada, 14)
    letters.mark_own_read(actor=inside.ada, thread_id=all_id(inside), until_id=kept)
    leave(inside.couple, inside.ada, clock.today())
    carrying_out.carry_out(planning.plan(inside.couple, inside.ada.person_id))
    left = db.session.scalars(select(Message).order_by(Message.sent_at)).all()
    assert [row.body for row in left] == ["Ben to all.", "Ben on Ada."]
    parties = db.session.scalar(
        select(func.count()).select_from(MessageParty).where(MessageParty.message_id == kept)
    )
    assert parties == 2  # it never becomes a letter to Ben alone
