"""The intake of a couple as whoever treats it reads and keeps it: the views side by side.

Where the views of the members differ is for the therapist alone; no partner reads this page. What
the therapist notes here is what a member told: that member can read it in their own portal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.agreements import SecretsRule
from practice.domain.homework.blocks import JSON
from practice.domain.intake import BY_KEY, COMMITMENT, SECTIONS, Section, severities_in
from practice.domain.people import Actor, Reader
from practice.domain.presenting_problems import PROBLEMS, Problem, Severity
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.intake import IntakeEntry, IntakeRequest
from practice.services import access, audit, clock, secrets_policies
from practice.services.couples import agreed_problem_facts, loaded, problem_facts
from practice.services.errors import NotFound
from practice.services.intake import cleaned
from practice.services.intake_entries import (
    IntakeView,
    by_section,
    entries_of,
    put,
    requests_of,
    view_of,
)
from practice.services.people import Member, current_members, presenting_problems

FAR_APART = 2
"""Steps between two members' views of one problem from which on the page marks it."""


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """One section of one member."""

    section: Section
    own: IntakeView | None
    noted: IntakeView | None
    rules: Mapping[datetime, SecretsRule]
    """Under which rule about secrets each was written or told, by its moment."""

    earlier: tuple[IntakeView, ...]
    """What stood there before, own and noted, what stands first, then the newest."""

    @property
    def rule(self) -> SecretsRule | None:
        """Under which the own words were written."""
        return self.rules[self.own.written_at] if self.own else None


@dataclass(frozen=True, slots=True)
class MemberIntake:
    """One present member's intake."""

    member: Member
    problem: str
    """Their presenting problem as the therapist recorded it."""

    asked_at: datetime | None
    is_open: bool
    """Whether it waits on their first page."""

    sections: Mapping[str, SectionRecord]

    @property
    def written(self) -> int:
        """How many sections they wrote that may be read."""
        return sum(one.own is not None for one in self.sections.values())


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One presenting problem as each member weighs it."""

    problem: Problem
    views: tuple[tuple[Severity | None, bool], ...]
    """Per member: the weight, and whether the therapist noted it."""

    @property
    def is_far_apart(self) -> bool:
        given = [severity for severity, _ in self.views if severity is not None]
        return len(given) > 1 and max(given) - min(given) >= FAR_APART


@dataclass(frozen=True, slots=True)
class CoupleIntake:
    """The page."""

    agreed_problem: str
    members: tuple[MemberIntake, ...]
    problems: tuple[ProblemRow, ...]
    """Those that weigh on anybody, in the order of the list."""

    sections: tuple[Section, ...]
    """In order, those of which there is something to read."""


@dataclass(frozen=True, slots=True)
class NotedSection:
    """A section for the form in which the therapist notes what was told."""

    member: Member
    section: Section
    content: Mapping[str, JSON]
    own: IntakeView | None


def couple_intake(*, actor: Actor, couple_id: UUID) -> CoupleIntake:
    """Return the members' views side by side, beside what was agreed.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    visible = access.visible(reader, entries_of([couple_id]))
    asked = access.visible(reader, requests_of([couple_id]))
    requests = {row.person_id: row for row in asked}
    may_read = access.may_see(reader, problem_facts(couple_id, actor.person_id))
    problems = presenting_problems(couple_id) if may_read else {}
    members = current_members(couple_id)
    agreed = access.may_see(reader, agreed_problem_facts(couple_id))
    audit.note_read(actor, couple_id, "intake.page")
    people = tuple(
        _member(member, visible, requests.get(member.person_id), problems) for member in members
    )
    return CoupleIntake(
        agreed_problem=loaded(couple_id).agreed_problem if agreed else "",
        members=people,
        problems=_problem_rows(members, visible),
        sections=tuple(
            section
            for section in SECTIONS
            if any(
                one.sections[section.key].own or one.sections[section.key].noted for one in people
            )
        ),
    )


def noted_section(*, actor: Actor, couple_id: UUID, person_id: UUID, key: str) -> NotedSection:
    """Return what is noted of a member's section.

    Raises:
        NotFound: if the couple is not in the actor's care, or there is no such member or section.
    """
    reader = access.require_treating(actor, couple_id)
    member, section = _member_and_section(couple_id, person_id, key)
    rows = access.visible(reader, entries_of([couple_id], person_id))
    found = by_section(rows)
    noted = next(iter(found.get((key, True), [])), None)
    own = next(iter(found.get((key, False), [])), None)
    return NotedSection(
        member, section, noted.content if noted else {}, view_of(own) if own else None
    )


def note(
    *,
    actor: Actor,
    couple_id: UUID,
    person_id: UUID,
    key: str,
    new_id: UUID,
    raw: Mapping[str, object],
) -> None:
    """Put down what a member told, in the place of what was noted before.

    Raises:
        NotFound: as ``noted_section``.
        Invalid: by question.
    """
    reader = access.require_treating(actor, couple_id)
    _, section = _member_and_section(couple_id, person_id, key)
    access.hold(couple_id)
    known = db.session.get(IntakeEntry, new_id)
    if known is not None:
        if known.couple_id != couple_id:
            raise NotFound
        return
    row = IntakeEntry(
        id=new_id,
        couple_id=couple_id,
        person_id=person_id,
        section=key,
        content=cleaned(section, raw),
        audience=Audience.THERAPIST,
        written_at=clock.now(),
        noted_by=actor.person_id,
    )
    access.require_act(reader, row.facts, Operation.WRITE)
    put(row)
    audit.note_write(actor, couple_id, "intake.noted")


