"""Everything a report may say, already filtered for its readers.

This is where privacy is decided: what is not in here cannot be printed. ``services.reports``
fills it from records that *every* intended reader may see, and computes only from those. A
person is known by ``position`` alone; there are no record ids.
"""

from dataclasses import dataclass
from datetime import date, datetime

from practice.config.settings import Letterhead
from practice.domain.adherence import Adherence, AttendanceRate, WeekDone
from practice.domain.board import Board
from practice.domain.change import Change
from practice.domain.couple_class import CoupleClass
from practice.domain.couple_mean import CoupleMeanOpinion
from practice.domain.course import Level
from practice.domain.homework.terms import GivenTo
from practice.domain.literature import PUBLISHED_FIGURES, PublishedFigure
from practice.domain.measures.definition import Cut, Norms, PublishedChange
from practice.domain.measures.origin import Origin
from practice.domain.reports import Edition
from practice.domain.sessions import Attendance, SessionFormat, SessionKind, SessionStatus


@dataclass(frozen=True, slots=True)
class PersonFinding:
    """One member, in the order in which the couple was entered."""

    position: int
    """1, 2, 3 …: decides the mark, and names the person in all other findings."""

    name: str
    label: str
    """The first name, or more of it where two members share one."""

    left_on: date | None = None
    """When they left the couple; always None in the joint edition."""


@dataclass(frozen=True, slots=True)
class SessionFinding:
    """One session that took place or was cancelled."""

    on: date
    kind: SessionKind
    seen_alone: int | None
    """Position of the member an individual session was with."""

    format: SessionFormat
    status: SessionStatus
    minutes: int
    attendance: tuple[tuple[int, Attendance | None], ...]
    """Position and attendance of each member expected; None where it was not written down."""


@dataclass(frozen=True, slots=True)
class AttendanceFinding:
    """How one member attended, over the sessions of this edition."""

    position: int
    rate: AttendanceRate
    late: int
    late_cancellations: int
    did_not_attend: int
    not_recorded: int


@dataclass(frozen=True, slots=True)
class RatingFinding:
    """One rater's latest rating of one goal, of those in this edition."""

    rater: int | None
    """Position of the member; None for the therapist."""

    level: int
    on: date
    comment: str
    """Empty in the joint edition."""


@dataclass(frozen=True, slots=True)
class GoalFinding:
    """One goal with the latest ratings."""

    title: str
    own_goal_of: int | None
    """Position of the member whose own goal it is; None for a joint goal."""

    levels: tuple[str, ...]
    """Five descriptions, from -2 to +2."""

    weight: int
    set_on: date
    closed_on: date | None
    ratings: tuple[RatingFinding, ...]


@dataclass(frozen=True, slots=True)
class GoalScoreFinding:
    """The T score of one rater over the goals of this edition that they rated."""

    rater: int | None
    t: float
    goals: int


@dataclass(frozen=True, slots=True)
class DoneFinding:
    """How much of one assignment one member did, from the entries of this edition."""

    position: int
    done: Adherence


@dataclass(frozen=True, slots=True)
class HomeworkFinding:
    """One assignment."""

    title: str
    given_to: GivenTo
    receivers: tuple[int, ...]
    how_often: str
    starts_on: date
    due_on: date
    retired_on: date | None
    entries_readable: bool
    """False where entries are by rule not for the readers of this edition: nothing is counted."""

    done: tuple[DoneFinding, ...]
    serves: str = ""
    """The goal it was given for, where every reader of this edition may read that goal."""


@dataclass(frozen=True, slots=True)
class ScoreFinding:
    """One dated score; ``value`` is None where one was asked for and not given: a gap."""

    on: date
    value: float | None
    origin: Origin | None = None
    """How it came into the record; None for a gap."""

    version: int = 1
    """Of the wording under which it was given."""


@dataclass(frozen=True, slots=True)
class PersonScale:
    """One member's scores on one scale, oldest first, and what they amount to."""

    position: int
    scores: tuple[ScoreFinding, ...]
    band: tuple[float, float] | None
    """Lowest and highest score that are no reliable change from the first; None without norms."""

    change: Change | None
    """From the first to the latest score of this edition; None without norms or with one score."""

    strict: Change | None
    """The same under the conservative norms; None where there are none."""

    earlier: tuple[ScoreFinding, ...] = ()
    """Scores under earlier wordings: drawn, and compared with nothing."""

    @property
    def drawn(self) -> tuple[ScoreFinding, ...]:
        """All that stands in the picture, oldest first, with the gaps."""
        return tuple(sorted((*self.earlier, *self.scores), key=lambda score: score.on))

    @property
    def given(self) -> tuple[ScoreFinding, ...]:
        """The scores without the gaps."""
        return tuple(score for score in self.scores if score.value is not None)


@dataclass(frozen=True, slots=True)
class MeasureFact:
    """What a reader must know of the questionnaire behind a scale."""

    title: str
    validated: bool
    notice: str
    citation: str
    licence: str
    wording_version: str
    missing_rule: str


