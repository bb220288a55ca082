"""Charts: what is drawn, and that nothing in it ever collides."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice.reports.chart_drawing import Box, Drawing
from practice.reports.chart_layout import NARROW, WIDE
from practice.reports.charts import ChartSeries, ChartSpec, Week, build
from tests.reports.chart_cases import START, assert_labels_are_clear, days, drawings, spec, strokes


def assert_all_is_inside(drawing: Drawing) -> None:
    for line in drawing.lines:
        for x, y in line.points:
            assert drawing.plot.holds(Box(x, y, x, y))
    for x1, y1, x2, y2 in strokes(drawing):
        assert drawing.frame.holds(Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))


names = st.text(
    alphabet=st.characters(codec="utf-8", categories=("L", "M", "Zs", "Pd")),
    min_size=1,
    max_size=60,
)
some_day = st.integers(0, 1500).map(lambda number: START + timedelta(days=number))
scores = st.none() | st.integers(0, 162).map(lambda half: half / 2)
weeks = st.builds(
    lambda first, due, short: Week(first, max(0, due - short), due),
    some_day,
    st.integers(1, 7),
    st.integers(0, 7),
)


@st.composite
def specs(draw: st.DrawFn) -> ChartSpec:
    count = draw(st.integers(1, 4))
    bands = st.none() | st.tuples(st.floats(-20, 40), st.floats(41, 99))
    series = tuple(
        ChartSeries(
            draw(names),
            position,
            tuple(draw(st.lists(st.tuples(some_day, scores), max_size=60))),
            draw(bands),
            starts=tuple(draw(st.lists(some_day, max_size=2))),
            notes=tuple(draw(st.lists(st.tuples(some_day, names), max_size=3))),
            homework=tuple(draw(st.lists(weeks, max_size=30))),
        )
        for position in range(1, count + 1)
    )
    return spec(
        *series,
        cut=draw(st.none() | st.floats(0, 81)),
        cut_label=draw(st.sampled_from(["cut", "published cut score for distress"])),
        higher_is_better=draw(st.booleans()),
        sessions=tuple(draw(st.lists(some_day, max_size=60))),
        alone=tuple(draw(st.lists(some_day, max_size=10))),
        shows_distance=draw(st.booleans()),
        events=tuple(draw(st.lists(st.tuples(some_day, names), max_size=6))),
    )


@settings(max_examples=300, deadline=None)
@given(specs())
def test_no_label_touches_a_line_a_sign_or_another_label(case: ChartSpec) -> None:
    chart = build(case)
    if case.has_scores():
        for drawing in drawings(chart):
            assert_labels_are_clear(drawing)
            assert_all_is_inside(drawing)
    else:
        assert chart.wide is None
        assert chart.narrow is None


@settings(max_examples=60, deadline=None)
@given(specs())
def test_every_score_is_in_the_table_and_on_one_line(case: ChartSpec) -> None:
    chart = build(case)
    people = slice(1, 1 + len(case.series))
    cells = [cell for row in chart.rows for cell in row[people] if cell[:1].isdigit()]
    expected = sum(len(series.answered()) for series in case.series)
    assert len(cells) == expected
    assert all(len(row) == len(chart.header) for row in chart.rows)
    if chart.wide:
        assert sum(len(line.points) for line in chart.wide.lines) == expected


@pytest.mark.parametrize("count", [1, 3, 12, 60])
@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_few_and_many_scores_of_few_and_many_people_find_room(count: int, people: int) -> None:
    series = (
        ChartSeries(f"Person {place}", place, days(*[40.0 + place] * count))
        for place in range(1, people + 1)
    )
    for drawing in drawings(build(spec(*series))):
        assert_labels_are_clear(drawing)
        assert_all_is_inside(drawing)


def test_a_missing_answer_is_a_gap() -> None:
    chart = build(spec(ChartSeries("Ada", 1, days(34, 36, None, 50, 58))))
    for drawing in drawings(chart):
        assert [len(line.points) for line in drawing.lines] == [2, 2]
        assert {mark.position for mark in drawing.marks} == {1}
    assert chart.rows[2][1] == "no answer"


def test_missing_answers_at_the_ends_leave_no_line_without_a_score() -> None:
    chart = build(spec(ChartSeries("Ada", 1, days(None, 36, None, None, 58, None))))
    for drawing in drawings(chart):
        assert [len(line.points) for line in drawing.lines] == [1, 1]


def test_higher_scores_stand_higher_and_later_days_further_right() -> None:
    for drawing in drawings(build(spec(ChartSeries("Ada", 1, days(34, 58))))):
        (x1, y1), (x2, y2) = drawing.lines[0].points
        assert x1 < x2
        assert y1 > y2


def test_points_given_out_of_order_are_drawn_by_day() -> None:
    late_first = tuple(reversed(days(34, 40, 58)))
    chart = build(spec(ChartSeries("Ada", 1, late_first)))
    assert chart.words[0].startswith("Ada rose by 24 points, from 34 to 58")
    for drawing in drawings(chart):
        xs = [x for x, _ in drawing.lines[0].points]
        assert xs == sorted(xs)


def test_two_scores_of_one_day_are_both_kept() -> None:
    chart = build(spec(ChartSeries("Ada", 1, ((START, 34.0), (START, 40.0)))))
    assert [row[1] for row in chart.rows] == ["34", "40"]


def test_equal_scores_keep_every_name_in_the_couples_order() -> None:
    chart = build(spec(*(ChartSeries(name, n, days(50, 50)) for n, name in enumerate("ABC", 1))))
    for drawing in drawings(chart):
        ends = [label for label in drawing.labels if label.text.endswith(" 50")]
        assert [label.text for label in sorted(ends, key=lambda label: label.y)] == [
            "A 50",
            "B 50",
            "C 50",
        ]


def test_a_line_that_stopped_early_says_when() -> None:
    chart = build(spec(ChartSeries("Ada", 1, days(34, 40, 58)), ChartSeries("Ben", 2, days(41))))
    wide, narrow = drawings(chart)
    assert "Ben 41, 5 Mar" in [label.text for label in wide.labels]
    assert "Ben 41" in [label.text for label in narrow.labels]


def test_a_band_is_cut_off_at_the_ends_of_the_scale() -> None:
    series = ChartSeries("Ada", 1, days(78, 80), band=(71, 85))
    for drawing in drawings(build(spec(series))):
        assert drawing.bands[0].area.top == pytest.approx(drawing.plot.top)
        assert drawing.better is None


def test_the_better_side_is_shaded_below_the_cut_where_low_is_good() -> None:
    series = ChartSeries("Ada", 1, days(18, 8))
    chart = build(spec(series, high=27, cut=9.5, higher_is_better=False))
    for drawing in drawings(chart):
        assert drawing.better is not None
        assert drawing.better.bottom == pytest.approx(drawing.plot.bottom)
    assert chart.key == ("Shaded: the better side, below the cut",)


def test_people_differ_without_colour() -> None:
    series = [ChartSeries(name, n, days(10 * n, 11 * n)) for n, name in enumerate("ABCD", 1)]
    wide, _ = drawings(build(spec(*series)))
    assert len({line.dash for line in wide.lines}) == 4
    assert {mark.position: mark.hollow for mark in wide.marks} == {
        1: False,
        2: True,
        3: False,
        4: True,
    }


def test_the_two_shapes_differ_in_width_and_not_in_size_of_type() -> None:
    assert NARROW.width < WIDE.width / 2
    assert NARROW.size == WIDE.size


def test_the_cut_score_is_named_in_full_or_in_one_word() -> None:
    people = [ChartSeries("Ada", 1, days(34, 58))]
    chart = build(spec(*people, cut=47.31, cut_label="cut score"))
    wide, narrow = ([label.text for label in one.labels] for one in drawings(chart))
    assert "cut score 47.31" in wide
    assert "cut 47.31" in narrow, "where there is no room, and never half a word"
