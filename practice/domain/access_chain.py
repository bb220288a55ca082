"""The chain that holds the access log together: what is hashed, and what a break in it means.

Every line has a number, the mark of the line before it, and a mark of its own: HMAC-SHA256 over
its canonical form with a key that is not in the database. Decision 0028 gives the reasons.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import chain, pairwise
from uuid import UUID

GENESIS = "0" * 64
"""What stands for the line before the first."""

Marker = Callable[[str, bytes], str]
"""Returns the mark (64 hexadecimal digits) of some bytes under the key of that id."""


@dataclass(frozen=True, slots=True)
class Tip:
    """A place in the chain: a line's number and its mark."""

    number: int
    digest: str


START = Tip(0, GENESIS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the access log with its place in the chain."""

    number: int
    id: UUID
    at: datetime
    person_id: UUID | None
    couple_id: UUID | None
    author_id: UUID | None
    what: str
    how: str
    reason: str
    count: int
    address: str | None
    previous: str
    digest: str
    key_id: str


class Trouble(StrEnum):
    """What is wrong at a place of the chain."""

    CHANGED = "was changed"
    MISSING = "is missing"
    INSERTED = "was put in by somebody else"
    MOVED = "stands in another place than it was written"
    HEAD = "does not fit the head of the log"
    NO_HEAD = "has no head"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where."""

    trouble: Trouble
    first: int
    last: int
    """The same as ``first`` for a single line."""

    at: datetime | None
    """The time that the line gives; None for a line that is missing."""

    @property
    def words(self) -> str:
        """``Line 5 (2026-03-04T18:00:00.000000Z) was changed.``"""
        if self.trouble is Trouble.NO_HEAD:
            return "The head of the access log is gone, although people sign in here."
        if self.first != self.last:
            return f"Lines {self.first} to {self.last}: each {self.trouble.value}."
        moment = f" ({in_utc(self.at)})" if self.at else ""
        place = f"Line {self.first}" if self.first else "A line without a number"
        return f"{place}{moment} {self.trouble.value}."


def in_utc(moment: datetime) -> str:
    """Return a moment as it is hashed: UTC, six places of a second, ``Z``."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def canonical(entry: Entry) -> bytes:
    """Return the bytes of which a line's mark is made.

    UTF-8 of a JSON array without spaces: a word for the version of this form, the mark of the line
    before, then id, time, person, couple, author, what, how, reason, count and address; nothing is
    ``null``. The number is not in it: the links alone prove the order, and the numbers are checked
    against them.
    """
    parts = [
        "dyad-access-1",
        entry.previous,
        str(entry.id),
        in_utc(entry.at),
        *(str(one) if one else None for one in (entry.person_id, entry.couple_id, entry.author_id)),
        entry.what,
        entry.how,
        entry.reason,
        entry.count,
        entry.address,
    ]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def canonical_head(head: Tip, cut: Tip) -> bytes:
    """Return the bytes of which the seal of the head is made."""
    parts = ["dyad-access-head-1", head.number, head.digest, cut.number, cut.digest]
    return json.dumps(parts, separators=(",", ":")).encode()


def check(
    entries: Iterable[Entry],
    *,
    begins_after: Tip,
    ends_at: Tip,
    mark: Marker,
    is_known: Callable[[str], bool],
) -> Iterator[Finding]:
    """Walk along the chain and yield what is wrong with it.

    Args:
        entries: In order of their numbers.
        begins_after: What the first line has to link to.
        ends_at: The head: number and mark of the last line that was written.
        mark: Makes a mark; raises LookupError for a key that is not there.
        is_known: Whether some line has this mark: then a line that links to it was moved.
    """
    last = begins_after
    for entry, following in pairwise(chain(entries, (None,))):
        assert entry is not None  # noqa: S101  # only the very last is None
        next_link = ends_at.digest if following is None else following.previous
        found, last = _check_one(entry, last, next_link, mark, is_known)
        yield from found
    if last.number < ends_at.number:
        yield Finding(Trouble.MISSING, last.number + 1, ends_at.number, None)
    elif last != ends_at:
        yield Finding(Trouble.HEAD, last.number, last.number, None)


def _check_one(
    entry: Entry, last: Tip, next_link: str, mark: Marker, is_known: Callable[[str], bool]
) -> tuple[list[Finding], Tip]:
    """Return what is wrong with one line, and what the next has to link to."""
    number = entry.number
    has_gap = number != last.number + 1
    found = [Finding(Trouble.MISSING, last.number + 1, number - 1, None)] if has_gap else []
    try:
        genuine = mark(entry.key_id, canonical(entry))
    except LookupError:
        genuine = ""
    if genuine != entry.digest:
        # A copy of the line before it is linked to by nobody: the next links past it.
        belongs = next_link != last.digest and next_link in {entry.digest, genuine}
        trouble = Trouble.CHANGED if belongs else Trouble.INSERTED
        tip = Tip(number, next_link if belongs else last.digest)
        return [*found, Finding(trouble, number, number, entry.at)], tip
    if entry.previous != last.digest and not has_gap:
        if is_known(entry.previous):
            found.append(Finding(Trouble.MOVED, number, number, entry.at))
        else:
            found.append(Finding(Trouble.MISSING, number, number, None))
    return found, Tip(number, entry.digest)
