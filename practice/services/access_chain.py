"""Writes the access log as a chain, checks it, and cuts off what is archived.

Adding lines locks the head for the moment of the insert, as the last thing before the commit: so
no two processes write the same number, and nobody waits for anything but another's commit.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    delete,
    exists,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from practice.db import READ_ONLY, db
from practice.domain.access_chain import (
    GENESIS,
    START,
    Entry,
    Finding,
    Tip,
    Trouble,
    canonical,
    canonical_head,
    check,
)
from practice.models.accounts import Account
from practice.models.records import AccessChain, AccessRecord
from practice.models.sealing import key_ring
from practice.services import clock
from practice.services.errors import Refused

AT_ONCE = 1000
"""Rows read or written with one statement."""

PATIENCE = "5s"
"""How long a line about a read waits for the head on PostgreSQL; SQLite has a limit already."""

COLUMNS = (
    "number",
    "id",
    "at",
    "person_id",
    "couple_id",
    "author_id",
    "what",
    "how",
    "reason",
    "count",
    "address",
    "previous",
    "digest",
    "key_id",
)


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of the log, to be written down elsewhere."""

    number: int
    digest: str
    at: datetime | None

    @property
    def words(self) -> str:
        """``1234:`` and the digest: what ``audit verify --against`` takes."""
        return f"{self.number}:{self.digest}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the log came to."""

    findings: tuple[Finding, ...]
    """At most the first hundred."""

    lines: int
    head: Tip
    cut: Tip


MOST_FINDINGS = 100


def append(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add lines to the chain, in the transaction of ``connection``, which should end soon.

    Args:
        connection: Of a transaction that may write.
        rows: Columns of ``AccessRecord`` but for those of the chain.
    """
    head, cut = _locked(connection)
    tip, chained = _chained(head, rows)
    connection.execute(insert(AccessRecord), chained)
    _move(connection, tip, cut)


def begin() -> None:
    """Chain what was written before there was a chain; nothing happens a second time.

    For ``prepare``; the first line written does the same. The caller commits. While a migration is
    being written there is no table of the head yet, and so nothing to do.
    """
    connection = db.session.connection()
    if inspect(connection).has_table(AccessChain.__tablename__):
        _locked(connection)


def wait_no_longer(connection: Connection) -> None:
    """Let ``connection`` give up instead of holding up a page that was read already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))


def head() -> Head | None:
    """Return the head of the log; None before its first line."""
    row = db.session.get(AccessChain, 1)
    if row is None:
        return None
    at = db.session.scalar(select(AccessRecord.at).where(AccessRecord.number == row.number))
    return Head(row.number, row.digest, at)


def verify(*, against: Tip | None = None) -> Verdict:
    """Check the whole log.

    Args:
        against: A head that was written down: the line of that number must have that mark.
    """
    options: dict[str, Any] = {READ_ONLY: True}
    if db.engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"  # lines go on being written meanwhile
    with db.engine.connect().execution_options(**options) as connection:
        return _verified(connection, against)


def _verified(connection: Connection, against: Tip | None) -> Verdict:
    found: list[Finding] = []
    row = connection.execute(select(AccessChain.__table__)).first()
    if row is None:
        is_used = connection.scalar(select(exists().select_from(Account)))
        if is_used or connection.scalar(select(exists().select_from(AccessRecord))):
            found.append(Finding(Trouble.NO_HEAD, 0, 0, None))
        return Verdict(tuple(found), 0, START, START)
    end, cut = Tip(row.number, row.digest), Tip(row.cut_number, row.cut_digest)
    if not _is_sealed(row, end, cut):
        found.append(Finding(Trouble.HEAD, end.number, end.number, None))
    lines = _Counted(entries(connection))
    walk = check(
        lines,
        begins_after=cut,
        ends_at=end,
        mark=key_ring().mark,
        is_known=lambda digest: _is_known(connection, digest),
    )
    for finding in walk:
        if len(found) < MOST_FINDINGS:
            found.append(finding)
    found += _outside(connection)
    found += _against(connection, against, end, cut)
    return Verdict(tuple(found[:MOST_FINDINGS]), lines.count, end, cut)


class _Counted:
    """Counts what passes."""

    def __init__(self, found: Iterable[Entry]) -> None:
        self._found = found
        self.count = 0

    def __iter__(self) -> Iterator[Entry]:
        for one in self._found:
            self.count += 1
            yield one


def _outside(connection: Connection) -> Iterator[Finding]:
    """Yield lines that were never chained: since there is a head, Dyad writes none."""
    rows = connection.execute(
        select(AccessRecord.at).where(AccessRecord.number.is_(None)).order_by(AccessRecord.at)
    )
    for row in rows:
        yield Finding(Trouble.INSERTED, 0, 0, row.at)


def _against(connection: Connection, written: Tip | None, end: Tip, cut: Tip) -> Iterator[Finding]:
    if written is None or written in {end, cut} or written.number < cut.number:
        return
    stored = connection.execute(
        select(AccessRecord.digest, AccessRecord.at).where(AccessRecord.number == written.number)
    ).first()
    if stored is None:
        yield Finding(Trouble.MISSING, written.number, written.number, None)
    elif stored.digest != written.digest:
        yield Finding(Trouble.CHANGED, written.number, written.number, stored.at)


