"""Secret addresses under which a calendar program fetches one person's appointments."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from practice.models.base import Base, Identified, now


class CalendarFeed(Identified, Base):
    """One person's feed. A new one takes the place of the old; an ended one is not kept."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    """SHA-256 of the secret in the address: the table alone opens no feed."""

    with_alone: Mapped[bool] = mapped_column(default=False)
    """Whether a partner wants the appointments in it that they have alone."""

    begun_at: Mapped[datetime] = mapped_column(default=now)
