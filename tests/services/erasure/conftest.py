"""Whom an erasure is about."""

import pytest


@pytest.fixture
def cast(inside):
    return inside
