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
    notes,
    people,
    records,
    releases,
    reminders,
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
    "people",
    "records",
    "releases",
    "reminders",
    "responses",
    "retention",
    "safety",
    "sessions",
    "settings",
    "steps",
]
