"""Scores, changes and classes as a report may tell of them. Filter first, then compute.

"First" and "latest" are those of the scores that every reader may see. A score kept back is not
skipped over visibly: the edition is the same as if it had never been given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import defer, selectinload

from practice.db import db
from practice.domain.change import (
    Change,
    Criteria,
    PartnerClass,
    classify,
    criteria_for,
    origin_of,
    points_of,
)
from practice.domain.couple_class import CoupleClass, couple_class
from practice.domain.couple_mean import CoupleMeanOpinion, couple_mean_opinion
from practice.domain.couples import who_counts
from practice.domain.measures.definition import Measure, Norms, PublishedChange, Scale
from practice.domain.measures.judging import homework_goes_with, is_judged, is_questionnaire
from practice.domain.measures.origin import Origin
from practice.domain.measures.relations import is_later_wording
from practice.models.responses import MeasureRequest, Response
from practice.reports.findings import MeasureFact, PersonScale, ScaleFinding, ScoreFinding
from practice.services import clock
from practice.services.measure_library import all_measures, all_scales
from practice.services.measure_requests import gap_of, has_opened
from practice.services.report_scope import Scope
from practice.services.standing_responses import current


@dataclass(frozen=True, slots=True)
class Given:
    """One score."""

    at: datetime
    value: float
    origin: Origin


@dataclass(slots=True)
class Scores:
    """What the responses of this edition hold, by scale and position."""

    values: dict[str, dict[int, list[Given]]] = field(default_factory=dict)
    boards: dict[str, dict[int, list[tuple[date, dict[str, float]]]]] = field(default_factory=dict)
    """Answers to boards of signs, by measure and position: day and score by scale."""

    measures: dict[str, set[str]] = field(default_factory=dict)
    """Keys of the measures that gave a scale's scores."""

    unknown: int = 0
    """Scores of a scale that this version does not have."""

    gaps: dict[str, dict[int, list[date]]] = field(default_factory=dict)
    open_requests: dict[int, int] = field(default_factory=dict)
    """Measures given and not yet answered, by position; what opens later is not among them."""

    missed: dict[int, int] = field(default_factory=dict)
    """Measures asked by the schedule whose time passed without an answer, by position."""


def scores_of(scope: Scope) -> Scores:
    """Gather the scores that every reader may see."""
    rows = db.session.scalars(
        select(Response)
        .where(Response.couple_id == scope.couple_id, current())
        .options(defer(Response.answers_sealed), defer(Response.reason_sealed))
        .order_by(Response.completed_at, Response.id)
    )
    found = Scores()
    scales = all_scales()
    for response in scope.filtered(rows, lambda row: row.facts):
        position = scope.position(response.author_id)
        if position is None:
            continue
        _add_board(found, response, position)
        for score in response.scores:
            if score.scale_key not in scales:
                found.unknown += 1
                continue
            people = found.values.setdefault(score.scale_key, {})
            people.setdefault(position, []).append(
                Given(response.completed_at, score.value, response.origin)
            )
            found.measures.setdefault(score.scale_key, set()).add(response.measure_key)
    if not scope.is_joint:
        _add_requests(scope, found)
    return found


def _add_board(found: Scores, response: Response, position: int) -> None:
    measure = all_measures().get(response.measure_key)
    if measure is not None and measure.board:
        answers = found.boards.setdefault(measure.key, {}).setdefault(position, [])
        day = clock.local(response.completed_at).date()
        answers.append((day, {score.scale_key: score.value for score in response.scores}))


def scale_findings(
    scope: Scope, scores: Scores, *, relationship_ended: bool
) -> tuple[ScaleFinding, ...]:
    """Return every scale with at least one score, in the order of the catalogue.

    Signs are left out: a board shows them together.
    """
    charted = {
        key: found
        for key, found in _charted().items()
        if scores.values.get(key) and not _only_derived(key, scores)
    }
    newest = [
        (measure, scale)
        for measure, scale in charted.values()
        if not any(is_later_wording(*other, measure, scale) for other in charted.values())
    ]
    found = [
        _scale(
            scope,
            measure,
            scale,
            scores,
            _wordings(measure, scale, charted),
            ended=relationship_ended,
        )
        for measure, scale in newest
    ]
    busy = homework_goes_with(
        one for one, finding in zip(newest, found, strict=True) if finding.has_a_line
    )
    return tuple(replace(finding, carries_homework=finding.key == busy) for finding in found)


