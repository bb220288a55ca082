"""The distance between two people, and the rows of homework and sessions under a chart."""

from datetime import timedelta

import pytest

from practice.reports.charts import ChartSeries, ChartSpec, Week, build
from tests.reports.chart_cases import START, assert_labels_are_clear, days, drawings, spec


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
