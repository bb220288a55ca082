"""Accounts, their sign-in sessions, throttle and invitations.

``Account`` is the one model that knows the sign-in library: a named exception in the import
contract (see decision 0011).
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_security import AsaList, UserMixin
from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    false,
)
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice.domain.people import Role
from practice.models.base import Base, Identified, now, text_enum
from practice.models.people import Person


class Account(Identified, UserMixin, Base):  # type: ignore[misc]  # the library is untyped
    """One person's sign-in. Never a couple's: the person is unique."""

    __tablename__ = "account"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    role: Mapped[Role] = mapped_column(text_enum(Role))
    sign_in_name: Mapped[str] = mapped_column(String(254), unique=True)
    """An e-mail address or a name the practice gave out, in lower case."""

    password: Mapped[str | None] = mapped_column(String(255))
    """Argon2id hash; None until the invitation is taken up."""

    is_owner: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Runs the practice; opens no clinical record by itself."""

    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    """Changing it ends every session of the account."""

    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(Text)
    """Encrypted by the sign-in library."""

    tf_last_counter: Mapped[int | None] = mapped_column(BigInteger)
    """Time step (30 s since 1970) of the one-time code last used; it opens nothing again."""

    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    """Encrypted by the sign-in library; each opens once."""

    created_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class SignInSession(Base):
    """A browser's session, kept here so that it can be ended here."""

    __tablename__ = "sign_in_session"
    __table_args__ = (Index("ix_sign_in_session_expires_at", "expires_at"),)

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    """SHA-256 of the cookie's token: the table alone opens no session."""

    account_key: Mapped[str | None] = mapped_column(String(64), index=True)
    """``Account.fs_uniquifier``; None before sign-in."""

    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Anti-forgery token and flashes; what was typed too late, sealed; never clinical text."""

    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]


class SignInAttempt(Base):
    """Failed sign-ins per account name and address, for growing delays; never a lock-out."""

    __tablename__ = "sign_in_attempt"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of name and address together, or of the address alone."""

    failures: Mapped[int]
    last_at: Mapped[datetime]


class Invitation(Identified, Base):
    """A single-use way for one named person to set up an own account."""

    __tablename__ = "invitation"
    __table_args__ = (
        CheckConstraint(
            "accepted_at IS NULL OR revoked_at IS NULL", name="accepted_or_revoked_not_both"
        ),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    couple_id: Mapped[UUID | None] = mapped_column(ForeignKey("couple.id"), index=True)
    """The couple in whose record the therapist invited the person; None for staff."""

    role: Mapped[Role] = mapped_column(
        text_enum(Role), default=Role.PARTNER, server_default=Role.PARTNER.value
    )
    """What the account will be for."""

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    spoken_code_hash: Mapped[str] = mapped_column(String(255))
    """Hash of the six digits given in person; the link alone opens nothing."""

    wrong_codes: Mapped[int] = mapped_column(default=0)
    """Five wrong codes revoke the invitation."""

    created_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Supervision(Identified, Base):
    """Who supervises which therapist, from when until when."""

    __tablename__ = "supervision"
    __table_args__ = (
        CheckConstraint("supervisor_id <> therapist_id", name="two_people"),
        CheckConstraint("until >= since", name="ends_after_start"),
        Index("ix_supervision_supervisor_id_therapist_id", "supervisor_id", "therapist_id"),
    )

    supervisor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    therapist_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
