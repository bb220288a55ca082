"""Worksheets as they are worded: the practice's own, and each of the library once it was given."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from practice.models.base import Base, Identified, now


class Worksheet(Identified, Base):
    """One version of a worksheet; its wording never changes, it is only followed by the next."""

    __tablename__ = "worksheet"
    __table_args__ = (
        Index("uq_worksheet_key_version", "key", "version", unique=True),
        CheckConstraint("version >= 1", name="version_from_one"),
        CheckConstraint(
            "archived_at IS NULL OR created_by IS NOT NULL", name="only_own_is_archived"
        ),
    )

    key: Mapped[str] = mapped_column(String(60))
    """Of the library, or ``own_<hex of its family>``."""

    version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """From ``practice.domain.homework.stored``. The practice's own; nothing of a client."""

    created_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """None: of the library, written down when it was first given."""

    created_at: Mapped[datetime] = mapped_column(default=now)
    archived_at: Mapped[datetime | None]
    """Since when it is not offered any more; of the newest version of the practice's own alone."""
