"""What the therapist sees of a couple's measures: lines, classes, and what is still missing.

For the treating therapist alone. A couple's class, a difference between two people or anything
else worked out from both would tell one partner the other's score, so no partner reaches it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer

from practice.db import db
from practice.domain.battery import Occasion
from practice.domain.change import (
    Change,
    Criteria,
    classify,
    criteria_for,
    origin_of,
    whole_points_of,
)
from practice.domain.class_words import (
    COUPLE_CLASS_WORDS,
    PARTNER_CLASS_WORDS,
    ClassWords,
    change_remarks,
)
from practice.domain.couple_class import CoupleClass, couple_class
from practice.domain.measures.definition import Measure, Norms, PublishedChange, Scale
from practice.domain.measures.relations import charted_scales
from practice.domain.people import Actor, Reader
from practice.domain.sessions import SessionStatus
from practice.domain.visibility import Audience
from practice.models.responses import Response
from practice.models.sessions import TherapySession
from practice.reports.charts import Chart, ChartSeries, ChartSpec, build
from practice.services import access, clock, measure_requests, people
from practice.services.couples import loaded
from practice.services.measure_library import all_measures
from practice.services.measure_requests import Asked

MARKS = 4
"""Kinds of marks a chart has; a couple with more members gets a second chart."""


@dataclass(frozen=True, slots=True)
class DatedScore:
    """One score of one person."""

    response_id: UUID
    on: date
    """Day in the practice's zone."""

    value: float
    derived: bool
    """Worked out from the answers to a longer measure."""


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """One member's scores on one scale, oldest first, and what they amount to."""

    person_id: UUID
    name: str
    """First name; the whole name where two members share the first."""

    position: int
    is_current: bool
    scores: tuple[DatedScore, ...]
    gaps: tuple[date, ...]
    """Days by which an answer was asked for and did not come."""

    change: Change | None
    """From the first score to the latest; None without two scores, or where nothing tells it."""

    strict: Change | None
    """The same by the conservative norms; None where there are none."""

    @property
    def first(self) -> DatedScore | None:
        return self.scores[0] if self.scores else None

    @property
    def latest(self) -> DatedScore | None:
        return self.scores[-1] if self.scores else None

    @property
    def words(self) -> ClassWords | None:
        return PARTNER_CLASS_WORDS[self.change.partner_class] if self.change else None

    @property
    def strict_words(self) -> ClassWords | None:
        return PARTNER_CLASS_WORDS[self.strict.partner_class] if self.strict else None

    @property
    def remarks(self) -> list[str]:
        return change_remarks(self.change) if self.change else []

    @property
    def missing(self) -> str:
        """What keeps this person from having a class; empty if nothing does."""
        if not self.scores:
            return "No score yet."
        if len(self.scores) == 1:
            return "One score so far. A class needs a first and a later one."
        return ""


@dataclass(frozen=True, slots=True)
class Precision:
    """What a change on a scale is judged by, with where it comes from."""

    origin: Norms | PublishedChange
    points: int
    """The smallest whole difference that is a reliable change, in scale points."""

    @property
    def published(self) -> PublishedChange | None:
        """The points as their source states them; None where they are worked out."""
        return self.origin if isinstance(self.origin, PublishedChange) else None


@dataclass(frozen=True, slots=True)
class ScalePanel:
    """Everything about one scale of one couple."""

    measure: Measure
    scale: Scale
    charts: tuple[Chart, ...]
    lines: tuple[PartnerLine, ...]
    couple_class: CoupleClass | None
    """None where nothing tells reliable change: own ratings have no class."""

    precision: Precision | None
    strict_precision: Precision | None

    @property
    def words(self) -> ClassWords | None:
        return COUPLE_CLASS_WORDS[self.couple_class] if self.couple_class else None

    @property
    def count(self) -> int:
        """How many scores the panel rests on."""
        return sum(len(line.scores) for line in self.lines)

    @property
    def derived(self) -> int:
        """How many of them were worked out from a longer measure."""
        return sum(score.derived for line in self.lines for score in line.scores)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A measure that waits to be answered."""

    request_id: UUID
    person_id: UUID
    name: str
    position: int
    measure: Measure
    given_at: datetime
    due_on: date | None
    occasion: Occasion | None
    """Why the schedule asks; None where it was given by hand."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One response in the list of all."""

    response_id: UUID
    name: str
    position: int
    measure: Measure
    completed_at: datetime
    shared: bool


