"""The access log as people read it: a client, whoever treats a couple, the owner.

Each sees less than the log holds. A client hears who of the practice opened their own entries, on
which day and of what kind: no time, no count, nothing about anybody else, and of the present day
nothing yet, since *now* could tell them what somebody else has just done. Whoever treats a couple
hears what staff did with its record, never what its members did, nor what was kept from whom.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, select

from practice.db import db
from practice.domain.access_words import TOLD_TO_THEIR_AUTHOR, act_in_words, many_reads
from practice.domain.joint_facts import tells
from practice.domain.people import Actor, Reader, Role
from practice.domain.visibility import Audience, Facts, Kind, decide
from practice.models.accounts import Account
from practice.models.people import Person
from practice.models.records import AccessRecord
from practice.services import access, audit, clock, people
from practice.services.paging import paging

KEPT_FOR_CLIENTS = timedelta(days=365)
DAYS_ON_A_PAGE = 20
LOOKED_BACK = timedelta(days=30)
"""How far back the owner's page looks."""


@dataclass(frozen=True, slots=True)
class Look:
    """One person of the practice, and what of a client's own they opened on one day."""

    name: str
    role: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayOfLooks:
    """One day on which somebody of the practice opened a client's own entries."""

    day: date
    looks: tuple[Look, ...]


@dataclass(frozen=True, slots=True)
class StaffAct:
    """What one person of the staff did with a couple's record on one day."""

    name: str
    opened: tuple[str, ...]
    changed: tuple[str, ...]
    refused: bool


@dataclass(frozen=True, slots=True)
class DayOfActs:
    """One day in the log of a couple."""

    day: date
    acts: tuple[StaffAct, ...]


