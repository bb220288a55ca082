"""How a piece of homework went, as it is talked about afterwards.

A review says it to the next step, not about a person: what got in the way leads to a smaller task.
``HomeworkReview`` is what a therapist writes in a note; a member's own view (``View``) has the same
words, so that both can stand side by side.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from practice.domain.homework.terms import Outcome

LOWEST, HIGHEST = 0, 10
"""Ends of the three scales. A rule of this program: the scales have no norm and no index."""

LONGEST_WORDS = 2_000
"""Characters of what somebody adds in words."""


class Scale(StrEnum):
    """What of a task is rated from 0 to 10, by eye."""

    QUALITY = "quality"
    DIFFICULTY = "difficulty"
    HELPFULNESS = "helpfulness"

    @property
    def label(self) -> str:
        return {"quality": "How well", "difficulty": "How hard", "helpfulness": "How helpful"}[self]

    @property
    def anchors(self) -> tuple[str, str]:
        """What 0 and 10 mean."""
        return _ANCHORS[self]

    def choice(self, number: int) -> str:
        """Return a number with its anchor, where it has one."""
        words = {LOWEST: self.anchors[0], HIGHEST: self.anchors[1]}.get(number)
        return f"{number}: {words}" if words else str(number)


class Barrier(StrEnum):
    """What got in the way, in plain words; none of them is a fault."""

    NO_TIME = "no_time"
    TOO_TIRED = "too_tired"
    FORGOT = "forgot"
    TOO_HARD = "too_hard"
    DID_NOT_WANT_TO = "did_not_want_to"
    AFRAID = "afraid"
    QUARREL = "quarrel"
    CIRCUMSTANCES = "circumstances"
    DID_NOT_HELP = "did_not_help"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _BARRIERS[self]

    @property
    def asks_for_safety(self) -> bool:
        """Whether to think of safety first, before any smaller task."""
        return self is Barrier.AFRAID


class Reviewed(StrEnum):
    """How far it came, as it was said in the session: ``Outcome``, and two older words.

    The older words stand in signed notes, which go on saying what they said.
    """

    DONE = "done"
    PARTLY = "partly"
    NOT_THIS_TIME = "not_this_time"
    NOT_YET = "not_yet"
    CARRIED_OVER = "carried_over"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def is_offered(self) -> bool:
        """Whether it can be chosen today."""
        return self.value in {one.value for one in Outcome}


@dataclass(frozen=True, slots=True)
class View:
    """How a task was, on three scales and in words; anything may be left out."""

    quality: int | None = None
    difficulty: int | None = None
    helpfulness: int | None = None
    barrier: Barrier | None = None
    words: str = ""

    def __post_init__(self) -> None:
        for scale, number in self.numbers.items():
            if not LOWEST <= number <= HIGHEST:
                raise ValueError(f"{scale} goes from {LOWEST} to {HIGHEST}.")

    @property
    def numbers(self) -> dict[Scale, int]:
        """The scales somebody gave a number on, in their order."""
        found = ((one, getattr(self, one.value)) for one in Scale)
        return {scale: number for scale, number in found if number is not None}

    @property
    def is_empty(self) -> bool:
        return not (self.numbers or self.barrier or self.words)

    @property
    def lines(self) -> tuple[str, ...]:
        """What was said, a line each: numbers together, then what got in the way, then words."""
        numbers = ", ".join(
            f"{scale.label.lower()} {number} of {HIGHEST}" for scale, number in self.numbers.items()
        )
        barrier = f"In the way: {self.barrier.label.lower()}" if self.barrier else ""
        found = (numbers[:1].upper() + numbers[1:], barrier, self.words)
        return tuple(one for one in found if one)


NOTHING_SAID = View()


@dataclass(frozen=True, slots=True)
class HomeworkReview:
    """What came of one assignment, under the title it had then."""

    title: str
    outcome: Reviewed | None
    view: View = NOTHING_SAID

    @property
    def is_empty(self) -> bool:
        return self.outcome is None and self.view.is_empty

    @property
    def text(self) -> str:
        """It all in plain words, below one another."""
        outcome = self.outcome.label.lower() if self.outcome else ""
        first = f"{self.title}: {outcome}" if outcome else f"{self.title}:"
        return "\n".join((first, *self.view.lines))


def as_stored(view: View) -> dict[str, Any]:
    """Return what was said as it is sealed; what was left out is left out."""
    found: dict[str, Any] = {scale.value: number for scale, number in view.numbers.items()}
    if view.barrier:
        found["barrier"] = view.barrier.value
    if view.words:
        found["words"] = view.words
    return found


def from_stored(stored: Mapping[str, Any]) -> View:
    """Return what ``as_stored`` made; what is not there was not said."""
    barrier = stored.get("barrier")
    return View(
        **{scale.value: stored.get(scale.value) for scale in Scale},
        barrier=Barrier(barrier) if barrier else None,
        words=stored.get("words", ""),
    )


_ANCHORS: Mapping[Scale, tuple[str, str]] = {
    Scale.QUALITY: ("hardly as it was meant", "just as it was meant"),
    Scale.DIFFICULTY: ("very easy", "too hard"),
    Scale.HELPFULNESS: ("no help", "a great help"),
}
_BARRIERS: Mapping[Barrier, str] = {
    Barrier.NO_TIME: "No time",
    Barrier.TOO_TIRED: "Too tired",
    Barrier.FORGOT: "Forgot",
    Barrier.TOO_HARD: "Too hard",
    Barrier.DID_NOT_WANT_TO: "Did not want to",
    Barrier.AFRAID: "Afraid of how the other would take it",
    Barrier.QUARREL: "A quarrel",
    Barrier.CIRCUMSTANCES: "Illness, children or work",
    Barrier.DID_NOT_HELP: "It did not help",
    Barrier.OTHER: "Something else",
}
