"""The present, and the practice's time zone. The only place where services ask what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import current_app

from practice.config.settings import Settings
from practice.models.base import PRETENDED, now
from practice.services.errors import Invalid

__all__ = ["beginning_of", "local", "moment_of", "now", "pretend", "settings", "today", "zone"]


def settings() -> Settings:
    """Return the settings of this installation."""
    found: Settings = current_app.extensions["practice"]
    return found


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Let it be ``moment`` within the block: for writing invented history, never in a request."""
    token = PRETENDED.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        PRETENDED.reset(token)


def zone() -> ZoneInfo:
    """Return the practice's time zone."""
    return settings().time_zone


def today() -> date:
    """Return today's date in the practice's time zone."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """Return an aware moment in the practice's time zone."""
    return moment.astimezone(zone())


def beginning_of(day: date) -> datetime:
    """Return the first moment of a day in the practice, in UTC; also where midnight is skipped."""
    return datetime.combine(day, time(), tzinfo=zone()).astimezone(UTC)


def moment_of(day: date, at: time) -> datetime:
    """Return the moment, in UTC, at which a clock in the practice shows ``day`` and ``at``.

    Where a time comes twice (clocks going back), the first is meant.

    Raises:
        Invalid: naming the field ``time``, if the clocks skip that time on that day.
    """
    there = datetime.combine(day, at, tzinfo=zone())
    moment = there.astimezone(UTC)
    if local(moment).replace(tzinfo=None) != there.replace(tzinfo=None):
        raise Invalid({"time": f"The clocks go forward over {at:%H:%M} that day. Choose another."})
    return moment
