"""What several tests of the methods of judging change share."""

import csv
import statistics as standard
from pathlib import Path

from practice.domain.change import (
    METHODS,
    Criteria,
    GroupFigures,
    Method,
    PartnerClass,
    cutoff_a,
    standard_error_of_measurement,
    true_score_sd,
)

REC, IMP, SAME, DET = PartnerClass
DATA = Path(__file__).parents[1] / "data" / "jacobson_1989.csv"
OTHERS = [method for method in Method if method is not Method.JT]
Pairs = list[tuple[float, float]]


def pairs(scale: str) -> Pairs:
    with DATA.open(encoding="utf-8", newline="") as file:
        return [
            (float(row[f"{scale}_pre"]), float(row[f"{scale}_post"]))
            for row in csv.DictReader(file)
            if row[f"{scale}_post"]
        ]


def figures_of(rows: Pairs, reliability: float = 0.8, reliability_post: float = 0.8):
    before, after = [a for a, _ in rows], [b for _, b in rows]
    return GroupFigures(
        sd=standard.stdev(before),
        reliability=reliability,
        mean_pre=standard.mean(before),
        mean_post=standard.mean(after),
        sd_post=standard.stdev(after),
        sd_difference=standard.stdev([b - a for a, b in rows]),
        reliability_post=reliability_post,
    )


def criteria_of(figures: GroupFigures, method: Method, higher_is_better: bool) -> Criteria:
    spread = figures.sd
    if METHODS[method].true_scores:
        spread = true_score_sd(figures.sd, standard_error_of_measurement(figures))
    cut = cutoff_a(figures.mean_pre, spread, higher_is_better=higher_is_better)
    return Criteria(figures.sd, figures.reliability, higher_is_better, cut)


NORMS = GroupFigures(sd=10, reliability=0.6)
"""SEM 6.324555, error of prediction 8, S_diff 8.944272."""
FIGURES = GroupFigures(10, 0.6, 40, 50, sd_post=8, sd_difference=12, reliability_post=0.75)
UP = Criteria(10, 0.6, True, 45)
DOWN = Criteria(10, 0.6, False, 45)
