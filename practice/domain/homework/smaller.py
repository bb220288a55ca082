"""Smaller steps: what a task that was too much can become. Small and often beats big and seldom."""

from dataclasses import dataclass

from practice.domain.homework.definition import Template
from practice.domain.homework.sharing import is_no_wider
from practice.domain.homework.terms import Frequency, GivenTo, frequency_label
from practice.domain.visibility import Audience

_THREE_TIMES = 3


@dataclass(frozen=True, slots=True)
class Size:
    """How much a task asks for."""

    template_key: str
    frequency: Frequency
    times_per_week: int = 1
    """1 to 7; read only for ``SEVERAL_TIMES_A_WEEK``."""

    each_alone: bool = False
    """What was done together becomes something for each of them."""

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


def smaller_sizes(now: Size, other: Size | None = None) -> tuple[Size, ...]:
    """Return what is smaller than ``now``, the nearest step first.

    Fewer times first: every day, three times a week, once a week, once. Then another worksheet
    that asks for less, as often as before. For what is asked for once a week or once that comes
    first: something small that is done beats something big that is given up.

    Args:
        now: How much is asked for at present.
        other: What the worksheet names as asking for less, as often; see ``smaller_worksheet``.
    """
    fewer = tuple(
        size
        for frequency, times in _STEPS
        if (size := Size(now.template_key, frequency, times)).a_week < now.a_week
    )
    if other is None:
        return fewer
    return (other, *fewer) if now.a_week <= 1 else (*fewer, other)


def smaller_worksheet(now: Size, given_to: GivenTo, here: Template, other: Template) -> Size:
    """Return the worksheet ``other`` as a smaller size of ``here``.

    Args:
        now: How much is asked for at present.
        given_to: Whom ``here`` was given to.
        here: The worksheet that is asked for at present.
        other: The one that it names as smaller.
    """
    together = GivenTo.TOGETHER
    apart = given_to is here.for_whom is together and other.for_whom is not together
    return Size(other.key, now.frequency, now.times_per_week, each_alone=apart)


def rule_of_smaller(rule: Audience, other: Template) -> Audience:
    """Return who reads what is written on a smaller worksheet, unless somebody chooses fewer.

    As before; but where partners read it, what ``other`` is meant for, if those are fewer.
    """
    if rule in {Audience.PRIVATE, Audience.THERAPIST}:
        return rule
    return other.default_audience if is_no_wider(other.default_audience, rule) else rule


_A_WEEK = {Frequency.DAILY: 7, Frequency.WEEKLY: 1, Frequency.ONCE: 0}
_STEPS = (
    (Frequency.SEVERAL_TIMES_A_WEEK, _THREE_TIMES),
    (Frequency.WEEKLY, 1),
    (Frequency.ONCE, 1),
)
