"""Sections of the intake: locked away, asked anew, shown step by step."""

from uuid import uuid4

import pytest

from practice.domain.visibility import Audience
from practice.services import (
    intake,
    intake_record,
    own_entries,
    portal_todo,
)
from practice.services.errors import NotFound, Refused
from practice.services.own_entries import EntryKind
from tests.own_entry_builders import lock, put_back, record_of, section


def of_ben(cast, key="brings"):
    """Return a section as Ben finds it."""
    (mine,) = intake.my_intake(actor=cast.ben).own
    return next(one for one in mine.sections if one.section.key == key)


def test_a_locked_section_is_as_if_never_written_and_asks_again(inside):
    intake_record.ask(actor=inside.tess, couple_id=inside.couple, person_id=inside.ben.person_id)
    before = portal_todo.own_todo(actor=inside.ben)
    section(inside, inside.ben, brings="First.")
    entry = section(inside, inside.ben, brings="Second.")
    lock(inside, EntryKind.INTAKE, entry)
    assert of_ben(inside).entry is None, "what stood there before is locked too"
    address = intake.section_id_of(inside.couple, inside.ben.person_id, "brings")
    assert intake.section_page(actor=inside.ben, section_id=address).content == {}
    assert portal_todo.own_todo(actor=inside.ben) == before
    for act in (intake.share, intake.unshare):
        with pytest.raises(NotFound):
            act(actor=inside.ben, entry_id=entry)
    (locked,) = own_entries.locked_entries(actor=inside.ben)
    assert locked.lines == ("What brings you here? Second.",)


def test_what_was_begun_and_not_saved_goes_with_what_is_locked(inside):
    """It holds the words that are locked, and would show them on the form."""
    entry = section(inside, inside.ben)
    address = intake.section_id_of(inside.couple, inside.ben.person_id, "brings")
    other = intake.section_id_of(inside.couple, inside.ben.person_id, "story")
    for about in (address, other):
        intake.keep_for_later(
            actor=inside.ben, section_id=about, fields={"answer_brings": "The quarrels. And"}
        )
    lock(inside, EntryKind.INTAKE, entry)
    assert intake.section_page(actor=inside.ben, section_id=address).kept is None
    assert intake.section_page(actor=inside.ben, section_id=other).kept is not None


def test_what_is_written_since_stands_and_the_locked_one_waits(inside):
    entry = section(inside, inside.ben, "concerns", pp_trust="3")
    lock(inside, EntryKind.INTAKE, entry)
    anew = section(inside, inside.ben, "concerns", pp_trust="1")
    assert of_ben(inside, "concerns").entry.id == anew
    found = record_of(inside, "concerns")
    assert (found.own.id, [one.id for one in found.earlier]) == (anew, [entry])
    page = intake_record.couple_intake(actor=inside.tess, couple_id=inside.couple)
    (weighed,) = [row for row in page.problems if row.problem.key == "trust"]
    assert 1 in [severity for severity, _ in weighed.views], "the newest counts"
    with pytest.raises(Refused, match="anew"):
        put_back(inside, EntryKind.INTAKE, entry)
    lock(inside, EntryKind.INTAKE, anew)
    put_back(inside, EntryKind.INTAKE, entry)
    assert of_ben(inside, "concerns").entry.id == entry


def test_what_the_therapist_notes_in_place_of_a_locked_note_stays_locked(inside):
    def note(words):
        new_id = uuid4()
        intake_record.note(
            actor=inside.tess,
            couple_id=inside.couple,
            person_id=inside.ben.person_id,
            key="brings",
            new_id=new_id,
            raw={"brings": words},
        )
        return new_id

    first = note("Told.")
    assert (
        own_entries.own_entry(actor=inside.ben, kind=EntryKind.INTAKE, record_id=first).wider == ()
    )
    lock(inside, EntryKind.INTAKE, first)
    second = note("Told better.")
    assert of_ben(inside).noted is None
    (locked,) = own_entries.locked_entries(actor=inside.ben)
    assert locked.record_id == second
    put_back(inside, EntryKind.INTAKE, second)
    assert of_ben(inside).noted.id == second


def test_what_was_private_is_shown_step_by_step(inside):
    entry = section(inside, inside.ben, "background", Audience.PRIVATE, unsaid="It.")
    to = {"actor": inside.ben, "kind": EntryKind.INTAKE, "record_id": entry}
    wider = own_entries.own_entry(**to).wider
    assert [audience for audience, _ in wider] == [Audience.THERAPIST, Audience.COUPLE]
    own_entries.show(**to, audience=Audience.COUPLE)
    (shown,) = intake.my_intake(actor=inside.ada).shown
    assert shown.view.id == entry
    own_entries.take_back(**to)
    assert intake.my_intake(actor=inside.ada).shown == ()
