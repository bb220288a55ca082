"""Reminders: the outbox of the worker, and what somebody does not want to be reminded of.

No address and no words stand here: both are found when a mail is sent, as they hold by then.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice.domain.reminders.terms import Problem, ReminderKind, ReminderState
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, now, text_enum


class Reminder(Identified, Base):
    """One mail to one person: one a day at most."""

    __tablename__ = "reminder"
    __table_args__ = (
        Index("uq_reminder_person_id_day", "person_id", "day", unique=True),
        Index("ix_reminder_state_next_try_at", "state", "next_try_at"),
        CheckConstraint("attempts >= 0", name="attempts_from_none"),
        CheckConstraint(
            "(finished_at IS NULL) = (state IN ('waiting', 'sending'))", name="finished_or_open"
        ),
        CheckConstraint("(claimed_at IS NOT NULL) = (state = 'sending')", name="claimed_to_send"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    day: Mapped[date]
    """On which it was found to be due, by the clock of the practice."""

    state: Mapped[ReminderState] = mapped_column(
        text_enum(ReminderState), default=ReminderState.WAITING
    )
    attempts: Mapped[int] = mapped_column(default=0)
    """How often a worker took it in hand; tells a worker that it is not theirs any more."""

    planned_at: Mapped[datetime] = mapped_column(default=now)
    next_try_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    """Since when a worker has it in hand."""

    handed_over_at: Mapped[datetime | None]
    """When the server was given the end of the mail, at this try; before that nothing was sent."""

    finished_at: Mapped[datetime | None]
    problem: Mapped[Problem | None] = mapped_column(text_enum(Problem))
    """Of the last try that came to nothing."""

    causes: Mapped[list["ReminderCause"]] = relationship(
        back_populates="reminder", order_by="ReminderCause.id"
    )


class ReminderCause(Identified, Base):
    """One kind of thing that a mail is for, in one couple of the person.

    Whoever treats another couple of theirs must not learn of it from when mails were sent.
    """

    __tablename__ = "reminder_cause"
    __table_args__ = (
        Index("uq_reminder_cause_of", "reminder_id", "couple_id", "kind", unique=True),
    )

    reminder_id: Mapped[UUID] = mapped_column(ForeignKey("reminder.id"))
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    kind: Mapped[ReminderKind] = mapped_column(text_enum(ReminderKind))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    """As on the mail; here so that an erasure within one couple finds it."""

    reminder: Mapped[Reminder] = relationship(back_populates="causes")

    @property
    def facts(self) -> Facts:
        """Part of how somebody is reached, and read by whoever reads that."""
        return Facts(
            couple_id=self.couple_id,
            author_id=self.person_id,
            kind=Kind.SAFE_CONTACT,
            audience=Audience.THERAPIST,
            concerns=frozenset({self.person_id}),
        )


class ReminderOptOut(Base):
    """A kind of which somebody wants no reminder. Nobody but them learns of it."""

    __tablename__ = "reminder_opt_out"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[ReminderKind] = mapped_column(text_enum(ReminderKind), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=now)
