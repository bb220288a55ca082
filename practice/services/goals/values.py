"""What the goal services hand out: values, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from practice.domain.agreements import SecretsRule
from practice.domain.presenting_problems import ProblemGroup
from practice.domain.schedule import GoalTask
from practice.domain.visibility import Audience
from practice.services.measure_requests import Audiences
from practice.services.people import Member


@dataclass(frozen=True, slots=True)
class Rating:
    """One rater's view of one goal on one day."""

    id: UUID
    rater_id: UUID
    rater: str
    """First name."""

    position: int | None
    """The rater's place in the couple; None for a therapist."""

    is_own: bool
    level: int
    """-2 to 2."""

    comment: str
    audience: Audience
    rated_at: datetime
    badge: str
    """Who can see it, in words to the reader."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one member saw one goal on one day."""

    id: UUID
    rater_id: UUID
    rater: str
    """First name."""

    position: int | None
    """The rater's place in the couple."""

    is_own: bool
    value: int
    """0 to 10."""

    audience: Audience
    said_at: datetime
    badge: str
    """Who can see it, in words to the reader."""


@dataclass(frozen=True, slots=True)
class HopeView:
    """What one member hopes for, in their own words."""

    id: UUID
    couple_id: UUID
    person_id: UUID
    name: str
    """First name of its author."""

    position: int
    """The author's place in the couple."""

    place: int
    """1 to 3."""

    words: str
    written_at: datetime
    changed_at: datetime | None
    goal_id: UUID | None
    """The goal that came of it."""

    @property
    def said_at(self) -> datetime:
        """When its words became what they are."""
        return self.changed_at or self.written_at


@dataclass(frozen=True, slots=True)
class RaterScore:
    """The T score of one rater over the open goals they rated."""

    rater: str
    position: int | None
    t: float | None
    """None while no goal with a weight is rated."""

    rated: int
    """Open goals this person has rated."""

    of: int
    """Open goals this person could rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalView:
    """One goal with the ratings the reader may see."""

    id: UUID
    title: str
    levels: tuple[str, ...]
    """Five descriptions, from -2 to +2; empty for somebody who may not read them any more."""

    weight: int
    target_on: date | None
    closed_on: date | None
    area: ProblemGroup | None
    """What it is about; None where nobody said, or for somebody who may not read it."""

    badge: str
    """Who can see the goal, in words to the reader."""

    whose: Member | None
    """Whose own goal it is; None for a joint one."""

    latest: tuple[Rating, ...]
    """The newest rating of each rater, members first in the couple's order."""

    history: tuple[Rating, ...]
    """All ratings, newest first."""

    can_rate: bool
    progress: tuple[Progress, ...] = ()
    """How far it was seen, newest first; only where a page shows it."""

    measure_key: str | None = None
    """The measure that may show the way to it; for whoever treats the couple alone."""

    @property
    def latest_progress(self) -> tuple[Progress, ...]:
        """The newest progress of each member, in the couple's order."""
        newest: dict[UUID, Progress] = {}
        for one in self.progress:
            newest.setdefault(one.rater_id, one)
        return tuple(sorted(newest.values(), key=lambda one: one.position or 0))

    @property
    def levels_apart(self) -> int | None:
        """How far the newest ratings lie apart, in levels; None with fewer than two raters."""
        levels = [rating.level for rating in self.latest]
        return max(levels) - min(levels) if len(levels) > 1 else None

    @property
    def own_level(self) -> int | None:
        """The reader's own newest level."""
        return next((rating.level for rating in self.latest if rating.is_own), None)

    @property
    def is_editable(self) -> bool:
        """Whether the wording may still change; only the therapist sees every rating."""
        return self.closed_on is None and not self.history and not self.progress


@dataclass(frozen=True, slots=True)
class CoupleGoals:
    """All goals of a couple, as the treating therapist sees them."""

    couple_id: UUID
    couple_name: str
    members: tuple[Member, ...]
    """Present members."""

    running: tuple[GoalView, ...]
    closed: tuple[GoalView, ...]
    scores: tuple[RaterScore, ...]
    """One for each member and for the therapist who reads; never one for all."""

    hopes: tuple[HopeView, ...]
    """What present members wrote that they hope for, in the couple's order."""

    rules: Mapping[datetime, SecretsRule]
    """Under which rule about secrets each of the above was said, by its moment."""


@dataclass(frozen=True, slots=True)
class PortalGoals:
    """A partner's goals: the joint ones and their own. Others' own goals do not exist here."""

    running: tuple[GoalView, ...]
    closed: tuple[GoalView, ...]
    score: RaterScore | None
    """Over the partner's own ratings; None before the first."""


@dataclass(frozen=True, slots=True)
class PortalGoal:
    """One goal on a page of its own, with whom a rating can be shown to."""

    goal: GoalView
    therapist: str
    others: tuple[str, ...]
    """First names of the other members who see the goal."""

    couple_id: UUID


@dataclass(frozen=True, slots=True)
class AskedGoal:
    """A goal that a partner is asked about now."""

    id: UUID
    title: str
    levels: tuple[str, ...]
    """Five descriptions, from -2 to +2."""

    is_joint: bool


@dataclass(frozen=True, slots=True)
class HopePlace:
    """One of the places in which a partner can write what they hope for."""

    place: int
    """1 to 3."""

    words: str
    """What stands there now; empty if nothing does."""

    is_fixed: bool
    """Whether a goal came of it, so that the words stay."""


@dataclass(frozen=True, slots=True)
class GoalStep:
    """A step about goals as the partner who is asked meets it."""

    step_id: UUID
    couple_id: UUID
    task: GoalTask
    readers: Audiences
    is_done: bool
    is_open: bool
    """Whether something can be entered still; what was hoped can be mended while it is open."""

    goals: tuple[AskedGoal, ...]
    """Those not rated yet in this step; none where hopes are written."""

    hopes: tuple[HopePlace, ...]
    """Places for hopes, in order; none where goals are rated."""

    @property
    def others(self) -> tuple[str, ...]:
        """First names of those to whom a rating can be shown: nobody without a joint goal."""
        return self.readers.others if any(goal.is_joint for goal in self.goals) else ()