def _wordings(
    measure: Measure, scale: Scale, charted: Mapping[str, tuple[Measure, Scale]]
) -> tuple[tuple[int, str], ...]:
    """Return version and key of a scale and of its earlier wordings, the newest first."""
    earlier = [
        (other.version, one.key)
        for other, one in charted.values()
        if is_later_wording(measure, scale, other, one)
    ]
    return ((measure.version, scale.key), *sorted(earlier, reverse=True))


def _only_derived(key: str, scores: Scores) -> bool:
    """Whether all scores are parts of a longer scale's answers.

    The four items within sixteen would say the same a second time, as if it were a second finding.
    """
    known = all_measures()
    items = set(all_scales()[key].item_keys)
    if not items:
        return False
    return all(
        any(items < set(scale.item_keys) for scale in known[measure].scales)
        for measure in scores.measures[key]
        if measure in known
    )


def _charted() -> dict[str, tuple[Measure, Scale]]:
    """Return every scale that has a part of its own, with a measure that gives it."""
    found: dict[str, tuple[Measure, Scale]] = {}
    for measure in all_measures().values():
        for scale in () if measure.board else measure.scales:
            found.setdefault(scale.key, (measure, scale))
    return found


def _add_requests(scope: Scope, found: Scores) -> None:
    """Add what was asked for and not given, as far as the therapist knows.

    A request whose response the therapist may not see counts as unanswered.
    """
    rows = db.session.scalars(
        select(MeasureRequest)
        .where(
            MeasureRequest.couple_id == scope.couple_id,
            MeasureRequest.withdrawn_at.is_(None),
            has_opened(),
        )
        .options(selectinload(MeasureRequest.response))
        .order_by(MeasureRequest.given_at, MeasureRequest.id)
    )
    for request in scope.filtered(rows, lambda row: row.facts):
        position = scope.position(request.person_id)
        answered = request.response is not None and scope.may_hold(request.response.facts)
        if position is None or answered:
            continue
        is_over = request.closes_on is not None and request.closes_on < scope.today
        if not is_over:
            found.open_requests[position] = found.open_requests.get(position, 0) + 1
        elif not request.optional:
            found.missed[position] = found.missed.get(position, 0) + 1
        measure = all_measures().get(request.measure_key)
        gap_on = gap_of(request, scope.today)
        if measure and gap_on:
            for scale in measure.scales:
                found.gaps.setdefault(scale.key, {}).setdefault(position, []).append(gap_on)


def _scale(
    scope: Scope,
    measure: Measure,
    scale: Scale,
    scores: Scores,
    wordings: Sequence[tuple[int, str]],
    *,
    ended: bool,
) -> ScaleFinding:
    of_couple = measure.shareable
    gaps = scores.gaps.get(scale.key, {})
    people = tuple(
        _person(
            scale,
            member.position,
            [(version, scores.values[key].get(member.position, [])) for version, key in wordings],
            gaps.get(member.position, []),
        )
        for member in scope.members
        if member.is_current or any(member.position in scores.values[key] for _, key in wordings)
    )
    origin = origin_of(scale)
    return ScaleFinding(
        key=scale.key,
        title=scale.title,
        short_title=scale.short_title,
        low=scale.low,
        high=scale.high,
        higher_is_better=scale.higher_is_better,
        cut=scale.cut,
        norms=origin if isinstance(origin, Norms) else None,
        published=origin if isinstance(origin, PublishedChange) else None,
        conservative_norms=scale.conservative_norms,
        points_needed=_points(criteria_for(scale)),
        points_needed_strict=_points(_strict(scale)),
        people=people,
        couple_class=_couple_class(scope, scale, people, ended=ended) if of_couple else None,
        second_opinion=(
            _second_opinion(scope, scale, people, ended=ended)
            if of_couple and not scope.is_joint
            else None
        ),
        measures=tuple(_facts_of(scores.measures.get(scale.key, set()))),
        is_questionnaire=is_questionnaire(measure, scale),
        of_couple=of_couple,
    )


