"""Who treats a couple: the lead, co-therapists, and passing the lead on.

Passing on moves the couple and its planned sessions. Notes stay under their author's name, and a
process note stays with its author for good: whoever takes over never sees it.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select, update

from practice.db import db
from practice.domain.couples import CarePart
from practice.domain.people import Actor, Role, Standing
from practice.domain.sessions import SessionStatus
from practice.models.accounts import Account
from practice.models.couples import Care, Couple
from practice.models.people import Person
from practice.models.sessions import JointNote, TherapySession
from practice.services import access, audit, clock, people, staff
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid, NotFound
from practice.services.schedule import refresh

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class CareLine:
    """One therapist's care of a couple."""

    id: UUID
    therapist_id: UUID
    name: str
    part: CarePart
    since: date
    until: date | None
    reason: str
    """Why it came to this therapist; empty where care began with it."""


@dataclass(frozen=True, slots=True)
class CarePage:
    """Who treats and treated a couple."""

    couple_id: UUID
    title: str
    present: tuple[CareLine, ...]
    """The lead first."""

    past: tuple[CareLine, ...]
    colleagues: tuple[tuple[UUID, str], ...]
    """Who could join or take over: id and name."""

    may_change: bool
    """The actor has the lead."""

    drafts: int
    """Notes of the lead that are not signed: nobody can finish them after the lead is passed on."""

    @property
    def lead(self) -> CareLine | None:
        """Whoever has the lead now."""
        return next((line for line in self.present if line.part is CarePart.LEAD), None)


@dataclass(frozen=True, slots=True)
class LedCouple:
    """A couple in somebody's care, for an owner who passes it on: names and nothing else."""

    couple_id: UUID
    title: str
    since: date
    drafts: int