@dataclass(frozen=True, slots=True)
class CoupleMeasures:
    """A couple's measures as the treating therapist sees them."""

    couple_id: UUID
    title: str
    """What the couple is called."""

    tested: tuple[ScalePanel, ...]
    """Validated scales, the longest first; the first is the one that is meant by "the score"."""

    ratings: tuple[ScalePanel, ...]
    """Own ratings: lines without a class."""

    open: tuple[OpenQuestion, ...]
    answered: tuple[Answered, ...]
    """Every response, newest first."""


@dataclass(frozen=True, slots=True)
class _Material:
    """What the panels are made of; already filtered for the reader."""

    members: tuple[people.Member, ...]
    names: dict[UUID, str]
    responses: tuple[Response, ...]
    asked: tuple[Asked, ...]
    sessions: tuple[date, ...]
    ended: bool


def couple_measures(*, actor: Actor, couple_id: UUID) -> CoupleMeasures:
    """Return every scale's lines, classes and open questions, as far as ``actor`` may see them.

    Raises:
        NotFound: if the couple is not in the actor's care.
    """
    reader = access.require_treating(actor, couple_id)
    material = _gather(reader)
    used = sorted(
        {row.measure_key for row in material.responses},
        key=lambda key: (-len(_known(key).items), key),
    )
    panels = [_panel(material, _known(key), s) for key in used for s in charted_scales(_known(key))]
    places = {member.person_id: member.position for member in material.members}
    return CoupleMeasures(
        couple_id=couple_id,
        title=people.title_of(material.members),
        tested=tuple(panel for panel in panels if panel.measure.validated),
        ratings=tuple(panel for panel in panels if not panel.measure.validated),
        open=tuple(
            OpenQuestion(
                item.request_id,
                item.person_id,
                material.names[item.person_id],
                places[item.person_id],
                item.measure,
                item.given_at,
                item.due_on,
                item.occasion,
            )
            for item in material.asked
            if item.is_open
        ),
        answered=tuple(
            Answered(
                row.id,
                material.names[row.author_id],
                places[row.author_id],
                _known(row.measure_key),
                row.completed_at,
                row.audience is Audience.COUPLE,
            )
            for row in reversed(material.responses)
        ),
    )


def _gather(reader: Reader) -> _Material:
    couple = loaded(reader.couple_id)
    members = people.each_once(people.members_of(reader.couple_id))
    rows = db.session.scalars(
        select(Response)
        .where(Response.couple_id == reader.couple_id, measure_requests.current())
        .options(defer(Response.answers_sealed))
        .order_by(Response.completed_at, Response.id)
    )
    held = db.session.scalars(
        select(TherapySession)
        .where(
            TherapySession.couple_id == reader.couple_id,
            TherapySession.status == SessionStatus.HELD,
        )
        .options(defer(TherapySession.next_steps_sealed))
    )
    return _Material(
        members=members,
        names=people.labels_of(members),
        responses=tuple(
            row for row in access.visible(reader, rows) if row.measure_key in all_measures()
        ),
        asked=measure_requests.unanswered_in(reader),
        sessions=tuple(
            sorted({clock.local(row.starts_at).date() for row in access.visible(reader, held)})
        ),
        ended=couple.relationship_ended_on is not None,
    )


def _known(key: str) -> Measure:
    return all_measures()[key]


