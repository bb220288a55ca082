"""One person's scores on one scale over time, and the words for where they go.

Two different things are kept apart: whether the number *rose or fell*, which anybody can see,
and whether that is *better or worse*, which needs to know the measure's direction and how large
a difference must be before it means anything.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Direction(StrEnum):
    """Where the number went."""

    ROSE = "rose"
    FELL = "fell"
    STEADY = "steady"


class Judgement(StrEnum):
    """What that means."""

    IMPROVING = "improving"
    WORSENING = "worsening"
    NO_RELIABLE_CHANGE = "no_reliable_change"
    """The difference is no larger than errors of measurement explain."""

    NOT_JUDGED = "not_judged"
    """The scale has no published reliable change, or no better end."""

    @property
    def label(self) -> str:
        return _JUDGEMENT_LABELS[self]


@dataclass(frozen=True, slots=True)
class Score:
    """One dated score. ``value`` is None where it was asked for and not given: a gap."""

    person_id: UUID
    scale_key: str
    on: date
    value: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """One person's scores on one scale, oldest first; never empty, gaps kept.

    ``reliable_points`` is the size a difference must *exceed* to be reliable, in scale points;
    None if it is not known. ``higher_is_better`` is None for a scale without a better end.
    """

    scores: tuple[Score, ...]
    higher_is_better: bool | None = None
    reliable_points: float | None = None

    @property
    def person_id(self) -> UUID:
        return self.scores[0].person_id

    @property
    def scale_key(self) -> str:
        return self.scores[0].scale_key

    @property
    def given(self) -> tuple[Score, ...]:
        """The scores without the gaps."""
        return tuple(score for score in self.scores if score.value is not None)

    @property
    def first(self) -> Score | None:
        """The first score given."""
        return self.given[0] if self.given else None

    @property
    def latest(self) -> Score | None:
        """The last score given."""
        return self.given[-1] if self.given else None

    @property
    def previous(self) -> Score | None:
        """The one given before the latest."""
        return self.given[-2] if len(self.given) > 1 else None

    @property
    def difference(self) -> float | None:
        """Latest minus first, in scale points; None with fewer than two scores."""
        return _difference(self.first, self.latest) if len(self.given) > 1 else None

    @property
    def step(self) -> float | None:
        """Latest minus previous, in scale points; None with fewer than two scores."""
        return _difference(self.previous, self.latest)

    @property
    def direction(self) -> Direction | None:
        """Where the number went since the first score; None with fewer than two scores."""
        return _direction(self.difference)

    @property
    def judgement(self) -> Judgement | None:
        """What ``difference`` means; None with fewer than two scores."""
        difference = self.difference
        if difference is None:
            return None
        if self.higher_is_better is None or self.reliable_points is None:
            return Judgement.NOT_JUDGED
        if abs(difference) <= self.reliable_points:
            return Judgement.NO_RELIABLE_CHANGE
        better = (difference > 0) is self.higher_is_better
        return Judgement.IMPROVING if better else Judgement.WORSENING


def build_series(
    scores: Iterable[Score],
    *,
    higher_is_better: bool | None,
    reliable_points: float | None,
) -> Series:
    """Return one person's scores on one scale in order of time.

    Scores of one day keep the order in which they are given.

    Args:
        scores: At least one; all of one person and one scale.
        higher_is_better: None if the scale has no better end.
        reliable_points: Scale points (>= 0) a difference must exceed; None if not known.

    Raises:
        ValueError: if there are no scores, if they belong to different people or scales, or
            if a number is not finite. Scores on different scales are never compared, nor are
            those of two versions of one scale, which have different keys.
    """
    ordered = tuple(sorted(scores, key=lambda score: score.on))
    if len({(score.person_id, score.scale_key) for score in ordered}) != 1:
        raise ValueError("A series needs scores of one person on one scale.")
    if any(score.value is not None and not math.isfinite(score.value) for score in ordered):
        raise ValueError(f"{ordered[0].scale_key}: a score is not a finite number.")
    if reliable_points is not None and not 0 <= reliable_points < math.inf:
        raise ValueError(f"{ordered[0].scale_key}: reliable points must be 0 or more.")
    return Series(ordered, higher_is_better, reliable_points)


def _difference(before: Score | None, after: Score | None) -> float | None:
    if before is None or after is None or before.value is None or after.value is None:
        return None
    return after.value - before.value


def _direction(difference: float | None) -> Direction | None:
    if difference is None:
        return None
    if math.isclose(difference, 0, abs_tol=1e-9):
        return Direction.STEADY
    return Direction.ROSE if difference > 0 else Direction.FELL


_JUDGEMENT_LABELS = {
    Judgement.IMPROVING: "improving",
    Judgement.WORSENING: "worsening",
    Judgement.NO_RELIABLE_CHANGE: "no reliable change",
    Judgement.NOT_JUDGED: "not judged",
}
