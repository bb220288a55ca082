"""Promises on a partner's pages: how they went, in the words of whoever made or saw them.

Nothing is counted here. The newest word that the reader may see stands; one that was said for
fewer readers leaves it where it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from practice.db import db
from practice.domain.acts import Operation
from practice.domain.homework.blocks import TrackedLine
from practice.domain.homework.definition import Template
from practice.domain.homework.promises import CHOICES_FOR_OTHERS, PromiseWord, choices_for_own
from practice.domain.joint_facts import JointFact, tells
from practice.domain.people import Actor, Standing
from practice.domain.visibility import Audience
from practice.models.between import TrackerMark
from practice.services import access, audit, clock
from practice.services.badges import carers_in_words, seen_by
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.homework.seen import SeenEntry, seen_entry
from practice.services.once import free_id

MARKS_A_DAY = 20
"""Words one person may say in a day about one entry: far beyond use, a bound on abuse."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of a line."""

    person_id: UUID
    first_name: str
    is_own: bool
    word: PromiseWord
    on_day: date
    badge: str


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One line with what was said of it, as far as its reader may see it."""

    block_key: str
    line_key: str
    what: str
    due_on: date | None
    said: tuple[Said, ...]
    """The newest word of each person, whoever made the promise first."""

    @property
    def own(self) -> Said | None:
        """What the reader said last."""
        return next((one for one in self.said if one.is_own), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """The lines of one entry as a partner reads them."""

    entry_id: UUID
    title: str
    is_own: bool
    maker: str
    """First name."""

    others: tuple[str, ...]
    therapist: str
    lines: tuple[PromiseLine, ...]
    choices: tuple[Audience, ...]
    """For whom the reader can say how one went, narrowest first; empty when they cannot."""

    first_day: date
    """No word is about a day before this one."""

    def line(self, block_key: str, line_key: str) -> PromiseLine | None:
        """Return one line; None if there is none such."""
        wanted = (block_key, line_key)
        return next((one for one in self.lines if (one.block_key, one.line_key) == wanted), None)


@tells(JointFact.GIVEN_TO_ALL, JointFact.HAS_OPENED)
def portal_promises(*, actor: Actor, entry_id: UUID) -> Promises | None:
    """Return the promises of an entry that the actor may read; None where it holds none."""
    seen = seen_entry(actor, has_lines, entry_id, readers=access.own_couples(actor))
    return _promises(seen) if seen else None


def mark_promise(
    *,
    actor: Actor,
    entry_id: UUID,
    new_id: UUID,
    block_key: str,
    line_key: str,
    word: PromiseWord,
    on_day: date,
    audience: Audience,
) -> None:
    """Say how a promise went: one's own, or one of another's as one saw it.

    Args:
        actor: A present member who may read it.
        entry_id: The entry it stands in.
        new_id: Id of what is said; a second call with the same id changes nothing.
        block_key: Which block of it.
        line_key: Which line.
        word: How it went.
        on_day: When that was; from the day it was written until today.
        audience: Who else reads this word.

    Raises:
        NotFound: if there is no such line for the actor.
        Refused: if they have said enough for a day.
        Invalid: naming ``on_day`` or ``audience``.
    """
    seen = seen_entry(actor, has_lines, entry_id, readers=access.own_couples(actor))
    if seen is None:
        raise NotFound
    access.hold(seen.entry.couple_id)
    found = _promises(seen)
    if found is None or not found.choices or found.line(block_key, line_key) is None:
        raise NotFound
    row_id = free_id(
        TrackerMark,
        new_id,
        lambda known: (known.person_id, known.entry_id) == (actor.person_id, entry_id),
    )
    if row_id is None:
        return
    problems = dict(_problems(found, on_day, audience))
    if problems:
        raise Invalid(problems)
    _require_room(actor, entry_id)
    mark = TrackerMark(
        id=row_id,
        entry_id=entry_id,
        couple_id=seen.entry.couple_id,
        person_id=actor.person_id,
        block_key=block_key,
        line_key=line_key,
        word=word,
        on_day=on_day,
        audience=audience,
    )
    access.require_act(seen.reader, mark.facts, Operation.WRITE)
    db.session.add(mark)
    db.session.flush()
    audit.note_write(actor, mark.couple_id, "promise_mark.said")


def has_lines(template: Template) -> bool:
    """Whether a worksheet holds lines that can be marked."""
    return bool(template.trackers)


def tracked(seen: SeenEntry) -> list[tuple[str, TrackedLine]]:
    """Return every line of an entry with the key of its block."""
    return [
        (block.key, line)
        for block in seen.template.trackers
        for line in block.lines(seen.entry.content.get(block.key))
    ]


def marks_of(entry_ids: Iterable[UUID]) -> dict[UUID, list[TrackerMark]]:
    """Return all marks by entry, oldest first, with one query; filter before any use."""
    ids = list(entry_ids)
    found: dict[UUID, list[TrackerMark]] = {}
    if not ids:
        return found
    rows = db.session.scalars(
        select(TrackerMark)
        .where(TrackerMark.entry_id.in_(ids))
        .order_by(TrackerMark.marked_at, TrackerMark.id)
    )
    for row in rows:
        found.setdefault(row.entry_id, []).append(row)
    return found


def _promises(seen: SeenEntry) -> Promises | None:
    lines = tracked(seen)
    if not lines:
        return None
    entry, reader = seen.entry, seen.reader
    marks = access.visible(reader, marks_of([entry.id]).get(entry.id, []))
    is_own = entry.author_id == reader.person_id
    present = reader.standing is Standing.MEMBER
    return Promises(
        entry_id=entry.id,
        title=seen.template.title,
        is_own=is_own,
        maker=seen.first_name(entry.author_id),
        others=_others(seen) if present else (),
        therapist=carers_in_words(entry.couple_id),
        lines=tuple(
            PromiseLine(
                key,
                line.key,
                line.what,
                line.due_on,
                _said(seen, [m for m in marks if (m.block_key, m.line_key) == (key, line.key)]),
            )
            for key, line in lines
        ),
        choices=_choices(seen, is_own=is_own) if present else (),
        first_day=entry.for_day,
    )


def _choices(seen: SeenEntry, *, is_own: bool) -> tuple[Audience, ...]:
    if not is_own:
        return CHOICES_FOR_OTHERS
    return choices_for_own(seen.entry.audience, is_open=seen.facts.is_open)


def _said(seen: SeenEntry, marks: list[TrackerMark]) -> tuple[Said, ...]:
    newest = {mark.person_id: mark for mark in marks}
    maker = seen.entry.author_id
    ordered = sorted(newest.values(), key=lambda mark: (mark.person_id != maker, mark.marked_at))
    return tuple(
        Said(
            person_id=mark.person_id,
            first_name=seen.first_name(mark.person_id),
            is_own=mark.person_id == seen.reader.person_id,
            word=mark.word,
            on_day=mark.on_day,
            badge=seen_by(seen.reader, mark.facts),
        )
        for mark in ordered
    )


def _others(seen: SeenEntry) -> tuple[str, ...]:
    others = seen.given.receiver_ids - {seen.reader.person_id}
    return tuple(
        one.first_name for one in seen.members if one.person_id in others and one.is_current
    )


def _problems(found: Promises, on_day: date, audience: Audience) -> Iterable[tuple[str, str]]:
    if not found.first_day <= on_day <= clock.today():
        yield "on_day", "Choose a day between the promise and today."
    if audience not in found.choices:
        yield "audience", "Choose one of the readers in the list."


def _require_room(actor: Actor, entry_id: UUID) -> None:
    said = db.session.scalar(
        select(func.count())
        .select_from(TrackerMark)
        .where(
            TrackerMark.entry_id == entry_id,
            TrackerMark.person_id == actor.person_id,
            TrackerMark.marked_at >= clock.beginning_of(clock.today()),
        )
    )
    if (said or 0) >= MARKS_A_DAY:
        raise Refused("That is enough for today. There is room again tomorrow.")
