"""Figures, days and counts in the words of a report."""

from datetime import date

from practice.domain.words import capital, listed, number, short_month, signed, true_minus
from practice.domain.words import day_in_words as day

__all__ = [
    "capital",
    "count",
    "day",
    "decimal",
    "kept",
    "listed",
    "number",
    "parts_of",
    "percent",
    "share",
    "short_day",
    "shortened",
    "signed",
]

_NO_BREAK = "\u00a0"
_SMALL = "no one two three four five six seven eight nine ten eleven twelve".split()


def decimal(value: float, places: int = 1) -> str:
    """Return a figure with a fixed number of decimals and a true minus sign."""
    return true_minus(f"{value:.{places}f}")


def count(amount: int, one: str, many: str = "") -> str:
    """``no sessions``, ``one session``, ``twelve sessions``, ``13 sessions``.

    Args:
        amount: How many, >= 0.
        one: The word for a single one.
        many: The word for several; ``one`` with an "s" if left out.
    """
    words = _SMALL[amount] if amount < len(_SMALL) else str(amount)
    return f"{words} {one if amount == 1 else many or one + 's'}"


def share(part: int, whole: int) -> str:
    """``9 of 12``, never parted at the end of a line."""
    return kept(f"{part} of {whole}")


def kept(text: str) -> str:
    """Return ``text`` so that no line ends within it."""
    return text.replace(" ", _NO_BREAK)


def short_day(value: date) -> str:
    """A day for a table: ``4 Mar 2026``, in one line."""
    return kept(f"{value.day} {short_month(value)} {value.year}")


def percent(part: int, whole: int) -> str:
    """A share in whole per cent; ``whole`` must not be 0."""
    return f"{100 * part / whole:.0f} %"


def shortened(text: str, limit: int = 300) -> str:
    """Return ``text`` in one line, and say so where it had to be shortened.

    Args:
        text: Anybody's words.
        limit: Most characters that are kept.
    """
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit].rstrip()} … (shortened)"


def parts_of(text: str, limit: int = 1000) -> list[str]:
    """Return the paragraphs of somebody's text, long ones parted so that each fits on a page.

    A paragraph that crosses a page is torn in two for a screen reader.

    Args:
        text: Anybody's words; line breaks part paragraphs.
        limit: Most characters of a part. It is parted at a space where there is one.
    """
    parts = []
    for line in text.splitlines():
        rest = " ".join(line.split())
        while len(rest) > limit:
            end = rest.rfind(" ", limit // 2, limit + 1)
            end = end if end > 0 else limit
            parts.append(rest[:end].rstrip())
            rest = rest[end:].lstrip()
        if rest:
            parts.append(rest)
    return parts
