"""What members hope for, in their own words: for each author and the treating therapist."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.joint_facts import tells
from practice.domain.people import Actor, Reader
from practice.domain.schedule import MOST_HOPES
from practice.domain.texts import tidy
from practice.models.goals import Hope
from practice.services import access, clock
from practice.services.errors import Invalid, NotFound
from practice.services.goals.values import HopePlace, HopeView
from practice.services.people import Member, members_of_all

HOPE_LIMIT = 200
"""Characters: as many as a goal has in its line."""


def hopes_in(reader: Reader, members: Iterable[Member]) -> tuple[HopeView, ...]:
    """Return what the given members of a couple wrote and ``reader`` may see."""
    rows = db.session.scalars(select(Hope).where(Hope.couple_id == reader.couple_id))
    return _views(access.visible(reader, rows), members)


@tells()
def own_hopes(*, actor: Actor) -> tuple[HopeView, ...]:
    """Return what a partner wrote and has not locked away, also in a couple they have left."""
    readers = access.own_couples(actor)
    rows = db.session.scalars(
        select(Hope).where(
            Hope.couple_id.in_(readers),
            Hope.person_id == actor.person_id,
            Hope.locked_at.is_(None),
        )
    )
    visible = [row for row in rows if access.may_see(readers[row.couple_id], row.facts)]
    if not visible:
        return ()
    members = members_of_all({row.couple_id for row in visible})
    return tuple(
        view
        for couple_id, of_couple in members.items()
        for view in _views([row for row in visible if row.couple_id == couple_id], of_couple)
    )


def hope_of(*, actor: Actor, couple_id: UUID, hope_id: UUID) -> HopeView:
    """Return one hope of a member of a couple in the actor's care.

    Raises:
        NotFound: if there is none such.
    """
    reader = access.require_treating(actor, couple_id)
    row = require(reader, hope_id)
    (view,) = _views([row], members_of_all([couple_id])[couple_id])
    return view


def require(reader: Reader, hope_id: UUID) -> Hope:
    """Return one hope that ``reader`` may see; for this package alone.

    Raises:
        NotFound: if there is none such in their couple.
    """
    row = db.session.get(Hope, hope_id)
    if row is None or row.couple_id != reader.couple_id:
        raise NotFound
    access.require_visible(reader, row.facts)
    return row


def places_of(couple_id: UUID, person_id: UUID) -> tuple[HopePlace, ...]:
    """Return the places in which somebody can write, with their own words. Authorise first.

    The place of what they have locked away is free.
    """
    rows = _rows(couple_id, person_id)
    return tuple(
        HopePlace(place, rows[place].words, rows[place].goal_id is not None)
        if place in rows
        else HopePlace(place, "", is_fixed=False)
        for place in range(1, MOST_HOPES + 1)
    )


def write(couple_id: UUID, person_id: UUID, words: Mapping[int, str]) -> None:
    """Keep what somebody hopes for, by place; an emptied place is let go. Authorise first.

    Raises:
        Invalid: naming ``hope_1`` where nothing would stand, or each that is too long.
    """
    access.hold(couple_id)
    rows = _rows(couple_id, person_id)
    wanted = {
        place: " ".join(tidy(text).split())
        for place, text in words.items()
        if 1 <= place <= MOST_HOPES
    }
    long = {
        f"hope_{place}": f"There is room for {HOPE_LIMIT} characters."
        for place, text in wanted.items()
        if len(text) > HOPE_LIMIT
    }
    if long:
        raise Invalid(long)
    free = {place: text for place, text in wanted.items() if not _is_fixed(rows.get(place))}
    stays = [place for place in rows if place not in free]
    if not stays and not any(free.values()):
        raise Invalid({f"hope_{min(words, default=1)}": "Write one at least; a few words will do."})
    for place, text in free.items():
        _put(couple_id, person_id, place, text, rows.get(place))
    db.session.flush()


def _put(couple_id: UUID, person_id: UUID, place: int, text: str, row: Hope | None) -> None:
    if row is None:
        if text:
            new = Hope(
                couple_id=couple_id, person_id=person_id, place=place, written_at=clock.now()
            )
            new.words = text
            db.session.add(new)
    elif not text:
        db.session.delete(row)
    elif row.words != text:
        row.words, row.changed_at = text, clock.now()


def _is_fixed(row: Hope | None) -> bool:
    return row is not None and row.goal_id is not None


def _rows(couple_id: UUID, person_id: UUID) -> dict[int, Hope]:
    rows = db.session.scalars(
        select(Hope)
        .where(Hope.couple_id == couple_id, Hope.person_id == person_id, Hope.locked_at.is_(None))
        .order_by(Hope.place)
    )
    return {row.place: row for row in rows}


def _views(rows: Iterable[Hope], members: Iterable[Member]) -> tuple[HopeView, ...]:
    by_id = {member.person_id: member for member in members}
    found = [
        HopeView(
            id=row.id,
            couple_id=row.couple_id,
            person_id=row.person_id,
            name=by_id[row.person_id].first_name,
            position=by_id[row.person_id].position,
            place=row.place,
            words=row.words,
            written_at=row.written_at,
            changed_at=row.changed_at,
            goal_id=row.goal_id,
        )
        for row in rows
        if row.person_id in by_id
    ]
    return tuple(sorted(found, key=lambda one: (one.position, one.place, one.written_at)))
