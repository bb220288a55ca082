"""Agreements: texts in versions, the rule about secrets, what each person signed and allowed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice.domain.agreements import Answer, ConsentAct, JointSource, Regime, Way
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, now, text_enum
from practice.models.sealing import SealedText


class AgreementText(Identified, Base):
    """One version of a text that clients agree to; never changed, only followed by the next."""

    __tablename__ = "agreement_text"
    __table_args__ = (
        Index("uq_agreement_text_key_version", "key", "version", unique=True),
        CheckConstraint("version >= 1", name="version_from_one"),
    )

    key: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    on_withdrawal: Mapped[str] = mapped_column(Text, default="")
    """What taking the agreement back means; empty for the rule about secrets."""
    valid_from: Mapped[date]
    set_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """None: as shipped, stored because somebody signed it."""
    set_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None]
    """On the newest version: since when nobody is asked for it any more."""


class SecretsPolicy(Identified, Base):
    """What becomes of what one member tells alone, from a moment on. Changes are new rows."""

    __tablename__ = "secrets_policy"
    __table_args__ = (Index("ix_secrets_policy_couple_id_holds_from", "couple_id", "holds_from"),)

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    regime: Mapped[Regime] = mapped_column(text_enum(Regime))
    text_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_text.id"))
    chosen_on: Mapped[date]
    """The day on which it was agreed with the couple."""
    chosen_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    holds_from: Mapped[datetime] = mapped_column(default=now)
    """When it was put down: it never reaches back to what was written before."""
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason = SealedText("reason_sealed")
    """Why it changed; for whoever treats the couple."""

    told: Mapped[list["SecretsPolicyTold"]] = relationship(
        back_populates="policy", order_by="SecretsPolicyTold.person_id"
    )

    @property
    def facts(self) -> Facts:
        # Agreed by all of them: the couple itself stands where a single author would.
        return Facts(self.couple_id, self.couple_id, Kind.SECRETS_POLICY, Audience.COUPLE)

    @property
    def reason_facts(self) -> Facts:
        """Of why it changed and who was told: the therapist's own."""
        return Facts(self.couple_id, self.chosen_by, Kind.SECRETS_POLICY, Audience.THERAPIST)


class SecretsPolicyTold(Base):
    """One person to whom the rule was explained."""

    __tablename__ = "secrets_policy_told"

    policy_id: Mapped[UUID] = mapped_column(ForeignKey("secrets_policy.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)

    policy: Mapped[SecretsPolicy] = relationship(back_populates="told")


class ConsentEvent(Identified, Base):
    """Asked for, signed or taken back: one line of one person's history with one text."""

    __tablename__ = "consent_event"
    __table_args__ = (
        Index("ix_consent_event_couple_id_person_id", "couple_id", "person_id"),
        CheckConstraint("(act = 'asked') = (text_id IS NULL)", name="asked_names_no_version"),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    """Whose agreement it is."""
    text_key: Mapped[str] = mapped_column(String(40))
    text_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement_text.id"))
    """The version that was signed or taken back."""
    act: Mapped[ConsentAct] = mapped_column(text_enum(ConsentAct))
    way: Mapped[Way] = mapped_column(text_enum(Way))
    on_day: Mapped[date]
    """The day on which it was said or signed."""
    at: Mapped[datetime] = mapped_column(default=now)
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Whoever asked, or wrote it down from paper; None where the person did it themselves."""
    name_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    name = SealedText("name_sealed")
    """The full name as it was typed in, or as it stands on the paper."""
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    words = SealedText("words_sealed")
    """What the person said on taking it back."""

    @property
    def facts(self) -> Facts:
        return Facts(self.couple_id, self.person_id, Kind.CONSENT, Audience.THERAPIST)


class Permission(Identified, Base):
    """Whether something one member wrote privately may be used in the joint record."""

    __tablename__ = "permission"
    __table_args__ = (
        Index("ix_permission_source_kind_source_id", "source_kind", "source_id"),
        Index("ix_permission_couple_id_person_id", "couple_id", "person_id"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_with_its_time"),
        CheckConstraint("withdrawn_at IS NULL OR answer = 'yes'", name="only_a_yes_is_withdrawn"),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    """Whose words they are, and who alone can allow it."""
    source_kind: Mapped[JointSource] = mapped_column(text_enum(JointSource))
    source_id: Mapped[UUID]
    purpose_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    purpose = SealedText("purpose_sealed")
    """Into what it is to go, and why; read by the person who is asked."""
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[Answer | None] = mapped_column(text_enum(Answer))
    answered_at: Mapped[datetime | None]
    answered_on: Mapped[date | None]
    """The day on which it was said; ``answered_at`` is when it was put down."""
    way: Mapped[Way | None] = mapped_column(text_enum(Way))
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    words = SealedText("words_sealed")
    """What the person said with it."""
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    @property
    def facts(self) -> Facts:
        return Facts(
            self.couple_id,
            self.person_id,
            Kind.PERMISSION,
            Audience.THERAPIST,
            concerns=frozenset({self.person_id}),
        )

    @property
    def holds(self) -> bool:
        """Whether it allows anything now."""
        return self.answer is Answer.YES and self.withdrawn_at is None


class JointPassage(Identified, Base):
    """Words of one member that were moved, by their permission, into the joint record."""

    __tablename__ = "joint_passage"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    """Whose words they are."""
    permission_id: Mapped[UUID] = mapped_column(ForeignKey("permission.id"), index=True)
    source_kind: Mapped[JointSource] = mapped_column(text_enum(JointSource))
    source_id: Mapped[UUID]
    text_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    text = SealedText("text_sealed")
    added_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]

    permission: Mapped[Permission] = relationship()

    @property
    def facts(self) -> Facts:
        return Facts(self.couple_id, self.person_id, Kind.JOINT_PASSAGE, Audience.COUPLE)
