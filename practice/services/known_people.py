"""Who is meant by a name: somebody new, or somebody this therapist already knows.

Only people of the therapist's own couples are ever offered: a name typed in never tells whether
somebody is known to another therapist.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased, undefer

from practice.db import db
from practice.domain.people import Actor, first_name
from practice.models.couples import Care, Membership
from practice.models.people import Person
from practice.services.births import add_birth, birth_of, check_birth, set_birth
from practice.services.cleaning import LONGEST_NAME, clean_name, clean_text
from practice.services.errors import Invalid


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be taken into a couple.

    ``known_id`` names somebody the therapist knows; ``is_new`` says that nobody known is meant,
    though the name may be the same. With neither, a name that is known is asked about.
    """

    name: str
    problem: str = ""
    born_on: date | None = None
    known_id: UUID | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of the therapist's other records."""

    id: UUID
    name: str
    partners: tuple[str, ...]
    """First names of the others in those records, to tell people of one name apart."""

    born_on: date | None = None


def people_called(*, actor: Actor, names: Iterable[str]) -> dict[str, tuple[KnownPerson, ...]]:
    """Return, for each name, the people of the actor's own couples who may be meant.

    A person is meant by the whole name or by its first words, whatever the capitals.
    """
    wanted = {name: " ".join(unicodedata.normalize("NFC", name).split()) for name in names}
    asked = {name for name in wanted.values() if 0 < len(name) <= LONGEST_NAME}
    asked = {name for name in asked if name.isprintable()}
    if not asked:
        return {}
    rows = db.session.execute(_of_own_couples(actor).where(or_(*map(_called, asked))))
    found: dict[UUID, tuple[Person, list[str]]] = {}
    for person, other in rows:
        partners = found.setdefault(person.id, (person, []))[1]
        if other and (first := first_name(other)) not in partners:
            partners.append(first)
    known = [
        KnownPerson(key, person.name, tuple(others), birth_of(person))
        for key, (person, others) in found.items()
    ]
    return {
        given: tuple(person for person in known if name and _is_called(person.name, name))
        for given, name in wanted.items()
    }


def settle_people(
    actor: Actor, people: Iterable[NewPerson], *, at_least: int, at_most: int
) -> list[tuple[Person, str]]:
    """Return each person's row, made where somebody is new, with their presenting problem.

    People without a name, a problem or a choice were left empty on purpose and are passed over.

    Raises:
        Invalid: naming ``people-N-name``, ``people-N-born_on``, ``people-N-problem``,
            ``people-N-known`` or ``people``.
    """
    given = list(people)
    used = [(n, person) for n, person in enumerate(given) if _is_filled(person)]
    if len(used) > at_most:
        raise Invalid({"people": f"A record holds at most {at_most} people."})
    if len(used) < at_least:
        empty = next((n for n, person in enumerate(given) if not _is_filled(person)), 0)
        missing = "Enter the name." if at_least == 1 else "Enter a name: a couple is two or more."
        raise Invalid({f"people-{empty}-name": missing})
    known = people_called(actor=actor, names=(person.name for _, person in used))
    settled = [
        (_settle(n, person, known.get(person.name, ())), _problem(n, person)) for n, person in used
    ]
    rows = [row for row, _ in settled]
    if len({row.id for row in rows}) < len(rows):
        raise Invalid({f"people-{used[-1][0]}-known": "The same person is here twice."})
    db.session.add_all(rows)
    db.session.flush()
    return settled


def _settle(number: int, person: NewPerson, known: tuple[KnownPerson, ...]) -> Person:
    name = clean_name(person.name, f"people-{number}-name")
    check_birth(person.born_on, f"people-{number}-born_on")
    if person.known_id is not None and person.known_id in {one.id for one in known}:
        row = db.session.get_one(Person, person.known_id)
        add_birth(row, person.born_on, f"people-{number}-born_on")
        return row
    if known and not person.is_new:
        raise Invalid(
            {f"people-{number}-known": f"Is this the {name} of your records, or somebody new?"}
        )
    row = Person(name=name)
    set_birth(row, person.born_on)
    return row


def _problem(number: int, person: NewPerson) -> str:
    return clean_text(person.problem, f"people-{number}-problem")


def _is_filled(person: NewPerson) -> bool:
    return bool(person.name.strip() or person.problem.strip())


def _of_own_couples(actor: Actor) -> Select[Person, str]:
    others = aliased(Membership)
    partner = aliased(Person)
    return (
        select(Person, partner.name)
        .join(Membership, Membership.person_id == Person.id)
        .join(Care, Care.couple_id == Membership.couple_id)
        .outerjoin(
            others,
            (others.couple_id == Membership.couple_id) & (others.person_id != Person.id),
        )
        .outerjoin(partner, partner.id == others.person_id)
        .where(Care.therapist_id == actor.person_id, Care.until.is_(None))
        .options(undefer(Person.born_on_sealed))
        .order_by(Person.name, Person.id, others.position)
    )


def _called(name: str) -> ColumnElement[bool]:
    # Some engines fold only plain letters, so the spellings people use are asked for too.
    spellings = {name, name.lower(), name.title()}
    return or_(
        *(func.lower(Person.name) == func.lower(spelling) for spelling in spellings),
        *(Person.name.istartswith(f"{spelling} ", autoescape=True) for spelling in spellings),
    )


def _is_called(full: str, name: str) -> bool:
    whole, asked = full.casefold(), name.casefold()
    return whole == asked or whole.startswith(f"{asked} ")
