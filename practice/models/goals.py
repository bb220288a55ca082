"""Goals with five described levels, their ratings, progress, and the hopes they come from."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from practice.domain.presenting_problems import ProblemGroup
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.base import Base, Identified, Lockable, now, text_enum
from practice.models.sealing import SealedJSON, SealedText


class Goal(Identified, Base):
    """A joint goal, or one member's own."""

    __tablename__ = "goal"
    __table_args__ = (CheckConstraint("weight BETWEEN 0 AND 9", name="weight_in_range"),)

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Whose own goal it is; None for a joint goal."""

    set_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    title_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    title = SealedText("title_sealed")
    levels_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    levels = SealedJSON("levels_sealed")
    """Five descriptions, from -2 to +2."""

    area_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    area_key = SealedText("area_sealed")
    """Key of what it is about; None where nobody said. Read ``area``."""

    weight: Mapped[int] = mapped_column(default=1)
    """Importance in the T score; 0 leaves the goal out of it."""

    measure_key: Mapped[str | None] = mapped_column(String(60))
    """A measure whose course may show the way to it; None where none was named."""

    target_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    ratings: Mapped[list["GoalRating"]] = relationship(
        back_populates="goal", order_by="GoalRating.rated_at, GoalRating.id"
    )

    @property
    def area(self) -> ProblemGroup | None:
        """What it is about, in the words of the presenting problems."""
        return ProblemGroup(self.area_key) if self.area_key else None

    @property
    def facts(self) -> Facts:
        return Facts(
            couple_id=self.couple_id,
            author_id=self.person_id or self.set_by,
            kind=Kind.GOAL,
            audience=Audience.COUPLE,
            concerns=frozenset({self.person_id} if self.person_id else ()),
        )


class GoalRating(Lockable, Identified, Base):
    """One rater's view of one goal on one day; a new view is a new row."""

    __tablename__ = "goal_rating"
    __table_args__ = (
        CheckConstraint("level BETWEEN -2 AND 2", name="level_in_range"),
        Index("ix_goal_rating_goal_id_rated_at", "goal_id", "rated_at"),
    )

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id"))
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    rater_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    level: Mapped[int]
    comment_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    comment = SealedText("comment_sealed")
    audience: Mapped[Audience] = mapped_column(text_enum(Audience))
    rated_at: Mapped[datetime] = mapped_column(default=now)

    goal: Mapped[Goal] = relationship(back_populates="ratings")

    def facts(self, concerns: frozenset[UUID] = frozenset()) -> Facts:
        """Facts for the policy; ``concerns`` as the goal's own."""
        return Facts(
            couple_id=self.couple_id,
            author_id=self.rater_id,
            kind=Kind.GOAL_RATING,
            audience=self.audience,
            concerns=concerns,
            sealed=self.is_locked,
        )


class GoalProgress(Lockable, Identified, Base):
    """How far somebody sees one goal on one day, 0 to 10; a new view is a new row."""

    __tablename__ = "goal_progress"
    __table_args__ = (
        CheckConstraint("value BETWEEN 0 AND 10", name="value_in_range"),
        Index("ix_goal_progress_goal_id_said_at", "goal_id", "said_at"),
    )

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id"))
    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    rater_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    value: Mapped[int]
    audience: Mapped[Audience] = mapped_column(text_enum(Audience))
    said_at: Mapped[datetime] = mapped_column(default=now)

    def facts(self, concerns: frozenset[UUID] = frozenset()) -> Facts:
        """Facts for the policy; ``concerns`` as the goal's own."""
        return Facts(
            couple_id=self.couple_id,
            author_id=self.rater_id,
            kind=Kind.GOAL_RATING,
            audience=self.audience,
            concerns=concerns,
            sealed=self.is_locked,
        )


class Hope(Lockable, Identified, Base):
    """What one member hopes for, in their own words: for them and the treating therapist."""

    __tablename__ = "hope"
    __table_args__ = (
        CheckConstraint("place BETWEEN 1 AND 3", name="place_in_range"),
        # What is locked away leaves its place to another.
        Index(
            "uq_hope_couple_id_person_id_place",
            "couple_id",
            "person_id",
            "place",
            unique=True,
            sqlite_where=text("locked_at IS NULL"),
            postgresql_where=text("locked_at IS NULL"),
        ),
    )

    couple_id: Mapped[UUID] = mapped_column(ForeignKey("couple.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    place: Mapped[int]
    """First, second or third of this person's."""
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    words = SealedText("words_sealed")
    written_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime | None]
    """When its author last changed the words; None if never."""
    goal_id: Mapped[UUID | None] = mapped_column(ForeignKey("goal.id"))
    """The goal that came of it; from then on the words stay."""

    @property
    def facts(self) -> Facts:
        return Facts(
            couple_id=self.couple_id,
            author_id=self.person_id,
            kind=Kind.HOPE,
            audience=self.audience,
            concerns=frozenset({self.person_id}),
            sealed=self.is_locked,
        )

    @property
    def audience(self) -> Audience:
        """Whom it is for, without a choice."""
        return Audience.THERAPIST
