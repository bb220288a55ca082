"""Couples: creating one, correcting its record, how it ended, and its header on every page."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defaultload

from practice.db import db, remembered
from practice.domain.acts import Operation
from practice.domain.couples import Modality, RelationshipStatus
from practice.domain.people import Actor, Reader, Standing
from practice.domain.visibility import Audience, Facts, Kind
from practice.models.couples import Care, Couple, Membership
from practice.models.people import Person
from practice.models.sessions import TherapySession
from practice.services import access, audit, clock
from practice.services.births import birth_of, check_birth, set_birth
from practice.services.cleaning import clean_name, clean_text
from practice.services.errors import Invalid
from practice.services.known_people import NewPerson, settle_people
from practice.services.people import Member, members_of, title_of
from practice.services.schedule import refresh

__all__ = [
    "CoupleDetails",
    "CoupleHeader",
    "Endings",
    "NewCouple",
    "NewPerson",
    "couple_details",
    "couple_header",
    "create_couple",
    "edit_couple",
    "record_endings",
]

FIRST_YEAR = 1990
"""Earlier than this a day is a slip of the keys."""

MOST_PEOPLE = 6
"""A constellation larger than this is a group, and another kind of record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCouple:
    """What is needed to begin a record. ``id`` makes sending the form twice harmless."""

    id: UUID
    people: tuple[NewPerson, ...]
    """In the order in which they are to be named, everywhere and for good."""

    relationship_status: RelationshipStatus
    episode_started_on: date
    agreed_problem: str = ""
    modality: Modality | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoupleDetails:
    """What can be corrected later."""

    relationship_status: RelationshipStatus
    episode_started_on: date
    agreed_problem: str
    names: dict[UUID, str]
    """Name of each present member by person."""

    problems: dict[UUID, str]
    """Presenting problem of each present member by person."""

    modality: Modality | None = None
    births: dict[UUID, date | None] = field(default_factory=dict)
    """Date of birth by person; of somebody who is not in it, nothing is changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endings:
    """How the relationship and the care ended, each with a day of its own."""

    relationship_ended_on: date | None = None
    ending_was_a_goal: bool = False
    episode_ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class CoupleHeader:
    """What stands at the head of every page about a couple."""

    id: UUID
    title: str
    members: tuple[Member, ...]
    """Present members in the order of entry."""

    former: tuple[Member, ...]
    since: date
    relationship_status: RelationshipStatus
    endings: Endings
    modality: Modality | None = None


def create_couple(*, actor: Actor, new: NewCouple) -> UUID:
    """Begin the record of a couple in the care of ``actor``.

    Raises:
        Invalid: naming the field; ``people-N-name`` and ``people-N-known`` for the Nth person.
        NotFound: if ``new.id`` is the record of a couple that is not in the actor's care.
    """
    # One record at a time: of two sends of one form, the second must see the first.
    db.session.scalar(select(Person.id).where(Person.id == actor.person_id).with_for_update())
    if db.session.get(Couple, new.id) is not None:
        access.require_treating(actor, new.id)
        return new.id
    # Whoever begins a record treats the couple from its first moment.
    require_writing_names(Reader(actor.person_id, new.id, Standing.TREATING))
    _check_started(new.episode_started_on)
    couple = Couple(
        id=new.id,
        relationship_status=new.relationship_status,
        episode_started_on=new.episode_started_on,
        agreed_problem=clean_text(new.agreed_problem, "agreed_problem"),
        modality=new.modality,
    )
    try:
        with db.session.begin_nested():
            db.session.add(couple)
    except IntegrityError:  # the same form, sent twice at the same moment
        access.require_treating(actor, new.id)
        return new.id
    people = settle_people(actor, new.people, at_least=2, at_most=MOST_PEOPLE)
    since = new.episode_started_on
    db.session.add(Care(couple_id=couple.id, therapist_id=actor.person_id, since=since))
    for position, (person, problem) in enumerate(people, start=1):
        db.session.add(
            Membership(
                couple_id=couple.id,
                person_id=person.id,
                position=position,
                joined_on=since,
                problem=problem,
            )
        )
    audit.note_write(actor, couple.id, "couple.created")
    refresh(couple.id)
    return couple.id


def couple_details(*, actor: Actor, couple_id: UUID) -> CoupleDetails:
    """Return what the therapist can correct.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    couple = loaded(couple_id)
    present = _present(couple_id)
    agreed = access.may_see(reader, agreed_problem_facts(couple_id))
    own = access.may_see(reader, problem_facts(couple_id, actor.person_id))
    return CoupleDetails(
        relationship_status=couple.relationship_status,
        episode_started_on=couple.episode_started_on,
        agreed_problem=couple.agreed_problem if agreed else "",
        names={row.person_id: row.person.name for row in present},
        problems={row.person_id: row.problem if own else "" for row in present},
        modality=couple.modality,
        births={row.person_id: birth_of(row.person) for row in present},
    )