def entries(connection: Connection, up_to: int | None = None) -> Iterator[Entry]:
    """Yield the chained lines in order, a part at a time; all, or those up to a number."""
    after = None
    while True:
        query = select(*(getattr(AccessRecord, name) for name in COLUMNS)).where(
            AccessRecord.number.is_not(None)
        )
        if after is not None:
            query = query.where(AccessRecord.number > after)
        if up_to is not None:
            query = query.where(AccessRecord.number <= up_to)
        rows = connection.execute(query.order_by(AccessRecord.number).limit(AT_ONCE)).all()
        for row in rows:
            yield Entry(**row._mapping)
        if len(rows) < AT_ONCE:
            return
        after = rows[-1].number


def last_before(day: date) -> Tip | None:
    """Return the last line of the oldest part that is all older than ``day``; None if none is.

    Args:
        day: On the practice's clocks.
    """
    midnight = clock.beginning_of(day)
    younger = db.session.scalar(
        select(func.min(AccessRecord.number)).where(AccessRecord.at >= midnight)
    )
    older = select(AccessRecord.number, AccessRecord.digest).where(AccessRecord.at < midnight)
    if younger is not None:
        older = older.where(AccessRecord.number < younger)
    row = db.session.execute(older.order_by(AccessRecord.number.desc()).limit(1)).first()
    return Tip(row.number, row.digest) if row and row.number is not None else None


def cut(through: Tip) -> int:
    """Delete the lines up to ``through``, and keep its mark: from there the chain goes on.

    The caller has verified the chain, written the lines to a file, and commits.

    Returns:
        How many lines went.

    Raises:
        Refused: if the log has moved on in an unexpected way.
    """
    connection = db.session.connection()
    end, before = _locked(connection)
    if not before.number < through.number <= end.number:
        raise Refused("These lines are archived already.")
    _move(connection, end, through)
    gone = connection.execute(delete(AccessRecord).where(AccessRecord.number <= through.number))
    return gone.rowcount


def _chained(head: Tip, rows: Iterable[Mapping[str, Any]]) -> tuple[Tip, list[dict[str, Any]]]:
    ring = key_ring()
    chained = []
    for row in rows:
        values: dict[str, Any] = dict.fromkeys(("person_id", "couple_id", "author_id", "address"))
        values |= row
        values |= {"number": head.number + 1, "previous": head.digest, "key_id": ring.newest}
        entry = Entry(**{name: values.get(name, "") for name in COLUMNS})
        values["digest"] = ring.mark(ring.newest, canonical(entry))
        chained.append(values)
        head = Tip(values["number"], values["digest"])
    return head, chained


def _locked(connection: Connection) -> tuple[Tip, Tip]:
    """Return head and cut, held until the transaction ends; made when there is none yet."""
    query = select(AccessChain.__table__).with_for_update()
    row = connection.execute(query).first()
    if row is None:
        is_mine = _made(connection)
        row = connection.execute(query).one()
        if is_mine:
            end = _chain_older(connection)
            return end, START
    return Tip(row.number, row.digest), Tip(row.cut_number, row.cut_digest)


def _made(connection: Connection) -> bool:
    """Make the head; False if another process made it at the same moment."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    values = {"id": 1, "number": 0, "digest": GENESIS, "cut_number": 0, "cut_digest": GENESIS}
    values |= _seal(START, START)
    making = dialect.insert(AccessChain).values(**values).on_conflict_do_nothing()
    return connection.execute(making.returning(AccessChain.id)).first() is not None


def _chain_older(connection: Connection) -> Tip:
    """Give number and mark to the lines from before there was a chain, by their time."""
    tip = START
    fresh = [column for column in COLUMNS if column not in {"number", "previous", "digest"}]
    older = select(*(getattr(AccessRecord, name) for name in fresh)).where(
        AccessRecord.number.is_(None)
    )
    while rows := connection.execute(
        older.order_by(AccessRecord.at, AccessRecord.id).limit(AT_ONCE)
    ).all():
        tip, chained = _chained(tip, [dict(row._mapping) for row in rows])
        names = ("number", "previous", "digest", "key_id")
        connection.execute(
            update(AccessRecord).where(AccessRecord.id == bindparam("line")),
            [{name: row[name] for name in names} | {"line": row["id"]} for row in chained],
        )
    if tip != START:
        _move(connection, tip, START)
    return tip


def _move(connection: Connection, end: Tip, cut: Tip) -> None:
    connection.execute(
        update(AccessChain)
        .where(AccessChain.id == 1)
        .values(
            number=end.number,
            digest=end.digest,
            cut_number=cut.number,
            cut_digest=cut.digest,
            **_seal(end, cut),
        )
    )


def _seal(end: Tip, cut: Tip) -> dict[str, str]:
    ring = key_ring()
    return {"key_id": ring.newest, "seal": ring.mark(ring.newest, canonical_head(end, cut))}


def _is_sealed(row: Row[Any], end: Tip, cut: Tip) -> bool:
    try:
        return key_ring().mark(row.key_id, canonical_head(end, cut)) == str(row.seal)
    except LookupError:
        return False


def _is_known(connection: Connection, digest: str) -> bool:
    same = select(AccessRecord.number).where(AccessRecord.digest == digest)
    return connection.execute(same.limit(1)).first() is not None


def lines_about(*, person_id: UUID | None = None, couple_id: UUID | None = None) -> Iterator[Entry]:
    """Yield the lines by one person or about one couple, or both, oldest first."""
    query = select(*(getattr(AccessRecord, name) for name in COLUMNS))
    if person_id is not None:
        query = query.where(AccessRecord.person_id == person_id)
    if couple_id is not None:
        query = query.where(AccessRecord.couple_id == couple_id)
    for row in db.session.execute(query.order_by(AccessRecord.number)):
        yield Entry(**row._mapping)
