"""Checks every stored score. For whoever runs the installation.

A score is recomputed from its sealed answers. A total without answers must be one that its scale
can have, in a measure that is still there; measures of the practice's own have a key for each
version, so that no total passes by the range of another version.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from practice.db import db
from practice.domain.measures.definition import Measure
from practice.models.responses import Response
from practice.models.sealing import SealError
from practice.services.measure_library import all_measures, library

BATCH = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the catalogue computes it; never an answer."""

    response_id: UUID
    what: str


@dataclass(frozen=True, slots=True)
class ScoreCheck:
    """What a check of all scores found."""

    recomputed: int
    without_answers: int
    """Totals collected elsewhere: there is nothing to recompute them from, and their range and
    step are checked."""

    differences: tuple[Difference, ...]
    damaged: tuple[str, ...]
    """Measures and figures of the practice's own that cannot be used, each with the reason."""


def check_scores() -> ScoreCheck:
    """Check every stored score. Reads all answers, keeps and shows none of them."""
    recomputed = without_answers = 0
    differences: list[Difference] = []
    rows = db.session.scalars(
        select(Response).order_by(Response.completed_at, Response.id),
        execution_options={"yield_per": BATCH},
    )
    for row in rows:
        if row.answers_sealed is None:
            without_answers += 1
        else:
            recomputed += 1
        differences += [Difference(row.id, what) for what in _differences(row)]
    damaged = tuple(f"{what}: {why}" for what, why in library().damaged.items())
    return ScoreCheck(recomputed, without_answers, tuple(differences), damaged)


def _differences(row: Response) -> Iterator[str]:
    measure = all_measures().get(row.measure_key)
    if measure is None:
        yield f"{row.measure_key}: there is no such measure in the catalogue"
    elif row.answers_sealed is None:
        yield from _wrong_totals(row, measure)
    else:
        yield from _wrong_scores(row, measure)


def _wrong_totals(row: Response, measure: Measure) -> Iterator[str]:
    if not row.origin.has_day_only:
        yield f"{measure.key}: the answers are missing; only paper and files give a total alone"
    if not row.scores:
        yield f"{measure.key}: neither answers nor a total are stored"
    for score in row.scores:
        try:
            kept = measure.totals({score.scale_key: score.value})[score.scale_key]
        except ValueError as error:
            yield f"{error}; stored {_shown(score.value)}"
        else:
            if kept != score.value:
                yield f"{score.scale_key}: stored {score.value!r}, which is not on the step"


def _wrong_scores(row: Response, measure: Measure) -> Iterator[str]:
    try:
        expected = measure.score(row.answers)
    except (SealError, ValueError, TypeError) as error:
        # A ValueError of the catalogue names items and never answers.
        yield f"{row.measure_key}: cannot be scored ({error})"
        return
    stored = {score.scale_key: score.value for score in row.scores}
    for key in sorted(expected.keys() | stored.keys()):
        if expected.get(key) != stored.get(key):
            yield f"{key}: stored {_shown(stored.get(key))}, computed {_shown(expected.get(key))}"


def _shown(value: float | None) -> str:
    return "nothing" if value is None else f"{value:g}"
