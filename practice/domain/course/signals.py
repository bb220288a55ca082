"""What a rule of thumb says: which rule, in which words, and why it spoke."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

RULE_OF_THUMB = "A rule of thumb, not a validated prediction."

SOURCES = (
    "The thresholds are our own, built on the reliable change and the cut score of each scale. "
    "Pepping, Halford and Doss (2015) followed 136 couples week by week with rules that experts "
    "had agreed on: these were weak at the third session and right about the outcome for 70 % at "
    "the fourth, hardly better later. So nothing about scores is said before the third answer. "
    "Amber (little gain, one up and the other down, answers missed twice in a row) waits for the "
    "fourth session with the couple; what was missed is said after one answer and two that did "
    "not come, which is the third time of asking. Feedback on the sessions is compared from two "
    "answers of each on, a slow slide from five answers on. A flat stretch after an early gain is "
    "not counted against anybody (Christensen et al., 2004)."
)


class Level(StrEnum):
    """How much a signal asks for."""

    RED = "red"
    AMBER = "amber"
    EARLY = "early"
    """Too early to tell, early enough to ask."""

    GREEN = "green"

    @property
    def label(self) -> str:
        return _LEVELS[self]


class SignalKind(StrEnum):
    """Which rule spoke, in the order in which signals are shown."""

    WORSE = "worse"
    OPPOSITE = "opposite"
    LITTLE_GAIN = "little_gain"
    MISSED = "missed"
    SLOW_SLIDE = "slow_slide"
    SPLIT_ALLIANCE = "split_alliance"
    ON_TRACK = "on_track"

    @property
    def level(self) -> Level:
        return _LEVEL_OF.get(self, Level.AMBER)


@dataclass(frozen=True, slots=True)
class Signal:
    """One rule that spoke."""

    kind: SignalKind
    words: str
    """What was found, in a few words that can be followed by "since" and the day."""

    why: str
    """The numbers behind it, in whole sentences."""

    basis: str
    """How much it rests on: answers and days."""

    since: date
    person_id: UUID | None = None
    """Whom it is about; None: all of them together."""

    @property
    def level(self) -> Level:
        return self.kind.level


_LEVELS = {
    Level.RED: "Not on track",
    Level.AMBER: "Look again",
    Level.EARLY: "Early sign",
    Level.GREEN: "On track",
}
_LEVEL_OF = {
    SignalKind.WORSE: Level.RED,
    SignalKind.SLOW_SLIDE: Level.EARLY,
    SignalKind.SPLIT_ALLIANCE: Level.EARLY,
    SignalKind.ON_TRACK: Level.GREEN,
}
