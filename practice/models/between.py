"""What members sign, end and confirm with each other, on entries of homework.

``entry_id`` is no foreign key: when the author of an entry is erased, what another signed or said
of it stays as it is, byte for byte.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from practice.domain.homework.promises import PromiseWord
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, now, text_enum
from practice.models.sealing import SealedJSON


def signature_facts(couple_id: UUID, person_id: UUID) -> Facts:
    """Facts of somebody's signature, given or not yet: theirs and the therapist's."""
    return Facts(
        couple_id,
        person_id,
        Kind.SIGNATURE,
        Audience.THERAPIST,
        concerns=frozenset({person_id}),
    )


class EntrySignature(Identified, Base):
    """One person's signature under an entry that is an agreement; theirs and the therapist's."""

    __tablename__ = "entry_signature"
    __table_args__ = (Index("ix_entry_signature_entry_id_person_id", "entry_id", "person_id"),)

    entry_id: Mapped[UUID]
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    signed_at: Mapped[datetime] = mapped_column(default=now)
    taken_back_at: Mapped[datetime | None]
    """Before everybody had signed; afterwards an agreement ends for all."""
    signed_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    signed = SealedJSON("signed_sealed")
    """``name`` as typed, ``title`` and ``lines`` as read, ``digest`` of what was agreed."""

    @property
    def facts(self) -> Facts:
        return signature_facts(self.couple_id, self.person_id)

    @property
    def stands(self) -> bool:
        return self.taken_back_at is None


class EntryEnding(Identified, Base):
    """That an agreement has ended. By whom is for that person and the therapist."""

    __tablename__ = "entry_ending"

    entry_id: Mapped[UUID] = mapped_column(unique=True)
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    ended_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def facts(self) -> Facts:
        """Of who ended it, not of its having ended."""
        return signature_facts(self.couple_id, self.person_id)


class TrackerMark(Identified, Base):
    """What somebody says of one line of a tracker: its maker, or another who saw it."""

    __tablename__ = "tracker_mark"
    __table_args__ = (Index("ix_tracker_mark_entry_id_marked_at", "entry_id", "marked_at"),)

    entry_id: Mapped[UUID]
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    block_key: Mapped[str] = mapped_column(String(40))
    line_key: Mapped[str] = mapped_column(String(8))
    word: Mapped[PromiseWord] = mapped_column(text_enum(PromiseWord))
    on_day: Mapped[date]
    """The day on which it was so."""
    audience: Mapped[Audience] = mapped_column(text_enum(Audience))
    marked_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def facts(self) -> Facts:
        return Facts(self.couple_id, self.person_id, Kind.PROMISE_MARK, self.audience)
