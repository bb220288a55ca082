"""Every measure this practice knows: those Dyad ships, with the practice's own figures.

Services and pages ask here, never the catalogue: a figure the practice corrected, or a measure of
its own, is then seen by everything at once.
"""

from practice.domain.measures import registry
from practice.domain.measures.definition import Measure, Scale


def all_measures() -> dict[str, Measure]:
    """Return every measure by key, retired ones too: their answers keep their meaning."""
    return registry.all_measures()


def get_measure(key: str) -> Measure:
    """Return one measure.

    Raises:
        KeyError: if there is no measure with this key.
    """
    return all_measures()[key]


def all_scales() -> dict[str, Scale]:
    """Return every scale by key, in the order of the measures."""
    return {scale.key: scale for measure in all_measures().values() for scale in measure.scales}
