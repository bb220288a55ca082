"""What came of a whole caseload on one scale: rows of couples in, frozen figures out.

``rows`` is what must be known of a couple, ``shares`` and ``groups`` are the figures,
``disclosure`` says which of them may be shown, ``breakdowns`` parts the couples, ``analysis`` puts
it together.
"""

from practice.domain.caseload_outcomes.analysis import CaseloadOutcomes, Remark, analyse_caseload
from practice.domain.caseload_outcomes.breakdowns import Breakdown, Cell, Dimension
from practice.domain.caseload_outcomes.disclosure import (
    SMALLEST_GROUP,
    Crowd,
    is_enough,
    shown_parts,
)
from practice.domain.caseload_outcomes.flow import Flow, FlowStep, Step
from practice.domain.caseload_outcomes.groups import GroupChange, Spread, change_of_group
from practice.domain.caseload_outcomes.rows import (
    INTAKE_DAYS,
    CoupleRow,
    JudgedCouple,
    MemberRow,
    judge,
)
from practice.domain.caseload_outcomes.shares import (
    ClassTable,
    MemberOutcome,
    Share,
    couple_table,
    member_table,
    share_of,
)

__all__ = [
    "INTAKE_DAYS",
    "SMALLEST_GROUP",
    "Breakdown",
    "CaseloadOutcomes",
    "Cell",
    "ClassTable",
    "CoupleRow",
    "Crowd",
    "Dimension",
    "Flow",
    "FlowStep",
    "GroupChange",
    "JudgedCouple",
    "MemberOutcome",
    "MemberRow",
    "Remark",
    "Share",
    "Spread",
    "Step",
    "analyse_caseload",
    "change_of_group",
    "couple_table",
    "is_enough",
    "judge",
    "member_table",
    "share_of",
    "shown_parts",
]
