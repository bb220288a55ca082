"""What somebody began to fill in and has not sent: kept for them alone, on the server.

A draft belongs to one person, one kind of form and one thing it is about. Nobody else can learn
that there is one: no page of another reads this table, nothing is counted from it, and no line of
the access log speaks of it. Whoever calls has already asked whether the person may fill in the
form at all; a draft opens nothing.

On a device that was handed over, somebody else may be looking: the therapist before it reaches its
person, anybody while it lies about. What was kept elsewhere therefore never shows there; what is
kept there comes home to the person's own pages.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, and_, delete, or_, select

from practice.db import db
from practice.domain.people import Actor
from practice.models.drafts import Draft
from practice.services import clock


class DraftKind(StrEnum):
    """Which form; ``about_id`` says what it is about."""

    QUESTIONS = "questions"
    """A request that is being answered, by its id."""

    ON_DEVICE = "on_device"
    """The same on a device that was handed over, in the present visit."""

    NOTES = "notes"
    """The notes of a session, by its id."""

    NOTES_SENT = "notes_sent"
    """Which page of notes was saved last: what its script sends late is of no use any more."""

    INTAKE = "intake"
    """A section of one's own intake, by its address."""

    HOMEWORK = "homework"
    """An entry of homework, by the assignment."""

    HOMEWORK_VIEW = "homework_view"
    """How somebody saw a task done together, by the assignment."""

    GOAL = "goal"
    """How somebody sees a goal, by the goal."""

    GOAL_STEP = "goal_step"
    """What a step about goals asks, by the step."""

    GOAL_STEP_ON_DEVICE = "goal_step_on_device"
    """The same on a device that was handed over, in the present visit."""

    CONTACT = "contact"
    """How somebody may be reached, by the person."""

    CORRECTION = "correction"
    """Answers that are being corrected, by the response that stands."""

    PERMISSION = "permission"
    """What somebody answers to a question about their words, by the question."""

    TAKING_BACK = "taking_back"
    """Why a signature is taken back, by the agreement."""

    RECORD_REQUEST = "record_request"
    """What somebody asks for of their record, by the person."""

    WORKSHEET = "worksheet"
    """A worksheet of the practice's own that a therapist writes, by its family or its beginning."""
    JOURNAL = "journal"
    """A new page of a journal by the person, a changed one by the page."""
    LETTER = "letter"
    """A letter, by the address of its thread."""

    TIME_ALONE = "time_alone"
    """What somebody asks for time alone with, by the person."""

    SENT = "sent"
    """Which page of a form was sent last: what its script sends late is of no use any more."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as its author meets it again."""

    fields: Mapping[str, str]
    """What was typed or chosen, by field name."""

    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Keeping:
    """What keeping did."""

    saved_at: datetime
    changed: bool
    """False where the same was kept already: then nothing was written."""


_PAGE = "page"

_AT_HOME = {
    DraftKind.QUESTIONS: (DraftKind.QUESTIONS, DraftKind.ON_DEVICE),
    DraftKind.GOAL_STEP: (DraftKind.GOAL_STEP, DraftKind.GOAL_STEP_ON_DEVICE),
}
"""Kinds that are one draft to their author at home, the later ones over the earlier ones."""


def keep(*, actor: Actor, kind: DraftKind, about_id: UUID, fields: Mapping[str, str]) -> Keeping:
    """Keep what ``actor`` has filled in so far, in place of what was kept before."""
    known = kept(actor=actor, kind=kind, about_id=about_id)
    if known is not None and known.fields == dict(fields):
        return Keeping(known.saved_at, changed=False)
    return Keeping(_put(actor, kind, about_id, Kept(dict(fields), clock.now())), changed=True)


def kept(*, actor: Actor, kind: DraftKind, about_id: UUID) -> Kept | None:
    """Return what ``actor`` has kept of a form; None if nothing."""
    rows = _find(actor, kind, about_id)
    if not rows:
        return None
    fields: dict[str, str] = {}
    for row in rows:
        fields |= row.content
    return Kept(fields, rows[-1].saved_at)


def bring_home(*, actor: Actor) -> None:
    """Let what ``actor`` kept on a device that was handed over be seen on their own pages alone."""
    homes = {kinds[-1]: home for home, kinds in _AT_HOME.items()}
    found = db.session.execute(
        select(Draft.kind, Draft.about_id).where(
            Draft.person_id == actor.person_id, Draft.kind.in_(homes)
        )
    ).all()
    for kind, about_id in found:
        home = homes[DraftKind(kind)]
        whole = kept(actor=actor, kind=home, about_id=about_id)
        if whole is not None:
            _put(actor, home, about_id, whole)


