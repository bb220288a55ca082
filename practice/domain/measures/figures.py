"""A practice's own figures for a scale, used in place of those that Dyad ships."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from practice.domain.certainty import Certainty
from practice.domain.change.reliable_change import reliable_change_points
from practice.domain.measures.definition import Cut, Norms, PublishedChange, Scale
from practice.domain.words import day_in_words, number

LONGEST_SOURCE = 400
KIND_OF_RELIABILITY = "of the kind that its source names"
"""The practice enters a figure and its source; what kind of reliability it is stands there."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a practice entered for one scale; None leaves the shipped figure in use."""

    cut: float | None = None
    """In scale points, inside the range."""

    sd: float | None = None
    """Standard deviation of the reference sample, in scale points, > 0; with ``reliability``."""

    reliability: float | None = None
    """0 <= r < 1."""

    points: float | None = None
    """A reliable change as its source states it, in scale points; instead of the two above."""

    at_least: bool = False
    """Whether a change of exactly ``points`` counts."""

    source: str = ""
    """Where the figures come from; needed as soon as there is one."""

    entered_on: date | None = None
    """Since when they are used."""

    @property
    def is_empty(self) -> bool:
        """Whether the scale is used as it ships."""
        return (self.cut, self.sd, self.reliability, self.points) == (None, None, None, None)

    @property
    def norms(self) -> Norms | None:
        """What reliable change is worked out from; None unless both figures are there.

        Raises:
            ValueError: if one of the two is outside its range.
        """
        if self.sd is None or self.reliability is None:
            return None
        return Norms(
            self.sd, self.reliability, KIND_OF_RELIABILITY, self.provenance, Certainty.PRACTICE
        )

    @property
    def provenance(self) -> str:
        """The source, and since when the practice goes by it."""
        said = self.source.strip().rstrip(".")
        if self.entered_on is None:
            return said
        return f"{said}; used since {day_in_words(self.entered_on)}"


def problems_of(scale: Scale, figures: Figures) -> dict[str, str]:
    """Return what is wrong with figures for ``scale``, by field; empty if they can be used."""
    found = {
        **dict(_without_source(figures)),
        **dict(_impossible_cut(scale, figures)),
        **dict(_impossible_precision(scale, figures)),
        **dict(_impossible_points(scale, figures)),
    }
    return found or dict(_change_beyond_range(scale, figures))


def with_figures(scale: Scale, figures: Figures) -> Scale:
    """Return the scale as the practice uses it, each replaced figure with the practice's mark.

    Own figures for change replace everything that ships for it: the stricter reading too, which
    stands beside the shipped reliability because of the doubt about that one.

    Args:
        scale: As shipped, or of the practice's own.
        figures: What the practice entered.

    Raises:
        ValueError: naming scale and field, if a figure cannot be.
    """
    problems = problems_of(scale, figures)
    if problems:
        said = "; ".join(f"{field}: {message}" for field, message in problems.items())
        raise ValueError(f"scale {scale.key}: {said}")
    used = scale
    if figures.cut is not None:
        used = replace(used, cut=Cut(figures.cut, figures.provenance, Certainty.PRACTICE))
    if figures.norms is not None:
        return replace(used, norms=figures.norms, conservative_norms=None, published_change=None)
    if figures.points is not None:
        published = PublishedChange(
            figures.points, figures.at_least, figures.provenance, Certainty.PRACTICE
        )
        return replace(used, norms=None, conservative_norms=None, published_change=published)
    return used


Problems = Iterator[tuple[str, str]]


def _without_source(figures: Figures) -> Problems:
    if not figures.is_empty and not figures.source.strip():
        yield "source", "Say where these figures come from: author and year, or your own data."
    elif len(figures.source) > LONGEST_SOURCE:
        yield "source", f"Use at most {LONGEST_SOURCE} characters."


def _impossible_cut(scale: Scale, figures: Figures) -> Problems:
    if figures.cut is None:
        return
    if not (math.isfinite(figures.cut) and scale.low < figures.cut < scale.high):
        yield "cut", f"The cut score must lie between {scale.low} and {scale.high}."


def _impossible_precision(scale: Scale, figures: Figures) -> Problems:
    sd, reliability = figures.sd, figures.reliability
    if sd is None and reliability is not None:
        yield "sd", "A reliability needs the standard deviation of the same sample."
    if reliability is None and sd is not None:
        yield "reliability", "A standard deviation needs a reliability."
    if sd is not None and not (math.isfinite(sd) and sd > 0):
        yield "sd", "The standard deviation must be a number above 0."
    elif sd is not None and sd > (scale.high - scale.low) / math.sqrt(2):
        # Two scores at the two ends give the largest that any sample can have.
        yield "sd", f"No sample on a scale from {scale.low} to {scale.high} can spread so far."
    if reliability is not None and not 0 <= reliability < 1:
        yield "reliability", "The reliability must be at least 0 and below 1, for example 0.85."


def _impossible_points(scale: Scale, figures: Figures) -> Problems:
    points = figures.points
    if points is None:
        return
    if figures.sd is not None or figures.reliability is not None:
        yield "points", "Enter either the points, or standard deviation and reliability, not both."
    elif not (math.isfinite(points) and points > 0):
        yield "points", "The points must be a number above 0."
    elif points > scale.high - scale.low or (
        points == scale.high - scale.low and not figures.at_least
    ):
        yield "points", f"The scale is only {scale.high - scale.low} points wide."


def _change_beyond_range(scale: Scale, figures: Figures) -> Problems:
    if figures.norms is None:
        return
    points = reliable_change_points(figures.norms)
    if points >= scale.high - scale.low:
        yield (
            "reliability",
            f"With these two, only a change of more than {number(points)} points would "
            f"be reliable, and the scale is {scale.high - scale.low} points wide.",
        )
