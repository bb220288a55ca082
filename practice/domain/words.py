"""Days, numbers and lists as people read them: the same on a page, in a report and in a terminal.

British English whatever the machine's locale; a true minus sign; nothing is rounded but for show.
"""

from collections.abc import Sequence
from datetime import date

MONTHS = (
    "January February March April May June July August September October November December"
).split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MINUS = "−"


def day_in_words(day: date, *, year: bool = True) -> str:
    """``4 March 2026``; ``4 March`` without the year."""
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return f"{text} {day.year}" if year else text


def weekday_in_words(day: date, *, year: bool = False) -> str:
    """``Thursday 26 November``; with the year where the day may lie far away."""
    return f"{WEEKDAYS[day.weekday()]} {day_in_words(day, year=year)}"


def short_month(day: date) -> str:
    """``Mar``."""
    return MONTHS[day.month - 1][:3]


def number(value: float) -> str:
    """A score or a difference with at most two decimals: ``49``, ``51.5``, ``−0.25``."""
    return true_minus(f"{value:.2f}".rstrip("0").rstrip("."))


def signed(value: float) -> str:
    """``+8``, ``−3``, ``0``."""
    shown = number(value)
    return shown if shown == "0" or shown.startswith(MINUS) else f"+{shown}"


def true_minus(shown: str) -> str:
    """Return a number's text with a true minus sign; rounding can leave one on a nought."""
    return shown.lstrip("-") if float(shown) == 0 else shown.replace("-", MINUS)


def listed(names: Sequence[str], word: str = "and") -> str:
    """``Ada``, ``Ada and Ben``, ``Ada, Ben and Cy``; an empty text for nobody."""
    *others, last = names or ("",)
    return f"{', '.join(others)} {word} {last}" if others else last


def names_in(words: str) -> list[str]:
    """Return the names that ``listed`` put into words."""
    return words.replace(" and ", ", ").split(", ")


def with_you(names: str) -> str:
    """Put the reader before names said as ``listed`` says them: ``you, Tess and Toni``."""
    return listed(["you", *names_in(names)])


def capital(text: str) -> str:
    """Return ``text`` as it begins a sentence."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Return words as they stand after a colon: ``you and Tess``."""
    return text[:1].lower() + text[1:]
