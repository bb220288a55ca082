"""The thread goal -> homework -> measure in one place, for whoever treats the couple.

Put together from what the services of goals, homework and measures hand out, each of which has
applied the policy. No partner's page and no report is made from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.db import db
from practice.domain.homework.thread import NO_CAUSE, helpful_in_words, line_in_words
from practice.domain.measures.definition import Measure
from practice.domain.people import Actor
from practice.domain.words import signed
from practice.models.goals import Goal
from practice.services import access, audit, clock, goals, homework
from practice.services.couple_measures import CoupleMeasures, couple_measures
from practice.services.errors import Invalid, NotFound
from practice.services.goals.values import CoupleGoals, GoalView
from practice.services.homework.reviews import reviews_of
from practice.services.homework.values import AssignmentCard, CoupleHomework, ReviewLine
from practice.services.measure_library import all_measures, offered_measures
from practice.services.people import Member
from practice.services.scale_panels import ScalePanel


@dataclass(frozen=True, slots=True)
class ThreadTask:
    """One task that serves a goal, with what notes say of it, newest first."""

    card: AssignmentCard
    reviews: tuple[ReviewLine, ...]

    @property
    def helpful(self) -> str:
        """How helpful it was to each, by what was said last."""
        said: dict[str, int] = {}
        for line in self.reviews:
            if line.review.view.helpfulness is not None:
                name = line.about.first_name if line.about else "both"
                said.setdefault(name, line.review.view.helpfulness)
        return helpful_in_words(said.items())


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened on the way."""

    on: date
    kind: str
    """What kind of record it is."""

    words: str
    member: Member | None
    """Whom it is about; None: both, or nobody of them."""

    badge: str
    session_id: UUID | None = None
    assignment_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class GoalThread:
    """Everything that hangs on one goal."""

    goal: GoalView
    measure: Measure | None
    panels: tuple[ScalePanel, ...]
    """The lines of the measure the goal names; empty while nobody answered it."""

    tasks: tuple[ThreadTask, ...]
    """Running first, newest first."""

    moments: tuple[Moment, ...]
    """In the order in which it happened."""

    measures: tuple[tuple[str, str], ...]
    """What the goal could name: key and title; what the couple answers first."""

    caution: str = NO_CAUSE


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """The thread of one goal, in a line."""

    goal: GoalView
    words: str
    shows_both: bool
    """Whether homework and scores stand side by side in it."""


def goal_thread(*, actor: Actor, goal_id: UUID) -> GoalThread:
    """Return the thread of one goal.

    Raises:
        NotFound: if there is no such goal in the actor's care.
    """
    _, goal = goals.goal_page(actor=actor, goal_id=goal_id)
    row = db.session.get_one(Goal, goal_id)
    reader = access.require_treating(actor, row.couple_id)
    tasks = _tasks(
        homework.couple_homework(actor=actor, couple_id=row.couple_id), reviews_of(reader), goal_id
    )
    answered = couple_measures(actor=actor, couple_id=row.couple_id)
    measure = all_measures().get(row.measure_key or "")
    return GoalThread(
        goal=goal,
        measure=measure,
        panels=_panels(answered, measure),
        tasks=tasks,
        moments=_moments(row, goal, tasks),
        measures=_offered(answered, measure),
    )


def couple_threads(
    *,
    actor: Actor,
    couple_id: UUID,
    goals: CoupleGoals,
    homework: CoupleHomework,
    measures: CoupleMeasures,
) -> tuple[ThreadLine, ...]:
    """Return the thread of each open goal that has one: homework, or a measure.

    Args:
        actor: Whoever treats the couple.
        couple_id: Which couple.
        goals: Its goals, as their page has them already.
        homework: Its homework.
        measures: Its measures.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    serving = {card.goal_id for card in (*homework.running, *homework.earlier)}
    # The notes are opened only where a goal has homework of which they may speak.
    reviews = reviews_of(reader) if serving & {goal.id for goal in goals.running} else {}
    named = {goal.id: all_measures().get(goal.measure_key or "") for goal in goals.running}
    found = []
    for goal in goals.running:
        tasks = _tasks(homework, reviews, goal.id)
        measure = named[goal.id]
        if not tasks and measure is None:
            continue
        scores = _scores(_panels(measures, measure))
        title = measure.short_title if measure else ""
        words = line_in_words(len(tasks), _last(tasks), title, scores)
        found.append(ThreadLine(goal, words, bool(tasks and scores)))
    return tuple(found)


def measures_offered(*, actor: Actor, couple_id: UUID) -> tuple[tuple[str, str], ...]:
    """Return key and title of what a goal can name, what the couple answers first.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    return _offered(couple_measures(actor=actor, couple_id=couple_id), None)


