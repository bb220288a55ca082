"""A value of the file as a person reads it; what is stored for machines stays in the JSON."""

import re
from datetime import date, datetime

from practice.domain.visibility import Audience
from practice.domain.words import day_in_words

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(rf"{_DAY.pattern}T\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")

_FOR_WHOM = {
    Audience.PRIVATE: "yourself alone",
    Audience.THERAPIST: "you and whoever treats you",
    Audience.WHEN_ALL_DONE: "you and whoever treats you; the others once all have written",
    Audience.COUPLE: "you, whoever treats you and the others",
}


def in_words(label: str, value: str) -> str:
    """Return days, moments and audiences as words, and anything else as it is.

    Args:
        label: What the value is called: ``for whom``, ``rated at``.
        value: As the JSON file says it; moments in the practice's time.
    """
    if label == "for whom" and value in set(Audience):
        return _FOR_WHOM[Audience(value)]
    if _DAY.fullmatch(value):
        return day_in_words(date.fromisoformat(value))
    if _MOMENT.fullmatch(value):
        moment = datetime.fromisoformat(value)
        return f"{day_in_words(moment.date())}, {moment:%H:%M}"
    return value
