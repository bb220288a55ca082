"""The access log as a chain: what holds it together, what breaks it, and how it is cut."""

import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
import time_machine

from practice.db import db
from practice.domain.access_chain import GENESIS, Tip, Trouble
from practice.models.records import GUARDS, AccessChain, AccessRecord
from practice.services import access_archive, access_chain, audit, clock
from practice.services.errors import Refused

OLD = datetime(2019, 5, 1, 9, tzinfo=UTC)


@pytest.fixture
def log(app, inside):
    """Nine lines of Tess's, one a day."""
    for number in range(9):
        with clock.pretend(OLD + timedelta(days=number)):
            audit.note_write(inside.tess, inside.couple, f"act.{number + 1}")
            audit.finish(write_succeeded=True)
    return inside


def found():
    return [(one.trouble, one.first, one.last) for one in access_chain.verify().findings]


@contextmanager
def as_intruder():
    """Somebody with the database and without the key: the guards are no hindrance to them."""
    db.session.rollback()
    with db.engine.begin() as connection:
        for name in ("access_record_stays_as_it_is", "access_record_is_kept"):
            on = " ON access_record" if connection.dialect.name == "postgresql" else ""
            connection.execute(sa.text(f"DROP TRIGGER {name}{on}"))
        yield connection
        for statement in GUARDS[connection.dialect.name]:
            connection.execute(sa.text(statement))


def test_every_line_links_to_the_one_before(log):
    rows = db.session.query(AccessRecord).order_by(AccessRecord.number).all()
    assert [row.number for row in rows] == list(range(1, 10))
    assert [row.previous for row in rows] == [GENESIS, *(row.digest for row in rows[:-1])]
    assert len({row.digest for row in rows}) == 9
    head = access_chain.head()
    assert (head.number, head.digest, head.at) == (9, rows[-1].digest, OLD + timedelta(days=8))
    assert found() == []


def test_lines_of_one_request_are_links_as_well(log):
    for what in ("one", "two", "three"):
        audit.note_read(log.tess, log.couple, what)
    audit.finish(write_succeeded=False)
    assert access_chain.verify().lines == 12
    assert found() == []


