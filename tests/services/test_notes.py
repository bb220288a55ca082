"""Notes: draft, signed, added to; who reads them; nothing lost when two people save."""

from datetime import timedelta
from uuid import uuid4

import pytest

from practice.db import db
from practice.models.couples import Care
from practice.models.sessions import JointNote, ProcessNote
from practice.services import clock, notes
from practice.services.errors import Conflict, Invalid, NotFound, Refused
from practice.services.notes import NoteKind, NotesConflict
from tests import records
from tests.builders import STARTED
from tests.records import make_process_note, make_session

JOINT, PROCESS = NoteKind.JOINT, NoteKind.PROCESS
PLAIN = (JOINT, PROCESS)
"""The kinds of which a session has one for each author."""


@pytest.fixture
def session(inside):
    return make_session(inside.couple, inside.tess, starts_at=clock.now() - timedelta(hours=3))


@pytest.fixture
def co_therapist(inside):
    """Otto, who now treats Ada and Ben together with Tess."""
    care = Care(couple_id=inside.couple, therapist_id=inside.otto.person_id, since=STARTED)
    db.session.add(care)
    db.session.flush()
    return inside.otto


def save(actor, session, body, version=0, kind=JOINT):
    return records.save_note(actor=actor, session_id=session, kind=kind, body=body, version=version)


def sign(actor, session, version=1, kind=JOINT):
    records.sign_note(actor=actor, session_id=session, kind=kind, version=version)


@pytest.mark.parametrize("kind", PLAIN)
def test_a_draft_can_be_saved_again_and_again(inside, session, kind):
    assert save(inside.tess, session, "One.", 0, kind) == 1
    assert save(inside.tess, session, "One. Two.", 1, kind) == 2
    found = notes.session_notes(actor=inside.tess, session_id=session)
    assert getattr(found, kind.value).body == "One. Two."


@pytest.mark.parametrize("table", [JointNote, ProcessNote])
def test_the_text_is_sealed(inside, session, table):
    save(inside.tess, session, "CANARY", kind=JOINT if table is JointNote else PROCESS)
    assert b"CANARY" not in db.session.query(table).one().body_sealed


@pytest.mark.parametrize("kind", PLAIN)
def test_a_stale_save_is_refused_with_what_is_stored(inside, session, kind):
    save(inside.tess, session, "First.", 0, kind)
    save(inside.tess, session, "Second.", 1, kind)
    with pytest.raises(Conflict) as conflict:
        save(inside.tess, session, "Written on the first.", 1, kind)
    assert (conflict.value.stored, conflict.value.version) == ("Second.", 2)
    with pytest.raises(Conflict):
        save(inside.tess, session, "Written on nothing.", 0, kind)


def test_sending_the_same_text_twice_is_one_save(inside, session):
    save(inside.tess, session, "First.")
    assert save(inside.tess, session, "First.") == 1


def test_a_save_that_overtakes_another_is_refused_by_the_database(inside, session):
    save(inside.tess, session, "First.")
    note = db.session.query(JointNote).one()
    db.session.execute(
        JointNote.__table__.update().where(JointNote.id == note.id).values(version=7)
    )
    assert note.version == 1  # as read before the other save
    with pytest.raises(Conflict) as conflict:
        save(inside.tess, session, "Second.", 1)
    assert conflict.value.version == 7


def test_nothing_is_saved_of_an_empty_first_draft(inside, session):
    with pytest.raises(Invalid):
        save(inside.tess, session, "  ")
    with pytest.raises(Invalid):
        save(inside.tess, session, "x" * 50_001)


@pytest.mark.parametrize("kind", PLAIN)
def test_a_signed_note_cannot_be_changed(inside, session, kind):
    save(inside.tess, session, "As it was.", 0, kind)
    sign(inside.tess, session, 1, kind)
    version = getattr(notes.session_notes(actor=inside.tess, session_id=session), kind).version
    for tried in (0, 1, version):
        with pytest.raises(NotesConflict, match="saved in the meantime") as conflict:
            save(inside.tess, session, "Otherwise.", tried, kind)
        (clash,) = conflict.value.clashes
        assert clash.is_signed
        assert "is signed and stays as it is" in clash.reason
    note = getattr(notes.session_notes(actor=inside.tess, session_id=session), kind)
    assert note.body == "As it was."
    assert note.signed_at is not None


