"""The homework that ran when a session took place, for the review in its notes.

What all did together is reviewed in the joint note. How it went for one person stands in the
individual addendum about that person, whoever it was given to, and shares its fate; so does what
some of several did together, which the others do not know of. Decision 0044.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, defer, joinedload, selectinload

from practice.db import db
from practice.domain.homework.review import LONGEST_WORDS, Barrier, HomeworkReview
from practice.domain.homework.terms import Frequency, GivenTo
from practice.domain.note_formats import NoteContent
from practice.domain.people import Reader
from practice.domain.sessions import SessionKind, SessionStatus
from practice.models.homework import Assignment
from practice.models.sessions import TherapySession
from practice.services import access, clock
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid, NotFound
from practice.services.homework.facts import is_running, schedule_of
from practice.services.homework.following import size_in_words, smaller_than
from practice.services.homework.rows import how_often
from practice.services.homework.templates import all_given, wording_of
from practice.services.notes.parts import JOINT, Desk, NoteKind, Part, content_of
from practice.services.people import members_of
from practice.services.session_details import expected_on

FEAR_STAYS_APART = (
    "That somebody is afraid belongs in the individual addendum about them: this note may be "
    "read by both."
)


@dataclass(frozen=True, slots=True)
class OpenTask:
    """One assignment, small."""

    id: UUID
    title: str
    is_running: bool = False
    """Whether nobody ended it, and nothing took its place."""

    smaller: str = ""
    """What it becomes when it is made smaller, in words; empty: nothing is smaller, or it rests."""

    smaller_for_two: bool = False
    """What it becomes needs work together to be cleared."""

    has_sizes: bool = False
    """Whether there is more than one smaller size to choose from."""

    next_id: UUID | None = None
    """What took its place."""

    rested: bool = False
    """It rested on every day since the session before: nothing was asked for."""

    rests: bool = False
    """It rests today."""

    how_often: str = ""
    """For instance ``every day``: one that was made smaller stands beside the smaller one."""


def review_field(part: Part, task_id: UUID, what: str = "") -> str:
    """Return the name of a field; ``what`` is left out for how far it came."""
    return f"{part.key}_homework_{task_id.hex}" + (f"_{what}" if what else "")


def tasks_of(desk: Desk) -> dict[Part, tuple[OpenTask, ...]]:
    """Return what can be reviewed in each part, oldest first, then what was and ran no more."""
    running, followers = _open_homework(desk.reader, desk.session)
    since = _since(desk.session)
    on = clock.local(desk.session.starts_at).date()
    everybody = {one.person_id for one in expected_on(members_of(desk.session.couple_id), on)}
    small = {row.id: _small(row, since, followers.get(row.id)) for row in running}
    found = {}
    for part in desk.parts:
        tasks = tuple(
            small[row.id] for row in running if _belongs(row, desk.session, part, everybody)
        )
        row = desk.row(part)
        reviewed = content_of(row).homework if row is not None else {}
        found[part] = _with_reviewed(tasks, reviewed)
    return found


def may_name_fear(desk: Desk, part: Part) -> bool:
    """Whether a part may say that somebody is afraid: one that both of them will never read."""
    return part.kind is NoteKind.MEMBER or desk.session.kind is not SessionKind.CONJOINT


def barriers_of(desk: Desk) -> dict[Part, tuple[Barrier, ...]]:
    """Return what can be chosen as having been in the way, by part."""
    return {
        part: tuple(one for one in Barrier if not one.asks_for_safety or may_name_fear(desk, part))
        for part in desk.parts
    }


def cleaned_reviews(part: Part, content: NoteContent) -> Mapping[UUID, HomeworkReview]:
    """Return the reviews of a part as they would be stored, without empty ones.

    Raises:
        Invalid: naming the fields whose words are too long.
    """
    errors: dict[str, str] = {}
    found = {}
    for task_id, one in content.homework.items():
        try:
            words = clean_text(one.view.words, review_field(part, task_id, "words"), LONGEST_WORDS)
        except Invalid as problem:
            errors.update(problem.errors)
            continue
        tidied = replace(one, view=replace(one.view, words=words))
        if not tidied.is_empty:
            found[task_id] = tidied
    if errors:
        raise Invalid(errors)
    return found


def require_own_place(desk: Desk, part: Part, content: NoteContent) -> None:
    """Refuse a review in a part where it has no place: it would be read by whom it does not reach.

    Raises:
        NotFound: if a task cannot be reviewed in that part.
        Invalid: naming the field, where a joint note would say that somebody is afraid.
    """
    if not set(content.homework) <= {task.id for task in tasks_of(desk).get(part, ())}:
        raise NotFound
    if may_name_fear(desk, part):
        return
    errors = {
        review_field(part, task_id, "barrier"): FEAR_STAYS_APART
        for task_id, one in content.homework.items()
        if one.view.barrier is not None and one.view.barrier.asks_for_safety
    }
    if errors:
        raise Invalid(errors)


def _open_homework(
    reader: Reader, session: TherapySession
) -> tuple[list[Assignment], dict[UUID, UUID]]:
    """Return what was given before a session and ran at its day or since the one before it.

    Oldest first, and what took the place of any of it. What ran out between two sessions is
    reviewed in the second of them.
    """
    first, last = _since(session)
    later = aliased(Assignment)
    took_its_place = (
        select(later.id)
        .where(later.follows_id == Assignment.id)
        .correlate(Assignment)
        .limit(1)
        .scalar_subquery()
    )
    found = db.session.execute(
        select(Assignment, took_its_place)
        .where(
            Assignment.couple_id == session.couple_id,
            Assignment.starts_on <= last,
            Assignment.created_at < session.starts_at,
            Assignment.retired_on.is_(None) | (Assignment.retired_on >= first),
        )
        .options(
            selectinload(Assignment.receivers),
            joinedload(Assignment.pauses),
            defer(Assignment.instructions_sealed),
        )
        .order_by(Assignment.starts_on, Assignment.created_at, Assignment.id)
    ).unique()
    rows, followers = [], {}
    for row, follower in found:
        if row.due_on >= first or row.frequency is Frequency.ONCE:
            rows.append(row)
        if follower is not None:
            followers[row.id] = follower
    return access.visible(reader, rows), followers


def _since(session: TherapySession) -> tuple[date, date]:
    """Return the days a session looks back on: from the one before it, else its own alone."""
    day = clock.local(session.starts_at).date()
    return _day_of_the_one_before(session) or day, day


def _day_of_the_one_before(session: TherapySession) -> date | None:
    """Return the day of the session held before this one; None where there was none."""
    before = db.session.scalar(
        select(func.max(TherapySession.starts_at)).where(
            TherapySession.couple_id == session.couple_id,
            TherapySession.status == SessionStatus.HELD,
            TherapySession.starts_at < session.starts_at,
        )
    )
    return clock.local(before).date() if before else None


def _belongs(row: Assignment, session: TherapySession, part: Part, everybody: set[UUID]) -> bool:
    if part == JOINT and session.person_id is None:
        return row.given_to is GivenTo.TOGETHER and everybody <= row.facts.concerns
    about = session.person_id if part == JOINT else part.about_id
    return about in row.facts.concerns


def _with_reviewed(
    tasks: tuple[OpenTask, ...], reviewed: Mapping[UUID, HomeworkReview]
) -> tuple[OpenTask, ...]:
    known = {task.id for task in tasks}
    others = (OpenTask(key, one.title) for key, one in reviewed.items() if key not in known)
    return (*tasks, *others)


def _small(row: Assignment, since: tuple[date, date], next_id: UUID | None) -> OpenTask:
    schedule, (first, last) = schedule_of(row), since
    begun = max(first, row.starts_on)
    running = row.retired_on is None and next_id is None
    rests = is_running(row, clock.today()) and schedule.rests_on(clock.today())
    sizes = smaller_than(row) if running and not rests else ()
    return OpenTask(
        id=row.id,
        title=wording_of(row).title,
        is_running=running,
        smaller=size_in_words(sizes[0], row.template_key) if sizes else "",
        smaller_for_two=bool(sizes) and all_given()[sizes[0].template_key].needs_both_safe,
        has_sizes=len(sizes) > 1,
        next_id=next_id,
        rested=begun <= last and not schedule.days_asked(begun, last),
        rests=rests,
        how_often=how_often(row),
    )
