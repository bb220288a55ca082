"""Which figures of a practice may be shown, so that nobody's few can be worked out.

Whoever reads the practice's figures knows those of the couples they treat or treated, and can take
them away. So a group is shown only when, for every therapist of the practice, what is left after
that is nobody or at least ``SMALLEST_GROUP``. The rule looks at all therapists and not at the one
who reads: everybody sees the same page, and comparing pages tells nothing.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from practice.domain.caseload_outcomes.rows import CoupleRow

SMALLEST_GROUP = 10
"""Couples; below it a share says nothing, and a single couple can be recognised in it."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many couples a figure rests on, and how many of them each therapist knows."""

    n: int = 0
    known: Mapping[UUID, int] = field(default_factory=dict)

    def __add__(self, other: "Crowd") -> "Crowd":
        return Crowd(self.n + other.n, Counter(self.known) + Counter(other.known))


def crowd_of(rows: Iterable[CoupleRow]) -> Crowd:
    """Count couples and who knows them."""
    n, known = 0, Counter[UUID]()
    for row in rows:
        n += 1
        known.update(row.known_to)
    return Crowd(n, known)


def is_enough(crowd: Crowd) -> bool:
    """Whether a figure over ``crowd`` may be shown.

    At least ``SMALLEST_GROUP`` couples, and for each therapist who knows some of them either none
    or as many others.
    """
    if crowd.n < SMALLEST_GROUP:
        return False
    rest = (crowd.n - known for known in crowd.known.values())
    return all(others == 0 or others >= SMALLEST_GROUP for others in rest)


def shown_parts(parts: Mapping[Key, Crowd]) -> frozenset[Key]:
    """Choose the parts of a whole that may be shown beside the whole.

    A part that is too small is hidden. What is hidden adds up to the whole less what is shown, so
    it must be large enough itself: while it is not, the smallest part shown is hidden as well.

    Args:
        parts: Parts without overlap that add up to a whole which is shown; of two equally small
            ones the later is hidden first.

    Returns:
        The keys of the parts to be shown; perhaps none.
    """
    keys = list(parts)
    shown = [key for key in keys if is_enough(parts[key])]
    while shown and not _hides(parts, shown):
        shown.remove(min(shown, key=lambda key: (parts[key].n, -keys.index(key))))
    return frozenset(shown)


def _hides(parts: Mapping[Key, Crowd], shown: list[Key]) -> bool:
    """Whether what is not shown is nobody, or enough to hide in."""
    hidden = sum((crowd for key, crowd in parts.items() if key not in shown), Crowd())
    return hidden.n == 0 or is_enough(hidden)
