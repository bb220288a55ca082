"""Reading and setting the battery of the practice and of one couple; every setting is kept."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from practice.db import db
from practice.domain.battery import DEFAULT_BATTERY, REVIEW_EVERY, REVIEW_FIRST, Battery, Step
from practice.domain.measures.definition import Measure
from practice.domain.people import Actor, Role
from practice.models.settings import BatterySetting
from practice.services import access, audit, clock, people
from practice.services.errors import Invalid, NotFound
from practice.services.schedule.refreshing import refresh, refresh_all
from practice.services.schedule.stored import (
    A_MOMENT,
    Setting,
    as_asked,
    askable,
    in_force,
    settings_of,
)


@dataclass(frozen=True, slots=True)
class BatteryPage:
    """The battery of the practice or of a couple, for whoever may set it."""

    couple_id: UUID | None
    title: str
    """What the couple is called; empty for the practice."""

    battery: Battery
    """What is in force now, of what can be asked."""

    is_own: bool
    """Whether it was set here; else it is the one that ``otherwise`` shows."""

    otherwise: Battery
    """What would hold without a setting here."""

    set_by: str
    """Who set it last; empty if nobody did."""

    set_at: datetime | None
    measures: tuple[Measure, ...]
    """What can be asked, the longest first."""


def battery_page(*, actor: Actor, couple_id: UUID | None) -> BatteryPage:
    """Return a battery with what it can be made of.

    Args:
        actor: A therapist.
        couple_id: The couple; None for the practice.

    Raises:
        NotFound: if the couple is not in the actor's care, or the actor is no therapist.
    """
    _authorise(actor, couple_id)
    measures = askable()
    settings = settings_of([couple_id] if couple_id else [])
    setting = settings.get(couple_id)
    own = setting is not None and setting.battery is not None
    return BatteryPage(
        couple_id=couple_id,
        title=people.title_of(people.members_of(couple_id)) if couple_id else "",
        battery=as_asked(in_force(settings, couple_id), measures),
        is_own=own,
        otherwise=as_asked(_otherwise(settings, couple_id), measures),
        set_by=setting.set_by if setting else "",
        set_at=setting.set_at if setting else None,
        measures=tuple(sorted(measures.values(), key=lambda m: (-len(m.items), m.key))),
    )


def save_battery(*, actor: Actor, couple_id: UUID | None, battery: Battery) -> None:
    """Set what is asked when; the same again changes nothing.

    Raises:
        NotFound: as ``battery_page``.
        Invalid: naming ``review_first``, ``review_every``, or the step, see ``field_of``.
    """
    _authorise(actor, couple_id)
    measures = askable()
    errors = {field_of(step): why for step, why in battery.problems(measures)}
    for name, allowed in (("review_first", REVIEW_FIRST), ("review_every", REVIEW_EVERY)):
        if getattr(battery, name) not in allowed:
            errors[name] = f"Choose {allowed.start} to {allowed.stop - 1}."
    if errors:
        raise Invalid(errors)
    setting = settings_of([couple_id] if couple_id else []).get(couple_id)
    if setting is None or setting.battery != battery:
        _store(actor, couple_id, battery)


def back_to_default(*, actor: Actor, couple_id: UUID | None) -> None:
    """Go back to the battery of the practice, or to the one that Dyad ships.

    Raises:
        NotFound: as ``battery_page``.
    """
    _authorise(actor, couple_id)
    setting = settings_of([couple_id] if couple_id else []).get(couple_id)
    if setting is not None and setting.battery is not None:
        _store(actor, couple_id, None)


def switch(*, actor: Actor, couple_id: UUID | None, active: bool) -> None:
    """Let the schedule ask, or let it be quiet; what it would ask stays as it was set.

    Raises:
        NotFound: as ``battery_page``.
    """
    _authorise(actor, couple_id)
    settings = settings_of([couple_id] if couple_id else [])
    battery = in_force(settings, couple_id)
    if battery.active is not active:
        _store(actor, couple_id, replace(battery, active=active))


def field_of(step: Step) -> str:
    """Return the name by which a step is known to a form: ``intake__csi16``."""
    return f"{step.occasion.value}__{step.what}"


def _authorise(actor: Actor, couple_id: UUID | None) -> None:
    if couple_id is not None:
        access.require_treating(actor, couple_id)
    elif actor.role is not Role.THERAPIST:
        raise NotFound


def _otherwise(settings: dict[UUID | None, Setting], couple_id: UUID | None) -> Battery:
    return DEFAULT_BATTERY if couple_id is None else in_force(settings, None)


def _after(earlier: Setting | None) -> datetime:
    now = clock.now()
    return max(now, earlier.set_at + A_MOMENT / 1000) if earlier is not None else now


def _store(actor: Actor, couple_id: UUID | None, battery: Battery | None) -> None:
    db.session.add(
        BatterySetting(
            couple_id=couple_id,
            definition=battery.as_json() if battery is not None else None,
            set_by=actor.person_id,
            set_at=_after(settings_of([couple_id] if couple_id else []).get(couple_id)),
        )
    )
    audit.note_write(actor, couple_id, "battery.set")
    if couple_id is not None:
        refresh(couple_id)
    else:
        refresh_all()
