"""Invitations: how a partner, or somebody of the staff, comes to an account of their own.

The link alone opens nothing and the six digits alone open nothing: the link may lie in a mailbox
that two people read, so the digits are said in person. Both are stored as hashes and shown once.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from flask_security import hash_password, verify_password
from sqlalchemy import ColumnElement, and_, select, update

from practice.db import db
from practice.domain.people import Actor, Role
from practice.models.accounts import Account, Invitation
from practice.models.people import Person
from practice.services import accounts, audit, clock, people
from practice.services.access import require_treating
from practice.services.errors import Invalid, NotFound, Refused

WRONG_CODES = 5
"""So many wrong codes close the invitation."""


class InvitationStatus(StrEnum):
    """How far a person is on the way to an account of their own."""

    NONE = "none"
    OPEN = "open"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    REVOKED = "revoked"
    """Withdrawn by the therapist, or closed after too many wrong codes."""


@dataclass(frozen=True, slots=True)
class InvitationState:
    """What the treating therapist sees of one member's way to an account."""

    status: InvitationStatus
    moment: datetime | None
    """Open and expired: until when; accepted: since when; revoked: when, if known."""


@dataclass(frozen=True, slots=True)
class IssuedInvitation:
    """An invitation at the one moment when its secrets are known."""

    token: str
    """Part of the link; 256 bits."""

    spoken_code: str
    """Six digits, to be said in person."""

    expires_at: datetime
    person_name: str


def invite(*, actor: Actor, couple_id: UUID, person_id: UUID) -> IssuedInvitation:
    """Invite a member to an account of their own; an earlier open invitation is withdrawn.

    Raises:
        NotFound: if the couple is not in the actor's care, or the person is no present member.
        Refused: if the person can sign in already.
    """
    person = _member(actor, couple_id, person_id)
    issued = issue(actor=actor, person=person, role=Role.PARTNER, couple_id=couple_id)
    audit.note_write(actor, couple_id, "invitation.issued")
    return issued


def issue(
    *, actor: Actor, person: Person, role: Role, couple_id: UUID | None = None
) -> IssuedInvitation:
    """Make an invitation; an earlier open one is withdrawn. For services that have authorised.

    Args:
        actor: Who invites.
        person: Whom; the row held, so that two invitations at once come one by one.
        role: What the account will be for.
        couple_id: In whose record; None for staff.

    Raises:
        Refused: if the person can sign in already.
    """
    if accounts.has_account(person.id):
        raise Refused(f"{person.name} can sign in already, so no invitation is needed.")
    moment = clock.now()
    revoke_open(person.id, moment)
    token = secrets.token_urlsafe(32)
    spoken_code = f"{secrets.randbelow(1_000_000):06d}"
    invitation = Invitation(
        person_id=person.id,
        couple_id=couple_id,
        role=role,
        token_hash=_hash(token),
        spoken_code_hash=hash_password(spoken_code),
        created_by=actor.person_id,
        created_at=moment,
        expires_at=moment + clock.settings().invitation_life,
    )
    db.session.add(invitation)
    db.session.flush()
    return IssuedInvitation(token, spoken_code, invitation.expires_at, person.name)


def revoke(*, actor: Actor, couple_id: UUID, person_id: UUID) -> None:
    """Withdraw a member's open invitation; nothing happens when there is none.

    Raises:
        NotFound: if the couple is not in the actor's care, or the person is no present member.
    """
    _member(actor, couple_id, person_id)
    if revoke_open(person_id, clock.now()):
        audit.note_write(actor, couple_id, "invitation.revoked")


