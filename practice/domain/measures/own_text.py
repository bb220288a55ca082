"""Questions and answers as somebody types them, one a line, and back."""

import re

from practice.domain.measures.definition import Choice
from practice.domain.measures.own import OwnItem

REVERSED = "[reversed]"
"""At the end of a line: the row of answers counts the other way round for this question."""

_ANSWER = re.compile(r"(-?\d{1,6})\s*[.:=)–-]?\s+(\S.*)")


class LineProblem(ValueError):
    """A line that cannot be read; the message names it."""


def items_from(text: str) -> tuple[OwnItem, ...]:
    """Read questions, one a line; empty lines part nothing and are left out."""
    return tuple(_item(line) for _, line in _lines(text))


def answers_from(text: str) -> tuple[Choice, ...]:
    """Read answers, one a line: a whole number, then words.

    Raises:
        LineProblem: naming the first line that is none.
    """
    found = []
    for place, line in _lines(text):
        parts = _ANSWER.fullmatch(line)
        if parts is None:
            raise LineProblem(
                f"Line {place} of the answers: begin with a whole number and go on with words, "
                "such as “0 Not at all”."
            )
        found.append(Choice(int(parts.group(1)), " ".join(parts.group(2).split())))
    return tuple(found)


def text_of_items(items: tuple[OwnItem, ...]) -> str:
    """Return the lines that ``items_from`` reads."""
    return "\n".join(f"{one.text} {REVERSED}" if one.reverse else one.text for one in items)


def text_of_answers(answers: tuple[Choice, ...]) -> str:
    """Return the lines that ``answers_from`` reads."""
    return "\n".join(f"{choice.value} {choice.label}" for choice in answers)


def _item(line: str) -> OwnItem:
    turned = line.lower().endswith(REVERSED)
    text = line[: -len(REVERSED)] if turned else line
    return OwnItem(" ".join(text.split()), turned)


def _lines(text: str) -> list[tuple[int, str]]:
    """Return what stands in each line that is not empty, with its number from 1."""
    numbered = enumerate(re.split(r"\r\n|\r|\n", text), start=1)
    return [(place, line.strip()) for place, line in numbered if line.strip()]
