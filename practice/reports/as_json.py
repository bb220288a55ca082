"""The findings as JSON: everything the report is made from, with parameters and sources."""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from practice.domain.change import CRITICAL_VALUE, Change, Criteria
from practice.domain.goals import DEFAULT_CORRELATION
from practice.domain.literature import REPORT_SENTENCE
from practice.reports.findings import Findings

METHOD = {
    "reliable_change": {
        "formula": "RCI = (after - before) / (sqrt(2) * SD * sqrt(1 - r))",
        "critical_value": CRITICAL_VALUE,
        "source": "Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19",
    },
    "goal_attainment": {
        "formula": "T = 50 + 10 * sum(w*x) / sqrt((1 - rho) * sum(w^2) + rho * (sum w)^2)",
        "rho": DEFAULT_CORRELATION,
        "source": "Kiresuk & Sherman (1968), Community Mental Health Journal 4, 443-453",
    },
    "couple_class": {
        "rule": "from the members' classes, never from an average",
        "source": "own table, after the practice of classing both partners (Jacobson et al., 1984)",
    },
}


def findings_as_json(findings: Findings) -> str:
    """Return the findings, the method and the published figures as indented JSON."""
    found = _plain(findings)
    published = found.pop("literature")
    document = {
        "findings": found,
        "method": METHOD,
        "published": {"sentence": REPORT_SENTENCE, "figures": published},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        plain = {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
        return plain | _worked_out(value) | _only_implied(value)
    return value


def _worked_out(value: Any) -> dict[str, Any]:
    if not isinstance(value, Change):
        return {}
    return {
        "difference": value.difference,
        "points_needed": value.points_needed,
        "is_reliable": value.is_reliable,
    }


def _only_implied(value: Any) -> dict[str, Any]:
    """Blank what is no figure of any sample where published points decide."""
    if isinstance(value, Criteria) and value.published is not None:
        return {"sd": None, "reliability": None}
    return {}