def invitation_states(*, actor: Actor, couple_id: UUID) -> dict[UUID, InvitationState]:
    """Return how far each present member is, by person.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    require_treating(actor, couple_id)
    members = [member.person_id for member in people.current_members(couple_id)]
    rows = db.session.execute(
        select(Person.id, Account.created_at, Invitation)
        .outerjoin(Account, Account.person_id == Person.id)
        .outerjoin(Invitation, Invitation.person_id == Person.id)
        .where(Person.id.in_(members))
        .order_by(Invitation.created_at, Invitation.id)
    )
    # In order of time, so that the latest invitation of each member is the one that stays.
    latest = {person_id: (since, invitation) for person_id, since, invitation in rows}
    moment = clock.now()
    return {person_id: _state(*latest[person_id], moment) for person_id in members}


def state_of(since: datetime | None, row: Invitation | None) -> InvitationState:
    """Return how far somebody is, from account and latest invitation. For services."""
    return _state(since, row, clock.now())


def require_open(token: str) -> None:
    """Raise NotFound unless the link can still be used. Looking does not use it up."""
    if _find_open(token) is None:
        raise NotFound


def accept(*, token: str, spoken_code: str, sign_in_name: str, password: str) -> UUID:
    """Make the account of the invited person, and of nobody else.

    Args:
        token: From the link.
        spoken_code: Six digits, as typed; spaces do no harm.
        sign_in_name: As the person wants to be known to the sign-in page.
        password: As typed.

    Returns:
        The person's id.

    Raises:
        NotFound: if the link is unknown, used, expired, withdrawn, or closed by wrong codes; the
            caller cannot tell which.
        Invalid: naming ``spoken_code``, ``sign_in_name`` or ``password``.
    """
    row = _find_open(token)
    if row is None:
        raise NotFound
    person_name = db.session.scalars(select(Person.name).where(Person.id == row.person_id)).one()
    # Before the code is tried, so that a short password costs no try; says nothing of others.
    if errors := accounts.sign_in_problems(person_name, sign_in_name, password):
        raise Invalid(errors)
    db.session.rollback()  # only read so far; the count of tries is written by its own connection
    _spend_try(token, "".join(spoken_code.split()))
    statement = select(Invitation).where(_is_open(_hash(token), clock.now())).with_for_update()
    invitation = db.session.scalars(statement).one_or_none()
    if invitation is None or accounts.has_account(invitation.person_id):
        raise NotFound
    person = db.session.get_one(Person, invitation.person_id)
    accounts.create_account(
        person=person, role=invitation.role, sign_in_name=sign_in_name, password=password
    )
    invitation.accepted_at = clock.now()
    audit.note_account(person.id, "invitation.accepted")
    return person.id


def _member(actor: Actor, couple_id: UUID, person_id: UUID) -> Person:
    """Return a present member's row, held so that two invitations at once come one by one."""
    require_treating(actor, couple_id)
    if person_id not in {member.person_id for member in people.current_members(couple_id)}:
        raise NotFound
    statement = select(Person).where(Person.id == person_id).with_for_update()
    return db.session.scalars(statement).one()


def revoke_open(person_id: UUID, moment: datetime) -> int:
    """Withdraw a person's open invitation; return how many there were. Authorise first."""
    done = db.session.execute(
        update(Invitation)
        .where(
            Invitation.person_id == person_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > moment,
        )
        .values(revoked_at=moment)
    )
    count: int = done.rowcount  # type: ignore[attr-defined]
    return count


def _state(since: datetime | None, row: Invitation | None, moment: datetime) -> InvitationState:
    if since is not None:
        return InvitationState(InvitationStatus.ACCEPTED, since)
    if row is None:
        return InvitationState(InvitationStatus.NONE, None)
    if row.revoked_at is not None or row.wrong_codes >= WRONG_CODES:
        return InvitationState(InvitationStatus.REVOKED, row.revoked_at)
    if row.expires_at <= moment:
        return InvitationState(InvitationStatus.EXPIRED, row.expires_at)
    return InvitationState(InvitationStatus.OPEN, row.expires_at)


def _find_open(token: str) -> Invitation | None:
    return db.session.scalar(select(Invitation).where(_is_open(_hash(token), clock.now())))


def _is_open(token_hash: bytes, moment: datetime) -> ColumnElement[bool]:
    return and_(
        Invitation.token_hash == token_hash,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > moment,
        Invitation.wrong_codes < WRONG_CODES,
    )


def _spend_try(token: str, spoken_code: str) -> None:
    """Check the digits, counting the try first, so that many at once are no more than five.

    Raises:
        NotFound: if the invitation is closed, or closed by this very try.
        Invalid: naming ``spoken_code``.
    """
    token_hash = _hash(token)
    with db.engine.begin() as connection:
        row = connection.execute(
            update(Invitation)
            .where(_is_open(token_hash, clock.now()))
            .values(wrong_codes=Invitation.wrong_codes + 1)
            .returning(Invitation.spoken_code_hash, Invitation.wrong_codes)
        ).first()
    if row is None:
        raise NotFound
    if verify_password(spoken_code, row.spoken_code_hash):
        with db.engine.begin() as connection:
            connection.execute(
                update(Invitation)
                .where(Invitation.token_hash == token_hash)
                .values(wrong_codes=Invitation.wrong_codes - 1)
            )
        return
    if row.wrong_codes >= WRONG_CODES:
        raise NotFound
    raise Invalid({"spoken_code": "These are not the six digits. Ask whoever invited you."})


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
