"""The geometry of the picture: where a mark lies says what its class is."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from practice.domain.change import Method, PartnerClass
from practice.domain.outcomes import Question, Row, analyse
from practice.reports.jt_plot import LEFT, SIDE, TOP, jacobson_truax_plot, nice_step

UP = Question(higher_is_better=True, reliability=0.8, sd=10, mean=40)


def plot_of(*pairs: tuple[float, float], question: Question = UP):
    rows = [Row(number, f"row {number}", *pair) for number, pair in enumerate(pairs, start=2)]
    return jacobson_truax_plot(analyse(rows, question))


def corners(plot) -> list[tuple[float, float]]:
    return [tuple(float(n) for n in corner.split(",")) for corner in plot.band.split()]


def inside(point, polygon) -> bool:
    """Whether a point lies in a convex polygon, its edge included."""
    turns = turns_along(point, polygon)
    return all(turn >= -2 for turn in turns) or all(turn <= 2 for turn in turns)


def turns_along(point, polygon) -> list[float]:
    """Return on which side of each edge a point lies, and twice the area between them."""
    corners = zip(polygon, [*polygon[1:], polygon[0]], strict=True)
    return [
        (x2 - x1) * (point.y - y1) - (y2 - y1) * (point.x - x1) for (x1, y1), (x2, y2) in corners
    ]


def is_on_edge(point, polygon) -> bool:
    """Whether a point lies so near an edge that the two decimals of the drawing cannot tell."""
    return any(abs(turn) <= 8 for turn in turns_along(point, polygon))


def test_before_runs_to_the_right_and_after_upwards():
    low, high = plot_of((20, 30), (60, 80)).points
    assert low.x < high.x
    assert low.y > high.y


def test_no_change_lies_on_the_diagonal_at_45_degrees():
    plot = plot_of((20, 20), (60, 60))
    for point in plot.points:
        assert point.x - LEFT == pytest.approx(TOP + SIDE - point.y, abs=0.02)
    assert plot.no_change.x2 - plot.no_change.x1 == plot.no_change.y1 - plot.no_change.y2


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=20))
def test_marks_and_lines_stay_inside_and_the_band_holds_the_unchanged(pairs):
    plot = plot_of(*pairs)
    band = corners(plot)
    for x, y in [(p.x, p.y) for p in plot.points] + band:
        assert LEFT <= x <= LEFT + SIDE
        assert TOP <= y <= TOP + SIDE
    for point in plot.points:
        unchanged = point.partner_class is PartnerClass.UNCHANGED
        assert inside(point, band) == unchanged or is_on_edge(point, band)
    assert LEFT <= plot.cut_before.x1 <= LEFT + SIDE
    assert TOP <= plot.cut_after.y1 <= TOP + SIDE


@given(
    st.sampled_from(Method),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=20, max_size=25),
)
def test_the_band_and_the_cut_are_those_of_the_method(method, higher, pairs):
    asked = Question(higher, 0.8, sd=10, mean=50, cutoff=52.25, method=method)
    try:
        plot = plot_of(*pairs, question=asked)
    except ValueError:  # the changes are nothing but error
        assume(False)
    band = corners(plot)
    for x, y in band:
        assert LEFT <= x <= LEFT + SIDE
        assert TOP <= y <= TOP + SIDE
    for point in plot.points:
        held = bool(band) and inside(point, band)
        unchanged = point.partner_class is PartnerClass.UNCHANGED
        assert held == unchanged or (band and is_on_edge(point, band))
        recovered = point.x < plot.cut_before.x1 if higher else point.x > plot.cut_before.x1
        ended = point.y < plot.cut_after.y1 if higher else point.y > plot.cut_after.y1
        gained = point.partner_class in (PartnerClass.RECOVERED, PartnerClass.IMPROVED)
        is_recovered = point.partner_class is PartnerClass.RECOVERED
        assert is_recovered == (gained and recovered and ended)


def test_a_cut_off_among_true_scores_is_said_to_be_one():
    pairs = [(30 + n, 35 + n * 7 % 40) for n in range(20)]
    asked = Question(True, 0.8, sd=10, mean=40, cutoff=50.0, method=Method.HA)
    plot = plot_of(*pairs, question=asked)
    assert plot.cut_label == "cut-off 50.00 (true score)"
    assert "as Hageman and Arrindell judge it" in plot.description
    assert "reliably past it" in plot.description
    plain = plot_of(*pairs)
    assert "by more than 12.40 points" in plain.description
    assert "true score" not in plain.description


def test_the_cut_parts_the_recovered_from_the_improved():
    plot = plot_of((40, 62), (40, 58))
    recovered, improved = plot.points
    assert recovered.y < plot.cut_after.y1 < improved.y
    assert recovered.x < plot.cut_before.x1
    assert plot.cut_label == "cut-off 60.00"


def test_a_single_row_without_change_can_be_drawn():
    plot = plot_of((60, 60))
    assert len(plot.x_ticks) >= 3
    assert plot.x_ticks[0].at == LEFT
    assert plot.x_ticks[-1].at == LEFT + SIDE


def test_the_description_counts_and_says_which_side_is_better():
    assert "1 recovered, 0 improved, 1 unchanged" in plot_of((40, 62), (40, 41)).description
    assert "above the band" in plot_of((40, 62)).description
    down = Question(higher_is_better=False, reliability=0.8, sd=10, mean=40)
    assert "below the band" in plot_of((40, 10), question=down).description


@given(st.floats(1e-6, 1e9))
def test_steps_are_round_and_few(span):
    step = nice_step(span)
    assert 2 <= span / step <= 6.0001
    assert f"{step:.0e}"[0] in "125"
