"""Couples as rows of figures: what the outcomes of a caseload are counted from.

Each part is read for all couples with one statement, so their number does not depend on how many
couples there are. What the treating therapist of a couple may not know is left out before anything
is counted.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, case, func, select

from practice.db import db
from practice.domain.adherence import Adherence
from practice.domain.caseload_outcomes import INTAKE_DAYS, CoupleRow, MemberRow
from practice.domain.couples import Agenda, Modality, who_counts
from practice.domain.sessions import SessionKind, SessionStatus
from practice.domain.visibility import Kind
from practice.models.couples import AgendaRecord, Care, Couple, Membership
from practice.models.responses import Response, Score
from practice.models.sessions import TherapySession
from practice.services import clock
from practice.services.caseload_figures import ByPerson, readable_audiences
from practice.services.caseload_homework import homework_of
from practice.services.standing_responses import current


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which couples are counted, and as of which day."""

    couples: Select[UUID]
    as_of: date
    """What came later is not counted."""

    @property
    def end(self) -> datetime:
        """The first moment that is not counted any more."""
        return clock.beginning_of(self.as_of + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class _Pair:
    first: float
    first_on: date
    latest: float | None


@dataclass(frozen=True, slots=True)
class _Record:
    id: UUID
    begun_on: date
    relationship_ended: bool
    modality: Modality | None


def rows_of(chosen: Chosen, scale_key: str) -> list[CoupleRow]:
    """Return one row for each couple, in a fixed order. Authorise first.

    Args:
        chosen: The couples, and the day of the figures.
        scale_key: Scores of this scale alone; another version of a measure is another scale.
    """
    members = _members(chosen)
    pairs = _pairs(chosen, scale_key)
    agendas = _agendas(chosen)
    sessions = _sessions(chosen)
    known_to = _known_to(chosen)
    homework = homework_of(chosen.couples, as_of=chosen.as_of)
    return [
        CoupleRow(
            members=tuple(
                _member(
                    couple, pairs.get((couple.id, person)), agendas.get((couple.id, person), [])
                )
                for person in members[couple.id]
            ),
            begun_on=couple.begun_on,
            relationship_ended=couple.relationship_ended,
            known_to=frozenset(known_to[couple.id]),
            modality=couple.modality,
            sessions_held=sessions[couple.id].get(SessionStatus.HELD, 0),
            sessions_cancelled=sessions[couple.id].get(SessionStatus.CANCELLED, 0),
            homework_done=sum(_of(homework, couple.id, one).done for one in members[couple.id]),
            homework_due=sum(_of(homework, couple.id, one).due for one in members[couple.id]),
        )
        for couple in _couples(chosen)
    ]


def _of(homework: dict[ByPerson, Adherence], couple_id: UUID, person_id: UUID) -> Adherence:
    return homework.get((couple_id, person_id), Adherence(0, 0, 0, 0))


def _member(couple: _Record, pair: _Pair | None, agendas: list[tuple[date, Agenda]]) -> MemberRow:
    intake_ends = couple.begun_on + timedelta(days=INTAKE_DAYS)
    # Of several on the first day, the one that was written down last stands.
    on_first_day = [agenda for noted_on, agenda in agendas if noted_on == agendas[0][0]]
    was_noted = bool(agendas) and agendas[0][0] <= intake_ends
    return MemberRow(
        first=pair.first if pair else None,
        latest=pair.latest if pair else None,
        agenda=on_first_day[-1] if was_noted else None,
        started_late=pair is not None and pair.first_on > intake_ends,
    )


def _couples(chosen: Chosen) -> list[_Record]:
    ended = case(
        (Couple.relationship_ended_on <= chosen.as_of, True),
        else_=False,
    )
    return [
        _Record(row.id, row.episode_started_on, bool(row.ended), row.modality)
        for row in db.session.execute(
            select(Couple.id, Couple.episode_started_on, ended.label("ended"), Couple.modality)
            .where(Couple.id.in_(chosen.couples))
            .order_by(Couple.episode_started_on, Couple.id)
        )
    ]


def _members(chosen: Chosen) -> dict[UUID, list[UUID]]:
    """Return the members who count: those present, or everybody once they have parted."""
    rows = db.session.execute(
        select(Membership.couple_id, Membership.person_id, Membership.left_on)
        .where(Membership.couple_id.in_(chosen.couples))
        .order_by(Membership.couple_id, Membership.position)
    )
    everybody: defaultdict[UUID, list[UUID]] = defaultdict(list)
    present: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for couple_id, person_id, left_on in rows:
        if person_id not in everybody[couple_id]:
            everybody[couple_id].append(person_id)
        if left_on is None:
            present[couple_id].add(person_id)
    return {
        couple_id: who_counts(people, present[couple_id].__contains__)
        for couple_id, people in everybody.items()
    }


def _pairs(chosen: Chosen, scale_key: str) -> dict[ByPerson, _Pair]:
    """Return everybody's first and latest score on one scale, of answers that still stand."""
    whose = (Response.couple_id, Response.author_id)
    in_time = (Response.completed_at, Response.id)
    numbered = (
        select(
            Response.couple_id,
            Response.author_id,
            Score.value,
            Response.completed_at,
            func.row_number().over(partition_by=whose, order_by=in_time).label("nth"),
            func.row_number()
            .over(partition_by=whose, order_by=[column.desc() for column in in_time])
            .label("nth_last"),
        )
        .join(Score, Score.response_id == Response.id)
        .where(
            Response.couple_id.in_(chosen.couples),
            Score.scale_key == scale_key,
            current(),
            Response.completed_at < chosen.end,
            Response.audience.in_(readable_audiences(Kind.RESPONSE)),
        )
        .subquery()
    )
    rows = db.session.execute(
        select(numbered)
        .where((numbered.c.nth == 1) | (numbered.c.nth_last == 1))
        .order_by(numbered.c.nth)
    )
    pairs: dict[ByPerson, _Pair] = {}
    for row in rows:
        key = (row.couple_id, row.author_id)
        if row.nth == 1:
            pairs[key] = _Pair(row.value, clock.local(row.completed_at).date(), None)
        else:
            pairs[key] = _Pair(pairs[key].first, pairs[key].first_on, row.value)
    return pairs


def _agendas(chosen: Chosen) -> dict[ByPerson, list[tuple[date, Agenda]]]:
    rows = db.session.execute(
        select(
            AgendaRecord.couple_id,
            AgendaRecord.person_id,
            AgendaRecord.noted_on,
            AgendaRecord.agenda,
        )
        .where(
            AgendaRecord.couple_id.in_(chosen.couples),
            AgendaRecord.noted_on <= chosen.as_of,
        )
        .order_by(AgendaRecord.noted_on, AgendaRecord.recorded_at, AgendaRecord.id)
    )
    found: defaultdict[ByPerson, list[tuple[date, Agenda]]] = defaultdict(list)
    for couple_id, person_id, noted_on, agenda in rows:
        found[couple_id, person_id].append((noted_on, agenda))
    return found


def _sessions(chosen: Chosen) -> defaultdict[UUID, dict[SessionStatus, int]]:
    rows = db.session.execute(
        select(TherapySession.couple_id, TherapySession.status, func.count())
        .where(
            TherapySession.couple_id.in_(chosen.couples),
            TherapySession.kind == SessionKind.CONJOINT,
            TherapySession.starts_at < chosen.end,
        )
        .group_by(TherapySession.couple_id, TherapySession.status)
    )
    found: defaultdict[UUID, dict[SessionStatus, int]] = defaultdict(dict)
    for couple_id, status, count in rows:
        found[couple_id][status] = count
    return found


def _known_to(chosen: Chosen) -> defaultdict[UUID, set[UUID]]:
    """Return who treats or treated each couple: all of them know its figures."""
    rows = db.session.execute(
        select(Care.couple_id, Care.therapist_id).where(Care.couple_id.in_(chosen.couples))
    )
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for couple_id, therapist_id in rows:
        found[couple_id].add(therapist_id)
    return found