def test_signing_twice_keeps_the_first_time(inside, session):
    save(inside.tess, session, "Done.")
    sign(inside.tess, session)
    first = notes.session_notes(actor=inside.tess, session_id=session).joint.signed_at
    sign(inside.tess, session)
    assert notes.session_notes(actor=inside.tess, session_id=session).joint.signed_at == first


def test_only_the_text_that_was_shown_is_signed(inside, session):
    save(inside.tess, session, "Shown.")
    save(inside.tess, session, "Changed since.", 1)
    with pytest.raises(Conflict):
        sign(inside.tess, session, 1)


def test_an_empty_note_and_no_note_cannot_be_signed(inside, session):
    with pytest.raises(NotFound):
        sign(inside.tess, session)
    save(inside.tess, session, "Something.")
    save(inside.tess, session, "", 1)
    with pytest.raises(Invalid):
        sign(inside.tess, session, 2)


def test_an_addendum_stands_under_its_own_name_and_time(inside, session, co_therapist):
    save(inside.tess, session, "Signed.")
    sign(inside.tess, session)
    key = uuid4()
    for _ in range(2):  # sent twice
        notes.add_addendum(actor=co_therapist, session_id=session, new_id=key, body="And later.")
    note = notes.session_notes(actor=inside.tess, session_id=session).joint
    assert note.body == "Signed."
    assert [(a.author, a.body) for a in note.addenda] == [("Otto Brandt", "And later.")]
    assert note.addenda[0].written_at >= note.signed_at


def test_a_draft_takes_no_addendum(inside, session):
    save(inside.tess, session, "Draft.")
    with pytest.raises(Refused):
        notes.add_addendum(actor=inside.tess, session_id=session, new_id=uuid4(), body="Early.")


def test_a_co_therapist_reads_the_joint_note_and_cannot_change_the_draft(
    inside, session, co_therapist
):
    save(inside.tess, session, "Draft.")
    assert notes.session_notes(actor=co_therapist, session_id=session).joint.body == "Draft."
    with pytest.raises(NotesConflict) as conflict:
        save(co_therapist, session, "Mine.", 1)
    assert "Tess Okafor is writing this note" in conflict.value.clashes[0].reason
    with pytest.raises(Refused):
        sign(co_therapist, session)


def test_a_process_note_exists_for_its_author_alone(inside, session, co_therapist):
    before = notes.session_notes(actor=co_therapist, session_id=session)
    make_process_note(session, inside.couple, inside.tess)
    assert notes.session_notes(actor=co_therapist, session_id=session) == before
    assert save(co_therapist, session, "My own.", 0, PROCESS) == 1
    hers = notes.session_notes(actor=inside.tess, session_id=session).process
    assert hers.body == "I noticed my own hurry."


def test_what_is_written_long_after_a_session_says_so(inside):
    old = make_session(inside.couple, inside.tess, starts_at=clock.now() - timedelta(days=9))
    save(inside.tess, old, "From memory.")
    assert notes.session_notes(actor=inside.tess, session_id=old).joint.days_late == 8


@pytest.mark.parametrize("who", ["otto", "ada", "finn", "cleo"])
def test_nobody_else_reads_or_writes_notes(inside, session, who):
    save(inside.tess, session, "Draft.")
    actor = getattr(inside, who)
    with pytest.raises(NotFound):
        notes.session_notes(actor=actor, session_id=session)
    for kind in PLAIN:
        with pytest.raises(NotFound):
            save(actor, session, "Mine.", 1, kind)
        with pytest.raises(NotFound):
            sign(actor, session, 1, kind)
    with pytest.raises(NotFound):
        notes.add_addendum(actor=actor, session_id=session, new_id=uuid4(), body="Mine.")
