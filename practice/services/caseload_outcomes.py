"""What came of the couples in somebody's care, and of all couples of the practice.

A therapist reads the figures of the couples they treat, however few. Those of the practice are
aggregates over couples that the reader does not treat: no row leaves the domain, and what would
leave a few of a colleague's couples to be worked out is not shown (decision 0022).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, select

from practice.domain.caseload_outcomes import CaseloadOutcomes, analyse_caseload
from practice.domain.change import criteria_for
from practice.domain.change.criteria import origin_of
from practice.domain.couples import CarePart
from practice.domain.measures.definition import Measure, Scale
from practice.domain.measures.judging import is_judged
from practice.domain.people import Actor, Role
from practice.models.couples import Care, Couple
from practice.reports.caseload_csv import caseload_csv
from practice.reports.caseload_method import Subject
from practice.reports.caseload_sections import sections_of
from practice.reports.registry import Section
from practice.reports.render import RenderFailed, caseload_html, render
from practice.services import audit, clock
from practice.services.caseload_rows import Chosen, rows_of
from practice.services.errors import NotFound
from practice.services.literature import used_figures
from practice.services.measure_library import all_measures

__all__ = ["Choice", "Outcomes", "RenderFailed", "own_outcomes", "practice_outcomes", "scales"]

PRIMARY = "csi16"
"""The scale that answers unless another is chosen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which couples, by which scale."""

    scale_key: str = PRIMARY
    begun_from: date | None = None
    begun_to: date | None = None
    ended_only: bool = False
    """True counts couples whose care has ended, False all of them."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The figures, and everything that a page or a file says of them."""

    figures: CaseloadOutcomes
    subject: Subject

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections of the page."""
        return sections_of(self.figures, self.subject)

    @property
    def file_stem(self) -> str:
        """Return a neutral name for a file: it names nobody."""
        return f"outcomes-{self.subject.made_on.isoformat()}"

    def csv(self) -> str:
        """Return one row for each figure."""
        return caseload_csv(self.figures, self.subject)

    def pdf(self) -> bytes:
        """Return the figures as a tagged PDF.

        Raises:
            RenderFailed: if none could be made.
        """
        html = caseload_html(self.subject, self.sections, letterhead=clock.settings().letterhead)
        return render(html, report_style=True).pdf


def scales() -> dict[str, str]:
    """Return the scales that can be chosen, with their titles: those that change is judged on.

    The primary scale comes first.
    """
    found = {
        scale.key: scale.title
        for measure in all_measures().values()
        for scale in measure.scales
        if is_judged(scale)
    }
    first = {PRIMARY: found[PRIMARY]} if PRIMARY in found else {}
    return first | found


def own_outcomes(*, actor: Actor, choice: Choice) -> Outcomes:
    """Return what came of the couples in the actor's care, ended episodes included.

    Raises:
        NotFound: if the actor is no therapist, or there is no such scale to choose.
    """
    _require_therapist(actor, "outcomes")
    chosen = _narrowed(
        select(Couple.id)
        .join(Care, Care.couple_id == Couple.id)
        .where(
            Care.therapist_id == actor.person_id,
            # A couple counts once in the practice: for whoever has the lead.
            Care.part == CarePart.LEAD,
            Care.until.is_(None),
        ),
        choice,
    )
    today = clock.today()
    subject = _subject(f"in the care of {actor.name}", choice, as_of=today)
    outcomes = _outcomes(Chosen(chosen, today), choice, subject)
    audit.note_read(actor, None, "outcomes.own")
    return outcomes


def practice_outcomes(*, actor: Actor, scale_key: str = PRIMARY) -> Outcomes:
    """Return what came of all couples of the practice, as far as it may be shown.

    It cannot be narrowed to a time, and counts up to the end of last month: two pages that differ
    by one couple would tell of that couple. Couples who began later, or whose care nobody has had,
    are not in it.

    Raises:
        NotFound: if the actor is no therapist, or there is no such scale to choose.
    """
    _require_therapist(actor, "outcomes")
    as_of = clock.today().replace(day=1) - timedelta(days=1)
    choice = Choice(scale_key)
    chosen = select(Couple.id).where(
        Couple.episode_started_on <= as_of,
        Couple.id.in_(select(Care.couple_id)),
    )
    subject = replace(_subject("of the practice", choice, as_of=as_of), is_practice=True)
    outcomes = _outcomes(Chosen(chosen, as_of), choice, subject)
    audit.note_read(actor, None, "outcomes.practice")
    return outcomes


def note_export(*, actor: Actor, what: str) -> None:
    """Write down that a file with the figures left; ``what`` is ``pdf`` or ``csv``."""
    audit.note_read(actor, None, f"outcomes.{what}")


def _require_therapist(actor: Actor, what: str) -> None:
    if actor.role is not Role.THERAPIST:
        audit.note_refusal(actor, None, what)
        raise NotFound


def _narrowed(chosen: Select[UUID], choice: Choice) -> Select[UUID]:
    if choice.begun_from:
        chosen = chosen.where(Couple.episode_started_on >= choice.begun_from)
    if choice.begun_to:
        chosen = chosen.where(Couple.episode_started_on <= choice.begun_to)
    if choice.ended_only:
        chosen = chosen.where(Couple.episode_ended_on.is_not(None))
    return chosen


def _outcomes(chosen: Chosen, choice: Choice, subject: Subject) -> Outcomes:
    measure, scale = _scale(choice.scale_key)
    criteria = criteria_for(scale)
    assert criteria is not None  # noqa: S101  # a scale without criteria cannot be chosen
    figures = analyse_caseload(
        rows_of(chosen, scale.key),
        criteria,
        of_couple=measure.shareable,
        guarded=subject.is_practice,
    )
    return Outcomes(figures, subject)


def _subject(whose: str, choice: Choice, *, as_of: date) -> Subject:
    measure, scale = _scale(choice.scale_key)
    origin = origin_of(scale)
    assert origin is not None  # noqa: S101  # a scale without criteria cannot be chosen
    return Subject(
        whose=whose,
        scale_title=scale.title,
        scale_range=(scale.low, scale.high),
        notice=measure.notice,
        cut=scale.cut,
        origin=origin,
        as_of=as_of,
        begun_from=choice.begun_from,
        begun_to=choice.begun_to,
        ended_only=choice.ended_only,
        made_on=clock.today(),
        published=used_figures(),
    )


def _scale(key: str) -> tuple[Measure, Scale]:
    """Return a scale that can be chosen, with the measure that is named after it if there is one.

    Raises:
        NotFound: if it cannot be chosen.
    """
    if key not in scales():
        raise NotFound
    found = [
        (measure, scale)
        for measure in all_measures().values()
        for scale in measure.scales
        if scale.key == key
    ]
    return next((one for one in found if one[0].key == key), found[0])
