"""What the homework services hand out: values, never rows."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from practice.domain.adherence import Adherence
from practice.domain.homework.definition import SummaryLine, Template
from practice.domain.homework.review import HomeworkReview, View
from practice.domain.homework.smaller import Size
from practice.domain.homework.terms import EndReason, FollowsHow, GivenTo, Outcome
from practice.domain.visibility import Audience
from practice.services.people import Member


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry as a line of a list: nothing of its content."""

    id: UUID
    assignment_id: UUID
    author: str
    """First name."""

    position: int
    """The author's place in the couple, for their mark."""

    is_own: bool
    for_day: date
    outcome: Outcome
    audience: Audience
    submitted_at: datetime
    badge: str
    """Who can see it, in words to the reader."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry with what was written."""

    line: EntryLine
    answers: tuple[SummaryLine, ...]


@dataclass(frozen=True, slots=True)
class ViewLine:
    """How one member saw one day of a task done together."""

    id: UUID
    member: Member | None
    """Whose it is; None on their own pages."""

    for_day: date
    view: View
    badge: str
    """Who can see it, in words to the reader."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """What one note says of one task."""

    session_id: UUID
    on: date
    assignment_id: UUID
    about: Member | None
    """Of whom it speaks; None: of both."""

    author: str
    is_signed: bool
    review: HomeworkReview
    badge: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some of the entries, newest first."""

    entries: tuple[EntryView, ...]
    number: int
    """Which page this is, from 1."""

    count: int
    """How many pages there are, at least 1."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Done of due for one person, or for all of them together."""

    member: Member | None
    """None: one entry between them."""

    adherence: Adherence


@dataclass(frozen=True, slots=True)
class Rest:
    """A pause that is not over."""

    starts_on: date
    ends_on: date | None
    """Last day; None until it is taken up again."""


