"""What became of an assignment and what can become of it, for its page. For this package only."""

from sqlalchemy import or_, select
from sqlalchemy.orm import defer

from practice.db import db
from practice.domain.homework.terms import GivenTo
from practice.domain.people import Reader
from practice.domain.words import listed
from practice.models.homework import Assignment
from practice.services import clock
from practice.services.homework.facts import is_running
from practice.services.homework.following import smaller_than
from practice.services.homework.rows import Given, how_often
from practice.services.homework.running import earlier_terms
from practice.services.homework.templates import wording_of
from practice.services.homework.together import openings_of
from practice.services.homework.values import Life, Neighbour
from practice.services.people import Member, labels_of


def life_of(reader: Reader, given: Given, members: tuple[Member, ...]) -> Life:
    """Return what became of an assignment. Authorise first."""
    row = given.row
    neighbours = {
        one.id: one
        for one in db.session.scalars(
            select(Assignment)
            .where(or_(Assignment.follows_id == row.id, Assignment.id == row.follows_id))
            .options(defer(Assignment.instructions_sealed))
        )
    }
    before = neighbours.get(row.follows_id) if row.follows_id else None
    after = next((one for one in neighbours.values() if one.follows_id == row.id), None)
    return Life(
        is_asked=is_running(row, clock.today()),
        end_reason=row.end_reason,
        end_words=row.end_words,
        before=_neighbour(before, row) if before else None,
        after=_neighbour(after, after) if after else None,
        smaller=() if after else smaller_than(row),
        earlier=earlier_terms(row.id),
        openings=openings_of(reader, given, members),
    )


def whom_in_words(row: Assignment, members: tuple[Member, ...]) -> str:
    """Say who does it: ``for Ada``, ``for each partner``, ``for Ada and Cy, together``."""
    receivers = {receiver.person_id for receiver in row.receivers}
    labels = labels_of(members)
    names = listed([labels[one.person_id] for one in members if one.person_id in receivers])
    if row.given_to is GivenTo.ONE:
        return f"for {names}"
    if all(one.person_id in receivers for one in members if one.is_current):
        return row.given_to.label
    return f"for {names}, {'together' if row.given_to is GivenTo.TOGETHER else 'each'}"


def _neighbour(other: Assignment, later: Assignment) -> Neighbour | None:
    if later.follows_how is None:
        return None
    return Neighbour(
        other.id, wording_of(other).title, later.follows_how, how_often(other), later.starts_on
    )
