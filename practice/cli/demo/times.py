"""When things happen in a story."""

import random
from datetime import date, timedelta

from practice.cli.demo.stories import Story
from practice.domain.homework.terms import Frequency


def session_days(story: Story, today: date) -> list[date]:
    """Return the day of each session, all on one weekday, the last of them before today."""
    first = today - timedelta(weeks=story.weeks, days=2)
    if story.every_weeks:
        return [first + timedelta(weeks=n * story.every_weeks) for n in range(story.sessions)]
    if story.sessions == 1:
        return [first]
    step = (story.weeks - 0.5) / (story.sessions - 1)
    return [first + timedelta(weeks=round(n * step)) for n in range(story.sessions)]


def homework_days(frequency: Frequency, first: date, last: date) -> list[date]:
    """Return the days on which somebody diligent does a task."""
    step = {Frequency.DAILY: 1, Frequency.SEVERAL_TIMES_A_WEEK: 2}.get(frequency, 7)
    start = first + timedelta(days=min(3, step - 1))
    return [start + timedelta(days=n) for n in range(0, (last - start).days, step)]


def near(value: float, chance: random.Random) -> int:
    """Return a rating from 0 to 10 close to ``value``."""
    return max(0, min(10, round(value + chance.uniform(-0.8, 0.8))))
