"""Charts: what they say, and that nothing in them ever collides."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice.reports.chart_axis import TimeScale, day_ticks, spread
from practice.reports.chart_drawing import Box, Drawing, Mark
from practice.reports.chart_layout import NARROW, WIDE
from practice.reports.charts import Chart, ChartSeries, ChartSpec, Week, build
from practice.reports.text_width import fit, text_width

START = date(2026, 3, 5)


def days(*scores: float | None, apart: int = 21) -> tuple[tuple[date, float | None], ...]:
    return tuple(
        (START + timedelta(days=apart * number), score) for number, score in enumerate(scores)
    )


def spec(*series: ChartSeries, **changes: object) -> ChartSpec:
    facts: dict[str, object] = {
        "title": "Satisfaction",
        "scale_title": "CSI-16, 0 to 81",
        "low": 0,
        "high": 81,
        "higher_is_better": True,
        "cut": 51.5,
        "series": series,
    }
    return ChartSpec(**{**facts, **changes})  # type: ignore[arg-type]


def drawings(chart: Chart) -> tuple[Drawing, Drawing]:
    assert chart.wide is not None
    assert chart.narrow is not None
    return chart.wide, chart.narrow


def strokes(drawing: Drawing) -> Iterator[tuple[float, float, float, float]]:
    """Give every straight stroke of a drawing as x1, y1, x2, y2."""
    plot = drawing.plot
    yield plot.left, plot.top, plot.left, plot.bottom
    yield plot.left, plot.bottom, plot.right, plot.bottom
    singles = (
        *drawing.ticks,
        *drawing.events,
        *drawing.breaks,
        *drawing.sessions,
        *drawing.leaders,
    )
    for segment in singles + ((drawing.cut,) if drawing.cut else ()):
        yield segment.x1, segment.y1, segment.x2, segment.y2
    for line in drawing.lines:
        for (x1, y1), (x2, y2) in zip(line.points, line.points[1:], strict=False):
            yield x1, y1, x2, y2
    for band in drawing.bands:
        area = band.area
        yield area.left, area.top, area.left, area.bottom
    for row in drawing.homework:
        for box in (*row.due, *row.done):
            yield box.left, box.top, box.right, box.top
            yield box.left, box.bottom, box.right, box.bottom
            yield box.left, box.top, box.left, box.bottom


def crosses(box: Box, stroke: tuple[float, float, float, float]) -> bool:
    """Say whether a stroke runs through the inside of a box (Liang and Barsky's clipping)."""
    x1, y1, x2, y2 = stroke
    enter, leave = 0.0, 1.0
    edges = (
        (x1 - x2, x1 - box.left),
        (x2 - x1, box.right - x1),
        (y1 - y2, y1 - box.top),
        (y2 - y1, box.bottom - y1),
    )
    for direction, distance in edges:
        if direction == 0:
            if distance <= 0:
                return False
        elif direction < 0:
            enter = max(enter, distance / direction)
        else:
            leave = min(leave, distance / direction)
    return enter < leave


def around(mark: Mark) -> Box:
    reach = mark.radius * 1.3
    return Box(mark.x - reach, mark.y - reach, mark.x + reach, mark.y + reach)


def assert_labels_are_clear(drawing: Drawing) -> None:
    boxes = [(label.text, label.box) for label in drawing.labels]
    for (text, box), (other_text, other) in combinations(boxes, 2):
        assert not box.overlaps(other), (text, other_text)
    for text, box in boxes:
        assert drawing.frame.holds(box), (text, box)
        for stroke in strokes(drawing):
            assert not crosses(box, stroke), (text, stroke)
        for mark in drawing.marks:
            assert not box.overlaps(around(mark)), (text, mark)


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


def test_words_say_who_moved_by_how_much_and_whether_the_cut_was_crossed() -> None:
    chart = build(
        spec(
            ChartSeries("Ada", 1, days(34, 40, 58)),
            ChartSeries("Ben", 2, days(41, None, 49)),
            ChartSeries("Cy", 3, days(60, 58, 59)),
            ChartSeries("Dee", 4, days(50, 40, 50)),
        )
    )
    assert chart.words == (
        "Ada rose by 24 points, from 34 to 58, and crossed the cut of 51.5.",
        "Ben rose by 8 points, from 41 to 49; both lie below the cut of 51.5. "
        "One answer is missing.",
        "Cy fell by 1 point, from 60 to 59; both lie above the cut of 51.5.",
        "Dee is at 50, as at the start, below the cut of 51.5.",
    )
    assert chart.description == " ".join(chart.words)


def test_words_for_a_score_exactly_at_the_cut() -> None:
    chart = build(spec(ChartSeries("Ada", 1, days(34, 50)), cut=50))
    assert chart.words == ("Ada rose by 16 points, from 34 to 50, and is now at the cut of 50.",)


def test_words_for_one_score_and_for_none() -> None:
    chart = build(
        spec(ChartSeries("Ada", 1, days(34)), ChartSeries("Ben", 2, days(None, None)), cut=None)
    )
    assert chart.words == (
        "Ada has one score so far: 34.",
        "Ben has no score yet. Two answers are missing.",
    )


def test_a_chart_without_any_score_has_words_and_table_but_no_picture() -> None:
    chart = build(spec(ChartSeries("Ada", 1, days(None))))
    assert (chart.wide, chart.narrow) == (None, None)
    assert chart.words == ("Ada has no score yet. One answer is missing.",)
    assert chart.rows == (("5 March 2026", "no answer"),)


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


def test_what_happened_is_always_told_with_its_day() -> None:
    chart = build(
        spec(ChartSeries("Ada", 1, days(34, 58)), events=((date(2026, 3, 9), "moved out"),))
    )
    assert chart.key[0] == "9 March 2026: moved out"
    wide, narrow = drawings(chart)
    assert "moved out" in [label.text for label in wide.labels]
    assert "moved out" not in [label.text for label in narrow.labels]
    assert len(narrow.events) == 1


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


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"low": 81}, "a scale cannot run from 81 to 81"),
        ({"cut": 90}, "cut: 90 lies outside 0 to 81"),
        ({"high": 40, "cut": None}, "Ada, 2026-03-26: 58 lies outside 0 to 40"),
        ({"series": (ChartSeries("A", 1, ()), ChartSeries("B", 1, ()))}, "different"),
        ({"series": (ChartSeries("A", 5, ()),)}, "between 1 and 4"),
        ({"series": (ChartSeries("A", 1, (), band=(9, 2)),)}, "from low to high"),
        ({"series": (ChartSeries("A", 1, days(float("nan"))),)}, "nan lies outside"),
    ],
)
def test_impossible_figures_are_refused_by_name(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        spec(**{"series": (ChartSeries("Ada", 1, days(34, 58)),), **changes})  # type: ignore[arg-type]


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


def test_the_two_shapes_differ_in_width_and_not_in_size_of_type() -> None:
    assert NARROW.width < WIDE.width / 2
    assert NARROW.size == WIDE.size


def test_a_new_wording_breaks_the_line_and_nothing_is_compared_across_it() -> None:
    new = START + timedelta(days=50)
    ada = ChartSeries("Ada", 1, days(34, 36, 38, 60, 62), band=(53, 67), starts=(new,))
    chart = build(spec(ada))
    assert chart.words == (
        "Since the new wording: Ada rose by 2 points, from 60 to 62; both lie above the cut "
        "of 51.5.",
    )
    assert "24 April 2026: new wording" in chart.key
    for drawing in drawings(chart):
        assert [len(line.points) for line in drawing.lines] == [3, 2]
        (rule,) = drawing.breaks
        assert drawing.lines[0].points[-1][0] < rule.x1 < drawing.lines[1].points[0][0]
        assert drawing.bands[0].area.left == pytest.approx(drawing.lines[1].points[0][0])
    assert ("24 April 2026", "–", "new wording") in chart.rows


def test_a_new_wording_of_one_person_alone_names_them() -> None:
    one, other = START + timedelta(days=10), START + timedelta(days=12)
    chart = build(
        spec(
            ChartSeries("Ada", 1, days(34, 36), starts=(one,)),
            ChartSeries("Ben", 2, days(34, 36), starts=(other,)),
        )
    )
    assert chart.key[:2] == (
        "15 March 2026: new wording, Ada",
        "17 March 2026: new wording, Ben",
    )


def pair(**changes: object) -> ChartSpec:
    return spec(
        ChartSeries("Ada", 1, days(34, 40, 58)),
        ChartSeries("Ben", 2, days(46, 44, 50)),
        shows_distance=True,
        **changes,
    )


def test_the_distance_between_two_people_is_said_drawn_and_in_the_table() -> None:
    chart = build(pair())
    assert (
        chart.distance == "Between Ada and Ben: 12 points at first, 8 points at the latest scores."
    )
    assert chart.description.endswith(chart.distance)
    assert chart.header == ("Date", "Ada", "Ben", "Apart")
    assert [row[3] for row in chart.rows] == ["12", "4", "8"]
    for drawing in drawings(chart):
        (area,) = drawing.distance
        corners = area.strip("MZ").split("L")
        assert len(corners) == 6
        assert len(set(corners)) == 6


def test_no_distance_without_leave_nor_of_one_nor_of_three() -> None:
    everybody = [ChartSeries(name, n, days(30 + n, 40)) for n, name in enumerate("ABC", 1)]
    for case in (
        spec(*everybody[:2]),
        spec(everybody[0], shows_distance=True),
        spec(*everybody, shows_distance=True),
        spec(everybody[0], ChartSeries("Ben", 2, days(None)), shows_distance=True),
    ):
        chart = build(case)
        assert chart.distance == ""
        assert "Apart" not in chart.header
        assert all(drawing.distance == () for drawing in drawings(chart))


def test_there_is_no_distance_over_days_on_which_one_of_them_is_missing() -> None:
    ada = ChartSeries("Ada", 1, days(34, 36, None, 50, 58))
    ben = ChartSeries("Ben", 2, days(40, 40, 40, 40, 40))
    for drawing in drawings(build(spec(ada, ben, shows_distance=True))):
        assert len(drawing.distance) == 2


def test_the_distance_is_drawn_over_the_days_of_both_when_they_answer_on_different_ones() -> None:
    ada = ChartSeries("Ada", 1, ((START, 10.0), (START + timedelta(days=20), 30.0)))
    ben = ChartSeries("Ben", 2, ((START + timedelta(days=10), 40.0), (START + timedelta(30), 60.0)))
    for drawing in drawings(build(spec(ada, ben, shows_distance=True))):
        (area,) = drawing.distance
        corners = [tuple(map(float, one.split())) for one in area.strip("MZ").split("L")]
        (x1, y1), (x2, _) = drawing.lines[0].points
        assert corners[0] == pytest.approx(
            ((x1 + x2) / 2, (y1 + drawing.lines[0].points[1][1]) / 2), abs=0.1
        )
        assert {x for x, _ in corners} == {corners[0][0], corners[1][0]}


def test_scores_under_two_wordings_lie_no_distance_apart() -> None:
    ada = ChartSeries("Ada", 1, days(34, 36, 38), starts=(START + timedelta(days=1),))
    chart = build(spec(ada, ChartSeries("Ben", 2, days(40, 42, 44)), shows_distance=True))
    assert chart.distance == ""
    assert [row[3] for row in chart.rows if row[3] != "–"] == ["6"]
    assert all(drawing.distance == () for drawing in drawings(chart))


def test_homework_is_a_row_of_bars_for_each_person_and_a_table() -> None:
    homework = (Week(START, 3, 4), Week(START + timedelta(days=7), 0, 1))
    chart = build(
        spec(
            ChartSeries("Ada", 1, days(34, 58), homework=homework),
            ChartSeries("Ben", 2, days(40), homework=homework[1:]),
            ChartSeries("Cy", 3, days(40)),
        )
    )
    assert chart.homework_header == ("Week from", "Ada", "Ben")
    assert chart.homework_rows == (
        ("5 March 2026", "3 of 4", "–"),
        ("12 March 2026", "0 of 1", "0 of 1"),
    )
    for drawing in drawings(chart):
        ada, ben = drawing.homework
        assert (len(ada.due), len(ada.done), len(ben.due), len(ben.done)) == (2, 1, 1, 0)
        assert ada.done[0].height == pytest.approx(0.75 * ada.due[0].height)
        assert ada.due[0].bottom < ben.due[0].top
        assert_labels_are_clear(drawing)


@pytest.mark.parametrize(("done", "due"), [(1, 0), (0, 0), (3, 2), (-1, 2)])
def test_more_homework_than_was_due_is_refused(done: int, due: int) -> None:
    with pytest.raises(ValueError, match="cannot be done"):
        Week(START, done, due)


def test_a_session_with_one_person_is_half_a_line() -> None:
    alone = START + timedelta(days=5)
    chart = build(spec(ChartSeries("Ada", 1, days(34, 58)), sessions=(START,), alone=(alone,)))
    assert "Short session lines: with one person alone" in chart.key
    for drawing in drawings(chart):
        full, half = (line.y2 - line.y1 for line in drawing.sessions)
        assert half < full * 0.6


def test_words_beside_a_score_stand_in_the_table_alone() -> None:
    ada = ChartSeries("Ada", 1, days(34, 58), notes=((START, "on paper"),))
    chart = build(spec(ada))
    assert [row[1] for row in chart.rows] == ["34 (on paper)", "58"]


def test_what_happened_has_its_own_place_in_the_table() -> None:
    day = START + timedelta(days=4)
    chart = build(
        spec(
            ChartSeries("Ada", 1, days(34, 58)),
            events=((day, "moved out"), (day, "birth"), (START, "holiday")),
        )
    )
    assert chart.header == ("Date", "Ada", "What happened")
    assert chart.rows == (
        ("5 March 2026", "34", "holiday"),
        ("9 March 2026", "–", "birth; moved out"),
        ("26 March 2026", "58", ""),
    )