def _panel(material: _Material, measure: Measure, scale: Scale) -> ScalePanel:
    lines = [_line(material, member, measure, scale) for member in material.members]
    # Whoever has left stays in the picture for the time in which they answered.
    lines = [line for line in lines if line.is_current or line.scores]
    return ScalePanel(
        measure=measure,
        scale=scale,
        charts=_charts(material, measure, scale, lines),
        lines=tuple(lines),
        couple_class=_couple_class(lines, scale, material.ended),
        precision=_precision(scale),
        strict_precision=_precision(scale, scale.conservative_norms)
        if scale.conservative_norms
        else None,
    )


def _line(
    material: _Material, member: people.Member, measure: Measure, scale: Scale
) -> PartnerLine:
    scores = tuple(
        DatedScore(
            row.id,
            clock.local(row.completed_at).date(),
            score.value,
            row.measure_key != measure.key,
        )
        for row in material.responses
        if row.author_id == member.person_id
        for score in row.scores
        if score.scale_key == scale.key
    )
    strict = scale.conservative_norms
    return PartnerLine(
        person_id=member.person_id,
        name=material.names[member.person_id],
        position=member.position,
        is_current=member.is_current,
        scores=scores,
        gaps=tuple(
            item.gap_on
            for item in material.asked
            if item.person_id == member.person_id
            and item.measure.key == measure.key
            and item.gap_on is not None
        ),
        change=_change(scores, criteria_for(scale)),
        strict=_change(scores, criteria_for(scale, strict)) if strict else None,
    )


def _change(scores: Sequence[DatedScore], criteria: Criteria | None) -> Change | None:
    if criteria is None or len(scores) < 2:
        return None
    return classify(scores[0].value, scores[-1].value, criteria=criteria)


def _couple_class(lines: Sequence[PartnerLine], scale: Scale, ended: bool) -> CoupleClass | None:
    if not scale.can_show_change:
        return None
    counted = [line for line in lines if line.is_current]
    if len(counted) < 2:  # members have left; the couple that was is still a couple of records
        counted = list(lines)
    classes = [line.change.partner_class if line.change else None for line in counted]
    if len(classes) < 2:
        return CoupleClass.ENDED if ended else CoupleClass.INCOMPLETE
    return couple_class(classes, ended)


def _precision(scale: Scale, norms: Norms | None = None) -> Precision | None:
    origin, criteria = origin_of(scale, norms), criteria_for(scale, norms)
    if origin is None or criteria is None:
        return None
    return Precision(origin, whole_points_of(criteria))


def _charts(
    material: _Material, measure: Measure, scale: Scale, lines: Sequence[PartnerLine]
) -> tuple[Chart, ...]:
    groups: dict[int, list[PartnerLine]] = {}
    for line in lines:
        groups.setdefault((line.position - 1) // MARKS, []).append(line)
    return tuple(
        build(
            ChartSpec(
                title=f"{scale.short_title} over time",
                scale_title=_scale_title(scale),
                low=scale.low,
                high=scale.high,
                higher_is_better=scale.higher_is_better,
                series=tuple(_series(line) for line in group),
                cut=scale.cut.value if scale.cut else None,
                sessions=material.sessions if measure.validated else (),
            )
        )
        for group in groups.values()
    )


def _scale_title(scale: Scale) -> str:
    lower = "" if scale.higher_is_better else ", lower is better"
    return f"{scale.short_title}, {scale.low} to {scale.high}{lower}"


def _series(line: PartnerLine) -> ChartSeries:
    points = [(score.on, score.value) for score in line.scores]
    missing: list[tuple[date, float | None]] = [(day, None) for day in line.gaps]
    band = None
    if line.first is not None and line.change is not None:
        needed = line.change.points_needed
        band = (line.first.value - needed, line.first.value + needed)
    return ChartSeries(
        name=line.name,
        position=(line.position - 1) % MARKS + 1,
        points=(*points, *missing),
        band=band,
    )
