"""The caseload: a therapist's couples in one list, with what needs attention first.

Every statement reads narrow columns for all couples at once, so their number does not depend on
the number of couples. No sealed column is opened. What the therapist may not know (an entry or
answer kept private) is left out by the policy before anything is counted.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from practice.db import db
from practice.domain.adherence import Adherence
from practice.domain.attention import (
    Concern,
    CoupleSituation,
    PersonSituation,
    Reason,
    reasons_for,
)
from practice.domain.couples import CarePart, couple_title
from practice.domain.course import Signal
from practice.domain.people import Actor, first_name
from practice.domain.series import Direction, Judgement, Series
from practice.domain.sessions import SessionKind, SessionStatus
from practice.models.couples import Care, Couple, Membership
from practice.models.people import Person
from practice.models.sessions import JointNote, TherapySession
from practice.services import audit, caseload_homework, clock, risk_flags
from practice.services import caseload_figures as figures
from practice.services.caseload_course import PersonRecord, signals_of_records
from practice.services.letters.waiting import NOTHING_WAITS, waiting_of
from practice.services.paging import paging
from practice.services.risk_flags import WaitingFlag
from practice.services.safety_facts import CoupleFacts, PersonSafety, facts_of

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Somebody's latest score and where it went since the first on the same scale."""

    latest: float
    high: int
    scale_title: str
    on: date
    difference: float | None
    direction: Direction | None
    judgement: Judgement | None


@dataclass(frozen=True, slots=True)
class CaseloadPerson:
    """One present member in the list."""

    name: str
    first_name: str
    position: int
    satisfaction: Satisfaction | None
    homework: Adherence


@dataclass(frozen=True, slots=True)
class CaseloadCouple:
    """One couple in the list."""

    id: UUID
    title: str
    people: tuple[CaseloadPerson, ...]
    since: date
    ended_on: date | None
    last_session_at: datetime | None
    next_session_at: datetime | None
    reasons: tuple[Reason, ...]
    lead: str
    """First name of whoever has the lead, where that is a colleague; else empty."""


@dataclass(frozen=True, slots=True)
class Caseload:
    """One page of the list."""

    couples: tuple[CaseloadCouple, ...]
    total: int
    """Couples found, on all pages."""

    page: int
    pages: int
    search: str
    ended: bool
    flags: tuple[WaitingFlag, ...]
    """Answers to read at once, of every couple, whatever is searched for and listed."""


@dataclass(frozen=True, slots=True)
class _Couple:
    id: UUID
    since: date
    ended_on: date | None
    last_session_at: datetime | None
    next_session_at: datetime | None
    people: tuple[figures.ListedPerson, ...]
    series: dict[UUID, Series]
    reasons: tuple[Reason, ...]
    lead: str

    @property
    def title(self) -> str:
        return couple_title(person.name for person in self.people)


def caseload(*, actor: Actor, search: str = "", ended: bool = False, page: int = 1) -> Caseload:
    """Return one page of the actor's couples: those that need attention first, then by session.

    Args:
        actor: The therapist; nobody else's couples are listed, whatever is searched for.
        search: Part of a member's name; empty finds all.
        ended: True lists couples whose episode of care has ended, False those in care.
        page: From 1; a page beyond the last shows the last.
    """
    printable = "".join(sign if sign.isprintable() else " " for sign in search)
    wanted = " ".join(unicodedata.normalize("NFC", printable).split())[:120]
    chosen = _chosen(actor, wanted, ended)
    flags = risk_flags.waiting(actor=actor)
    found = sorted(_gather(actor, chosen, flags, ended), key=_rank)
    pages = paging(len(found), page, PAGE_SIZE)
    shown = found[pages.part]
    homework = caseload_homework.homework_of([couple.id for couple in shown])
    audit.note_read(actor, None, "caseload")
    return Caseload(
        couples=tuple(_listed(couple, homework) for couple in shown),
        total=len(found),
        page=pages.number,
        pages=pages.count,
        search=wanted,
        ended=ended,
        flags=flags,
    )


