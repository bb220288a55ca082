"""Measures of the practice's own: adding, mending, a new version, retiring and bringing back.

What is asked never changes under an answer: another wording is another version with a key of its
own. Questions that are open when a version comes stay as they were given, with what somebody may
have begun to answer; giving the new version to the same person takes the open older one back.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from practice.db import db
from practice.domain.measures.definition import Measure
from practice.domain.measures.own import (
    OwnDefinition,
    OwnItem,
    family_of,
    key_of,
    measure_from,
    needs_new_version,
)
from practice.domain.measures.own_checks import own_problems
from practice.domain.measures.own_storage import stored, stored_words
from practice.domain.people import Actor
from practice.domain.texts import tidy
from practice.models.people import Person
from practice.models.settings import PracticeMeasure
from practice.services import audit, clock, measure_library
from practice.services.errors import Invalid, NotFound, Refused
from practice.services.measure_library import WORDS_KEY
from practice.services.practice_settings import put, require_staff


@dataclass(frozen=True, slots=True)
class OwnMeasure:
    """One family of measures of the practice's own, as its newest version is."""

    key: str
    title: str
    measure: Measure | None
    """None where what is stored is damaged; then ``damage`` says so."""

    damage: str
    version: int
    retired_at: datetime | None
    created_by: str
    created_at: datetime
    earlier: tuple[str, ...]
    """Keys of earlier versions, the newest of them first."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did."""

    measure: Measure
    is_new_version: bool


def own_measures(*, actor: Actor) -> tuple[OwnMeasure, ...]:
    """Return the practice's own measures by title, those in use first.

    Raises:
        NotFound: if ``actor`` does not work in the practice.
    """
    require_staff(actor)
    rows = db.session.execute(
        select(
            PracticeMeasure.key,
            PracticeMeasure.family,
            PracticeMeasure.version,
            PracticeMeasure.retired_at,
            PracticeMeasure.created_at,
            Person.name,
        )
        .join(Person, Person.id == PracticeMeasure.created_by)
        .order_by(PracticeMeasure.family, PracticeMeasure.version)
    ).all()
    library = measure_library.library()
    earlier: dict[str, list[str]] = {}
    found: dict[str, OwnMeasure] = {}
    for row in rows:
        measure = library.measures.get(row.key)
        found[row.family] = OwnMeasure(
            key=row.key,
            title=measure.title if measure else row.family,
            measure=measure,
            damage=library.damaged.get(row.key, ""),
            version=row.version,
            retired_at=row.retired_at,
            created_by=row.name,
            created_at=row.created_at,
            earlier=tuple(reversed(earlier.setdefault(row.family, []))),
        )
        earlier[row.family].append(row.key)
    return tuple(
        sorted(found.values(), key=lambda one: (one.retired_at is not None, one.title.casefold()))
    )


def definition_of(*, actor: Actor, key: str) -> OwnDefinition:
    """Return the newest definition of a measure of the practice's own.

    Raises:
        NotFound: if there is none, or it is an earlier version, or damaged.
    """
    require_staff(actor)
    found = measure_library.library().definitions.get(key)
    if found is None or measure_library.newest_of(key).key != key:
        raise NotFound
    return found


def preview(definition: OwnDefinition, *, key: str = "") -> Measure:
    """Return the measure that a definition would be, without keeping it.

    Args:
        definition: As it was typed.
        key: Of the measure it would mend; empty for a new one.

    Raises:
        Invalid: naming the fields that need another look.
    """
    clean = _checked(definition)
    if not key:
        return measure_from(clean, family=family_of(clean.title, set()), version=1)
    known = measure_library.get_measure(key)
    old = measure_library.library().definitions[key]
    version = known.version + needs_new_version(old, clean)
    return measure_from(clean, family=known.family, version=version)


def add(*, actor: Actor, new_id: UUID, definition: OwnDefinition) -> Measure:
    """Keep a new measure of the practice's own, as its first version.

    Args:
        actor: Any therapist of the practice.
        new_id: Id of the new row; a second call with the same id changes nothing.
        definition: As it was typed.

    Raises:
        NotFound: if ``actor`` does not work in the practice.
        Invalid: naming the fields that need another look.
    """
    require_staff(actor)
    known = db.session.get(PracticeMeasure, new_id)
    if known is not None:
        return measure_library.get_measure(known.key)
    clean = _checked(definition)
    taken = set(db.session.scalars(select(PracticeMeasure.family)))
    family = family_of(clean.title, taken)
    return _keep(actor, clean, family=family, version=1, new_id=new_id)