def drop(*, person_id: UUID, kind: DraftKind, about_id: UUID) -> None:
    """Let go of a draft that was sent; nothing happens where there is none."""
    db.session.execute(
        delete(Draft).where(
            Draft.person_id == person_id,
            Draft.kind.in_(_kinds(kind)),
            Draft.about_id == about_id,
        )
    )


def clear(*, actor: Actor, kind: DraftKind, about_id: UUID) -> Keeping:
    """Let go of a draft that its author emptied."""
    was_there = bool(_find(actor, kind, about_id))
    if was_there:
        drop(person_id=actor.person_id, kind=kind, about_id=about_id)
    return Keeping(clock.now(), changed=was_there)


def keep_unless_sent(
    *, actor: Actor, kind: DraftKind, about_id: UUID, fields: Mapping[str, str], page: str
) -> Keeping | None:
    """As ``keep``; None where ``page`` was sent already and its script is late."""
    spent = kept(actor=actor, kind=DraftKind.SENT, about_id=about_id) if page else None
    if spent is not None and spent.fields.get(_PAGE) == page:
        return None
    return keep(actor=actor, kind=kind, about_id=about_id, fields=fields)


def sent(*, actor: Actor, kind: DraftKind, about_id: UUID, page: str) -> None:
    """Let go of a draft that was sent; what ``page`` still sends is not kept any more.

    Args:
        actor: Its author.
        kind: Which form.
        about_id: What it is about.
        page: The id that the page carried for what was made of it; empty where it had none,
            because the form cannot be filled in a second time.
    """
    drop(person_id=actor.person_id, kind=kind, about_id=about_id)
    if page:
        keep(actor=actor, kind=DraftKind.SENT, about_id=about_id, fields={_PAGE: page})


def begun(*, actor: Actor, kind: DraftKind, about_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return about which of these ``actor`` has kept something, on their own pages alone."""
    wanted = list(about_ids)
    if not wanted:
        return frozenset()
    return frozenset(
        db.session.scalars(
            select(Draft.about_id).where(
                Draft.person_id == actor.person_id,
                Draft.kind.in_(_kinds(kind)),
                Draft.about_id.in_(wanted),
            )
        )
    )


def drop_about(kind: DraftKind, about_ids: Iterable[UUID] | Select[UUID]) -> None:
    """Let go of everybody's drafts about what cannot be filled in any more.

    Args:
        kind: Which form.
        about_ids: What it is about: ids, or the query that finds them.
    """
    wanted = about_ids if isinstance(about_ids, Select) else list(about_ids)
    if isinstance(wanted, Select) or wanted:
        drop_all({kind: wanted})


def drop_all(
    over: Mapping[DraftKind, Sequence[UUID] | Select[UUID]], *, person_id: UUID | None = None
) -> None:
    """As ``drop_about``, for several forms at once; of one person, or of everybody."""
    gone = delete(Draft).where(
        or_(
            *(
                and_(Draft.kind.in_(_kinds(kind)), Draft.about_id.in_(about_ids))
                for kind, about_ids in over.items()
            )
        )
    )
    db.session.execute(gone if person_id is None else gone.where(Draft.person_id == person_id))


def _kinds(kind: DraftKind) -> tuple[DraftKind, ...]:
    return _AT_HOME.get(kind, (kind,))


def _put(actor: Actor, kind: DraftKind, about_id: UUID, whole: Kept) -> datetime:
    """Write the one draft that stands for all of its kinds."""
    rows = {row.kind: row for row in _find(actor, kind, about_id)}
    row = rows.pop(kind, None)
    for other in rows.values():
        db.session.delete(other)
    if row is None:
        row = Draft(person_id=actor.person_id, kind=kind, about_id=about_id)
        db.session.add(row)
    row.content, row.saved_at = dict(whole.fields), whole.saved_at
    db.session.flush()
    return row.saved_at


def _find(actor: Actor, kind: DraftKind, about_id: UUID) -> list[Draft]:
    return list(
        db.session.scalars(
            select(Draft)
            .where(
                Draft.person_id == actor.person_id,
                Draft.kind.in_(_kinds(kind)),
                Draft.about_id == about_id,
            )
            .order_by(Draft.saved_at, Draft.id)
        )
    )
