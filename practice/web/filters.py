"""Dates, times and numbers for people, in British English and the practice's zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from practice.services import clock

MONTHS = (
    "January February March April May June July August September October November December"
).split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def day(value: date | datetime | None, *, year: bool = True, zone: ZoneInfo | None = None) -> str:
    """``4 March 2026``; an empty text for None."""
    if value is None:
        return ""
    if isinstance(value, datetime) and zone is not None:
        value = value.astimezone(zone)
    text = f"{value.day} {MONTHS[value.month - 1]}"
    return f"{text} {value.year}" if year else text


def weekday(value: date | datetime, zone: ZoneInfo | None = None) -> str:
    """``Thursday 26 November``."""
    if isinstance(value, datetime) and zone is not None:
        value = value.astimezone(zone)
    return f"{DAYS[value.weekday()]} {day(value, year=False)}"


def moment(value: datetime | None, zone: ZoneInfo) -> str:
    """``26 November 2026, 18:00``, in ``zone``."""
    if value is None:
        return ""
    local = value.astimezone(zone)
    return f"{day(local)}, {local:%H:%M}"


def points(value: float | int | None) -> str:
    """A score without needless decimals: ``49``, ``81.5``; a dash for None."""
    if value is None:
        return "–"
    return f"{value:g}"


def signed(value: float | int) -> str:
    """``+8``, ``−3``, ``0``, with a true minus sign."""
    if value == 0:
        return "0"
    return f"+{value:g}" if value > 0 else f"−{abs(value):g}"


def init_app(app: Flask, zone: ZoneInfo) -> None:
    """Make the filters known to the templates of ``app``."""
    app.jinja_env.filters.update(
        day=lambda value: day(value, zone=zone),
        day_short=lambda value: day(value, year=False, zone=zone),
        weekday=lambda value: weekday(value, zone),
        moment=lambda value: moment(value, zone),
        clock=lambda value: f"{value.astimezone(zone):%H:%M}",
        points=points,
        signed=signed,
    )

    @app.context_processor
    def today() -> dict[str, object]:
        return {"today": clock.today()}
