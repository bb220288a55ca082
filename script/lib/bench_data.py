"""Fills an empty installation with a large invented caseload, for measuring and for looking.

Rows are written straight into the tables: through the services, 200,000 sessions would take an
hour. Nobody in it is real; texts are not sealed, because no page that is measured opens one.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from practice.db import db
from practice.domain.couples import Agenda, Modality, RelationshipStatus
from practice.domain.homework.terms import Frequency, GivenTo, Outcome
from practice.domain.people import Actor, Role
from practice.domain.sessions import SessionFormat, SessionKind, SessionStatus
from practice.domain.visibility import Audience
from practice.models.couples import AgendaRecord, Care, Couple, Membership
from practice.models.homework import Assignment, AssignmentReceiver, HomeworkEntry
from practice.models.people import Person
from practice.models.responses import Response, Score
from practice.models.sessions import TherapySession
from practice.services import accounts, clock

PASSWORD = "a long walk beside a quiet canal"  # noqa: S105  # of an invented installation that is gone afterwards
SIGN_IN_NAME = "bench@demo.example"
FIRST = "Ana Bela Carlo Dana Emil Fay Gil Hana Ivo Jude Kit Lena Milo Nell Oren Pia".split()
LAST = "Abbot Baker Castro Dorne Evans Fuchs Garcia Hoang Ito Jensen Kovac Lopez".split()
SCORES_EACH = 6
TASKS = 5
BATCH = 5000


def fill(*, couples: int, sessions: int, seed: int = 7, colleagues: int = 0) -> None:
    """Add a therapist who signs in as ``SIGN_IN_NAME``, with so many couples.

    Args:
        couples: How many; the last ``colleagues`` of them are somebody else's.
        sessions: Of each couple, weekly, the last one planned.
        seed: The same data for the same seed, but for the ids of accounts.
        colleagues: Couples that another therapist treats.
    """
    chance = random.Random(seed)  # noqa: S311  # invented data, the same each time
    own = _therapist("Tess Okafor", SIGN_IN_NAME)
    other = _therapist("Otto Brandt", "colleague@demo.example") if colleagues else own
    rows: dict[type, list[dict[str, Any]]] = {}
    for number in range(couples):
        therapist = other if number >= couples - colleagues else own
        for table, row in _couple(chance, number, therapist, sessions):
            rows.setdefault(table, []).append(row)
        if number % 50 == 49:
            _write(rows)
    _write(rows)
    db.session.commit()


ORDER = (
    Person,
    Couple,
    Care,
    Membership,
    AgendaRecord,
    TherapySession,
    Response,
    Score,
    Assignment,
    AssignmentReceiver,
    HomeworkEntry,
)


def _write(rows: dict[type, list[dict[str, Any]]]) -> None:
    for table in ORDER:
        waiting = rows.pop(table, [])
        for start in range(0, len(waiting), BATCH):
            db.session.execute(insert(table), waiting[start : start + BATCH])
    if rows:
        raise LookupError("a table is missing in ORDER")


def _therapist(name: str, sign_in_name: str) -> Actor:
    person = Person(name=name)
    db.session.add(person)
    db.session.flush()
    accounts.create_account(
        person=person, role=Role.THERAPIST, sign_in_name=sign_in_name, password=PASSWORD
    )
    return Actor(person.id, Role.THERAPIST, name)


def _couple(
    chance: random.Random, number: int, therapist: Actor, sessions: int
) -> Iterator[tuple[type, dict[str, Any]]]:
    def new_id() -> UUID:
        return UUID(int=chance.getrandbits(128), version=4)

    today = clock.today()
    begun = today - timedelta(days=7 * (sessions - 1) + chance.randrange(7))
    ended = begun + timedelta(weeks=sessions - 1) if chance.random() < 0.15 else None
    couple_id = new_id()
    people = [new_id(), new_id()]
    moment = datetime.combine(begun, time(9), tzinfo=UTC)
    for place, person_id in enumerate(people):
        name = f"{FIRST[(number * 3 + place * 5) % 16]} {LAST[(number * 7 + place) % 12]}"
        yield Person, {"id": person_id, "name": f"{name} {number}", "created_at": moment}
    yield (
        Couple,
        {
            "id": couple_id,
            "relationship_status": RelationshipStatus.MARRIED,
            "episode_started_on": begun,
            "episode_ended_on": None,
            "relationship_ended_on": ended,
            "ending_was_a_goal": False,
            "modality": chance.choice([None, Modality.EFT, Modality.IBCT, Modality.INTEGRATIVE]),
            "created_at": moment,
        },
    )
    yield (
        Care,
        {
            "id": new_id(),
            "couple_id": couple_id,
            "therapist_id": therapist.person_id,
            "since": begun,
        },
    )
    for place, person_id in enumerate(people, start=1):
        yield (
            Membership,
            {
                "id": new_id(),
                "couple_id": couple_id,
                "person_id": person_id,
                "position": place,
                "joined_on": begun,
            },
        )
        agenda = chance.choices(list(Agenda), (7, 2, 1))[0]
        yield (
            AgendaRecord,
            {
                "id": new_id(),
                "couple_id": couple_id,
                "person_id": person_id,
                "agenda": agenda,
                "noted_on": begun,
                "recorded_by": therapist.person_id,
                "recorded_at": moment,
            },
        )
        yield from _scores(chance, new_id, couple_id, person_id, begun, sessions)
    yield from _sessions(chance, new_id, couple_id, therapist, moment, sessions)
    yield from _homework(chance, new_id, couple_id, people, therapist, begun)


def _sessions(
    chance: random.Random, new_id: Any, couple_id: UUID, therapist: Actor, moment: datetime, n: int
) -> Iterator[tuple[type, dict[str, Any]]]:
    quiet = chance.choice((0.03, 0.1, 0.3))
    for week in range(n):
        is_last = week == n - 1
        cancelled = chance.random() < quiet
        status = SessionStatus.CANCELLED if cancelled else SessionStatus.HELD
        yield (
            TherapySession,
            {
                "id": new_id(),
                "couple_id": couple_id,
                "therapist_id": therapist.person_id,
                "kind": SessionKind.CONJOINT,
                "format": SessionFormat.ROOM,
                "status": SessionStatus.PLANNED if is_last else status,
                "starts_at": moment + timedelta(weeks=week + 2 * is_last),
                "minutes": 60,
                "created_at": moment,
            },
        )


def _scores(
    chance: random.Random, new_id: Any, couple_id: UUID, person_id: UUID, begun: Any, weeks: int
) -> Iterator[tuple[type, dict[str, Any]]]:
    value = chance.gauss(42, 12)
    drift = chance.gauss(2.5, 3)
    given = chance.choices((0, 1, SCORES_EACH), (1, 2, 12))[0]
    for place in range(given):
        on = begun + timedelta(days=1 + place * max(1, 7 * weeks // SCORES_EACH - 2))
        response_id = new_id()
        yield (
            Response,
            {
                "id": response_id,
                "couple_id": couple_id,
                "author_id": person_id,
                "measure_key": "csi16",
                "audience": Audience.THERAPIST,
                "completed_at": datetime.combine(on, time(12), tzinfo=UTC),
            },
        )
        score = round(min(81, max(0, value)))
        yield Score, {"response_id": response_id, "scale_key": "csi16", "value": float(score)}
        value += drift + chance.gauss(0, 3)


def _homework(
    chance: random.Random,
    new_id: Any,
    couple_id: UUID,
    people: list[UUID],
    therapist: Actor,
    begun: Any,
) -> Iterator[tuple[type, dict[str, Any]]]:
    zeal = chance.choice((0.35, 0.7, 0.95))
    for place in range(TASKS):
        task = new_id()
        start = begun + timedelta(days=35 * place)
        yield (
            Assignment,
            {
                "id": task,
                "couple_id": couple_id,
                "template_key": "gratitude",
                "template_version": 1,
                "given_by": therapist.person_id,
                "given_to": GivenTo.EACH,
                "frequency": Frequency.WEEKLY,
                "audience": Audience.COUPLE,
                "starts_on": start,
                "due_on": start + timedelta(days=34),
                "created_at": datetime.combine(start, time(9), tzinfo=UTC),
            },
        )
        for person_id in people:
            yield AssignmentReceiver, {"assignment_id": task, "person_id": person_id}
            for week in range(5):
                if chance.random() > zeal:
                    continue
                day = start + timedelta(days=7 * week + 2)
                yield (
                    HomeworkEntry,
                    {
                        "id": new_id(),
                        "assignment_id": task,
                        "couple_id": couple_id,
                        "author_id": person_id,
                        "for_day": day,
                        "outcome": Outcome.DONE,
                        "content_sealed": b"not sealed",
                        "audience": Audience.COUPLE,
                        "submitted_at": datetime.combine(day, time(20), tzinfo=UTC),
                    },
                )
