"""What every table shares: naming, identity, aware times, enums with a CHECK."""

from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Dialect, Enum, MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC on either engine; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def text_enum(choices: type[StrEnum], name: str | None = None) -> Enum:
    """A column of the values of ``choices``, kept as text with a CHECK in the database."""
    return Enum(
        choices,
        name=name or choices.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


PRETENDED: ContextVar[datetime | None] = ContextVar("practice_pretended_now", default=None)
"""Set by ``services.clock.pretend`` while invented history is written."""


def now() -> datetime:
    """The present moment, in UTC."""
    return PRETENDED.get() or datetime.now(UTC)


class Base(DeclarativeBase):
    """Base of all tables; plain SQLAlchemy, so that models stay free of Flask."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UTCDateTime(), UUID: Uuid()}


class Lockable:
    """What its author can lock away: for the other members it then never was.

    Not to be mixed up with sealed columns, which are a matter of encryption.
    """

    locked_at: Mapped[datetime | None]
    """Since when; its author finds it again behind their password alone."""

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None


class Identified:
    """A random identity, known from the first moment: sealed columns are bound to it."""

    id: Mapped[UUID] = mapped_column(primary_key=True)

    def __init__(self, **values: Any) -> None:
        self.id = values.pop("id", None) or uuid4()
        super().__init__(**values)
