"""The axis of time, places apart from each other, and text that has to fit."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.reports.chart_axis import TimeScale, day_ticks, spread
from practice.reports.text_width import fit, text_width
from tests.reports.chart_cases import START


@pytest.mark.parametrize(
    ("span", "first_label"),
    [(0, "5 Mar"), (6, "5 Mar"), (40, "9 Mar"), (270, "Apr"), (1500, "Jul"), (9000, "2030")],
)
def test_days_are_marked_in_a_step_that_suits_the_span(span: int, first_label: str) -> None:
    scale = TimeScale(START, START + timedelta(days=span), 60, 560)
    ticks = day_ticks(scale, 13, 640)
    assert ticks[0].text == first_label
    assert 1 <= len(ticks) <= 10


@given(st.lists(st.floats(0, 100), min_size=1, max_size=6))
def test_spread_keeps_order_and_distance_within_bounds(wanted: list[float]) -> None:
    places = spread(wanted, 10, 0, 100)
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    sorted_places = [places[index] for index in order]
    gaps = zip(sorted_places, sorted_places[1:], strict=False)
    assert all(after - before >= 10 - 1e-9 for before, after in gaps)
    assert min(places) >= -1e-9
    assert max(places) <= 100 + 1e-9


def test_places_far_enough_apart_are_left_alone() -> None:
    assert spread([50, 10, 80], 10, 0, 100) == (50, 10, 80)


@given(st.text(min_size=1, max_size=80), st.floats(20, 200))
def test_shortened_text_fits(text: str, limit: float) -> None:
    short = fit(text, 13, limit)
    assert text_width(short, 13) <= limit or len(short) <= 2
