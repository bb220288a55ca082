"""The building blocks of a worksheet: what can be asked, and what counts as an answer.

A block turns what a form hands over into a value that can be stored as JSON (``clean``), says
whether that value is an answer at all (``is_empty``), and writes it out for readers (``text``).
Messages are for the person who fills in the form and never repeat what was typed.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from practice.domain.texts import tidy
from practice.domain.words import weekday_in_words

JSON: TypeAlias = "None | bool | int | float | str | Sequence[JSON] | Mapping[str, JSON]"

TEXT_LIMIT = 10_000
"""Characters in one free text; enough for several pages, and a bound on what is stored."""

LINE_LIMIT = 300
"""Characters in one line of a list or one part of a plan."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. The key is stored, so the label may be reworded later."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(ABC):
    """One question of a worksheet.

    ``key`` names the answer in the stored entry and never changes once the template was used.
    ``prompt`` is the question, ``hint`` one line of help below it.
    """

    kind: ClassVar[str]
    """Which form control and macro a page uses for it."""

    missing: ClassVar[str] = "Please answer this one."
    """What to say when a required answer is not there."""

    key: str
    prompt: str
    hint: str = ""
    required: bool = False

    @abstractmethod
    def clean(self, raw: object) -> JSON:
        """Return ``raw`` as the value to store; nothing given becomes the empty value.

        Raises:
            ValueError: with a plain message for the person who filled it in. A required
                answer that is missing is not reported here but by ``Template.clean``,
                which knows whether the task was done at all.
        """

    def is_empty(self, value: JSON) -> bool:
        """Whether a cleaned ``value`` says nothing. Nought is an answer."""
        return value is None or value == "" or value == []

    def text(self, value: JSON) -> str:
        """Return a cleaned ``value`` as plain text for readers, "" when it is empty."""
        return "" if self.is_empty(value) else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock(Block):
    """Free text of one or more paragraphs. Stored as a string."""

    kind: ClassVar[str] = "text"
    missing: ClassVar[str] = "Please write a few words here."
    rows: int = 3

    def clean(self, raw: object) -> JSON:
        return _clean_text(raw, TEXT_LIMIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingBlock(Block):
    """A whole number from ``low`` to ``high`` with words at both ends. Stored as an integer."""

    kind: ClassVar[str] = "rating"
    low: int = 0
    high: int = 10
    low_label: str
    high_label: str

    def __post_init__(self) -> None:
        if self.low >= self.high:
            raise ValueError(f"{self.key}: the lowest rating must be below the highest.")

    def clean(self, raw: object) -> JSON:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        number = _whole_number(raw)
        if number is None or not self.low <= number <= self.high:
            raise ValueError(f"Choose a whole number from {self.low} to {self.high}.")
        return number

    def text(self, value: JSON) -> str:
        if value is None:
            return ""
        if value == self.low:
            return f"{value} of {self.high} ({self.low_label})"
        if value == self.high:
            return f"{value} of {self.high} ({self.high_label})"
        return f"{value} of {self.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceBlock(Block):
    """One of several answers. Stored as the key of the option."""

    kind: ClassVar[str] = "choice"
    missing: ClassVar[str] = "Please choose one answer."
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        _require_distinct(self.key, self.options)

    def clean(self, raw: object) -> JSON:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, str) or raw not in [option.key for option in self.options]:
            raise ValueError("Choose one of the answers in the list.")
        return str(raw)

    def text(self, value: JSON) -> str:
        return _labels(self.options, [value]) if value else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistBlock(Block):
    """Any number of answers. Stored as a list of option keys, in the order of the list."""

    kind: ClassVar[str] = "checklist"
    missing: ClassVar[str] = "Please tick at least one."
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        _require_distinct(self.key, self.options)

    def clean(self, raw: object) -> JSON:
        ticked = set(_strings(raw))
        known = [option.key for option in self.options]
        if not ticked <= set(known):
            raise ValueError("Tick only answers from the list.")
        return [key for key in known if key in ticked]

    def text(self, value: JSON) -> str:
        return _labels(self.options, value) if isinstance(value, list | tuple) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBlock(Block):
    """Up to ``most`` short lines. Stored as a list of strings without empty ones.

    A form may hand over one string with line breaks or a list of strings.
    """

    kind: ClassVar[str] = "list"
    missing: ClassVar[str] = "Please write at least one line."
    most: int = 5

    def __post_init__(self) -> None:
        if self.most < 1:
            raise ValueError(f"{self.key}: a list needs room for at least one line.")

    def clean(self, raw: object) -> JSON:
        # Refused before it is split: a list of a million empty lines is still a million lines.
        lines = _clean_text(raw, TEXT_LIMIT).split("\n") if isinstance(raw, str) else _strings(raw)
        kept: list[str] = []
        for number, line in enumerate(lines, start=1):
            text = _clean_text(line, LINE_LIMIT, name=f"Line {number}")
            if text:
                kept.append(text)
        if len(kept) > self.most:
            raise ValueError(f"There is room for {self.most} lines; please keep the best.")
        return kept

    def text(self, value: JSON) -> str:
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBlock(Block):
    """What, on which day, when and where. Stored as ``{"what", "day", "place"}`` or None.

    ``day`` is an ISO date or ""; a form may hand over a ``date`` or its ISO text. ``place`` is
    free text for the time and the place.
    """

    kind: ClassVar[str] = "plan"
    missing: ClassVar[str] = "Please say what you have in mind."
    parts: ClassVar[tuple[Option, ...]] = (
        Option("what", "What"),
        Option("day", "Day"),
        Option("place", "Time and place"),
    )
    """The inputs of this block, in order, with their labels."""

    def clean(self, raw: object) -> JSON:
        if raw is None or raw == "":
            return None
        if not isinstance(raw, Mapping):
            raise ValueError("Please fill in the plan line by line.")
        plan: dict[str, JSON] = {
            "what": _clean_text(raw.get("what"), LINE_LIMIT, name="What"),
            "day": _clean_day(raw.get("day")),
            "place": _clean_text(raw.get("place"), LINE_LIMIT, name="Time and place"),
        }
        if not any(plan.values()):
            return None
        if not plan["what"]:
            raise ValueError(self.missing)
        return plan

    def text(self, value: JSON) -> str:
        if not isinstance(value, Mapping):
            return ""
        day = str(value.get("day") or "")
        when = weekday_in_words(date.fromisoformat(day), year=True) if day else ""
        parts = (value.get("what"), when, value.get("place"))
        return ", ".join(str(part) for part in parts if part)


