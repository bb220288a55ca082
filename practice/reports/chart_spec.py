"""What a chart of scores over time has to show, before anything is placed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

from practice.domain.words import listed

Point = tuple[date, float | None]
"""A day and the score of that day; None when an answer was asked for and is missing."""


@dataclass(frozen=True, slots=True)
class Week:
    """What one person did of the homework of one week.

    Attributes:
        first: First day of the week.
        done: Occasions done, never more than ``due``.
        due: Occasions due, > 0; a week in which nothing was due is left out.
    """

    first: date
    done: int
    due: int

    def __post_init__(self) -> None:
        if not 0 <= self.done <= self.due or self.due == 0:
            raise ValueError(f"homework: {self.done} of {self.due} cannot be done")


def starts_of(given: Sequence[tuple[date, int]], versions: Iterable[int]) -> tuple[date, ...]:
    """Return from which days on a person answered each later wording: ``ChartSeries.starts``.

    Args:
        given: Day and version of each of the person's scores, oldest first; no version follows a
            later one.
        versions: All versions that anybody in the chart answered. Whoever began with a later one
            has a day for each of those before.
    """
    later = sorted(set(versions))[1:]
    return tuple(
        next(day for day, answered in given if answered >= version)
        for version in later
        if any(answered >= version for _, answered in given)
    )


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One person's scores.

    Attributes:
        name: As the person is called on the page.
        position: Place in the couple, 1 to 4; it decides mark, colour and dash.
        points: Days and scores, in scale points; any order, several a day allowed.
        band: Reliable-change band around the person's own first score, as the lowest and the
            highest score that are not a reliable change, in scale points; None if not known.
        starts: Days from which on the questions had a new wording. Scores before and after are
            not compared: the line breaks there, and words and band begin with the last of them.
        notes: Days with a word for that day's cell of the table, such as "on paper".
        homework: Weeks in which homework was due.
    """

    name: str
    position: int
    points: tuple[Point, ...]
    band: tuple[float, float] | None = None
    starts: tuple[date, ...] = ()
    notes: tuple[tuple[date, str], ...] = ()
    homework: tuple[Week, ...] = ()

    def version(self, day: date) -> int:
        """Return how many new wordings there had been on ``day``."""
        return sum(start <= day for start in self.starts)

    def current(self) -> tuple[tuple[date, float], ...]:
        """Return the days with a score under the wording answered last, in order."""
        given = self.answered()
        return tuple(one for one in given if self.version(one[0]) == self.version(given[-1][0]))

    def in_order(self) -> tuple[Point, ...]:
        """Return the points by day; those of one day keep their order."""
        return tuple(sorted(self.points, key=lambda point: point[0]))

    def answered(self) -> tuple[tuple[date, float], ...]:
        """Return only the days with a score, in order."""
        return tuple((day, score) for day, score in self.in_order() if score is not None)


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """One measure of one couple over time.

    Attributes:
        title: What is shown, as a heading would say it.
        scale_title: The scale with its range, such as "CSI-16, 0 to 81".
        low: Lowest possible score, in scale points.
        high: Highest possible score, in scale points.
        higher_is_better: Which side of the cut score is the better one.
        series: One for each person, in the order the couple was entered.
        cut: Published cut score, in scale points; None where there is none.
        cut_label: What the cut score is called, in a word or two.
        sessions: Days of sessions with the couple.
        alone: Days of sessions with one member, as far as every reader may know of them.
        events: Days and what happened, in a few words.
        shows_distance: Whether the distance between two people is drawn and said; only for
            readers who may see the scores of both.
        counts_missing: Whether the words count what was not answered; the table says it anyway.

    Raises:
        ValueError: if the range is empty, a score, band or cut lies outside it, or two series
            have the same position.
    """

    title: str
    scale_title: str
    low: float
    high: float
    higher_is_better: bool
    series: tuple[ChartSeries, ...]
    cut: float | None = None
    cut_label: str = "cut"
    sessions: tuple[date, ...] = ()
    events: tuple[tuple[date, str], ...] = ()
    alone: tuple[date, ...] = ()
    shows_distance: bool = False
    counts_missing: bool = True

    def __post_init__(self) -> None:
        if not (isfinite(self.low) and isfinite(self.high) and self.low < self.high):
            raise ValueError(f"{self.title}: a scale cannot run from {self.low} to {self.high}.")
        positions = [series.position for series in self.series]
        if len(set(positions)) < len(positions) or not set(positions) <= {1, 2, 3, 4}:
            raise ValueError(f"{self.title}: positions must be different and between 1 and 4.")
        if self.cut is not None:
            self._require_on_scale(self.cut, self.cut_label)
        for series in self.series:
            for day, score in series.answered():
                self._require_on_scale(score, f"{series.name}, {day.isoformat()}")
            if series.band is not None and not series.band[0] <= series.band[1]:
                raise ValueError(f"{self.title}, {series.name}: a band runs from low to high.")

    def _require_on_scale(self, score: float, where: str) -> None:
        if not (isfinite(score) and self.low <= score <= self.high):
            raise ValueError(
                f"{self.title}, {where}: {score:g} lies outside {self.low:g} to {self.high:g}."
            )

    def days(self) -> tuple[date, ...]:
        """Return every day the chart has to show, in order, each once."""
        days = {day for series in self.series for day, _ in series.points}
        days.update(self.sessions, self.alone, (day for day, _ in self.events))
        days.update(day for series in self.series for day in series.starts)
        days.update(week.first for series in self.series for week in series.homework)
        return tuple(sorted(days))

    def pair(self) -> tuple[ChartSeries, ChartSeries] | None:
        """Return the two people whose distance is shown; None where there are not just two."""
        drawn = [series for series in self.series if series.answered()]
        return (drawn[0], drawn[1]) if self.shows_distance and len(drawn) == 2 else None

    def new_wordings(self) -> tuple[tuple[date, str], ...]:
        """Return the days from which on the questions had a new wording, and for whom."""
        starting: dict[date, list[str]] = {}
        for series in self.series:
            for day in dict.fromkeys(series.starts):
                starting.setdefault(day, []).append(series.name)
        everybody = sum(bool(series.starts) for series in self.series)
        return tuple(
            (day, "new wording" if len(names) == everybody else f"new wording, {listed(names)}")
            for day, names in sorted(starting.items())
        )

    def has_scores(self) -> bool:
        """Say whether there is anything to draw."""
        return any(series.answered() for series in self.series)
