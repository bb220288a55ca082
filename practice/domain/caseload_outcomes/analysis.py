"""The whole answer for a caseload on one scale."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from practice.domain.caseload_outcomes.breakdowns import Breakdown, breakdowns_of
from practice.domain.caseload_outcomes.disclosure import Crowd, crowd_of, is_enough
from practice.domain.caseload_outcomes.flow import Flow, Step, flow_of
from practice.domain.caseload_outcomes.groups import GroupChange, change_of_group
from practice.domain.caseload_outcomes.rows import CoupleRow, JudgedCouple, judge
from practice.domain.caseload_outcomes.shares import ClassTable, couple_table, member_table
from practice.domain.change import Change, Criteria


class Remark(StrEnum):
    """What a careful reader should be told beside the figures."""

    NOTHING_MAY_BE_SHOWN = "nothing_may_be_shown"
    UNKNOWN = "unknown"
    ENDED = "ended"
    STARTED_WELL = "started_well"
    STARTED_LATE = "started_late"
    CROSSED_UNRELIABLY = "crossed_unreliably"
    CROSSED_INTO_DISTRESS = "crossed_into_distress"
    NO_ROOM = "no_room"
    NO_CAUSE = "no_cause"


@dataclass(frozen=True, slots=True)
class CaseloadOutcomes:
    """What came of a caseload. A part that may not be shown, or does not apply, is None."""

    criteria: Criteria
    flow: Flow
    couples: ClassTable | None
    members: ClassTable | None
    couple_change: GroupChange | None
    """Each couple once, by the mean of its members: the headline."""

    member_change: GroupChange | None
    """Every member by themselves; partners are not independent, so it looks surer than it is."""

    breakdowns: tuple[Breakdown, ...]
    remarks: tuple[tuple[Remark, int], ...]
    """Each with how many couples or members it is about; 0 where it is about none."""

    @property
    def classed(self) -> int | None:
        """Couples with a class; None where the number may not be shown."""
        return self.flow.couples_at(Step.CLASSED)


def analyse_caseload(
    rows: Sequence[CoupleRow],
    criteria: Criteria,
    *,
    of_couple: bool = True,
    guarded: bool = False,
) -> CaseloadOutcomes:
    """Put the figures of a caseload together.

    Args:
        rows: Every couple whose care began.
        criteria: What a change on the scale is judged by.
        of_couple: Whether the scale speaks of the relationship; a scale of one person's health has
            no class of a couple, and no couple's mean.
        guarded: True shows only what ``disclosure.is_enough`` allows: for readers who do not
            treat all of the couples. False shows counts however small, for the one who does.

    Raises:
        ValueError: if a score is outside the range of the scale.
    """
    couples = [judge(row, criteria) for row in rows]
    may_show = is_enough if guarded else _always
    flow = flow_of(couples, may_show)
    classed = [couple for couple in couples if couple.is_classed]
    # Beside the couples' classes, those of members measured alone could be worked out.
    pairs = classed if guarded else [couple for couple in couples if _pairs(couple)]
    couples_shown = of_couple and _may(classed, may_show) and _may(couples, may_show)
    members_shown = _may(pairs, may_show) and _may(couples, may_show)
    better = criteria.higher_is_better
    return CaseloadOutcomes(
        criteria=criteria,
        flow=flow,
        couples=couple_table(couples) if couples_shown else None,
        members=member_table(couples, whole_couples=guarded) if members_shown else None,
        couple_change=change_of_group([one.means for one in classed], higher_is_better=better)
        if couples_shown
        else None,
        member_change=change_of_group(
            [(change.before, change.after) for one in pairs for change in _pairs(one)],
            higher_is_better=better,
        )
        if members_shown
        else None,
        breakdowns=breakdowns_of(couples, criteria) if couples_shown else (),
        remarks=_remarks(couples, pairs, criteria, shown=members_shown),
    )


def _always(crowd: Crowd) -> bool:
    return True


def _may(couples: Sequence[JudgedCouple], may_show: Callable[[Crowd], bool]) -> bool:
    return may_show(crowd_of(couple.row for couple in couples))


def _pairs(couple: JudgedCouple) -> list[Change]:
    """Return the changes that are counted: none once the relationship has ended."""
    if couple.row.relationship_ended:
        return []
    return [change for change in couple.changes if change is not None]


def _remarks(
    couples: Sequence[JudgedCouple],
    pairs: Sequence[JudgedCouple],
    criteria: Criteria,
    *,
    shown: bool,
) -> tuple[tuple[Remark, int], ...]:
    if not shown:
        return ((Remark.NOTHING_MAY_BE_SHOWN, 0),)
    going_on = [couple for couple in couples if not couple.row.relationship_ended]
    counted = [change for couple in pairs for change in _pairs(couple)]
    found = (
        (Remark.UNKNOWN, sum(not couple.is_complete for couple in going_on)),
        (Remark.ENDED, len(couples) - len(going_on)),
        (Remark.STARTED_LATE, sum(_late(couple) for couple in pairs)),
    )
    said = tuple((remark, count) for remark, count in found if count)
    return (*said, *_flags(counted, criteria), (Remark.NO_CAUSE, 0))


def _flags(counted: Sequence[Change], criteria: Criteria) -> Iterator[tuple[Remark, int]]:
    """Count the flags that stand beside the classes; nobody is a number worth reading, too."""
    if not counted:
        return
    if criteria.cut is not None:
        yield Remark.STARTED_WELL, sum(one.started_non_distressed for one in counted)
        crossed = sum(one.crossed_cut_without_reliable_change for one in counted)
        yield Remark.CROSSED_UNRELIABLY, crossed
        yield Remark.CROSSED_INTO_DISTRESS, sum(one.crossed_into_distress for one in counted)
    yield Remark.NO_ROOM, sum(one.no_room_to_improve for one in counted)


def _late(couple: JudgedCouple) -> int:
    """Count members whose pair of scores began later than the care."""
    members = zip(couple.row.members, couple.changes, strict=True)
    return sum(member.started_late for member, change in members if change is not None)
