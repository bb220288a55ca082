"""The figures of a scale: what ships, what the practice uses, and since when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from practice.db import db
from practice.domain.change import criteria_for, points_of, whole_points_of
from practice.domain.measures.definition import Measure, Scale
from practice.domain.measures.figures import Figures, problems_of, with_figures
from practice.domain.measures.relations import shown_scales
from practice.domain.people import Actor
from practice.domain.statistics import sample_sd
from practice.models.people import Person
from practice.models.responses import Response, Score
from practice.models.settings import ScaleFigures
from practice.services import audit, measure_library
from practice.services.errors import Invalid, NotFound
from practice.services.practice_settings import later_than, require_staff
from practice.services.responses import AUDIENCES
from practice.services.standing_responses import current

ENOUGH_FOR_AN_SD = 30
"""With fewer people chance alone moves an SD, and with it the reliable change, by more than a
quarter either way (its relative standard error is about 1 / sqrt(2 (n - 1)), 13 % at 30); and a
figure of few people would tell too much of them."""


@dataclass(frozen=True, slots=True)
class Used:
    """What a scale is judged by, and what follows from it."""

    scale: Scale
    points: float | None
    """The difference at which a change is reliable, in scale points; None: it cannot be told."""

    whole_points: int | None
    """The smallest whole difference that is reliable."""


@dataclass(frozen=True, slots=True)
class Past:
    """Figures as they were set; empty ones went back to what ships."""

    figures: Figures
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class IntakeSpread:
    """First scores of the practice's own people on a scale, one for each person."""

    n: int
    """How many the SD rests on, a multiple of ten; without one, how many there are so far."""

    sd: float | None
    """Sample SD, to one decimal; None with fewer than ``ENOUGH_FOR_AN_SD`` people."""


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Everything about the figures of one scale."""

    measure: Measure
    """The first measure that has the scale."""

    shipped: Used
    """Without the practice's figures; for a measure of the practice's own: without any."""

    used: Used
    figures: Figures
    """What the practice entered; empty where it uses what ships."""

    history: tuple[Past, ...]
    """Newest first."""

    intake: IntakeSpread


@dataclass(frozen=True, slots=True)
class ShippedMeasure:
    """One measure that Dyad ships, with the scales it is shown by."""

    measure: Measure
    corrected: tuple[str, ...]
    """Keys of the scales for which the practice uses figures of its own."""

    @property
    def scales(self) -> tuple[Scale, ...]:
        """The scales it is shown by."""
        return shown_scales(self.measure)


def shipped_measures(*, actor: Actor) -> tuple[ShippedMeasure, ...]:
    """Return the measures that Dyad ships and scores, validated ones first, then by title.

    Raises:
        NotFound: if ``actor`` does not work in the practice.
    """
    require_staff(actor)
    library = measure_library.library()
    found = (
        ShippedMeasure(measure, tuple(s.key for s in measure.scales if s.key in library.figures))
        for key, measure in library.measures.items()
        if key not in library.definitions and measure.scales
    )
    return tuple(sorted(found, key=lambda one: (not one.measure.validated, one.measure.title)))


def figures_page(*, actor: Actor, scale_key: str) -> FiguresPage:
    """Return the figures of one scale.

    Raises:
        NotFound: if ``actor`` does not work in the practice, or there is no such scale.
    """
    require_staff(actor)
    shipped = _scale(scale_key)
    library = measure_library.library()
    measure = next(one for one in library.measures.values() if _has(one, scale_key))
    audit.note_read(actor, None, "settings.figures")
    return FiguresPage(
        measure=measure,
        shipped=used(shipped),
        used=used(measure.scale(scale_key)),
        figures=library.figures.get(scale_key, Figures()),
        history=_history(scale_key),
        intake=intake_spread(scale_key),
    )


def used(scale: Scale) -> Used:
    """Return what follows from a scale's figures."""
    criteria = criteria_for(scale)
    if criteria is None:
        return Used(scale, None, None)
    return Used(scale, points_of(criteria), whole_points_of(criteria))


def set_figures(*, actor: Actor, scale_key: str, figures: Figures) -> Used:
    """Use the practice's own figures from now on, everywhere; return what follows from them.

    Args:
        actor: Any therapist of the practice.
        scale_key: Of which scale.
        figures: Empty ones go back to what ships. Set a second time, they change nothing.

    Raises:
        NotFound: as ``figures_page``.
        Invalid: naming ``cut``, ``sd``, ``reliability``, ``points`` or ``source``.
    """
    require_staff(actor)
    shipped = _scale(scale_key)
    problems = problems_of(shipped, figures)
    if problems:
        raise Invalid(problems)
    newest = db.session.scalar(
        select(ScaleFigures)
        .where(ScaleFigures.scale_key == scale_key)
        .order_by(ScaleFigures.set_at.desc(), ScaleFigures.id)
        .limit(1)
    )
    if not _is_same(newest, figures):
        row = _row(scale_key, figures)
        row.set_by, row.set_at = actor.person_id, later_than(newest.set_at if newest else None)
        db.session.add(row)
        audit.note_write(actor, None, "settings.figures")
        db.session.flush()
        measure_library.forget()
    return used(with_figures(shipped, figures))


def intake_spread(scale_key: str) -> IntakeSpread:
    """Return the spread of first scores in the practice; for its therapists alone.

    Over everybody of the practice: one number for many people, to one decimal, and none for few.
    It moves with every tenth person only, so that no look before and after one newcomer tells
    their score to a therapist who does not treat them.
    """
    first = (
        select(
            Score.value,
            Response.completed_at,
            Response.id,
            func.row_number()
            .over(partition_by=Response.author_id, order_by=(Response.completed_at, Response.id))
            .label("nth"),
        )
        .join(Response, Response.id == Score.response_id)
        .where(
            Score.scale_key == scale_key,
            current(),
            Response.audience.in_(AUDIENCES),
        )
        .subquery()
    )
    in_time = (first.c.completed_at, first.c.id)
    values = list(
        db.session.scalars(select(first.c.value).where(first.c.nth == 1).order_by(*in_time))
    )
    if len(values) < ENOUGH_FOR_AN_SD:
        return IntakeSpread(len(values), None)
    counted = values[: len(values) // 10 * 10]
    return IntakeSpread(len(counted), round(sample_sd(counted), 1))


def _scale(scale_key: str) -> Scale:
    found = measure_library.library().unchanged.get(scale_key)
    if found is None:
        raise NotFound
    return found


def _has(measure: Measure, scale_key: str) -> bool:
    return any(scale.key == scale_key for scale in measure.scales)


def _history(scale_key: str) -> tuple[Past, ...]:
    rows = db.session.execute(
        select(ScaleFigures, Person.name)
        .join(Person, Person.id == ScaleFigures.set_by)
        .where(ScaleFigures.scale_key == scale_key)
        .order_by(ScaleFigures.set_at.desc(), ScaleFigures.id)
    )
    return tuple(Past(measure_library.figures_of(row), name, row.set_at) for row, name in rows)


def _row(scale_key: str, figures: Figures) -> ScaleFigures:
    return ScaleFigures(
        scale_key=scale_key,
        cut=figures.cut,
        sd=figures.sd,
        reliability=figures.reliability,
        points=figures.points,
        at_least=figures.at_least,
        source="" if figures.is_empty else figures.source.strip(),
    )


def _is_same(row: ScaleFigures | None, figures: Figures) -> bool:
    if row is None:
        return figures.is_empty
    new = _row(row.scale_key, figures)
    return all(
        getattr(row, name) == getattr(new, name)
        for name in ("cut", "sd", "reliability", "points", "at_least", "source")
    )
