"""Every measure this practice knows: those Dyad ships, its own, and the figures it corrected.

Services and pages ask here, never the catalogue: a figure the practice corrected, or a measure of
its own, is then seen by everything at once. What is stored and cannot be read is left out with a
line in the log; ``flask measures verify`` refuses it loudly.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Executable,
    Float,
    Integer,
    String,
    Text,
    cast,
    false,
    literal,
    null,
    select,
    union_all,
)

from practice.db import db
from practice.domain.measures import registry
from practice.domain.measures.definition import Measure, Scale
from practice.domain.measures.figures import Figures, with_figures
from practice.domain.measures.own import OwnDefinition, key_of, measure_from
from practice.domain.measures.own_storage import read, with_words
from practice.models.settings import PracticeMeasure, PracticeSetting, ScaleFigures
from practice.services import clock

log = logging.getLogger(__name__)

WORDS_KEY = "measure_words:"
"""Before the key of a measure of the practice's own: its mended title, purpose, source."""

_KEPT = "practice.measures"


@dataclass(frozen=True, slots=True)
class Library:
    """All measures as they are at present."""

    measures: dict[str, Measure]
    """As the practice uses them, in order of the keys; retired ones too."""

    unchanged: dict[str, Scale]
    """Scales without the practice's figures."""

    figures: dict[str, Figures]
    """The practice's figures that are in use, by scale."""

    definitions: dict[str, OwnDefinition]
    """Of the practice's own measures, by key."""

    offered: frozenset[str]
    """Keys of what can be given now: not retired, no earlier version."""

    damaged: dict[str, str]
    """What is stored and cannot be used, with the reason, by its key."""


def all_measures() -> dict[str, Measure]:
    """Return every measure by key, retired ones too: their answers keep their meaning."""
    return dict(library().measures)


def get_measure(key: str) -> Measure:
    """Return one measure.

    Raises:
        KeyError: if there is no measure with this key.
    """
    return library().measures[key]


def all_scales() -> dict[str, Scale]:
    """Return every scale by key, in the order of the measures."""
    return {scale.key: scale for measure in library().measures.values() for scale in measure.scales}


def offered_measures() -> dict[str, Measure]:
    """Return what can be asked or entered now: no retired measure, no earlier version of one."""
    found = library()
    return {key: measure for key, measure in found.measures.items() if key in found.offered}


def families() -> dict[str, tuple[Measure, ...]]:
    """Return the versions of every measure by its family, the oldest first.

    Scores of two versions are never one line; a picture may show them beside each other.
    """
    found: dict[str, list[Measure]] = {}
    for measure in library().measures.values():
        found.setdefault(measure.family_key, []).append(measure)
    return {
        family: tuple(sorted(versions, key=lambda measure: measure.version))
        for family, versions in found.items()
    }


def newest_of(key: str) -> Measure:
    """Return the newest version of the family that ``key`` belongs to.

    Raises:
        KeyError: if there is no measure with this key.
    """
    return families()[get_measure(key).family_key][-1]


def library() -> Library:
    """Return all there is, read once for a transaction: within one it changes by ``forget``."""
    transaction = db.session().get_transaction()
    kept = db.session.info.get(_KEPT)
    if kept is not None and transaction is not None and kept[0] is transaction:
        found: Library = kept[1]
        return found
    read_now = _read()
    db.session.info[_KEPT] = (db.session().get_transaction(), read_now)
    return read_now


def forget() -> None:
    """Let the next look see what was changed in this transaction."""
    db.session.info.pop(_KEPT, None)


@dataclass(slots=True)
class _Stored:
    """What the database holds, oldest first."""

    own: list["_OwnRow"] = field(default_factory=list)
    words: dict[str, str | None] = field(default_factory=dict)
    figures: dict[str, Figures] = field(default_factory=dict)


def _read() -> Library:
    rows = _stored()
    own, figures = rows.own, rows.figures
    damaged: dict[str, str] = {}
    definitions = dict(_definitions(own, rows.words, damaged))
    shipped = registry.all_measures()
    measures = dict(shipped)
    for row in own:
        if row.key in definitions and row.key not in shipped:
            measures[row.key] = measure_from(
                definitions[row.key], family=row.family, version=row.version
            )
    unchanged = {scale.key: scale for one in measures.values() for scale in one.scales}
    used = dict(_used(unchanged, figures, damaged))
    for what, why in damaged.items():
        log.warning("left out: %s: %s", what, why)
    return Library(
        measures={key: _with(measures[key], used) for key in sorted(measures)},
        unchanged=unchanged,
        figures={key: value for key, value in figures.items() if key in used},
        definitions=definitions,
        offered=frozenset({*shipped, *_newest(own)} & measures.keys()),
        damaged=damaged,
    )