def two_person_turn(
    key: str, *, speaker: str, listener: str, required: bool = False
) -> tuple[Block, ...]:
    """Return the three blocks of one turn: say, reflect back, confirm.

    Args:
        key: Start of the keys, as in ``<key>_say``, ``<key>_reflect``, ``<key>_confirm``.
        speaker: Who speaks, as a heading would say it ("The first speaker").
        listener: Who listens, likewise, at the start of a sentence.
        required: Whether a finished entry needs this turn.
    """
    return (
        TextBlock(
            key=f"{key}_say",
            prompt=f"{speaker} said",
            hint="The heart of it in a sentence or two. Not the whole talk.",
            required=required,
        ),
        TextBlock(
            key=f"{key}_reflect",
            prompt=f"{listener} heard",
            hint="In the listener's own words: “What I hear is …”",
            required=required,
        ),
        ChoiceBlock(
            key=f"{key}_confirm",
            prompt=f"{speaker}: did it feel understood?",
            hint="Only the speaker answers this one.",
            required=required,
            options=(
                Option("yes", "Yes, that was it"),
                Option("after_a_second_try", "Yes, after a second try"),
                Option("nearly", "Nearly"),
                Option("not_yet", "Not yet"),
            ),
        ),
    )


def _clean_text(raw: object, limit: int, name: str = "This text") -> str:
    """Return text as it is stored, if it is text and not too long."""
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raise ValueError(f"{name} should be words.")
    text = tidy(raw)
    if len(text) > limit:
        raise ValueError(
            f"{name} has {len(text):,} characters; there is room for {limit:,}. "
            "Please shorten it a little."
        )
    return text


def _clean_day(raw: object) -> str:
    if isinstance(raw, date):
        return raw.isoformat()[:10]
    text = _clean_text(raw, LINE_LIMIT, name="Day")
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("Choose the day from the calendar, or write it as 2026-03-14.") from None


def _whole_number(raw: object) -> int | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    text = raw.strip() if isinstance(raw, str) else ""
    # int() alone would take "1_0", other scripts' digits and whole novels.
    return int(text) if re.fullmatch(r"-?[0-9]{1,4}", text) else None


def _strings(raw: object) -> list[str]:
    """Return what a form hands over for several answers as a list of strings."""
    if raw is None or raw == "":
        return []
    given: Iterable[object] = [raw] if isinstance(raw, str) else ()
    if isinstance(raw, list | tuple | set | frozenset):
        given = raw
    elif not isinstance(raw, str):
        raise ValueError("Please choose from the list.")
    if not all(isinstance(one, str) for one in given):
        raise ValueError("Please choose from the list.")
    return [str(one) for one in given]


def _labels(options: Sequence[Option], keys: Iterable[object]) -> str:
    """Return the labels of ``keys``; a key that is no longer offered is shown as it is."""
    known = {option.key: option.label for option in options}
    return "\n".join(known.get(str(key), str(key)) for key in keys)


def _require_distinct(key: str, options: Sequence[Option]) -> None:
    if len({option.key for option in options}) < max(2, len(options)):
        raise ValueError(f"{key}: at least two options are needed, each with a key of its own.")
