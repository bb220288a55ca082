"""What stands beside the joint note: notes about one member, earlier versions, countersignatures.

The joint and the process note are in ``practice.models.sessions``.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice.domain.note_formats import NoteFormat
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, now, text_enum
from practice.models.finality import keep_signed_rows
from practice.models.sealing import SealedJSON, SealedText
from practice.models.sessions import AddendumRow, NoteRow


class MemberNote(NoteRow, Base):
    """The individual addendum: what one therapist wrote of a session about one member alone."""

    __tablename__ = "member_note"
    __table_args__ = (
        Index("uq_member_note_of", "session_id", "about_id", "author_id", unique=True),
    )

    about_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    content = SealedJSON("content_sealed")
    """How homework went for this member; None where nothing of it was talked about."""

    addenda: Mapped[list["MemberNoteAddendum"]] = relationship(
        order_by="MemberNoteAddendum.written_at, MemberNoteAddendum.id"
    )

    @property
    def facts(self) -> Facts:
        return Facts(
            self.couple_id,
            self.author_id,
            Kind.MEMBER_NOTE,
            Audience.THERAPIST,
            concerns=frozenset({self.about_id}),
            final=self.signed_at is not None,
        )


class MemberNoteAddendum(AddendumRow, Base):
    """An addendum to a signed individual addendum; it shares that one's fate on release."""

    __tablename__ = "member_note_addendum"

    note_id: Mapped[UUID] = mapped_column(ForeignKey("member_note.id"), index=True)


class NoteVersionRow(Identified):
    """A note as it was saved once; never changed."""

    version: Mapped[int]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    saved_at: Mapped[datetime] = mapped_column(default=now)
    is_signed: Mapped[bool]
    """Whether this is the version that was signed."""

    body_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    body = SealedText("body_sealed")


class JointNoteVersion(NoteVersionRow, Base):
    """A saved version of a joint note."""

    __tablename__ = "joint_note_version"
    __table_args__ = (Index("uq_joint_note_version_of", "note_id", "version", unique=True),)

    note_id: Mapped[UUID] = mapped_column(ForeignKey("joint_note.id"))
    format: Mapped[NoteFormat] = mapped_column(text_enum(NoteFormat, "versionformat"))
    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    content = SealedJSON("content_sealed")


class MemberNoteVersion(NoteVersionRow, Base):
    """A saved version of an individual addendum."""

    __tablename__ = "member_note_version"
    __table_args__ = (Index("uq_member_note_version_of", "note_id", "version", unique=True),)

    note_id: Mapped[UUID] = mapped_column(ForeignKey("member_note.id"))
    content_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    content = SealedJSON("content_sealed")


class ProcessNoteVersion(NoteVersionRow, Base):
    """A saved version of a process note, in a store of its own as the note itself."""

    __tablename__ = "process_note_version"
    __table_args__ = (Index("uq_process_note_version_of", "note_id", "version", unique=True),)

    note_id: Mapped[UUID] = mapped_column(ForeignKey("process_note.id"))


class Countersignature(Identified, Base):
    """A supervisor's signature under one signed note: a row of its own, since the note is final."""

    __tablename__ = "countersignature"
    __table_args__ = (
        CheckConstraint(
            "(joint_note_id IS NULL) <> (member_note_id IS NULL)", name="under_one_note"
        ),
        Index("uq_countersignature_joint", "joint_note_id", "supervisor_id", unique=True),
        Index("uq_countersignature_member", "member_note_id", "supervisor_id", unique=True),
    )

    joint_note_id: Mapped[UUID | None] = mapped_column(ForeignKey("joint_note.id"))
    member_note_id: Mapped[UUID | None] = mapped_column(ForeignKey("member_note.id"))
    supervisor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    signed_at: Mapped[datetime] = mapped_column(default=now)


class NoteTemplate(Identified, Base):
    """One version of a practice's template; never changed, only followed by the next."""

    __tablename__ = "note_template"
    __table_args__ = (
        Index("uq_note_template_family_version", "family", "version", unique=True),
        CheckConstraint("version >= 1", name="version_from_one"),
    )

    family: Mapped[UUID]
    """The id of its first version."""

    version: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    format: Mapped[NoteFormat] = mapped_column(text_enum(NoteFormat, "templateformat"))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """``hints`` and ``texts``, each words by section. The practice's own; nothing of a client."""

    created_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    archived_at: Mapped[datetime | None]
    """Since when it is not offered any more; of the newest version alone."""


keep_signed_rows(MemberNote, Countersignature)
