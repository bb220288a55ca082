"""Effect sizes of a caseload: the couple as the unit, roles apart, and the warning when pooled.

The check values of the marital data are those of tests/domain/test_statistics.py.
"""

import csv
import math
import statistics as standard
from pathlib import Path

import pytest

from practice.domain.caseload_effects import (
    POOLED_WARNING,
    EffectUnit,
    effects_on_couple_means,
    effects_per_role,
    effects_pooled,
)
from practice.domain.statistics import effect_sizes

DATA = Path(__file__).parents[1] / "data" / "jacobson_1989.csv"


def parted(scale: str, apart: float) -> list[dict[str, tuple[float | None, float | None]]]:
    """Make couples whose means are the published scores, the partners ``apart`` points apart."""
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [
            (
                float(row[f"{scale}_pre"]),
                float(row[f"{scale}_post"]) if row[f"{scale}_post"] else None,
            )
            for row in csv.DictReader(file)
        ]
    return [
        {
            "first": (before + apart, None if after is None else after - apart),
            "second": (before - apart, None if after is None else after + apart),
        }
        for before, after in rows
    ]


def test_couple_means_give_the_published_figures_with_n_couples():
    found = effects_on_couple_means(parted("das", 4), higher_is_better=True)
    assert (found.unit, found.role, found.n, found.left_out) == (EffectUnit.COUPLES, None, 30, 0)
    assert found.effects.d_pre == pytest.approx(1.392, abs=5e-4)
    assert found.effects.hedges_g == pytest.approx(1.356, abs=5e-4)
    assert found.effects.d_av == pytest.approx(1.060, abs=5e-4)
    assert found.effects.d_z == pytest.approx(0.994, abs=5e-4)
    assert found.warning is None


def test_a_couple_of_whom_a_score_is_missing_is_left_out_and_counted():
    found = effects_on_couple_means(parted("gds", 2), higher_is_better=False)
    assert (found.n, found.left_out) == (26, 4)
    assert found.effects.d_pre == pytest.approx(1.614, abs=5e-4)
    half = [{"a": (40, 50), "b": (42, None)}, {"a": (None, 50), "b": (42, 47)}]
    assert effects_on_couple_means(half, higher_is_better=True).left_out == 2


def test_each_role_has_its_own_effect():
    """The same SDs, 8 points more and 8 points less change: 16.47 - 8 and 16.47 + 8."""
    first, second = effects_per_role(parted("das", 4), higher_is_better=True).values()
    assert (first.role, second.role) == ("first", "second")
    assert first.unit is second.unit is EffectUnit.ROLE
    assert first.n == second.n == 30
    assert first.effects.d_pre == pytest.approx((98.05 - 81.5833 - 8) / 11.8257, abs=1e-3)
    assert second.effects.d_pre == pytest.approx((98.05 - 81.5833 + 8) / 11.8257, abs=1e-3)
    assert first.warning is second.warning is None


def test_a_role_counts_its_own_people_alone():
    couples = [
        {"a": (40, 50), "b": (41, None)},
        {"a": (44, 50), "b": (45, 40), "c": (10, 20)},
        {"b": (47, 49)},
    ]
    found = effects_per_role(couples, higher_is_better=True)
    assert list(found) == ["a", "b", "c"]
    assert [(one.n, one.left_out) for one in found.values()] == [(2, 0), (2, 1), (1, 0)]
    assert found["b"].effects == effect_sizes([45, 47], [40, 49])
    assert found["c"].effects is None


def test_pooled_over_people_the_warning_goes_along():
    found = effects_pooled(parted("gds", 2), higher_is_better=False)
    assert (found.unit, found.role, found.n, found.left_out) == (EffectUnit.PEOPLE, None, 52, 8)
    assert found.warning == POOLED_WARNING
    assert "not independent" in POOLED_WARNING
    alone = effects_on_couple_means(parted("gds", 2), higher_is_better=False)
    assert found.effects.d_pre_standard_error < alone.effects.d_pre_standard_error


def test_the_direction_turns_every_sign():
    up, down = (
        effects_pooled(parted("das", 4), higher_is_better=higher) for higher in (True, False)
    )
    assert down.effects.d_pre == -up.effects.d_pre
    means = effects_on_couple_means(parted("das", 4), higher_is_better=False)
    assert means.effects.d_pre == pytest.approx(-1.392, abs=5e-4)
    roles = effects_per_role(parted("das", 4), higher_is_better=False)
    assert all(one.effects.d_pre < 0 for one in roles.values())


def test_too_little_gives_no_figures():
    assert effects_on_couple_means([], higher_is_better=True).effects is None
    one = effects_on_couple_means([{"a": (1, 2), "b": (3, 4)}], higher_is_better=True)
    assert (one.n, one.effects) == (1, None)
    assert effects_per_role([], higher_is_better=True) == {}
    with pytest.raises(ValueError, match="at least two members"):
        effects_on_couple_means([{"a": (1, 2)}], higher_is_better=True)
    with pytest.raises(ValueError, match="finite"):
        effects_pooled([{"a": (1, 2), "b": (math.nan, 4)}], higher_is_better=True)


def test_three_members_share_one_mean():
    couples = [{"a": (10, 20), "b": (20, 20), "c": (30, 50)}, {"a": (40, 41), "b": (44, 47)}]
    found = effects_on_couple_means(couples, higher_is_better=True)
    assert found.effects == effect_sizes([20, 42], [30, 44])


def test_the_interval_of_d_pre():
    effects = effect_sizes([1, 2, 3, 4, 6], [3, 5, 4, 6, 9])
    low, high = effects.d_pre_interval
    assert standard.mean([low, high]) == pytest.approx(effects.d_pre)
    assert (high - low) / 2 == pytest.approx(1.959964 * effects.d_pre_standard_error)
    assert effect_sizes([5, 5], [6, 7]).d_pre_interval is None
    assert effect_sizes([5, 6], [7, 7]).d_pre_interval is None
