"""Erasing one person leaves nothing of theirs and the others' record whole (S29, T17)."""

import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from practice import db as database
from practice.app import create_app
from practice.db import Driver, db
from practice.domain.homework.registry import get_template
from practice.domain.homework.terms import GivenTo
from practice.domain.releases.cases import Outcome, RequestKind
from practice.domain.visibility import Audience
from practice.models import Base, sealing
from practice.models.between import EntrySignature
from practice.models.couples import Membership
from practice.models.homework import HomeworkEntry
from practice.models.people import Person
from practice.models.records import AccessRecord
from practice.models.responses import Response
from practice.models.retention import Erasure
from practice.models.safety import Screening
from practice.services import (
    access,
    audit,
    clock,
    couples,
    homework,
    memberships,
    notes,
    responses,
    retention,
    schedule,
)
from practice.services.erasure import desk, rules
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.known_people import NewPerson
from practice.services.own_export.export import content_of
from practice.services.own_export.subject import Subject
from practice.services.releases import cases
from tests import exercises, measure_builders, release_record
from tests.builders import make_cast, make_couple
from tests.reports.pdf_checks import text_of
from tests.world import World, make_world
from tests.worlds import between
from tests.worlds.releases import open_case, tick_all
from tests.worlds.safety import make_safety


@pytest.fixture
def cast(inside):
    return inside


def ready(cast, person):
    """Open a case of erasure with every check done."""
    case = open_case(cast, RequestKind.ERASURE, about=person)
    tick_all(cast, case)
    return case


def erase(cast, person):
    case = ready(cast, person)
    erasure = desk.erase(actor=cast.tess, case_id=case, typed_name=person.name)
    db.session.commit()
    return erasure


def rows_of(person_id):
    """Return a digest of every row that somebody wrote or answered, by table and key."""
    found = {}
    for table in Base.metadata.sorted_tables:
        own = [
            column
            for column in table.columns
            if rules.PERSON_COLUMNS.get(f"{table.name}.{column.name}") is not None
        ]
        for column in own:
            for row in db.session.execute(select(table).where(column == person_id)):
                keys = (getattr(row, one.name) for one in table.primary_key.columns)
                key = (table.name, *keys)
                found[key] = hashlib.sha256(repr(tuple(row)).encode()).hexdigest()
    return found


def test_what_ben_wrote_and_answered_is_the_same_byte_for_byte(cast):
    task = exercises.give(cast)
    for person in (cast.ada, cast.ben):
        exercises.write(person, task, Audience.WHEN_ALL_DONE, noticed="Ada was kind")
        measure_builders.answer(cast, person, "csi16")
    goal = exercises.set_goal(cast)
    for person in (cast.ada, cast.ben):
        exercises.rate(person, goal, 1, Audience.COUPLE, comment="with Ada")
    release_record.session(cast)
    db.session.commit()
    before = rows_of(cast.ben.person_id)
    assert len(before) > 6
    erase(cast, cast.ada)
    assert rows_of(cast.ben.person_id) == before


def test_what_ben_signed_stays_his_when_the_page_it_stood_on_goes(cast):
    task = exercises.give(
        cast,
        template_key="boundary_agreement",
        given_to=GivenTo.TOGETHER,
        audience=Audience.COUPLE,
    )
    entry = homework.record_entry(
        actor=cast.ada,
        assignment_id=task,
        new_id=uuid4(),
        for_day=clock.today(),
        raw=exercises.filled(get_template("boundary_agreement")) | {"outcome": "done"},
        audience=Audience.COUPLE,
    )
    for person in (cast.ada, cast.ben):
        between.sign(person, entry)
    (copy,) = homework.signed_copies(actor=cast.ben)
    before = rows_of(cast.ben.person_id)
    erase(cast, cast.ada)
    assert homework.signed_copies(actor=cast.ben) == (replace(copy, has_ended=True),)
    assert rows_of(cast.ben.person_id) == before
    assert homework.portal_agreements(actor=cast.ben) == ()
    assert db.session.query(EntrySignature).one().person_id == cast.ben.person_id
    reader = access.standing_of(cast.ben, cast.couple)
    subject = Subject(cast.ben.person_id, cast.ben.name, (reader,), at_desk=False)
    (exported,) = content_of(subject, clock.now())["signed_together"]
    assert exported["signed_as"] == cast.ben.name


def test_nothing_points_at_the_person_any_more_and_the_log_keeps_the_id(cast):
    exercises.write(cast.ada, exercises.give(cast), Audience.PRIVATE)
    measure_builders.answer(cast, cast.ada, "phq9", measure_builders.choose("phq9", phq_9=2))
    audit.finish(write_succeeded=True)
    erase(cast, cast.ada)
    audit.finish(write_succeeded=True)
    assert rows_of(cast.ada.person_id) == {}
    assert db.session.get(Person, cast.ada.person_id) is None
    kept = db.session.scalars(
        select(AccessRecord).where(AccessRecord.person_id == cast.ada.person_id)
    ).all()
    assert kept
    assert all("Ada" not in f"{line.what}{line.reason}" for line in kept)


