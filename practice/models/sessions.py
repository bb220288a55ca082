"""Sessions, who came, and what was written about them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice.domain.sessions import Attendance, SessionFormat, SessionKind, SessionStatus
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, now, text_enum
from practice.models.sealing import SealedText


class TherapySession(Identified, Base):
    """A planned or recorded meeting."""

    __tablename__ = "therapy_session"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes_in_range"),
        CheckConstraint(
            "(kind = 'individual') = (person_id IS NOT NULL)", name="individual_names_its_person"
        ),
        Index("ix_therapy_session_couple_id_starts_at", "couple_id", "starts_at"),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    therapist_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[SessionKind] = mapped_column(text_enum(SessionKind))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """The member seen alone; an individual session does not exist for the others."""

    format: Mapped[SessionFormat] = mapped_column(text_enum(SessionFormat))
    status: Mapped[SessionStatus] = mapped_column(text_enum(SessionStatus))
    starts_at: Mapped[datetime]
    minutes: Mapped[int] = mapped_column(default=60)
    next_steps_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    next_steps = SealedText("next_steps_sealed")
    """What was agreed for next time; those whom the session concerns read it in the portal."""

    created_at: Mapped[datetime] = mapped_column(default=now)

    attendance: Mapped[list["AttendanceRecord"]] = relationship(
        back_populates="session", cascade="all, delete-orphan"
    )

    @property
    def facts(self) -> Facts:
        return Facts(
            couple_id=self.couple_id,
            author_id=self.therapist_id,
            kind=Kind.SESSION,
            audience=Audience.COUPLE,
            concerns=frozenset({self.person_id} if self.person_id else ()),
        )


class AttendanceRecord(Base):
    """How one member took part in one session."""

    __tablename__ = "attendance"

    session_id: Mapped[UUID] = mapped_column(
        ForeignKey("therapy_session.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    attendance: Mapped[Attendance] = mapped_column(text_enum(Attendance))

    session: Mapped[TherapySession] = relationship(back_populates="attendance")


class _Note(Identified):
    """What joint and process notes share. Signed means final; then there are addenda."""

    session_id: Mapped[UUID] = mapped_column(ForeignKey("therapy_session.id"), index=True)
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    body = SealedText("body_sealed")
    version: Mapped[int] = mapped_column(default=1)
    """Raised with every save; a save that names an older version is refused."""

    written_at: Mapped[datetime] = mapped_column(default=now)
    signed_at: Mapped[datetime | None]


class JointNote(_Note, Base):
    """The therapist's record of a session; read by whoever treats the couple."""

    __tablename__ = "joint_note"
    __table_args__ = (Index("uq_joint_note_session_id", "session_id", unique=True),)

    addenda: Mapped[list["Addendum"]] = relationship(order_by="Addendum.written_at")

    @property
    def facts(self) -> Facts:
        return Facts(self.couple_id, self.author_id, Kind.JOINT_NOTE, Audience.THERAPIST)


class ProcessNote(_Note, Base):
    """The author's own thoughts, in a store of their own; in no export and no report."""

    __tablename__ = "process_note"
    __table_args__ = (
        Index("uq_process_note_session_id_author_id", "session_id", "author_id", unique=True),
    )

    @property
    def facts(self) -> Facts:
        return Facts(self.couple_id, self.author_id, Kind.PROCESS_NOTE, Audience.PRIVATE)


class Addendum(Identified, Base):
    """The only way to add to a signed joint note: under an own name and time."""

    __tablename__ = "addendum"

    note_id: Mapped[UUID] = mapped_column(ForeignKey("joint_note.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    body_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    body = SealedText("body_sealed")
    written_at: Mapped[datetime] = mapped_column(default=now)
