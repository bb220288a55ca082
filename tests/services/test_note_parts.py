"""Four parts, one save: all or none; every version kept; signed means final for everybody."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from practice.db import db
from practice.domain.note_formats import NoteContent, NoteFormat, Pattern, plain
from practice.domain.note_reading import Change
from practice.domain.sessions import Attendance, SessionKind
from practice.models.couples import Care
from practice.models.drafts import Draft
from practice.models.notes import MemberNote
from practice.models.records import AccessRecord
from practice.models.sessions import JointNote, ProcessNote
from practice.services import clock, notes, sessions
from practice.services.errors import Conflict, Invalid, NotFound, Refused
from practice.services.notes import JOINT, PROCESS, NoteKind, NotesConflict, Part, Typed
from tests.builders import STARTED
from tests.records import make_joint_note, make_session


@pytest.fixture
def session(inside):
    return make_session(inside.couple, inside.tess, starts_at=clock.now() - timedelta(hours=3))


@pytest.fixture
def otto(inside):
    """Otto, who now treats Ada and Ben together with Tess."""
    care = Care(couple_id=inside.couple, therapist_id=inside.otto.person_id, since=STARTED)
    db.session.add(care)
    db.session.flush()
    return inside.otto


@pytest.fixture
def about(inside):
    return {
        name: Part(NoteKind.MEMBER, getattr(inside, name).person_id)
        for name in ("ada", "ben", "finn", "cleo")
    }


def save(actor, session, parts, **more):
    typed = {
        part: Typed(plain(body) if isinstance(body, str) else body, version)
        for part, (body, version) in parts.items()
    }
    return notes.save_notes(actor=actor, session_id=session, typed=typed, **more)


def bodies(actor, session):
    found = notes.session_notes(actor=actor, session_id=session)
    return (
        found.joint and found.joint.body,
        {one.about.first_name: one.body for one in found.members},
        found.process and found.process.body,
    )


def test_one_save_stores_all_parts(inside, session, about):
    parts = {JOINT: ("We.", 0), about["ada"]: ("Ada.", 0), about["ben"]: ("Ben.", 0)}
    versions = save(inside.tess, session, parts | {PROCESS: ("I.", 0)})
    assert set(versions.values()) == {1}
    assert bodies(inside.tess, session) == ("We.", {"Ada": "Ada.", "Ben": "Ben."}, "I.")


def test_of_parts_of_which_one_is_stale_none_is_saved(inside, session, about):
    save(inside.tess, session, {JOINT: ("We.", 0), about["ada"]: ("Ada.", 0)})
    save(inside.tess, session, {JOINT: ("We, from elsewhere.", 1)})
    with pytest.raises(NotesConflict) as conflict:
        save(
            inside.tess,
            session,
            {JOINT: ("We, from here.", 1), about["ada"]: ("Ada, again.", 1), PROCESS: ("I.", 0)},
        )
    (clash,) = conflict.value.clashes
    assert (clash.part, clash.stored.text, clash.version) == (JOINT, "We, from elsewhere.", 2)
    assert bodies(inside.tess, session) == ("We, from elsewhere.", {"Ada": "Ada."}, None)


def test_every_part_that_differs_is_named(inside, session, about):
    save(inside.tess, session, {JOINT: ("We.", 0), PROCESS: ("I.", 0), about["ben"]: ("Ben.", 0)})
    with pytest.raises(NotesConflict) as conflict:
        save(inside.tess, session, {JOINT: ("x", 0), PROCESS: ("y", 0), about["ben"]: ("Ben.", 0)})
    assert [clash.part for clash in conflict.value.clashes] == [JOINT, PROCESS]


def test_a_part_that_nobody_touched_is_no_conflict(inside, session):
    save(inside.tess, session, {JOINT: ("We.", 0), PROCESS: ("I.", 0)})
    save(inside.tess, session, {JOINT: ("We, from elsewhere.", 1)})
    save(inside.tess, session, {JOINT: ("We.", 1), PROCESS: ("I, from here.", 1)})
    assert bodies(inside.tess, session) == ("We, from elsewhere.", {}, "I, from here.")


def test_what_is_overtaken_at_the_last_moment_takes_nothing_with_it(inside, session, about):
    save(inside.tess, session, {about["ada"]: ("Ada.", 0), JOINT: ("We.", 0)})
    row = db.session.query(MemberNote).one()
    table = MemberNote.__table__
    db.session.execute(table.update().where(table.c.id == row.id).values(version=5))
    assert row.version == 1  # as read before
    with pytest.raises(NotesConflict) as conflict:
        save(inside.tess, session, {JOINT: ("Otherwise.", 1), about["ada"]: ("Mine.", 1)})
    assert [clash.version for clash in conflict.value.clashes] == [5]
    assert bodies(inside.tess, session)[0] == "We."


def test_who_was_not_there_has_no_part(inside, session, about):
    for who in ("finn", "cleo"):
        with pytest.raises(NotFound):
            save(inside.tess, session, {about[who]: ("x", 0)})
    alone = make_session(
        inside.couple,
        inside.tess,
        kind=SessionKind.INDIVIDUAL,
        person_id=inside.ada.person_id,
        attendance={inside.ada: Attendance.ATTENDED},
    )
    with pytest.raises(NotFound):
        save(inside.tess, alone, {about["ada"]: ("x", 0)})


def test_what_is_too_long_names_its_field(inside, session, about):
    long = "x" * 50_001
    content = NoteContent(
        sections={"plan": long, "risk": "fine"}, responses={inside.ada.person_id: long}
    )
    with pytest.raises(Invalid) as problem:
        save(inside.tess, session, {JOINT: (content, 0)})
    assert set(problem.value.errors) == {
        "joint_plan",
        f"joint_response_{inside.ada.person_id.hex}",
    }
    with pytest.raises(Invalid) as problem:
        save(inside.tess, session, {about["ben"]: (long, 0)})
    assert set(problem.value.errors) == {f"{about['ben'].key}_text"}


def test_nothing_readable_reaches_the_database(inside, session, about):
    content = NoteContent(NoteFormat.SOAP, {"plan": "CANARY"}, {inside.ben.person_id: "CANARY too"})
    save(inside.tess, session, {JOINT: (content, 0), about["ada"]: ("CANARY", 0)})
    save(inside.tess, session, {about["ada"]: ("CANARY again", 1)})
    for table in ("joint_note", "joint_note_version", "member_note", "member_note_version"):
        for row in db.session.execute(text(f"SELECT * FROM {table}")):  # noqa: S608
            assert b"CANARY" not in repr(tuple(row)).encode()


def test_a_co_therapist_reads_them_and_writes_an_own_one(inside, session, about, otto):
    save(inside.tess, session, {JOINT: ("We.", 0), about["ada"]: ("Hers.", 0), PROCESS: ("I.", 0)})
    save(otto, session, {about["ada"]: ("His.", 0)})
    found = notes.session_notes(actor=otto, session_id=session)
    assert {(one.author, one.body, one.is_own) for one in found.members} == {
        ("Tess Okafor", "Hers.", False),
        ("Otto Brandt", "His.", True),
    }
    assert found.process is None
    with pytest.raises(NotesConflict) as conflict:
        save(otto, session, {JOINT: ("Mine.", 1)})
    assert "Tess Okafor is writing" in conflict.value.clashes[0].reason


def test_signing_takes_all_or_none(inside, session, about):
    versions = save(inside.tess, session, {JOINT: ("We.", 0), about["ada"]: ("Ada.", 0)})
    save(inside.tess, session, {about["ada"]: ("Ada, more.", 1)})
    with pytest.raises(Conflict):
        notes.sign_notes(actor=inside.tess, session_id=session, shown=versions)
    db.session.expire_all()
    assert notes.session_notes(actor=inside.tess, session_id=session).joint.signed_at is None
    notes.sign_notes(actor=inside.tess, session_id=session, shown={JOINT: 1, about["ada"]: 2})
    found = notes.session_notes(actor=inside.tess, session_id=session)
    assert found.joint.signed_at
    assert found.members[0].signed_at
    assert sessions.get_session(actor=inside.tess, session_id=session).is_locked


def test_a_session_with_a_signed_addendum_about_one_member_stays_as_it_is(inside, session, about):
    save(inside.tess, session, {about["ada"]: ("Ada.", 0)})
    assert not sessions.get_session(actor=inside.tess, session_id=session).is_locked
    notes.sign_notes(actor=inside.tess, session_id=session, shown={about["ada"]: 1})
    assert sessions.get_session(actor=inside.tess, session_id=session).is_locked


def test_adding_to_a_signed_individual_addendum(inside, session, about, otto):
    save(inside.tess, session, {about["ada"]: ("Ada.", 0)})
    (note,) = notes.session_notes(actor=inside.tess, session_id=session).members

    def add(body, new_id=None, note_id=note.id):
        notes.add_addendum(
            actor=otto,
            session_id=session,
            new_id=new_id or uuid4(),
            body=body,
            member_note_id=note_id,
        )

    with pytest.raises(Refused):
        add("Early.")
    notes.sign_notes(actor=inside.tess, session_id=session, shown={about["ada"]: 1})
    key = uuid4()
    add("Later.", key)
    add("Later.", key)
    with pytest.raises(NotFound):
        add("Elsewhere.", note_id=uuid4())
    found = notes.session_notes(actor=inside.tess, session_id=session)
    assert [(a.author, a.body) for a in found.members[0].addenda] == [("Otto Brandt", "Later.")]
    assert found.joint is None


@pytest.mark.parametrize("table", ["joint_note", "process_note", "member_note"])
def test_the_database_itself_refuses_to_change_what_is_signed(inside, session, about, table):
    parts = {JOINT: ("We.", 0), PROCESS: ("I.", 0), about["ada"]: ("Ada.", 0)}
    shown = save(inside.tess, session, parts)
    db.session.execute(text(f"UPDATE {table} SET body_sealed = body_sealed"))  # noqa: S608
    notes.sign_notes(actor=inside.tess, session_id=session, shown=shown)
    for change in ("body_sealed = NULL", "signed_at = NULL", "version = 99"):
        with pytest.raises(DBAPIError, match="a signed note is final"), db.session.begin_nested():
            db.session.execute(text(f"UPDATE {table} SET {change}"))  # noqa: S608


def test_every_version_is_kept_with_the_signed_one_marked(inside, session):
    soap = NoteContent(NoteFormat.SOAP, {"plan": "Walk on Sunday."})
    save(inside.tess, session, {JOINT: ("They spoke of the move.", 0)})
    save(inside.tess, session, {JOINT: ("They spoke of the loud move.", 1)})
    save(inside.tess, session, {JOINT: (soap, 2)})
    notes.sign_notes(actor=inside.tess, session_id=session, shown={JOINT: 3})
    history = notes.note_history(
        actor=inside.tess, session_id=session, kind=NoteKind.JOINT, before=1, after=2
    )
    assert [(v.version, v.is_signed) for v in history.versions] == [
        (4, True),
        (3, False),
        (2, False),
        (1, False),
    ]
    (change,) = history.changes
    assert [p.text for p in change.pieces if p.change is Change.IN] == ["loud "]
    last = notes.note_history(actor=inside.tess, session_id=session, kind=NoteKind.JOINT)
    assert (last.before, last.after, last.is_same) == (3, 4, True)
    gone = notes.note_history(
        actor=inside.tess, session_id=session, kind=NoteKind.JOINT, before=2, after=3
    )
    assert [(c.title, {p.change.value for p in c.pieces}) for c in gone.changes] == [
        ("Plan", {"in"}),
        ("Note", {"out"}),
    ]


@pytest.mark.parametrize(("before", "after"), [(7, 9), (2, 1), (0, 0), (-1, None)])
def test_a_version_that_is_not_there_is_not_compared(inside, session, before, after):
    save(inside.tess, session, {JOINT: ("One.", 0)})
    save(inside.tess, session, {JOINT: ("Two.", 1)})
    history = notes.note_history(
        actor=inside.tess, session_id=session, kind=NoteKind.JOINT, before=before, after=after
    )
    assert history.before < history.after <= 2


def test_a_note_from_before_versions_keeps_what_it_said(inside, session):
    make_joint_note(session, inside.couple, inside.tess, body="As it was.", version=3)
    save(inside.tess, session, {JOINT: ("As it is.", 3)})
    history = notes.note_history(actor=inside.tess, session_id=session, kind=NoteKind.JOINT)
    assert [v.version for v in history.versions] == [4, 3]
    words = [p.text for p in history.changes[0].pieces if p.change is Change.OUT]
    assert words == ["was."]


def test_history_is_for_whoever_may_read_the_note(inside, session, about, otto):
    save(inside.tess, session, {JOINT: ("We.", 0), PROCESS: ("I.", 0), about["ada"]: ("A.", 0)})
    (note,) = notes.session_notes(actor=otto, session_id=session).members

    def read(actor, kind, note_id=None):
        return notes.note_history(
            actor=actor, session_id=session, kind=kind, member_note_id=note_id
        )

    assert read(otto, NoteKind.JOINT).versions
    assert read(otto, NoteKind.MEMBER, note.id).versions
    with pytest.raises(NotFound):
        read(otto, NoteKind.PROCESS)
    assert read(inside.tess, NoteKind.PROCESS).versions
    for who in (inside.ada, inside.ben, inside.finn, inside.cleo):
        for kind in NoteKind:
            with pytest.raises(NotFound):
                read(who, kind, note.id)


def keep(actor, session, part, body, version=0, page_id=None):
    return notes.keep_notes(
        actor=actor,
        session_id=session,
        fields={part.field: body, f"{part.key}_version": str(version)},
        typed={part: Typed(plain(body), version)},
        page_id=page_id or uuid4(),
    )


def test_what_is_typed_is_kept_for_its_author_alone(inside, session, about, otto):
    before = notes.notes_page(actor=otto, session_id=session)
    lines = db.session.query(AccessRecord).count()
    assert keep(inside.tess, session, about["ada"], "Half a thought").changed
    page = notes.notes_page(actor=inside.tess, session_id=session)
    assert page.unsaved.fields[about["ada"].field] == "Half a thought"
    assert notes.notes_page(actor=otto, session_id=session) == before
    assert db.session.query(AccessRecord).count() == lines
    assert b"Half" not in db.session.query(Draft).one().content_sealed
    assert notes.session_notes(actor=inside.tess, session_id=session).members == ()


def test_saving_ends_the_draft_and_what_its_page_sends_late_is_not_kept(inside, session):
    page_id = uuid4()
    keep(inside.tess, session, JOINT, "Half", page_id=page_id)
    save(inside.tess, session, {JOINT: ("Half and half.", 0)}, page_id=page_id)
    assert notes.notes_page(actor=inside.tess, session_id=session).unsaved is None
    assert keep(inside.tess, session, JOINT, "Half and", page_id=page_id) is None
    assert notes.notes_page(actor=inside.tess, session_id=session).unsaved is None
    assert keep(inside.tess, session, JOINT, "Another page", version=1).changed


def test_what_is_as_it_was_saved_is_no_draft(inside, session):
    save(inside.tess, session, {JOINT: ("Saved.", 0)})
    keep(inside.tess, session, JOINT, "Saved. And", version=1)
    assert keep(inside.tess, session, JOINT, "Saved.", version=1) is None
    assert notes.notes_page(actor=inside.tess, session_id=session).unsaved is None


def test_a_draft_that_is_let_go_is_gone(inside, session):
    keep(inside.tess, session, PROCESS, "Half")
    notes.discard(actor=inside.tess, session_id=session)
    assert notes.notes_page(actor=inside.tess, session_id=session).unsaved is None


@pytest.mark.parametrize("who", ["otto", "ada", "finn", "cleo"])
def test_nobody_else_keeps_or_saves_anything(inside, session, about, who):
    actor = getattr(inside, who)
    with pytest.raises(NotFound):
        keep(actor, session, JOINT, "x")
    with pytest.raises(NotFound):
        notes.discard(actor=actor, session_id=session)
    with pytest.raises(NotFound):
        save(actor, session, {about["ada"]: ("x", 0)})
    with pytest.raises(NotFound):
        notes.sign_notes(actor=actor, session_id=session, shown={JOINT: 1})


def test_a_new_note_begins_with_the_format_used_last(inside, session):
    other = make_session(inside.couple, inside.tess)
    soap = NoteContent(NoteFormat.SOAP, {"plan": "x"}, patterns=frozenset({Pattern.CONTEMPT}))
    save(inside.tess, other, {JOINT: (soap, 0)})
    page = notes.notes_page(actor=inside.tess, session_id=session)
    assert page.preset == NoteContent(NoteFormat.SOAP)


def test_two_notes_of_one_table_are_never_mixed(inside, session, about):
    save(inside.tess, session, {JOINT: ("We.", 0), PROCESS: ("I.", 0), about["ben"]: ("B.", 0)})
    assert db.session.query(JointNote).one().body == "We."
    assert db.session.query(ProcessNote).one().body == "I."
    assert db.session.query(MemberNote).one().about_id == inside.ben.person_id
