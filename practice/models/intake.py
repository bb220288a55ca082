"""The intake: who was asked for theirs, and what each person wrote or told, section by section."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, Lockable, now, text_enum
from practice.models.sealing import SealedJSON


class IntakeRequest(Identified, Base):
    """That one member was asked for their intake; the others do not learn of it."""

    __tablename__ = "intake_request"
    __table_args__ = (
        Index("uq_intake_request_couple_id_person_id", "couple_id", "person_id", unique=True),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]
    """Since when it does not wait on their first page any more; they can still write."""

    @property
    def facts(self) -> Facts:
        return Facts(self.couple_id, self.person_id, Kind.INTAKE, Audience.THERAPIST)


class IntakeEntry(Lockable, Identified, Base):
    """One section as one person wrote or told it; a later one takes its place."""

    __tablename__ = "intake_entry"
    __table_args__ = (
        Index("ix_intake_entry_couple_id_person_id", "couple_id", "person_id", "section"),
        CheckConstraint(
            "(shared_at IS NULL) = (audience <> 'couple')", name="shared_at_with_couple_audience"
        ),
        CheckConstraint("audience NOT IN ('when_all_done', 'in_session')", name="has_no_reveal"),
        CheckConstraint("noted_by IS NULL OR audience <> 'private'", name="noted_is_not_private"),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    """Whose words these are, also where the therapist noted them."""
    section: Mapped[str] = mapped_column(String(40))
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    content = SealedJSON("content_sealed")
    """Answers by question."""
    audience: Mapped[Audience] = mapped_column(text_enum(Audience), default=Audience.THERAPIST)
    written_at: Mapped[datetime] = mapped_column(default=now)
    noted_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """The therapist who put down what was told; None where the person wrote it."""
    shared_at: Mapped[datetime | None]
    """When its author opened it to the couple; None when it is not open."""
    superseded_at: Mapped[datetime | None]
    """Since when a later one stands in its place."""

    @property
    def facts(self) -> Facts:
        return Facts(
            couple_id=self.couple_id,
            author_id=self.person_id,
            kind=Kind.INTAKE,
            audience=self.audience,
            sealed=self.is_locked,
        )
