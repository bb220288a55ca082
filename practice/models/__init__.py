"""Tables, typed. Facts and limits only: no rules, no queries, no Flask.

Importing this package makes every table known to ``Base.metadata``.
"""

from practice.models import (
    accounts,
    agreements,
    between,
    calendar,
    couples,
    drafts,
    events,
    goals,
    homework,
    intake,
    journal,
    notes,
    people,
    records,
    releases,
    resources,
    responses,
    retention,
    safety,
    sessions,
    settings,
    steps,
    worksheets,
)
from practice.models.base import Base

__all__ = [
    "Base",
    "accounts",
    "agreements",
    "between",
    "calendar",
    "couples",
    "drafts",
    "events",
    "goals",
    "homework",
    "notes",
    "intake",
    "journal",
    "people",
    "records",
    "releases",
    "resources",
    "responses",
    "retention",
    "safety",
    "sessions",
    "settings",
    "steps",
    "worksheets",
]
