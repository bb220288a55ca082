"""Safety plans: written by the therapist with the person, printed, and shown where they wish.

A new version stands before the earlier ones, which are kept. The person finds it on their own pages
only if they asked for that, and can take it off those pages again at any time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.joint_facts import tells
from practice.domain.people import Actor
from practice.domain.safety.plan import PlanPart, problems_of
from practice.domain.texts import tidy
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.people import Person
from practice.models.safety import SafetyPlan
from practice.reports.safety_plan import plan_html
from practice.services import access, audit, clock, people
from practice.services.badges import seen_by
from practice.services.errors import Invalid, NotFound
from practice.services.numbering import next_number
from practice.services.pdf import pdf_of
from practice.services.people import Member


@dataclass(frozen=True, slots=True)
class Plan:
    """One version of a plan."""

    parts: Mapping[PlanPart, str]
    says_what_it_is: bool
    in_portal: bool
    badge: str = ""
    """Who can see it, in words to whoever finds it on their own pages."""


@dataclass(frozen=True, slots=True)
class WrittenPlan:
    """A version as it was written down."""

    plan: Plan
    written_by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One member's plan for whoever treats the couple."""

    couple_id: UUID
    title: str
    member: Member
    history: tuple[WrittenPlan, ...]
    """Newest first; the first one holds."""


def plan_page(*, actor: Actor, couple_id: UUID, person_id: UUID) -> PlanPage:
    """Return one member's plan with its earlier versions.

    Raises:
        NotFound: if the couple is not in the actor's care, or the person never was a member.
    """
    reader = access.require_treating(actor, couple_id)
    member = people.member_of(couple_id, person_id)
    rows = db.session.execute(
        select(SafetyPlan, Person.name)
        .join(Person, Person.id == SafetyPlan.written_by)
        .where(SafetyPlan.couple_id == couple_id, SafetyPlan.person_id == person_id)
        .order_by(SafetyPlan.number.desc())
    )
    return PlanPage(
        couple_id=couple_id,
        title=people.title_of(people.members_of(couple_id)),
        member=member,
        history=tuple(
            WrittenPlan(_plan(row), name, row.written_at)
            for row, name in rows
            if access.may_see(reader, row.facts)
        ),
    )


def save(*, actor: Actor, couple_id: UUID, person_id: UUID, new_id: UUID, plan: Plan) -> UUID:
    """Keep a version; return its id. A second call with the same id changes nothing.

    Raises:
        NotFound: if the couple is not in the actor's care, or the person is no present member.
        Invalid: naming the part.
    """
    reader = access.require_treating(actor, couple_id)
    if person_id not in {member.person_id for member in people.current_members(couple_id)}:
        raise NotFound
    record = Facts(
        couple_id,
        actor.person_id,
        Kind.SAFETY_PLAN,
        Audience.THERAPIST,
        frozenset({person_id}),
    )
    access.require_act(reader, record, Operation.WRITE)
    access.hold(couple_id)
    known = db.session.get(SafetyPlan, new_id)
    if known is not None:
        if (known.couple_id, known.person_id) != (couple_id, person_id):
            raise NotFound
        return known.id
    parts = {part: tidy(plan.parts.get(part, "")) for part in PlanPart}
    if problems := problems_of(parts):
        raise Invalid(problems)
    row = SafetyPlan(
        id=new_id,
        couple_id=couple_id,
        number=next_number(
            SafetyPlan, SafetyPlan.couple_id == couple_id, SafetyPlan.person_id == person_id
        ),
        person_id=person_id,
        parts={part.value: text for part, text in parts.items() if text},
        says_what_it_is=plan.says_what_it_is,
        in_portal=plan.in_portal,
        written_by=actor.person_id,
        written_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    audit.note_write(actor, couple_id, "safety_plan.written")
    return row.id


def plan_pdf(*, actor: Actor, couple_id: UUID, person_id: UUID) -> bytes:
    """Return a member's plan as one sheet of paper.

    Raises:
        NotFound: as ``plan_page``, or if there is no plan.
        Refused: if it cannot be made now.
    """
    page = plan_page(actor=actor, couple_id=couple_id, person_id=person_id)
    if not page.history:
        raise NotFound
    plan = page.history[0].plan
    letterhead = clock.settings().letterhead if plan.says_what_it_is else None
    return pdf_of(plan_html(plan.parts, letterhead))


@tells()
def own_plan(*, actor: Actor) -> Plan | None:
    """Return the plan that ``actor``, a partner, asked to have on their own pages; None without."""
    row = _own(actor)
    if row is None:
        return None
    reader = access.present_couples(actor)[row.couple_id]
    return replace(_plan(row), badge=seen_by(reader, row.facts))


def has_own_plan(*, actor: Actor) -> bool:
    """Whether ``actor`` finds a plan on their own pages. Opens nothing sealed."""
    return _own(actor) is not None


def put_away(*, actor: Actor) -> None:
    """Take the plan off the pages of ``actor``; the therapist keeps it. Twice changes nothing."""
    own = access.present_couples(actor)
    while (row := _own(actor)) is not None:
        access.require_act(own[row.couple_id], row.facts, Operation.WITHDRAW)
        row.in_portal = False
        db.session.flush()
        audit.note_write(actor, row.couple_id, "safety_plan.put_away")


def _own(actor: Actor) -> SafetyPlan | None:
    """Return the latest version in a present couple of theirs, if they may see it."""
    own = access.present_couples(actor)
    if not own:
        return None
    rows = db.session.scalars(
        select(SafetyPlan)
        .where(SafetyPlan.person_id == actor.person_id, SafetyPlan.couple_id.in_(own))
        # What it says is opened by the page that shows it, and by no other.
        .options(defer(SafetyPlan.parts_sealed))
        .order_by(SafetyPlan.number.desc())
    )
    latest: dict[UUID, SafetyPlan] = {}
    for row in rows:
        latest.setdefault(row.couple_id, row)
    shown = (row for row in latest.values() if row.in_portal)
    return next((row for row in shown if access.may_see(own[row.couple_id], row.facts)), None)


def _plan(row: SafetyPlan) -> Plan:
    stored = row.parts
    return Plan(
        parts={part: stored[part.value] for part in PlanPart if part.value in stored},
        says_what_it_is=row.says_what_it_is,
        in_portal=row.in_portal,
    )
