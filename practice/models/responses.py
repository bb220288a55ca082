"""Measures given to partners, their responses, and the scores stored beside them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice.domain.battery import Occasion
from practice.domain.measures.origin import Origin
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, Lockable, now, text_enum
from practice.models.sealing import SealedJSON, SealedText


class MeasureRequest(Identified, Base):
    """One measure given to one partner; the others do not learn of it."""

    __tablename__ = "measure_request"
    __table_args__ = (
        CheckConstraint(
            "(occasion IS NULL) = (occasion_ref IS NULL)", name="occasion_has_reference"
        ),
        Index(
            "uq_measure_request_occasion",
            "couple_id",
            "person_id",
            "measure_key",
            "occasion_ref",
            unique=True,
        ),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    measure_key: Mapped[str] = mapped_column(String(60))
    given_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    given_at: Mapped[datetime] = mapped_column(default=now)
    due_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who said that it is not needed; None where its reason went, so that it may come back."""
    occasion: Mapped[Occasion | None] = mapped_column(text_enum(Occasion))
    """Why the schedule asks; None where the therapist asked by hand."""
    occasion_ref: Mapped[str | None] = mapped_column(String(60))
    """Which time: ``intake``, ``before_session:<session id>``; the same is asked once."""
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("therapy_session.id"), index=True)
    opens_at: Mapped[datetime | None]
    """Not shown to the person before; None: at once."""
    closes_on: Mapped[date | None]
    """Last day on which it can be answered; unanswered, it is missed then. None: stays open."""
    optional: Mapped[bool] = mapped_column(default=False)
    """Said so where it is asked; not counted as missed."""

    response: Mapped["Response | None"] = relationship(back_populates="request")

    @property
    def facts(self) -> Facts:
        return Facts(
            couple_id=self.couple_id,
            author_id=self.given_by,
            kind=Kind.MEASURE_REQUEST,
            audience=Audience.COUPLE,
            concerns=frozenset({self.person_id}),
        )


class Response(Lockable, Identified, Base):
    """One partner's completed measure; never edited, only superseded."""

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint(
            "(shared_at IS NULL) = (audience <> 'couple')", name="shared_at_with_couple_audience"
        ),
        CheckConstraint(
            "(entered_by IS NULL) = (origin IN ('portal', 'hand_over'))",
            name="typed_in_by_somebody",
        ),
        Index("ix_response_couple_id_completed_at", "couple_id", "completed_at"),
    )

    request_id: Mapped[UUID | None] = mapped_column(ForeignKey("measure_request.id"), unique=True)
    """The request it answers; answered once. None for a score collected before Dyad."""

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    """The partner who answered, not whoever typed it in."""

    measure_key: Mapped[str] = mapped_column(String(60))
    """Key in the measures registry; kept when a measure is retired."""

    answers_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    answers = SealedJSON("answers_sealed")
    """Raw answers by item key; None for a total collected elsewhere."""

    audience: Mapped[Audience] = mapped_column(text_enum(Audience))
    completed_at: Mapped[datetime] = mapped_column(default=now)
    shared_at: Mapped[datetime | None]
    """When its author opened it to the couple; None when it is not open."""
    origin: Mapped[Origin] = mapped_column(text_enum(Origin), default=Origin.PORTAL)
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Whoever typed it in, where that was not its author."""
    entered_at: Mapped[datetime | None]
    """When it was typed in; ``completed_at`` is then noon of the day written on the paper."""
    supersedes_id: Mapped[UUID | None] = mapped_column(ForeignKey("response.id"), unique=True)
    """The response that this one stands for, since that one was wrong."""
    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason = SealedText("reason_sealed")
    """Why it supersedes another."""
    superseded_at: Mapped[datetime | None]
    """Since when another stands for this one; kept, and counted nowhere."""

    request: Mapped[MeasureRequest | None] = relationship(back_populates="response")
    scores: Mapped[list["Score"]] = relationship(
        back_populates="response",
        cascade="all, delete-orphan",
        lazy="selectin",
        order_by="Score.scale_key",
    )

    @property
    def facts(self) -> Facts:
        return Facts(
            self.couple_id, self.author_id, Kind.RESPONSE, self.audience, sealed=self.is_locked
        )


class RiskFlag(Identified, Base):
    """An answer that the therapist must see at once. Which answer it was stays sealed with it."""

    __tablename__ = "risk_flag"

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    response_id: Mapped[UUID] = mapped_column(ForeignKey("response.id"), unique=True)
    raised_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    note = SealedText("note_sealed")
    """What was done about it."""

    @property
    def facts(self) -> Facts:
        return Facts(self.couple_id, self.person_id, Kind.RISK_FLAG, Audience.THERAPIST)


class Score(Base):
    """One scale's score of one response, as the catalogue computed it at submission."""

    __tablename__ = "score"

    response_id: Mapped[UUID] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    scale_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[float]
    """Raw score in scale points."""

    response: Mapped[Response] = relationship(back_populates="scores")
