"""A board of signs: each sign by itself, first and latest, and never a total."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from practice.domain.measures.definition import Item, Measure


class Movement(StrEnum):
    """How often a sign is there now, compared with the first time; not whether that is good."""

    MORE = "more"
    LESS = "less"
    SAME = "same"

    @property
    def words(self) -> str:
        return _WORDS[self]

    @property
    def arrow(self) -> str:
        return _ARROWS[self]


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of one person."""

    key: str
    title: str
    first: str
    """The answer in words."""

    latest: str
    movement: Movement | None
    """None with one answer: there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Board:
    """All signs of one person, at first and at the latest."""

    first_on: date
    latest_on: date
    count: int
    """How often the person answered."""

    signs: tuple[Sign, ...]
    often: str
    """The least answer that counts as being there, in words."""

    there_first: int
    """How many signs were there so often at first: a count of signs, not a score."""

    there_latest: int


def board_of(measure: Measure, answers: Sequence[tuple[date, Mapping[str, float]]]) -> Board | None:
    """Put one person's answers on a board; None without an answer.

    Args:
        measure: A board of signs: each scale is one item.
        answers: Day and score by scale key, oldest first; every sign of every answer.

    Raises:
        KeyError: if an answer lacks a sign.
        ValueError: if the measure is not a board.
    """
    if not measure.board:
        raise ValueError(f"{measure.key}: this is not a board of signs")
    if not answers:
        return None
    (first_on, first), (latest_on, latest) = answers[0], answers[-1]
    items = {scale.key: measure.item(scale.item_keys[0]) for scale in measure.scales}
    signs = tuple(
        Sign(
            scale.key,
            scale.title,
            _label(items[scale.key], first[scale.key]),
            _label(items[scale.key], latest[scale.key]),
            _movement(first[scale.key], latest[scale.key]) if len(answers) > 1 else None,
        )
        for scale in measure.scales
    )
    return Board(
        first_on=first_on,
        latest_on=latest_on,
        count=len(answers),
        signs=signs,
        often=_often(next(iter(items.values())))[1],
        there_first=_there(items, first),
        there_latest=_there(items, latest),
    )


def _movement(first: float, latest: float) -> Movement:
    if first == latest:
        return Movement.SAME
    return Movement.MORE if latest > first else Movement.LESS


def _label(item: Item, value: float) -> str:
    return next((choice.label for choice in item.choices if choice.value == value), f"{value:g}")


def _often(item: Item) -> tuple[int, str]:
    """Return value and words of the second highest answer: from there on a sign counts as there."""
    choice = sorted(item.choices, key=lambda one: one.value)[-2]
    return choice.value, choice.label


def _there(items: Mapping[str, Item], values: Mapping[str, float]) -> int:
    return sum(values[key] >= _often(item)[0] for key, item in items.items())


_WORDS = {
    Movement.MORE: "more often",
    Movement.LESS: "less often",
    Movement.SAME: "the same",
}
_ARROWS = {Movement.MORE: "↑", Movement.LESS: "↓", Movement.SAME: "="}