@dataclass(frozen=True, slots=True)
class CoupleLog:
    """One page of what staff did with a couple's record, newest first."""

    title: str
    days: tuple[DayOfActs, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class UnusualReads:
    """Many records opened by one person in a short time."""

    name: str
    began: datetime
    ended: datetime
    records: int
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusals:
    """How often somebody asked on one day for records that are not theirs to see."""

    name: str
    day: date
    count: int
    names_a_couple: bool
    """False where the addresses they asked for named no couple that there is."""


@dataclass(frozen=True, slots=True)
class OutsideCare:
    """How many records somebody opened on one day without treating the couples."""

    name: str
    day: date
    as_what: str
    records: int


@dataclass(frozen=True, slots=True)
class ReadsReport:
    """What the owner should know of who opened what."""

    since: date
    unusual: tuple[UnusualReads, ...]
    refused: tuple[Refusals, ...]
    outside: tuple[OutsideCare, ...]


@tells()
def own_looks(*, actor: Actor) -> tuple[DayOfLooks, ...]:
    """Return who of the practice opened what ``actor``, a partner, wrote; newest day first.

    The days that are over, as far back as a year.
    """
    today = clock.today()
    told = {kind.value: words for kind, words in TOLD_TO_THEIR_AUTHOR.items()}
    rows = db.session.execute(
        select(AccessRecord.at, AccessRecord.what, Person.name, Person.id, Account.role)
        .join(Person, Person.id == AccessRecord.person_id)
        .join(Account, Account.person_id == Person.id)
        .where(
            AccessRecord.author_id == actor.person_id,
            AccessRecord.how == "read",
            AccessRecord.what.in_(told),
            AccessRecord.at >= clock.beginning_of(today - KEPT_FOR_CLIENTS),
            AccessRecord.at < clock.beginning_of(today),
            Account.role != Role.PARTNER,
        )
        .distinct()
    )
    found: defaultdict[date, defaultdict[tuple[str, UUID, str], set[str]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for at, what, name, person_id, role in rows:
        found[clock.local(at).date()][name, person_id, ROLES[role]].add(told[what])
    audit.note_read(actor, None, "looks.own")
    return tuple(
        DayOfLooks(
            day,
            tuple(
                Look(name, role, tuple(words for words in told.values() if words in kinds))
                for (name, _, role), kinds in sorted(found[day].items())
            ),
        )
        for day in sorted(found, reverse=True)
    )


ROLES = {Role.THERAPIST: "therapist", Role.RECEPTION: "front desk"}


def couple_log(*, actor: Actor, couple_id: UUID, page: int = 1) -> CoupleLog:
    """Return what staff did with a couple's record, by day.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    rows = db.session.execute(
        _of_staff(AccessRecord.at, AccessRecord.what, AccessRecord.how)
        .where(
            AccessRecord.couple_id == couple_id,
            AccessRecord.how.in_(("read", "written", "refused")),
        )
        .distinct()
    )
    by_day: defaultdict[date, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        if _may_be_told(reader, row):
            by_day[clock.local(row.at).date()].append(row)
    pages = paging(len(by_day), page, DAYS_ON_A_PAGE)
    audit.note_read(actor, couple_id, "access_log")
    return CoupleLog(
        title=people.title_of(people.members_of(couple_id)),
        days=tuple(
            DayOfActs(day, _acts(by_day[day])) for day in sorted(by_day, reverse=True)[pages.part]
        ),
        page=pages.number,
        pages=pages.count,
    )


def reads_report(*, actor: Actor) -> ReadsReport:
    """Return what is unusual in the log of the last thirty days.

    Raises:
        NotFound: if the actor does not run the practice.
    """
    access.require_owner(actor, "practice.reads")
    since = clock.today() - LOOKED_BACK
    lines = (
        _of_staff(
            AccessRecord.at, AccessRecord.couple_id, AccessRecord.reason, AccessRecord.address
        )
        .where(AccessRecord.at >= clock.beginning_of(since))
        .distinct()
        .order_by(AccessRecord.at)
    )
    of_a_couple = lines.where(AccessRecord.couple_id.is_not(None))
    reads = db.session.execute(of_a_couple.where(AccessRecord.how == "read")).all()
    refused = db.session.execute(
        lines.where(
            AccessRecord.how == "refused",
            AccessRecord.reason.in_((audit.NOT_IN_CARE, audit.NOT_THERE)),
        )
    ).all()
    audit.note_read(actor, None, "practice.reads")
    return ReadsReport(since, _unusual(reads), _refusals(refused), _outside_care(reads))


def _of_staff(*columns: Any) -> Select[Any]:
    return (
        select(Person.id, Person.name, *columns)
        .select_from(AccessRecord)
        .join(Person, Person.id == AccessRecord.person_id)
        .join(Account, and_(Account.person_id == Person.id, Account.role != Role.PARTNER))
    )


def _may_be_told(reader: Reader, line: Row[Any]) -> bool:
    """Whether a line speaks of nothing that ``reader`` could not read themselves."""
    about = line.what.partition(".")[0]
    if about not in KINDS:
        return True
    facts = Facts(reader.couple_id, line.id, Kind(about), Audience.THERAPIST)
    return decide(reader, facts).allowed


KINDS = frozenset(kind.value for kind in Kind)


def _acts(rows: Iterable[Row[Any]]) -> tuple[StaffAct, ...]:
    said: defaultdict[tuple[str, UUID], defaultdict[str, set[str]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for row in rows:
        said[row.name, row.id][row.how].add(act_in_words(row.what))
    return tuple(
        StaffAct(
            name=name,
            opened=tuple(sorted(by_how["read"])),
            changed=tuple(sorted(by_how["written"])),
            refused=bool(by_how["refused"]),
        )
        for (name, _), by_how in sorted(said.items())
    )


def _unusual(reads: Iterable[Row[Any]]) -> tuple[UnusualReads, ...]:
    by_person: defaultdict[tuple[str, UUID], list[Row[Any]]] = defaultdict(list)
    for row in reads:
        by_person[row.name, row.id].append(row)
    found = [
        UnusualReads(
            name=name,
            began=one.began,
            ended=one.ended,
            records=one.records,
            addresses=tuple(
                sorted({row.address for row in rows if one.began <= row.at <= one.ended} - {None})
            ),
        )
        for (name, _), rows in by_person.items()
        for one in many_reads([(row.at, row.couple_id) for row in rows])
    ]
    return tuple(sorted(found, key=lambda one: one.began, reverse=True))


def _refusals(refused: Iterable[Row[Any]]) -> tuple[Refusals, ...]:
    counted: defaultdict[tuple[date, str, UUID, bool], int] = defaultdict(int)
    for row in refused:
        named = row.couple_id is not None
        counted[clock.local(row.at).date(), row.name, row.id, named] += 1
    ordered = sorted(
        counted.items(), key=lambda one: (-one[0][0].toordinal(), one[0][1], not one[0][3])
    )
    return tuple(Refusals(name, day, count, named) for (day, name, _, named), count in ordered)


OUTSIDE = {
    "supervisors_see_what_is_signed": "as supervisor",
    "as_supervising": "as supervisor",
    "reception_sees_diary_and_contact": "at the front desk",
    "as_reception": "at the front desk",
    "owners_see_no_clinical_record": "as owner",
    "as_owner": "as owner",
}
"""Reasons of the log that speak of somebody who does not treat the couple."""


def _outside_care(reads: Iterable[Row[Any]]) -> tuple[OutsideCare, ...]:
    counted: defaultdict[tuple[date, str, UUID, str], set[UUID]] = defaultdict(set)
    for row in reads:
        if row.reason in OUTSIDE:
            day = clock.local(row.at).date()
            counted[day, row.name, row.id, OUTSIDE[row.reason]].add(row.couple_id)
    ordered = sorted(counted.items(), key=lambda one: (-one[0][0].toordinal(), one[0][1:]))
    return tuple(
        OutsideCare(name, day, as_what, len(couples))
        for (day, name, _, as_what), couples in ordered
    )
