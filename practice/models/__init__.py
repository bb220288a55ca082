"""Tables, typed. Facts and limits only: no rules, no queries, no Flask.

Importing this package makes every table known to ``Base.metadata``.
"""

from practice.models import (
    accounts,
    couples,
    drafts,
    events,
    goals,
    homework,
    people,
    records,
    responses,
    safety,
    sessions,
    settings,
    steps,
)
from practice.models.base import Base

__all__ = [
    "Base",
    "accounts",
    "couples",
    "drafts",
    "events",
    "goals",
    "homework",
    "people",
    "records",
    "responses",
    "safety",
    "sessions",
    "settings",
    "steps",
]
