"""Homework and goals for tests: what to fill in, and records that the services made."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from practice.db import db
from practice.domain.homework.blocks import (
    AgreementBlock,
    ChecklistBlock,
    ChoiceBlock,
    LogBlock,
    PlanBlock,
    RatingBlock,
    TrackerBlock,
)
from practice.domain.homework.definition import Template
from practice.domain.homework.review import View
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.people import Actor
from practice.domain.visibility import Audience
from practice.models.goals import Goal, GoalProgress
from practice.services import clock, goals, homework
from tests.builders import Cast

LEVELS = ("hardly ever", "now and then", "about weekly", "most weeks", "every week")


def filled(worksheet: Template, word: str = "plainly") -> dict[str, Any]:
    """Return an answer to every block of a worksheet, by block key; ``word`` is in every text."""
    return {block.key: _answer(block, word) for block in worksheet.all_blocks}


def _answer(block: Any, word: str) -> Any:
    if isinstance(block, RatingBlock):
        return str(block.high - 1)
    if isinstance(block, ChoiceBlock):
        return block.options[0].key
    if isinstance(block, ChecklistBlock):
        return [option.key for option in block.options[:2]]
    if isinstance(block, PlanBlock):
        return {"what": f"walk {word}", "day": "2026-03-14", "place": "by the river"}
    if isinstance(block, LogBlock):
        return [
            {c.key: c.options[0].key if c.options else f"{c.key} {word}" for c in block.columns}
        ]
    if isinstance(block, TrackerBlock):
        return [{"what": f"promise {word}", "day": "2026-03-14"}, {"what": f"more {word}"}]
    if isinstance(block, AgreementBlock):
        return (datetime.now(UTC).date() + timedelta(days=90)).isoformat()
    return f"{block.key} {word}"


def form_data(worksheet: Template, word: str = "plainly") -> dict[str, Any]:
    """Return ``filled`` as a browser sends it."""
    data: dict[str, Any] = {}
    for key, value in filled(worksheet, word).items():
        if isinstance(value, dict):
            data |= {f"answer_{key}-{part}": text for part, text in value.items()}
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for number, row in enumerate(value, start=1):
                data |= {f"answer_{key}-row{number}-{part}": t for part, t in row.items()}
        else:
            data[f"answer_{key}"] = value
    return data


def gratitude(**overrides: Any) -> dict[str, Any]:
    """Return a finished entry on the gratitude worksheet, as a form hands it over."""
    return {"noticed": "tea", "effect": "rest", "told": "aloud", "outcome": "done"} | overrides


def give(cast: Cast, **overrides: Any) -> UUID:
    """Give Ada and Ben the gratitude worksheet, daily, from two weeks ago; return its id."""
    today = clock.today()
    arguments = {
        "actor": cast.tess,
        "couple_id": cast.couple,
        "new_id": uuid4(),
        "template_key": "gratitude",
        "given_to": GivenTo.EACH,
        "frequency": Frequency.DAILY,
        "starts_on": today - timedelta(days=13),
        "due_on": today + timedelta(days=14),
        "audience": Audience.WHEN_ALL_DONE,
    } | overrides
    return homework.assign(**arguments)


def write(
    author: Actor, assignment_id: UUID, audience: Audience, *, day: date | None = None, **raw: Any
) -> UUID:
    """Record an entry on the gratitude worksheet, for today unless told otherwise."""
    return homework.record_entry(
        actor=author,
        assignment_id=assignment_id,
        new_id=raw.pop("new_id", None) or uuid4(),
        for_day=day or clock.today(),
        raw=gratitude(**raw),
        audience=audience,
    )


def say(
    author: Actor,
    task: UUID,
    audience: Audience = Audience.PRIVATE,
    *,
    day: date | None = None,
    **view: Any,
) -> UUID:
    """Let a partner say how a task was that they did together."""
    return homework.say_how_it_was(
        actor=author,
        assignment_id=task,
        new_id=uuid4(),
        for_day=day or clock.today(),
        view=View(**({"quality": 6} | view)),
        audience=audience,
    )


def set_goal(cast: Cast, **overrides: Any) -> UUID:
    """Set a joint goal for Ada and Ben; return its id."""
    arguments = {
        "actor": cast.tess,
        "couple_id": cast.couple,
        "new_id": uuid4(),
        "title": "An evening without screens",
        "levels": LEVELS,
    } | overrides
    return goals.set_goal(**arguments)


def rate(rater: Actor, goal_id: UUID, level: int, audience: Audience, **more: Any) -> UUID:
    """Rate a goal; return the id of the rating."""
    arguments = {"new_id": uuid4(), "level": level, "audience": audience} | more
    return goals.rate(actor=rater, goal_id=goal_id, **arguments)


def say_progress(
    rater: Actor, goal_id: UUID, value: int, audience: Audience, *, days_ago: int = 0
) -> UUID:
    """Say how far a goal has come, 0 to 10, as a step of the schedule would; return its id."""
    goal = db.session.get_one(Goal, goal_id)
    row = GoalProgress(
        goal_id=goal_id,
        couple_id=goal.couple_id,
        rater_id=rater.person_id,
        value=value,
        audience=audience,
        said_at=clock.now() - timedelta(days=days_ago),
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def settled() -> None:
    """Commit, as the end of a request would."""
    db.session.commit()
