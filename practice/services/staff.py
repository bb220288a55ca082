"""The people of the practice: who works here, who runs it, who supervises whom. For owners."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from practice.db import db
from practice.domain.couples import CarePart
from practice.domain.people import Actor, Role
from practice.models.accounts import Account, Invitation, Supervision
from practice.models.couples import Care
from practice.models.people import Person
from practice.services import accounts, audit, clock, invitations
from practice.services.cleaning import clean_name
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.invitations import InvitationState, InvitationStatus, IssuedInvitation

STAFF_ROLES = (Role.THERAPIST, Role.RECEPTION)


@dataclass(frozen=True, slots=True)
class SupervisionLine:
    """Somebody supervises somebody, from when until when."""

    id: UUID
    supervisor_id: UUID
    supervisor: str
    therapist_id: UUID
    therapist: str
    since: date
    until: date | None

    def is_present(self, today: date) -> bool:
        """Whether it holds today or begins later."""
        return self.until is None or self.until >= today


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One person of the staff as an owner sees them: nothing of their couples but how many."""

    person_id: UUID
    name: str
    role: Role
    sign_in_name: str
    """Empty until the invitation is taken up."""

    is_owner: bool
    is_active: bool
    leads: int
    """How many couples are in their care, as lead."""

    co_treats: int
    invitation: InvitationState

    @property
    def has_account(self) -> bool:
        """Whether they have taken up their invitation."""
        return self.invitation.status is InvitationStatus.ACCEPTED


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody who works here."""

    people: tuple[StaffMember, ...]
    supervision: tuple[SupervisionLine, ...]
    """What holds now or begins later, then what has ended."""

    def therapists(self) -> tuple[StaffMember, ...]:
        """Return the therapists who can sign in."""
        return tuple(
            one
            for one in self.people
            if one.role is Role.THERAPIST and one.has_account and one.is_active
        )


def require_owner(actor: Actor, what: str) -> None:
    """Raise NotFound unless ``actor`` runs the practice; the log hears of a refusal."""
    if not actor.is_owner:
        audit.note_refusal(actor, None, what)
        raise NotFound


def all_staff(*, actor: Actor) -> Staff:
    """Return everybody who works here, with who supervises whom.

    Raises:
        NotFound: if the actor does not run the practice.
    """
    require_owner(actor, "practice.staff")
    audit.note_read(actor, None, "practice.staff")
    return Staff(people=_people(), supervision=supervision_lines())


def one_of_staff(*, actor: Actor, person_id: UUID) -> StaffMember:
    """Return one person of the staff.

    Raises:
        NotFound: if the actor does not run the practice, or there is nobody like that.
    """
    require_owner(actor, "practice.staff")
    found = next((one for one in _people() if one.person_id == person_id), None)
    if found is None:
        raise NotFound
    return found


def invite_staff(*, actor: Actor, new_id: UUID, name: str, role: Role) -> IssuedInvitation:
    """Invite somebody to work here, with an account of their own.

    Args:
        actor: An owner.
        new_id: Id of the new person; a second call invites the same person anew.
        name: As it stands on reports.
        role: ``THERAPIST`` or ``RECEPTION``.

    Raises:
        NotFound: if the actor does not run the practice.
        Invalid: naming ``name`` or ``role``.
        Refused: if that person can sign in already.
    """
    require_owner(actor, "practice.staff")
    if role not in STAFF_ROLES:
        raise Invalid({"role": "Choose what they do here."})
    person = _held(new_id)
    if person is None:
        person = Person(id=new_id, name=clean_name(name, "name"))
        db.session.add(person)
        db.session.flush()
    else:
        _require_invited(new_id)
    issued = invitations.issue(actor=actor, person=person, role=role)
    audit.note_write(actor, None, f"staff.{role.value}_invited")
    return issued


def invite_again(*, actor: Actor, person_id: UUID) -> IssuedInvitation:
    """Make a new invitation in place of one that was lost or has run out.

    Raises:
        NotFound: if the actor does not run the practice, or nobody like that was invited.
        Refused: if that person can sign in already.
    """
    require_owner(actor, "practice.staff")
    person = _held(person_id)
    if person is None:
        raise NotFound
    role = _require_invited(person_id)
    issued = invitations.issue(actor=actor, person=person, role=role)
    audit.note_write(actor, None, f"staff.{role.value}_invited")
    return issued


def withdraw_invitation(*, actor: Actor, person_id: UUID) -> None:
    """Let an open invitation open nothing any more.

    Raises:
        NotFound: if the actor does not run the practice, or nobody like that was invited.
    """
    require_owner(actor, "practice.staff")
    _require_invited(person_id)
    if invitations.revoke_open(person_id, clock.now()):
        audit.note_write(actor, None, "staff.invitation_withdrawn")


def disable(*, actor: Actor, person_id: UUID) -> None:
    """Shut somebody's account at once: the next request of every session of theirs is refused.

    What they wrote stays, and so does their care of couples until it is passed on.

    Raises:
        NotFound: if the actor does not run the practice, or there is no such account.
        Refused: if it is the actor's own, or the last owner's.
    """
    account = _account(actor, person_id)
    if account.person_id == actor.person_id:
        raise Refused("You cannot shut your own account. Another owner can.")
    if not account.active:
        return
    _require_other_owner(account)
    account.active = False
    accounts.end_every_session(account)
    audit.note_write(actor, None, "staff.disabled")
    audit.note_account(person_id, "account.disabled", reason="by_an_owner")


def enable(*, actor: Actor, person_id: UUID) -> None:
    """Open an account again; the password is the one it had.

    Raises:
        NotFound: if the actor does not run the practice, or there is no such account.
    """
    account = _account(actor, person_id)
    if account.active:
        return
    account.active = True
    audit.note_write(actor, None, "staff.enabled")
    audit.note_account(person_id, "account.enabled", reason="by_an_owner")


def make_owner(*, actor: Actor, person_id: UUID) -> None:
    """Let a therapist run the practice. They sign in anew.

    Raises:
        NotFound: if the actor does not run the practice, or there is no such account.
        Refused: if it is not an open therapist's account.
    """
    account = _account(actor, person_id)
    if not account.active:
        raise Refused("This account is shut. Open it first.")
    accounts.make_owner(account, reason="by_an_owner")
    audit.note_write(actor, None, "staff.owner_made")


def unmake_owner(*, actor: Actor, person_id: UUID) -> None:
    """Take the running of the practice from somebody. They sign in anew.

    Raises:
        NotFound: if the actor does not run the practice, or there is no such account.
        Refused: if nobody else runs it.
    """
    account = _account(actor, person_id)
    if not account.is_owner:
        return
    _require_other_owner(account)
    account.is_owner = False
    accounts.end_every_session(account)
    audit.note_write(actor, None, "staff.owner_unmade")
    audit.note_account(person_id, "owner.unmade", reason="by_an_owner")


def begin_supervision(
    *, actor: Actor, new_id: UUID, supervisor_id: UUID, therapist_id: UUID, since: date
) -> None:
    """Let one therapist supervise another, from a day on.

    Args:
        actor: An owner.
        new_id: Id of the new line; a second call with the same id changes nothing.
        supervisor_id: Who reads and countersigns.
        therapist_id: Whose work it is.
        since: Today, or a day before or after.

    Raises:
        NotFound: if the actor does not run the practice.
        Invalid: naming ``supervisor``, ``therapist`` or ``since``.
    """
    require_owner(actor, "practice.staff")
    if db.session.get(Supervision, new_id) is not None:
        return
    known = {
        row.person_id: row
        for row in db.session.scalars(
            select(Account)
            .where(Account.role == Role.THERAPIST, Account.active)
            .with_for_update(of=Account)
        )
    }
    errors = {}
    for field, person_id in (("supervisor", supervisor_id), ("therapist", therapist_id)):
        if person_id not in known:
            errors[field] = "Choose a therapist who can sign in."
    if supervisor_id == therapist_id:
        errors["therapist"] = "Nobody supervises themselves. Choose two people."
    if not abs((since - clock.today()).days) < MOST_DAYS_AWAY:
        errors["since"] = "Check the year."
    if not errors and _supervises(supervisor_id, therapist_id, since):
        errors["therapist"] = "This supervision is on the list already."
    if errors:
        raise Invalid(errors)
    db.session.add(
        Supervision(id=new_id, supervisor_id=supervisor_id, therapist_id=therapist_id, since=since)
    )
    audit.note_write(actor, None, "supervision.begun")


MOST_DAYS_AWAY = 366 * 30
"""Further from today a day is a slip of the keys."""


def end_supervision(*, actor: Actor, supervision_id: UUID) -> None:
    """End a supervision today: from now on the supervisor reads nothing of it.

    Raises:
        NotFound: if the actor does not run the practice, or there is no such line.
    """
    require_owner(actor, "practice.staff")
    row = db.session.get(Supervision, supervision_id)
    if row is None:
        raise NotFound
    today = clock.today()
    if row.since >= today:
        db.session.delete(row)  # it had not begun, or begins and ends on one day: it never was
    elif row.until is None or row.until >= today:
        row.until = date.fromordinal(today.toordinal() - 1)
    audit.note_write(actor, None, "supervision.ended")


def supervision_lines() -> tuple[SupervisionLine, ...]:
    """Return who supervises whom: what holds or begins later first. Authorise first."""
    supervisor, therapist = aliased(Person), aliased(Person)
    rows = db.session.execute(
        select(Supervision, supervisor.name, therapist.name)
        .join(supervisor, supervisor.id == Supervision.supervisor_id)
        .join(therapist, therapist.id == Supervision.therapist_id)
        .order_by(therapist.name, Supervision.since, Supervision.id)
    )
    lines = [
        SupervisionLine(
            id=row.id,
            supervisor_id=row.supervisor_id,
            supervisor=by,
            therapist_id=row.therapist_id,
            therapist=of,
            since=row.since,
            until=row.until,
        )
        for row, by, of in rows
    ]
    today = clock.today()
    return tuple(sorted(lines, key=lambda line: not line.is_present(today)))


def colleagues(*, but: UUID) -> tuple[tuple[UUID, str], ...]:
    """Return every other therapist who can sign in, by id and name. Authorise first."""
    rows = db.session.execute(
        select(Person.id, Person.name)
        .join(Account, Account.person_id == Person.id)
        .where(Account.role == Role.THERAPIST, Account.active, Person.id != but)
        .order_by(Person.name, Person.id)
    )
    return tuple((row.id, row.name) for row in rows)


def _people() -> tuple[StaffMember, ...]:
    with_account = db.session.execute(
        select(Account, Person.name)
        .join(Person, Person.id == Account.person_id)
        .where(Account.role.in_(STAFF_ROLES))
    )
    care = _care()
    found = [
        StaffMember(
            person_id=row.person_id,
            name=name,
            role=row.role,
            sign_in_name=row.sign_in_name,
            is_owner=row.is_owner,
            is_active=row.active,
            leads=care[row.person_id][CarePart.LEAD],
            co_treats=care[row.person_id][CarePart.CO_THERAPIST],
            invitation=invitations.state_of(row.created_at, None),
        )
        for row, name in with_account
    ]
    found += _invited({one.person_id for one in found})
    return tuple(sorted(found, key=lambda one: (not one.is_active, one.name.casefold())))


def _invited(known: set[UUID]) -> list[StaffMember]:
    """Return whoever was invited and has no account yet, by their latest invitation."""
    rows = db.session.execute(
        select(Invitation, Person.name)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.role.in_(STAFF_ROLES))
        .order_by(Invitation.created_at, Invitation.id)
    )
    latest = {row.person_id: (row, name) for row, name in rows if row.person_id not in known}
    return [
        StaffMember(
            person_id=person_id,
            name=name,
            role=row.role,
            sign_in_name="",
            is_owner=False,
            is_active=True,
            leads=0,
            co_treats=0,
            invitation=invitations.state_of(None, row),
        )
        for person_id, (row, name) in latest.items()
    ]


def _care() -> defaultdict[UUID, Counter[CarePart]]:
    rows = db.session.execute(
        select(Care.therapist_id, Care.part, func.count())
        .where(Care.until.is_(None))
        .group_by(Care.therapist_id, Care.part)
    )
    found: defaultdict[UUID, Counter[CarePart]] = defaultdict(Counter)
    for therapist_id, part, count in rows:
        found[therapist_id][part] = count
    return found


def _account(actor: Actor, person_id: UUID) -> Account:
    """Return the account of somebody of the staff, all owners' held until the transaction ends."""
    require_owner(actor, "practice.staff")
    rows = db.session.scalars(
        select(Account)
        .where((Account.person_id == person_id) | Account.is_owner)
        .order_by(Account.id)
        .with_for_update(of=Account)
    ).all()
    found = next((row for row in rows if row.person_id == person_id), None)
    if found is None or found.role not in STAFF_ROLES:
        raise NotFound
    return found


def _require_other_owner(account: Account) -> None:
    others = select(func.count()).where(
        Account.is_owner, Account.active, Account.person_id != account.person_id
    )
    if account.is_owner and not db.session.scalar(others):
        raise Refused("Somebody has to run the practice. Make somebody else an owner first.")


def _held(person_id: UUID) -> Person | None:
    return db.session.scalar(select(Person).where(Person.id == person_id).with_for_update())


def _require_invited(person_id: UUID) -> Role:
    """Return what somebody was invited for; NotFound if they never were, as staff."""
    role = db.session.scalar(
        select(Invitation.role)
        .where(Invitation.person_id == person_id, Invitation.role.in_(STAFF_ROLES))
        .order_by(Invitation.created_at.desc(), Invitation.id)
        .limit(1)
    )
    if role is None:
        raise NotFound
    return role


def _supervises(supervisor_id: UUID, therapist_id: UUID, since: date) -> bool:
    found = db.session.scalar(
        select(Supervision.id).where(
            Supervision.supervisor_id == supervisor_id,
            Supervision.therapist_id == therapist_id,
            Supervision.until.is_(None) | (Supervision.until >= since),
        )
    )
    return found is not None
