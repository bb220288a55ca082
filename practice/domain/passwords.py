"""What a password must be: long, and not what somebody who knows you would try first.

No rule asks for capitals, digits or signs: such rules make people write "Password1!" and are
advised against (OWASP ASVS 5.0, 6.2.5). Length helps, and refusing what guessing starts with.
"""

import re
import unicodedata
from collections.abc import Iterable

from practice.domain.common_passwords import COMMON

SHORTEST = 12
"""Characters."""

LONGEST = 128
"""Characters; longer ones would only make the slow hash a way to keep the server busy."""

ADVICE = (
    "At least 12 characters. Three or four words that do not belong together are easy to "
    "remember and hard to guess. Capitals, digits and signs are welcome, not required."
)

TOO_SHORT = "Use at least 12 characters; three or four words do well."
TOO_LONG = "Use at most 128 characters."
REPEATS = "This repeats itself and is soon guessed. Try three or four different words."
RUNS = "This follows the keyboard or the alphabet. Try three or four different words."
WELL_KNOWN = "This is one of the first passwords people try. Add two words that do not belong."
ABOUT_YOU = "Leave out your name and your sign-in name; people who know you would try them."

_DIFFERENT_AT_LEAST = 5
_LEFT_AT_LEAST = 4
_NAME_AT_LEAST = 4
_RUN_SHARE = 0.7
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_MORE_ROWS = ("qwertzuiop", "yxcvbnm", "azertyuiop", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p")
_NEXT = frozenset(
    row[place : place + 2] for row in (*_ROWS, *_MORE_ROWS) for place in range(len(row) - 1)
)
_STANDS_FOR = str.maketrans("0134578@$!+", "oieastbasit")


def normal(password: str) -> str:
    """Return a password as it is hashed: the same however a keyboard composed its accents."""
    # The hash takes no NUL; what stands for it here is as good as any other wrong character.
    return unicodedata.normalize("NFKC", password).replace("\0", "\N{REPLACEMENT CHARACTER}")


def problem(password: str, about: Iterable[str] = ()) -> str | None:
    """Say why a password cannot be used, or return None when it can.

    Args:
        password: As it was typed.
        about: Names of its owner (the person's name, the sign-in name), which it may not contain.

    Returns:
        A sentence for the owner, saying what to do; it never repeats the password.
    """
    text = normal(password).casefold()
    if len(text) < SHORTEST:
        return TOO_SHORT
    if len(text) > LONGEST:
        return TOO_LONG
    if len(set(text)) < _DIFFERENT_AT_LEAST or _is_repetition(text):
        return REPEATS
    if _run_share(text) >= _RUN_SHARE:
        return RUNS
    spellings = {_letters(text), _letters(text.translate(_STANDS_FOR))}
    if any(name in letters for name in _names(about) for letters in spellings):
        return ABOUT_YOU
    if any(_is_well_known(letters) for letters in spellings):
        return WELL_KNOWN
    return None


def _is_repetition(text: str) -> bool:
    """Whether the text is one block written twice or more ("lamp lamp lamp ")."""
    return text in (text + text)[1:-1]


def _run_share(text: str) -> float:
    """Return which part of neighbouring characters are neighbours on a keyboard row too, 0 to 1."""
    pairs = [text[place : place + 2] for place in range(len(text) - 1)]
    following = sum(pair in _NEXT or pair[::-1] in _NEXT for pair in pairs)
    return following / len(pairs)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


def _names(about: Iterable[str]) -> set[str]:
    """Return the parts of names that are long enough to be sure of; an address without its host."""
    parts = {
        part
        for text in about
        for part in re.split(r"[\W\d_]+", normal(text).casefold().split("@")[0])
    }
    return {part for part in parts if len(part) >= _NAME_AT_LEAST}


def _is_well_known(letters: str) -> bool:
    """Whether next to nothing is left once the well-known words are taken out."""
    left = letters
    for word in sorted(COMMON, key=lambda word: (-len(word), word)):
        left = left.replace(word, "")
    return left != letters and len(left) < _LEFT_AT_LEAST
