"""Safety: private questions, the decision on joint work, safe contact, plans, safeguarding.

The private questions are a store of their own and no ``Response``: no chart, report, list or count
of measures reads this table, so that none can carry them.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from practice.domain.safety.joint_work import JointWork
from practice.domain.safety.screening import ScreeningWay
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, now, text_enum
from practice.models.sealing import SealedJSON, SealedText


class ScreeningRequest(Identified, Base):
    """The private questions put to one person. Only the therapist with the lead knows of it."""

    __tablename__ = "screening_request"
    __table_args__ = (
        Index("ix_screening_request_couple_id_person_id", "couple_id", "person_id"),
        CheckConstraint("(open_until IS NULL) = (way <> 'portal')", name="portal_has_a_last_day"),
        CheckConstraint("way <> 'talk'", name="talk_needs_no_request"),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    way: Mapped[ScreeningWay] = mapped_column(text_enum(ScreeningWay))
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    open_until: Mapped[date | None]
    """Last day on which the portal shows it; None on a device that was handed over."""

    closed_at: Mapped[datetime | None]
    """When the person sent it or set it aside. Which of the two, and whether it was this at all,
    no page shows: leaving the questions leaves no trace."""

    withdrawn_at: Mapped[datetime | None]
    """When the therapist took it back, or asked anew."""

    @property
    def facts(self) -> Facts:
        return _screening_facts(self.couple_id, self.person_id)


class Screening(Identified, Base):
    """One person's answers; never edited."""

    __tablename__ = "screening"
    __table_args__ = (
        Index("ix_screening_couple_id_person_id", "couple_id", "person_id"),
        CheckConstraint("(entered_by IS NULL) = (way <> 'talk')", name="talk_is_entered"),
        CheckConstraint("(request_id IS NULL) = (way = 'talk')", name="talk_has_no_request"),
        CheckConstraint("(seen_at IS NULL) = (seen_by IS NULL)", name="seen_at_with_seen_by"),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    request_id: Mapped[UUID | None] = mapped_column(ForeignKey("screening_request.id"), unique=True)
    way: Mapped[ScreeningWay] = mapped_column(text_enum(ScreeningWay))
    answered_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """The therapist who asked aloud; None where the person answered themselves."""

    answers_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    answers = SealedJSON("answers_sealed")
    """Yes (true) or no by question; what was left open is not there."""

    rescreen_on: Mapped[date]
    """When it is time to ask again."""

    rescreen_set_on: Mapped[date]
    """When that day was set; an event after it brings it forward."""

    raised_at: Mapped[datetime | None]
    """Since when it waits for the therapist; None where no answer asks for it."""

    seen_at: Mapped[datetime | None]
    seen_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    note_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    note = SealedText("note_sealed")
    """What the therapist did about it."""

    @property
    def facts(self) -> Facts:
        return _screening_facts(self.couple_id, self.person_id)


class ClearanceDecision(Identified, Base):
    """What a clinician decided about joint work, and why. Added to, never changed."""

    __tablename__ = "clearance_decision"
    __table_args__ = (
        Index("uq_clearance_decision_couple_id_number", "couple_id", "number", unique=True),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    number: Mapped[int]
    """1, 2, 3 …; the highest holds. Clocks may be set back, this may not."""

    decision: Mapped[JointWork] = mapped_column(text_enum(JointWork))
    decided_on: Mapped[date]
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    reason = SealedText("reason_sealed")
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def facts(self) -> Facts:
        return Facts(self.couple_id, self.decided_by, Kind.CLEARANCE, Audience.THERAPIST)


class SafeContactRecord(Identified, Base):
    """How one person may be reached, as they said it. The latest holds; none is changed."""

    __tablename__ = "safe_contact"
    __table_args__ = (
        Index("uq_safe_contact_number", "couple_id", "person_id", "number", unique=True),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]
    """1, 2, 3 …; the highest holds. Clocks may be set back, this may not."""

    asked_on: Mapped[date]
    """The day on which they said so."""

    details_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    details = SealedJSON("details_sealed")
    """``practice.domain.safety.contact.SafeContact``."""

    written_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    """The person, or the therapist who asked them."""

    written_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def facts(self) -> Facts:
        return Facts(
            couple_id=self.couple_id,
            author_id=self.person_id,
            kind=Kind.SAFE_CONTACT,
            audience=Audience.THERAPIST,
            concerns=frozenset({self.person_id}),
        )


class SafetyPlan(Identified, Base):
    """One version of somebody's safety plan. The latest holds; earlier ones are kept."""

    __tablename__ = "safety_plan"
    __table_args__ = (
        Index("uq_safety_plan_number", "couple_id", "person_id", "number", unique=True),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[int]
    """1, 2, 3 …; the highest holds. Clocks may be set back, this may not."""

    parts_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    parts = SealedJSON("parts_sealed")
    """Words by ``practice.domain.safety.plan.PlanPart``."""

    says_what_it_is: Mapped[bool] = mapped_column(default=False)
    """Whether the sheet may name the practice and what it is; the person's wish."""

    in_portal: Mapped[bool] = mapped_column(default=False)
    """Whether the person asked to have it on their own pages."""

    written_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def facts(self) -> Facts:
        return Facts(
            couple_id=self.couple_id,
            author_id=self.written_by,
            kind=Kind.SAFETY_PLAN,
            audience=Audience.COUPLE if self.in_portal else Audience.THERAPIST,
            concerns=frozenset({self.person_id}),
        )


class SafeguardingEntry(Identified, Base):
    """One decision about somebody's safety: facts, advice, decision, reason. Never changed."""

    __tablename__ = "safeguarding_entry"
    __table_args__ = (
        Index("uq_safeguarding_entry_couple_id_number", "couple_id", "number", unique=True),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    number: Mapped[int]
    """1, 2, 3 …; in the order in which they were written. Clocks may be set back, this may not."""

    happened_on: Mapped[date]
    """The day it is about."""

    facts_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    known_facts = SealedText("facts_sealed")
    """What was seen and said; not what it means."""

    consulted_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    consulted = SealedText("consulted_sealed")
    """With whom it was talked over, and what they advised."""

    decision_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    decision = SealedText("decision_sealed")
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    reason = SealedText("reason_sealed")
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("safeguarding_entry.id"))
    """The entry that this one puts right; that one stays as it is."""

    written_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def facts(self) -> Facts:
        return Facts(self.couple_id, self.written_by, Kind.SAFEGUARDING, Audience.THERAPIST)


def _screening_facts(couple_id: UUID, person_id: UUID) -> Facts:
    return Facts(
        couple_id=couple_id,
        author_id=person_id,
        kind=Kind.SCREENING,
        audience=Audience.THERAPIST,
        concerns=frozenset({person_id}),
    )
