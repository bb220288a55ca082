"""What the practice gives people to read or look at, and to whom it was given."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, now
from practice.models.sealing import SealedText


class Resource(Identified, Base):
    """One thing of the practice's shelf. It holds nothing of anybody in care.

    Once somebody has approved it, its words and its link stay as they are: what was read and found
    good is what people are given.
    """

    __tablename__ = "resource"
    __table_args__ = (
        CheckConstraint("(link = '') <> (words = '')", name="link_or_words"),
        CheckConstraint("minutes BETWEEN 1 AND 600", name="minutes_in_range"),
        CheckConstraint(
            "(approved_by IS NULL) = (approved_at IS NULL)", name="approved_by_with_approved_at"
        ),
    )

    title: Mapped[str] = mapped_column(String(120))
    link: Mapped[str] = mapped_column(String(500), default="")
    """An https address as ``domain.links`` cleaned it; empty where there are words."""

    words: Mapped[str] = mapped_column(Text, default="")
    """A text of the practice's own; empty where there is a link."""

    note: Mapped[str] = mapped_column(Text, default="")
    """What it is and for whom, as people read it."""

    minutes: Mapped[int]
    """How long it takes to read, watch or listen to."""

    added_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(default=now)
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """The therapist who read it and stands for it; None while nobody has."""

    approved_at: Mapped[datetime | None]
    put_away_at: Mapped[datetime | None]
    """Since when it is not offered any more; who was given it keeps it."""


class ResourceGiven(Identified, Base):
    """A resource given to one member, or to all of a couple."""

    __tablename__ = "resource_given"
    __table_args__ = (Index("ix_resource_given_couple_id_person_id", "couple_id", "person_id"),)

    resource_id: Mapped[UUID] = mapped_column(ForeignKey("resource.id"), index=True)
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """The only one it was given to; None: all of the couple. Given to each for themselves, it is
    a row for each, and none of them learns of the others."""

    given_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime] = mapped_column(default=now)
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    words = SealedText("words_sealed")
    """The therapist's own words with it."""

    taken_back_at: Mapped[datetime | None]
    """Since when it is not on anybody's pages any more."""

    @property
    def facts(self) -> Facts:
        return Facts(
            couple_id=self.couple_id,
            author_id=self.given_by,
            kind=Kind.RESOURCE,
            audience=Audience.COUPLE,
            concerns=frozenset({self.person_id} if self.person_id else ()),
        )
