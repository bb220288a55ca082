"""What the pages of letters show."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from practice.domain.agreements import SecretsRule
from practice.services.people import Member


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as its reader sees it."""

    id: UUID
    author: str
    """First name; ``You`` to whoever wrote it."""

    position: int | None
    """Place in the couple, for the mark; None for whoever treats them."""

    is_own: bool
    from_practice: bool
    body: str
    sent_at: datetime
    is_new: bool
    """Whether the reader, or the side they stand on, has not said yet that it is read."""

    read_by: str
    """Who of the other side has said so; empty while nobody has, and to members of each other."""

    read_at: datetime | None
    badge: str
    rule: SecretsRule | None
    """What held about secrets when a member wrote it alone; None to members."""

    can_lock: bool


@dataclass(frozen=True, slots=True)
class Letters:
    """One page of a thread, oldest first; page 1 holds the newest."""

    shown: tuple[Letter, ...]
    total: int
    page: int
    pages: int
    newest_id: UUID | None
    """The newest of the whole thread: as far as "I have read this" goes."""

    has_new: bool


@dataclass(frozen=True, slots=True)
class OwnThread:
    """A member's thread with whoever treats them, or the one of all."""

    id: UUID
    couple_id: UUID
    therapist: str
    letters: Letters
    is_together: bool
    may_write: bool
    why_not: str
    """Why nothing can be written now; empty where it can."""

    readers: str
    """Who will read what is written now: ``You and Tess``."""

    rule: str
    """The sentence about secrets before the field; empty while there is none, and for all."""

    people: tuple[Member, ...]
    """Written together: the present members, in their order."""

    others: tuple[str, ...]
    """Names of those of them who are not the reader."""

    to: str
    """Whom a letter goes to, by name: ``Tess``, ``Ben and Tess``."""

    has_asked: bool
    """Whether the reader asked for letters to all."""

    can_ask: bool
    """Whether there are others to write with."""

    together_id: UUID | None
    """Where letters to all are, or can be asked for."""

    time_id: UUID | None
    """Where time alone is asked for; None to whoever has left."""


@dataclass(frozen=True, slots=True)
class OwnLetters:
    """What of letters a member finds in one couple."""

    couple_id: UUID
    thread_id: UUID
    therapist: str
    is_current: bool
    has_new: bool
    """Whether an answer came of which they have not said yet that it is read."""

    total: int
    together_id: UUID | None
    """Where letters to all are open or stand; None where there are none."""

    is_together_open: bool
    has_new_together: bool
    time_id: UUID | None
    new_at: datetime | None
    """When the newest of all these came of which they have not said yet that it is read."""


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """One thread in a therapist's list."""

    couple_id: UUID
    couple_title: str
    member: Member | None
    """None: written together."""

    label: str
    total: int
    unread: int
    unread_since: datetime | None
    last_at: datetime | None
    badge: str
    asked_together: bool = False
    time_request_id: UUID | None = None
    time_asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CoupleLetters:
    """The threads of one couple, each person apart."""

    couple_id: UUID
    title: str
    people: tuple[ThreadLine, ...]
    """Present members, and those who have left where there are letters of theirs."""

    together: ThreadLine | None
    is_together_open: bool
    asked: tuple[str, ...]
    """Labels of the present members who asked for letters to all."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """A therapist's threads, those with something unread first."""

    lines: tuple[ThreadLine, ...]
    unread: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class CareThread:
    """A thread as whoever treats the couple reads and answers it."""

    couple_id: UUID
    title: str
    member: Member | None
    label: str
    people: tuple[Member, ...]
    """Who will read an answer, of the members."""

    letters: Letters
    may_write: bool
    why_not: str
    readers: str
