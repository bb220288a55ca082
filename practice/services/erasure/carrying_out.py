"""Doing what was planned: rows go, references lose their name, texts lose the name."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, delete, or_, select, tuple_, update

from practice import db as database
from practice.db import db
from practice.domain.people import first_name
from practice.domain.releases.passages import parts_of_names, without_names
from practice.models import Base
from practice.models.couples import Membership
from practice.models.homework import Assignment
from practice.models.letters import TimeRequest
from practice.models.people import Person
from practice.models.releases import Authorisation, ReleaseBundle
from practice.services import clock, drafts, sign_in_sessions
from practice.services.drafts import DraftKind
from practice.services.erasure.planning import (
    Key,
    Plan,
    account_of,
    person_of,
    within_couple,
)
from practice.services.erasure.rules import (
    CLEARED,
    PERSON_COLUMNS,
    PUT_FOR_NAME,
    RENAMED,
)
from practice.services.letters.threads import thread_id_of
from practice.services.people import NAMELESS_NAME

AT_ONCE = 500
"""Most keys in one statement."""


def carry_out(made: Plan) -> tuple[int, bool]:
    """Erase what was planned.

    Returns:
        In how many texts the name was taken out, and whether the person's own entry went.
    """
    person = person_of(made.person_id)
    names = _names_to_take_out(person.name, made.couple_id)
    _end_sign_in(made)
    _let_go(made)
    _remove(made)
    nobody = Person(name=NAMELESS_NAME)
    db.session.add(nobody)
    db.session.flush()
    _make_nameless(made, nobody.id)
    db.session.expire_all()
    _close_nameless(made.couple_id, nobody.id)
    changed = _take_names_out(made, names)
    _destroy_files(made.couple_id)
    db.session.flush()
    return changed, _remove_person(made)


def _names_to_take_out(name: str, couple_id: UUID) -> tuple[str, ...]:
    """Return the whole name and those of its words that no other member shares."""
    others = db.session.scalars(
        select(Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.couple_id == couple_id, Person.name != name)
    )
    shared = {word.casefold() for other in others for word in other.split()}
    parts = (part for part in parts_of_names([name]) if part.casefold() not in shared)
    first = first_name(name)
    short = [first] if first.casefold() not in shared else []
    return tuple(dict.fromkeys([name, *parts, *short]))


def _end_sign_in(made: Plan) -> None:
    account = account_of(made.person_id)
    if made.wholly and account is not None:
        sign_in_sessions.end_all(account.fs_uniquifier)


def _let_go(made: Plan) -> None:
    for column, keys in made.let_go.items():
        _change(column, keys, None)
    asked = select(TimeRequest.id).where(TimeRequest.person_id == made.person_id)
    drafts.drop_about(DraftKind.REPLY, [thread_id_of(made.couple_id, made.person_id)])
    drafts.drop_about(DraftKind.TIME_ANSWER, asked.where(TimeRequest.couple_id == made.couple_id))


def _remove(made: Plan) -> None:
    for table in reversed(Base.metadata.sorted_tables):
        for some in _in_parts(made.gone.get(table, ())):
            db.session.execute(delete(table).where(_is_one_of(table, some)))


def _make_nameless(made: Plan, nobody_id: UUID) -> None:
    for column, keys in made.nameless.items():
        _change(column, keys, nobody_id)


def _close_nameless(couple_id: UUID, nobody_id: UUID) -> None:
    """Empty what was this person's own in the rows that stay; nothing holds in their name."""
    today = clock.today()
    for model, whose, which in CLEARED:
        owner = getattr(model, whose)
        for row in db.session.scalars(select(model).where(owner == nobody_id)):
            setattr(row, which, "")
    for row in db.session.scalars(select(Membership).where(Membership.person_id == nobody_id)):
        row.left_on = row.left_on or max(today, row.joined_on)
    signed = select(Authorisation).where(
        Authorisation.person_id == nobody_id,
        Authorisation.signed_at.is_not(None),
        Authorisation.revoked_at.is_(None),
    )
    for signature in db.session.scalars(signed):
        signature.revoked_at = clock.now()
    _end_open_homework(couple_id, nobody_id, today)


def _end_open_homework(couple_id: UUID, nobody_id: UUID, today: date) -> None:
    running = select(Assignment).where(
        Assignment.couple_id == couple_id, Assignment.retired_on.is_(None)
    )
    for task in db.session.scalars(running):
        if any(one.person_id == nobody_id for one in task.receivers):
            task.retired_on = today


def _take_names_out(made: Plan, names: Iterable[str]) -> int:
    wanted = tuple(names)
    # What is signed is final, and the database keeps it so: an erasure is the one exception.
    with database.without_triggers({model.__tablename__ for model, _ in RENAMED}):
        changed = sum(_taken_out(made, model, which, wanted) for model, which in RENAMED)
        db.session.flush()
    return changed


def _taken_out(made: Plan, model: type[Base], which: str, wanted: Sequence[str]) -> int:
    changed = 0
    for row in _rows_of(model, made.couple_id):
        before = getattr(row, which)
        after = _without(before, wanted, made.person_id)
        if after != before:
            setattr(row, which, after)
            changed += 1
    return changed


def _rows_of(model: type[Base], couple_id: UUID) -> Sequence[Base]:
    table = Base.metadata.tables[model.__tablename__]
    within = within_couple(table, couple_id)
    if within is None:  # the couple itself
        within = table.c.id == couple_id
    return list(db.session.scalars(select(model).where(within)))


def _without(value: Any, names: Iterable[str], person_id: UUID) -> Any:
    """Take names out of a text or a stored value; what is kept under the person's id goes."""
    if isinstance(value, str):
        return without_names(value, names, PUT_FOR_NAME)
    if isinstance(value, list):
        return [_without(one, names, person_id) for one in value]
    if isinstance(value, dict):
        return {
            key: _without(one, names, person_id)
            for key, one in value.items()
            if key != str(person_id)
        }
    return value


def _destroy_files(couple_id: UUID) -> None:
    db.session.execute(
        update(ReleaseBundle)
        .where(ReleaseBundle.couple_id == couple_id, ReleaseBundle.destroyed_at.is_(None))
        .values(content_sealed=None, destroyed_at=clock.now())
    )


def _remove_person(made: Plan) -> bool:
    """Remove the person's own entry, unless something still points at it."""
    if not made.wholly:
        return False
    for name in PERSON_COLUMNS:
        table_name, column_name = name.split(".")
        column = Base.metadata.tables[table_name].c[column_name]
        if db.session.scalar(select(column).where(column == made.person_id).limit(1)) is not None:
            return False
    db.session.execute(delete(Person).where(Person.id == made.person_id))
    return True


def _change(column: Column[Any], keys: Iterable[Key], value: UUID | None) -> None:
    for some in _in_parts(keys):
        table = column.table
        db.session.execute(
            update(table).where(_is_one_of(table, some)).values({column.name: value})
        )


def _is_one_of(table: Table, keys: Sequence[Key]) -> Any:
    columns = list(table.primary_key.columns)
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in keys])
    return or_(*(tuple_(*columns) == tuple_(*key) for key in keys))


def _in_parts(keys: Iterable[Key]) -> Iterable[Sequence[Key]]:
    ordered = sorted(keys, key=str)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))
