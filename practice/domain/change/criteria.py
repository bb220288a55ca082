"""What a change is judged by: SD and reliability, or a published number of points."""

import math
from dataclasses import dataclass

from practice.domain.certainty import Certainty
from practice.domain.change.reliable_change import (
    CRITICAL_VALUE,
    reliable_change_points,
    s_difference,
    whole_points_needed,
)
from practice.domain.measures.definition import Norms, PublishedChange, Scale
from practice.domain.measures.scales import NEARLY, without_rest

_RANKS = {Certainty.PRACTICE: 2, Certainty.READ: 1}
"""How well a figure is known, for the choice between two; all other marks have 0."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """All that a change is judged by.

    With ``published`` the points themselves decide. SD and reliability are then no figures of any
    sample: they are set so that the index is the one which those points imply, and are not to be
    shown. ``from_published`` sets them.
    """

    sd: float
    """Standard deviation of the reference sample, in scale points, > 0."""

    reliability: float
    """0 <= r < 1."""

    higher_is_better: bool
    cut: float | None = None
    """In scale points; None: recovery cannot be told from improvement."""

    low: float | None = None
    high: float | None = None
    """The range of the scale, where it is known; None leaves the two no-room flags False."""

    published: PublishedChange | None = None
    """A reliable change as its source states it; None: it is worked out from the two above."""

    def __post_init__(self) -> None:
        implied = reliable_change_points(self)
        if self.published is None:
            return
        if without_rest(implied - self.published.points) != 0:
            raise ValueError("SD and reliability do not give the published points")

    @classmethod
    def from_published(
        cls,
        published: PublishedChange,
        *,
        higher_is_better: bool,
        cut: float | None = None,
        low: float | None = None,
        high: float | None = None,
    ) -> "Criteria":
        """Return criteria by which a published number of points decides.

        Args:
            published: With its source and whether exactly so many points are enough.
            higher_is_better: Direction of the scale.
            cut: In scale points.
            low: Lowest score of the scale.
            high: Highest score of the scale.
        """
        # Reliability 0 makes S_diff the square root of 2 times the SD: points / 1.959964.
        sd = published.points / (CRITICAL_VALUE * math.sqrt(2))
        return cls(sd, 0, higher_is_better, cut, low, high, published)


def criteria_for(scale: Scale, norms: Norms | None = None) -> Criteria | None:
    """Return what a change on ``scale`` is judged by; None where nothing tells reliable change.

    Norms that are handed over come first. Without them, the one figure decides that the scale has:
    its ``norms`` or its ``published_change``. Where it has both, the better known one does: what
    the practice entered before what was read in a source, and that before everything else; if
    they are equally well known, the norms.

    Formula:
        None: a choice between figures. What follows from them is said by ``points_of``.

    Args:
        scale: From a measure of the registry, or the practice's own.
        norms: Used instead of the scale's own figures: its ``conservative_norms``, for example.

    Returns:
        SD, cut and range in scale points, and 0 <= r < 1; or the published points.

    Raises:
        ValueError: if the SD is not above 0, or the reliability is not at least 0 and below 1.

    Source:
        The choice between two figures is ours; each figure names its own source.
    """
    cut = None if scale.cut is None else scale.cut.value
    used = origin_of(scale, norms)
    if used is None:
        return None
    if isinstance(used, PublishedChange):
        return Criteria.from_published(
            used,
            higher_is_better=scale.higher_is_better,
            cut=cut,
            low=scale.low,
            high=scale.high,
        )
    return Criteria(
        sd=used.sd,
        reliability=used.reliability,
        higher_is_better=scale.higher_is_better,
        cut=cut,
        low=scale.low,
        high=scale.high,
    )


def origin_of(scale: Scale, norms: Norms | None = None) -> Norms | PublishedChange | None:
    """Return the figures that ``criteria_for`` goes by, with their source and mark.

    Formula:
        None: a choice between figures.

    Args:
        scale: As for ``criteria_for``.
        norms: As for ``criteria_for``.

    Returns:
        SD in scale points and 0 <= r < 1, or points, each with source and mark; or None.

    Raises:
        Nothing.

    Source:
        As ``criteria_for``.
    """
    return norms or _own_figures(scale)


def points_of(criteria: Criteria) -> float:
    """Return the difference at which a change is reliable, in scale points.

    It must be exceeded, unless ``criteria.published`` says that it is enough.

    Formula:
        1.959964 x sqrt(2) x SD x sqrt(1 - r), or the published points.

    Args:
        criteria: From ``criteria_for``, or built from other figures.

    Returns:
        Scale points, above 0.

    Raises:
        Nothing: criteria that could not be used cannot be made.

    Source:
        The published value; else Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19.
    """
    published = criteria.published
    return reliable_change_points(criteria) if published is None else published.points


def whole_points_of(criteria: Criteria) -> int:
    """Return the smallest whole number of points that is a reliable change.

    Formula:
        floor(points) + 1; ceil(points) where exactly so many published points are enough.

    Args:
        criteria: As for ``points_of``.

    Returns:
        A whole number of scale points, at least 1.

    Raises:
        Nothing, as ``points_of``.

    Source:
        As ``points_of``, rounded up for scales that only take whole numbers; one more where the
        difference must exceed a whole number.
    """
    published = criteria.published
    if published is None:
        return whole_points_needed(criteria)
    if published.at_least:
        return math.ceil(published.points - NEARLY)
    return math.floor(published.points + NEARLY) + 1


def is_reliable(difference: float, criteria: Criteria) -> bool:
    """Say whether a difference of two scores, either way, is a reliable change.

    Formula:
        |difference / (sqrt(2) SD sqrt(1 - r))| > 1.959964; with published points |difference| >=
        points, or > points, as the source says.

    Args:
        difference: In scale points; its sign does not count.
        criteria: As for ``points_of``.

    Returns:
        True where the test's own error would give so much in fewer than 5 of 100 cases.

    Raises:
        Nothing, as ``points_of``.

    Source:
        Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19: the index must exceed
        1.959964. With a published value, what its source says of a difference of exactly so much.
    """
    published = criteria.published
    if published is None:
        return abs(difference / s_difference(criteria)) > CRITICAL_VALUE
    beyond = without_rest(abs(difference) - published.points)
    return beyond >= 0 if published.at_least else beyond > 0


def _own_figures(scale: Scale) -> Norms | PublishedChange | None:
    norms, published = scale.norms, scale.published_change
    if norms is None or published is None:
        return norms or published
    better_known = _RANKS.get(published.certainty, 0) > _RANKS.get(norms.certainty, 0)
    return published if better_known else norms
