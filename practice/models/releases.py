"""Requests for a record, who agreed to what, what was decided about each passage, what left."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice.domain.releases.authorisations import Part, ReleaseRule, Signature
from practice.domain.releases.cases import Outcome, RequestKind
from practice.domain.releases.passages import PassageFate
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, now, text_enum
from practice.models.sealing import SealedBytes, SealedText


class ReleaseCase(Identified, Base):
    """One request, from the day it came in until it is closed."""

    __tablename__ = "release_case"
    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="outcome_has_its_time"),
        CheckConstraint("closed_at IS NULL OR outcome IS NOT NULL", name="closed_when_decided"),
        CheckConstraint(
            "about_id IS NOT NULL OR kind NOT IN ('subject_access', 'erasure')",
            name="own_data_names_its_person",
        ),
    )

    number: Mapped[int] = mapped_column(unique=True)
    """Counted through the practice; stands on what leaves."""

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    kind: Mapped[RequestKind] = mapped_column(text_enum(RequestKind))
    about_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """The member whose own data it is about."""

    requester_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    requester = SealedText("requester_sealed")
    """Who asks."""

    wanted_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    wanted = SealedText("wanted_sealed")
    """What they ask for, in their words or the therapist's."""

    received_on: Mapped[date]
    deadline_on: Mapped[date]
    names_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    names = SealedText("names_sealed")
    """Further names to look for in what would leave, one a line."""

    opened_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(default=now)
    outcome: Mapped[Outcome | None] = mapped_column(text_enum(Outcome, "caseoutcome"))
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason = SealedText("reason_sealed")
    """Why it was decided so."""

    sent_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    sent = SealedText("sent_sealed")
    """What was sent, how and when; bundles stand in their own table."""

    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    checks: Mapped[list["CaseCheck"]] = relationship(
        cascade="all, delete-orphan", order_by="CaseCheck.key"
    )

    @property
    def facts(self) -> Facts:
        return Facts(
            couple_id=self.couple_id,
            author_id=self.opened_by,
            kind=Kind.CASE,
            audience=Audience.THERAPIST,
            concerns=frozenset({self.about_id} if self.about_id else ()),
        )


