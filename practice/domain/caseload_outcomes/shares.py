"""Classes counted over a caseload, those measured beside all who began."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from practice.domain.caseload_outcomes.rows import JudgedCouple
from practice.domain.change import PartnerClass
from practice.domain.couple_class import CoupleClass
from practice.domain.statistics import Interval, percent_or_none, wilson_interval


class MemberOutcome(StrEnum):
    """What is known of one member: the class, or why there is none."""

    RECOVERED = "recovered"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    DETERIORATED = "deteriorated"
    ENDED = "ended"
    """The relationship has ended; its own line, and neither better nor worse."""

    UNKNOWN = "unknown"
    """No pair of scores. Unknown is not unchanged."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of ``n``."""

    count: int
    n: int
    percent: float | None
    """0 to 100; None where ``n`` is too small for a percentage."""

    interval: Interval | None
    """95 % Wilson interval of the share; None where ``percent`` is."""


@dataclass(frozen=True, slots=True)
class ClassTable:
    """The same counts twice: out of those with a class, and out of all who began."""

    measured: dict[str, Share]
    """Classes alone, by key; the counts add up to ``n_measured``."""

    begun: dict[str, Share]
    """Classes, relationship ended, not known; the counts add up to ``n_begun``."""

    n_measured: int
    n_begun: int


COUPLE_CLASSES: tuple[CoupleClass, ...] = (
    CoupleClass.RECOVERED,
    CoupleClass.IMPROVED,
    CoupleClass.PARTIAL,
    CoupleClass.DIVERGING,
    CoupleClass.UNCHANGED,
    CoupleClass.DETERIORATED,
)
"""The classes of couples whose relationship goes on and who were measured twice, in order."""

MEMBER_CLASSES: tuple[MemberOutcome, ...] = (
    MemberOutcome.RECOVERED,
    MemberOutcome.IMPROVED,
    MemberOutcome.UNCHANGED,
    MemberOutcome.DETERIORATED,
)


def share_of(count: int, n: int) -> Share:
    """Return a share with its interval; a bare count where ``n`` is too small.

    Args:
        count: How many, 0 <= count <= n.
        n: Out of how many; may be 0.

    Raises:
        ValueError: if ``count`` is not within 0 to ``n``.
    """
    percent = percent_or_none(count, n)
    return Share(count, n, percent, None if percent is None else wilson_interval(count, n))


def couple_table(couples: Iterable[JudgedCouple]) -> ClassTable:
    """Count the classes of couples; a couple that has parted is on a line of its own."""
    found = [couple.couple_class for couple in couples]
    return _table(found, COUPLE_CLASSES, (CoupleClass.ENDED, CoupleClass.INCOMPLETE))


def member_table(couples: Iterable[JudgedCouple], *, whole_couples: bool = False) -> ClassTable:
    """Count the classes of all members of all couples.

    Args:
        couples: All whose care began.
        whole_couples: Whether a member counts as known only if all members of the couple are.
    """
    found = [outcome for one in couples for outcome in _outcomes(one, whole_couples)]
    return _table(found, MEMBER_CLASSES, (MemberOutcome.ENDED, MemberOutcome.UNKNOWN))


def _outcomes(couple: JudgedCouple, whole_couples: bool) -> list[MemberOutcome]:
    if couple.row.relationship_ended:
        return [MemberOutcome.ENDED] * len(couple.row.members)
    if whole_couples and not couple.is_complete:
        return [MemberOutcome.UNKNOWN] * len(couple.row.members)
    return [
        MemberOutcome.UNKNOWN if change is None else _BY_CLASS[change.partner_class]
        for change in couple.changes
    ]


def _table(
    found: Sequence[StrEnum], classes: Sequence[StrEnum], without: Sequence[StrEnum]
) -> ClassTable:
    counts = Counter(found)
    n_measured = sum(counts[one] for one in classes)
    return ClassTable(
        measured={one.value: share_of(counts[one], n_measured) for one in classes},
        begun={one.value: share_of(counts[one], len(found)) for one in (*classes, *without)},
        n_measured=n_measured,
        n_begun=len(found),
    )


_BY_CLASS = {
    PartnerClass.RECOVERED: MemberOutcome.RECOVERED,
    PartnerClass.IMPROVED: MemberOutcome.IMPROVED,
    PartnerClass.UNCHANGED: MemberOutcome.UNCHANGED,
    PartnerClass.DETERIORATED: MemberOutcome.DETERIORATED,
}