def change(*, actor: Actor, key: str, definition: OwnDefinition) -> Saved:
    """Mend a measure: in place where a score means the same, else as its next version.

    Raises:
        NotFound: as ``definition_of``.
        Refused: if somebody made the next version in the meantime.
        Invalid: naming the fields that need another look.
    """
    require_staff(actor)
    row = db.session.scalar(
        select(PracticeMeasure).where(PracticeMeasure.key == key).with_for_update()
    )
    if row is None or key not in measure_library.library().definitions:
        raise NotFound
    _require_newest(row)
    old = measure_library.library().definitions[key]
    clean = _checked(definition)
    if needs_new_version(old, clean):
        made = _keep(actor, clean, family=row.family, version=row.version + 1, new_id=None)
        return Saved(made, is_new_version=True)
    if clean != old:
        words = json.dumps(stored_words(clean), ensure_ascii=False, sort_keys=True)
        put(actor=actor, key=WORDS_KEY + key, value=words, what="settings.measure_mended")
        measure_library.forget()
    return Saved(measure_library.get_measure(key), is_new_version=False)


def retire(*, actor: Actor, key: str) -> str:
    """Stop offering a measure; answers and open questions stay. Return its title.

    Raises:
        NotFound: if there is no such measure of the practice's own.
        Refused: if it is an earlier version.
    """
    row = _own_newest(actor, key)
    if row.retired_at is None:
        row.retired_at = clock.now()
        _note_change(actor, "settings.measure_retired")
    return _title(row)


def bring_back(*, actor: Actor, key: str) -> str:
    """Offer a retired measure again. Return its title.

    Raises:
        NotFound: as ``retire``.
        Refused: as ``retire``.
    """
    row = _own_newest(actor, key)
    if row.retired_at is not None:
        row.retired_at = None
        _note_change(actor, "settings.measure_brought_back")
    return _title(row)


def _own_newest(actor: Actor, key: str) -> PracticeMeasure:
    require_staff(actor)
    row = db.session.scalar(
        select(PracticeMeasure).where(PracticeMeasure.key == key).with_for_update()
    )
    if row is None:
        raise NotFound
    _require_newest(row)
    return row


def _require_newest(row: PracticeMeasure) -> None:
    newest = db.session.scalar(
        select(func.max(PracticeMeasure.version)).where(PracticeMeasure.family == row.family)
    )
    if newest != row.version:
        raise Refused(
            "There is a later version of this measure. Earlier ones stay as they were answered; "
            "change the latest one."
        )


def _keep(
    actor: Actor, definition: OwnDefinition, *, family: str, version: int, new_id: UUID | None
) -> Measure:
    measure_from(definition, family=family, version=version)
    key = key_of(family, version)
    row = PracticeMeasure(
        id=new_id,
        key=key,
        family=family,
        version=version,
        definition=stored(definition),
        created_by=actor.person_id,
        created_at=clock.now(),
    )
    db.session.add(row)
    _note_change(actor, "settings.measure_added" if version == 1 else "settings.measure_version")
    return measure_library.get_measure(key)


def _note_change(actor: Actor, what: str) -> None:
    audit.note_write(actor, None, what)
    db.session.flush()
    measure_library.forget()


def _title(row: PracticeMeasure) -> str:
    found = measure_library.all_measures().get(row.key)
    return found.title if found else row.family


def _checked(definition: OwnDefinition) -> OwnDefinition:
    clean = replace(
        definition,
        title=tidy(definition.title),
        short_title=tidy(definition.short_title),
        purpose=tidy(definition.purpose),
        instruction=tidy(definition.instruction),
        licence=tidy(definition.licence),
        source=tidy(definition.source),
        items=tuple(OwnItem(tidy(one.text), one.reverse) for one in definition.items),
        answers=tuple(replace(one, label=tidy(one.label)) for one in definition.answers),
    )
    problems = own_problems(clean)
    if problems:
        raise Invalid(problems)
    return clean
