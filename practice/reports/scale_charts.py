"""From the scores of a report to its charts."""

from collections.abc import Sequence
from datetime import date

from practice.domain.sessions import SessionKind, SessionStatus
from practice.reports.charts import Chart, ChartSeries, ChartSpec, Week, build, starts_of
from practice.reports.findings import Findings, PersonScale, ScaleFinding
from practice.reports.words import number

SERIES_IN_A_CHART = 4
"""A chart tells four people apart, by colour, sign and dash."""


def charts_of(findings: Findings, scale: ScaleFinding) -> list[Chart]:
    """Return the charts of one scale: one, or several where there are more than four members."""
    people = [person for person in scale.people if person.drawn]
    groups = [
        people[start : start + SERIES_IN_A_CHART]
        for start in range(0, len(people), SERIES_IN_A_CHART)
    ]
    return [build(_spec(findings, scale, group)) for group in groups]


def _spec(findings: Findings, scale: ScaleFinding, people: Sequence[PersonScale]) -> ChartSpec:
    own_places = all(person.position <= SERIES_IN_A_CHART for person in people)
    versions = {one.version for person in people for one in person.drawn if one.value is not None}
    homework = _homework(findings, scale)
    return ChartSpec(
        title=f"{scale.short_title} over time{_direction(scale)}",
        scale_title=f"{scale.short_title}, {number(scale.low)} to {number(scale.high)}",
        low=scale.low,
        high=scale.high,
        higher_is_better=scale.higher_is_better,
        series=tuple(
            ChartSeries(
                name=findings.label(person.position),
                position=person.position if own_places else place,
                points=tuple((score.on, score.value) for score in person.drawn),
                band=person.band,
                starts=starts_of(
                    [(one.on, one.version) for one in person.drawn if one.value is not None],
                    versions,
                ),
                notes=_notes(person),
                homework=homework.get(person.position, ()),
            )
            for place, person in enumerate(people, start=1)
        ),
        cut=scale.cut.value if scale.cut else None,
        cut_label="cut score",
        sessions=_held(findings, SessionKind.CONJOINT),
        alone=_held(findings, SessionKind.INDIVIDUAL),
        events=_events(findings, people),
        shows_distance=scale.is_questionnaire and scale.of_couple,
    )


def _direction(scale: ScaleFinding) -> str:
    return "" if scale.higher_is_better else ", lower is better"


def _held(findings: Findings, kind: SessionKind) -> tuple[date, ...]:
    return tuple(
        session.on
        for session in findings.sessions
        if session.status is SessionStatus.HELD and session.kind is kind
    )


def _events(findings: Findings, people: Sequence[PersonScale]) -> tuple[tuple[date, str], ...]:
    """Return the events that are no older than what the picture shows."""
    first = min(
        [*(score.on for person in people for score in person.drawn)]
        + [session.on for session in findings.sessions]
    )
    return tuple(
        (
            event.on,
            event.text if event.about is None else f"{event.text} ({findings.label(event.about)})",
        )
        for event in findings.events
        if event.on >= first
    )


def _homework(findings: Findings, scale: ScaleFinding) -> dict[int, tuple[Week, ...]]:
    if not scale.carries_homework:
        return {}
    return {
        found.position: tuple(Week(week.monday, week.done, week.due) for week in found.weeks)
        for found in findings.homework_weeks
    }


def _notes(person: PersonScale) -> tuple[tuple[date, str], ...]:
    return tuple(
        (score.on, score.origin.label.lower())
        for score in person.drawn
        if score.origin is not None and score.origin.has_day_only
    )
