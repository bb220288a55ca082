"""Reports as issued, and who looked at or changed what."""

from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import (
    DDL,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column

from practice.domain.access_chain import GENESIS
from practice.domain.reports import Edition
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, now, text_enum
from practice.models.sealing import SealedBytes


class IssuedReport(Identified, Base):
    """A report as it was printed; never rendered a second time."""

    __tablename__ = "issued_report"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    edition: Mapped[Edition] = mapped_column(text_enum(Edition))
    issued_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime] = mapped_column(default=now)
    pages: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the PDF, in hexadecimal."""

    pdf_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    pdf = SealedBytes("pdf_sealed")
    """The PDF under AES-GCM, bound to this row."""

    @property
    def facts(self) -> Facts:
        joint = self.edition is Edition.JOINT
        audience = Audience.COUPLE if joint else Audience.THERAPIST
        return Facts(self.couple_id, self.issued_by, Kind.REPORT, audience)


class AccessRecord(Identified, Base):
    """One line of the access log: ids and rule names only, never content.

    The database refuses to change a line, and to delete one that is not archived.
    """

    __tablename__ = "access_record"
    __table_args__ = (
        Index("ix_access_record_couple_id_at", "couple_id", "at"),
        Index("ix_access_record_at", "at"),
        Index("ix_access_record_author_id_at", "author_id", "at"),
        Index("uq_access_record_number", "number", unique=True),
    )

    number: Mapped[int | None] = mapped_column(BigInteger)
    """Place in the log, from 1 without a gap; None only for a line older than the chain, until
    ``prepare`` has chained it."""

    at: Mapped[datetime] = mapped_column(default=now)
    person_id: Mapped[UUID | None]
    """Who; None for nobody signed in. No foreign key: the log outlives people."""

    couple_id: Mapped[UUID | None]
    author_id: Mapped[UUID | None]
    """Whose answers or words were read, where a member can be told of it."""

    what: Mapped[str] = mapped_column(String(60))
    """Kind of record, or name of the act."""

    how: Mapped[str] = mapped_column(String(20))
    """``read``, ``written``, ``withheld`` or ``refused``."""

    reason: Mapped[str] = mapped_column(String(80))
    """Name of the rule that decided."""

    count: Mapped[int] = mapped_column(default=1)
    """How many records of that kind, by that reason, in one request."""

    address: Mapped[str | None] = mapped_column(String(45))
    """Where the request came from, or ``command``; of a client the network alone."""

    previous: Mapped[str | None] = mapped_column(String(64))
    """The digest of the line before."""

    digest: Mapped[str | None] = mapped_column(String(64))
    """HMAC-SHA256 in hexadecimal, over ``domain.access_chain.canonical``."""

    key_id: Mapped[str | None] = mapped_column(String(40))
    """Which key of the key file made the digest."""


class AccessChain(Base):
    """The head of the access log, and where its archived part ends: one row."""

    __tablename__ = "access_chain"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
    """Of the last line that was written."""

    digest: Mapped[str] = mapped_column(String(64))
    cut_number: Mapped[int] = mapped_column(BigInteger, default=0)
    """Lines up to this one are archived and may be deleted."""

    cut_digest: Mapped[str] = mapped_column(String(64), default=GENESIS)
    key_id: Mapped[str] = mapped_column(String(40))
    seal: Mapped[str] = mapped_column(String(64))
    """Over the four values above: without the key nobody can move head or cut."""


GUARDS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        """
        CREATE TRIGGER access_record_stays_as_it_is BEFORE UPDATE ON access_record
        BEGIN
          SELECT RAISE(ABORT, 'the access log is append-only') WHERE OLD.number IS NOT NULL;
        END
        """,
        """
        CREATE TRIGGER access_record_is_kept BEFORE DELETE ON access_record
        BEGIN
          SELECT RAISE(ABORT, 'the access log is append-only')
          WHERE OLD.number > coalesce((SELECT cut_number FROM access_chain), 0);
        END
        """,
    ),
    "postgresql": (
        """
        CREATE OR REPLACE FUNCTION access_record_guard() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' THEN
            IF OLD.number IS NULL THEN RETURN NEW; END IF;
          ELSIF TG_OP = 'DELETE' THEN
            IF coalesce(OLD.number, 0)
               <= coalesce((SELECT cut_number FROM access_chain), 0) THEN RETURN OLD; END IF;
          END IF;
          RAISE EXCEPTION 'the access log is append-only';
        END $$
        """,
        """
        CREATE TRIGGER access_record_stays_as_it_is BEFORE UPDATE OR DELETE ON access_record
        FOR EACH ROW EXECUTE FUNCTION access_record_guard()
        """,
        """
        CREATE TRIGGER access_record_is_kept BEFORE TRUNCATE ON access_record
        FOR EACH STATEMENT EXECUTE FUNCTION access_record_guard()
        """,
    ),
}
"""What makes the log append-only, by engine. A migration that rebuilds the table has to make these
again; ``tests/migrations`` compares."""

for _engine, _statements in GUARDS.items():
    for _statement in _statements:
        event.listen(
            cast(Table, AccessRecord.__table__),
            "after_create",
            DDL(_statement).execute_if(dialect=_engine),  # type: ignore[no-untyped-call]
        )
