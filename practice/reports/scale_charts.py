"""From the scores of a report to its charts."""

from collections.abc import Sequence
from datetime import date

from practice.domain.sessions import SessionStatus
from practice.reports.charts import Chart, ChartSeries, ChartSpec, build
from practice.reports.findings import Findings, PersonScale, ScaleFinding
from practice.reports.words import number

SERIES_IN_A_CHART = 4
"""A chart tells four people apart, by colour, sign and dash."""


def charts_of(findings: Findings, scale: ScaleFinding) -> list[Chart]:
    """Return the charts of one scale: one, or several where there are more than four members."""
    people = [person for person in scale.people if person.scores]
    groups = [
        people[start : start + SERIES_IN_A_CHART]
        for start in range(0, len(people), SERIES_IN_A_CHART)
    ]
    return [build(_spec(findings, scale, group)) for group in groups]


def _spec(findings: Findings, scale: ScaleFinding, people: Sequence[PersonScale]) -> ChartSpec:
    own_places = all(person.position <= SERIES_IN_A_CHART for person in people)
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
                points=tuple((score.on, score.value) for score in person.scores),
                band=person.band,
            )
            for place, person in enumerate(people, start=1)
        ),
        cut=scale.cut.value if scale.cut else None,
        cut_label="cut score",
        sessions=_held(findings),
    )


def _direction(scale: ScaleFinding) -> str:
    return "" if scale.higher_is_better else ", lower is better"


def _held(findings: Findings) -> tuple[date, ...]:
    return tuple(
        session.on for session in findings.sessions if session.status is SessionStatus.HELD
    )
