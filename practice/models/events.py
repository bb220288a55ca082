"""Events that the therapist marks on a couple's time line."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from practice.domain.events import EventKind
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, now, text_enum
from practice.models.sealing import SealedText


class CourseEvent(Identified, Base):
    """Something that happened, on the time line of those who may know of it."""

    __tablename__ = "course_event"
    __table_args__ = (
        Index("ix_course_event_couple_id_happened_on", "couple_id", "happened_on"),
        CheckConstraint("audience NOT IN ('when_all_done', 'in_session')", name="has_no_reveal"),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    about_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """The only member it concerns; None: all of them. The others do not learn of it."""
    happened_on: Mapped[date]
    kind: Mapped[EventKind] = mapped_column(text_enum(EventKind))
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    words = SealedText("words_sealed")
    """A few words that stand at the mark."""
    audience: Mapped[Audience] = mapped_column(text_enum(Audience), default=Audience.THERAPIST)
    written_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]

    @property
    def facts(self) -> Facts:
        return Facts(
            couple_id=self.couple_id,
            author_id=self.author_id,
            kind=Kind.EVENT,
            audience=self.audience,
            concerns=frozenset({self.about_id} if self.about_id else ()),
        )
