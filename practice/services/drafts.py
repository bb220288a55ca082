"""What somebody began to fill in and has not sent: kept for them alone, on the server.

A draft belongs to one person, one kind of form and one thing it is about. Nobody else can learn
that there is one: no page of another reads this table, nothing is counted from it, and no line of
the access log speaks of it. Whoever calls has already asked whether the person may fill in the
form at all; a draft opens nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, select

from practice.db import db
from practice.domain.people import Actor
from practice.models.drafts import Draft
from practice.services import clock


class DraftKind(StrEnum):
    """Which form; ``about_id`` says what it is about."""

    QUESTIONS = "questions"
    """A request that is being answered, by its id."""


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


def keep(*, actor: Actor, kind: DraftKind, about_id: UUID, fields: Mapping[str, str]) -> Keeping:
    """Keep what ``actor`` has filled in so far, in place of what was kept before."""
    row = _find(actor, kind, about_id)
    if row is not None and row.content == dict(fields):
        return Keeping(row.saved_at, changed=False)
    if row is None:
        row = Draft(person_id=actor.person_id, kind=kind, about_id=about_id)
        db.session.add(row)
    row.content, row.saved_at = dict(fields), clock.now()
    db.session.flush()
    return Keeping(row.saved_at, changed=True)


def kept(*, actor: Actor, kind: DraftKind, about_id: UUID) -> Kept | None:
    """Return what ``actor`` has kept of a form; None if nothing."""
    row = _find(actor, kind, about_id)
    return Kept(row.content, row.saved_at) if row else None


def drop(*, person_id: UUID, kind: DraftKind, about_id: UUID) -> None:
    """Let go of a draft that was sent; nothing happens where there is none."""
    db.session.execute(
        delete(Draft).where(
            Draft.person_id == person_id, Draft.kind == kind, Draft.about_id == about_id
        )
    )


def drop_about(kind: DraftKind, about_ids: Iterable[UUID]) -> None:
    """Let go of everybody's drafts about what cannot be filled in any more."""
    wanted = list(about_ids)
    if wanted:
        db.session.execute(delete(Draft).where(Draft.kind == kind, Draft.about_id.in_(wanted)))


def _find(actor: Actor, kind: DraftKind, about_id: UUID) -> Draft | None:
    return db.session.scalar(
        select(Draft).where(
            Draft.person_id == actor.person_id, Draft.kind == kind, Draft.about_id == about_id
        )
    )
