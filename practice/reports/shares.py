"""Geometry of the two pictures of a caseload: classes as one bar, and the way from the beginning.

Plain figures in units of a view box; ``templates/_macros/shares.html`` writes them down, alike on a
page and in a PDF.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LENGTH = 1000.0
"""Of the whole bar."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One class in the bar."""

    key: str
    """Decides the shade; the order in the bar tells them apart without it."""

    label: str
    count: int
    left: float
    width: float


@dataclass(frozen=True, slots=True)
class ShareBar:
    """All classes of a group side by side; together they are the whole."""

    title: str
    description: str
    segments: tuple[Segment, ...]
    """Classes that nobody has are left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the way: words, and below them a bar as long as its share of the beginning."""

    label: str
    text_at: float
    bar_at: float
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """The way, drawn for one width of screen."""

    width: float
    height: float
    bar_height: float
    size: float
    """Of the letters."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class StepsPicture:
    """How many were there at each step."""

    title: str
    description: str
    wide: Drawing
    narrow: Drawing


def share_bar(title: str, counts: Sequence[tuple[str, str, int]]) -> ShareBar | None:
    """Place the classes of a group; None where there is nobody in it.

    Args:
        title: What is counted, with its n.
        counts: Key, label and count of each class, in order.
    """
    whole = sum(count for _, _, count in counts)
    if whole == 0:
        return None
    segments, left = [], 0.0
    for key, label, count in counts:
        width = LENGTH * count / whole
        if count:
            segments.append(Segment(key, label, count, left, width))
        left += width
    words = ", ".join(f"{one.label} {one.count}" for one in segments)
    return ShareBar(title, f"From left to right: {words}; {whole} in all.", tuple(segments))


def steps_picture(title: str, steps: Sequence[tuple[str, int]]) -> StepsPicture | None:
    """Place the steps of the way; None where nobody began.

    Args:
        title: What is counted.
        steps: Label and count of each, the largest first.
    """
    if not steps or steps[0][1] == 0:
        return None
    description = "; ".join(f"{label}: {count}" for label, count in steps) + "."
    return StepsPicture(
        title=title,
        description=description,
        wide=_drawing(steps, width=640, size=15),
        narrow=_drawing(steps, width=340, size=14),
    )


def _drawing(steps: Sequence[tuple[str, int]], *, width: float, size: float) -> Drawing:
    bar_height, pitch = size * 0.9, size * 3.2
    lines = tuple(
        Line(
            label=f"{label}: {count}",
            text_at=place * pitch + size,
            bar_at=place * pitch + size * 1.5,
            width=width * count / steps[0][1],
        )
        for place, (label, count) in enumerate(steps)
    )
    return Drawing(width, pitch * len(steps) - size * 0.7, bar_height, size, lines)
