"""Sessions, who came, and what was written about them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice.domain.note_formats import NoteFormat
from practice.domain.sessions import Attendance, SessionFormat, SessionKind, SessionStatus
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, now, text_enum
from practice.models.finality import keep_signed_rows
from practice.models.sealing import SealedJSON, SealedText


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
        back_populates="session",
        cascade="all, delete-orphan",
        order_by="AttendanceRecord.person_id",
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


class NoteRow(Identified):
    """What all notes share. Signed means final, by the database too; then there are addenda."""

    session_id: Mapped[UUID] = mapped_column(ForeignKey("therapy_session.id"), index=True)
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    body = SealedText("body_sealed")
    version: Mapped[int] = mapped_column(default=1)
    """Raised with every save; a save that names an older version is refused."""

    written_at: Mapped[datetime] = mapped_column(default=now)
    signed_at: Mapped[datetime | None]


class JointNote(NoteRow, Base):
    """The therapist's record of a session; read by whoever treats the couple."""

    __tablename__ = "joint_note"
    __table_args__ = (Index("uq_joint_note_session_id", "session_id", unique=True),)

    format: Mapped[NoteFormat] = mapped_column(
        text_enum(NoteFormat), default=NoteFormat.FREE, server_default=NoteFormat.FREE.value
    )
    """Whose headings come first; ``body`` is the free text, whatever the format."""

    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    content = SealedJSON("content_sealed")
    """Sections and ticks (``domain.note_formats.as_stored``); None in a note of plain words."""

    addenda: Mapped[list["Addendum"]] = relationship(order_by="Addendum.written_at, Addendum.id")

    @property
    def facts(self) -> Facts:
        return Facts(
            self.couple_id,
            self.author_id,
            Kind.JOINT_NOTE,
            Audience.THERAPIST,
            final=self.signed_at is not None,
        )


class ProcessNote(NoteRow, Base):
    """The author's own thoughts, in a store of their own; in no export and no report."""

    __tablename__ = "process_note"
    __table_args__ = (
        Index("uq_process_note_session_id_author_id", "session_id", "author_id", unique=True),
    )

    @property
    def facts(self) -> Facts:
        return Facts(self.couple_id, self.author_id, Kind.PROCESS_NOTE, Audience.PRIVATE)


class AddendumRow(Identified):
    """What addenda to signed notes share: the only way to add, under an own name and time."""

    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    body_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    body = SealedText("body_sealed")
    written_at: Mapped[datetime] = mapped_column(default=now)


class Addendum(AddendumRow, Base):
    """An addendum to a signed joint note."""

    __tablename__ = "addendum"

    note_id: Mapped[UUID] = mapped_column(ForeignKey("joint_note.id"), index=True)


keep_signed_rows(JointNote, ProcessNote)
