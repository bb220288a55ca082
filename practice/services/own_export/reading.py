"""A record of the file as people read it: days in words, no stored values, no machine's keys.

The JSON file keeps every key and value as it is; only the sheet to read is put into words.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime

from practice.domain.homework.promises import PromiseWord
from practice.domain.homework.terms import Outcome
from practice.domain.sessions import Attendance, SessionFormat, SessionKind, SessionStatus
from practice.domain.visibility import Audience
from practice.domain.words import capital, day_in_words
from practice.services.own_export.subject import Record

Lines = tuple[tuple[str, str], ...]
"""Labels and words, one below the other."""

_NAMED_BY = {"measure": "title", "worksheet": "title"}
"""Keys for machines, and the key beside them that says the same in words."""

_LEFT_OUT = frozenset({"stored"})

_LABELS = {
    "answers": "Answer",
    "for_whom": "For whom",
    "how": "Given",
    "own_attendance": "You",
    "starts_at": "When",
}

_WORDS: Mapping[str, Mapping[str, str]] = {
    "for_whom": {
        Audience.PRIVATE: "you alone",
        Audience.THERAPIST: "you and your therapist",
        Audience.IN_SESSION: "your therapist at once, the others once it is read in a session",
        Audience.WHEN_ALL_DONE: "your therapist at once, the others when all have done it",
        Audience.COUPLE: "your therapist and all of you",
    },
    "format": {one.value: one.label for one in SessionFormat},
    "how": {
        "portal": "on your own page",
        "hand_over": "on your therapist’s device",
        "paper": "on paper",
        "said": "said in a session",
    },
    "kind": {one.value: one.label for one in SessionKind},
    "outcome": {one.value: one.label for one in Outcome},
    "own_attendance": {one.value: one.label for one in Attendance},
    "word": {one.value: one.label for one in PromiseWord},
    "status": {one.value: one.label for one in SessionStatus},
}
"""What stored values are called, by key; whatever is not here stands as it is."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}")
_TOKEN = re.compile(r"[a-z]+(_[a-z]+)+")
_IN_THEIR_OWN_WORDS = frozenset({"words", "comment", "wording", "purpose", "signed_as", "name"})


def lines_of(record: Record) -> Lines:
    """Return a record as labels and words, without empty ones and stored values."""
    lines: list[tuple[str, str]] = []
    for key, value in record.items():
        if value in (None, "", [], {}) or key in _LEFT_OUT or record.get(_NAMED_BY.get(key, "")):
            continue
        lines += _lines_of_one(key, value)
    return tuple(lines)


def _lines_of_one(key: str, value: object) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [(_label(str(part)), str(one)) for part, one in value.items() if one]
    if isinstance(value, list):
        return [line for one in value for line in _entry_of_list(key, one)]
    return [(_label(key), _words(key, value))]


def _entry_of_list(key: str, one: object) -> list[tuple[str, str]]:
    if not isinstance(one, dict):
        return [(_label(key), str(one))]
    if {"question", "answer"} <= one.keys():
        return [(str(one["question"]), str(one["answer"]))]
    if {"scale", "value"} <= one.keys():
        return [(str(one["scale"]), f"{one['value']:g} of {one['to']:g}")]
    return list(lines_of(one))


def _label(key: str) -> str:
    return _LABELS.get(key) or capital(key.replace("_", " "))


def _words(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if key in _IN_THEIR_OWN_WORDS:
        return text
    if _MOMENT.fullmatch(text):
        moment = datetime.fromisoformat(text)
        return f"{day_in_words(moment.date())}, {moment:%H:%M}"
    if _DAY.fullmatch(text):
        return day_in_words(date.fromisoformat(text))
    named = _WORDS.get(key, {}).get(text)
    return named or (text.replace("_", " ") if _TOKEN.fullmatch(text) else text)
