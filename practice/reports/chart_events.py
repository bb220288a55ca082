"""Above the plot: what happened, each with a line down through the plot."""

from practice.reports.chart_drawing import Label, Segment
from practice.reports.chart_room import ROW, Room
from practice.reports.text_width import fit

Placed = tuple[tuple[Segment, ...], tuple[Segment, ...], tuple[Label, ...]]


def events(room: Room) -> Placed:
    """Return the lines of events, those of new wordings, and the words that have room.

    The key always tells the rest.
    """
    wordings = set(room.spec.new_wordings())
    happened: list[Segment] = []
    breaks: list[Segment] = []
    labels: list[Label] = []
    for day, words in sorted({*room.spec.events, *wordings}, reverse=True):
        x = room.time.x(day)
        label = _label(room, x, words, [*happened, *breaks], labels)
        top = room.plot.top
        if label is not None:
            labels.append(label)
            top = label.y - room.shape.size * 0.6
        lines = breaks if (day, words) in wordings else happened
        lines.append(Segment(x, top, x, room.plot.bottom))
    return tuple(happened), tuple(breaks), tuple(labels)


def how_many(room: Room) -> int:
    """Return how many different things happened."""
    return len({*room.spec.events, *room.spec.new_wordings()})


def _label(
    room: Room, x: float, words: str, lines: list[Segment], labels: list[Label]
) -> Label | None:
    size, shape = room.shape.size, room.shape
    text = fit(words, size, shape.width * 0.45)
    feet = [room.plot.top - size * (0.85 + ROW * lane) for lane in range(room.lanes)]
    to_the_right = [Label(x + 5, foot, text, size) for foot in feet]
    to_the_left = [Label(x - 5, foot, text, size, "end") for foot in feet]
    for label in to_the_right + to_the_left:
        own = Segment(x, label.y - size * 0.6, x, room.plot.bottom)
        if _is_free(room, label, own, lines, labels):
            return label
    return None


def _is_free(
    room: Room, label: Label, own: Segment, lines: list[Segment], labels: list[Label]
) -> bool:
    box = label.box
    if box.left < room.plot.left or box.right > room.shape.width:
        return False
    if any(box.overlaps(other.box) for other in labels):
        return False
    if any(box.left - 3 < line.x1 < box.right + 3 and line.y1 < box.bottom for line in lines):
        return False
    return not any(
        other.box.left - 3 < own.x1 < other.box.right + 3 and own.y1 < other.box.bottom
        for other in labels
    )
