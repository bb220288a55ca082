"""A partner's own scores over time, and beside them only what others have opened.

No class, no cut score, no band: nothing here judges, and nothing is worked out from two people.
What others keep to themselves leaves no trace, not even in the days at the foot of a picture.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.measures.definition import Measure, Scale
from practice.domain.measures.relations import (
    charted_in_turn,
    charted_scales,
    is_later_wording,
    shown_scales,
)
from practice.domain.people import Reader
from practice.models.responses import MeasureRequest, Response
from practice.reports.charts import Chart, ChartSeries, ChartSpec, build, starts_of
from practice.services import access, clock, events
from practice.services.events import Mark
from practice.services.measure_library import all_measures
from practice.services.measure_requests import gap_of, leaves_a_gap
from practice.services.people import Member, each_once, labels_of

LEAST_SCORES = 2
"""A picture needs as many own scores; fewer are better read in the list."""

MARKS = 4

Dated = tuple[date, float, int]
"""Day, score and version of the wording."""


def charts_of(
    readers: Mapping[UUID, Reader],
    members: Mapping[UUID, Sequence[Member]],
    rows: Sequence[Response],
) -> tuple[Chart, ...]:
    """Return a chart for each scale on which the reader has two scores or more.

    Args:
        readers: How the reader stands to each of their couples.
        members: Everybody who is or was a member, by couple.
        rows: The responses that stand and that the reader may see, in any order.
    """
    found = [
        (reader, scale, measure)
        for reader in readers.values()
        for measure, scale in _scales(reader, rows)
        if len(_own(reader, rows, measure, scale)) >= LEAST_SCORES
    ]
    if not found:
        return ()
    marks = events.marks_for({reader.couple_id: reader for reader, _, _ in found}.values())
    missed = _missed(readers)
    return tuple(
        _chart(
            reader,
            members[reader.couple_id],
            [row for row in rows if row.couple_id == reader.couple_id],
            (measure, scale),
            marks[reader.couple_id],
            missed.get((reader.couple_id, measure.family_key), ()),
        )
        for reader, scale, measure in found
    )


def _scales(reader: Reader, rows: Sequence[Response]) -> list[tuple[Measure, Scale]]:
    """Return the scales that the reader answered, the newest wording of each."""
    known = all_measures()
    keys = {
        row.measure_key
        for row in rows
        if row.couple_id == reader.couple_id and row.author_id == reader.person_id
    }
    return charted_in_turn(known[key] for key in keys)


def _own(reader: Reader, rows: Sequence[Response], measure: Measure, scale: Scale) -> list[Dated]:
    mine = [row for row in rows if row.couple_id == reader.couple_id]
    return _dated(mine, reader.person_id, measure, scale)


def _dated(
    rows: Sequence[Response], person_id: UUID, measure: Measure, scale: Scale
) -> list[Dated]:
    """Return one person's scores, oldest first; none under an old wording after a newer one.

    Only those by which the answers are shown: whoever opened the sum of sixteen answers has not
    opened that of four of them.
    """
    known = all_measures()
    versions = {scale.key: measure.version}
    for other in known.values():
        for one in charted_scales(other):
            if is_later_wording(measure, scale, other, one):
                versions.setdefault(one.key, other.version)
    given = sorted(
        (clock.local(row.completed_at), score.value, versions[score.scale_key])
        for row in rows
        if row.author_id == person_id
        for score in row.scores
        if score.scale_key in versions
        and score.scale_key in {one.key for one in shown_scales(known[row.measure_key])}
    )
    found: list[Dated] = []
    for at, value, version in given:
        if not found or version >= found[-1][2]:
            found.append((at.date(), value, version))
    return found


def _chart(
    reader: Reader,
    members: Sequence[Member],
    rows: Sequence[Response],
    shown: tuple[Measure, Scale],
    marks: Sequence[Mark],
    missed: Sequence[date],
) -> Chart:
    measure, scale = shown
    lines = {
        member: dated
        for member in each_once(members)
        if (dated := _dated(rows, member.person_id, measure, scale))
    }
    # Names tell apart only those who are drawn: who else there is must not show in them.
    names = labels_of(lines)
    versions = {version for dated in lines.values() for _, _, version in dated}
    own_places = len({(member.position - 1) % MARKS for member in lines}) == len(lines)
    series = tuple(
        ChartSeries(
            name=names[member.person_id],
            position=(member.position - 1) % MARKS + 1 if own_places else place,
            points=(
                *((on, value) for on, value, _ in dated),
                *((day, None) for day in missed if member.person_id == reader.person_id),
            ),
            starts=starts_of([(on, version) for on, _, version in dated], versions),
        )
        for place, (member, dated) in enumerate(list(lines.items())[:MARKS], start=1)
    )
    first = min(on for dated in lines.values() for on, _, _ in dated)
    better = "higher" if scale.higher_is_better else "lower"
    return build(
        ChartSpec(
            title=_title(measure, scale),
            scale_title=f"{scale.low} to {scale.high}, {better} is better",
            low=scale.low,
            high=scale.high,
            higher_is_better=scale.higher_is_better,
            series=series,
            events=tuple((mark.on, mark.text) for mark in marks if mark.on >= first),
            counts_missing=False,
        )
    )


def _title(measure: Measure, scale: Scale) -> str:
    """Say what was asked, in the words in which it was asked."""
    if len(charted_scales(measure)) > 1:
        return scale.title
    return measure.purpose.rstrip(".")


def _missed(readers: Mapping[UUID, Reader]) -> dict[tuple[UUID, str], tuple[date, ...]]:
    """Return the days by which the reader was asked and did not answer, by couple and measure."""
    today = clock.today()
    (person_id,) = {reader.person_id for reader in readers.values()}
    rows = db.session.scalars(
        select(MeasureRequest)
        .outerjoin(Response, Response.request_id == MeasureRequest.id)
        .where(
            MeasureRequest.couple_id.in_(readers),
            MeasureRequest.person_id == person_id,
            leaves_a_gap(today),
            Response.id.is_(None),
        )
        .order_by(MeasureRequest.given_at, MeasureRequest.id)
    )
    found: dict[tuple[UUID, str], tuple[date, ...]] = {}
    known = all_measures()
    for row in rows:
        day = gap_of(row, today)
        if day is None or row.measure_key not in known:
            continue
        if access.may_see(readers[row.couple_id], row.facts):
            key = (row.couple_id, known[row.measure_key].family_key)
            found[key] = (*found.get(key, ()), day)
    return found
