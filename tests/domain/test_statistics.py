"""Means, effect sizes, intervals: against published or independently computed values."""

import csv
import math
import statistics as standard
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.domain.literature import PUBLISHED_FIGURES, REPORT_SENTENCE
from practice.domain.statistics import (
    effect_sizes,
    hedges_correction,
    pearson_correlation,
    percent_or_none,
    sample_mean,
    sample_sd,
    wilson_interval,
)

DATA = Path(__file__).parents[1] / "data" / "jacobson_1989.csv"


def pairs(scale: str) -> tuple[list[float], list[float]]:
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [
            (float(row[f"{scale}_pre"]), float(row[f"{scale}_post"]))
            for row in csv.DictReader(file)
            if row[f"{scale}_post"]
        ]
    return [before for before, _ in rows], [after for _, after in rows]


def test_effect_sizes_of_the_das():
    before, after = pairs("das")
    effects = effect_sizes(before, after)
    assert effects.n == 30
    assert sample_mean(before) == pytest.approx(81.58, abs=5e-3)
    assert sample_mean(after) == pytest.approx(98.05, abs=5e-3)
    assert sample_sd(before) == pytest.approx(11.826, abs=5e-4)
    assert sample_sd(after) == pytest.approx(19.242, abs=5e-4)
    assert effects.correlation == pytest.approx(0.5177, abs=5e-5)
    assert effects.d_pre == pytest.approx(1.392, abs=5e-4)
    assert effects.hedges_g == pytest.approx(1.356, abs=5e-4)
    assert effects.d_av == pytest.approx(1.060, abs=5e-4)
    assert effects.d_z == pytest.approx(0.994, abs=5e-4)
    by_hand = math.sqrt(2 * (1 - 0.51772) / 30 + 1.39245**2 / 60)
    assert effects.d_pre_standard_error == pytest.approx(by_hand, abs=1e-4)


def test_effect_sizes_are_turned_so_that_positive_is_better():
    before, after = pairs("gds")
    plain = effect_sizes(before, after)
    turned = effect_sizes(before, after, higher_is_better=False)
    assert plain.n == 26
    assert plain.d_pre == pytest.approx(-1.614, abs=5e-4)
    assert (turned.d_pre, turned.hedges_g, turned.d_av, turned.d_z) == (
        -plain.d_pre,
        -plain.hedges_g,
        -plain.d_av,
        -plain.d_z,
    )
    assert turned.d_pre_standard_error == plain.d_pre_standard_error


def test_a_figure_that_cannot_be_had_is_none():
    same = effect_sizes([5, 5, 5], [6, 7, 8])
    assert same.d_pre is None
    assert same.hedges_g is None
    assert same.correlation is None
    assert same.d_pre_standard_error is None
    assert same.d_av == pytest.approx(4)
    constant_gain = effect_sizes([1, 2, 3], [2, 3, 4])
    assert constant_gain.d_z is None
    assert constant_gain.d_pre == pytest.approx(1)


def test_too_few_or_unequal_pairs_are_refused():
    with pytest.raises(ValueError, match="fewer than two pairs"):
        effect_sizes([1], [2])
    with pytest.raises(ValueError, match="differ in length"):
        pearson_correlation([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="at least two"):
        sample_sd([1])
    with pytest.raises(ValueError, match="at least one number"):
        sample_mean([])
    with pytest.raises(ValueError, match="all finite"):
        sample_mean([1, float("nan")])
    with pytest.raises(ValueError, match="degree of freedom"):
        hedges_correction(0)


# fmt: off
WILSON = [
    # count n    low     high
    (10,    30,  0.1923, 0.5122),
    (0,     10,  0.0,    0.2775),
    (10,    10,  0.7225, 1.0),
    (1,     30,  0.0059, 0.1667),
    (81,    263, 0.2553, 0.3662),  # Newcombe (1998), Statistics in Medicine 17, 857-872
    (15,    148, 0.0624, 0.1605),  # the same
    (0,     20,  0.0,    0.1611),  # the same
]
# fmt: on


@pytest.mark.parametrize(("count", "n", "low", "high"), WILSON)
def test_wilson_interval(count, n, low, high):
    interval = wilson_interval(count, n)
    assert interval.low == pytest.approx(low, abs=5e-5)
    assert interval.high == pytest.approx(high, abs=5e-5)


@pytest.mark.parametrize(("count", "n"), [(0, 0), (-1, 5), (6, 5)])
def test_a_share_that_is_none_is_refused(count, n):
    with pytest.raises(ValueError, match="count <= n"):
        wilson_interval(count, n)


def test_no_percentage_under_ten():
    assert percent_or_none(3, 9) is None
    assert percent_or_none(0, 0) is None
    assert percent_or_none(3, 10) == pytest.approx(30)
    with pytest.raises(ValueError, match="count <= n"):
        percent_or_none(11, 10)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share_and_mirrors(share):
    count, n = share
    interval, other = wilson_interval(count, n), wilson_interval(n - count, n)
    assert 0 <= interval.low <= count / n <= interval.high <= 1
    assert interval.low < interval.high
    assert interval.low == pytest.approx(1 - other.high)


moderate = st.floats(-1000, 1000)


@given(st.lists(moderate, min_size=2, max_size=30))
def test_mean_and_spread_agree_with_the_standard_library(values):
    assert sample_mean(values) == pytest.approx(standard.fmean(values), abs=1e-9)
    assert sample_sd(values) == pytest.approx(standard.stdev(values), abs=1e-6)


@given(st.lists(st.tuples(moderate, moderate), min_size=2, max_size=30))
def test_correlation_is_bounded_and_symmetric(rows):
    first, second = [x for x, _ in rows], [y for _, y in rows]
    r = pearson_correlation(first, second)
    assert r is None or -1 <= r <= 1
    assert r == pearson_correlation(second, first)


def test_every_published_figure_says_what_it_means_and_how_sure_it_is():
    for figure in PUBLISHED_FIGURES:
        assert figure.source
        assert figure.meaning
        assert figure.sample
        assert bool(figure.mark) == (figure.second_hand or not figure.certainty.is_firm)


def test_the_popular_claim_is_marked_and_not_part_of_the_sentence_of_a_report():
    claim = PUBLISHED_FIGURES[0]
    assert "70 to 75 %" in claim.figure
    assert claim.mark == "looked for, not confirmed"
    assert "75" not in REPORT_SENTENCE
