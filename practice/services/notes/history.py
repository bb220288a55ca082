"""Every saved version of a note, and what differs between two of them, in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from practice.domain.note_formats import Passage, passages
from practice.domain.note_reading import Change, Piece, differences
from practice.domain.people import Actor
from practice.services.badges import seen_by
from practice.services.errors import NotFound
from practice.services.notes.parts import Desk, Note, NoteKind, content_of, desk_of, names_of
from practice.services.notes.versions import content_of_version, versions_of
from practice.services.people import Member


@dataclass(frozen=True, slots=True)
class VersionView:
    """One saved version."""

    version: int
    author: str
    saved_at: datetime
    is_signed: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """One heading with what became of its words from the older version to the newer."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class NoteHistory:
    """All versions of one note, newest first, and two of them compared."""

    kind: NoteKind
    about: Member | None
    badge: str
    """Who can see every version, in words to its reader: a supervisor reads none but the last."""

    versions: tuple[VersionView, ...]
    before: int
    """The older version of the two; 0: an empty page."""

    after: int
    changes: tuple[Changed, ...]

    @property
    def is_same(self) -> bool:
        """Whether the two versions say the same."""
        pieces = (piece for change in self.changes for piece in change.pieces)
        return all(piece.change is Change.SAME for piece in pieces)


def note_history(
    *,
    actor: Actor,
    session_id: UUID,
    kind: NoteKind,
    member_note_id: UUID | None = None,
    before: int | None = None,
    after: int | None = None,
) -> NoteHistory:
    """Return the history of one note.

    Args:
        actor: Whoever treats the couple; of a process note its author alone.
        session_id: The session it is about.
        kind: Which note.
        member_note_id: Which individual addendum.
        before: The version to compare from; left out or unknown: the one before ``after``.
        after: The version to compare to; left out or unknown: the newest.

    Raises:
        NotFound: if the actor has no such note to read.
    """
    desk = desk_of(actor, session_id)
    row = _row(desk, kind, member_note_id)
    kept = versions_of(row)
    written: dict[int, tuple[Passage, ...]] = {0: ()}
    first_names = {member.person_id: member.first_name for member in desk.present}
    for one in kept:
        written[one.version] = passages(content_of_version(one), first_names)
    written[row.version] = passages(content_of(row), first_names)
    newer, older = _chosen(sorted(written), before, after)
    position = {member.person_id: member for member in desk.present}
    about = getattr(row, "about_id", None)
    names = names_of({row.author_id, *(one.author_id for one in kept)})
    views = [
        VersionView(one.version, names[one.author_id], one.saved_at, one.is_signed) for one in kept
    ]
    if all(one.version != row.version for one in kept):  # from before versions were kept
        views.append(
            VersionView(
                row.version, names[row.author_id], row.written_at, row.signed_at is not None
            )
        )
    return NoteHistory(
        kind=kind,
        about=position.get(about) if about else None,
        badge=seen_by(desk.reader, replace(row.facts, final=False)),
        versions=tuple(reversed(views)),
        before=older,
        after=newer,
        changes=_compared(written[older], written[newer]),
    )


def _row(desk: Desk, kind: NoteKind, member_note_id: UUID | None) -> Note:
    row: Note | None = {NoteKind.JOINT: desk.joint, NoteKind.PROCESS: desk.process}.get(kind)
    if kind is NoteKind.MEMBER:
        row = next((one for one in desk.members if one.id == member_note_id), None)
    if row is None:
        raise NotFound
    return row


def _chosen(known: list[int], before: int | None, after: int | None) -> tuple[int, int]:
    newer = after if after in known and after != 0 else known[-1]
    older = before if before in known and before < newer else None
    if older is None:
        older = max(version for version in known if version < newer)
    return newer, older


def _compared(before: Sequence[Passage], after: Sequence[Passage]) -> tuple[Changed, ...]:
    """Compare heading by heading: those of the newer version, then those that are gone."""
    old = {(one.key, one.about_id): one for one in before}
    new = {(one.key, one.about_id): one for one in after}
    changes = []
    for place in (*new, *(place for place in old if place not in new)):
        was, is_now = old.get(place), new.get(place)
        title = (is_now or was or before[0]).title
        pieces = differences(was.text if was else "", is_now.text if is_now else "")
        changes.append(Changed(title, pieces))
    return tuple(changes)
