"""The couples with a class, parted by what they began with and how they came along.

Every part is shown or hidden by ``disclosure``; none of them says what caused what.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from practice.domain.caseload_outcomes.disclosure import crowd_of, shown_parts
from practice.domain.caseload_outcomes.groups import GroupChange, change_of_group
from practice.domain.caseload_outcomes.rows import JudgedCouple
from practice.domain.caseload_outcomes.shares import Share, share_of
from practice.domain.change import Criteria
from practice.domain.couple_class import CoupleClass
from practice.domain.couples import Agenda, Modality


class Dimension(StrEnum):
    """What the couples are parted by."""

    SEVERITY = "severity"
    AGENDA = "agenda"
    MODALITY = "modality"
    ATTENDANCE = "attendance"
    HOMEWORK = "homework"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Cell:
    """One part that is large enough to be shown."""

    label: str
    n: int
    """Couples with a class."""

    recovered: Share
    gained: Share
    """Recovered or improved: every member improved reliably."""

    worsened: Share
    """Deteriorated or diverging: at least one member worsened reliably."""

    change: GroupChange | None
    """Of the couples' means."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """All parts by one dimension."""

    dimension: Dimension
    cells: tuple[Cell, ...]
    hidden: tuple[str, ...]
    """Labels of the parts that are not shown; what they hold cannot be worked out."""


_GAINED = frozenset({CoupleClass.RECOVERED, CoupleClass.IMPROVED})
_WORSENED = frozenset({CoupleClass.DETERIORATED, CoupleClass.DIVERGING})
NOT_NOTED = "Not noted"


def breakdowns_of(couples: Iterable[JudgedCouple], criteria: Criteria) -> tuple[Breakdown, ...]:
    """Part the couples that have a class by every dimension.

    Args:
        couples: All whose care began; those without a class are left out.
        criteria: What the changes were judged by.
    """
    classed = [couple for couple in couples if couple.is_classed]
    return tuple(_breakdown(dimension, classed, criteria) for dimension in Dimension)


def label_of(couple: JudgedCouple, dimension: Dimension) -> str:
    """Return the part a couple belongs to, in words."""
    return _LABELLERS[dimension](couple)


def _breakdown(
    dimension: Dimension, classed: Sequence[JudgedCouple], criteria: Criteria
) -> Breakdown:
    parts: defaultdict[str, list[JudgedCouple]] = defaultdict(list)
    for label in _ORDER.get(dimension, ()):
        parts[label] = []
    for couple in classed:
        parts[label_of(couple, dimension)].append(couple)
    labels = list(parts) if dimension in _ORDER else sorted(parts)
    crowds = {label: crowd_of(couple.row for couple in parts[label]) for label in labels}
    shown = shown_parts(crowds)
    return Breakdown(
        dimension=dimension,
        cells=tuple(_cell(label, parts[label], criteria) for label in labels if label in shown),
        hidden=tuple(label for label in labels if label not in shown),
    )


def _cell(label: str, couples: Sequence[JudgedCouple], criteria: Criteria) -> Cell:
    def share(classes: frozenset[CoupleClass]) -> Share:
        return share_of(sum(one.couple_class in classes for one in couples), len(couples))

    return Cell(
        label=label,
        n=len(couples),
        recovered=share(frozenset({CoupleClass.RECOVERED})),
        gained=share(_GAINED),
        worsened=share(_WORSENED),
        change=change_of_group(
            [couple.means for couple in couples], higher_is_better=criteria.higher_is_better
        ),
    )


_SEVERITY = (
    "Every member distressed",
    "Some distressed, some not",
    "Nobody distressed",
    "No cut score",
)
_AGENDA = (
    "Everybody wants to improve it",
    "Somebody wants to clarify, nobody leans out",
    "Somebody leans out",
    NOT_NOTED,
)
_ATTENDANCE = ("90 % or more held", "75 to 89 % held", "Under 75 % held", "No session yet")
_HOMEWORK = ("80 % or more done", "50 to 79 % done", "Under 50 % done", "None due")


def _severity(couple: JudgedCouple) -> str:
    distressed = [change.started_distressed for change in couple.changes if change is not None]
    if None in distressed:
        return _SEVERITY[3]
    if all(distressed):
        return _SEVERITY[0]
    return _SEVERITY[1] if any(distressed) else _SEVERITY[2]


def _agenda(couple: JudgedCouple) -> str:
    wanted = {member.agenda for member in couple.row.members}
    if None in wanted:
        return _AGENDA[3]
    if Agenda.LEANING_OUT in wanted:
        return _AGENDA[2]
    return _AGENDA[1] if Agenda.CLARIFY in wanted else _AGENDA[0]


def _modality(couple: JudgedCouple) -> str:
    return couple.row.modality.label if couple.row.modality else NOT_NOTED


def _attendance(couple: JudgedCouple) -> str:
    held, cancelled = couple.row.sessions_held, couple.row.sessions_cancelled
    return _band(held, held + cancelled, (90, 75), _ATTENDANCE)


def _homework(couple: JudgedCouple) -> str:
    return _band(couple.row.homework_done, couple.row.homework_due, (80, 50), _HOMEWORK)


def _band(part: int, whole: int, bounds: tuple[int, int], labels: Sequence[str]) -> str:
    """Return the band of a share; whole numbers throughout, so that 9 of 10 are 90 per cent."""
    if whole == 0:
        return labels[3]
    place = next((n for n, bound in enumerate(bounds) if 100 * part >= bound * whole), 2)
    return labels[place]


_LABELLERS: dict[Dimension, Callable[[JudgedCouple], str]] = {
    Dimension.SEVERITY: _severity,
    Dimension.AGENDA: _agenda,
    Dimension.MODALITY: _modality,
    Dimension.ATTENDANCE: _attendance,
    Dimension.HOMEWORK: _homework,
    Dimension.YEAR: lambda couple: str(couple.row.begun_on.year),
}
_ORDER: dict[Dimension, Sequence[str]] = {
    Dimension.SEVERITY: _SEVERITY[:3],
    Dimension.AGENDA: _AGENDA,
    Dimension.MODALITY: (*(modality.label for modality in Modality), NOT_NOTED),
    Dimension.ATTENDANCE: _ATTENDANCE,
    Dimension.HOMEWORK: _HOMEWORK,
}
"""Every part there can be, in order: an empty one is listed like any other that is hidden."""
