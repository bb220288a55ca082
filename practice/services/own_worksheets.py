"""Worksheets of the practice's own: adding, changing, archiving and offering again.

Every save that changes something is another version, also of a worksheet that was not given yet:
somebody may be giving it at this very moment, and a row that never changes needs no such question.
An assignment keeps the version it was given in.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from practice.db import db
from practice.domain.homework.definition import Template
from practice.domain.homework.own import (
    Sheet,
    family_of,
    own_key,
    sheet_of,
    template_from,
)
from practice.domain.homework.own_reading import SheetProblems
from practice.domain.homework.stored import template_to_json
from practice.domain.people import Actor
from practice.models.people import Person
from practice.models.worksheets import Worksheet
from practice.services import audit, clock
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.homework import templates
from practice.services.practice_settings import require_staff

UNTITLED = "A worksheet that cannot be read"


class ChangedMeanwhile(Refused):
    """Somebody saved another version while this one was being changed."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a worksheet of the practice's own."""

    family: UUID
    number: int
    template: Template | None
    """None where what is stored is damaged."""

    created_by: str
    created_at: datetime
    archived_at: datetime | None
    """Of the newest version alone."""

    @property
    def title(self) -> str:
        return self.template.title if self.template else UNTITLED


@dataclass(frozen=True, slots=True)
class WorksheetPage:
    """One worksheet with its history."""

    newest: Version
    earlier: tuple[Version, ...]
    """Newest first."""


def own_worksheets(*, actor: Actor) -> tuple[Version, ...]:
    """Return the newest version of each of the practice's own by title, those in use first.

    Raises:
        NotFound: if ``actor`` does not work in the practice.
    """
    require_staff(actor)
    audit.note_read(actor, None, "settings.worksheets")
    newest: dict[UUID, Version] = {}
    for one in _read():
        newest.setdefault(one.family, one)
    return tuple(
        sorted(
            newest.values(),
            key=lambda one: (one.archived_at is not None, one.title.casefold(), one.family.hex),
        )
    )


def worksheet_page(*, actor: Actor, family: UUID) -> WorksheetPage:
    """Return a worksheet with its history.

    Raises:
        NotFound: as ``own_worksheets``, or if there is no such worksheet.
    """
    require_staff(actor)
    found = _read(family)
    if not found:
        raise NotFound
    return WorksheetPage(found[0], tuple(found[1:]))


def worksheet_version(*, actor: Actor, family: UUID, number: int) -> Version:
    """Return one version, to be looked at.

    Raises:
        NotFound: as ``worksheet_page``, or if there is no such version.
    """
    page = worksheet_page(actor=actor, family=family)
    for one in (page.newest, *page.earlier):
        if one.number == number:
            return one
    raise NotFound


def begun_from(*, actor: Actor, key: str) -> Sheet:
    """Return a worksheet that can be given as the beginning of another; empty if there is none.

    Raises:
        NotFound: as ``own_worksheets``.
    """
    require_staff(actor)
    found = templates.all_given().get(key)
    return Sheet() if found is None else sheet_of(found)


def preview(sheet: Sheet) -> Template:
    """Return what was typed as the worksheet it would be; nothing is kept.

    Raises:
        Invalid: as ``add``.
    """
    return _built(sheet, uuid4(), 1)


def add(*, actor: Actor, new_id: UUID, sheet: Sheet) -> UUID:
    """Keep a new worksheet; return its family.

    Args:
        actor: Any therapist of the practice.
        new_id: Its family; a second call with the same id changes nothing.
        sheet: As typed.

    Raises:
        NotFound: as ``own_worksheets``.
        Invalid: by field; ``questions-2-prompt`` is the prompt of the third question.
    """
    require_staff(actor)
    if _read(new_id):
        return new_id
    built = _built(sheet, new_id, 1)
    _require_own_title(built)
    _keep(actor, uuid4(), built)
    audit.note_write(actor, None, "settings.worksheet_added")
    return new_id


def change(*, actor: Actor, family: UUID, new_id: UUID, shown: int, sheet: Sheet) -> int:
    """Keep what was changed as the next version; return the number of the one used from now on.

    Args:
        actor: Any therapist of the practice.
        family: Which worksheet.
        new_id: Id of the new version; a second call with the same id changes nothing.
        shown: The version that was changed.
        sheet: As typed.

    Raises:
        NotFound: as ``worksheet_page``.
        ChangedMeanwhile: if somebody saved another version since.
        Invalid: as ``add``.
    """
    require_staff(actor)
    key = own_key(family)
    # Locked first: of two who save at once, the second must see the version of the first.
    first = select(Worksheet.id).where(Worksheet.key == key, Worksheet.version == 1)
    db.session.scalar(first.with_for_update())
    newest = worksheet_page(actor=actor, family=family).newest
    known = db.session.get(Worksheet, new_id)
    if known is not None:
        if known.key != key:
            raise NotFound
        return known.version
    built = _built(sheet, family, newest.number + 1)
    if newest.template and template_to_json(newest.template) == template_to_json(built):
        return newest.number
    if newest.number != shown:
        raise ChangedMeanwhile("Somebody saved another version in the meantime. Open it again.")
    _require_own_title(built)
    _keep(actor, new_id, built, archived_at=newest.archived_at)
    audit.note_write(actor, None, "settings.worksheet_changed")
    return built.version


def archive(*, actor: Actor, family: UUID, archived: bool) -> str:
    """Stop or begin again to offer a worksheet; return its title. What was given goes on.

    Raises:
        NotFound: as ``worksheet_page``.
    """
    newest = worksheet_page(actor=actor, family=family).newest
    row = db.session.scalars(
        select(Worksheet).where(
            Worksheet.key == own_key(family), Worksheet.version == newest.number
        )
    ).one()
    if (row.archived_at is not None) is not archived:
        row.archived_at = clock.now() if archived else None
        what = "archived" if archived else "brought_back"
        audit.note_write(actor, None, f"settings.worksheet_{what}")
        db.session.flush()
    return newest.title


def _read(family: UUID | None = None) -> list[Version]:
    """Return versions, the newest of each worksheet first."""
    query = (
        select(Worksheet, Person.name)
        .join(Person, Person.id == Worksheet.created_by)
        .order_by(Worksheet.key, Worksheet.version.desc())
    )
    if family is not None:
        query = query.where(Worksheet.key == own_key(family))
    found = []
    for row, name in db.session.execute(query):
        of = family_of(row.key)
        if of is not None:
            found.append(
                Version(
                    of, row.version, templates.readable(row), name, row.created_at, row.archived_at
                )
            )
    return found


def _built(sheet: Sheet, family: UUID, number: int) -> Template:
    try:
        return template_from(sheet, key=own_key(family), version=number)
    except SheetProblems as problem:
        raise Invalid(problem.errors) from problem


def _require_own_title(built: Template) -> None:
    """Two worksheets of one title could not be told apart where one is chosen."""
    title = built.title.casefold()
    for other in templates.all_given().values():
        if other.key != built.key and other.title.casefold() == title:
            raise Invalid({"title": "There is a worksheet with this title; give it another."})


def _keep(
    actor: Actor, new_id: UUID, built: Template, *, archived_at: datetime | None = None
) -> None:
    db.session.add(
        Worksheet(
            id=new_id,
            key=built.key,
            version=built.version,
            content=template_to_json(built),
            created_by=actor.person_id,
            created_at=clock.now(),
            archived_at=archived_at,
        )
    )
    db.session.flush()
