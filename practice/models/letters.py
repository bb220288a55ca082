"""Letters of members and of whoever treats them, and what members ask for between sessions."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice.domain.letters import TimeOutcome
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, Lockable, now, text_enum
from practice.models.sealing import SealedText


class Message(Lockable, Identified, Base):
    """One letter: of one member and the practice, or of all together. Sent means final."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_couple_id_person_id_sent_at", "couple_id", "person_id", "sent_at"),
        CheckConstraint(
            "person_id IS NOT NULL OR locked_at IS NULL", name="joint_letters_stay_open"
        ),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """The member whose thread it stands in; None: written together, to all in ``parties``."""

    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    from_practice: Mapped[bool]
    """Whether whoever treated the couple wrote it; else a member did."""

    body_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    body = SealedText("body_sealed")
    sent_at: Mapped[datetime] = mapped_column(default=now)

    parties: Mapped[list["MessageParty"]] = relationship(
        back_populates="message", order_by="MessageParty.person_id"
    )
    readings: Mapped[list["MessageReading"]] = relationship(
        back_populates="message", order_by="MessageReading.read_at, MessageReading.person_id"
    )

    @property
    def concerned(self) -> frozenset[UUID]:
        """The members it was written by or to."""
        if self.person_id is not None:
            return frozenset({self.person_id})
        return frozenset(one.person_id for one in self.parties)

    @property
    def audience(self) -> Audience:
        """Whom its author wrote it for, beside the members it concerns."""
        return Audience.THERAPIST if self.person_id is not None else Audience.COUPLE

    @property
    def facts(self) -> Facts:
        to_members = self.from_practice or self.person_id is None
        return Facts(
            couple_id=self.couple_id,
            author_id=self.author_id,
            kind=Kind.MESSAGE,
            audience=Audience.COUPLE if to_members else Audience.THERAPIST,
            concerns=self.concerned,
            sealed=self.is_locked,
        )


class MessageParty(Base):
    """One member who belonged to those who wrote together when a letter was sent."""

    __tablename__ = "message_party"

    message_id: Mapped[UUID] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)

    message: Mapped[Message] = relationship(back_populates="parties")


class MessageReading(Base):
    """That somebody said they have read a letter: a step of its own, not the opening of a page."""

    __tablename__ = "message_reading"

    message_id: Mapped[UUID] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    for_practice: Mapped[bool]
    """Whether they treated the couple: what one of them has read is read."""

    read_at: Mapped[datetime] = mapped_column(default=now)

    message: Mapped[Message] = relationship(back_populates="readings")


class TogetherWish(Identified, Base):
    """That one member asked for letters to all; they open when every present member has."""

    __tablename__ = "together_wish"
    __table_args__ = (
        Index(
            "uq_together_wish_standing",
            "couple_id",
            "person_id",
            unique=True,
            sqlite_where=text("taken_back_at IS NULL"),
            postgresql_where=text("taken_back_at IS NULL"),
        ),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    taken_back_at: Mapped[datetime | None]
    """By the person, or by itself when somebody came or went."""

    @property
    def facts(self) -> Facts:
        return Facts(
            self.couple_id,
            self.person_id,
            Kind.TOGETHER_WISH,
            Audience.THERAPIST,
            concerns=frozenset({self.person_id}),
        )


class TimeRequest(Lockable, Identified, Base):
    """That one member asked to see the therapist alone."""

    __tablename__ = "time_request"
    __table_args__ = (
        Index("ix_time_request_couple_id_person_id", "couple_id", "person_id"),
        Index(
            "uq_time_request_open",
            "couple_id",
            "person_id",
            unique=True,
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
        CheckConstraint("(outcome IS NULL) = (closed_at IS NULL)", name="outcome_with_its_time"),
        CheckConstraint("(seen_at IS NULL) = (seen_by IS NULL)", name="seen_with_its_reader"),
        CheckConstraint(
            "(outcome = 'answered') = (answer_sealed IS NOT NULL)", name="answered_in_words"
        ),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    about_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    about = SealedText("about_sealed")
    """What it is about, in their words; may be empty."""

    when_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    when = SealedText("when_sealed")
    """When it would suit them; may be empty."""

    asked_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[TimeOutcome | None] = mapped_column(text_enum(TimeOutcome))
    closed_at: Mapped[datetime | None]
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("therapy_session.id"), index=True)
    """The session that was planned; None once it is no more, or where there was none."""

    answer_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answer = SealedText("answer_sealed")
    """What the therapist wrote to them instead of planning a session."""

    @property
    def audience(self) -> Audience:
        """Always for the author and whoever treats them."""
        return Audience.THERAPIST

    @property
    def facts(self) -> Facts:
        return Facts(
            self.couple_id,
            self.person_id,
            Kind.TIME_REQUEST,
            Audience.THERAPIST,
            concerns=frozenset({self.person_id}),
            sealed=self.is_locked,
        )
