"""The figures of the caseload: each for many couples, with one statement.

What the therapist may not know (an entry or answer kept private) is left out by the policy
before anything is counted: ``readable_audiences`` asks it what a treating therapist reads.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    Select,
    and_,
    case,
    distinct,
    exists,
    func,
    or_,
    select,
)

from practice.db import db
from practice.domain.change import Criteria, criteria_for, points_of
from practice.domain.course import RECENT
from practice.domain.measures.definition import Scale
from practice.domain.measures.scales import NEARLY
from practice.domain.people import Reader, Standing, first_name
from practice.domain.series import Score as DatedScore
from practice.domain.series import Series, build_series
from practice.domain.visibility import Audience, Facts, Kind, decide
from practice.models.accounts import Account, Invitation
from practice.models.couples import Membership
from practice.models.people import Person
from practice.models.responses import MeasureRequest, Response, Score
from practice.services import clock
from practice.services.measure_library import get_measure
from practice.services.measure_requests import leaves_a_gap, takes_answers
from practice.services.standing_responses import current

SATISFACTION_KEYS = ("csi16", "csi4")
"""Scales of satisfaction, the one to be preferred first; never compared with each other."""

FEEDBACK_KEY = "session_feedback"
"""The measure that is asked after a session."""

_THERAPIST, _MEMBER, _COUPLE = (UUID(int=number) for number in (1, 2, 3))

ByPerson = tuple[UUID, UUID]
"""Couple and person."""

SILENT_SPAN = timedelta(weeks=4)
SILENT_OCCASIONS = 3
"""One or two occasions go by in everybody's life."""


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A present member, and since when an invitation of theirs waits."""

    person_id: UUID
    name: str
    position: int
    invited_at: datetime | None

    @property
    def first_name(self) -> str:
        return first_name(self.name)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Since when answers of one person are waited for."""

    since: date | None
    """Of the oldest that can still be given; None if there is none."""

    silent_since: date | None
    """Since when everything asked at a fixed time went by; None if something was answered."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """One score, and how many there were up to it."""

    nth: int
    on: date
    value: float


@dataclass(frozen=True, slots=True)
class PersonScores:
    """The first and the latest scores of one person, oldest first."""

    satisfaction: dict[str, list[Numbered]] = field(default_factory=dict)
    """By scale; the first and at most ``RECENT`` of the latest."""

    feedback: dict[UUID, tuple[date, list[float]]] = field(default_factory=dict)
    """Feedback on sessions by response: day and answers."""


def satisfaction_scale(key: str) -> Scale:
    """Return one of the scales of satisfaction."""
    return get_measure(key).scale(key)


def people_of(chosen: Select[UUID]) -> dict[UUID, list[ListedPerson]]:
    """Return present members, and since when an invitation of theirs waits."""
    waiting = (
        select(func.max(Invitation.created_at))
        .where(
            Invitation.person_id == Membership.person_id,
            Invitation.couple_id == Membership.couple_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            ~exists().where(
                Account.person_id == Invitation.person_id, Account.password.is_not(None)
            ),
        )
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Membership.couple_id, Membership.position, Membership.person_id, Person.name, waiting
        )
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.couple_id.in_(chosen), Membership.left_on.is_(None))
        .order_by(Membership.couple_id, Membership.position)
    )
    people: defaultdict[UUID, list[ListedPerson]] = defaultdict(list)
    for couple_id, position, person_id, name, invited_at in rows:
        people[couple_id].append(ListedPerson(person_id, name, position, invited_at))
    return people


def scores_of(chosen: Select[UUID]) -> dict[ByPerson, PersonScores]:
    """Return everybody's first and latest scores of satisfaction, and feedback on sessions."""
    whose = (Response.couple_id, Response.author_id, Score.scale_key)
    in_time = (Response.completed_at, Response.id)
    numbered = (
        select(
            Response.couple_id,
            Response.author_id,
            Response.id,
            Score.scale_key,
            Score.value,
            Response.completed_at,
            func.row_number().over(partition_by=whose, order_by=in_time).label("nth"),
            func.row_number()
            .over(partition_by=whose, order_by=[column.desc() for column in in_time])
            .label("nth_last"),
        )
        .join(Score, Score.response_id == Response.id)
        .where(
            Response.couple_id.in_(chosen),
            current(),
            or_(
                Score.scale_key.in_(SATISFACTION_KEYS),
                Response.measure_key == FEEDBACK_KEY,
            ),
            Response.audience.in_(readable_audiences(Kind.RESPONSE)),
        )
        .subquery()
    )
    rows = db.session.execute(
        select(numbered)
        .where((numbered.c.nth == 1) | (numbered.c.nth_last <= RECENT))
        .order_by(numbered.c.completed_at, numbered.c.nth, numbered.c.id)
    )
    found: defaultdict[ByPerson, PersonScores] = defaultdict(PersonScores)
    for row in rows:
        day = clock.local(row.completed_at).date()
        person = found[row.couple_id, row.author_id]
        if row.scale_key in SATISFACTION_KEYS:
            person.satisfaction.setdefault(row.scale_key, []).append(
                Numbered(row.nth, day, row.value)
            )
        else:
            person.feedback.setdefault(row.id, (day, []))[1].append(row.value)
    return found


