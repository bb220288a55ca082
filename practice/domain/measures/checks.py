"""What every part of a questionnaire's definition is checked with."""

import re
from collections.abc import Iterable

KEY_PATTERN = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""Keys are stored beside answers for decades: short, plain, never renamed."""


def require(condition: bool, message: str) -> None:
    """Refuse a definition.

    Raises:
        ValueError: with ``message``, unless ``condition`` holds.
    """
    if not condition:
        raise ValueError(message)


def require_key(key: str, what: str) -> None:
    """Refuse a key that is not a plain name.

    Raises:
        ValueError: naming ``what`` the key is of.
    """
    require(KEY_PATTERN.fullmatch(key) is not None, f"{what} key {key!r} is not a plain name")


def unique(keys: Iterable[str]) -> bool:
    """Whether no key stands twice."""
    listed = list(keys)
    return len(set(listed)) == len(listed)


def refuse(owner: str, what: str, keys: Iterable[str]) -> None:
    """Refuse what somebody handed in, by the names of the keys that are at fault.

    Raises:
        ValueError: if there is any such key; never with an answer or a score.
    """
    named = ", ".join(keys)
    if named:
        raise ValueError(f"{owner}: {what} {named}")
