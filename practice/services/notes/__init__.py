"""Notes of a session: joint note, individual addenda, process note; one save for all of them.

``parts`` says what there is and finds it, ``saving`` and ``signing`` change it, ``reading`` is the
page of one session, ``history`` the earlier versions, ``keeping`` what is typed and not saved yet,
``countersigning`` the supervisor's.
"""

from practice.services.notes.countersigning import (
    AwaitingNote,
    SupervisedNotes,
    countersign,
    notes_to_countersign,
    supervised_notes,
)
from practice.services.notes.history import NoteHistory, note_history
from practice.services.notes.homework_review import OpenTask, review_field
from practice.services.notes.keeping import discard, keep_notes
from practice.services.notes.parts import (
    JOINT,
    LONGEST_NOTE,
    PROCESS,
    Clash,
    NoteKind,
    NotesConflict,
    Part,
    Typed,
)
from practice.services.notes.reading import (
    AddendumView,
    NotesPage,
    NoteView,
    SessionNotes,
    notes_page,
    session_notes,
)
from practice.services.notes.saving import save_notes
from practice.services.notes.signing import add_addendum, sign_notes

__all__ = [
    "JOINT",
    "LONGEST_NOTE",
    "PROCESS",
    "AddendumView",
    "AwaitingNote",
    "Clash",
    "NoteHistory",
    "NoteKind",
    "NoteView",
    "NotesConflict",
    "NotesPage",
    "OpenTask",
    "Part",
    "SessionNotes",
    "SupervisedNotes",
    "Typed",
    "add_addendum",
    "countersign",
    "discard",
    "keep_notes",
    "note_history",
    "notes_page",
    "notes_to_countersign",
    "review_field",
    "save_notes",
    "session_notes",
    "sign_notes",
    "supervised_notes",
]