def ask(*, actor: Actor, couple_id: UUID, person_id: UUID) -> None:
    """Let the intake wait on a present member's first page, for the first time or again.

    Raises:
        NotFound: if the couple is not in the actor's care, or it has no such present member.
    """
    reader = access.require_treating(actor, couple_id)
    _present(couple_id, person_id)
    access.hold(couple_id)
    row = next(iter(requests_of([couple_id], person_id)), None)
    access.require_act(reader, _facts(couple_id, person_id), Operation.WRITE)
    if row is None:
        row = IntakeRequest(couple_id=couple_id, person_id=person_id, asked_by=actor.person_id)
        db.session.add(row)
    elif row.closed_at is None:
        return
    row.asked_by, row.asked_at, row.closed_at = actor.person_id, clock.now(), None
    db.session.flush()
    audit.note_write(actor, couple_id, "intake.asked")


def close(*, actor: Actor, couple_id: UUID, person_id: UUID) -> None:
    """Take the intake off a member's first page; what they wrote stays, and they can add to it.

    Raises:
        NotFound: as ``ask``.
    """
    access.require_treating(actor, couple_id)
    _present(couple_id, person_id)
    for row in requests_of([couple_id], person_id):
        row.closed_at = row.closed_at or clock.now()
    db.session.flush()
    audit.note_write(actor, couple_id, "intake.closed")


def self_ratings(reader: Reader) -> dict[UUID, list[tuple[date, int]]]:
    """Return how committed each member said they feel, with its day, oldest first.

    Args:
        reader: Whoever treats the couple, authorised before.
    """
    found: dict[UUID, list[tuple[date, int]]] = {}
    for row in reversed(access.visible(reader, entries_of([reader.couple_id]))):
        value = row.content.get(COMMITMENT) if row.section in BY_KEY else None
        if isinstance(value, int):
            day = clock.local(row.written_at).date()
            found.setdefault(row.person_id, []).append((day, value))
    return found


def _member(
    member: Member,
    visible: Iterable[IntakeEntry],
    request: IntakeRequest | None,
    problems: Mapping[UUID, str],
) -> MemberIntake:
    own = [row for row in visible if row.person_id == member.person_id]
    return MemberIntake(
        member=member,
        problem=problems.get(member.person_id, ""),
        asked_at=request.asked_at if request else None,
        is_open=request is not None and request.closed_at is None,
        sections={section.key: _section(section, own) for section in SECTIONS},
    )


def _section(section: Section, rows: list[IntakeEntry]) -> SectionRecord:
    here = [row for row in rows if row.section == section.key]
    own = next((r for r in here if r.noted_by is None and r.superseded_at is None), None)
    noted = next((r for r in here if r.noted_by is not None and r.superseded_at is None), None)
    return SectionRecord(
        section=section,
        own=view_of(own) if own else None,
        noted=view_of(noted) if noted else None,
        rules=secrets_policies.rules_for(here[0].couple_id, (row.written_at for row in here))
        if here
        else {},
        earlier=tuple(view_of(row) for row in here if row is not own and row is not noted),
    )


def _problem_rows(
    members: tuple[Member, ...], visible: list[IntakeEntry]
) -> tuple[ProblemRow, ...]:
    weighed = {member.person_id: _weights(member, visible) for member in members}
    rows = (
        ProblemRow(
            problem,
            tuple(weighed[member.person_id].get(problem.key, (None, False)) for member in members),
        )
        for problem in PROBLEMS
    )
    return tuple(row for row in rows if any(severity for severity, _ in row.views))


def _weights(member: Member, visible: list[IntakeEntry]) -> dict[str, tuple[Severity, bool]]:
    """Return how a member weighs each problem: in their own words, else as noted."""
    found: dict[str, tuple[Severity, bool]] = {}
    rows = [
        row for row in visible if row.person_id == member.person_id and row.superseded_at is None
    ]
    for row in sorted(rows, key=lambda one: (one.noted_by is None, one.written_at)):
        is_noted = row.noted_by is not None
        found |= {key: (weight, is_noted) for key, weight in severities_in(row.content).items()}
    return found


def _member_and_section(couple_id: UUID, person_id: UUID, key: str) -> tuple[Member, Section]:
    if key not in BY_KEY:
        raise NotFound
    return _present(couple_id, person_id), BY_KEY[key]


def _present(couple_id: UUID, person_id: UUID) -> Member:
    for member in current_members(couple_id):
        if member.person_id == person_id:
            return member
    raise NotFound


def _facts(couple_id: UUID, person_id: UUID) -> Facts:
    return Facts(couple_id, person_id, Kind.INTAKE, Audience.THERAPIST)
