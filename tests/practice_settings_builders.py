"""Short ways to add what a practice sets for itself."""

from typing import Any
from uuid import uuid4

from practice.domain.measures.definition import Choice, Measure
from practice.domain.measures.own import OwnDefinition, OwnItem, range_of
from practice.services import own_measures
from tests.builders import Cast


def own_definition(**overrides: Any) -> OwnDefinition:
    """Return two questions with three answers each, the second counting the other way round."""
    items = overrides.pop(
        "items", (OwnItem("We had time to talk"), OwnItem("We went to bed angry", True))
    )
    answers = overrides.pop(
        "answers", (Choice(0, "Not at all"), Choice(1, "Now and then"), Choice(3, "Often"))
    )
    low, high = range_of(items, answers) if items and answers else (0, 40)
    values = {
        "title": "Evening talks",
        "short_title": "Evenings",
        "purpose": "How our evenings went",
        "minutes": 2,
        "instruction": "Think of the past week.",
        "items": items,
        "answers": answers,
        "low": low,
        "high": high,
        "step": 1,
        "higher_is_better": True,
        "licence": "Written by us",
    } | overrides
    return OwnDefinition(**values)


def totals_definition(**overrides: Any) -> OwnDefinition:
    """Return a measure of which only totals from 0 to 40 in tenths are kept."""
    return own_definition(**({"items": (), "answers": (), "step": 0.1} | overrides))


def add_own(cast: Cast, **overrides: Any) -> Measure:
    """Add a measure of the practice's own."""
    return own_measures.add(actor=cast.tess, new_id=uuid4(), definition=own_definition(**overrides))
