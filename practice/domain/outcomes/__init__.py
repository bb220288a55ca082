"""Before and after in a whole caseload, from scores of any source; nothing is stored.

``question`` is what is asked, ``criteria`` and ``cutoff`` find what a change is judged by,
``analysis`` classes the rows and counts.
"""

from practice.domain.outcomes.analysis import (
    ClassCount,
    LeftOut,
    Missing,
    OutcomeAnalysis,
    Row,
    RowResult,
    analyse,
)
from practice.domain.outcomes.criteria import GroupShares
from practice.domain.outcomes.question import LARGEST, CutoffMethod, Parameter, Question

__all__ = [
    "LARGEST",
    "ClassCount",
    "CutoffMethod",
    "GroupShares",
    "LeftOut",
    "Missing",
    "OutcomeAnalysis",
    "Parameter",
    "Question",
    "Row",
    "RowResult",
    "analyse",
]
