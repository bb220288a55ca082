"""What somebody typed, as it is stored: plain line breaks and nothing a reader could not see."""

import unicodedata


def tidy(text: str) -> str:
    """Return ``text`` trimmed, with one kind of line break and without control characters.

    Browsers send two signs for a line break. Control characters and halves of surrogate pairs
    carry nothing a reader could see, and databases, pages and PDF refuse some of them.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign for sign in plain if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")
    ).strip()