def edit_couple(*, actor: Actor, couple_id: UUID, details: CoupleDetails) -> None:
    """Correct the record.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming the field; ``name_ID``, ``born_ID`` and ``problem_ID`` for a member's.
    """
    reader = access.require_treating(actor, couple_id)
    require_writing_names(reader)
    access.require_act(reader, agreed_problem_facts(couple_id), Operation.WRITE)
    couple = loaded(couple_id)
    _check_started(details.episode_started_on)
    ended = couple.episode_ended_on
    if ended is not None and ended < details.episode_started_on:
        raise Invalid({"episode_started_on": "The episode ended before this day."})
    couple.relationship_status = details.relationship_status
    couple.modality = details.modality
    moved = couple.episode_started_on != details.episode_started_on
    _move_start(couple, details.episode_started_on)
    couple.agreed_problem = clean_text(details.agreed_problem, "agreed_problem")
    for row in _present(couple_id):
        key = row.person_id
        row.person.name = clean_name(details.names.get(key, ""), f"name_{key}")
        row.problem = clean_text(details.problems.get(key, ""), f"problem_{key}")
        if key in details.births:
            check_birth(details.births[key], f"born_{key}")
            set_birth(row.person, details.births[key])
    audit.note_write(actor, couple_id, "couple.edited")
    if moved:
        # Nothing else here is a step of the course, and some of it is about one member alone.
        refresh(couple_id)


def record_endings(*, actor: Actor, couple_id: UUID, endings: Endings) -> None:
    """Say that the relationship, the episode of care or both have ended, or take it back.

    Nothing counts the end of a relationship as a failure; whether it was a goal stands beside it.

    Raises:
        NotFound: if the couple is not in the actor's care.
        Invalid: naming the field.
    """
    access.require_writing(actor, identity_facts(couple_id))
    couple = loaded(couple_id)
    errors = {}
    if endings.relationship_ended_on and endings.relationship_ended_on > clock.today():
        errors["relationship_ended_on"] = "Choose today or an earlier day."
    if endings.ending_was_a_goal and endings.relationship_ended_on is None:
        errors["relationship_ended_on"] = "Add the day on which the relationship ended."
    if endings.episode_ended_on and endings.episode_ended_on > clock.today():
        errors["episode_ended_on"] = "Choose today or an earlier day."
    if endings.episode_ended_on and endings.episode_ended_on < couple.episode_started_on:
        errors["episode_ended_on"] = "The episode began after this day."
    if errors:
        raise Invalid(errors)
    couple.relationship_ended_on = endings.relationship_ended_on
    couple.ending_was_a_goal = endings.ending_was_a_goal
    couple.episode_ended_on = endings.episode_ended_on
    audit.note_write(actor, couple_id, "couple.endings_recorded")
    refresh(couple_id)


