"""Days and hours at which a mail may come, also where the clocks change."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.safety.contact import Channel, SafeContact, from_json
from practice.domain.safety.mail_times import MailTimes

LONDON = ZoneInfo("Europe/London")
HOUR = st.integers(0, 23).map(time)


@st.composite
def windows(draw):
    days = draw(st.sets(st.integers(0, 6), min_size=1))
    opens, closes = sorted(draw(st.sets(HOUR, min_size=2, max_size=2)))
    return MailTimes(tuple(sorted(days)), opens, closes)


@given(
    windows(),
    st.datetimes(datetime.fromisoformat("2026-03-01"), datetime.fromisoformat("2026-12-01")),
    st.sampled_from(["Europe/London", "America/New_York", "Pacific/Apia"]),
)
def test_the_next_opening_is_open_and_never_earlier(window, moment, zone):
    zone, moment = ZoneInfo(zone), moment.replace(tzinfo=UTC)
    found = window.next_opening(moment, zone)
    assert found >= moment
    assert window.is_open(found.astimezone(zone))
    assert (found == moment) == window.is_open(moment.astimezone(zone))


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2026-11-20T08:59+00:00", "2026-11-20T09:00+00:00"),  # the same morning
        ("2026-11-20T09:00+00:00", "2026-11-20T09:00+00:00"),  # it opens on the minute
        ("2026-11-20T16:59+00:00", "2026-11-20T16:59+00:00"),
        ("2026-11-20T17:00+00:00", "2026-11-23T09:00+00:00"),  # it closes on the minute: Monday
        ("2026-03-28T12:00+00:00", "2026-03-30T08:00+00:00"),  # summer time began on Sunday
        ("2026-10-24T12:00+00:00", "2026-10-26T09:00+00:00"),  # and ended on Sunday
    ],
)
def test_the_window_is_by_the_clock_of_the_practice(now, opening):
    weekdays = MailTimes((0, 1, 2, 3, 4), time(9), time(17))
    found = weekdays.next_opening(datetime.fromisoformat(now), LONDON)
    assert found == datetime.fromisoformat(opening)


def test_a_window_that_the_clocks_skip_opens_a_week_later():
    sundays_at_one = MailTimes((6,), time(1), time(2))
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert sundays_at_one.next_opening(before, LONDON) == datetime(2026, 4, 5, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_open_twice():
    sundays_at_one = MailTimes((6,), time(1), time(2))
    for hour in (0, 1):
        twice = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
        assert sundays_at_one.is_open(twice.astimezone(LONDON))


@pytest.mark.parametrize(
    ("days", "opens", "closes"),
    [((), 9, 17), ((1, 0), 9, 17), ((0, 0), 9, 17), ((7,), 9, 17), ((0,), 9, 9), ((0,), 17, 9)],
)
def test_a_window_that_never_opens_is_refused(days, opens, closes):
    with pytest.raises(ValueError, match="day|close"):
        MailTimes(days, time(opens), time(closes))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((0,), "Monday, 09:00 to 17:00"),
        ((0, 4), "Monday and Friday, 09:00 to 17:00"),
        ((0, 2, 4), "Monday, Wednesday and Friday, 09:00 to 17:00"),
        ((0, 1, 2, 3, 4), "Monday to Friday, 09:00 to 17:00"),
        (tuple(range(7)), "every day, 09:00 to 17:00"),
    ],
)
def test_a_window_in_words(days, words):
    assert MailTimes(days, time(9), time(17)).words == words


def test_what_was_said_before_there_were_times_lets_no_mail_come():
    old = SafeContact({Channel.EMAIL: "ada@example.org"}).as_json()
    del old["mail"]
    assert from_json(old).mail is None
    assert from_json(old).mail_address == ""


def test_a_contact_with_times_comes_back_as_it_was():
    times = MailTimes((0, 6), time(7), time(8), link=True)
    said = SafeContact({Channel.EMAIL: "ada@example.org"}, mail=times)
    assert from_json(said.as_json()) == said
    assert said.mail_address == "ada@example.org"


def test_the_last_day_before_something_on_which_a_mail_may_come():
    fridays = MailTimes((4,), time(9), time(17))
    monday = date(2026, 11, 23)
    assert fridays.last_day_before(monday, at_most=3) == date(2026, 11, 20)
    assert fridays.last_day_before(monday, at_most=2) is None