def figures_of(row: ScaleFigures) -> Figures:
    """Return what one row says."""
    return _figures(row, row.source, row.set_at)


def _figures(row: Any, source: str, moment: datetime) -> Figures:
    return Figures(
        cut=row.cut,
        sd=row.sd,
        reliability=row.reliability,
        points=row.points,
        at_least=row.at_least,
        source=source,
        entered_on=clock.local(moment).date(),
    )


@dataclass(frozen=True, slots=True)
class _OwnRow:
    key: str
    family: str
    version: int
    definition: str
    is_retired: bool


_OWN, _WORDS, _FIGURES = "own", "words", "figures"


def _stored() -> _Stored:
    """Return all that the practice added, in one statement: nearly every page pays for it."""
    found = _Stored()
    for row in db.session.execute(_everything()):
        if row.kind == _OWN:
            found.own.append(
                _OwnRow(row.key, row.family, row.version, row.document, row.moment is not None)
            )
        elif row.kind == _WORDS:
            found.words[row.key.removeprefix(WORDS_KEY)] = row.document
        else:
            found.figures[row.key] = _figures(row, row.document, row.moment)
    return found


def _everything() -> Executable:
    nothing: list[Any] = [
        cast(null(), Float).label(name) for name in ("cut", "sd", "reliability", "points")
    ]
    no_family: list[Any] = [
        cast(null(), String).label("family"),
        cast(null(), Integer).label("version"),
    ]
    own = select(
        literal(_OWN).label("kind"),
        PracticeMeasure.key.label("key"),
        # As text: a column that holds no JSON any more must not take every other measure with it.
        cast(PracticeMeasure.definition, Text).label("document"),
        PracticeMeasure.family.label("family"),
        PracticeMeasure.version.label("version"),
        *nothing,
        false().label("at_least"),
        PracticeMeasure.retired_at.label("moment"),
        PracticeMeasure.created_at.label("since"),
        PracticeMeasure.id.label("id"),
    )
    words = select(
        literal(_WORDS),
        PracticeSetting.key,
        PracticeSetting.value,
        *no_family,
        *nothing,
        false(),
        PracticeSetting.set_at,
        PracticeSetting.set_at,
        PracticeSetting.id,
    ).where(PracticeSetting.key.startswith(WORDS_KEY, autoescape=True))
    figures = select(
        literal(_FIGURES),
        ScaleFigures.scale_key,
        ScaleFigures.source,
        *no_family,
        ScaleFigures.cut,
        ScaleFigures.sd,
        ScaleFigures.reliability,
        ScaleFigures.points,
        ScaleFigures.at_least,
        ScaleFigures.set_at,
        ScaleFigures.set_at,
        ScaleFigures.id,
    )
    together = union_all(own, words, figures).subquery()
    # Versions in their order; of settings and figures the newest comes last.
    return select(together).order_by(together.c.version, together.c.since, together.c.id)


def _definitions(
    rows: list[_OwnRow], words: Mapping[str, str | None], damaged: dict[str, str]
) -> Iterator[tuple[str, OwnDefinition]]:
    for row in rows:
        try:
            found = _definition(row, words.get(row.key))
            measure_from(found, family=row.family, version=row.version)
        except ValueError as error:
            damaged[row.key] = str(error)
        else:
            yield row.key, found


def _definition(row: _OwnRow, words: str | None) -> OwnDefinition:
    if row.key != key_of(row.family, row.version):
        raise ValueError(f"the key does not fit family {row.family} and version {row.version}")
    found = read(json.loads(row.definition))
    return found if words is None else with_words(found, json.loads(words))


def _used(
    scales: Mapping[str, Scale], figures: Mapping[str, Figures], damaged: dict[str, str]
) -> Iterator[tuple[str, Scale]]:
    for key, own in figures.items():
        if own.is_empty or key not in scales:
            continue
        try:
            yield key, with_figures(scales[key], own)
        except ValueError as error:
            damaged[f"figures of {key}"] = str(error)


def _with(measure: Measure, used: Mapping[str, Scale]) -> Measure:
    if not any(scale.key in used for scale in measure.scales):
        return measure
    return replace(measure, scales=tuple(used.get(scale.key, scale) for scale in measure.scales))


def _newest(rows: list[_OwnRow]) -> Iterator[str]:
    """Yield the newest version of every family, unless it is retired; rows stand in order."""
    last = {row.family: row for row in rows}
    for row in last.values():
        if not row.is_retired:
            yield row.key
