"""What the release desk takes and hands out: values, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from practice.domain.releases.authorisations import (
    Part,
    ReleaseKind,
    ReleaseRule,
    Standing,
)
from practice.domain.releases.cases import Check, Outcome, RequestKind
from practice.reports.registry import Section
from practice.services import people
from practice.services.people import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What is needed to open a case. ``id`` makes sending the form twice harmless."""

    id: UUID
    kind: RequestKind
    requester: str
    wanted: str
    received_on: date
    deadline_on: date | None
    """None: the period of the practice."""

    about_id: UUID | None = None
    """The member whose own data it is about."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list: nothing clinical."""

    id: UUID
    number: int
    kind: RequestKind
    couple_id: UUID
    couple_title: str
    about_id: UUID | None
    about: str
    """Name of the member whose own data it is about; empty where it is about all."""

    requester: str
    received_on: date
    deadline_on: date
    days_left: int
    """Negative once the deadline is over."""

    outcome: Outcome | None
    closed_at: datetime | None
    in_care: bool
    """Whether the reader treats the couple; otherwise they see it as owner of the practice."""

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class DoneCheck:
    """A check of a case, and who has done it when."""

    check: Check
    by: str
    """Empty while it is open."""

    at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case for whoever keeps it."""

    line: CaseLine
    wanted: str
    """Empty for the owner: it may be clinical. So are ``reason`` and ``sent``."""

    names: str
    checks: tuple[DoneCheck, ...]
    reason: str
    sent: str
    decided_by: str
    decided_at: datetime | None
    may_release: bool
    """Whether the reader has the lead, by whose hand alone something leaves."""


@dataclass(frozen=True, slots=True)
class CoupleOfCase:
    """Whose record a new case is about."""

    couple_id: UUID
    title: str
    members: tuple[people.Member, ...]
    """Everybody who is or was a member, each once."""

    in_care: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What members are asked to let go. ``id`` makes sending the form twice harmless."""

    id: UUID
    part: Part
    kinds: tuple[ReleaseKind, ...]
    first_day: date
    last_day: date
    recipient: str
    purpose: str
    expires_on: date
    person_id: UUID | None = None
    """Whose own part."""

    by_law: bool = False
    """Nobody is asked to sign: a court orders it, or it is the person's own right."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How one member's authorisation stands. For whoever treats the couple, never for a member."""

    authorisation_id: UUID
    member: Member
    standing: Standing
    signed_at: datetime | None
    on_paper: bool


@dataclass(frozen=True, slots=True)
class AskedView:
    """A request for authorisation with its answers, for the page of its case."""

    id: UUID
    part: Part
    kinds: tuple[str, ...]
    """What would leave, in words."""

    first_day: date
    last_day: date
    recipient: str
    purpose: str
    expires_on: date
    rule: ReleaseRule
    by_law: bool
    whose: str
    """Name of the member whose own part it is; empty for what belongs to all."""

    withdrawn: bool
    answers: tuple[Answer, ...]
    holds: bool
    """Whether something may leave on its strength now."""


@dataclass(frozen=True, slots=True)
class PaperPage:
    """What a member signs on paper: the same words as in the portal."""

    case_id: UUID
    name: str
    kinds: tuple[str, ...]
    first_day: date
    last_day: date
    recipient: str
    purpose: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class BundleLine:
    """One copy in the list of a case."""

    id: UUID
    copy: int
    recipient: str
    made_at: datetime
    pages: int
    sha256: str
    issued_at: datetime | None
    issued_by: str
    holds: bool
    """Whether it can be handed out now."""

    is_kept: bool
    """False once somebody whose words it held was erased; the line stays."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A copy that is not issued yet, as it would go."""

    line: BundleLine
    sections: tuple[Section, ...]
    left_out: Mapping[str, int]
    rests_on: tuple[str, ...]
    couple_id: UUID
    case_id: UUID
    case_number: int
    judging: tuple[str, ...]
    """Words in it that judge, by the practice's list, each once."""


@dataclass(frozen=True, slots=True)
class FileOut:
    """The stored bytes of a bundle."""

    content: bytes
    file_name: str
    """Neutral: the number of case and copy, nothing else."""

    mimetype: str
