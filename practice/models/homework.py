"""Homework: what was given to whom, and what they wrote."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from practice.domain.homework.terms import EndReason, FollowsHow, Frequency, GivenTo, Outcome
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, Lockable, now, text_enum
from practice.models.sealing import SealedJSON, SealedText


class Assignment(Identified, Base):
    """A worksheet of the library given to one member, to each, or to all together."""

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("due_on >= starts_on", name="due_after_start"),
        CheckConstraint("times_per_week BETWEEN 1 AND 7", name="times_per_week_in_range"),
        CheckConstraint(
            "retired_on IS NOT NULL OR (end_reason IS NULL AND end_words_sealed IS NULL)",
            name="reason_of_an_end",
        ),
        CheckConstraint("follows_id IS NULL OR follows_how IS NOT NULL", name="follows_somehow"),
        Index("uq_assignment_follows_id", "follows_id", unique=True),
        Index("ix_assignment_couple_id_starts_on", "couple_id", "starts_on"),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    template_key: Mapped[str] = mapped_column(String(60))
    template_version: Mapped[int]
    given_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    given_to: Mapped[GivenTo] = mapped_column(text_enum(GivenTo))
    frequency: Mapped[Frequency] = mapped_column(text_enum(Frequency))
    times_per_week: Mapped[int] = mapped_column(default=1)
    """Read only for ``Frequency.SEVERAL_TIMES_A_WEEK``."""

    audience: Mapped[Audience] = mapped_column(text_enum(Audience))
    """The rule shown before anything is typed; every entry is written under it. Never changed."""

    instructions_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    instructions = SealedText("instructions_sealed")
    """The therapist's own words for this couple; read by everybody it was given to."""

    goal_id: Mapped[UUID | None] = mapped_column(ForeignKey("goal.id"))
    starts_on: Mapped[date]
    due_on: Mapped[date]
    """The last day; for a repeated task the end of the run."""

    retired_on: Mapped[date | None]
    end_reason: Mapped[EndReason | None] = mapped_column(text_enum(EndReason))
    """Why it is not asked for any more; None also where nobody has said. No member reads it."""

    end_words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    end_words = SealedText("end_words_sealed")
    """The therapist's own words on that; no member reads them either."""

    follows_id: Mapped[UUID | None] = mapped_column(ForeignKey("assignment.id"))
    """The earlier one that it carries on, or makes smaller; at most one does."""

    follows_how: Mapped[FollowsHow | None] = mapped_column(text_enum(FollowsHow))
    created_at: Mapped[datetime] = mapped_column(default=now)

    pauses: Mapped[list["AssignmentPause"]] = relationship(
        back_populates="assignment", order_by="AssignmentPause.starts_on, AssignmentPause.id"
    )
    receivers: Mapped[list["AssignmentReceiver"]] = relationship(
        back_populates="assignment", order_by="AssignmentReceiver.person_id"
    )
    entries: Mapped[list["HomeworkEntry"]] = relationship(
        back_populates="assignment", order_by="HomeworkEntry.submitted_at, HomeworkEntry.id"
    )

    @property
    def facts(self) -> Facts:
        return Facts(
            couple_id=self.couple_id,
            author_id=self.given_by,
            kind=Kind.ASSIGNMENT,
            audience=Audience.COUPLE,
            concerns=frozenset(receiver.person_id for receiver in self.receivers),
        )

    @validates("audience")
    def _keep_the_rule(self, _key: str, rule: Audience) -> Audience:
        """Refuse another rule: what was written under one is never moved under another."""
        if self.audience is not None and self.audience is not rule:
            raise ValueError("The rule of an assignment is never changed; give it anew.")
        return rule


class AssignmentReceiver(Base):
    """One person an assignment was given to."""

    __tablename__ = "assignment_receiver"

    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)

    assignment: Mapped[Assignment] = relationship(back_populates="receivers")


class AssignmentPause(Identified, Base):
    """Days on which an assignment rests: nothing is due, and nobody is asked."""

    __tablename__ = "assignment_pause"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_start"),)

    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """The last day of rest; None until it is taken up again."""

    paused_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    assignment: Mapped[Assignment] = relationship(back_populates="pauses")


class AssignmentVersion(Identified, Base):
    """How a running assignment stood before its instructions or its last day were changed."""

    __tablename__ = "assignment_version"

    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id"), index=True)
    instructions_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    instructions = SealedText("instructions_sealed")
    due_on: Mapped[date]
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    """Who put something else in its place."""

    changed_at: Mapped[datetime] = mapped_column(default=now)


class HomeworkEntry(Lockable, Identified, Base):
    """What one partner wrote for one occasion; submitted means final."""

    __tablename__ = "homework_entry"
    __table_args__ = (
        CheckConstraint(
            "(opened_at IS NOT NULL OR opened_in IS NULL) "
            "AND (opened_at IS NULL OR audience = 'in_session')",
            name="opened_in_a_session",
        ),
    )

    assignment_id: Mapped[UUID] = mapped_column(ForeignKey("assignment.id"), index=True)
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    for_day: Mapped[date]
    """The day it is about, in the practice's time zone."""

    outcome: Mapped[Outcome] = mapped_column(text_enum(Outcome))
    """How far the author got; beside the sealed content so that adherence can be counted."""

    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    content = SealedJSON("content_sealed")
    """Values by block key, as the template's ``clean`` returned them."""

    audience: Mapped[Audience] = mapped_column(text_enum(Audience))
    """The assignment's rule at the time of writing, or narrower if the author chose so."""

    submitted_at: Mapped[datetime] = mapped_column(default=now)
    opened_at: Mapped[datetime | None]
    """When it was opened to be read together; None again once its author has taken it back."""

    opened_in: Mapped[UUID | None] = mapped_column(ForeignKey("therapy_session.id"))
    """In which session."""

    assignment: Mapped[Assignment] = relationship(back_populates="entries")

    def facts(self, *, all_done: bool) -> Facts:
        """Facts for the policy; ``all_done``: every receiver has an entry for this day."""
        return Facts(
            couple_id=self.couple_id,
            author_id=self.author_id,
            kind=Kind.HOMEWORK_ENTRY,
            audience=self.audience,
            all_done=all_done,
            opened=self.opened_at is not None,
            sealed=self.is_locked,
        )
