"""The couple as a record of its own, with dated care and dated membership."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice.domain.couples import Agenda, CarePart, Modality, RelationshipStatus
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, now, text_enum
from practice.models.people import Person
from practice.models.sealing import SealedText


class Couple(Identified, Base):
    """The client unit: two or more people in therapy together, for one episode of care."""

    __tablename__ = "couple"
    __table_args__ = (
        CheckConstraint("episode_ended_on >= episode_started_on", name="ends_after_start"),
        CheckConstraint(
            "relationship_ended_on IS NOT NULL OR NOT ending_was_a_goal",
            name="ending_goal_needs_ending",
        ),
    )

    relationship_status: Mapped[RelationshipStatus] = mapped_column(text_enum(RelationshipStatus))
    agreed_problem_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    agreed_problem = SealedText("agreed_problem_sealed")
    """What the members agreed to work on, in words all of them read."""

    episode_started_on: Mapped[date]
    episode_ended_on: Mapped[date | None]
    relationship_ended_on: Mapped[date | None]
    """When the members parted; never read as a failure by any calculation."""

    ending_was_a_goal: Mapped[bool] = mapped_column(default=False)
    modality: Mapped[Modality | None] = mapped_column(text_enum(Modality))
    created_at: Mapped[datetime] = mapped_column(default=now)

    memberships: Mapped[list["Membership"]] = relationship(
        order_by="Membership.position", back_populates="couple"
    )


class Care(Identified, Base):
    """Who treats a couple, from when until when."""

    __tablename__ = "care"
    __table_args__ = (Index("ix_care_therapist_id_couple_id", "therapist_id", "couple_id"),)

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    therapist_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    since: Mapped[date]
    until: Mapped[date | None]
    """None while the therapist treats the couple."""

    part: Mapped[CarePart] = mapped_column(
        text_enum(CarePart), default=CarePart.LEAD, server_default=CarePart.LEAD.value
    )
    """At most one present row of a couple has the lead."""

    created_at: Mapped[datetime | None] = mapped_column(default=now)
    """When it was written down; None for care from before this was kept. Gives couples under
    supervision a number that stays."""

    begun_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who handed the couple over, or asked a co-therapist in; None where care began with it."""

    reason_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason = SealedText("reason_sealed")
    """Why the care came to this therapist."""


class Membership(Identified, Base):
    """One person in one couple. No member is primary; ``position`` is the order of entry."""

    __tablename__ = "membership"
    __table_args__ = (
        Index("uq_membership_couple_id_position", "couple_id", "position", unique=True),
        CheckConstraint("left_on >= joined_on", name="leaves_after_joining"),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    position: Mapped[int]
    """1, 2, 3 …; decides the person's mark (shape and colour), never a rank."""

    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    problem_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    problem = SealedText("problem_sealed")
    """This person's presenting problem as the therapist recorded it; not for the others."""

    couple: Mapped[Couple] = relationship(back_populates="memberships")
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class AgendaRecord(Identified, Base):
    """What one member wanted of the therapy on a day, as the therapist heard it."""

    __tablename__ = "agenda_record"
    __table_args__ = (
        Index("ix_agenda_record_couple_id", "couple_id", "person_id", "noted_on"),
        CheckConstraint("commitment BETWEEN 0 AND 10", name="commitment_in_range"),
        CheckConstraint(
            "self_rated IS NULL OR commitment IS NOT NULL", name="self_rating_has_its_number"
        ),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    agenda: Mapped[Agenda] = mapped_column(text_enum(Agenda))
    noted_on: Mapped[date]
    commitment: Mapped[int | None]
    """To the relationship, 0 to 10; None where nothing was said of it."""

    self_rated: Mapped[bool | None]
    """Whether the person chose the number; else it is as the therapist heard it."""

    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def facts(self) -> Facts:
        return Facts(self.couple_id, self.recorded_by, Kind.AGENDA, Audience.THERAPIST)
