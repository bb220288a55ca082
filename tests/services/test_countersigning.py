"""A supervisor reads what is signed, and signs under it; nothing else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from practice.db import db
from practice.domain.couples import CarePart
from practice.domain.note_formats import plain
from practice.domain.people import Role
from practice.models.accounts import Supervision
from practice.models.couples import Care
from practice.services import clock, notes
from practice.services.errors import NotFound
from practice.services.notes import JOINT, PROCESS, NoteKind, Part, Typed
from tests import records
from tests.builders import STARTED, make_person
from tests.records import make_session


@pytest.fixture
def session(inside):
    return make_session(inside.couple, inside.tess, starts_at=clock.now() - timedelta(hours=3))


@pytest.fixture
def sue(inside):
    """Supervises Tess."""
    sue = make_person("Sue Harrow", Role.THERAPIST)
    supervise(sue, inside.tess)
    return sue


def supervise(supervisor, therapist, **dates):
    row = Supervision(
        supervisor_id=supervisor.person_id,
        therapist_id=therapist.person_id,
        **({"since": STARTED} | dates),
    )
    db.session.add(row)
    db.session.flush()
    return row


@pytest.fixture
def signed(inside, session):
    """Joint note and one about Ada signed; drafts of one about Ben and of a process note."""
    about = Part(NoteKind.MEMBER, inside.ada.person_id)
    draft = Part(NoteKind.MEMBER, inside.ben.person_id)
    words = {JOINT: "We.", about: "Ada.", draft: "DRAFT", PROCESS: "PROCESS"}
    versions = notes.save_notes(
        actor=inside.tess,
        session_id=session,
        typed={part: Typed(plain(body), 0) for part, body in words.items()},
    )
    shown = {part: versions[part] for part in (JOINT, about)}
    notes.sign_notes(actor=inside.tess, session_id=session, shown=shown)
    return session


def test_a_supervisor_finds_and_reads_what_is_signed(inside, sue, signed):
    (waiting,) = notes.notes_to_countersign(sue)
    assert (waiting.session_id, waiting.parts, waiting.therapist) == (signed, 2, "Tess Okafor")
    assert waiting.couple_id == inside.couple
    found = notes.supervised_notes(actor=sue, session_id=signed)
    assert [one.body for one in found.notes] == ["We.", "Ada."]
    assert (found.couple, found.therapist) == (1, "Tess Okafor")
    assert found.to_countersign == {one.id for one in found.notes}


def test_a_countersignature_stands_under_the_note_with_name_and_time(inside, sue, signed):
    found = notes.supervised_notes(actor=sue, session_id=signed)
    ids = [one.id for one in found.notes]
    assert notes.countersign(actor=sue, session_id=signed, note_ids=ids) == 2
    assert notes.countersign(actor=sue, session_id=signed, note_ids=ids) == 0  # sent twice
    assert notes.notes_to_countersign(sue) == ()
    joint = notes.session_notes(actor=inside.tess, session_id=signed).joint
    assert [one.supervisor for one in joint.countersigned] == ["Sue Harrow"]
    assert joint.countersigned[0].signed_at >= joint.signed_at
    with pytest.raises(DBAPIError, match="final"), db.session.begin_nested():
        db.session.execute(text("UPDATE countersignature SET signed_at = signed_at"))


def test_what_is_signed_later_waits_by_itself(inside, sue, signed):
    found = notes.supervised_notes(actor=sue, session_id=signed)
    notes.countersign(actor=sue, session_id=signed, note_ids=[one.id for one in found.notes])
    about_ben = Part(NoteKind.MEMBER, inside.ben.person_id)
    notes.sign_notes(actor=inside.tess, session_id=signed, shown={about_ben: 1})
    (waiting,) = notes.notes_to_countersign(sue)
    assert waiting.parts == 1
    again = notes.supervised_notes(actor=sue, session_id=signed)
    assert [one.body for one in again.notes if one.id in again.to_countersign] == ["DRAFT"]


def test_no_draft_and_no_process_note_can_be_countersigned(inside, sue, signed):
    for note in (
        notes.session_notes(actor=inside.tess, session_id=signed).process,
        *(
            one
            for one in notes.session_notes(actor=inside.tess, session_id=signed).members
            if one.signed_at is None
        ),
    ):
        with pytest.raises(NotFound):
            notes.countersign(actor=sue, session_id=signed, note_ids=[note.id])
    with pytest.raises(NotFound):
        notes.countersign(actor=sue, session_id=signed, note_ids=[])
    with pytest.raises(NotFound):
        notes.countersign(actor=sue, session_id=signed, note_ids=[uuid4()])


def test_a_session_without_a_signed_note_is_not_there(inside, sue, session):
    records.save_note(
        actor=inside.tess, session_id=session, kind=NoteKind.JOINT, body="Draft.", version=0
    )
    assert notes.notes_to_countersign(sue) == ()
    with pytest.raises(NotFound):
        notes.supervised_notes(actor=sue, session_id=session)


def test_supervision_that_is_over_or_begins_later_opens_nothing(inside, signed):
    today = clock.today()
    over, to_come = {"until": today - timedelta(days=1)}, {"since": today + timedelta(days=1)}
    for name, dates in (("Sid Harrow", over), ("Una Harrow", to_come)):
        other = make_person(name, Role.THERAPIST)
        supervise(other, inside.tess, **dates)
        assert notes.notes_to_countersign(other) == ()
        with pytest.raises(NotFound):
            notes.supervised_notes(actor=other, session_id=signed)


def test_what_was_signed_before_supervision_began_does_not_wait(inside, session):
    with clock.pretend(clock.now() - timedelta(days=3)):
        records.save_note(
            actor=inside.tess, session_id=session, kind=NoteKind.JOINT, body="Old.", version=0
        )
        records.sign_note(actor=inside.tess, session_id=session, kind=NoteKind.JOINT, version=1)
    sue, sid = (make_person(name, Role.THERAPIST) for name in ("Sue Harrow", "Sid Harrow"))
    supervise(sue, inside.tess, since=clock.today() - timedelta(days=2))
    supervise(sid, inside.tess, since=clock.today() - timedelta(days=4))
    assert notes.notes_to_countersign(sue) == ()
    assert len(notes.notes_to_countersign(sid)) == 1


@pytest.mark.parametrize("who", ["tess", "otto", "ada", "ben", "finn", "cleo"])
def test_nobody_else_countersigns(inside, sue, signed, who):
    actor = getattr(inside, who)
    ids = [one.id for one in notes.supervised_notes(actor=sue, session_id=signed).notes]
    assert notes.notes_to_countersign(actor) == ()
    with pytest.raises(NotFound):
        notes.supervised_notes(actor=actor, session_id=signed)
    with pytest.raises(NotFound):
        notes.countersign(actor=actor, session_id=signed, note_ids=ids)


def test_the_note_of_a_co_therapist_is_read_and_waits_for_their_own_supervisor(inside, sue, signed):
    db.session.add(
        Care(
            couple_id=inside.couple,
            therapist_id=inside.otto.person_id,
            since=STARTED,
            part=CarePart.CO_THERAPIST,
        )
    )
    db.session.flush()
    about = Part(NoteKind.MEMBER, inside.ada.person_id)
    notes.save_notes(
        actor=inside.otto, session_id=signed, typed={about: Typed(plain("Otto's."), 0)}
    )
    notes.sign_notes(actor=inside.otto, session_id=signed, shown={about: 1})
    found = notes.supervised_notes(actor=sue, session_id=signed)
    (his,) = (one for one in found.notes if one.body == "Otto's.")
    assert his.id not in found.to_countersign
    assert notes.countersign(actor=sue, session_id=signed, note_ids=[his.id]) == 0
