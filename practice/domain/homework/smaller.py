"""Smaller steps: what a task that was too much can become. Small and often beats big and seldom."""

from dataclasses import dataclass

from practice.domain.homework.terms import Frequency, frequency_label

_THREE_TIMES = 3


@dataclass(frozen=True, slots=True)
class Size:
    """How much a task asks for."""

    template_key: str
    frequency: Frequency
    times_per_week: int = 1
    """1 to 7; read only for ``SEVERAL_TIMES_A_WEEK``."""

    @property
    def a_week(self) -> int:
        """How many times a week it asks for; 0: once, and then no more."""
        if self.frequency is Frequency.SEVERAL_TIMES_A_WEEK:
            return self.times_per_week
        return _A_WEEK[self.frequency]

    @property
    def how_often(self) -> str:
        """For instance ``3 times a week``."""
        return frequency_label(self.frequency, self.times_per_week)


def smaller_sizes(now: Size, smaller_key: str | None = None) -> tuple[Size, ...]:
    """Return what is smaller than ``now``, the nearest step first.

    Fewer times first: every day, three times a week, once a week, once. Last another worksheet
    that asks for less, as often as before; what is asked for once can become nothing else.

    Args:
        now: How much is asked for at present.
        smaller_key: Key of a worksheet that asks for less, as ``Template.smaller`` names it.
    """
    steps = [
        Size(now.template_key, frequency, times)
        for frequency, times in _STEPS
        if Size(now.template_key, frequency, times).a_week < now.a_week
    ]
    if smaller_key is not None:
        steps.append(Size(smaller_key, now.frequency, now.times_per_week))
    return tuple(steps)


_A_WEEK = {Frequency.DAILY: 7, Frequency.WEEKLY: 1, Frequency.ONCE: 0}
_STEPS = (
    (Frequency.SEVERAL_TIMES_A_WEEK, _THREE_TIMES),
    (Frequency.WEEKLY, 1),
    (Frequency.ONCE, 1),
)