@pytest.mark.parametrize(
    "change",
    [
        {"what": "act.6"},
        {"how": "read"},
        {"reason": "other"},
        {"count": 2},
        {"address": "203.0.113.9"},
        {"at": OLD},
        {"person_id": None},
        {"couple_id": uuid4()},
        {"author_id": uuid4()},
        {"previous": "a" * 64},
        {"digest": "a" * 64},
        {"key_id": "9"},
        {"id": uuid4()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_line_is_named(log, change):
    with as_intruder() as connection:
        connection.execute(sa.update(AccessRecord).where(AccessRecord.number == 5).values(**change))
    assert found() == [(Trouble.CHANGED, 5, 5)]


def test_a_missing_line_is_named(log):
    with as_intruder() as connection:
        connection.execute(sa.delete(AccessRecord).where(AccessRecord.number.in_([4, 5, 7])))
    assert found() == [(Trouble.MISSING, 4, 5), (Trouble.MISSING, 7, 7)]


def test_a_missing_line_is_named_although_the_rest_was_numbered_anew(log):
    with as_intruder() as connection:
        connection.execute(sa.delete(AccessRecord).where(AccessRecord.number == 4))
        for number in range(5, 10):
            connection.execute(renumber(number, number - 1))
    assert (Trouble.MISSING, 4, 4) in found()
    assert access_chain.verify().findings


def test_a_line_put_in_is_named(log):
    with as_intruder() as connection:
        for number in range(9, 4, -1):
            connection.execute(renumber(number, number + 1))
        copied = connection.execute(
            sa.select(AccessRecord.__table__).where(AccessRecord.number == 4)
        ).one()
        values = dict(copied._mapping) | {"id": uuid4(), "number": 5, "what": "forged"}
        connection.execute(sa.insert(AccessRecord).values(**values))
    assert (Trouble.INSERTED, 5, 5) in found()
    assert not [one for one in found() if one[1] in {1, 2, 3, 4, 6, 7, 8, 9}]


def test_a_line_beyond_the_head_is_named(log):
    with as_intruder() as connection:
        values = {"id": uuid4(), "number": 10, "what": "forged", "how": "read", "reason": "x"}
        values |= {"previous": "b" * 64, "digest": "c" * 64, "key_id": "1"}
        connection.execute(sa.insert(AccessRecord).values(at=OLD, **values))
    assert (Trouble.INSERTED, 10, 10) in found()


def test_a_line_outside_the_chain_is_named(log):
    with as_intruder() as connection:
        values = {"id": uuid4(), "what": "forged", "how": "read", "reason": "x", "at": OLD}
        connection.execute(sa.insert(AccessRecord).values(**values))
    assert found() == [(Trouble.INSERTED, 0, 0)]


def test_lines_that_changed_places_are_named(log):
    with as_intruder() as connection:
        for number, to in ((4, 99), (6, 4), (99, 6)):
            connection.execute(renumber(number, to))
    assert {(trouble, first) for trouble, first, _ in found()} >= {
        (Trouble.MOVED, 4),
        (Trouble.MOVED, 6),
    }


def renumber(number, to):
    return sa.update(AccessRecord).where(AccessRecord.number == number).values(number=to)


def test_a_tail_cut_off_is_noticed_whatever_is_done_to_the_head(log):
    before = dict(db.session.execute(sa.select(AccessRecord.number, AccessRecord.digest)).all())
    with as_intruder() as connection:
        connection.execute(sa.delete(AccessRecord).where(AccessRecord.number > 6))
    assert found() == [(Trouble.MISSING, 7, 9)]
    with as_intruder() as connection:
        connection.execute(sa.update(AccessChain).values(number=6, digest=before[6]))
    assert found() == [(Trouble.HEAD, 6, 6)]


def test_an_emptied_log_is_noticed(log):
    with as_intruder() as connection:
        connection.execute(sa.delete(AccessRecord))
        connection.execute(sa.delete(AccessChain))
    assert found() == [(Trouble.NO_HEAD, 0, 0)]


def test_an_older_copy_put_back_is_noticed_by_a_head_that_was_written_down(log):
    written = Tip(access_chain.head().number, access_chain.head().digest)
    assert not access_chain.verify(against=written).findings
    other = Tip(9, "d" * 64)
    assert access_chain.verify(against=other).findings[0].trouble is Trouble.CHANGED
    later = Tip(12, "d" * 64)
    assert access_chain.verify(against=later).findings[0].trouble is Trouble.MISSING


def test_the_database_refuses_to_change_and_to_delete(log):
    db.session.rollback()
    for statement in (
        sa.update(AccessRecord).where(AccessRecord.number == 3).values(what="other"),
        sa.update(AccessRecord).where(AccessRecord.number == 3).values(number=None),
        sa.delete(AccessRecord).where(AccessRecord.number == 3),
        sa.delete(AccessRecord),
    ):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.engine.begin() as other:
            other.execute(statement)
    if db.engine.dialect.name == "postgresql":
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), db.engine.begin() as other:
            other.execute(sa.text("TRUNCATE access_record"))
    assert found() == []


def test_lines_from_before_the_chain_are_chained_once_in_their_order(app, inside):
    with db.engine.begin() as connection:
        for number in (3, 1, 2):
            values = {"id": uuid4(), "what": f"old.{number}", "how": "read", "reason": "x"}
            connection.execute(
                sa.insert(AccessRecord).values(at=OLD + timedelta(days=number), **values)
            )
    audit.note_write(inside.tess, None, "new")
    audit.finish(write_succeeded=True)
    access_chain.begin()
    audit.finish(write_succeeded=True)
    rows = db.session.execute(
        sa.select(AccessRecord.number, AccessRecord.what).order_by(AccessRecord.number)
    )
    assert [tuple(row) for row in rows] == [(1, "old.1"), (2, "old.2"), (3, "old.3"), (4, "new")]
    assert found() == []


def test_many_at_once_write_one_chain(app, cast):
    def work(name):
        with app.app_context():
            for number in range(10):
                audit.note_read(cast.tess, cast.couple, f"{name}.{number}")
                audit.finish(write_succeeded=number % 2 == 0)

    workers = [threading.Thread(target=work, args=(f"worker{one}",)) for one in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with app.app_context():
        verdict = access_chain.verify()
    assert (verdict.lines, verdict.findings) == (60, ())


def test_the_oldest_part_goes_to_a_file_and_the_chain_holds(log, tmp_path):
    path = tmp_path / "log.jsonl"
    with time_machine.travel("2026-11-20 18:30 +0000"):
        done = access_archive.archive(until=(OLD + timedelta(days=4)).date(), to=path)
        audit.finish(write_succeeded=True)
    assert (done.first, done.last) == (1, 4)
    assert path.stat().st_mode & 0o777 == 0o600
    numbers = db.session.scalars(sa.select(AccessRecord.number).order_by(AccessRecord.number))
    assert list(numbers) == [5, 6, 7, 8, 9, 10]
    verdict = access_chain.verify()
    assert (verdict.findings, verdict.cut.number, verdict.lines) == ((), 4, 6)
    assert list(access_archive.check_file(path, begins_after=None, ends_at=None)) == []

    lines = path.read_text(encoding="utf-8").splitlines()
    forged = json.loads(lines[1]) | {"what": "nothing"}
    path.write_text("\n".join([lines[0], json.dumps(forged), *lines[2:]]), encoding="utf-8")
    (one,) = access_archive.check_file(path, begins_after=None, ends_at=None)
    assert (one.trouble, one.first) == (Trouble.CHANGED, 2)
    path.write_text("nonsense", encoding="utf-8")
    with pytest.raises(Refused, match="line 1: this is no line of an archive"):
        list(access_archive.check_file(path, begins_after=None, ends_at=None))


def test_a_log_that_is_not_whole_is_not_archived(log, tmp_path):
    with as_intruder() as connection:
        connection.execute(sa.delete(AccessRecord).where(AccessRecord.number == 2))
    with pytest.raises(Refused, match="not whole"):
        access_archive.archive(until=clock.today(), to=tmp_path / "log.jsonl")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_not_written_over_and_nothing_old_is_no_archive(log, tmp_path):
    path = tmp_path / "log.jsonl"
    path.write_text("kept")
    with pytest.raises(Refused, match="there already"):
        access_archive.archive(until=clock.today(), to=path)
    assert path.read_text() == "kept"
    with pytest.raises(Refused, match="No line of the access log is older than 2019-04-01"):
        access_archive.archive(until=OLD.date().replace(month=4, day=1), to=tmp_path / "other")


def test_a_cut_moved_by_an_intruder_is_noticed(log):
    with db.engine.begin() as connection:  # needs no trigger out of the way, but the key
        connection.execute(sa.update(AccessChain).values(cut_number=3))
        connection.execute(sa.delete(AccessRecord).where(AccessRecord.number <= 3))
    assert Trouble.HEAD in {trouble for trouble, _, _ in found()}


def test_a_line_that_cannot_be_written_leaves_the_page_alone(log, monkeypatch, caplog):
    monkeypatch.setattr(access_chain, "_locked", lambda connection: 1 / 0)
    audit.note_read(log.tess, log.couple, "page")
    audit.finish(write_succeeded=False)
    assert "1 lines could not be written" in caplog.text
    monkeypatch.undo()
    assert found() == []