def test_joint_notes_stay_without_the_name(cast):
    session = release_record.session(cast, next_steps="Ada Lind rings.")
    release_record.note(cast, session, "Ada and Ben agreed. Adam was not meant.")
    db.session.commit()
    erase(cast, cast.ada)
    found = texts()
    assert f"{rules.PUT_FOR_NAME} and Ben agreed. Adam was not meant." in found
    assert f"{rules.PUT_FOR_NAME} rings." in found
    page = notes.notes_page(actor=cast.tess, session_id=session)
    assert [one.first_name for one in page.present] == ["Erased person", "Ben"]
    assert [one.about_id for one in page.writable if one.about_id] == [cast.ben.person_id]


def texts():
    return [
        getattr(row, which)
        for model, which in rules.RENAMED
        for row in db.session.scalars(select(model))
    ]


def test_what_would_be_gone_is_counted_before(cast):
    exercises.write(cast.ada, exercises.give(cast), Audience.THERAPIST)
    exercises.give(
        cast,
        given_to=GivenTo.ONE,
        person_id=cast.ada.person_id,
        audience=Audience.THERAPIST,
    )
    measure_builders.answer(cast, cast.ada, "csi4")
    release_record.note(cast, release_record.session(cast, person=cast.ada), "Alone.")
    goes = desk.what_goes(actor=cast.tess, case_id=ready(cast, cast.ada))
    counts = dict(goes.counts)
    for title, count in {
        "homework entries": 1,
        "homework given to them alone": 1,
        "answers to questionnaires": 1,
        "sessions with them alone": 1,
        "notes of those sessions": 1,
        "their sign-in": 1,
    }.items():
        assert counts[title] == count, title
    assert goes.obstacles == ()
    assert goes.others == ("Ben", "Finn")


def test_neither_counts_nor_the_clock_tell_the_therapist_of_anything_private(cast):
    goal, task = exercises.set_goal(cast), exercises.give(cast)
    exercises.write(cast.ada, task, Audience.THERAPIST, day=clock.today() - timedelta(days=1))
    release_record.note(cast, release_record.session(cast, person=cast.ada), "Alone.")
    case = ready(cast, cast.ada)

    def seen():
        clocks = [one.clock for one in retention.kept_of(actor=cast.tess, couple_id=cast.couple)]
        return desk.what_goes(actor=cast.tess, case_id=case).counts, clocks

    before = seen()
    assert before[0]
    with clock.pretend(clock.now() + timedelta(days=3)):
        exercises.write(cast.ada, task, Audience.PRIVATE)
    assert seen() == before
    exercises.rate(cast.ada, goal, 1, Audience.THERAPIST)
    assert seen() != before


def test_what_was_to_open_when_all_are_done_does_not_open_by_an_erasure(cast):
    guest = memberships.add_member(
        actor=cast.tess,
        couple_id=cast.couple,
        person=NewPerson(name="Gus Weller", is_new=True),
        joined_on=clock.today(),
    )
    task = exercises.give(cast)
    entry = exercises.write(cast.ben, task, Audience.WHEN_ALL_DONE, noticed="waits")
    erase(cast, cast.ada)
    row = db.session.get_one(HomeworkEntry, entry)
    assert len(row.assignment.receivers) == 3
    assert guest in {one.person_id for one in row.assignment.receivers}


@pytest.mark.parametrize("obstacle", ["hold", "checks", "name", "closed"])
def test_nothing_is_erased_while_something_stands_in_its_way(cast, obstacle):
    case = open_case(cast, RequestKind.ERASURE, about=cast.ada)
    if obstacle != "checks":
        tick_all(cast, case)
    if obstacle == "hold":
        retention.set_hold(actor=cast.tess, couple_id=cast.couple, reason="A complaint.")
    if obstacle == "closed":
        cases.decide(actor=cast.tess, case_id=case, outcome=Outcome.REFUSED, reason="No.", sent="")
    name = "Ada Lynd" if obstacle == "name" else "Ada Lind"
    with pytest.raises(Invalid if obstacle == "name" else Refused):
        desk.erase(actor=cast.tess, case_id=case, typed_name=name)
    assert db.session.get(Person, cast.ada.person_id) is not None


def test_a_lifted_hold_lets_it_happen(cast):
    retention.set_hold(actor=cast.tess, couple_id=cast.couple, reason="A complaint.")
    retention.lift_hold(actor=cast.tess, couple_id=cast.couple, reason="It is settled.")
    erase(cast, cast.ada)
    assert db.session.get(Person, cast.ada.person_id) is None


