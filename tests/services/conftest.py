"""What several tests of services begin with."""

import pytest
import time_machine

from tests.schedules import begin_care


@pytest.fixture
def now():
    with time_machine.travel("2026-11-20 12:00 +0000", tick=False) as traveller:
        yield traveller


@pytest.fixture
def couple(inside, now):
    """Ada and Ben on their first day of care, with the shipped battery."""
    begin_care(inside)
    return inside
