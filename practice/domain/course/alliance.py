"""Split alliance: the partners see the sessions very differently."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from practice.domain.course.lines import Reading
from practice.domain.course.signals import Signal, SignalKind

LEAST_RATINGS = 2
LATEST_RATINGS = 3
LEAST_DIFFERENCE = 2.0
"""Of 10 points."""


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """One person's feedback on sessions."""

    person_id: UUID
    name: str
    ratings: tuple[Reading, ...]
    """The mean of the answers after each session, 0 to 10, oldest first."""


def split_alliance(lines: Sequence[FeedbackLine]) -> Signal | None:
    """Early sign: two members' feedback on the sessions lies two points of ten apart.

    Each person's mean over their last three answers is compared, from two answers each on: with
    feedback after every session it can speak by the third. Of three members, the two who lie
    furthest apart are named.

    Source:
        Our rule on our own two questions. That the alliance early on, and its course, go with the
        outcome of couples: Anker et al. (2010), 250 couples.
    """
    known = [line for line in lines if len(line.ratings) >= LEAST_RATINGS]
    pairs = [sorted(pair, key=_mean) for pair in combinations(known, 2)]
    if not pairs:
        return None
    low, high = max(pairs, key=lambda pair: _mean(pair[1]) - _mean(pair[0]))
    apart = _mean(high) - _mean(low)
    if apart < LEAST_DIFFERENCE - 1e-9:
        return None
    counts = [len(_latest(line)) for line in (low, high)]
    return Signal(
        SignalKind.SPLIT_ALLIANCE,
        f"{low.name} sees the sessions less well than {high.name}",
        f"Feedback after the sessions, mean of the latest: {low.name} {_mean(low):.1f}, "
        f"{high.name} {_mean(high):.1f} of 10; {apart:.1f} points apart, where "
        f"{LEAST_DIFFERENCE:g} ask for a look.",
        f"{counts[0]} and {counts[1]} answers",
        min(_latest(line)[0].on for line in (low, high)),
    )


def _latest(line: FeedbackLine) -> tuple[Reading, ...]:
    return line.ratings[-LATEST_RATINGS:]


def _mean(line: FeedbackLine) -> float:
    values = [reading.value for reading in _latest(line)]
    return sum(values) / len(values)