def _chosen(actor: Actor, search: str, ended: bool) -> Select[UUID]:
    ending = Couple.episode_ended_on.is_not(None) if ended else Couple.episode_ended_on.is_(None)
    chosen = (
        select(Couple.id)
        .join(Care, Care.couple_id == Couple.id)
        .where(Care.therapist_id == actor.person_id, Care.until.is_(None), ending)
    )
    if not search:
        return chosen
    named = (
        select(Membership.couple_id)
        .join(Person, Person.id == Membership.person_id)
        .where(or_(*_name_holds(search)))
    )
    return chosen.where(Couple.id.in_(named))


def _name_holds(search: str) -> Iterable[ColumnElement[bool]]:
    # Some engines fold only plain letters, so the spellings people use are asked for too.
    for spelling in {search, search.lower(), search.upper(), search.title()}:
        yield Person.name.icontains(spelling, autoescape=True)


def _gather(
    actor: Actor, chosen: Select[UUID], flags: Iterable[WaitingFlag], ended: bool
) -> list[_Couple]:
    """Read what the order and the reasons need of every couple chosen."""
    today = clock.today()
    flagged = {(flag.couple_id, flag.person_id) for flag in flags}
    people = figures.people_of(chosen)
    scores = figures.scores_of(chosen)
    missed = {} if ended else figures.missed_of(chosen, today)
    tasks = {} if ended else caseload_homework.running_tasks(chosen, today)
    unanswered = {} if ended else figures.unanswered_of(chosen, today)
    safety = {} if ended else facts_of(actor=actor, couples=chosen)
    letters = {} if ended else waiting_of(chosen)
    couples = []
    for row in db.session.execute(_couples(actor, chosen, today)):
        series = {
            person.person_id: found
            for person in people[row.id]
            if (found := figures.series_of(scores[row.id, person.person_id], person.person_id))
        }
        situation = CoupleSituation(
            people=tuple(
                PersonSituation(
                    first_name=person.first_name,
                    person_id=person.person_id,
                    satisfaction=series.get(person.person_id),
                    tasks=tuple(tasks.get((row.id, person.person_id), ())),
                    unanswered_since=waits.since if waits else None,
                    silent_since=waits.silent_since if waits else None,
                    invited_on=_day(person.invited_at),
                    risk_waits=(row.id, person.person_id) in flagged,
                    private_answer_since=safe.waits_since,
                    ask_privately_since=safe.due_on if safe.asked_at is None else None,
                    contact_due_since=safe.contact_due_on,
                    time_alone_since=wrote.asked_since,
                    letter_since=wrote.letter_since,
                    mail_stuck_since=safe.mail_stuck_on,
                )
                for person in people[row.id]
                for waits in [unanswered.get((row.id, person.person_id))]
                for safe in [_safety(safety.get(row.id), person.person_id)]
                for wrote in [letters.get((row.id, person.person_id), NOTHING_WAITS)]
            ),
            next_session_on=_day(row.next_at),
            unrecorded_since=_day(row.unrecorded_at),
            draft_since=_day(row.draft_at),
            signals=() if ended else _signals(row, people[row.id], scores, missed),
        )
        couples.append(
            _Couple(
                id=row.id,
                since=row.episode_started_on,
                ended_on=row.episode_ended_on,
                last_session_at=row.last_at,
                next_session_at=row.next_at,
                people=tuple(people[row.id]),
                series=series,
                reasons=() if ended else reasons_for(situation, today),
                lead=first_name(row.lead) if row.lead else "",
            )
        )
    return couples


def _safety(found: CoupleFacts | None, person_id: UUID) -> PersonSafety:
    return PersonSafety() if found is None else found.of(person_id)


def _signals(
    row: Any,
    people: Iterable[figures.ListedPerson],
    scores: dict[figures.ByPerson, figures.PersonScores],
    missed: dict[figures.ByPerson, list[tuple[str, date]]],
) -> tuple[Signal, ...]:
    """Return what the rules of thumb say; nothing of a couple whose relationship has ended."""
    if row.relationship_ended_on is not None:
        return ()
    records = [
        PersonRecord(
            person.person_id,
            person.first_name,
            scores[row.id, person.person_id],
            tuple(missed.get((row.id, person.person_id), ())),
        )
        for person in people
    ]
    return signals_of_records(
        records, sessions_held=row.held_together, third_session_on=_day(row.third_at)
    )