def couple_header(*, actor: Actor, couple_id: UUID) -> CoupleHeader:
    """Return the head of a page about a couple.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    access.require_treating(actor, couple_id)
    return header_of(loaded(couple_id))


def loaded(couple_id: UUID) -> Couple:
    """Return the row of a couple, for services alone. Authorise first."""
    return remembered(("couple", couple_id), lambda: db.session.get_one(Couple, couple_id))


def header_of(couple: Couple) -> CoupleHeader:
    """Return the header of a couple that was loaded. Authorise first."""
    everybody = members_of(couple.id)
    present = tuple(member for member in everybody if member.is_current)
    return CoupleHeader(
        id=couple.id,
        title=title_of(everybody),
        members=present,
        former=tuple(member for member in everybody if not member.is_current),
        since=couple.episode_started_on,
        relationship_status=couple.relationship_status,
        endings=Endings(
            relationship_ended_on=couple.relationship_ended_on,
            ending_was_a_goal=couple.ending_was_a_goal,
            episode_ended_on=couple.episode_ended_on,
        ),
        modality=couple.modality,
    )


def require_writing_names(reader: Reader) -> None:
    """Raise NotFound unless ``reader`` may write who the members are and what brings each."""
    couple_id = reader.couple_id
    access.require_act(reader, problem_facts(couple_id, reader.person_id), Operation.WRITE)
    access.require_act(reader, identity_facts(couple_id), Operation.WRITE)


def identity_facts(couple_id: UUID) -> Facts:
    """Names, who belongs to the couple from when until when, how it and the care ended."""
    return Facts(couple_id, couple_id, Kind.IDENTITY, Audience.COUPLE)


def agreed_problem_facts(couple_id: UUID) -> Facts:
    """The agreed problem: words all members read, in the record and in their portal."""
    # Agreed by all of them: the couple itself stands where a single author would.
    return Facts(couple_id, couple_id, Kind.PROBLEM, Audience.COUPLE)


def problem_facts(couple_id: UUID, therapist_id: UUID) -> Facts:
    """A member's presenting problem: the therapist's words, so that no partner reads any."""
    return Facts(couple_id, therapist_id, Kind.PROBLEM, Audience.THERAPIST)


def _check_started(day: date) -> None:
    if day > clock.today():
        raise Invalid({"episode_started_on": "Choose today or an earlier day."})
    if day.year < FIRST_YEAR:
        raise Invalid({"episode_started_on": "Check the year."})


def _move_start(couple: Couple, day: date) -> None:
    """Correct the first day of care; who was there from the first day still is.

    Raises:
        Invalid: if somebody would have left, or a session have been held, before the first day.
    """
    before = couple.episode_started_on
    if day == before:
        return
    of_couple = select(Membership).where(Membership.couple_id == couple.id)
    from_the_start = list(db.session.scalars(of_couple.where(Membership.joined_on == before)))
    if day > before:
        _check_nothing_before(couple, day, from_the_start)
    for row in from_the_start:
        row.joined_on = day
    mine = select(Care).where(Care.couple_id == couple.id, Care.since == before)
    for care in db.session.scalars(mine):
        care.since = day
    couple.episode_started_on = day


def _check_nothing_before(couple: Couple, day: date, members: list[Membership]) -> None:
    if any(row.left_on is not None and row.left_on < day for row in members):
        raise Invalid({"episode_started_on": "Somebody left before this day."})
    first = db.session.scalar(
        select(func.min(TherapySession.starts_at)).where(TherapySession.couple_id == couple.id)
    )
    if first is not None and clock.local(first).date() < day:
        raise Invalid({"episode_started_on": "There is a session before this day."})


def _present(couple_id: UUID) -> list[Membership]:
    return list(
        db.session.scalars(
            select(Membership)
            .join(Person, Person.id == Membership.person_id)
            .where(Membership.couple_id == couple_id, Membership.left_on.is_(None))
            .options(defaultload(Membership.person).undefer(Person.born_on_sealed))
            .order_by(Membership.position)
        )
    )