def _person(
    scale: Scale,
    position: int,
    wordings: Sequence[tuple[int, Sequence[Given]]],
    gaps: Sequence[date],
) -> PersonScale:
    """Return one member's scores; ``wordings`` are the newest and those before it."""
    (version, given), *older = wordings
    dated = [_score(one, version) for one in given]
    in_order = sorted(
        [*dated, *(ScoreFinding(on, None) for on in gaps)], key=lambda score: score.on
    )
    values = [one.value for one in given]
    return PersonScale(
        position=position,
        scores=tuple(in_order),
        band=_band(scale, values),
        change=_change(values, criteria_for(scale)),
        strict=_change(values, _strict(scale)),
        earlier=_earlier(dated, older),
    )


def _earlier(
    newer: Sequence[ScoreFinding], older: Sequence[tuple[int, Sequence[Given]]]
) -> tuple[ScoreFinding, ...]:
    """Return the scores under earlier wordings, none later than one under a newer wording."""
    found: tuple[ScoreFinding, ...] = ()
    for version, given in older:
        scores = [_score(one, version) for one in given]
        before = tuple(score for score in scores if not newer or score.on < newer[0].on)
        found, newer = (*before, *found), before or newer
    return found


def _score(given: Given, version: int) -> ScoreFinding:
    return ScoreFinding(clock.local(given.at).date(), given.value, given.origin, version)


def _strict(scale: Scale) -> Criteria | None:
    norms = scale.conservative_norms
    return criteria_for(scale, norms) if norms else None


def _points(criteria: Criteria | None) -> float | None:
    return None if criteria is None else points_of(criteria)


def _band(scale: Scale, values: Sequence[float]) -> tuple[float, float] | None:
    points = _points(criteria_for(scale))
    if points is None or not values:
        return None
    return max(scale.low, values[0] - points), min(scale.high, values[0] + points)


def _change(values: Sequence[float], criteria: Criteria | None) -> Change | None:
    if criteria is None or len(values) < 2:
        return None
    return classify(values[0], values[-1], criteria=criteria)


def _counted(scope: Scope, people: tuple[PersonScale, ...]) -> list[PersonScale]:
    present = {member.position for member in scope.members if member.is_current}
    return who_counts(people, lambda person: person.position in present)


def _second_opinion(
    scope: Scope, scale: Scale, people: tuple[PersonScale, ...], *, ended: bool
) -> CoupleMeanOpinion | None:
    changes = [person.change for person in _counted(scope, people)]
    return couple_mean_opinion(changes, criteria_for(scale), ended=ended)


def _couple_class(
    scope: Scope, scale: Scale, people: tuple[PersonScale, ...], *, ended: bool
) -> CoupleClass | None:
    """Return the class of the present members together; of all, once they have parted.

    The joint edition has none unless a pair of scores of every member is in it.
    """
    counted = _counted(scope, people)
    if not is_judged(scale) or len(counted) < 2:
        return None
    classes: list[PartnerClass | None] = [
        person.change.partner_class if person.change else None for person in counted
    ]
    if scope.is_joint and None in classes:
        return None
    return couple_class(classes, ended)


def _facts_of(keys: Iterable[str]) -> list[MeasureFact]:
    known = all_measures()
    return [_fact(known[key]) for key in sorted(keys) if key in known]


def _fact(measure: Measure) -> MeasureFact:
    return MeasureFact(
        title=measure.title,
        validated=measure.validated,
        notice=measure.notice,
        citation=measure.citation,
        licence=measure.licence,
        wording_version=measure.wording_version,
        missing_rule=measure.missing_rule,
    )
