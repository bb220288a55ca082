"""Reports as issued, and who looked at or changed what."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from practice.domain.reports import Edition
from practice.models.base import Base, Identified, now, text_enum
from practice.models.sealing import SealedBytes


class IssuedReport(Identified, Base):
    """A report as it was printed; never rendered a second time."""

    __tablename__ = "issued_report"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    edition: Mapped[Edition] = mapped_column(text_enum(Edition))
    issued_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime] = mapped_column(default=now)
    pages: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the PDF, in hexadecimal."""

    pdf_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    pdf = SealedBytes("pdf_sealed")
    """The PDF under AES-GCM, bound to this row."""


class AccessRecord(Identified, Base):
    """One line of the access log: ids and rule names only, never content."""

    __tablename__ = "access_record"
    __table_args__ = (Index("ix_access_record_couple_id_at", "couple_id", "at"),)

    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[UUID | None]
    """Who; None for nobody signed in. No foreign key: the log outlives people."""

    couple_id: Mapped[UUID | None]
    what: Mapped[str] = mapped_column(String(60))
    """Kind of record, or name of the act."""

    how: Mapped[str] = mapped_column(String(20))
    """``read``, ``written``, ``withheld`` or ``refused``."""

    reason: Mapped[str] = mapped_column(String(80))
    """Name of the rule that decided."""

    count: Mapped[int] = mapped_column(default=1)
    """How many records of that kind, by that reason, in one request."""
