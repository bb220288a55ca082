"""Worksheets of the practice's own, as a browser sends and reads them."""

import html
import re
from uuid import UUID, uuid4

from tests.browser import steady

NEW = "/settings/worksheets/new"
ROW = {"kind": "text", "required": "no"}


def typed(*questions, **changes):
    """Return a worksheet as a browser sends it."""
    data = {
        "new_id": str(uuid4()),
        "version": "0",
        "title": "Evening walk",
        "purpose": "To be side by side for a while.",
        "minutes": "30",
        "steps": "Put the phones away.\r\nWalk.",
        "example": "Around the pond & back.",
        "not_when": "Not in a storm.",
        "for_whom": "each",
        "frequency": "weekly",
        "times_per_week": "3",
        "default_audience": "private",
        "skills": ["communication"],
        "act": "save",
    } | changes
    for place, question in enumerate(questions or ({"prompt": "What did you see?"},)):
        data |= {f"questions-{place}-{part}": text for part, text in (ROW | question).items()}
    return data


def words(answer):
    return " ".join(html.unescape(steady(answer.text)).split())


def prompts(answer):
    """Return what stands in the question fields, in their order."""
    found = re.findall(r'name="questions-(\d+)-prompt"[^>]*value="([^"]*)"', answer.text)
    assert [int(place) for place, _ in found] == list(range(len(found)))
    return [html.unescape(value) for _, value in found]


def saved(client, *questions, **changes):
    answer = client.post(NEW, typed(*questions, **changes))
    assert answer.status_code == 303, words(answer)
    return UUID(answer.location.rsplit("/", 1)[1])
