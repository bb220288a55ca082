"""What a chart says in words and in its table."""

from datetime import date, timedelta

import pytest

from practice.reports.charts import ChartSeries, build
from tests.reports.chart_cases import START, days, drawings, spec


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


def test_what_happened_is_always_told_with_its_day() -> None:
    chart = build(
        spec(ChartSeries("Ada", 1, days(34, 58)), events=((date(2026, 3, 9), "moved out"),))
    )
    assert chart.key[0] == "9 March 2026: moved out"
    wide, narrow = drawings(chart)
    assert "moved out" in [label.text for label in wide.labels]
    assert "moved out" not in [label.text for label in narrow.labels]
    assert len(narrow.events) == 1


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
