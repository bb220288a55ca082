"""Which rows an erasure touches: found by following every reference, changed by nobody yet."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, and_, func, select

from practice.db import db
from practice.domain.visibility import Audience
from practice.models import Base
from practice.models.accounts import Account
from practice.models.couples import Care, Membership
from practice.models.homework import AssignmentReceiver
from practice.models.people import Person
from practice.models.releases import ReleaseBundle
from practice.services.erasure.rules import GOES_ALONG, PERSON_COLUMNS, TITLES, Fate

Key = tuple[Any, ...]


@dataclass(slots=True)
class Plan:
    """The rows of an erasure, by table."""

    couple_id: UUID
    person_id: UUID
    wholly: bool
    """The person is in no other record: their own entry and sign-in go, too."""

    gone: dict[Table, set[Key]] = field(default_factory=dict)
    """Primary keys of the rows that go."""

    let_go: dict[Column[Any], set[Key]] = field(default_factory=dict)
    """References that stay empty because what they point at goes; the others' rows stay."""

    nameless: dict[Column[Any], set[Key]] = field(default_factory=dict)
    """References to the person that will point at somebody without a name."""

    kept_private: Counter[str] = field(default_factory=Counter)
    """Of the rows that go, by table, those that their author kept from everybody."""

    bundles: int = 0
    """Files of earlier releases that are destroyed; their lines stay."""

    def counts(self) -> dict[str, int]:
        """Return how many rows go, by what they are called; nothing of what ``REST`` stands for."""
        found: Counter[str] = Counter()
        for table, keys in self.gone.items():
            if table.name in TITLES:
                found[TITLES[table.name]] += len(keys) - self.kept_private[table.name]
        found[TITLES[ReleaseBundle.__tablename__]] += self.bundles
        return {title: found[title] for title in sorted(found) if found[title]}


def plan(couple_id: UUID, person_id: UUID) -> Plan:
    """Find everything that an erasure touches. Authorise first."""
    made = Plan(couple_id, person_id, wholly=_is_nowhere_else(couple_id, person_id))
    for name, fate in PERSON_COLUMNS.items():
        table_name, column_name = name.split(".")
        table = Base.metadata.tables[table_name]
        within = within_couple(table, couple_id)
        if within is None and not made.wholly:
            continue
        theirs = [table.c[column_name] == person_id]
        condition = and_(*theirs, *([within] if within is not None else []))
        if fate is Fate.GONE:
            _add(made, table, condition)
        elif fate is Fate.NAMELESS:
            made.nameless[table.c[column_name]] = set(_keys(table, condition))
    _add_given_to_them_alone(made)
    _add(made, Base.metadata.tables["issued_report"], _of_couple("issued_report", couple_id))
    made.bundles = _bundles(couple_id)
    for table, keys in made.gone.items():
        made.kept_private[table.name] = _private_among(table, keys)
    for column, keys in made.nameless.items():
        keys -= made.gone.get(column.table, set())
    for column, keys in made.let_go.items():
        keys -= made.gone.get(column.table, set())
    return made


def _is_nowhere_else(couple_id: UUID, person_id: UUID) -> bool:
    elsewhere = select(Membership.id).where(
        Membership.person_id == person_id, Membership.couple_id != couple_id
    )
    works_here = select(Care.id).where(Care.therapist_id == person_id)
    return db.session.scalar(elsewhere.limit(1)) is None and (
        db.session.scalar(works_here.limit(1)) is None
    )


def within_couple(table: Table, couple_id: UUID) -> ColumnElement[bool] | None:
    """Return the condition that rows belong to the couple; None where the table knows none."""
    if "couple_id" in table.c:
        return table.c.couple_id == couple_id
    for column in table.columns:
        for key in column.foreign_keys:
            parent = key.column.table
            if "couple_id" in parent.c:
                return column.in_(select(parent.c.id).where(parent.c.couple_id == couple_id))
    return None


def _of_couple(name: str, couple_id: UUID) -> ColumnElement[bool]:
    table = Base.metadata.tables[name]
    condition: ColumnElement[bool] = table.c.couple_id == couple_id
    return condition


def _add(made: Plan, table: Table, condition: ColumnElement[bool]) -> None:
    """Add rows to those that go, and what hangs on them; loose references are let go."""
    known = made.gone.setdefault(table, set())
    new = set(_keys(table, condition)) - known
    if not new:
        return
    known |= new
    if "id" not in table.c:
        return
    ids = [key[0] for key in new]
    for child in Base.metadata.tables.values():
        for column in child.columns:
            if not any(key.column is table.c.id for key in column.foreign_keys):
                continue
            name = f"{child.name}.{column.name}"
            if column.nullable and name not in GOES_ALONG:
                made.let_go.setdefault(column, set()).update(_keys(child, column.in_(ids)))
            else:
                _add(made, child, column.in_(ids))


def _add_given_to_them_alone(made: Plan) -> None:
    """Homework that nobody else was given goes with its instructions."""
    receiver = AssignmentReceiver.__table__
    alone = (
        select(receiver.c.assignment_id)
        .group_by(receiver.c.assignment_id)
        .having(func.count() == 1)
    )
    theirs = select(receiver.c.assignment_id).where(
        receiver.c.person_id == made.person_id, receiver.c.assignment_id.in_(alone)
    )
    assignment = Base.metadata.tables["assignment"]
    within = assignment.c.couple_id == made.couple_id
    _add(made, assignment, and_(within, assignment.c.id.in_(theirs)))


def _keys(table: Table, condition: ColumnElement[bool]) -> Iterable[Key]:
    rows = db.session.execute(select(*table.primary_key.columns).where(condition))
    return [tuple(row) for row in rows]


def _private_among(table: Table, keys: set[Key]) -> int:
    if "audience" not in table.c:
        return 0
    private = table.c.audience == Audience.PRIVATE
    return len(keys & set(_keys(table, private)))


def _bundles(couple_id: UUID) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(ReleaseBundle)
            .where(ReleaseBundle.couple_id == couple_id, ReleaseBundle.destroyed_at.is_(None))
        )
        or 0
    )


def account_of(person_id: UUID) -> Account | None:
    """Return the sign-in of a person, for this package alone."""
    return db.session.scalar(select(Account).where(Account.person_id == person_id))


def person_of(person_id: UUID) -> Person:
    """Return the row of a person, for this package alone."""
    return db.session.get_one(Person, person_id)
