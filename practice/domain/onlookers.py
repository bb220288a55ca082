"""Who can see a record, by name: asked of the policy itself, so that no badge can disagree with it.

``practice.services.badges`` knows who the people around a couple are; here stands what is made of
them. A badge holds names and nothing else: no time, no count, nothing of what anybody did.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from practice.domain.acts import Operation, may
from practice.domain.people import Reader, Standing
from practice.domain.visibility import Audience, Facts, Kind, decide
from practice.domain.words import capital, listed

_ASIDES = {Kind.PROCESS_NOTE: " (process note)", Kind.SCREENING: " (safety questions)"}


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Somebody who may or may not see a record of one couple."""

    reader: Reader
    name: str
    """As it stands in a badge: a first name, or what somebody is, as in "the front desk"."""


def readers_of(record: Facts, people: Iterable[Onlooker]) -> tuple[Onlooker, ...]:
    """Return who of ``people`` may see ``record``, in their order."""
    return tuple(one for one in people if decide(one.reader, record).allowed)


def waiting_for(record: Facts, people: Iterable[Onlooker]) -> tuple[Onlooker, ...]:
    """Return who of ``people`` will see ``record`` once everybody asked has written."""
    if record.audience is not Audience.WHEN_ALL_DONE or record.all_done:
        return ()
    everybody = tuple(people)
    now = set(readers_of(record, everybody))
    opened = readers_of(replace(record, all_done=True), everybody)
    return tuple(one for one in opened if one not in now)


def openers_for(
    record: Facts, people: Iterable[Onlooker]
) -> tuple[tuple[Onlooker, ...], tuple[Onlooker, ...]]:
    """Return who can open ``record`` in a session, and who of ``people`` reads it then.

    Both are empty where nothing waits for a session, or its author has left the couple.
    """
    everybody = tuple(people)
    author = next((one for one in everybody if one.reader.person_id == record.author_id), None)
    has_left = author is not None and author.reader.standing is Standing.FORMER
    if record.audience is not Audience.IN_SESSION or record.opened or has_left:
        return (), ()
    now = set(readers_of(record, everybody))
    opened = readers_of(replace(record, opened=True), everybody)
    later = tuple(one for one in opened if one not in now)
    carers = tuple(one for one in everybody if may(one.reader, record, Operation.OPEN).allowed)
    return (carers, later) if carers and later else ((), ())


def badge(record: Facts, people: Iterable[Onlooker], viewer: UUID | None = None) -> str:
    """Say who can see ``record``: ``You and Tess``, ``You alone``, ``Tess alone (process note)``.

    Args:
        record: The facts of the record.
        people: Everybody around the couple, in the order in which they are named.
        viewer: Who reads the badge, and stands first as "You"; None where it is printed.
    """
    everybody = tuple(people)
    now = _named(readers_of(record, everybody), viewer)
    later = _named(waiting_for(record, everybody), viewer)
    words = _in_words(now)
    if later:
        both = "both" if len(later) == 1 else "all"
        words += f"; {listed(later)} too, once {both} have written"
    carers, readers = openers_for(record, everybody)
    if readers:
        by, them = _named(carers, viewer), listed(_named(readers, viewer))
        words += f"; in a session {listed(by, 'or')} can open it for {them} too"
    return capital(words) + _ASIDES.get(record.kind, "")


def _named(readers: Iterable[Onlooker], viewer: UUID | None) -> list[str]:
    found = tuple(readers)
    first = ["you"] if any(one.reader.person_id == viewer for one in found) else []
    return first + [one.name for one in found if one.reader.person_id != viewer]


def _in_words(names: list[str]) -> str:
    if not names:
        return "nobody"
    return listed(names) if len(names) > 1 else f"{names[0]} alone"
