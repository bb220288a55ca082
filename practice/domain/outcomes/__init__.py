"""Before and after in a whole caseload, from scores of any source; nothing is stored.

``criteria`` finds what a change is judged by, ``analysis`` classes the rows and counts.
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
from practice.domain.outcomes.criteria import LARGEST, CutoffMethod, Parameter, Question

__all__ = [
    "LARGEST",
    "ClassCount",
    "CutoffMethod",
    "LeftOut",
    "Missing",
    "OutcomeAnalysis",
    "Parameter",
    "Question",
    "Row",
    "RowResult",
    "analyse",
]
