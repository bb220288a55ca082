"""The practice's shelf of things to read or look at; the same for every couple.

Nothing of anybody in care is in it. A therapist who has read a resource approves it, by name and
day; only then can it be given, and from then on its words and its link stay as they are. To change
one that is approved, write it anew and put the old one away.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import aliased

from practice.db import db
from practice.domain import links
from practice.domain.people import Actor
from practice.models.people import Person
from practice.models.resources import Resource
from practice.services import audit, clock
from practice.services.cleaning import clean_name, clean_text
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.handouts import all_handouts
from practice.services.practice_settings import require_staff

LONGEST_NOTE = 300
LONGEST_WORDS = 8000
MOST_MINUTES = 600

HANDOUT_MINUTES = 3
"""To read one page."""

_OF_HANDOUTS = UUID("4b5d9c34-3f0e-4f5c-9a0f-6f2d8c1b7a55")
"""Under which the ids of handouts on the shelf are made: the same words are the same thing."""


@dataclass(frozen=True, slots=True)
class ResourceDetails:
    """What makes up a resource: a link or words, one of the two."""

    title: str
    link: str
    words: str
    note: str
    """What it is and for whom, as people read it."""

    minutes: int


@dataclass(frozen=True, slots=True)
class OnShelf:
    """One resource with its history."""

    id: UUID
    details: ResourceDetails
    host: str
    """Of the link; empty where there are words."""

    added_by: str
    added_at: datetime
    approved_by: str
    """Empty while nobody has approved it."""

    approved_at: datetime | None
    is_put_away: bool

    @property
    def can_be_given(self) -> bool:
        return self.approved_at is not None and not self.is_put_away


def shelf(*, actor: Actor) -> tuple[OnShelf, ...]:
    """Return every resource by title, those that are put away last.

    Raises:
        NotFound: if ``actor`` does not work in the practice.
    """
    require_staff(actor)
    found = _found()
    return tuple(sorted(found, key=lambda one: (one.is_put_away, one.details.title.casefold())))


def on_shelf(*, actor: Actor, resource_id: UUID) -> OnShelf:
    """Return one resource.

    Raises:
        NotFound: if there is none such, or ``actor`` does not work in the practice.
    """
    require_staff(actor)
    for one in _found(resource_id):
        return one
    raise NotFound


def add(*, actor: Actor, new_id: UUID, details: ResourceDetails) -> UUID:
    """Put a resource on the shelf; it waits for somebody to approve it.

    Args:
        actor: A therapist of the practice.
        new_id: Its id; a second call with the same id changes nothing.
        details: What it is.

    Raises:
        NotFound: if ``actor`` does not work in the practice.
        Invalid: by field.
    """
    require_staff(actor)
    if db.session.get(Resource, new_id) is None:
        row = Resource(id=new_id, added_by=actor.person_id, added_at=clock.now())
        _put(row, details)
        db.session.add(row)
        db.session.flush()
        audit.note_write(actor, None, "resource.added")
    return new_id


def add_handout(*, actor: Actor, key: str) -> UUID:
    """Put a handout of the library on the shelf, in its present words; a second time adds nothing.

    Raises:
        NotFound: if there is no such handout, or ``actor`` does not work in the practice.
    """
    handout = all_handouts().get(key)
    if handout is None:
        raise NotFound
    details = ResourceDetails(handout.title, "", handout.text, handout.lead, HANDOUT_MINUTES)
    return add(actor=actor, new_id=uuid5(_OF_HANDOUTS, f"{key} {handout.text}"), details=details)


def change(*, actor: Actor, resource_id: UUID, details: ResourceDetails) -> None:
    """Change a resource that nobody has approved yet.

    Raises:
        NotFound: if there is none such, or ``actor`` does not work in the practice.
        Refused: if it is approved: people are given what was read.
        Invalid: by field.
    """
    row = _require(actor, resource_id)
    if row.approved_at is not None:
        raise Refused("It is approved and stays as it was read. Write it anew and put this away.")
    _put(row, details)
    db.session.flush()
    audit.note_write(actor, None, "resource.changed")


def approve(*, actor: Actor, resource_id: UUID) -> None:
    """Stand for a resource with one's name; a second time changes nothing.

    Raises:
        NotFound: if there is none such, or ``actor`` does not work in the practice.
    """
    row = _require(actor, resource_id)
    if row.approved_at is None:
        row.approved_by, row.approved_at = actor.person_id, clock.now()
        db.session.flush()
        audit.note_write(actor, None, "resource.approved")


def put_away(*, actor: Actor, resource_id: UUID, away: bool = True) -> str:
    """Offer a resource no more, or again, and return its title. Who was given it keeps it.

    Raises:
        NotFound: if there is none such, or ``actor`` does not work in the practice.
    """
    row = _require(actor, resource_id)
    if (row.put_away_at is not None) != away:
        row.put_away_at = clock.now() if away else None
        db.session.flush()
        audit.note_write(actor, None, "resource.put_away" if away else "resource.offered_again")
    return row.title


def _require(actor: Actor, resource_id: UUID) -> Resource:
    require_staff(actor)
    row = db.session.get(Resource, resource_id, with_for_update=True)
    if row is None:
        raise NotFound
    return row


def _put(row: Resource, details: ResourceDetails) -> None:
    problems: dict[str, str] = {}
    title = _kept(problems, lambda: clean_name(details.title, "title"))
    words = _kept(problems, lambda: clean_text(details.words, "words", LONGEST_WORDS))
    note = _kept(problems, lambda: clean_text(details.note, "note", LONGEST_NOTE))
    link = _kept(problems, lambda: _checked_link(details.link))
    if bool(details.link.strip()) == bool(details.words.strip()):
        problems.setdefault("words", "Put in either a link or words, one of the two.")
    if not 1 <= details.minutes <= MOST_MINUTES:
        problems["minutes"] = f"Between 1 and {MOST_MINUTES}."
    if problems:
        raise Invalid(problems)
    row.title, row.words, row.note, row.link = title, words, note, link
    row.minutes = details.minutes


def _kept(problems: dict[str, str], clean: Callable[[], str]) -> str:
    try:
        return clean()
    except Invalid as problem:
        problems.update(problem.errors)
        return ""


def _checked_link(link: str) -> str:
    try:
        return links.checked(link) if link.strip() else ""
    except ValueError as problem:
        raise Invalid({"link": str(problem)}) from None


def _found(resource_id: UUID | None = None) -> list[OnShelf]:
    adder, approver = aliased(Person), aliased(Person)
    query = (
        select(Resource, adder.name, approver.name)
        .join(adder, adder.id == Resource.added_by)
        .outerjoin(approver, approver.id == Resource.approved_by)
        .order_by(Resource.added_at, Resource.id)
    )
    if resource_id is not None:
        query = query.where(Resource.id == resource_id)
    return [
        OnShelf(
            id=row.id,
            details=ResourceDetails(row.title, row.link, row.words, row.note, row.minutes),
            host=links.host_of(row.link),
            added_by=added_by,
            added_at=row.added_at,
            approved_by=approved_by or "",
            approved_at=row.approved_at,
            is_put_away=row.put_away_at is not None,
        )
        for row, added_by, approved_by in db.session.execute(query)
    ]