class CaseCheck(Base):
    """A check of a case that somebody has done."""

    __tablename__ = "case_check"

    case_id: Mapped[UUID] = mapped_column(
        ForeignKey("release_case.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    done_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    done_at: Mapped[datetime] = mapped_column(default=now)


class AgreedReleaseRule(Identified, Base):
    """Whose agreement a joint record takes, as contracted with a couple; the newest row counts."""

    __tablename__ = "agreed_release_rule"
    __table_args__ = (Index("ix_agreed_release_rule_couple_id_set_at", "couple_id", "set_at"),)

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    rule: Mapped[ReleaseRule] = mapped_column(text_enum(ReleaseRule))
    agreed_on: Mapped[date]
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason = SealedText("reason_sealed")
    set_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime] = mapped_column(default=now)


class AuthorisationRequest(Identified, Base):
    """What members are asked to let go: the same words for each of them."""

    __tablename__ = "authorisation_request"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="ends_after_start"),
        CheckConstraint("(part = 'own') = (person_id IS NOT NULL)", name="own_part_names_whose"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("release_case.id"), index=True)
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    part: Mapped[Part] = mapped_column(text_enum(Part, "authorisationpart"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Whose own part; None for what belongs to all."""

    kinds: Mapped[list[str]] = mapped_column(JSON)
    """Values of ``ReleaseKind``; empty for process notes."""

    first_day: Mapped[date]
    last_day: Mapped[date]
    recipient_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    recipient = SealedText("recipient_sealed")
    purpose_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    purpose = SealedText("purpose_sealed")
    expires_on: Mapped[date]
    """The last day on which it holds."""

    rule: Mapped[ReleaseRule] = mapped_column(text_enum(ReleaseRule))
    """The couple's when it was asked; what was signed was read under it."""

    by_law: Mapped[bool] = mapped_column(default=False)
    """A court orders it, or the person it is about has a right to it: nobody is asked to sign."""

    asked_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    withdrawn_at: Mapped[datetime | None]

    authorisations: Mapped[list["Authorisation"]] = relationship(
        back_populates="request", order_by="Authorisation.person_id"
    )


class Authorisation(Identified, Base):
    """One person's answer to such a request. The others never learn how it stands."""

    __tablename__ = "authorisation"
    __table_args__ = (
        Index("uq_authorisation_request_id_person_id", "request_id", "person_id", unique=True),
        CheckConstraint("revoked_at IS NULL OR signed_at IS NOT NULL", name="revoked_when_signed"),
        CheckConstraint(
            "(recorded_by IS NULL) = (paper_signed_on IS NULL)", name="paper_has_its_day"
        ),
    )

    request_id: Mapped[UUID] = mapped_column(ForeignKey("authorisation_request.id"))
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    signed_at: Mapped[datetime | None]
    signed_name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    signed_name = SealedText("signed_name_sealed")
    """As typed in the portal, or as it stands on the paper."""

    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Whoever holds the signed paper; None where it was signed in the portal."""

    paper_signed_on: Mapped[date | None]
    refused_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    request: Mapped[AuthorisationRequest] = relationship(back_populates="authorisations")

    @property
    def facts(self) -> Facts:
        return Facts(self.couple_id, self.person_id, Kind.AUTHORISATION, Audience.THERAPIST)

    @property
    def signature(self) -> Signature:
        return Signature(
            person_id=self.person_id,
            expires_on=self.request.expires_on,
            signed_at=self.signed_at,
            refused_at=self.refused_at,
            revoked_at=self.revoked_at,
            withdrawn_at=self.request.withdrawn_at,
        )


class PassageDecision(Identified, Base):
    """What becomes of one passage in what leaves on one case."""

    __tablename__ = "passage_decision"
    __table_args__ = (
        Index("uq_passage_decision_case_id_passage", "case_id", "passage", unique=True),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("release_case.id"))
    passage: Mapped[str] = mapped_column(String(64))
    """Key of place and words (``domain.releases.passages.key_of``); never the words."""

    fate: Mapped[PassageFate] = mapped_column(text_enum(PassageFate))
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason = SealedText("reason_sealed")
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(default=now)


class ReleaseBundle(Identified, Base):
    """One copy of what leaves, for one recipient: first a preview, then issued as it is."""

    __tablename__ = "release_bundle"
    __table_args__ = (
        Index("uq_release_bundle_case_id_copy", "case_id", "copy", unique=True),
        CheckConstraint("(issued_at IS NULL) = (issued_by IS NULL)", name="issued_by_somebody"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("release_case.id"))
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    copy: Mapped[int]
    """Counted through the case; stands on every page."""

    recipient_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    recipient = SealedText("recipient_sealed")
    rests_on: Mapped[list[str]] = mapped_column(JSON)
    """Ids of the requests for authorisation; empty where a court or the law ordered it."""

    made_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(default=now)
    basis: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the document before it was typeset: what is issued must still say the same."""

    pages: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the file, in hexadecimal."""

    file_type: Mapped[str] = mapped_column(String(3), default="pdf")
    """``pdf``, or ``zip`` where issued reports lie with it."""

    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """Left in the database unless it is handed out; None once it was destroyed."""
    content = SealedBytes("content_sealed")
    destroyed_at: Mapped[datetime | None]
    """When the file went, because a member whose words it held was erased; the line stays."""

    withheld: Mapped[dict[str, Any]] = mapped_column(JSON)
    """How many items of a kind were left out, by kind; for the therapist alone."""

    issued_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime | None]

    @property
    def facts(self) -> Facts:
        return Facts(self.couple_id, self.made_by, Kind.BUNDLE, Audience.THERAPIST)
