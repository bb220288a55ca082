"""A journal is its author's: private until shown, to the therapist alone, and taken back whole."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from practice.db import db
from practice.domain.people import Role
from practice.domain.visibility import Audience, decide
from practice.models.accounts import Supervision
from practice.models.journal import JournalPage
from practice.models.records import AccessRecord
from practice.services import access, access_log, audit, clock, drafts, journal, own_entries
from practice.services.drafts import DraftKind
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.own_entries import EntryKind
from practice.services.own_export import export
from practice.services.own_export.subject import Subject
from tests.builders import leave, make_couple, make_person
from tests.queries import statements_of_a_read
from tests.worlds.portal import page, show


def shown(cast, actor=None):
    return journal.shown_pages(actor=actor or cast.tess, couple_id=cast.couple)


def words_of(person):
    return [one.words for one in journal.own_journal(actor=person).pages]


def entry(person, page_id):
    return own_entries.own_entry(actor=person, kind=EntryKind.JOURNAL, record_id=page_id)


def test_a_page_is_for_its_author_alone_whoever_asks(inside):
    made = page(inside.ben, "I do not know yet.")
    (own,) = journal.own_journal(actor=inside.ben).pages
    assert (own.words, own.badge, own.is_shown) == ("I do not know yet.", "You alone", False)
    for person in (inside.ada, inside.finn, inside.cleo):
        assert words_of(person) == []
        with pytest.raises(NotFound):
            journal.own_page(actor=person, page_id=made)
    assert shown(inside).pages == ()


def test_the_therapist_finds_the_same_whether_there_is_a_private_page_or_not(inside):
    before = shown(inside)
    for _ in range(12):
        page(inside.ben, "For myself.")
    assert shown(inside) == before


def test_a_private_page_is_not_even_loaded_for_the_therapist(inside, monkeypatch):
    page(inside.ben, "For myself.")
    seen = []
    monkeypatch.setattr(access, "visible", lambda reader, rows: seen.extend(rows) or [])
    shown(inside)
    assert seen == []


@pytest.mark.parametrize("audience", list(Audience))
def test_no_other_member_reads_a_page_whatever_stands_on_it(inside, audience):
    made = JournalPage(
        couple_id=inside.couple,
        author_id=inside.ben.person_id,
        words="x",
        audience=audience,
        shown_at=clock.now(),
    )
    assert not decide(access.standing_of(inside.ada, inside.couple), made.facts).allowed


@pytest.mark.parametrize("audience", [Audience.COUPLE, Audience.WHEN_ALL_DONE])
def test_the_database_takes_no_joint_page(inside, audience):
    made = page(inside.ben, "For myself.")
    with pytest.raises(IntegrityError):
        db.session.execute(
            update(JournalPage)
            .where(JournalPage.id == made)
            .values(audience=audience, shown_at=clock.now())
        )
    db.session.rollback()


def test_it_is_shown_to_the_therapist_and_nobody_else_and_taken_back(inside):
    made = page(inside.ben, "Ask me about Sunday.")
    offered = entry(inside.ben, made)
    assert offered.wider == ((Audience.THERAPIST, "You and Tess"),)
    assert offered.others == ()
    show(inside.ben, made)
    (found,) = shown(inside).pages
    assert (found.author.first_name, found.words) == ("Ben", "Ask me about Sunday.")
    assert found.badge == "You and Ben"
    assert words_of(inside.ada) == []
    assert entry(inside.ben, made).is_open
    own_entries.take_back(actor=inside.ben, kind=EntryKind.JOURNAL, record_id=made)
    assert shown(inside).pages == ()
    assert entry(inside.ben, made).seen_by == "You alone"


def test_it_is_never_offered_to_the_couple(inside):
    made = page(inside.ben, "For myself.")
    for audience in (Audience.COUPLE, Audience.WHEN_ALL_DONE):
        with pytest.raises(Invalid):
            own_entries.show(
                actor=inside.ben, kind=EntryKind.JOURNAL, record_id=made, audience=audience
            )
    assert entry(inside.ben, made).seen_by == "You alone"


def test_own_words_may_change_until_they_were_shown(inside):
    made = page(inside.ben, "One thing.")
    drafts.keep(
        actor=inside.ben, kind=DraftKind.JOURNAL, about_id=made, fields={"words": "Half of"}
    )
    journal.change(actor=inside.ben, page_id=made, words=" Another thing. ")
    assert words_of(inside.ben) == ["Another thing."]
    assert drafts.kept(actor=inside.ben, kind=DraftKind.JOURNAL, about_id=made) is None
    show(inside.ben, made)
    for act in (
        lambda: journal.change(actor=inside.ben, page_id=made, words="Something else."),
        lambda: journal.delete(actor=inside.ben, page_id=made),
    ):
        with pytest.raises(Refused):
            act()
    own_entries.take_back(actor=inside.ben, kind=EntryKind.JOURNAL, record_id=made)
    with pytest.raises(Refused):
        journal.change(actor=inside.ben, page_id=made, words="Something else.")
    found = journal.own_page(actor=inside.ben, page_id=made)
    assert (found.words, found.may_change, found.may_delete) == ("Another thing.", False, False)


def test_a_draft_of_a_page_goes_when_it_is_shown_or_locked(inside):
    for act in (show, lambda one, made: lock(one, made)):
        made = page(inside.ben, "One thing.")
        drafts.keep(actor=inside.ben, kind=DraftKind.JOURNAL, about_id=made, fields={"words": "x"})
        act(inside.ben, made)
        assert drafts.kept(actor=inside.ben, kind=DraftKind.JOURNAL, about_id=made) is None


def lock(person, made):
    own_entries.lock_away(actor=person, kind=EntryKind.JOURNAL, record_id=made)


def test_a_deleted_page_leaves_nothing(inside):
    made = page(inside.ben, "Gone tomorrow.")
    journal.delete(actor=inside.ben, page_id=made)
    assert db.session.scalars(select(JournalPage)).all() == []
    with pytest.raises(NotFound):
        journal.delete(actor=inside.ben, page_id=made)


def test_what_is_locked_away_stays_with_the_therapist_it_was_shown_to(inside):
    kept, told = page(inside.ben, "Kept."), page(inside.ben, "Told.")
    show(inside.ben, told)
    for made in (kept, told):
        lock(inside.ben, made)
    assert words_of(inside.ben) == []
    assert [one.words for one in shown(inside).pages] == ["Told."]
    for act in (journal.own_page, journal.delete):
        with pytest.raises(NotFound):
            act(actor=inside.ben, page_id=kept)
    locked = own_entries.locked_entries(actor=inside.ben)
    assert {one.lines for one in locked} == {("Kept.",), ("Told.",)}


def test_who_has_left_keeps_reads_and_takes_back_and_writes_nothing_more(inside):
    kept, told = page(inside.ben, "Kept."), page(inside.ben, "Told.")
    show(inside.ben, told)
    leave(inside.couple, inside.ben, on=clock.today())
    found = journal.own_journal(actor=inside.ben)
    assert {one.words for one in found.pages} == {"Kept.", "Told."}
    assert found.places == ()
    assert entry(inside.ben, kept).wider == ()
    for act in (
        lambda: page(inside.ben, "More."),
        lambda: journal.change(actor=inside.ben, page_id=kept, words="More."),
    ):
        with pytest.raises(NotFound):
            act()
    own_entries.take_back(actor=inside.ben, kind=EntryKind.JOURNAL, record_id=told)
    assert shown(inside).pages == ()
    journal.delete(actor=inside.ben, page_id=kept)


@pytest.mark.parametrize("words", ["", "  \n ", "x" * (journal.LONGEST + 1)])
def test_words_are_needed_and_have_a_limit(inside, words):
    made = page(inside.ben, "Something.")
    for act in (
        lambda: journal.write(actor=inside.ben, new_id=uuid4(), words=words),
        lambda: journal.change(actor=inside.ben, page_id=made, words=words),
    ):
        with pytest.raises(Invalid) as caught:
            act()
        assert caught.value.errors.keys() == {"words"}


def test_signs_that_no_page_could_show_are_left_out(inside):
    made = page(inside.ben, "One\0 two\x1b[31m\r\nthree")
    assert words_of(inside.ben) == ["One two[31m\nthree"]
    journal.change(actor=inside.ben, page_id=made, words="Four\0")
    assert words_of(inside.ben) == ["Four"]


def test_sent_twice_it_is_one_page_and_anothers_id_is_taken_for_a_free_one(inside):
    new_id = uuid4()
    for _ in range(2):
        assert journal.write(actor=inside.ben, new_id=new_id, words="Once.") == new_id
    assert journal.write(actor=inside.ada, new_id=new_id, words="Hers.") != new_id
    assert words_of(inside.ben) == ["Once."]
    assert words_of(inside.ada) == ["Hers."]


def test_pages_stand_newest_first_ten_on_a_page(inside):
    for number in range(12):
        with time_machine.travel(clock.now() + timedelta(minutes=number), tick=False):
            page(inside.ben, f"Page {number}")
    first, second = (journal.own_journal(actor=inside.ben, wanted=one) for one in (1, 2))
    assert [one.words for one in first.pages][:2] == ["Page 11", "Page 10"]
    assert [one.words for one in second.pages] == ["Page 1", "Page 0"]
    assert (second.paging.number, second.paging.count) == (2, 2)


def test_in_two_couples_one_says_to_which_it_belongs(inside):
    make_couple(inside.otto, [inside.ben, inside.dan])
    first, second = journal.places(actor=inside.ben)
    assert {first.words, second.words} == {"You and Ada, with Tess", "You and Dan, with Otto"}
    there = next(one for one in (first, second) if one.carers == "Otto")
    made = journal.write(actor=inside.ben, new_id=uuid4(), words="For Otto.", place=there.id)
    assert entry(inside.ben, made).wider == ((Audience.THERAPIST, "You and Otto"),)
    with pytest.raises(NotFound):
        journal.write(actor=inside.ada, new_id=uuid4(), words="x", place=there.id)


def test_colleagues_and_supervisors_read_none_of_it(inside):
    show(inside.ben, page(inside.ben, "For Tess."))
    sue = make_person("Sue Vale", Role.THERAPIST)
    db.session.add(
        Supervision(
            therapist_id=inside.tess.person_id, supervisor_id=sue.person_id, since=clock.today()
        )
    )
    db.session.flush()
    for person in (inside.otto, sue, inside.ada, inside.ben):
        with pytest.raises(NotFound):
            shown(inside, person)


def test_the_log_holds_no_line_of_a_private_page_and_one_of_a_shown_one(inside):
    audit.finish(write_succeeded=True)
    db.session.execute(update(AccessRecord).values(what="before"))
    kept, told = page(inside.ben, "For myself."), page(inside.ben, "For Tess.")
    journal.change(actor=inside.ben, page_id=kept, words="Longer.")
    journal.own_journal(actor=inside.ben)
    entry(inside.ben, kept)
    lock(inside.ben, kept)
    own_entries.open_again(actor=inside.ben, kind=EntryKind.JOURNAL, record_id=kept)
    journal.delete(actor=inside.ben, page_id=kept)
    audit.finish(write_succeeded=True)
    assert lines() == set()
    show(inside.ben, told)
    shown(inside)
    audit.finish(write_succeeded=True)
    assert ("journal.shared", inside.ben.person_id) in lines()
    assert ("journal", inside.tess.person_id) in lines()


def lines():
    rows = db.session.execute(select(AccessRecord.what, AccessRecord.person_id))
    return {(what, person_id) for what, person_id in rows if what.startswith("journal")}


def test_its_author_is_told_who_opened_what_they_showed(inside):
    show(inside.ben, page(inside.ben, "For Tess."))
    shown(inside)
    audit.finish(write_succeeded=True)
    with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
        (day,) = access_log.own_looks(actor=inside.ben)
    assert [look.kinds for look in day.looks] == [("pages of your journal that you showed",)]


def test_all_of_it_goes_out_with_ones_own_data_and_at_the_desk_what_was_shown(inside):
    page(inside.ben, "Kept.")
    show(inside.ben, page(inside.ben, "Told."))
    page(inside.ada, "Hers.")
    reader = access.standing_of(inside.ben, inside.couple)
    for at_desk, found in ((False, {"Kept.", "Told."}), (True, {"Told."})):
        subject = Subject(inside.ben.person_id, "Ben Morrow", (reader,), at_desk=at_desk)
        parts = {part.key: part.collect(subject) for part in export.PARTS if part.key == "journal"}
        assert {one["words"] for one in parts["journal"]} == found


def test_a_long_journal_costs_few_statements(inside):
    page(inside.ben, "One.")
    few = statements_of_a_read(lambda: journal.own_journal(actor=inside.ben))
    for number in range(15):
        page(inside.ben, f"Page {number}")
    assert statements_of_a_read(lambda: journal.own_journal(actor=inside.ben)) == few <= 6
