"""Who treats a couple, as its members know them."""

from uuid import UUID

from sqlalchemy import ScalarSelect, SQLColumnExpression, select

from practice.models.couples import Care
from practice.models.people import Person


def name_of_treating(couple_id: SQLColumnExpression[UUID]) -> ScalarSelect[str]:
    """Return a subquery for the name of whoever treats a couple now; no row while nobody does.

    Args:
        couple_id: A column of the query it becomes part of.
    """
    return (
        select(Person.name)
        .join(Care, Care.therapist_id == Person.id)
        .where(Care.couple_id == couple_id, Care.until.is_(None))
        .order_by(Care.since.desc(), Care.id)
        .limit(1)
        .scalar_subquery()
    )


def known_as(name: str | None) -> str:
    """Return what a partner calls their therapist: the first name."""
    return name.split()[0] if name else "your counsellor"
