"""The oldest part of the access log as a file: written, read again, checked, and only then cut."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from practice.db import db
from practice.domain.access_chain import Entry, Finding, Tip, check, in_utc
from practice.models.sealing import key_ring
from practice.services import access_chain, audit
from practice.services.errors import Refused

_IDS = {"id", "person_id", "couple_id", "author_id"}


@dataclass(frozen=True, slots=True)
class Archived:
    """What went into a file."""

    first: int
    last: int
    sha256: str
    """Of the file, in hexadecimal."""


def archive(*, until: date, to: Path) -> Archived:
    """Write the lines older than a day to a new file, check it, and cut them off the log.

    The whole chain is checked before; the mark of the last line that goes stays in the head, and
    from there the chain goes on. The caller commits.

    Raises:
        Refused: if the log is not whole, nothing is that old, or the file is there already.
    """
    verdict = access_chain.verify()
    if verdict.findings:
        raise Refused("The access log is not whole; nothing was archived. See “audit verify”.")
    through = access_chain.last_before(until)
    if through is None or through.number <= verdict.cut.number:
        raise Refused(f"No line of the access log is older than {until:%Y-%m-%d}.")
    _write(to, through)
    if found := tuple(check_file(to, begins_after=verdict.cut, ends_at=through)):
        raise Refused(f"{to} does not hold what was written to it. {found[0].words}")
    access_chain.cut(through)
    audit.note_account(None, "access_log.archived", reason="command_line")
    digest = hashlib.sha256(to.read_bytes()).hexdigest()
    return Archived(verdict.cut.number + 1, through.number, digest)


def check_file(path: Path, *, begins_after: Tip | None, ends_at: Tip | None) -> Iterator[Finding]:
    """Check an archived part of the log.

    Args:
        path: The file, one line of JSON for each line of the log.
        begins_after: What its first line has to link to; None takes that line at its word.
        ends_at: Its last line; None takes the last one there is.

    Raises:
        Refused: if a line of the file cannot be read; with its number.
    """
    entries = list(_read(path))
    if not entries:
        raise Refused(f"{path} holds no line.")
    first, last = entries[0], entries[-1]
    known = {entry.digest for entry in entries}
    yield from check(
        entries,
        begins_after=begins_after or Tip(first.number - 1, first.previous),
        ends_at=ends_at or Tip(last.number, last.digest),
        mark=key_ring().mark,
        is_known=known.__contains__,
    )


def _write(path: Path, through: Tip) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as there:
        raise Refused(f"{path} is there already. Choose another name.") from there
    except OSError as problem:
        raise Refused(f"{path} cannot be written: {problem.strerror}.") from problem
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        for entry in access_chain.entries(db.session.connection(), up_to=through.number):
            file.write(json.dumps(_as_plain(entry), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _as_plain(entry: Entry) -> dict[str, object]:
    values = asdict(entry)
    for name in _IDS:
        values[name] = None if values[name] is None else str(values[name])
    return values | {"at": in_utc(entry.at)}


def _read(path: Path) -> Iterator[Entry]:
    names = {field.name for field in fields(Entry)}
    with path.open(encoding="utf-8") as file:
        for place, line in enumerate(file, start=1):
            try:
                values = json.loads(line)
                if set(values) != names:
                    raise ValueError
                for name in _IDS:
                    values[name] = None if values[name] is None else UUID(values[name])
                values["at"] = datetime.fromisoformat(values["at"])
            except (ValueError, TypeError, AttributeError) as problem:
                raise Refused(f"{path}, line {place}: this is no line of an archive.") from problem
            yield Entry(**values)
