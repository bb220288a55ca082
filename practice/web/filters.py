"""What templates say things with: dates, times, numbers and readers, in words for people."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask

from practice.domain.words import (
    capital,
    day_in_words,
    listed,
    lower_first,
    number,
    signed,
    weekday_in_words,
    with_you,
)
from practice.services import clock
from practice.web.exercise_words import numbers_apart, rule_words, views_apart
from practice.web.words import readers_of


def day(value: date | None, *, year: bool = True, zone: ZoneInfo | None = None) -> str:
    """``4 March 2026``; an empty text for None."""
    return "" if value is None else day_in_words(_local(value, zone), year=year)


def weekday(value: date, zone: ZoneInfo | None = None) -> str:
    """``Thursday 26 November``."""
    return weekday_in_words(_local(value, zone))


def moment(value: datetime | None, zone: ZoneInfo) -> str:
    """``26 November 2026, 18:00``, in ``zone``."""
    if value is None:
        return ""
    local = value.astimezone(zone)
    return f"{day_in_words(local)}, {local:%H:%M}"


def points(value: float | None) -> str:
    """A score without needless decimals: ``49``, ``81.5``; a dash for None."""
    return "–" if value is None else number(value)


def _local(value: date, zone: ZoneInfo | None) -> date:
    if isinstance(value, datetime) and zone is not None:
        return value.astimezone(zone)
    return value


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
        with_you=with_you,
        capital=capital,
        joined=listed,
        lower_first=lower_first,
        readers_of=readers_of,
        rule_words=rule_words,
        views_apart=views_apart,
        numbers_apart=numbers_apart,
    )

    @app.context_processor
    def today() -> dict[str, object]:
        return {"today": clock.today()}
