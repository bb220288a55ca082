"""What was typed on a session's page and not saved: kept for its author alone.

It is one draft a session and author, of all parts together. No page of anybody else reads it, a
colleague who treats the couple included, and the access log has no line of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from practice.domain.people import Actor
from practice.services import drafts
from practice.services.drafts import DraftKind, Keeping

_PAGE = "page"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What its author finds again."""

    fields: Mapping[str, str]
    """By the names of the form's fields, as they were sent."""

    saved_at: datetime


def unsaved(actor: Actor, session_id: UUID) -> Unsaved | None:
    """Return what the actor typed and did not save. The caller has authorised."""
    found = drafts.kept(actor=actor, kind=DraftKind.NOTES, about_id=session_id)
    return None if found is None else Unsaved(found.fields, found.saved_at)


def put_aside(
    actor: Actor, session_id: UUID, fields: Mapping[str, str], page_id: UUID | None
) -> Keeping | None:
    """Keep what a page sent; None if that page was saved already and sends late."""
    spent = drafts.kept(actor=actor, kind=DraftKind.NOTES_SENT, about_id=session_id)
    if page_id is not None and spent is not None and spent.fields.get(_PAGE) == str(page_id):
        return None
    return drafts.keep(actor=actor, kind=DraftKind.NOTES, about_id=session_id, fields=fields)


def let_go(actor: Actor, session_id: UUID, page_id: UUID | None = None) -> None:
    """Forget the draft; what ``page_id`` still sends is not kept any more."""
    drafts.drop(person_id=actor.person_id, kind=DraftKind.NOTES, about_id=session_id)
    if page_id is not None:
        drafts.keep(
            actor=actor,
            kind=DraftKind.NOTES_SENT,
            about_id=session_id,
            fields={_PAGE: str(page_id)},
        )
