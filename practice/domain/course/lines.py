"""One person's answers on one scale, as the rules of thumb read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.change import Criteria
from practice.domain.change.criteria import is_reliable, points_of
from practice.domain.measures.definition import Cut, Norms, PublishedChange
from practice.domain.words import day_in_words, number

RECENT = 8
"""How many of the latest answers a rule looks at, beside the first: two months of weeks."""

LEAST_ANSWERS = 3
"""No rule speaks of a line before its third answer."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A score that was given."""

    on: date
    value: float
    """In scale points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLine:
    """The first answer of one person on one scale, and the latest ones."""

    person_id: UUID
    name: str
    """As the page calls them."""

    scale_key: str
    scale_title: str
    criteria: Criteria
    origin: Norms | PublishedChange
    """Where the reliable change of ``criteria`` comes from."""

    cut: Cut | None
    """The cut score of ``criteria`` with its source."""

    first: Reading
    recent: tuple[Reading, ...]
    """The latest answers, at most ``RECENT``, oldest first; never empty, and with few answers the
    first is among them."""

    count: int
    """All answers, those between ``first`` and ``recent`` too."""

    missed: tuple[date, ...] = ()
    """Days after the latest answer by which one was asked for and not given, oldest first."""

    def __post_init__(self) -> None:
        if not 0 < len(self.recent) <= min(RECENT, self.count):
            raise ValueError(f"{self.scale_key}: a line needs 1 to {RECENT} of its latest answers")

    @property
    def latest(self) -> Reading:
        return self.recent[-1]

    @property
    def is_enough(self) -> bool:
        """Whether there are as many answers as every rule needs."""
        return self.count >= LEAST_ANSWERS

    @property
    def points(self) -> float:
        """The reliable change, in scale points."""
        return points_of(self.criteria)

    @property
    def basis(self) -> str:
        """How much the line rests on: ``5 answers over 34 days``."""
        days = (self.latest.on - self.first.on).days
        return f"{self.count} answers over {days} {'day' if days == 1 else 'days'}"

    def gain(self, reading: Reading, start: Reading | None = None) -> float:
        """Return how much better ``reading`` is than the start, in scale points; below 0: worse.

        Args:
            reading: The later answer.
            start: What it is compared with; None: the first.
        """
        difference = reading.value - (start or self.first).value
        return difference if self.criteria.higher_is_better else -difference

    def is_better(self, reading: Reading, start: Reading | None = None) -> bool:
        """Whether ``reading`` is reliably better than the start; arguments as for ``gain``."""
        gain = self.gain(reading, start)
        return gain > 0 and is_reliable(gain, self.criteria)

    def is_worse(self, reading: Reading, start: Reading | None = None) -> bool:
        """Whether ``reading`` is reliably worse than the start; arguments as for ``gain``."""
        gain = self.gain(reading, start)
        return gain < 0 and is_reliable(gain, self.criteria)

    def threshold(self) -> str:
        """Say how large a reliable change is, whose figure that is, and how sure we are of it."""
        published = self.criteria.published
        source = f"{self.origin.source}{self.origin.certainty.mark}"
        if published is not None and published.at_least:
            return f"A reliable change is {in_points(published.points)} or more: {source}."
        return f"A reliable change is more than {in_points(self.points)}: {source}."


def line_of(
    given: Sequence[Reading],
    *,
    person_id: UUID,
    name: str,
    scale_key: str,
    scale_title: str,
    criteria: Criteria,
    origin: Norms | PublishedChange,
    cut: Cut | None,
    missed: Iterable[date] = (),
) -> CourseLine | None:
    """Return the line of all of a person's answers on one scale; None without an answer.

    Args:
        given: All answers, oldest first; none that was superseded.
        person_id: Whose they are.
        name: As the page calls them.
        scale_key: Of the scale.
        scale_title: What the scale is called in a sentence.
        criteria: What a change on it is judged by.
        origin: Where the reliable change of ``criteria`` comes from.
        cut: The cut score of ``criteria`` with its source.
        missed: Days by which an answer was asked for and not given, in any order.
    """
    if not given:
        return None
    return CourseLine(
        person_id=person_id,
        name=name,
        scale_key=scale_key,
        scale_title=scale_title,
        criteria=criteria,
        origin=origin,
        cut=cut,
        first=given[0],
        recent=tuple(given[-RECENT:]),
        count=len(given),
        missed=tuple(sorted({day for day in missed if day > given[-1].on})),
    )


def in_points(amount: float) -> str:
    """``1 point``, ``6.66 points``."""
    rounded = round(amount, 2)
    return f"{number(rounded)} {'point' if rounded == 1 else 'points'}"


def said(reading: Reading) -> str:
    """``34 on 4 March 2026``."""
    return f"{number(reading.value)} on {day_in_words(reading.on)}"
