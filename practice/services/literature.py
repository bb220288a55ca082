"""Published figures as the practice uses them: what Dyad was not sure of may be put right."""

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from practice.domain.literature import (
    PUBLISHED_FIGURES,
    Correction,
    PublishedFigure,
    corrected,
    correction_problems,
)
from practice.domain.people import Actor
from practice.domain.texts import tidy
from practice.services import audit
from practice.services.errors import Invalid, NotFound
from practice.services.practice_settings import history, put, require_staff, values_under

log = logging.getLogger(__name__)

PREFIX = "literature:"


@dataclass(frozen=True, slots=True)
class Shelved:
    """One published figure with what the practice made of it."""

    shipped: PublishedFigure
    used: PublishedFigure | None
    """None where the practice hides it."""

    correction: Correction | None
    """None where it is used as it ships."""


@dataclass(frozen=True, slots=True)
class PastCorrection:
    """A correction as it was set; None went back to what ships."""

    correction: Correction | None
    set_by: str
    set_at: datetime


def used_figures() -> tuple[PublishedFigure, ...]:
    """Return the figures to print, in order: corrected ones with their mark, no hidden ones."""
    return tuple(one.used for one in _shelf() if one.used is not None)


def shelf(*, actor: Actor) -> tuple[Shelved, ...]:
    """Return every published figure, hidden ones too.

    Raises:
        NotFound: if ``actor`` does not work in the practice.
    """
    require_staff(actor)
    audit.note_read(actor, None, "settings.literature")
    return tuple(_shelf())


def shelved(*, actor: Actor, key: str) -> tuple[Shelved, tuple[PastCorrection, ...]]:
    """Return one figure that may be put right, with its history, newest first.

    Raises:
        NotFound: as ``shelf``, or if there is no such figure, or it was read in its source.
    """
    require_staff(actor)
    _editable(key)
    found = next(one for one in _shelf() if one.shipped.key == key)
    past = tuple(
        PastCorrection(_read(key, entry.value), entry.set_by, entry.set_at)
        for entry in history(PREFIX + key)
    )
    return found, past


def correct(*, actor: Actor, key: str, correction: Correction | None) -> None:
    """Put a figure right, hide it, or with None go back to what ships.

    Raises:
        NotFound: as ``shelved``.
        Invalid: naming ``source``, ``figure``, ``meaning`` or ``sample``.
    """
    require_staff(actor)
    _editable(key)
    value = None
    if correction is not None:
        clean = Correction(
            source=tidy(correction.source),
            hidden=correction.hidden,
            figure=tidy(correction.figure),
            meaning=tidy(correction.meaning),
            sample=tidy(correction.sample),
        )
        problems = correction_problems(clean)
        if problems:
            raise Invalid(problems)
        value = json.dumps(asdict(clean), ensure_ascii=False, sort_keys=True)
    put(actor=actor, key=PREFIX + key, value=value, what="settings.literature")


def _editable(key: str) -> PublishedFigure:
    for figure in PUBLISHED_FIGURES:
        if figure.key == key and figure.is_editable:
            return figure
    raise NotFound


def _shelf() -> Iterator[Shelved]:
    said = values_under(PREFIX)
    for figure in PUBLISHED_FIGURES:
        correction = _read(figure.key, said.get(PREFIX + figure.key))
        if correction is None or not figure.is_editable:
            yield Shelved(figure, figure, None)
        else:
            yield Shelved(figure, corrected(figure, correction), correction)


def _read(key: str, value: str | None) -> Correction | None:
    if value is None:
        return None
    try:
        correction = Correction(**json.loads(value))
        if correction_problems(correction):
            raise ValueError("cannot be used")
    except (TypeError, ValueError, AttributeError):
        # A figure that cannot be read is printed as it ships; the row stays in the history.
        log.warning("left out: the correction of %s cannot be read", key)
        return None
    return correction
