"""The lines of a couple on each scale, the classes that come of them, and their charts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from practice.domain.adherence import WeekDone
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
from practice.domain.couple_mean import CoupleMeanOpinion, couple_mean_opinion
from practice.domain.couples import who_counts
from practice.domain.measures.definition import Measure, Norms, PublishedChange, Scale
from practice.domain.measures.judging import homework_goes_with, is_judged, is_questionnaire
from practice.domain.measures.origin import Origin
from practice.domain.measures.relations import charted_in_turn, charted_scales, is_later_wording
from practice.reports.charts import Chart, ChartSeries, ChartSpec, Week, build, starts_of
from practice.services.couple_material import Material, day_of, known
from practice.services.people import Member

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

    origin: Origin
    version: int
    """Of the measure that gave it."""


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

    earlier: tuple[DatedScore, ...] = ()
    """Scores under an earlier wording: in the picture, and compared with nothing."""

    @property
    def drawn(self) -> tuple[DatedScore, ...]:
        """All that stands in the picture, oldest first."""
        return (*self.earlier, *self.scores)

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
    """None where nothing tells reliable change, or where the scale is about one person's health."""

    second_opinion: CoupleMeanOpinion | None
    """By the mean of the members; None where a pair is missing, there is no couple's class, or the
    relationship has ended."""

    precision: Precision | None
    strict_precision: Precision | None
    is_questionnaire: bool
    """Whether it is told in full, with all it is judged by; False: it stands among the ratings."""

    @property
    def words(self) -> ClassWords | None:
        return COUPLE_CLASS_WORDS[self.couple_class] if self.couple_class else None

    @property
    def is_drawn(self) -> bool:
        """Whether anybody has a line to draw; a single score of each says as much in words."""
        return _is_drawn(self.lines)

    @property
    def count(self) -> int:
        """How many scores the panel rests on."""
        return sum(len(line.scores) for line in self.lines)

    @property
    def derived(self) -> int:
        """How many of them were worked out from a longer measure."""
        return sum(score.derived for line in self.lines for score in line.scores)


def panels_of(material: Material) -> tuple[ScalePanel, ...]:
    """Return a panel for every scale with an answer, the measures with most questions first.

    Of the versions of one scale only the newest has a panel; answers under earlier wordings stand
    in its picture, if the range is the same, and apart from it.
    """
    used = {row.measure_key for row in material.responses}
    newest = charted_in_turn(known(key) for key in used)
    found = [(measure, scale, _lines(material, measure, scale)) for measure, scale in newest]
    busy = homework_goes_with(
        (measure, scale) for measure, scale, lines in found if _is_drawn(lines)
    )
    return tuple(
        _panel(material, measure, scale, lines, with_homework=scale.key == busy)
        for measure, scale, lines in found
    )


def _is_drawn(lines: Iterable[PartnerLine]) -> bool:
    return any(len(line.drawn) > 1 for line in lines)


def _lines(material: Material, measure: Measure, scale: Scale) -> list[PartnerLine]:
    lines = [_line(material, member, measure, scale) for member in material.members]
    # Whoever has left stays in the picture for the time in which they answered.
    return [line for line in lines if line.is_current or line.scores or line.earlier]


def _panel(
    material: Material,
    measure: Measure,
    scale: Scale,
    lines: Sequence[PartnerLine],
    *,
    with_homework: bool,
) -> ScalePanel:
    strict = scale.conservative_norms
    # What is about one person's health or view of the sessions is never added up to a couple's.
    of_couple = measure.shareable
    return ScalePanel(
        measure=measure,
        scale=scale,
        charts=_charts(material, measure, scale, lines, with_homework=with_homework),
        lines=tuple(lines),
        couple_class=(
            _couple_class(lines, scale, material.relationship_ended) if of_couple else None
        ),
        second_opinion=(
            _second_opinion(lines, scale, material.relationship_ended) if of_couple else None
        ),
        precision=_precision(scale),
        strict_precision=_precision(scale, strict) if strict else None,
        is_questionnaire=is_questionnaire(measure, scale),
    )


def _line(material: Material, member: Member, measure: Measure, scale: Scale) -> PartnerLine:
    scores = _scores(material, member, measure, scale)
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
            and item.measure.family_key == measure.family_key
            and item.gap_on is not None
        ),
        change=_change(scores, criteria_for(scale)),
        strict=_change(scores, criteria_for(scale, strict)) if strict else None,
        earlier=_earlier(material, member, measure, scale),
    )


