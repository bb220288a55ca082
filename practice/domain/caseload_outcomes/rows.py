"""What the figures of a caseload need to know of each couple, and what its scores amount to."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.change import Change, Criteria, PartnerClass, classify
from practice.domain.couple_class import CoupleClass, couple_class
from practice.domain.couples import Agenda, Modality
from practice.domain.statistics import sample_mean

INTAKE_DAYS = 42
"""What is noted or scored later than this after care began does not tell how it began."""


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member who counts, on one scale."""

    first: float | None
    """First score, in scale points; None where there is none."""

    latest: float | None
    """Latest score after the first; None where there is no second one."""

    agenda: Agenda | None = None
    """What they wanted within ``INTAKE_DAYS`` of the beginning; None where nobody noted it."""

    started_late: bool = False
    """Whether the first score was given later than ``INTAKE_DAYS`` after care began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoupleRow:
    """One couple; nothing in it names anybody."""

    members: tuple[MemberRow, ...]
    """Present members; everybody who ever was one where fewer than two are left."""

    begun_on: date
    relationship_ended: bool = False
    known_to: frozenset[UUID] = frozenset()
    """Therapists who treat or treated the couple, and so know its figures without asking."""

    modality: Modality | None = None
    sessions_held: int = 0
    sessions_cancelled: int = 0
    """Conjoint sessions by the day of the figures."""

    homework_done: int = 0
    homework_due: int = 0
    """Occasions by the day of the figures, of all members together."""


@dataclass(frozen=True, slots=True)
class JudgedCouple:
    """A couple with what its scores amount to on one scale."""

    row: CoupleRow
    changes: tuple[Change | None, ...]
    """One for each member, in the order of ``row.members``; None without a pair of scores."""

    couple_class: CoupleClass

    @property
    def has_started(self) -> bool:
        """Whether every member has a first score."""
        return len(self.row.members) > 1 and all(m.first is not None for m in self.row.members)

    @property
    def is_complete(self) -> bool:
        """Whether every member has a first and a later score."""
        return len(self.changes) > 1 and None not in self.changes

    @property
    def is_classed(self) -> bool:
        """Whether the scores say something of a relationship that goes on."""
        return self.is_complete and not self.row.relationship_ended

    @property
    def means(self) -> tuple[float, float]:
        """Mean of the members before and after, in scale points; of a complete couple only.

        Raises:
            ValueError: if a member has no pair of scores.
        """
        pairs = [change for change in self.changes if change is not None]
        if len(pairs) < len(self.changes):
            raise ValueError("a couple's mean needs a pair of scores of every member")
        return sample_mean([c.before for c in pairs]), sample_mean([c.after for c in pairs])


def judge(row: CoupleRow, criteria: Criteria) -> JudgedCouple:
    """Judge every member's change, and the couple by its members.

    Args:
        row: With scores inside the range of the scale.
        criteria: What a change on the scale is judged by.

    Raises:
        ValueError: if a score is outside the range of the scale.
    """
    changes = tuple(_change(member, criteria) for member in row.members)
    classes: list[PartnerClass | None] = [
        None if change is None else change.partner_class for change in changes
    ]
    # Whoever is alone in the record is no couple whose scores could be put together.
    classes += [None] * (2 - len(classes))
    return JudgedCouple(row, changes, couple_class(classes, row.relationship_ended))


def _change(member: MemberRow, criteria: Criteria) -> Change | None:
    if member.first is None or member.latest is None:
        return None
    return classify(member.first, member.latest, criteria=criteria)
