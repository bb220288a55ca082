"""What the practice has set, by key: the newest row counts, the older ones are history.

Any therapist of the practice may set it; each row keeps who and when, and the access log has it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from practice.db import db
from practice.domain.people import Actor, Role
from practice.models.people import Person
from practice.models.settings import PracticeSetting
from practice.services import audit, clock
from practice.services.errors import NotFound


@dataclass(frozen=True, slots=True)
class Entry:
    """One value as it was set."""

    value: str | None
    """None: back to what Dyad ships."""

    set_by: str
    set_at: datetime


def require_staff(actor: Actor) -> None:
    """See to it that ``actor`` works in the practice.

    Raises:
        NotFound: for everybody else; the pages of settings do not exist for them.
    """
    if actor.role is not Role.THERAPIST:
        audit.note_refusal(actor, None, "settings")
        raise NotFound


def history(key: str) -> tuple[Entry, ...]:
    """Return every value of a key, newest first."""
    rows = db.session.execute(
        select(PracticeSetting.value, Person.name, PracticeSetting.set_at)
        .join(Person, Person.id == PracticeSetting.set_by)
        .where(PracticeSetting.key == key)
        .order_by(PracticeSetting.set_at.desc(), PracticeSetting.id)
    )
    return tuple(Entry(value, name, set_at) for value, name, set_at in rows)


def values_under(prefix: str) -> dict[str, str | None]:
    """Return the newest value of every key that begins with ``prefix``."""
    rows = db.session.execute(
        select(PracticeSetting.key, PracticeSetting.value)
        .where(PracticeSetting.key.startswith(prefix, autoescape=True))
        .order_by(PracticeSetting.set_at, PracticeSetting.id)
    )
    return {key: value for key, value in rows}


def value_of(key: str) -> str | None:
    """Return the newest value of a key; None where the practice has set none."""
    return db.session.scalar(
        select(PracticeSetting.value)
        .where(PracticeSetting.key == key)
        .order_by(PracticeSetting.set_at.desc(), PracticeSetting.id)
        .limit(1)
    )


def put(*, actor: Actor, key: str, value: str | None, what: str) -> bool:
    """Set a value; say whether that changed anything. The caller has checked both.

    Args:
        actor: Who sets it.
        key: Of what.
        value: None goes back to what Dyad ships.
        what: The act's name in the access log, e.g. ``settings.text``.
    """
    require_staff(actor)
    newest = db.session.execute(
        select(PracticeSetting.value, PracticeSetting.set_at)
        .where(PracticeSetting.key == key)
        .order_by(PracticeSetting.set_at.desc(), PracticeSetting.id)
        .limit(1)
    ).first()
    if (newest.value if newest else None) == value:
        return False
    moment = later_than(newest.set_at if newest else None)
    db.session.add(PracticeSetting(key=key, value=value, set_by=actor.person_id, set_at=moment))
    audit.note_write(actor, None, what)
    db.session.flush()
    return True


def later_than(newest: datetime | None) -> datetime:
    """Return the present moment, or one just after ``newest``: the order of rows is their time."""
    moment = clock.now()
    if newest is not None and moment <= newest:
        return newest + timedelta(microseconds=1)
    return moment