@dataclass(frozen=True, slots=True)
class EarlierTerms:
    """How an assignment stood before it was changed."""

    instructions: str
    due_on: date
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What an assignment came out of, or what came out of it."""

    id: UUID
    title: str
    how: FollowsHow
    how_often: str
    on: date
    """First day of the later of the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What waits to be read together, and a session in which it can be opened."""

    assignment_id: UUID
    title: str
    session_id: UUID
    starts_at: datetime
    """Of the session."""

    authors: str
    """First names of those who wrote it."""

    pages: int
    """How many entries open."""

    readers: str
    """Who reads them from then on, in words to the reader."""

    for_whom: str
    """Whom it is opened for: ``both``, or names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What became of an assignment, and what can become of it. For the therapist."""

    is_asked: bool
    """It is still asked for, resting or not."""

    end_reason: EndReason | None
    end_words: str
    before: Neighbour | None
    after: Neighbour | None
    smaller: tuple[Size, ...]
    """What it can be made to, the nearest first; empty where something took its place."""

    earlier: tuple[EarlierTerms, ...]
    """How it stood before, newest first."""

    openings: tuple[Opening, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentCard:
    """One assignment as the therapist sees it in a list."""

    id: UUID
    template_key: str
    template_version: int
    title: str
    given_to: GivenTo
    receivers: tuple[Member, ...]
    how_often: str
    audience: Audience
    badge: str
    """Who can see the task, in words to the reader; ``audience`` is the rule for entries."""

    whom: str
    """Who does it and how: ``for each partner``; by name where not all of them do."""

    rest: Rest | None
    """A pause that lasts, or is to come."""

    starts_on: date
    due_on: date
    retired_on: date | None
    is_running: bool
    """Still asked for, or to begin later."""

    goal_id: UUID | None
    goal_title: str
    figures: tuple[Figure, ...]
    """Without what somebody kept to themselves: that does not exist for the therapist."""

    latest: tuple[EntryLine, ...]
    """The newest entries that may be seen, at most three."""


@dataclass(frozen=True, slots=True)
class CoupleHomework:
    """All homework of one couple, running first, newest first."""

    couple_id: UUID
    running: tuple[AssignmentCard, ...]
    earlier: tuple[AssignmentCard, ...]


@dataclass(frozen=True, slots=True)
class EntryDays:
    """How it went day by day, over what may be seen and nothing else."""

    member: Member | None
    """None: done together."""

    outcomes: tuple[Outcome | None, ...]
    """One a day from the first day to today or the last, at most ``DAYS_SHOWN``; None: nothing to
    read of that day."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentPage:
    """One assignment with its entries, for the therapist."""

    card: AssignmentCard
    couple_id: UUID
    couple_name: str
    instructions: str
    life: Life
    page: EntryPage
    days: tuple["EntryDays", ...]
    """A row of days for each person, or one for all of them."""

    views: tuple["ViewLine", ...]
    """How each saw it, newest day first; of what was done together alone."""

    reviews: tuple["ReviewLine", ...]
    """What notes say of it, newest session first."""

    in_todays_words: bool = False
    """It was given before wordings were kept, and the worksheet was worded anew since."""

    @property
    def afraid(self) -> tuple[Member, ...]:
        """Members who were afraid of how the other would take it: safety comes first."""
        said = [(line.member, line.view) for line in self.views]
        said += [(line.about, line.review.view) for line in self.reviews]
        named = {
            member.person_id
            for member, view in said
            if member is not None and view.barrier is not None and view.barrier.asks_for_safety
        }
        return tuple(one for one in self.card.receivers if one.person_id in named)

    @property
    def barriers(self) -> tuple[str, ...]:
        """What got in the way, in the words of the list, each once; while it is asked for."""
        views = [line.review.view for line in self.reviews] + [line.view for line in self.views]
        found = dict.fromkeys(view.barrier.label.lower() for view in views if view.barrier)
        return tuple(found) if self.card.is_running else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One assignment as a partner sees it in a list."""

    id: UUID
    title: str
    purpose: str
    minutes: int
    how_often: str
    is_together: bool
    is_once: bool
    starts_on: date
    due_on: date
    is_retired: bool
    audience: Audience
    """The rule it was given under."""

    badge: str
    """Who can see the task itself, in words to the reader."""

    therapist: str
    """First name; "your therapist" while nobody treats the couple."""

    others: tuple[str, ...]
    """First names of the other members it was given to."""

    asked: int
    """How many times this day or week asks for; 0 outside the task."""

    done: int
    """How many of them this person has done, or any of them where it is one entry between them."""

    days_written: int
    """Different days with an entry of this person. Only grows."""

    rests: bool
    """It rests today: nothing is asked for, and nothing counted."""

    rests_until: date | None
    """The last day of rest; None where nobody has said."""


@dataclass(frozen=True, slots=True)
class PortalHomework:
    """A partner's homework. Holds nothing that depends on what the others keep to themselves."""

    now: tuple[Task, ...]
    """Still open today or this week, in the order of their last day."""

    later: tuple[Task, ...]
    """Done for today or this week, or to begin later."""

    earlier: tuple[Task, ...]
    """Over, newest first."""

    @property
    def minutes(self) -> int:
        """How long one go of everything in ``now`` takes."""
        return sum(task.minutes for task in self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalAssignment:
    """A worksheet as its receiver finds it."""

    task: Task
    couple_id: UUID
    worksheet: Template
    """In the wording it was given in."""

    instructions: str
    """The therapist's own words for this couple; empty for somebody who has left it."""

    goal_title: str
    choices: tuple[Audience, ...]
    """Whom the author may choose as readers, narrowest first."""

    preset: Audience
    days: tuple[date, ...]
    """Days one may write about now, newest first; empty when there is nothing to write."""

    lines: tuple[EntryLine, ...]
    """Entries that may be read, newest first."""

    number: int
    count: int
    """Which page of the entries this is, and of how many."""