def care_page(*, actor: Actor, couple_id: UUID) -> CarePage:
    """Return who treats a couple.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    lines = _lines(couple_id)
    present = tuple(line for line in lines if line.until is None)
    treating = {line.therapist_id for line in present}
    lead = next((line for line in present if line.part is CarePart.LEAD), None)
    audit.note_read(actor, couple_id, "care")
    return CarePage(
        couple_id=couple_id,
        title=people.title_of(people.members_of(couple_id)),
        present=present,
        past=tuple(line for line in lines if line.until is not None),
        colleagues=tuple(
            one for one in staff.colleagues(but=actor.person_id) if one[0] not in treating
        ),
        may_change=reader.standing is Standing.TREATING,
        drafts=_drafts([couple_id], lead.therapist_id).get(couple_id, 0) if lead else 0,
    )


def take_in_co_therapist(
    *, actor: Actor, couple_id: UUID, new_id: UUID, therapist_id: UUID, since: date, reason: str
) -> None:
    """Let a colleague treat the couple together with the lead.

    Args:
        actor: The lead.
        couple_id: Of which couple.
        new_id: Id of the new line; a second call with the same id changes nothing.
        therapist_id: The colleague.
        since: Today or earlier.
        reason: Why; may be empty.

    Raises:
        NotFound: if the actor does not have the lead.
        Invalid: naming ``therapist``, ``since`` or ``reason``.
    """
    require_lead(actor=actor, couple_id=couple_id)
    access.hold(couple_id)
    if _known(new_id, couple_id):
        return
    words = clean_text(reason, "reason", LONGEST_REASON)
    _check(couple_id, therapist_id, since)
    if therapist_id in _treating(couple_id):
        raise Invalid({"therapist": "They treat this couple already."})
    _begin(actor, couple_id, new_id, therapist_id, since, words, CarePart.CO_THERAPIST)
    audit.note_write(actor, couple_id, "care.co_therapist_joined")


def end_co_therapist(*, actor: Actor, couple_id: UUID, therapist_id: UUID) -> None:
    """End a co-therapist's part today; from the next request on they see nothing of the couple.

    Raises:
        NotFound: if the actor has not the lead and it is not their own part, or there is none.
    """
    reader = access.require_treating(actor, couple_id)
    if reader.standing is not Standing.TREATING and therapist_id != actor.person_id:
        raise NotFound
    row = db.session.scalar(
        select(Care).where(
            Care.couple_id == couple_id,
            Care.therapist_id == therapist_id,
            Care.part == CarePart.CO_THERAPIST,
            Care.until.is_(None),
        )
    )
    if row is None:
        raise NotFound
    row.until = max(clock.today(), row.since)
    audit.note_write(actor, couple_id, "care.co_therapist_left")


def pass_on(
    *, actor: Actor, couple_id: UUID, new_id: UUID, to: UUID, on: date, reason: str
) -> None:
    """Give the lead in the care of a couple to a colleague.

    Takes effect at once, whatever day is named. What was planned is planned with the new lead.

    Args:
        actor: The lead, or an owner where the lead is no longer there.
        couple_id: Which couple.
        new_id: Id of the new line; a second call with the same id changes nothing.
        to: The colleague; may be a co-therapist of the couple.
        on: The day of the change: today, or a day since the present lead began.
        reason: Why; has to be said.

    Raises:
        NotFound: if the actor neither has the lead nor runs the practice.
        Invalid: naming ``therapist``, ``on`` or ``reason``.
    """
    if _known(new_id, couple_id):
        return
    reader = access.require_staff(actor, couple_id)
    if reader.standing is not Standing.TREATING and not actor.is_owner:
        raise NotFound
    access.hold(couple_id)
    words = clean_text(reason, "reason", LONGEST_REASON)
    if not words:
        raise Invalid({"reason": "Say why, in a few words."})
    _check(couple_id, to, on, field="on")
    lead = _lead(couple_id)
    if lead is not None:
        if lead.therapist_id == to:
            raise Invalid({"therapist": "They have the lead already."})
        if on < lead.since:
            raise Invalid({"on": "The present lead began after this day."})
        lead.until = on
    _end_part_of(to, couple_id, on)
    _begin(actor, couple_id, new_id, to, on, words, CarePart.LEAD)
    db.session.execute(
        update(TherapySession)
        .where(
            TherapySession.couple_id == couple_id,
            TherapySession.status == SessionStatus.PLANNED,
            TherapySession.starts_at >= clock.now(),
        )
        .values(therapist_id=to)
    )
    audit.note_write(actor, couple_id, "care.passed_on")
    db.session.flush()
    refresh(couple_id)


def led_by(*, actor: Actor, therapist_id: UUID) -> tuple[LedCouple, ...]:
    """Return the couples somebody has the lead for, by name, for an owner.

    Raises:
        NotFound: if the actor does not run the practice.
    """
    access.require_owner(actor, "practice.staff")
    rows = db.session.execute(
        select(Care.couple_id, Care.since)
        .join(Couple, Couple.id == Care.couple_id)
        .where(Care.therapist_id == therapist_id, Care.part == CarePart.LEAD, Care.until.is_(None))
        .order_by(Care.since, Couple.created_at, Care.couple_id)
    ).all()
    members = people.members_of_all({row.couple_id for row in rows})
    drafts = _drafts([row.couple_id for row in rows], therapist_id)
    audit.note_read(actor, None, "practice.couples_led")
    return tuple(
        LedCouple(
            row.couple_id,
            people.title_of(members[row.couple_id]),
            row.since,
            drafts.get(row.couple_id, 0),
        )
        for row in rows
    )


def led_couple(*, actor: Actor, therapist_id: UUID, couple_id: UUID) -> LedCouple:
    """Return one of the couples somebody has the lead for, for an owner who passes it on.

    Raises:
        NotFound: if the actor does not run the practice, or the lead is another's.
    """
    led = led_by(actor=actor, therapist_id=therapist_id)
    found = next((one for one in led if one.couple_id == couple_id), None)
    if found is None:
        raise NotFound
    audit.note_entry(access.standing_of(actor, couple_id))
    return found


def leads_of_all(couple_ids: list[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """Return id and name of whoever has the lead of each couple. Authorise first."""
    rows = db.session.execute(
        select(Care.couple_id, Person.id, Person.name)
        .join(Person, Person.id == Care.therapist_id)
        .where(Care.couple_id.in_(couple_ids), Care.part == CarePart.LEAD, Care.until.is_(None))
    )
    return {couple_id: (person_id, name) for couple_id, person_id, name in rows}


def require_lead(*, actor: Actor, couple_id: UUID) -> None:
    """Raise NotFound unless ``actor`` has the lead in the care of the couple."""
    if access.require_treating(actor, couple_id).standing is not Standing.TREATING:
        raise NotFound


def _lines(couple_id: UUID) -> list[CareLine]:
    rows = db.session.execute(
        select(Care, Person.name)
        .join(Person, Person.id == Care.therapist_id)
        .where(Care.couple_id == couple_id)
        .order_by(Care.part.desc(), Care.since.desc(), Care.id)
    )
    return [
        CareLine(row.id, row.therapist_id, name, row.part, row.since, row.until, row.reason)
        for row, name in rows
    ]


def _check(couple_id: UUID, therapist_id: UUID, day: date, field: str = "since") -> None:
    errors = {}
    is_colleague = db.session.scalar(
        select(Account.id).where(
            Account.person_id == therapist_id, Account.role == Role.THERAPIST, Account.active
        )
    )
    started = db.session.get_one(Couple, couple_id).episode_started_on
    if is_colleague is None:
        errors["therapist"] = "Choose a therapist who can sign in."
    if day > clock.today():
        errors[field] = "Choose today or an earlier day."
    elif day < started:
        errors[field] = "The episode of care began after this day."
    if errors:
        raise Invalid(errors)


def _known(new_id: UUID, couple_id: UUID) -> bool:
    row = db.session.get(Care, new_id)
    if row is not None and row.couple_id != couple_id:
        raise NotFound
    return row is not None


def _treating(couple_id: UUID) -> set[UUID]:
    return set(
        db.session.scalars(
            select(Care.therapist_id).where(Care.couple_id == couple_id, Care.until.is_(None))
        )
    )


def _lead(couple_id: UUID) -> Care | None:
    return db.session.scalar(
        select(Care).where(
            Care.couple_id == couple_id, Care.part == CarePart.LEAD, Care.until.is_(None)
        )
    )


def _end_part_of(therapist_id: UUID, couple_id: UUID, day: date) -> None:
    """End the part of a co-therapist who takes the lead: nobody treats a couple twice."""
    for row in db.session.scalars(
        select(Care).where(
            Care.couple_id == couple_id, Care.therapist_id == therapist_id, Care.until.is_(None)
        )
    ):
        row.until = max(day, row.since)


def _begin(
    actor: Actor,
    couple_id: UUID,
    new_id: UUID,
    therapist_id: UUID,
    since: date,
    reason: str,
    part: CarePart,
) -> None:
    row = Care(
        id=new_id,
        couple_id=couple_id,
        therapist_id=therapist_id,
        since=since,
        part=part,
        begun_by=actor.person_id,
    )
    row.reason = reason
    db.session.add(row)
    db.session.flush()


def _drafts(couple_ids: list[UUID], author_id: UUID) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for couple_id in db.session.scalars(
        select(JointNote.couple_id).where(
            JointNote.couple_id.in_(couple_ids),
            JointNote.author_id == author_id,
            JointNote.signed_at.is_(None),
        )
    ):
        found[couple_id] = found.get(couple_id, 0) + 1
    return found
