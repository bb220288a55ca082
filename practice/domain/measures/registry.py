"""Finds the questionnaires: every module in ``catalogue`` is one, and nothing is registered."""

import importlib
import pkgutil
from functools import cache
from types import MappingProxyType, ModuleType

from practice.domain.measures import catalogue
from practice.domain.measures.definition import Measure, Scale


@cache
def _found() -> MappingProxyType[str, Measure]:
    return MappingProxyType(find_measures(catalogue))


def all_measures() -> dict[str, Measure]:
    """Return every measure by key, in alphabetical order of the keys; a fresh dictionary."""
    return dict(_found())


def get_measure(key: str) -> Measure:
    """Return one measure.

    Raises:
        KeyError: if there is no measure with this key.
    """
    return _found()[key]


def find_measures(package: ModuleType) -> dict[str, Measure]:
    """Load every module of ``package`` and return its ``MEASURE`` by key, ordered by key.

    Raises:
        ValueError: if a module has no ``MEASURE`` or its key is not the module's name, or if two
            measures give one scale key two meanings (scores are compared by scale key).
    """
    measures: dict[str, Measure] = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        measures[name] = _load(package.__name__, name)
    _require_one_meaning_per_scale(measures)
    return measures


def _load(package_name: str, name: str) -> Measure:
    module = importlib.import_module(f"{package_name}.{name}")
    measure = getattr(module, "MEASURE", None)
    if not isinstance(measure, Measure):
        raise ValueError(f"{module.__name__}: there is no MEASURE")
    if measure.key != name:
        raise ValueError(f"{module.__name__}: the key is {measure.key!r}, not the file's name")
    return measure


def _require_one_meaning_per_scale(measures: dict[str, Measure]) -> None:
    meanings: dict[str, Scale] = {}
    for measure in measures.values():
        for scale in measure.scales:
            if meanings.setdefault(scale.key, scale) != scale:
                raise ValueError(f"{measure.key}: scale {scale.key} means something else elsewhere")
