"""Seals what was typed into a form and not saved, for the minutes until its author is back."""

import base64
import json
from collections.abc import Sequence

from practice.models.sealing import SealError, key_ring

Fields = Sequence[tuple[str, str]]


def seal(fields: Fields, *, owner: str, path: str) -> str:
    """Return the fields sealed to ``owner`` and ``path``, as text for a session.

    Args:
        fields: Names and values as the browser sent them, in their order.
        owner: Who typed them, by a mark that is no name.
        path: The page they belong to.
    """
    sealed = key_ring().seal(json.dumps(list(fields)), _place(owner, path))
    return base64.b64encode(sealed).decode()


def unseal(sealed: str, *, owner: str, path: str) -> list[tuple[str, str]]:
    """Return the fields; nothing where they were sealed to somebody else or another page."""
    try:
        fields = json.loads(key_ring().open(base64.b64decode(sealed), _place(owner, path)))
    except (SealError, ValueError):
        return []
    return [(name, value) for name, value in fields]


def _place(owner: str, path: str) -> str:
    return f"typed:{owner}:{path}"
