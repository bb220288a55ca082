"""Letters that are locked away, that leave in a file of one’s own, and that are erased."""

import pytest
from sqlalchemy import func, select

from practice.db import db
from practice.models.letters import Message, MessageParty
from practice.services import clock, drafts, letters, own_entries
from practice.services.drafts import DraftKind
from practice.services.erasure import carrying_out, planning
from practice.services.errors import NotFound
from practice.services.own_entries import EntryKind
from tests.builders import leave
from tests.letter_builders import (
    all_id,
    answer,
    ask,
    file_of,
    mine,
    open_to_all,
    own_id,
    plan,
    words,
    write,
    write_all,
)


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
