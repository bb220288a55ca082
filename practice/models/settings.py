"""What the practice has set. Every row is kept: the newest counts, the older ones are history."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from practice.models.base import Base, Identified, now


class PracticeSetting(Identified, Base):
    """One value under one key: a text of the practice, a figure it corrected."""

    __tablename__ = "practice_setting"
    __table_args__ = (Index("ix_practice_setting_key_set_at", "key", "set_at"),)

    key: Mapped[str] = mapped_column(String(80))
    value: Mapped[str | None] = mapped_column(Text)
    """None: back to what Dyad ships."""
    set_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime] = mapped_column(default=now)


class ScaleFigures(Identified, Base):
    """The practice's own figures for one scale, in place of the shipped ones."""

    __tablename__ = "scale_figures"
    __table_args__ = (
        Index("ix_scale_figures_scale_key_set_at", "scale_key", "set_at"),
        CheckConstraint("(sd IS NULL) = (reliability IS NULL)", name="sd_with_reliability"),
    )

    scale_key: Mapped[str] = mapped_column(String(60))
    cut: Mapped[float | None]
    sd: Mapped[float | None]
    reliability: Mapped[float | None]
    points: Mapped[float | None]
    """A reliable change value in scale points, where no SD and reliability are known."""
    at_least: Mapped[bool] = mapped_column(default=False)
    """Whether a change of exactly ``points`` counts."""
    source: Mapped[str] = mapped_column(String(400), default="")
    set_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime] = mapped_column(default=now)


class PracticeMeasure(Identified, Base):
    """One version of a measure of the practice's own; never changed, only followed by the next."""

    __tablename__ = "practice_measure"
    __table_args__ = (
        Index("uq_practice_measure_family_version", "family", "version", unique=True),
        CheckConstraint("version >= 1", name="version_from_one"),
    )

    key: Mapped[str] = mapped_column(String(60), unique=True)
    """``own_<family>_v<version>``; stored beside every answer."""
    family: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None]
    """Since when it is not offered any more; its answers keep their meaning."""


class BatterySetting(Identified, Base):
    """Which measures are asked when: the practice's battery, or one couple's."""

    __tablename__ = "battery_setting"
    __table_args__ = (Index("ix_battery_setting_couple_id_set_at", "couple_id", "set_at"),)

    couple_id: Mapped[UUID | None] = mapped_column(ForeignKey("couple.id"))
    """None: the battery of the practice."""
    definition: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """None: back to the practice's, or to the one that Dyad ships."""
    set_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[datetime] = mapped_column(default=now)