def _couples(actor: Actor, chosen: Select[UUID], today: date) -> Select[*tuple[Any, ...]]:
    midnight = clock.beginning_of(today)
    of_couple = TherapySession.couple_id == Couple.id
    planned = and_(of_couple, TherapySession.status == SessionStatus.PLANNED)
    held = and_(of_couple, TherapySession.status == SessionStatus.HELD)
    together = and_(held, TherapySession.kind == SessionKind.CONJOINT)
    starts = TherapySession.starts_at
    draft = and_(
        JointNote.couple_id == Couple.id,
        JointNote.author_id == actor.person_id,
        JointNote.signed_at.is_(None),
    )
    return select(
        Couple.id,
        Couple.episode_started_on,
        Couple.episode_ended_on,
        Couple.relationship_ended_on,
        select(func.count(TherapySession.id))
        .where(together)
        .scalar_subquery()
        .label("held_together"),
        select(starts)
        .where(together)
        .order_by(starts, TherapySession.id)
        .offset(2)
        .limit(1)
        .scalar_subquery()
        .label("third_at"),
        select(func.max(starts)).where(held).scalar_subquery().label("last_at"),
        select(func.min(starts))
        .where(planned, starts >= midnight)
        .scalar_subquery()
        .label("next_at"),
        select(func.min(starts))
        .where(planned, starts < midnight)
        .scalar_subquery()
        .label("unrecorded_at"),
        select(func.min(JointNote.written_at)).where(draft).scalar_subquery().label("draft_at"),
        select(func.min(Person.name))
        .join(Care, Care.therapist_id == Person.id)
        .where(
            Care.couple_id == Couple.id,
            Care.part == CarePart.LEAD,
            Care.until.is_(None),
            Care.therapist_id != actor.person_id,
        )
        .scalar_subquery()
        .label("lead"),
    ).where(Couple.id.in_(chosen))


def _listed(couple: _Couple, homework: dict[tuple[UUID, UUID], Adherence]) -> CaseloadCouple:
    return CaseloadCouple(
        id=couple.id,
        title=couple.title,
        people=tuple(
            CaseloadPerson(
                name=person.name,
                first_name=person.first_name,
                position=person.position,
                satisfaction=_satisfaction(couple.series.get(person.person_id)),
                homework=homework.get((couple.id, person.person_id), Adherence(0, 0, 0, 0)),
            )
            for person in couple.people
        ),
        since=couple.since,
        ended_on=couple.ended_on,
        last_session_at=couple.last_session_at,
        next_session_at=couple.next_session_at,
        reasons=couple.reasons,
        lead=couple.lead,
    )


def _satisfaction(series: Series | None) -> Satisfaction | None:
    latest = series.latest if series else None
    if series is None or latest is None or latest.value is None:
        return None
    scale = figures.satisfaction_scale(series.scale_key)
    return Satisfaction(
        latest=latest.value,
        high=scale.high,
        scale_title=scale.short_title,
        on=latest.on,
        difference=series.difference,
        direction=series.direction,
        judgement=series.judgement,
    )


_URGENT = frozenset({Concern.RISK, Concern.PRIVATE_ANSWER})


def _rank(couple: _Couple) -> tuple[bool, bool, bool, datetime, str, UUID]:
    """An answer to read today first, then attention, then the next session, then the title."""
    unplanned = couple.next_session_at is None
    starts_at = couple.next_session_at or datetime.max.replace(tzinfo=UTC)
    urgent = any(reason.concern in _URGENT for reason in couple.reasons)
    return (
        not urgent,
        not couple.reasons,
        unplanned,
        starts_at,
        couple.title.casefold(),
        couple.id,
    )


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else clock.local(moment).date()