@dataclass(frozen=True, slots=True)
class ScaleFinding:
    """One scale: the scores of all members, their classes and the couple's."""

    key: str
    title: str
    short_title: str
    low: float
    high: float
    higher_is_better: bool
    cut: Cut | None
    norms: Norms | None
    """What reliable change is worked out from; None where ``published`` or nothing decides."""

    published: PublishedChange | None
    """The reliable change as its source states it, where that decides."""

    conservative_norms: Norms | None
    points_needed: float | None
    """The difference at which a change is reliable, in scale points. It must be exceeded, unless
    ``published`` says that it is enough."""

    points_needed_strict: float | None
    people: tuple[PersonScale, ...]
    """In order: every present member, also one without a score; former members who have one."""

    couple_class: CoupleClass | None
    """None where nothing tells reliable change, and where this edition has not a pair of scores of
    every member."""

    second_opinion: CoupleMeanOpinion | None
    """By the mean of the members, for the therapist; None in the joint edition, where a pair of
    scores is missing, and once the relationship has ended."""

    measures: tuple[MeasureFact, ...]
    """The questionnaires that gave these scores."""

    is_questionnaire: bool
    """Whether it is told as a questionnaire, and not as ratings of our own."""

    carries_homework: bool = False
    """Whether its picture has the homework underneath: one of the report's."""

    of_couple: bool = True
    """False for what is about one person's health or view of the sessions: no class of a couple."""

    @property
    def full_title(self) -> str:
        """The title with the short title, once."""
        named = self.short_title in self.title
        return self.title if named else f"{self.title} ({self.short_title})"

    @property
    def can_show_change(self) -> bool:
        """Whether reliable change can be told on this scale."""
        return self.norms is not None or self.published is not None

    @property
    def has_a_line(self) -> bool:
        """Whether anybody has two scores; a single one says as much in words."""
        return any(sum(one.value is not None for one in person.drawn) > 1 for person in self.people)

    @property
    def has_classes(self) -> bool:
        """Whether any member has a class on this scale."""
        return any(person.change is not None for person in self.people)


@dataclass(frozen=True, slots=True)
class EventFinding:
    """Something that happened, as it stands at its day in a picture."""

    on: date
    text: str
    about: int | None
    """Position of the only member it concerns; None for all of them."""


@dataclass(frozen=True, slots=True)
class WeeksFinding:
    """One member's homework by week, from the entries of this edition."""

    position: int
    weeks: tuple[WeekDone, ...]


@dataclass(frozen=True, slots=True)
class SignalFinding:
    """What a rule of thumb said; never in the joint edition."""

    level: Level
    words: str
    why: str
    basis: str
    since: date


@dataclass(frozen=True, slots=True)
class BoardFinding:
    """The signs of one member."""

    title: str
    notice: str
    position: int
    board: Board


@dataclass(frozen=True, slots=True)
class ProblemFinding:
    """One member's presenting problem; never in the joint edition."""

    position: int
    text: str


@dataclass(frozen=True, slots=True)
class PassageFinding:
    """Words of one member that they allowed to be moved into the joint record."""

    position: int
    text: str
    on: date
    """When it was moved."""


@dataclass(frozen=True, slots=True)
class MissingFinding:
    """Something that is not there, counted. Only things of which every reader may know."""

    what: str
    """A whole sentence, with its number."""


@dataclass(frozen=True, slots=True)
class Findings:
    """All of one report."""

    edition: Edition
    letterhead: Letterhead
    couple_title: str
    therapist: str
    people: tuple[PersonFinding, ...]
    readers: str
    """Who may read this edition, in words."""

    made_at: datetime
    """Aware, in the practice's time zone."""

    period_start: date
    period_end: date
    """The day the episode of care ended, or the day the report was made."""

    care_has_ended: bool
    relationship_ended_on: date | None
    ending_was_a_goal: bool | None
    """Always None in the joint edition."""

    agreed_problem: str
    problems: tuple[ProblemFinding, ...]
    sessions: tuple[SessionFinding, ...]
    planned_sessions: int
    attendance: tuple[AttendanceFinding, ...]
    goals: tuple[GoalFinding, ...]
    goal_scores: tuple[GoalScoreFinding, ...]
    homework: tuple[HomeworkFinding, ...]
    homework_in_all: tuple[DoneFinding, ...]
    """Over the assignments whose entries this edition may count."""

    scales: tuple[ScaleFinding, ...]
    boards: tuple[BoardFinding, ...]
    events: tuple[EventFinding, ...]
    homework_weeks: tuple[WeeksFinding, ...]
    """Empty in the joint edition: it counts open entries only, and bars would look like all."""

    signals: tuple[SignalFinding, ...]
    """Always empty in the joint edition, and once care or the relationship has ended."""

    missing: tuple[MissingFinding, ...]
    literature: tuple[PublishedFigure, ...] = PUBLISHED_FIGURES
    """What published studies found, as the practice uses it."""

    passages: tuple[PassageFinding, ...] = ()
    """Only while the permission holds; in either edition."""

    @property
    def made_on(self) -> date:
        """The day it was made, in the practice's time zone."""
        return self.made_at.date()

    @property
    def is_joint(self) -> bool:
        """Whether the members read it."""
        return self.edition is Edition.JOINT

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to report on yet."""
        return not (self.sessions or self.goals or self.homework or self.scales or self.boards)

    def label(self, position: int | None) -> str:
        """Return the name of a member by position; the therapist's for None."""
        if position is None:
            return self.therapist
        return next(person.label for person in self.people if person.position == position)
