"""Words of the practice: for its clients, and for its notes. Dyad ships a default for each."""

from dataclasses import dataclass
from datetime import datetime

from practice.domain.note_reading import DEFAULT_WORDS
from practice.domain.people import Actor
from practice.services import audit
from practice.services.cleaning import clean_text
from practice.services.errors import Invalid, NotFound
from practice.services.practice_settings import history, put, require_staff, value_of

HELP_TEXT = "help_text"
PRIVATE_HELP_TEXT = "private_help_text"
LETTER_TEXT = "letter_text"
NOTE_WORDS = "note_words"
LONGEST_TEXT = 2000

DEFAULT_HELP_TEXT = """\
One of your answers tells us that things may be very hard for you at the moment. Thank you for \
saying so. Your therapist will read it; nobody else does.

This page is not watched at all hours, so please do not wait for an answer here. Tell your \
therapist how you are, or somebody else you trust: your doctor, a friend, a telephone helpline in \
your country.

If you could hurt yourself, or are in danger, ring the emergency number of your country now, or go \
to the nearest hospital."""
"""Shown to whoever gave an answer that a therapist must see at once, and to nobody else."""

DEFAULT_PRIVATE_HELP_TEXT = """\
Everybody who comes to this page reads these words, whatever they answered.

If somebody frightens or hurts you, it is not your fault, and you do not have to decide anything \
today. You can talk with your therapist alone: ask for a time on your own, and you need not say \
why. Your doctor, a friend, or a helpline for people who are hurt or frightened at home can help \
too.

If you are in danger now, ring the emergency number of your country. If it is not safe to talk, go \
to where other people are, if you can.

This page is not watched at all hours, so please do not wait for an answer here."""
"""Shown after the private questions to everybody alike: it says nothing of what was answered."""


DEFAULT_LETTER_TEXT = """\
Letters are read between sessions, not at all hours, so please do not wait for an answer here. \
They are not for emergencies: if you could hurt yourself, or somebody is in danger, ring the \
emergency number of your country now, or go to the nearest hospital."""
"""Stands on every page on which a client can write to their therapist."""


@dataclass(frozen=True, slots=True)
class TextKind:
    """A text that a practice may write for itself."""

    key: str
    title: str
    shown: str
    """To whom and when, for the therapist who writes it."""

    default: str


KINDS: tuple[TextKind, ...] = (
    TextKind(
        HELP_TEXT,
        "Where to find help",
        "Shown to a partner, and to nobody else, right after an answer that you ought to read the "
        "same day, such as the last question of the PHQ-9. Name the telephone numbers that hold "
        "where your clients live.",
        DEFAULT_HELP_TEXT,
    ),
    TextKind(
        PRIVATE_HELP_TEXT,
        "Where to find help, after the private questions",
        "Shown once to whoever was asked the private questions, whatever they answered and also if "
        "they left them. Name the helplines that hold where your clients live. Write nothing that "
        "says what was answered: somebody may be looking over their shoulder.",
        DEFAULT_PRIVATE_HELP_TEXT,
    ),
    TextKind(
        LETTER_TEXT,
        "Before somebody writes to you",
        "Shown to everybody above the field in which they write a letter to you. Say how often you "
        "read letters, and whom to ring when something cannot wait.",
        DEFAULT_LETTER_TEXT,
    ),
    TextKind(
        NOTE_WORDS,
        "Words to look at again",
        "Marked for the author alone, on the page that is read before a note is signed: words that "
        "judge or claim to know, where a note should say what was seen and said. One a line; a "
        "star at its end stands for any ending. To have nothing marked, write a dash and nothing "
        "else.",
        DEFAULT_WORDS,
    ),
)


@dataclass(frozen=True, slots=True)
class PracticeText:
    """One text as it is used."""

    kind: TextKind
    text: str
    is_own: bool
    """Whether the practice wrote it."""


@dataclass(frozen=True, slots=True)
class PastText:
    """A text as it was set; None went back to the default."""

    text: str | None
    set_by: str
    set_at: datetime


def help_text() -> str:
    """Return the practice's own help text, or the one that Dyad ships."""
    return value_of(HELP_TEXT) or DEFAULT_HELP_TEXT


def private_help_text() -> str:
    """Return what is shown after the private questions: the practice's words, or the shipped."""
    return value_of(PRIVATE_HELP_TEXT) or DEFAULT_PRIVATE_HELP_TEXT


def letter_text() -> str:
    """Return what stands above a letter: the practice's words, or the shipped."""
    return value_of(LETTER_TEXT) or DEFAULT_LETTER_TEXT


def has_own_help_text() -> bool:
    """Whether the practice has put in its own telephone numbers and words."""
    return value_of(HELP_TEXT) is not None


def note_words() -> str:
    """Return the words that are marked before a note is signed, one a line."""
    return value_of(NOTE_WORDS) or DEFAULT_WORDS


def texts(*, actor: Actor) -> tuple[PracticeText, ...]:
    """Return every text as it is used.

    Raises:
        NotFound: if ``actor`` does not work in the practice.
    """
    require_staff(actor)
    audit.note_read(actor, None, "settings.texts")
    return tuple(_used(kind) for kind in KINDS)


def text_page(*, actor: Actor, key: str) -> tuple[PracticeText, tuple[PastText, ...]]:
    """Return one text with its history, newest first.

    Raises:
        NotFound: as ``texts``, or if there is no such text.
    """
    require_staff(actor)
    found = _used(_kind(key))
    past = (PastText(entry.value, entry.set_by, entry.set_at) for entry in history(key))
    return found, tuple(past)


def checked_text(text: str) -> str:
    """Return a text as it would be stored: plain, with its empty lines.

    Raises:
        Invalid: naming ``text``, if there is none or it is too long.
    """
    clean = clean_text(text, "text", LONGEST_TEXT)
    if not clean:
        raise Invalid({"text": "Write the text, or go back to the one that Dyad ships."})
    return clean


def set_text(*, actor: Actor, key: str, text: str | None) -> None:
    """Use the practice's own words from now on; None goes back to the default.

    Raises:
        NotFound: as ``text_page``.
        Invalid: as ``checked_text``.
    """
    require_staff(actor)
    kind = _kind(key)
    clean = None if text is None else checked_text(text)
    value = None if clean == kind.default else clean
    put(actor=actor, key=kind.key, value=value, what="settings.text")


def _kind(key: str) -> TextKind:
    for kind in KINDS:
        if kind.key == key:
            return kind
    raise NotFound


def _used(kind: TextKind) -> PracticeText:
    own = value_of(kind.key)
    return PracticeText(kind, own or kind.default, own is not None)
