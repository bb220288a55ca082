"""Legal holds, and what was erased. An erasure names nobody."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from practice.models.base import Base, Identified, now
from practice.models.sealing import SealedText


class LegalHold(Identified, Base):
    """Nothing of a couple's record is erased between the setting and the lifting of a hold."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted_by_somebody"),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason = SealedText("reason_sealed")
    set_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime] = mapped_column(default=now)
    lifted_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    lifted_at: Mapped[datetime | None]
    lift_reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    lift_reason = SealedText("lift_reason_sealed")


class Erasure(Identified, Base):
    """The certificate of an erasure: what went, when, by whom; not whose it was."""

    __tablename__ = "erasure"

    number: Mapped[int] = mapped_column(unique=True)
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("release_case.id"))
    erased_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    erased_at: Mapped[datetime] = mapped_column(default=now)
    gone: Mapped[dict[str, Any]] = mapped_column(JSON)
    """How many entries went, by what they are called; in how many texts the name was taken out."""

    person_gone: Mapped[bool]
    """Whether the person's own entry and sign-in went; False where another record needs them."""

    backups_gone_on: Mapped[date]
    """When the last backup that still holds it is to be thrown away, by the practice's setting."""

    rewritten_at: Mapped[datetime | None]
    """When the database was rewritten, so that nothing lingers in its free space."""
