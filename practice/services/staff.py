"""The people of the practice: who works here and who runs it. For owners."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from practice.db import db
from practice.domain.couples import CarePart
from practice.domain.people import Actor, Role
from practice.models.accounts import Account, Invitation
from practice.models.couples import Care
from practice.models.people import Person
from practice.services import access, accounts, audit, clock, invitations
from practice.services.cleaning import clean_name
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.invitations import InvitationState, InvitationStatus, IssuedInvitation
from practice.services.supervisors import SupervisionLine, supervision_lines

STAFF_ROLES = (Role.THERAPIST, Role.RECEPTION)


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


def all_staff(*, actor: Actor) -> Staff:
    """Return everybody who works here, with who supervises whom.

    Raises:
        NotFound: if the actor does not run the practice.
    """
    access.require_owner(actor, "practice.staff")
    audit.note_read(actor, None, "practice.staff")
    return Staff(people=_people(), supervision=supervision_lines())


def one_of_staff(*, actor: Actor, person_id: UUID) -> StaffMember:
    """Return one person of the staff.

    Raises:
        NotFound: if the actor does not run the practice, or there is nobody like that.
    """
    access.require_owner(actor, "practice.staff")
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
    access.require_owner(actor, "practice.staff")
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
    access.require_owner(actor, "practice.staff")
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
    access.require_owner(actor, "practice.staff")
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
    access.require_owner(actor, "practice.staff")
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
