"""People: therapists and partners alike. A couple is made of people, never of columns."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from practice.domain.people import first_name
from practice.models.base import Base, Identified, now
from practice.models.sealing import SealedText


class Person(Identified, Base):
    """One human being; may belong to more than one couple over time."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_name", "name"),)

    name: Mapped[str] = mapped_column(String(120))
    """As the person wants to be called, first name first; searchable, so not sealed."""

    born_on_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """Left in the database unless it is asked for: a person is read with nearly every page."""
    born_on = SealedText("born_on_sealed")
    """Date of birth as ``YYYY-MM-DD``, empty if not known; tells namesakes apart."""
    created_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def first_name(self) -> str:
        """The name used where two people who know each other read."""
        return first_name(self.name)
