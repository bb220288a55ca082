"""All rules of thumb over one couple, with what gives way to what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from practice.domain.course.alliance import FeedbackLine, split_alliance
from practice.domain.course.lines import CourseLine
from practice.domain.course.signals import Signal, SignalKind
from practice.domain.course.slide import WEEKLY_SCALE, slow_slide
from practice.domain.course.track import (
    by_person,
    judged,
    little_gain,
    missed_twice,
    on_track,
    opposite_ways,
    worse_than_at_the_start,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseSituation:
    """What the rules need to know of one couple in care."""

    lines: tuple[CourseLine, ...]
    """Satisfaction of the present members; each person's scales in the order of preference."""

    sessions_held: int = 0
    """With the couple, not with one member."""

    third_session_on: date | None = None
    feedback: tuple[FeedbackLine, ...] = ()


def signals_for(couple: CourseSituation) -> tuple[Signal, ...]:
    """Return what the rules of thumb say, in the order of ``SignalKind``.

    About one person the gravest of red, amber for little gain and green is said, and a slide only
    where there is no red. Where one is better and the other worse, that is said beside each
    person's own.
    """
    found = [signal for lines in by_person(couple.lines) for signal in _of_person(couple, lines)]
    found += _of_all(couple)
    order = list(SignalKind)
    return tuple(sorted(found, key=lambda signal: order.index(signal.kind)))


def _of_person(couple: CourseSituation, lines: Sequence[CourseLine]) -> Iterator[Signal]:
    gone = missed_twice(lines, sessions_held=couple.sessions_held)
    if gone is not None:
        yield gone
    worse = next(filter(None, map(worse_than_at_the_start, lines)), None)
    if worse is not None:
        yield worse
        return
    slides = (slow_slide(line) for line in lines if line.scale_key == WEEKLY_SCALE)
    yield from filter(None, slides)
    line = judged(lines)
    if line is None:
        return
    stuck = little_gain(
        line, sessions_held=couple.sessions_held, third_session_on=couple.third_session_on
    )
    state = stuck or on_track(line)
    if state is not None:
        yield state


def _of_all(couple: CourseSituation) -> Iterator[Signal]:
    scales = dict.fromkeys(line.scale_key for line in couple.lines)
    apart = (
        opposite_ways(
            [line for line in couple.lines if line.scale_key == key],
            sessions_held=couple.sessions_held,
        )
        for key in scales
    )
    first = next(filter(None, apart), None)
    if first is not None:
        yield first
    split = split_alliance(couple.feedback)
    if split is not None:
        yield split
