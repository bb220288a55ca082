"""Tables, typed. Facts and limits only: no rules, no queries, no Flask.

Importing this package makes every table known to ``Base.metadata``.
"""

from practice.models import (
    accounts,
    agreements,
    couples,
    drafts,
    events,
    goals,
    homework,
    intake,
    letters,
    notes,
    people,
    records,
    releases,
    responses,
    retention,
    safety,
    sessions,
    settings,
    steps,
)
from practice.models.base import Base

__all__ = [
    "Base",
    "accounts",
    "agreements",
    "couples",
    "drafts",
    "events",
    "goals",
    "homework",
    "notes",
    "intake",
    "letters",
    "people",
    "records",
    "releases",
    "responses",
    "retention",
    "safety",
    "sessions",
    "settings",
    "steps",
]
