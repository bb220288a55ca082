"""A partner’s own answers, and what others have opened to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import defer

from practice.db import db
from practice.domain.joint_facts import tells
from practice.domain.measures.definition import Measure
from practice.domain.people import Actor, Reader, Standing, first_name
from practice.domain.visibility import Audience
from practice.models.people import Person
from practice.models.responses import Response
from practice.reports.charts import Chart
from practice.services import (
    access,
    measure_requests,
    own_charts,
    people,
    sign_lines,
)
from practice.services.badges import seen_by
from practice.services.measure_library import all_measures
from practice.services.measure_requests import (
    Audiences,
)
from practice.services.response_pages import ShownScore, shown_scores
from practice.services.sign_lines import SignLines
from practice.services.standing_responses import current


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One of the reader's own responses."""

    response_id: UUID
    measure: Measure
    scores: tuple[ShownScore, ...]
    completed_at: datetime
    audience: Audience
    readers: Audiences
    badge: str
    """Who can see the result, in words to its author."""

    may_share: bool
    """Whether it can be opened to others now; taking back is always possible."""

    may_correct: bool
    typed_in_by: str
    """First name of whoever typed it in from paper; empty where its author answered here."""

    earlier: tuple["Earlier", ...]
    """What stood here before it was corrected, newest first; its author's to see alone."""

    signs: SignLines | None
    """Instead of scores on a board of signs; its changes are those since the answer before."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was replaced: seen by its author and the therapist."""

    scores: tuple[ShownScore, ...]
    replaced_at: datetime
    reason: str
    signs: SignLines | None
    """As ``OwnAnswer.signs``, without a change: what was replaced is compared with nothing."""


@dataclass(frozen=True, slots=True)
class SharedAnswer:
    """What another member opened: the numbers, never the answers."""

    name: str
    position: int
    measure: Measure
    scores: tuple[ShownScore, ...]
    completed_at: datetime
    badge: str
    """Who can see it, in words to the reader."""

    signs: SignLines | None
    """As ``OwnAnswer.signs``; compared only with an answer before that was opened, too."""


@dataclass(frozen=True, slots=True)
class MyAnswers:
    """A partner's own responses, newest first, and what others have opened to them."""

    own: tuple[OwnAnswer, ...]
    shared: tuple[SharedAnswer, ...]
    charts: tuple[Chart, ...]
    """Own scores over time; beside them what others have opened."""


@tells()
def own_answers(*, actor: Actor) -> MyAnswers:
    """Return a partner's own responses and what others have opened to them.

    Nothing here is worked out from two people, and what others keep to themselves leaves no
    trace: no count, no order, no gap.
    """
    readers = access.own_couples(actor)
    rows = db.session.scalars(
        select(Response)
        .where(
            Response.couple_id.in_(readers),
            # What its author locked away is on no list, and stands in no picture.
            Response.locked_at.is_(None),
            # What others keep to themselves is not even read: it must not cost time either.
            or_(
                and_(current(), Response.audience == Audience.COUPLE),
                Response.author_id == actor.person_id,
            ),
        )
        .options(defer(Response.answers_sealed))
        .order_by(Response.completed_at.desc(), Response.id)
    )
    visible = [row for row in rows if access.visible(readers[row.couple_id], [row])]
    replaced = {row.id: row for row in visible if row.superseded_at is not None}
    known = [row for row in visible if row.id not in replaced and row.measure_key in all_measures()]
    names = _names_of({row.entered_by for row in known if row.entered_by})
    audiences = measure_requests.audiences_of(readers, actor.person_id)
    audiences |= {
        couple_id: Audiences(audiences[couple_id].therapist, (people.PRESENT_MEMBERS,))
        for couple_id, reader in readers.items()
        if reader.standing is not Standing.MEMBER
    }
    members = people.members_of_all(readers)
    signs = sign_lines.lines_of(known)
    own = (
        _own(row, readers[row.couple_id], audiences[row.couple_id], replaced, names, signs)
        for row in known
        if row.author_id == actor.person_id
    )
    shared = (
        _shared(readers[row.couple_id], row, members[row.couple_id], signs)
        for row in known
        if row.author_id != actor.person_id
    )
    return MyAnswers(tuple(own), tuple(shared), own_charts.charts_of(readers, members, known))


def _own(
    row: Response,
    reader: Reader,
    audiences: Audiences,
    replaced: Mapping[UUID, Response],
    names: Mapping[UUID, str],
    signs: Mapping[UUID, SignLines],
) -> OwnAnswer:
    measure = all_measures()[row.measure_key]
    present = reader.standing is Standing.MEMBER
    return OwnAnswer(
        response_id=row.id,
        measure=measure,
        scores=shown_scores(row, measure),
        completed_at=row.completed_at,
        audience=row.audience,
        readers=audiences,
        badge=seen_by(reader, row.facts),
        may_share=present and bool(audiences.others) and measure.shareable,
        may_correct=present and not row.origin.has_day_only,
        typed_in_by=names.get(row.entered_by, people.SOMEBODY) if row.entered_by else "",
        earlier=_earlier(row, replaced, measure),
        signs=signs.get(row.id),
    )


def _earlier(
    row: Response, replaced: Mapping[UUID, Response], measure: Measure
) -> tuple[Earlier, ...]:
    found: list[Earlier] = []
    newer = row
    while newer.supersedes_id is not None and newer.supersedes_id in replaced:
        older = replaced[newer.supersedes_id]
        assert older.superseded_at is not None  # noqa: S101  # by the choice of the replaced
        signs = sign_lines.lines_of([older]).get(older.id)
        scores = shown_scores(older, measure)
        found.append(Earlier(scores, older.superseded_at, newer.reason, signs))
        newer = older
    return tuple(found)


def _names_of(person_ids: set[UUID]) -> dict[UUID, str]:
    if not person_ids:
        return {}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(person_ids)))
    return {person_id: first_name(name) for person_id, name in rows}


def _shared(
    reader: Reader,
    row: Response,
    members: tuple[people.Member, ...],
    signs: Mapping[UUID, SignLines],
) -> SharedAnswer:
    measure = all_measures()[row.measure_key]
    author = next(member for member in members if member.person_id == row.author_id)
    return SharedAnswer(
        name=author.first_name,
        position=author.position,
        measure=measure,
        scores=shown_scores(row, measure),
        completed_at=row.completed_at,
        badge=seen_by(reader, row.facts),
        signs=signs.get(row.id),
    )
