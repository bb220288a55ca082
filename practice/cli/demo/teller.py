"""What every part of a story needs: its people, its days, and acts in the order of time."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid5

from practice.cli.demo.stories import Story
from practice.cli.demo.times import session_days
from practice.domain.people import Actor
from practice.services import clock

SEED = 20
NAMESPACE = UUID("6d1f0c1e-0d2b-4c53-9b1e-2d8a5f0b7c11")


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happens at a moment; acts run in the order of their moments."""

    at: datetime
    run: Callable[[], object]


class Teller:
    """One story as a list of acts."""

    def __init__(self, story: Story, therapist: Actor, number: int, today: date) -> None:
        self.story = story
        self.therapist = therapist
        self.number = number
        self.today = today
        self.random = random.Random(SEED + number)  # noqa: S311  # invented data, always the same
        # Couples of one weekday follow each other: one therapist cannot see two at once.
        self.hour = time(9 + number % 9 + 2 * (number // 10), 30 if number % 2 else 0)
        self.days = session_days(story, number, today)
        self.now = clock.now()
        self.acts: list[Act] = []
        self.members: list[Actor] = []
        self.couple_id = self._id("couple")

    def _act(self, at: datetime, run: Callable[[], object]) -> None:
        # Nothing of the past may happen after this minute.
        self.acts.append(Act(min(at, self.now), run))

    def _at(self, day: date, at: time) -> datetime:
        return clock.moment_of(day, at)

    def _id(self, label: str) -> UUID:
        return uuid5(NAMESPACE, f"{self.number} {label}")
