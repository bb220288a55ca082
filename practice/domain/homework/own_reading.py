"""Reads what somebody typed of a worksheet of the practice's own, and gathers what is wrong."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from practice.domain.texts import tidy

LINE_LIMIT = 300
TEXT_LIMIT = 2000
"""Characters of a line, and of a longer text."""


class SheetProblems(ValueError):
    """What needs another look; holds no word of what was typed.

    Attributes:
        errors: A message by field; ``questions-2-prompt`` is the prompt of the third question.
    """

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(f"{name}: {message}" for name, message in self.errors.items()))


class Reading:
    """Reads what was typed and gathers what needs another look."""

    def __init__(self) -> None:
        self.errors: dict[str, str] = {}

    def line(self, name: str, typed: str, missing: str = "", limit: int = LINE_LIMIT) -> str:
        """One line: composed, single spaces, nothing that cannot be printed."""
        text = " ".join(tidy(unicodedata.normalize("NFC", typed)).split())
        return self._measured(name, text, missing, limit)

    def text(self, name: str, typed: str, missing: str = "") -> str:
        return self._measured(name, tidy(unicodedata.normalize("NFC", typed)), missing, TEXT_LIMIT)

    def _measured(self, name: str, text: str, missing: str, limit: int) -> str:
        if missing and not text:
            self.errors.setdefault(name, missing)
        if len(text) > limit:
            self.errors.setdefault(name, f"There is room for {limit:,} characters.")
        return text

    def lines(self, name: str, typed: str, most: int, limit: int) -> tuple[str, ...]:
        if len(typed) > (most + 1) * (limit + 2) * 2:
            self.errors[name] = f"There is room for {most} lines of {limit} characters."
            return ()
        found = [" ".join(one.split()) for one in tidy(typed).split("\n") if one.strip()]
        if len(found) > most:
            self.errors.setdefault(name, f"There is room for {most} lines.")
        for number, one in enumerate(found, start=1):
            if len(one) > limit:
                self.errors.setdefault(
                    name, f"Line {number} has {len(one):,} characters; there is room for {limit}."
                )
        return tuple(unicodedata.normalize("NFC", one) for one in found)

    def number(self, name: str, typed: str, offered: range, wrong: str) -> int:
        text = typed.strip()
        # int() alone would take "1_0", other scripts' digits and whole novels.
        value = int(text) if re.fullmatch(r"-?[0-9]{1,3}", text) else None
        if value is None or value not in offered:
            self.errors.setdefault(
                name, f"{wrong} A whole number from {offered[0]} to {offered[-1]}."
            )
            return offered[0]
        return value

    def one(self, name: str, typed: str, words: Callable[[str], object], preset: object) -> Any:
        try:
            return words(typed)
        except ValueError:
            self.errors.setdefault(name, "Choose one of these.")
            return preset

    def several(
        self, name: str, typed: tuple[str, ...], words: Callable[[str], object]
    ) -> tuple[Any, ...]:
        try:
            return tuple(dict.fromkeys(words(one) for one in typed))
        except ValueError:
            self.errors.setdefault(name, "Choose from the list.")
            return ()
