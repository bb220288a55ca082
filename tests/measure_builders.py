"""Short ways to give and answer measures in tests, all through the services."""

import random
from datetime import date
from typing import Any
from uuid import UUID

from practice.domain.measures.registry import get_measure
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.services import responses
from tests.builders import Cast


def choose(measure_key: str, **wanted: int) -> dict[str, int]:
    """Return the lowest answer to every item, but for those named."""
    answers = {item.key: item.low for item in get_measure(measure_key).items}
    return answers | wanted


def csi16(total: int, mix: int = 0) -> dict[str, int]:
    """Return answers to the CSI-16 that add up to ``total``; ``mix`` chooses which."""
    items = get_measure("csi16").items
    answers = {item.key: item.low for item in items}
    chance = random.Random(mix)
    while sum(answers.values()) < total:
        item = chance.choice(items)
        answers[item.key] = min(answers[item.key] + 1, item.high)
    return answers


def ask(cast: Cast, person: Actor, measure_key: str, **options: Any) -> UUID:
    """Give one measure to one person of the cast's couple; return the request."""
    by_other = person in (cast.cleo, cast.dan)
    responses.give(
        actor=cast.otto if by_other else cast.tess,
        couple_id=cast.other_couple if by_other else cast.couple,
        person_ids=[person.person_id],
        measure_keys=[measure_key],
        due_on=options.get("due_on"),
    )
    waiting = responses.portal_requests(actor=person)
    (found,) = [item.request_id for item in waiting if item.measure.key == measure_key]
    return found


def answer(
    cast: Cast,
    person: Actor,
    measure_key: str,
    answers: dict[str, int] | None = None,
    audience: Audience = Audience.THERAPIST,
) -> UUID:
    """Give a measure and answer it; return the response."""
    return responses.submit(
        actor=person,
        request_id=ask(cast, person, measure_key),
        answers=answers or choose(measure_key),
        audience=audience,
    )


TODAY = date(2026, 11, 20)
"""Of tests that travel to a fixed moment."""