def name_measure(*, actor: Actor, goal_id: UUID, measure_key: str) -> None:
    """Say which measure may show the way to a goal; no wording of the goal changes.

    Args:
        actor: Whoever treats the couple.
        goal_id: Which goal.
        measure_key: Key of a measure; empty for none.

    Raises:
        NotFound: if there is no such goal in the actor's care.
        Invalid: naming ``measure_key``.
    """
    row = db.session.get(Goal, goal_id)
    if row is None:
        raise NotFound
    access.require_writing(actor, row.facts)
    if measure_key and measure_key not in all_measures():
        raise Invalid({"measure_key": "Choose a measure from the list."})
    if (row.measure_key or "") != measure_key:
        row.measure_key = measure_key or None
        db.session.flush()
        audit.note_write(actor, row.couple_id, "goal.measure_named")


def _tasks(
    given: CoupleHomework, reviews: Mapping[UUID, tuple[ReviewLine, ...]], goal_id: UUID
) -> tuple[ThreadTask, ...]:
    return tuple(
        ThreadTask(card, reviews.get(card.id, ()))
        for card in (*given.running, *given.earlier)
        if card.goal_id == goal_id
    )


def _panels(answered: CoupleMeasures, measure: Measure | None) -> tuple[ScalePanel, ...]:
    if measure is None:
        return ()
    scales = {scale.key for scale in measure.scales}
    panels = (*answered.tested, *answered.ratings)
    return tuple(panel for panel in panels if panel.scale.key in scales)


def _scores(panels: Iterable[ScalePanel]) -> list[str]:
    first = next(iter(panels), None)
    lines = first.lines if first else ()
    return [f"{one.name} {one.latest.value:g}" for one in lines if one.is_current and one.latest]


def _last(tasks: Iterable[ThreadTask]) -> str:
    """Return what was said last of any of the tasks, in a few words."""
    lines = [line for task in tasks for line in task.reviews if line.review.outcome]
    last = max(lines, key=lambda line: line.on, default=None)
    if last is None or last.review.outcome is None:
        return ""
    whose = f"{last.about.first_name} " if last.about else ""
    return f"{whose}{last.review.outcome.label.lower()}"


def _offered(answered: CoupleMeasures, chosen: Measure | None) -> tuple[tuple[str, str], ...]:
    everything = [chosen] if chosen else []
    everything += [one.measure for one in answered.answered]
    everything += [one.measure for one in answered.open]
    everything += sorted(offered_measures().values(), key=lambda one: one.title)
    return tuple({one.key: one.title for one in everything if one.scales}.items())


def _moments(row: Goal, goal: GoalView, tasks: Iterable[ThreadTask]) -> tuple[Moment, ...]:
    set_on = clock.local(row.created_at).date()
    found = [Moment(set_on, "goal", "The goal was set.", None, goal.badge)]
    for task in tasks:
        card = task.card
        words = f"“{card.title}”, {card.how_often}."
        found.append(
            Moment(card.starts_on, "assignment", words, None, card.badge, assignment_id=card.id)
        )
        found += [_of_review(task, line) for line in task.reviews]
    found += [
        Moment(
            clock.local(one.rated_at).date(),
            "goal_rating",
            f"{one.rater} rated {signed(one.level)}.",
            None,
            one.badge,
        )
        for one in goal.history
    ]
    return tuple(sorted(found, key=lambda one: one.on))


def _of_review(task: ThreadTask, line: ReviewLine) -> Moment:
    outcome = line.review.outcome.label.lower() if line.review.outcome else "talked about"
    said = "; ".join((outcome, *line.review.view.lines))
    return Moment(
        line.on,
        "member_note" if line.about else "joint_note",
        f"“{task.card.title}” in the session: {said}",
        line.about,
        line.badge,
        session_id=line.session_id,
    )
