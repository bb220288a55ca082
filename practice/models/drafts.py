"""What somebody began to fill in and has not sent: theirs alone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from practice.models.base import Base, Identified, now
from practice.models.sealing import SealedJSON


class Draft(Identified, Base):
    """A half-finished form of one person. Nobody else can learn that it exists."""

    __tablename__ = "draft"
    __table_args__ = (Index("uq_draft_of", "person_id", "kind", "about_id", unique=True),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(40))
    """Which form, for example ``questions``."""
    about_id: Mapped[UUID]
    """What the form is about: the request that is being answered."""
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    content = SealedJSON("content_sealed")
    """What was typed, by field name."""
    saved_at: Mapped[datetime] = mapped_column(default=now)
