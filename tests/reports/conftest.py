"""Tests of the typesetting typeset every time."""

import pytest


@pytest.fixture(autouse=True)
def typeset_once() -> None:
    """Put nothing between a test and the renderer."""
