"""What was typed into a form, cleaned and measured before it is stored."""

import unicodedata

from practice.domain.texts import tidy
from practice.services.errors import Invalid

LONGEST_NAME = 120
LONGEST_TEXT = 4000


def clean_name(text: str, field: str) -> str:
    """Return a name as it is stored: composed, single spaces.

    Raises:
        Invalid: naming ``field``, if it is empty, too long, or holds unprintable characters.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise Invalid({field: "Enter a name."})
    if len(name) > LONGEST_NAME:
        raise Invalid({field: f"Use at most {LONGEST_NAME} characters."})
    if not name.isprintable():
        raise Invalid({field: "This name holds a character that cannot be printed."})
    return name


def clean_text(text: str, field: str, longest: int = LONGEST_TEXT) -> str:
    """Return a text as it is stored (``practice.domain.texts.tidy``).

    Args:
        text: As it was typed.
        field: What ``Invalid`` names.
        longest: Most characters.

    Raises:
        Invalid: naming ``field``, if it is too long.
    """
    cleaned = tidy(text)
    if len(cleaned) > longest:
        raise Invalid({field: f"Use at most {longest} characters; these are {len(cleaned)}."})
    return cleaned
