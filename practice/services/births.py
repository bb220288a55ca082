"""Dates of birth: they tell people of one name apart. Sealed, and for the treating therapist."""

from datetime import date

from practice.models.people import Person
from practice.services import clock
from practice.services.errors import Invalid

FIRST_YEAR = 1900
"""Nobody in care was born before; an earlier year is a slip of the keys."""


def birth_of(person: Person) -> date | None:
    """Return somebody's date of birth; None where it is not known. Authorise first."""
    return date.fromisoformat(person.born_on) if person.born_on else None


def check_birth(day: date | None, field: str) -> None:
    """Refuse a day on which nobody in care can have been born.

    Raises:
        Invalid: naming ``field``.
    """
    if day is None:
        return
    if day > clock.today():
        raise Invalid({field: "Choose a day in the past."})
    if day.year < FIRST_YEAR:
        raise Invalid({field: "Check the year."})


def set_birth(person: Person, day: date | None) -> None:
    """Write down or take back a date of birth that was checked."""
    person.born_on = day.isoformat() if day else ""


def add_birth(person: Person, day: date | None, field: str) -> None:
    """Add a date of birth to somebody the therapist knows; never change one silently.

    Raises:
        Invalid: naming ``field``, if another day is in the records.
    """
    known = birth_of(person)
    if day is None or day == known:
        return
    if known is not None:
        raise Invalid({field: "Your records have another date of birth for this person."})
    set_birth(person, day)
