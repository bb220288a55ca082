"""Which worksheets to think of for a couple: the facts are gathered here, the rule is pure.

For whoever treats the couple alone. No page of a partner asks for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.homework.suggestions import (
    NOTES,
    Before,
    OpenGoal,
    Situation,
    Suggestion,
    suggestions,
)
from practice.domain.people import Actor, Reader
from practice.domain.sessions import InteractionPattern, SessionKind, SessionStatus
from practice.models.goals import Goal
from practice.models.homework import Assignment, HomeworkEntry
from practice.models.sessions import JointNote, TherapySession
from practice.services import access, clearances, clock
from practice.services.homework import rows
from practice.services.homework.facts import facts_of_entries
from practice.services.homework.rows import Given
from practice.services.homework.templates import all_given
from practice.services.notes.parts import content_of
from practice.services.people import Member, current_members, members_of


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the therapist's picker adds to the list of worksheets."""

    suggestions: tuple[Suggestion, ...]
    warning: str
    """What to say where work together is not cleared; empty once it is."""

    given_before: frozenset[str]
    """Keys of worksheets that this couple had or has."""

    running: frozenset[str]


def suggested(*, actor: Actor, couple_id: UUID) -> Suggested:
    """Return suggestions for a couple, each with its reasons.

    Of what members wrote only what the actor may see counts; what was kept private is no reason
    for anything. A member's own goal, and notes of sessions with one alone, are left out: the page
    may be seen by both.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    warning = clearances.warning_of(actor=actor, couple_id=couple_id)
    before = _before(reader)
    situation = Situation(
        today=clock.today(),
        people=len(current_members(couple_id)),
        joint_work_cleared=not warning,
        patterns=_patterns(reader),
        goals=_goals(reader),
        before=before,
    )
    return Suggested(
        suggestions=suggestions(all_given().values(), situation),
        warning=warning,
        given_before=frozenset(before),
        running=frozenset(key for key, one in before.items() if one.is_running),
    )


def _patterns(reader: Reader) -> tuple[frozenset[InteractionPattern], ...]:
    """Return the patterns ticked in the newest joint notes of sessions with the couple."""
    found = db.session.scalars(
        select(JointNote)
        .join(TherapySession, TherapySession.id == JointNote.session_id)
        .where(
            TherapySession.couple_id == reader.couple_id,
            TherapySession.kind == SessionKind.CONJOINT,
            TherapySession.status == SessionStatus.HELD,
        )
        .order_by(TherapySession.starts_at.desc(), JointNote.id)
        .limit(NOTES)
    )
    return tuple(
        frozenset(InteractionPattern(one.value) for one in content_of(row).patterns)
        for row in access.visible(reader, found)
    )


def _goals(reader: Reader) -> tuple[OpenGoal, ...]:
    found = db.session.scalars(
        select(Goal)
        .where(
            Goal.couple_id == reader.couple_id, Goal.closed_on.is_(None), Goal.person_id.is_(None)
        )
        .order_by(Goal.created_at, Goal.id)
    )
    visible = access.visible(reader, found)
    return tuple(OpenGoal(goal.title, area) for goal in visible if (area := goal.area) is not None)


def _before(reader: Reader) -> dict[str, Before]:
    """Return what came of each worksheet the couple had, as far as the reader may see it."""
    assignments = access.visible(
        reader,
        rows.given(Assignment.couple_id == reader.couple_id),
        facts=lambda one: one.row.facts,
    )
    entries = rows.entries_of((one.row.id for one in assignments), content=True)
    members, today = members_of(reader.couple_id), clock.today()
    by_key: dict[str, list[Given]] = {}
    for one in assignments:
        by_key.setdefault(one.row.template_key, []).append(one)
    found = {}
    for key, given in by_key.items():
        written = [
            entry
            for one in given
            for entry in _seen(reader, one, entries.get(one.row.id, []), members)
        ]
        found[key] = Before(
            is_running=any(one.is_running(today) for one in given),
            ended_on=max(_ended_on(one) for one in given),
            tries=len(written),
            done=sum(entry.outcome.counts_as_done for entry in written),
            quality=_quality(written),
        )
    return found


def _seen(
    reader: Reader, one: Given, entries: list[HomeworkEntry], members: tuple[Member, ...]
) -> list[HomeworkEntry]:
    return access.visible(reader, entries, facts=facts_of_entries(one.row, entries, members))


def _ended_on(one: Given) -> date:
    return min(one.row.retired_on or one.row.due_on, one.row.due_on)


def _quality(entries: Iterable[HomeworkEntry]) -> float | None:
    """Return the mean of "How was it for you?", 0 to 10; None where nobody said."""
    said = [entry.content.get("quality") for entry in entries]
    numbers = [one for one in said if isinstance(one, int)]
    return fmean(numbers) if numbers else None
