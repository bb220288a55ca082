"""On which engines a test of the database runs (decision 0031)."""

import pytest

ENGINES = ("sqlite", "postgresql")

one_engine = pytest.mark.engines("sqlite")
both_engines = pytest.mark.engines(*ENGINES)
"""For pages where the engine itself is asked: at once, in which order, how many rows it lets go."""


def engines_of(test: pytest.Item, *, every: bool) -> tuple[str, ...]:
    """Return the engines ``test`` runs on: its own mark, else one for pages and both for the rest.

    Args:
        test: A test that asks for the application.
        every: Whether somebody wishes to see all of them on both.
    """
    if every:
        return ENGINES
    if mark := test.get_closest_marker("engines"):
        return mark.args
    return one_engine.args if "web" in test.path.parts else ENGINES
