"""Not on track: red, amber and green, each with the least it needs before it speaks."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import permutations

from practice.domain.change import is_distressed
from practice.domain.course.lines import CourseLine, in_points, said
from practice.domain.course.signals import Signal, SignalKind
from practice.domain.measures.definition import Cut
from practice.domain.words import day_in_words, number

FIRST_SESSION_COUNTED = 4
"""Amber is not said before this many sessions with the couple were held."""

MISSED_IN_A_ROW = 2

ONCE_IS_ENOUGH = {"csi4": 1.5}
"""Scales on which one answer is enough if it is worse by so many reliable changes. The short form
is asked every week; of the long one, two answers in a row may lie months apart."""


def worse_than_at_the_start(line: CourseLine) -> Signal | None:
    """Red: reliably worse than at the start, twice in a row, or once by 1.5 on the CSI-4.

    Needs three answers: the first, and two that are compared with it. The rule looks at the
    latest answer; if that is no longer reliably worse, it is silent, whatever lies between.

    Source:
        Our rule; reliable change after Jacobson & Truax (1991). Asking for it twice is meant to
        leave out a bad week.
    """
    latest = line.latest
    if not line.is_enough or not line.is_worse(latest):
        return None
    before = line.recent[-2]
    worse = f"{in_points(-line.gain(latest))} worse"
    if line.is_worse(before):
        return _of_person(
            line,
            SignalKind.WORSE,
            "reliably worse than at the start, twice in a row,",
            f"{line.scale_title}: {said(line.first)} at the start; then {said(before)} and "
            f"{said(latest)}, {number(round(-line.gain(before), 2))} and {worse}. "
            f"{line.threshold()}",
            before.on,
        )
    times = ONCE_IS_ENOUGH.get(line.scale_key)
    if times is None or -line.gain(latest) < times * line.points:
        return None
    return _of_person(
        line,
        SignalKind.WORSE,
        "much worse than at the start",
        f"{line.scale_title}: {said(line.first)} at the start, now {said(latest)}, {worse}. One "
        f"such answer is enough from {number(times)} reliable changes "
        f"({in_points(times * line.points)}) on. {line.threshold()}",
        latest.on,
    )


def little_gain(
    line: CourseLine, *, sessions_held: int, third_session_on: date | None
) -> Signal | None:
    """Amber: still on the distressed side, and gained less than half a reliable change.

    Needs three answers, a cut score, four sessions held with the couple, and an answer since the
    third of them: older ones do not say how it is now. Counted from the start, so that a flat
    stretch after an early gain is not held against anybody.

    Args:
        line: Of one person.
        sessions_held: How many sessions with the couple were held.
        third_session_on: Day of the third of them; None if there were fewer.

    Source:
        Our rule. Pepping, Halford & Doss (2015), Behav. Res. Ther. 65, 60-66: weak at session 3,
        right for 70 % at session 4; their own rule was not read.
    """
    cut, latest = line.criteria.cut, line.latest
    too_early = third_session_on is None or sessions_held < FIRST_SESSION_COUNTED
    if not line.is_enough or cut is None or too_early:
        return None
    if third_session_on is not None and latest.on < third_session_on:
        return None
    better = line.criteria.higher_is_better
    gained = line.gain(latest)
    if not is_distressed(latest.value, cut, higher_is_better=better) or gained >= line.points / 2:
        return None
    moved = f"gained {in_points(gained)}" if gained > 0 else f"lost {in_points(-gained)}"
    return _of_person(
        line,
        SignalKind.LITTLE_GAIN,
        f"{_gained_little(line)} after {sessions_held} sessions",
        f"{line.scale_title}: {said(line.first)} at the start, now {said(latest)}: "
        f"{'no change' if gained == 0 else moved}, still on the distressed side of the cut score "
        f"of {number(cut)}{_whose(line.cut)}. Less than half a reliable change "
        f"({in_points(line.points / 2)}) by the fourth session asks for a look. "
        f"{line.threshold()}",
        line.first.on,
    )


def _whose(cut: Cut | None) -> str:
    return f" ({cut.source}{cut.certainty.mark})" if cut else ""


def _gained_little(line: CourseLine) -> str:
    return "reliably worse" if line.is_worse(line.latest) else "little gain"


def opposite_ways(lines: Sequence[CourseLine], *, sessions_held: int) -> Signal | None:
    """Amber: one partner is reliably better than at the start, another reliably worse.

    Needs three answers of both on the same scale, and four sessions held with the couple.

    Args:
        lines: The members' lines on one scale, in the couple's order.
        sessions_held: How many sessions with the couple were held.

    Source:
        Our rule; in about 40 % of improved couples only one spouse had improved (Jacobson et al.,
        1984), so partners are looked at apart.
    """
    if sessions_held < FIRST_SESSION_COUNTED:
        return None
    for better, worse in permutations([line for line in lines if line.is_enough], 2):
        if better.is_better(better.latest) and worse.is_worse(worse.latest):
            return Signal(
                SignalKind.OPPOSITE,
                f"{better.name} reliably better, {worse.name} reliably worse than at the start",
                f"{better.scale_title}: {_way(better)}; {_way(worse)}. {better.threshold()} "
                f"{_from_session_four(sessions_held)}",
                f"{better.basis} and {worse.basis}",
                max(better.latest.on, worse.latest.on),
            )
    return None


def missed_twice(lines: Sequence[CourseLine], *, sessions_held: int) -> Signal | None:
    """Amber: two measurements in a row were missed.

    Needs an answer before them, so that the second one missed is the third measurement at the
    earliest, and four sessions held with the couple.

    Args:
        lines: One person's lines on all scales of satisfaction; an answer on any of them counts.
        sessions_held: How many sessions with the couple were held.
    """
    if not lines or sessions_held < FIRST_SESSION_COUNTED:
        return None
    last = max((line.latest for line in lines), key=lambda reading: reading.on)
    missed = sorted({day for line in lines for day in line.missed if day > last.on})
    if len(missed) < MISSED_IN_A_ROW:
        return None
    line = lines[0]
    count = sum(one.count for one in lines if one.latest == last)
    return Signal(
        SignalKind.MISSED,
        f"{line.name}: no answer the last {len(missed)} times",
        f"Asked by {' and '.join(day_in_words(day) for day in missed[-2:])}, and nothing came. "
        f"The last answer is of {day_in_words(last.on)}. {_from_session_four(sessions_held)}",
        f"{count} {'answer' if count == 1 else 'answers'}, then {len(missed)} missed",
        missed[0],
        line.person_id,
    )


def on_track(line: CourseLine) -> Signal | None:
    """Green: the latest answer is reliably better than the first. Needs three answers.

    Source:
        Our rule; reliable change after Jacobson & Truax (1991).
    """
    if not line.is_enough or not line.is_better(line.latest):
        return None
    return _of_person(
        line,
        SignalKind.ON_TRACK,
        "reliably better than at the start",
        f"{line.scale_title}: {_way(line)}. {line.threshold()}",
        line.first.on,
    )


def judged(lines: Sequence[CourseLine]) -> CourseLine | None:
    """Return the line by which one person's course is judged: the one answered last.

    Args:
        lines: One person's, the scale to be preferred first; of two that were answered on the
            same day the first counts. Lines with fewer than three answers do not count.
    """
    enough = [line for line in lines if line.is_enough]
    return max(enough, key=lambda line: line.latest.on) if enough else None


def by_person(lines: Sequence[CourseLine]) -> Iterator[tuple[CourseLine, ...]]:
    """Give each person's lines, in the order in which the people first come."""
    for person_id in dict.fromkeys(line.person_id for line in lines):
        yield tuple(line for line in lines if line.person_id == person_id)


def _from_session_four(sessions_held: int) -> str:
    return f"Looked at from the fourth session on; {sessions_held} were held."


def _way(line: CourseLine) -> str:
    gain = line.gain(line.latest)
    points = f"{in_points(abs(gain))} {'better' if gain > 0 else 'worse'}"
    return f"{line.name} {said(line.first)}, now {said(line.latest)}, {points}"


def _of_person(line: CourseLine, kind: SignalKind, words: str, why: str, since: date) -> Signal:
    return Signal(kind, f"{line.name}: {words}", why, line.basis, since, line.person_id)
