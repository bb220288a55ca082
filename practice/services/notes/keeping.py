"""Keeping what is being typed, a few seconds after it was typed, without saving it."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from practice.domain.people import Actor
from practice.services.drafts import Keeping
from practice.services.errors import Invalid
from practice.services.notes.parts import Part, Typed, desk_of
from practice.services.notes.saving import changed_parts, cleaned
from practice.services.notes.unsaved import let_go, put_aside


def keep_notes(
    *,
    actor: Actor,
    session_id: UUID,
    fields: Mapping[str, str],
    typed: Mapping[Part, Typed],
    page_id: UUID | None,
    is_asked_for: bool = False,
) -> Keeping | None:
    """Keep what ``actor`` has typed so far; nothing is saved by it.

    Args:
        actor: Who types.
        session_id: The session it is about.
        fields: The form as it was sent, by field.
        typed: The same by part.
        page_id: Of the page it is typed on.
        is_asked_for: Keep it even where nothing is typed yet: somebody pressed a button.

    Returns:
        None where there is nothing to keep: it was saved, or is as it was saved.

    Raises:
        NotFound: if it is not a session of a couple in the actor's care.
    """
    desk = desk_of(actor, session_id)
    if not is_asked_for and not changed_parts(desk, _cleaned(typed)):
        let_go(actor, session_id)
        return None
    return put_aside(actor, session_id, fields, page_id)


def discard(*, actor: Actor, session_id: UUID, page_id: UUID | None = None) -> None:
    """Let go of what ``actor`` typed and did not save.

    Raises:
        NotFound: if it is not a session of a couple in the actor's care.
    """
    desk_of(actor, session_id)
    let_go(actor, session_id, page_id)


def _cleaned(typed: Mapping[Part, Typed]) -> dict[Part, Typed]:
    """Return the parts as they would be saved; one that is too long is kept as it is."""
    found = {}
    for part, one in typed.items():
        try:
            found[part] = replace(one, content=cleaned(part, one.content))
        except Invalid:
            found[part] = one
    return found
