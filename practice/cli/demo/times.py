"""When things happen in a story."""

import random
from datetime import date, timedelta

from practice.cli.demo.stories import Story
from practice.domain.homework.terms import Frequency


def session_days(story: Story, number: int, today: date) -> list[date]:
    """Return the day of each session, all on one working day, the last of them before today."""
    back = (today.weekday() - number % 5) % 7 or 7
    first = today - timedelta(weeks=story.weeks, days=back)
    if story.every_weeks:
        return [first + timedelta(weeks=n * story.every_weeks) for n in range(story.sessions)]
    if story.sessions == 1:
        return [first]
    step = (story.weeks - 0.5) / (story.sessions - 1)
    return [first + timedelta(weeks=round(n * step)) for n in range(story.sessions)]


def next_day(last: date, today: date) -> date:
    """Return the first day after today that keeps to the weekday of the last session."""
    return last + timedelta(weeks=(today - last).days // 7 + 1)


def day_apart(day: date) -> date:
    """Return a working day soon after a session, for a talk with one partner."""
    return day + timedelta(days=2 if day.weekday() < 3 else 4)


def homework_days(frequency: Frequency, first: date, last: date) -> list[date]:
    """Return the days on which somebody diligent does a task."""
    step = {Frequency.DAILY: 1, Frequency.SEVERAL_TIMES_A_WEEK: 2}.get(frequency, 7)
    start = first + timedelta(days=min(3, step - 1))
    return [start + timedelta(days=n) for n in range(0, (last - start).days, step)]


def near(value: float, chance: random.Random) -> int:
    """Return a rating from 0 to 10 close to ``value``."""
    return max(0, min(10, round(value + chance.uniform(-0.8, 0.8))))
