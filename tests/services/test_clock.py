"""Days and times of the practice as moments, also where its clocks jump."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from practice.services import clock
from practice.services.errors import Invalid


@pytest.fixture
def in_cairo(monkeypatch):
    """Where the clocks go forward at midnight, so that a day begins at one."""
    monkeypatch.setattr(clock, "zone", lambda: ZoneInfo("Africa/Cairo"))


def test_a_day_without_a_midnight_begins_at_its_first_moment(in_cairo):
    beginning = clock.beginning_of(date(2026, 4, 24))
    assert beginning == datetime(2026, 4, 23, 22, tzinfo=UTC)
    assert clock.local(beginning).time() == time(1)
    assert clock.local(beginning).date() == date(2026, 4, 24)


def test_a_time_that_the_clocks_skip_is_refused(in_cairo):
    with pytest.raises(Invalid, match="go forward over 00:30"):
        clock.moment_of(date(2026, 4, 24), time(0, 30))
    assert clock.moment_of(date(2026, 4, 24), time(1)) == clock.beginning_of(date(2026, 4, 24))
