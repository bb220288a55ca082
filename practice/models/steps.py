"""What the schedule asks of one member beside measures."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from practice.domain.battery import Occasion, StepKind
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, now, text_enum


class StepRequest(Identified, Base):
    """One step of the battery that is no measure, asked of one member; others do not learn of it.

    What was written or rated in answer stands elsewhere, with readers of its own.
    """

    __tablename__ = "step_request"
    __table_args__ = (
        CheckConstraint("kind <> 'measure'", name="no_measure"),
        Index(
            "uq_step_request_occasion",
            "couple_id",
            "person_id",
            "kind",
            "occasion_ref",
            unique=True,
        ),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[StepKind] = mapped_column(text_enum(StepKind))
    occasion: Mapped[Occasion] = mapped_column(text_enum(Occasion))
    occasion_ref: Mapped[str] = mapped_column(String(60))
    """Which time: ``intake``, ``before_session:<session id>``; the same is asked once."""
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("therapy_session.id"), index=True)
    given_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    """Whoever treats the couple: never the member whose act changed the course."""
    given_at: Mapped[datetime] = mapped_column(default=now)
    opens_at: Mapped[datetime]
    """Not shown to the person before."""
    due_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    """Last day; not done by then, it is missed. None: stays open."""
    optional: Mapped[bool] = mapped_column(default=False)
    done_at: Mapped[datetime | None]
    """When all was done that was asked; never taken back."""
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who said that it is not needed; None where its reason went, so that it may come back."""

    @property
    def facts(self) -> Facts:
        screening = self.kind is StepKind.SCREENING
        return Facts(
            couple_id=self.couple_id,
            author_id=self.given_by,
            kind=Kind.SCREENING if screening else Kind.STEP_REQUEST,
            audience=Audience.COUPLE,
            concerns=frozenset({self.person_id}),
        )
