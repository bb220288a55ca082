"""A case of release in the record of Ada and Ben."""

import pytest

from tests.worlds.releases import open_case


@pytest.fixture
def cast(inside):
    return inside


@pytest.fixture
def case(cast):
    return open_case(cast)
