"""The distance between two lines: the area between them, where both have values."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from practice.reports.chart_drawing import Line, number

Place = tuple[float, float]


def between(one: Sequence[Line], other: Sequence[Line]) -> tuple[str, ...]:
    """Return the areas between two people's lines, as SVG path data.

    Only parts under the same wording are joined, and only over the days that both lines cover:
    where an answer is missing there is no distance.
    """
    areas = (_area(a.points, b.points) for a in one for b in other if a.version == b.version)
    return tuple(area for area in areas if area)


def _area(one: Sequence[Place], other: Sequence[Place]) -> str:
    left, right = max(one[0][0], other[0][0]), min(one[-1][0], other[-1][0])
    if left >= right:
        return ""
    around = [*_within(one, left, right), *reversed(_within(other, left, right))]
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in around) + "Z"


def _within(points: Sequence[Place], left: float, right: float) -> list[Place]:
    """Return the part of a line from ``left`` to ``right``, with points at both ends."""
    xs = [x for x, _ in points]
    inner = list(points[bisect_left(xs, left) : bisect_right(xs, right)])
    if not inner or inner[0][0] > left:
        inner.insert(0, (left, _height(points, xs, left)))
    if inner[-1][0] < right:
        inner.append((right, _height(points, xs, right)))
    return inner


def _height(points: Sequence[Place], xs: list[float], x: float) -> float:
    """Return how high a line stands between two of its points."""
    after = bisect_right(xs, x)
    (x1, y1), (x2, y2) = points[after - 1], points[after]
    return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
