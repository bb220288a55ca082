"""The parts of a placed chart: plain figures that a template only has to write down.

All lengths are in drawing units (CSS pixels at full size), x to the right, y downwards.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from practice.reports.text_width import text_width

Anchor = Literal["start", "middle", "end"]

ASCENT, DESCENT = 0.75, 0.25
"""Height of a line of text above and below its foot, as a share of the font size."""

# Dash by position: partners differ in black and white too. The first line is solid.
DASHES = ("", "7 4", "2.5 3", "11 3 2.5 3")


def number(value: float) -> str:
    """Write a length with one decimal at most; the picture does not gain by more."""
    return f"{round(value, 1) + 0.0:g}"


def _rectangle(box: "Box") -> str:
    width = number(box.width)
    return f"M{number(box.left)} {number(box.top)}h{width}v{number(box.height)}h-{width}Z"


def _circle(x: float, y: float, r: float) -> str:
    """Write a circle as four curves; the PDF renderer draws the arcs of a path with corners."""
    near, k = f"{r:.2f}", 0.5523 * r
    far = f"{r - k:.2f}"
    curves = (
        f"c0-{k:.2f} {far}-{near} {near}-{near}",
        f"c{k:.2f} 0 {near} {far} {near} {near}",
        f"c0 {k:.2f}-{far} {near}-{near} {near}",
        f"c-{k:.2f} 0-{near}-{far}-{near}-{near}Z",
    )
    return f"M{number(x - r)} {number(y)}" + "".join(curves)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, edges included."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Width, never negative."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height, never negative."""
        return self.bottom - self.top

    def overlaps(self, other: "Box") -> bool:
        """Say whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Say whether ``other`` lies within this box, give or take what nobody could see."""
        slack = 0.001
        return (
            self.left - slack <= other.left
            and other.right <= self.right + slack
            and self.top - slack <= other.top
            and other.bottom <= self.bottom + slack
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text; ``y`` is its foot."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = "start"

    @property
    def box(self) -> Box:
        """The room the text takes."""
        width = text_width(self.text, self.size)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        top, bottom = self.y - ASCENT * self.size, self.y + DESCENT * self.size
        return Box(left, top, left + width, bottom)


@dataclass(frozen=True, slots=True)
class Line:
    """A part of one person's line without a gap; a single point gives a line of one point."""

    position: int
    points: tuple[tuple[float, float], ...]
    version: int = 0
    """Which wording of the questions; scores under two of them are not compared."""

    @property
    def path(self) -> str:
        """The line as SVG path data."""
        return "M" + " L".join(f"{number(x)} {number(y)}" for x, y in self.points)

    @property
    def dash(self) -> str:
        """The SVG dash pattern, empty for a solid line."""
        return DASHES[self.position - 1]


@dataclass(frozen=True, slots=True)
class Mark:
    """A person's sign: circle, square, triangle or diamond by position; every second one hollow."""

    position: int
    x: float
    y: float
    radius: float

    @property
    def hollow(self) -> bool:
        """Hollow signs let the full sign of an equal score show through."""
        return self.position % 2 == 0

    @property
    def path(self) -> str:
        """The sign as SVG path data."""
        x, y, r = self.x, self.y, self.radius
        n = number
        if self.position == 1:
            return _circle(x, y, r)
        if self.position == 2:
            side = f"{n(2 * r)}"
            return f"M{n(x - r)} {n(y - r)} h{side} v{side} h-{side}Z"
        if self.position == 3:
            r *= 1.25
            return (
                f"M{n(x)} {n(y - r)} L{n(x + r)} {n(y + 0.75 * r)} L{n(x - r)} {n(y + 0.75 * r)}Z"
            )
        r *= 1.3
        return f"M{n(x)} {n(y - r)} L{n(x + r)} {n(y)} L{n(x)} {n(y + r)} L{n(x - r)} {n(y)}Z"


@dataclass(frozen=True, slots=True)
class Segment:
    """A straight line; ``position`` is the person it belongs to, 0 for nobody."""

    x1: float
    y1: float
    x2: float
    y2: float
    position: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """Where a score is not reliably different from the first one: a pale area and a bracket."""

    position: int
    area: Box

    @property
    def bracket(self) -> str:
        """The bracket at the person's first score, as SVG path data."""
        box, n = self.area, number
        return f"M{n(box.left + 4)} {n(box.top)} H{n(box.left)} V{n(box.bottom)} H{n(box.left + 4)}"


@dataclass(frozen=True, slots=True)
class Bars:
    """A row of homework of one person: what was due, and how much of it was done."""

    position: int
    due: tuple[Box, ...]
    done: tuple[Box, ...]

    @property
    def outlines(self) -> str:
        """What was due, as SVG path data."""
        return "".join(_rectangle(box) for box in self.due)

    @property
    def fills(self) -> str:
        """What was done, as SVG path data; empty if nothing was."""
        return "".join(_rectangle(box) for box in self.done)


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs of one person that follow each other, as one path."""

    position: int
    hollow: bool
    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart in one shape, everything placed."""

    width: float
    height: float
    size: float
    """Font size of every label."""

    plot: Box
    better: Box | None
    """The side of the cut score that is the better one; None where bands are drawn."""

    cut: Segment | None
    bands: tuple[Band, ...]
    distance: tuple[str, ...]
    """Areas between two people's lines, as SVG path data."""

    events: tuple[Segment, ...]
    breaks: tuple[Segment, ...]
    """Where the questions have a new wording."""

    ticks: tuple[Segment, ...]
    sessions: tuple[Segment, ...]
    session_width: float
    homework: tuple[Bars, ...]
    lines: tuple[Line, ...]
    leaders: tuple[Segment, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    """Every line of text; none touches another or any line."""

    @property
    def frame(self) -> Box:
        """The whole drawing."""
        return Box(0, 0, self.width, self.height)

    @property
    def session_path(self) -> str:
        """All lines of sessions, as SVG path data."""
        n = number
        return "".join(f"M{n(one.x1)} {n(one.y1)}V{n(one.y2)}" for one in self.sessions)

    @property
    def signs(self) -> tuple[Signs, ...]:
        """The marks in their order, those of one person that follow each other in one path."""
        groups = groupby(self.marks, key=lambda mark: (mark.position, mark.hollow))
        return tuple(
            Signs(position, hollow, "".join(mark.path for mark in marks))
            for (position, hollow), marks in groups
        )
