"""Which battery is in force, as it is stored, and which measures can be asked at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from practice.db import db
from practice.domain.battery import DEFAULT_BATTERY, Battery, StepKind
from practice.domain.measures.definition import Measure
from practice.models.people import Person
from practice.models.settings import BatterySetting
from practice.services import clock
from practice.services.measure_library import all_measures, offered_measures

A_MOMENT = timedelta(seconds=1)
"""Of two settings made at one moment the later is told by a thousandth of it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The latest battery of the practice or of one couple."""

    battery: Battery | None
    """None: back to what it would be without."""

    set_by: str
    set_at: datetime


def askable() -> dict[str, Measure]:
    """Return the measures that can be asked, by key: with questions, and not retired.

    Of the practice's own measures the newest version alone.
    """
    return {key: m for key, m in offered_measures().items() if not m.totals_only}


def settings_of(couple_ids: Iterable[UUID]) -> dict[UUID | None, Setting]:
    """Return the latest settings of the practice (None) and of couples, with one query."""
    ids = list(couple_ids)
    rows = db.session.execute(
        select(
            BatterySetting.couple_id, BatterySetting.definition, BatterySetting.set_at, Person.name
        )
        .join(Person, Person.id == BatterySetting.set_by)
        .where(
            or_(BatterySetting.couple_id.is_(None), BatterySetting.couple_id.in_(ids)),
            BatterySetting.set_at < clock.now() + A_MOMENT,
        )
        .order_by(BatterySetting.set_at, BatterySetting.id)
    )
    return {
        row.couple_id: Setting(
            Battery.from_json(row.definition) if row.definition is not None else None,
            row.name,
            row.set_at,
        )
        for row in rows
    }


def in_force(settings: Mapping[UUID | None, Setting], couple_id: UUID | None) -> Battery:
    """Return the battery of a couple, or of the practice for None."""
    for scope in dict.fromkeys((couple_id, None)):
        setting = settings.get(scope)
        if setting is not None and setting.battery is not None:
            return setting.battery
    return DEFAULT_BATTERY


def as_asked(battery: Battery, measures: Mapping[str, Measure]) -> Battery:
    """Return the battery with what can be asked of it.

    Args:
        battery: As it was set; a measure of it may have been retired or followed by a new version.
        measures: From ``askable``.
    """
    known = all_measures()
    newest = {measure.family_key: key for key, measure in measures.items()}
    steps = []
    for step in battery.steps:
        if step.kind is not StepKind.MEASURE:
            steps.append(step)
            continue
        stored = known.get(step.measure_key)
        key = newest.get(stored.family_key) if stored is not None else None
        if key is not None:
            steps.append(replace(step, measure_key=key))
    return replace(battery, steps=tuple(steps))