def series_of(scores: PersonScores, person_id: UUID) -> Series | None:
    """Return somebody's first and latest score on the scale to be preferred."""
    key = next((key for key in SATISFACTION_KEYS if key in scores.satisfaction), None)
    if key is None:
        return None
    scale = satisfaction_scale(key)
    criteria = criteria_for(scale)
    given = scores.satisfaction[key]
    return build_series(
        [
            DatedScore(person_id, key, one.on, one.value)
            for one in dict.fromkeys((given[0], given[-1]))
        ],
        higher_is_better=scale.higher_is_better,
        reliable_points=_to_exceed(criteria) if criteria else None,
    )


def missed_of(chosen: Select[UUID], today: date) -> dict[ByPerson, list[tuple[str, date]]]:
    """Return the measures that were asked for and not given in time, with the day, by person."""
    rows = db.session.execute(
        select(
            MeasureRequest.couple_id,
            MeasureRequest.person_id,
            MeasureRequest.measure_key,
            func.coalesce(MeasureRequest.due_on, MeasureRequest.closes_on),
        )
        .outerjoin(Response, Response.request_id == MeasureRequest.id)
        .where(
            MeasureRequest.couple_id.in_(chosen),
            leaves_a_gap(today),
            Response.id.is_(None),
        )
    )
    missed: defaultdict[ByPerson, list[tuple[str, date]]] = defaultdict(list)
    for couple_id, person_id, measure_key, day in rows:
        missed[couple_id, person_id].append((measure_key, day))
    return missed


def _to_exceed(criteria: Criteria) -> float:
    published = criteria.published
    enough = published is not None and published.at_least
    return points_of(criteria) - NEARLY if enough else points_of(criteria)


def unanswered_of(chosen: Select[UUID], today: date) -> dict[ByPerson, Unanswered]:
    """Return since when answers are waited for, by couple and person.

    What was given by hand waits from the day it was given. What the schedule asks waits from the
    day it was meant for, while it is open; what does not open before later waits for nothing.
    """
    request = MeasureRequest
    is_open = and_(Response.id.is_(None), takes_answers())
    by_hand = and_(is_open, request.occasion.is_(None) | request.due_on.is_(None))
    scheduled = and_(is_open, request.occasion.is_not(None))
    lately = and_(
        request.occasion.is_not(None),
        request.closes_on < today,
        request.closes_on >= today - SILENT_SPAN,
    )
    rows = db.session.execute(
        select(
            request.couple_id,
            request.person_id,
            func.min(case((by_hand, request.given_at))),
            func.min(case((scheduled, request.due_on))),
            func.count(distinct(case((lately, request.occasion_ref)))),
            func.count(case((lately, Response.id))),
            func.min(case((lately, request.due_on))),
        )
        .outerjoin(Response, Response.request_id == request.id)
        .where(
            request.couple_id.in_(chosen),
            request.withdrawn_at.is_(None),
            request.optional.is_(False),
        )
        .group_by(request.couple_id, request.person_id)
    )
    found = {}
    for couple_id, person_id, given_at, due_on, asked, answered, first in rows:
        since = [clock.local(given_at).date()] if given_at is not None else []
        since += [due_on] if due_on is not None else []
        silent = asked >= SILENT_OCCASIONS and not answered
        found[couple_id, person_id] = Unanswered(
            min(since, default=None), first if silent else None
        )
    return found


def readable_audiences(kind: Kind) -> list[Audience]:
    """Return the audiences of records by a member that a treating therapist reads."""
    therapist = Reader(_THERAPIST, _COUPLE, Standing.TREATING)
    return [
        audience
        for audience in Audience
        if decide(therapist, Facts(_COUPLE, _MEMBER, kind, audience)).allowed
    ]