def _scores(
    material: Material, member: Member, measure: Measure, scale: Scale
) -> tuple[DatedScore, ...]:
    return tuple(
        DatedScore(
            response_id=row.id,
            on=day_of(row),
            value=score.value,
            derived=row.measure_key != measure.key,
            origin=row.origin,
            version=measure.version,
        )
        for row in material.responses
        if row.author_id == member.person_id
        for score in row.scores
        if score.scale_key == scale.key
    )


def _earlier(
    material: Material, member: Member, measure: Measure, scale: Scale
) -> tuple[DatedScore, ...]:
    """Return the scores under earlier wordings, oldest first.

    An old form that is answered after a new one is in the list of answers and not in the picture:
    it belongs on neither side of the line where the wording changed.
    """
    wordings = {
        (one, other)
        for one in {known(row.measure_key) for row in material.responses}
        for other in charted_scales(one)
        if is_later_wording(measure, scale, one, other)
    }
    found: tuple[DatedScore, ...] = ()
    newer = _scores(material, member, measure, scale)
    for one, other in sorted(wordings, key=lambda pair: -pair[0].version):
        scores = _scores(material, member, one, other)
        before = tuple(score for score in scores if not newer or score.on < newer[0].on)
        found, newer = (*before, *found), before or newer
    return found


def _change(scores: Sequence[DatedScore], criteria: Criteria | None) -> Change | None:
    if criteria is None or len(scores) < 2:
        return None
    return classify(scores[0].value, scores[-1].value, criteria=criteria)


def _counted(lines: Sequence[PartnerLine]) -> list[PartnerLine]:
    return who_counts(lines, lambda line: line.is_current)


def _couple_class(lines: Sequence[PartnerLine], scale: Scale, ended: bool) -> CoupleClass | None:
    if not is_judged(scale):
        return None
    classes = [line.change.partner_class if line.change else None for line in _counted(lines)]
    if len(classes) < 2:
        return CoupleClass.ENDED if ended else CoupleClass.INCOMPLETE
    return couple_class(classes, ended)


def _second_opinion(
    lines: Sequence[PartnerLine], scale: Scale, ended: bool
) -> CoupleMeanOpinion | None:
    changes = [line.change for line in _counted(lines)]
    return couple_mean_opinion(changes, criteria_for(scale), ended=ended)


def _precision(scale: Scale, norms: Norms | None = None) -> Precision | None:
    origin, criteria = origin_of(scale, norms), criteria_for(scale, norms)
    if origin is None or criteria is None:
        return None
    return Precision(origin, whole_points_of(criteria))


def _charts(
    material: Material,
    measure: Measure,
    scale: Scale,
    lines: Sequence[PartnerLine],
    *,
    with_homework: bool,
) -> tuple[Chart, ...]:
    groups: dict[int, list[PartnerLine]] = {}
    for line in lines:
        groups.setdefault((line.position - 1) // MARKS, []).append(line)
    homework = material.homework if with_homework else {}
    versions = {score.version for line in lines for score in line.drawn}
    return tuple(
        build(
            ChartSpec(
                title=f"{scale.short_title} over time",
                scale_title=_scale_title(scale),
                low=scale.low,
                high=scale.high,
                higher_is_better=scale.higher_is_better,
                series=tuple(
                    _series(line, versions, homework.get(line.person_id, ())) for line in group
                ),
                cut=scale.cut.value if scale.cut else None,
                sessions=material.together,
                alone=material.alone,
                events=_events(material, group),
                shows_distance=is_questionnaire(measure, scale) and measure.shareable,
            )
        )
        for group in groups.values()
    )


def _events(material: Material, lines: Sequence[PartnerLine]) -> tuple[tuple[date, str], ...]:
    """Return the events that are no older than what the picture shows; the list has them all."""
    scored = {score.on for line in lines for score in line.drawn}
    first = min(scored | {*material.together, *material.alone}, default=None)
    return tuple(
        (event.on, f"{event.text} ({material.names[event.about_id]})")
        if event.about_id in material.names
        else (event.on, event.text)
        for event in material.events
        if first is not None and event.on >= first
    )


def _scale_title(scale: Scale) -> str:
    lower = "" if scale.higher_is_better else ", lower is better"
    return f"{scale.short_title}, {scale.low} to {scale.high}{lower}"


def _series(
    line: PartnerLine, versions: Iterable[int], homework: Sequence[WeekDone]
) -> ChartSeries:
    scores = line.drawn
    points = [(score.on, score.value) for score in scores]
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
        starts=starts_of([(score.on, score.version) for score in scores], versions),
        notes=tuple(
            (score.on, score.origin.label.lower()) for score in scores if score.origin.has_day_only
        ),
        homework=tuple(Week(week.monday, week.done, week.due) for week in homework),
    )