def test_in_another_record_the_person_stays_as_they_were(cast):
    other = make_couple(cast.otto, [cast.ada])
    measure_builders.answer(cast, cast.ada, "csi4")
    db.session.commit()
    assert not desk.what_goes(actor=cast.tess, case_id=ready(cast, cast.ada)).wholly
    erase(cast, cast.ada)
    assert db.session.get_one(Person, cast.ada.person_id).name == "Ada Lind"
    assert responses.own_answers(actor=cast.ada).own == ()
    mine = select(Membership.couple_id).where(Membership.person_id == cast.ada.person_id)
    assert list(db.session.scalars(mine)) == [other]


def test_only_the_lead_erases(cast):
    release_record.join_care(cast, cast.otto)
    case = ready(cast, cast.ada)
    for actor in (cast.otto, cast.cleo, cast.ben):
        with pytest.raises(NotFound):
            desk.what_goes(actor=actor, case_id=case)
        with pytest.raises(NotFound):
            desk.erase(actor=actor, case_id=case, typed_name="Ada Lind")


def test_the_certificate_says_what_went_and_names_nobody(cast):
    measure_builders.answer(cast, cast.ada, "csi4")
    erasure = erase(cast, cast.ada)
    assert desk.write_anew(actor=cast.tess, erasure_id=erasure)
    found = desk.certificate(actor=cast.tess, erasure_id=erasure)
    assert found.gone["answers to questionnaires"] == 1
    assert found.person_gone
    assert found.rewritten_at is not None
    assert found.backups_gone_on == clock.today() + timedelta(days=35)
    # Even where something of every kind went.
    db.session.get_one(Erasure, erasure).gone |= dict.fromkeys(rules.TITLES.values(), 12)
    words = text_of(desk.certificate_pdf(actor=cast.tess, erasure_id=erasure))
    assert "Page 1 of 1" in words
    assert "Certificate of erasure" in words
    assert "Tess Okafor" in words
    assert not re.search("Ada|Lind", words)


def test_a_certificate_and_its_row_tell_nothing_of_danger(cast):
    make_safety(World(cast))
    erasure = erase(cast, cast.ada)
    assert db.session.query(Screening).filter_by(person_id=cast.ada.person_id).count() == 0
    assert db.session.query(Screening).count() == 1
    pdf = desk.certificate_pdf(actor=cast.tess, erasure_id=erasure)
    words = text_of(pdf) + str(db.session.get_one(Erasure, erasure).gone)
    assert not re.search(
        "screen|private|danger|alert|plan|safe|question", words.replace("questionnaires", "")
    )


def test_what_is_signed_and_guarded_by_the_database_loses_the_name_too(cast):
    session = release_record.session(cast)
    release_record.note(cast, session, "Ada spoke.")
    db.session.commit()
    guard = GUARD[db.engine.dialect.name]
    for statement in guard:
        db.session.execute(text(statement))
    db.session.commit()
    try:
        erase(cast, cast.ada)
        assert f"{rules.PUT_FOR_NAME} spoke." in texts()
        with pytest.raises(DBAPIError):
            db.session.execute(text("UPDATE joint_note SET version = version + 1"))
    finally:
        db.session.rollback()
        db.session.execute(text(UNGUARD[db.engine.dialect.name]))
        db.session.commit()


GUARD = {
    "sqlite": (
        "CREATE TRIGGER final_test BEFORE UPDATE ON joint_note WHEN OLD.signed_at IS NOT NULL "
        "BEGIN SELECT RAISE(ABORT, 'final'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION refuse_test() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'final'; END $$",
        "CREATE TRIGGER final_test BEFORE UPDATE ON joint_note FOR EACH ROW "
        "WHEN (OLD.signed_at IS NOT NULL) EXECUTE FUNCTION refuse_test()",
    ),
}
UNGUARD = {
    "sqlite": "DROP TRIGGER final_test",
    "postgresql": "DROP TRIGGER final_test ON joint_note",
}


def test_the_retention_clock_runs_from_the_last_contact(cast):
    (ada, ben, finn) = retention.kept_of(actor=cast.tess, couple_id=cast.couple)
    assert ada.clock.due_on == ada.clock.last_contact_on.replace(year=2033)
    measure_builders.answer(cast, cast.ada, "csi4")
    again, *_ = retention.kept_of(actor=cast.tess, couple_id=cast.couple)
    assert again.clock.last_contact_on == clock.today()
    assert [one.member.first_name for one in retention.kept_in_care(actor=cast.tess)] == ["Finn"]
    couples.record_endings(
        actor=cast.tess,
        couple_id=cast.couple,
        endings=couples.Endings(episode_ended_on=clock.today()),
    )
    with clock.pretend(clock.now() + timedelta(days=366 * 7)):
        kept = retention.kept_in_care(actor=cast.tess)
        assert all(one.is_due for one in kept)
        retention.set_hold(actor=cast.tess, couple_id=cast.couple, reason="A complaint.")
        assert not any(one.is_due for one in retention.kept_in_care(actor=cast.tess))


