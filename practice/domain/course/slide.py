"""Slow slide: a loss in steps too small to be seen one at a time."""

from itertools import pairwise

from practice.domain.course.lines import CourseLine, Reading, in_points, said
from practice.domain.course.signals import Signal, SignalKind
from practice.domain.words import number

WEEKLY_SCALE = "csi4"
"""The line of every week; a slide is a matter of weeks."""

LEAST_READINGS = 5
"""From the best answer to the latest, both counted."""

LEAST_DAYS = 21


def slow_slide(line: CourseLine) -> Signal | None:
    """Early sign: small falls that add up to a reliable change from the best of the latest.

    The best of the last eight answers is compared with the latest. It speaks if

    * five answers or more lie from the best to the latest, over three weeks or more;
    * each of the last two is reliably worse than the best: the best of many is partly luck, and
      one low week is not a slide;
    * no single step was reliably worse: that would be a fall, and be seen as one;
    * more steps went down than up.

    Source:
        Our rule; reliable change after Jacobson & Truax (1991). Comparing with the best of several
        answers speaks more often by chance than comparing with the first: hence "early sign".
    """
    run = _since_best(line)
    best, latest = run[0], run[-1]
    days = (latest.on - best.on).days
    if len(run) < LEAST_READINGS or days < LEAST_DAYS:
        return None
    if not all(line.is_worse(reading, best) for reading in run[-2:]):
        return None
    steps = [(before, after) for before, after in pairwise(run)]
    gains = [line.gain(after, before) for before, after in steps]
    if any(line.is_worse(after, before) for before, after in steps):
        return None
    if sum(gain < 0 for gain in gains) <= sum(gain > 0 for gain in gains):
        return None
    values = ", ".join(number(reading.value) for reading in run)
    return Signal(
        SignalKind.SLOW_SLIDE,
        f"{line.name}: a slow slide from the best of the last weeks",
        f"{line.scale_title}: {said(best)}, then down in small steps to {said(latest)} ({values}): "
        f"{in_points(-line.gain(latest, best))} in all. No single step was a reliable change. "
        f"{line.threshold()}",
        f"{len(run)} answers over {days} days",
        best.on,
        line.person_id,
    )


def _since_best(line: CourseLine) -> tuple[Reading, ...]:
    """Return the readings from the best of the recent ones on; of equals, the last."""
    best = max(range(len(line.recent)), key=lambda place: (line.gain(line.recent[place]), place))
    return line.recent[best:]
