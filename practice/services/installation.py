"""What the command line asks of the whole installation; no page and no account reaches this."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from flask import current_app
from sqlalchemy import inspect, make_url, select

from practice.config.settings import Settings
from practice.db import db
from practice.domain.couples import couple_title
from practice.domain.people import Role
from practice.models.accounts import Account
from practice.models.couples import Couple
from practice.models.people import Person
from practice.models.settings import PracticeMeasure
from practice.services.people import members_of_all


@dataclass(frozen=True, slots=True)
class CoupleLine:
    """One couple, for a list at the command line."""

    couple_id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class SignInLine:
    """One account, for a list at the command line."""

    role: Role
    name: str
    sign_in_name: str


def is_empty() -> bool:
    """Whether nobody has been entered yet."""
    return db.session.scalar(select(Person.id).limit(1)) is None


def has_tables() -> bool:
    """Whether there is a database with tables; a file that is not there yet is not made."""
    settings: Settings = current_app.extensions["practice"]
    if settings.is_sqlite and not Path(make_url(settings.database_url).database or "").exists():
        return False
    return inspect(db.engine).has_table(PracticeMeasure.__tablename__)


def all_couples() -> tuple[CoupleLine, ...]:
    """Return every couple in the order in which they were entered."""
    ids = list(db.session.scalars(select(Couple.id).order_by(Couple.created_at, Couple.id)))
    members = members_of_all(ids)
    return tuple(
        CoupleLine(one, couple_title(member.name for member in members[one])) for one in ids
    )


def all_sign_ins() -> tuple[SignInLine, ...]:
    """Return every account, therapists first."""
    rows = db.session.scalars(select(Account).order_by(Account.created_at, Account.sign_in_name))
    lines = [SignInLine(row.role, row.person.name, row.sign_in_name) for row in rows]
    return tuple(sorted(lines, key=lambda line: line.role is not Role.THERAPIST))