def test_every_column_that_could_hold_somebody_has_its_fate():
    assert rules.undecided_columns() == ()
    pointing = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    assert set(rules.PERSON_COLUMNS) <= pointing, "a column that is not there any more"


def test_every_sealed_column_has_its_fate():
    sealed = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("_sealed")
    }
    texts = [*rules.RENAMED, *((model, which) for model, _, which in rules.CLEARED)]
    named = {f"{model.__tablename__}.{getattr(model, which).column}" for model, which in texts}
    assert sealed == named | set(rules.UNTOUCHED)


# ---- T17: nothing of it in any file ----------------------------------------------------------


class PlainRing(sealing.KeyRing):
    """A key ring that hides nothing, so that a search of the file can find what is left."""

    def __init__(self):
        super().__init__({"plain": b"p" * 32}, "plain")

    def seal(self, words, bound_to):
        return words.encode()

    def seal_bytes(self, content, bound_to):
        return content

    def open(self, sealed, bound_to):
        return sealed.decode()

    def open_bytes(self, sealed, bound_to):
        return sealed


@pytest.fixture(params=["sqlite", "postgresql"])
def everywhere(request, tmp_path, monkeypatch):
    """A database that can be read by anybody, no cipher, nothing sealed; and a look through it.

    On SQLite through the bytes of its files, on PostgreSQL through every row of every table: its
    own files are the server's (``db.rewrite``).
    """
    import sqlite3

    settings = {"instance": tmp_path, "testing": True}
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
        settings["database_url"] = server.create(f"erased_{uuid4().hex}")
    driver = Driver(sqlite3, encrypts=False, journal="WAL", synchronous="FULL")
    monkeypatch.setattr(database, "sqlite_driver", lambda: driver)
    app = create_app(settings)
    before = sealing._ring
    monkeypatch.setattr(sealing, "_ring", PlainRing())

    def look(words):
        if request.param == "sqlite":
            content = b"".join(path.read_bytes() for path in tmp_path.glob("dyad.db*"))
        else:
            content = b"".join(_bytes_of(table) for table in Base.metadata.sorted_tables)
        return {word for word in words if word.encode() in content}

    with app.app_context():
        Base.metadata.create_all(db.engine)
        yield look
        db.session.remove()
        db.engine.dispose()
    sealing._ring = before


def _bytes_of(table):
    """Return every value of a table, as it is stored."""
    rows = db.session.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608  # our own name
    values = (value for row in rows for value in row)
    return b"\n".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for value in values
    )


ALSO = {
    "ada": {"openada", "ratedada", "problemada", "aboutada", "oldabout", "responseada", "planada"},
    "ben": {"openben", "problemben", "aboutben", "responseben", "planben", "intakeshown"},
}
"""What others may read too, or only the therapist, and is yet about this one person."""

STAYS = {"recipientben"}
"""To whom something was to go: the therapist's words in a case, which stay without the name."""


@pytest.mark.parametrize("name", ["ada", "ben"])
def test_t17_no_word_of_the_erased_is_left_in_database_log_or_index(everywhere, name):
    cast = make_cast()
    world = make_world(cast, with_reports=False)
    erased, other = (cast.ada, cast.ben) if name == "ada" else (cast.ben, cast.ada)
    others = other.first_name.lower()
    release_record.note(cast, release_record.session(cast, days_ago=1), f"{erased.name} was tired.")
    retention.lift_hold(actor=cast.tess, couple_id=cast.couple, reason="Settled.")
    schedule.refresh(cast.couple)  # of the session that a builder put there
    db.session.commit()
    known = world.canaries
    assert STAYS | ALSO[name] <= {one.label for one in known}
    own = {
        one.word
        for one in known
        if one.label in ALSO[name]
        or (name in one.readers and others not in one.readers and one.label not in STAYS)
    }
    own |= {erased.name, f"{name}@mail.example"}
    assert len(own) > 5
    assert everywhere(own) == own, "a search that finds nothing before proves nothing"
    theirs = {one.word for one in known if others in one.readers and name not in one.readers}
    kept = rows_of(other.person_id)
    erasure = erase(cast, erased)
    assert desk.write_anew(actor=cast.tess, erasure_id=erasure)
    assert everywhere(own) == set()
    assert everywhere(theirs) == theirs
    assert rows_of(other.person_id) == kept
    if db.engine.dialect.name == "sqlite":  # elsewhere no statement can leave a key without its row
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    answers = select(Response).where(Response.author_id == other.person_id)
    assert db.session.scalars(answers).all()
