"""The practice's own templates for notes: a format with hints and words to begin with.

A template is kept in versions: a draft goes on showing the hints of the version it was begun with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from practice.db import db
from practice.domain.note_formats import SECTIONS, NoteContent, NoteFormat, layout
from practice.domain.people import Actor
from practice.models.notes import NoteTemplate
from practice.models.people import Person
from practice.services import audit, clock
from practice.services.cleaning import clean_name, clean_text
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.practice_settings import require_staff

LONGEST_HINT = 300
LONGEST_TEXT = 4000

FILLED_IN = tuple(key for key in SECTIONS if key != "responses")
"""Sections that can begin with words; what each partner did is never known beforehand."""


@dataclass(frozen=True, slots=True)
class TemplateDetails:
    """What makes up a template."""

    name: str
    format: NoteFormat
    hints: Mapping[str, str]
    """In place of the shipped hints, by section."""

    texts: Mapping[str, str]
    """What a section begins with, by section."""


@dataclass(frozen=True, slots=True)
class Template:
    """The version of a template that is used now, or one that a draft was begun with."""

    id: UUID
    """Of this version."""

    family: UUID
    version: int
    details: TemplateDetails
    created_by: str
    created_at: datetime
    archived_at: datetime | None

    @property
    def name(self) -> str:
        return self.details.name


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """One template with its earlier versions."""

    template: Template
    earlier: tuple[Template, ...]
    """Newest first."""


def sections_of(note_format: NoteFormat) -> tuple[str, ...]:
    """Return the sections for which a template of a format has hints and words."""
    return tuple(key for key in layout(note_format).all if key in FILLED_IN)


def templates(*, actor: Actor) -> tuple[Template, ...]:
    """Return the newest version of every template by name, those in use first.

    Raises:
        NotFound: if ``actor`` does not work in the practice.
    """
    require_staff(actor)
    audit.note_read(actor, None, "settings.note_templates")
    return tuple(
        sorted(_newest(), key=lambda one: (one.archived_at is not None, one.name.casefold()))
    )


def offered() -> tuple[Template, ...]:
    """Return the templates that can be chosen for a note, by name. For services and their pages."""
    found = (one for one in _newest() if one.archived_at is None)
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.version)))


def version(template_id: UUID) -> Template | None:
    """Return one version of a template, archived or replaced as it may be; None if unknown."""
    found = _read(NoteTemplate.id == template_id)
    return found[0] if found else None


def template_page(*, actor: Actor, family: UUID) -> TemplatePage:
    """Return a template with its history.

    Raises:
        NotFound: as ``templates``, or if there is no such template.
    """
    require_staff(actor)
    found = _read(NoteTemplate.family == family)
    if not found:
        raise NotFound
    return TemplatePage(found[0], tuple(found[1:]))


def add(*, actor: Actor, new_id: UUID, details: TemplateDetails) -> UUID:
    """Keep a new template; return its family.

    Args:
        actor: Any therapist of the practice.
        new_id: Id of its first version; a second call with the same id changes nothing.
        details: As typed.

    Raises:
        NotFound: as ``templates``.
        Invalid: naming ``name``, ``hint_<section>`` or ``text_<section>``.
    """
    require_staff(actor)
    if db.session.get(NoteTemplate, new_id) is None:
        _keep(actor, _checked(details), new_id, family=new_id, number=1)
        audit.note_write(actor, None, "settings.note_template_added")
    return new_id


def change(*, actor: Actor, family: UUID, shown: int, details: TemplateDetails) -> int:
    """Replace a template by its next version; return the number of the version used from now on.

    Args:
        actor: Any therapist of the practice.
        family: Which template; its format stays.
        shown: The version that was changed.
        details: As typed.

    Raises:
        NotFound: as ``template_page``.
        Refused: if somebody made another version in the meantime.
        Invalid: as ``add``.
    """
    newest = template_page(actor=actor, family=family).template
    if newest.version != shown:
        raise Refused("Somebody changed this template in the meantime. Open it again.")
    clean = _checked(replace(details, format=newest.details.format))
    if clean == newest.details:
        return newest.version
    row = _keep(actor, clean, uuid4(), family=family, number=newest.version + 1)
    row.archived_at = newest.archived_at
    audit.note_write(actor, None, "settings.note_template_changed")
    return row.version


def archive(*, actor: Actor, family: UUID, archived: bool) -> str:
    """Stop or begin again to offer a template; return its name. Notes that use it stay.

    Raises:
        NotFound: as ``template_page``.
    """
    newest = template_page(actor=actor, family=family).template
    row = db.session.get_one(NoteTemplate, newest.id)
    if (row.archived_at is not None) is not archived:
        row.archived_at = clock.now() if archived else None
        what = "archived" if archived else "brought_back"
        audit.note_write(actor, None, f"settings.note_template_{what}")
        db.session.flush()
    return newest.name


def begin_with(template: Template, content: NoteContent) -> NoteContent:
    """Return ``content`` in a template's format, its empty sections filled with its words."""
    sections = {**template.details.texts, **{k: v for k, v in content.sections.items() if v}}
    return replace(
        content, format=template.details.format, sections=sections, template_id=template.id
    )


def _newest() -> list[Template]:
    families: dict[UUID, Template] = {}
    for one in _read():
        families.setdefault(one.family, one)
    return list(families.values())


def _read(*conditions: object) -> list[Template]:
    rows = db.session.execute(
        select(NoteTemplate, Person.name)
        .join(Person, Person.id == NoteTemplate.created_by)
        .where(*conditions)  # type: ignore[arg-type]  # column expressions
        .order_by(NoteTemplate.family, NoteTemplate.version.desc())
    )
    return [
        Template(
            id=row.id,
            family=row.family,
            version=row.version,
            details=TemplateDetails(
                name=row.name,
                format=row.format,
                hints=row.content["hints"],
                texts=row.content["texts"],
            ),
            created_by=name,
            created_at=row.created_at,
            archived_at=row.archived_at,
        )
        for row, name in rows
    ]


def _keep(
    actor: Actor, details: TemplateDetails, new_id: UUID, *, family: UUID, number: int
) -> NoteTemplate:
    row = NoteTemplate(
        id=new_id,
        family=family,
        version=number,
        name=details.name,
        format=details.format,
        content={"hints": dict(details.hints), "texts": dict(details.texts)},
        created_by=actor.person_id,
        created_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _checked(details: TemplateDetails) -> TemplateDetails:
    errors: dict[str, str] = {}

    def clean(text: str, field: str, longest: int) -> str:
        try:
            return clean_text(text, field, longest)
        except Invalid as problem:
            errors.update(problem.errors)
            return ""

    wanted = sections_of(details.format)
    hints = {key: clean(details.hints.get(key, ""), f"hint_{key}", LONGEST_HINT) for key in wanted}
    texts = {key: clean(details.texts.get(key, ""), f"text_{key}", LONGEST_TEXT) for key in wanted}
    try:
        name = clean_name(details.name, "name")
    except Invalid as problem:
        errors.update(problem.errors)
    if errors:
        raise Invalid(errors)
    return TemplateDetails(
        name=name,
        format=details.format,
        hints={key: words for key, words in hints.items() if words},
        texts={key: words for key, words in texts.items() if words},
    )
