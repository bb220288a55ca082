"""Reading a note again: what differs between two versions, and words that judge.

Nothing here changes a note or keeps anybody from signing one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Change(StrEnum):
    """What became of some words from one version to the next."""

    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with what became of them."""

    change: Change
    text: str


_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(r"\s+|[^\s]+")


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """Return ``after`` with what was taken out and put in, word by word.

    Lines are compared first and words only within lines that differ, so that a long note takes no
    longer than a short one with as many changes.

    Returns:
        Pieces in reading order. Those that are ``SAME`` or ``OUT`` make up ``before``, those that
        are ``SAME`` or ``IN`` make up ``after``.
    """
    pieces: list[Piece] = []
    old, new = _LINES.findall(before), _LINES.findall(after)
    for tag, i1, i2, j1, j2 in _opcodes(old, new):
        if tag == "equal":
            pieces.append(Piece(Change.SAME, "".join(old[i1:i2])))
        else:
            pieces += _by_words("".join(old[i1:i2]), "".join(new[j1:j2]))
    return _joined(pieces)


def _by_words(before: str, after: str) -> list[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces = []
    for tag, i1, i2, j1, j2 in _opcodes(old, new):
        if tag == "equal":
            pieces.append(Piece(Change.SAME, "".join(old[i1:i2])))
            continue
        pieces.append(Piece(Change.OUT, "".join(old[i1:i2])))
        pieces.append(Piece(Change.IN, "".join(new[j1:j2])))
    return pieces


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new).get_opcodes()


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if found and found[-1].change is piece.change:
            found[-1] = Piece(piece.change, found[-1].text + piece.text)
        else:
            found.append(piece)
    return tuple(found)


DEFAULT_WORDS = """\
always
never
narcissis*
manipulat*
toxic*
gaslight*
borderline
psychopath*
hysteric*
crazy
liar*
lazy
selfish*
abuser*
controlling
passive-aggressive
refuses
obviously
clearly"""
"""Words that judge or claim to know; one a line, a star for any ending."""

NO_WORDS = "-"
"""In place of a list: look for nothing."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A run of text; ``is_label`` where it stands on the list of words that judge."""

    text: str
    is_label: bool


def mark_labels(text: str, words: str) -> tuple[Marked, ...]:
    """Return ``text`` in runs, those set apart that are on the list.

    Args:
        text: What is read.
        words: One word or phrase a line; ``*`` at its end stands for any ending.
    """
    wanted = [one for line in words.splitlines() if (one := line.strip()) and one != NO_WORDS]
    if not wanted:
        return (Marked(text, False),) if text else ()
    either = "|".join(_pattern(one) for one in sorted(wanted, key=len, reverse=True))
    found, end = [], 0
    for match in re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text, re.IGNORECASE):
        found.append(Marked(text[end : match.start()], False))
        found.append(Marked(match.group(), True))
        end = match.end()
    found.append(Marked(text[end:], False))
    return tuple(one for one in found if one.text)


def _pattern(word: str) -> str:
    stem = r"\s+".join(re.escape(part) for part in word.rstrip("*").split())
    return rf"{stem}\w*" if word.endswith("*") and stem else stem or r"(?!)"
