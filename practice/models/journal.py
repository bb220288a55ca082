"""The journal of one member: pages in their own words, for themselves unless they show one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, Lockable, now, text_enum
from practice.models.sealing import SealedText


class JournalPage(Lockable, Identified, Base):
    """One page. Nobody but its author can learn that it exists before it is shown."""

    __tablename__ = "journal_page"
    __table_args__ = (
        Index("ix_journal_page_couple_id_author_id", "couple_id", "author_id"),
        CheckConstraint("audience IN ('private', 'therapist')", name="is_never_joint"),
        CheckConstraint("audience = 'private' OR shown_at IS NOT NULL", name="shown_has_its_time"),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    """Whose therapist it can be shown to."""

    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    words = SealedText("words_sealed")
    audience: Mapped[Audience] = mapped_column(text_enum(Audience), default=Audience.PRIVATE)
    written_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime | None]
    """When its author last changed the words; None if never."""

    shown_at: Mapped[datetime | None]
    """When it was last shown to the therapist, also after it was taken back; from the first time
    on the words stay as they are. None: never."""

    @property
    def facts(self) -> Facts:
        return Facts(
            couple_id=self.couple_id,
            author_id=self.author_id,
            kind=Kind.JOURNAL,
            audience=self.audience,
            # Whatever it is for, it concerns its author alone: no other member ever reads it.
            concerns=frozenset({self.author_id}),
            sealed=self.is_locked,
        )
