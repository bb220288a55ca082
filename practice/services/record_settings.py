"""How long a record is kept, and by when a request wants an answer: the practice's own figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from practice.domain.people import Actor
from practice.domain.releases.cases import PERIODS, Period, RequestKind, Unit
from practice.domain.releases.retention import LONGEST_YEARS, USUAL_YEARS
from practice.services import audit
from practice.services.errors import Invalid
from practice.services.practice_settings import put, require_staff, values_under

USUAL_BACKUP_DAYS = 35
LONGEST_BACKUP_DAYS = 3660

_PREFIX = "records."
_YEARS = f"{_PREFIX}years"
_BACKUPS = f"{_PREFIX}backup_days"
_PERIOD = f"{_PREFIX}period."


@dataclass(frozen=True, slots=True)
class RecordSettings:
    """What holds now."""

    periods: Mapping[RequestKind, Period]
    """By when each kind of request wants an answer."""

    years: int
    """How long a record is kept after the last contact."""

    backup_days: int
    """After how many days the practice throws its backups away."""

    @property
    def backup_life(self) -> timedelta:
        return timedelta(days=self.backup_days)


def current() -> RecordSettings:
    """Return the figures in use. Asks for no right: services apply them to everybody alike."""
    stored = values_under(_PREFIX)
    return RecordSettings(
        periods={
            kind: _period(stored.get(f"{_PERIOD}{kind}")) or PERIODS[kind] for kind in PERIODS
        },
        years=int(stored.get(_YEARS) or USUAL_YEARS),
        backup_days=int(stored.get(_BACKUPS) or USUAL_BACKUP_DAYS),
    )


def page(*, actor: Actor) -> RecordSettings:
    """Return the figures for the page that changes them.

    Raises:
        NotFound: if ``actor`` does not work in the practice.
    """
    require_staff(actor)
    audit.note_read(actor, None, "settings.records")
    return current()


def change(*, actor: Actor, new: RecordSettings) -> None:
    """Use other figures from now on; deadlines that stand in a case stay.

    Raises:
        NotFound: as ``page``.
        Invalid: naming ``years`` or ``backup_days``.
    """
    require_staff(actor)
    errors = {}
    if not 1 <= new.years <= LONGEST_YEARS:
        errors["years"] = f"Enter 1 to {LONGEST_YEARS} years."
    if not 0 <= new.backup_days <= LONGEST_BACKUP_DAYS:
        errors["backup_days"] = f"Enter 0 to {LONGEST_BACKUP_DAYS} days."
    if errors:
        raise Invalid(errors)
    put(actor=actor, key=_YEARS, value=str(new.years), what="settings.records")
    put(actor=actor, key=_BACKUPS, value=str(new.backup_days), what="settings.records")
    for kind, period in new.periods.items():
        value = f"{period.count} {period.unit}"
        put(actor=actor, key=f"{_PERIOD}{kind}", value=value, what="settings.records")


def _period(text: str | None) -> Period | None:
    if not text:
        return None
    count, unit = text.split()
    return Period(int(count), Unit(unit))
