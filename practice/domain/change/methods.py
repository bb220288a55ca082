"""The methods of judging change, as one table: what each needs, how it counts, what it warns of.

A new method is one member of ``Method`` and one entry of ``METHODS``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from practice.domain.change.edwards_nunnally import edwards_nunnally_index
from practice.domain.change.gulliksen_lord_novick import gulliksen_lord_novick_index
from practice.domain.change.hageman_arrindell import (
    CRITICAL_VALUE_ONE_SIDED,
    difference_reliability,
    hageman_arrindell_index,
    reliability_after,
)
from practice.domain.change.hsu_linn_lord import hsu_linn_lord_index
from practice.domain.change.nunnally_kotsch import nunnally_kotsch_error, nunnally_kotsch_index
from practice.domain.change.reliable_change import (
    CRITICAL_VALUE,
    reliable_change_index,
    reliable_change_points,
    s_difference,
    standard_error_of_measurement,
)
from practice.domain.change.true_scores import standard_error_of_prediction


class Method(StrEnum):
    """How a change is judged; the value is what a person types."""

    JT = "jt"
    GLN = "gln"
    HLL = "hll"
    EN = "en"
    NK = "nk"
    HA = "ha"


class Need(StrEnum):
    """A figure that some methods need beside SD and reliability; the value is its field."""

    MEAN_PRE = "mean_pre"
    MEAN_POST = "mean_post"
    SD_POST = "sd_post"
    SD_DIFFERENCE = "sd_difference"
    RELIABILITY_POST = "reliability_post"


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """What is known of the group's scores, in scale points; a ``Precision``."""

    sd: float
    """Before treatment, > 0."""

    reliability: float
    """Of the scores before, 0 <= r < 1."""

    mean_pre: float | None = None
    mean_post: float | None = None
    sd_post: float | None = None
    sd_difference: float | None = None
    """Of after minus before."""

    reliability_post: float | None = None
    """Of the scores after, 0 <= r < 1."""

    def known(self, need: Need) -> float:
        """Return a figure that a method cannot do without.

        Raises:
            ValueError: if it is not known.
        """
        number: float | None = getattr(self, need.value)
        if number is None:
            raise ValueError(f"this method needs the figure {need.value}")
        return number


@dataclass(frozen=True, slots=True)
class Working:
    """One figure between what was put in and the index."""

    key: str
    label: str
    value: float
    how: str


@dataclass(frozen=True, slots=True)
class MethodEntry:
    """One method, as its reader and its user meet it."""

    label: str
    source: str
    meaning: str
    """What it does, in one sentence."""

    index: Callable[[float, float, GroupFigures], float]
    """Of before, after and the figures; a number without unit, positive where the score rose more
    than expected."""

    workings: Callable[[GroupFigures], tuple[Working, ...]]
    needs: frozenset[Need] = frozenset()
    smallest_n: int = 1
    """Fewer rows with both scores are refused."""

    critical_value: float = CRITICAL_VALUE
    """The index must be larger than this, in the direction in question."""

    sidedness: str = "two-sided"
    true_scores: bool = False
    """Whether it judges estimated true scores, by a cut-off among true scores."""

    warning: str | None = None
    """What must stand beside every result, as whole sentences."""


_JT_POINTS = "computed: 1.959964 x S_diff; the difference must be larger"


def _error(figures: GroupFigures) -> Working:
    error = standard_error_of_measurement(figures)
    return Working("sem", "Standard error", error, "computed from the SD and the reliability")


def _s_difference(figures: GroupFigures) -> Working:
    how = "computed from the SD and the reliability"
    return Working("s_difference", "S_diff", s_difference(figures), how)


def _prediction(figures: GroupFigures) -> Working:
    error = standard_error_of_prediction(figures)
    return Working("se_prediction", "Error of prediction", error, "computed: SD x sqrt(1 - r^2)")


METHODS: dict[Method, MethodEntry] = {
    Method.JT: MethodEntry(
        label="Jacobson and Truax",
        source="Jacobson & Truax (1991), J. Consult. Clin. Psychol. 59(1), 12-19",
        meaning="A change counts when it is larger than the error of two measurements; the usual "
        "method, and the one recommended for routine use.",
        index=reliable_change_index,
        workings=lambda figures: (
            _error(figures),
            _s_difference(figures),
            Working("points", "Reliable change", reliable_change_points(figures), _JT_POINTS),
        ),
    ),
    Method.GLN: MethodEntry(
        label="Gulliksen, Lord and Novick",
        source="Hsu (1989), Behav. Assess. 11(4), 459-467",
        meaning="A score after counts when it differs from the one to be expected if nothing but "
        "chance drew extreme first scores towards the mean before.",
        needs=frozenset({Need.MEAN_PRE}),
        index=lambda before, after, figures: gulliksen_lord_novick_index(
            before, after, figures, mean_pre=figures.known(Need.MEAN_PRE)
        ),
        workings=lambda figures: (_prediction(figures),),
    ),
    Method.HLL: MethodEntry(
        label="Hsu, Linn and Lord",
        source="Hsu (1989), Behav. Assess. 11(4), 459-467",
        meaning="A score after counts when it differs from the one to be expected if the person "
        "had changed as the whole group did.",
        needs=frozenset({Need.MEAN_PRE, Need.MEAN_POST}),
        smallest_n=2,
        index=lambda before, after, figures: hsu_linn_lord_index(
            before,
            after,
            figures,
            mean_pre=figures.known(Need.MEAN_PRE),
            mean_post=figures.known(Need.MEAN_POST),
        ),
        workings=lambda figures: (_prediction(figures),),
        warning="This method takes the change of the whole group out of every row: it shows who "
        "changed more or less than the others. It is not for counting outcomes.",
    ),
    Method.EN: MethodEntry(
        label="Edwards and Nunnally",
        source="Speer (1992), J. Consult. Clin. Psychol. 60(3), 402-408",
        meaning="A score after counts when it lies outside the interval around the true score that "
        "the score before leads one to expect.",
        needs=frozenset({Need.MEAN_PRE}),
        index=lambda before, after, figures: edwards_nunnally_index(
            before, after, figures, mean_pre=figures.known(Need.MEAN_PRE)
        ),
        workings=lambda figures: (_error(figures),),
        warning="This method counts liberally in both directions: it finds more rows improved and "
        "more rows deteriorated than others do.",
    ),
    Method.NK: MethodEntry(
        label="Nunnally and Kotsch",
        source="Nunnally & Kotsch (1983), Br. J. Clin. Psychol. 22(2), 83-93",
        meaning="A score after counts when it differs from the true score that the score before "
        "leads one to expect, each time with its own reliability.",
        needs=frozenset({Need.MEAN_PRE, Need.RELIABILITY_POST}),
        index=lambda before, after, figures: nunnally_kotsch_index(
            before,
            after,
            figures,
            mean_pre=figures.known(Need.MEAN_PRE),
            reliability_post=figures.known(Need.RELIABILITY_POST),
        ),
        workings=lambda figures: (
            Working(
                "nk_error",
                "Error of both scores",
                nunnally_kotsch_error(
                    figures, reliability_post=figures.known(Need.RELIABILITY_POST)
                ),
                "computed: sqrt(r^2 SD^2 (1 - r) + SD^2 (1 - r after))",
            ),
        ),
    ),
    Method.HA: MethodEntry(
        label="Hageman and Arrindell",
        source="Hageman & Arrindell (1999), Behav. Res. Ther. 37(12), 1169-1193",
        meaning="A change counts when the estimated true change, drawn towards that of the group, "
        "is larger than its error; a row recovers when its estimated true score, too, lies "
        "reliably past the cut-off.",
        needs=frozenset({Need.MEAN_PRE, Need.MEAN_POST, Need.SD_POST, Need.SD_DIFFERENCE}),
        smallest_n=20,
        critical_value=CRITICAL_VALUE_ONE_SIDED,
        sidedness="one-sided",
        true_scores=True,
        index=lambda before, after, figures: hageman_arrindell_index(
            before,
            after,
            figures,
            mean_pre=figures.known(Need.MEAN_PRE),
            mean_post=figures.known(Need.MEAN_POST),
            sd_difference=figures.known(Need.SD_DIFFERENCE),
        ),
        workings=lambda figures: (
            _error(figures),
            _s_difference(figures),
            Working(
                "difference_reliability",
                "Reliability of changes",
                difference_reliability(figures, sd_difference=figures.known(Need.SD_DIFFERENCE)),
                "computed: 1 - (S_diff / SD of the changes)^2",
            ),
            Working(
                "reliability_after",
                "Reliability after",
                reliability_after(figures, sd_post=figures.known(Need.SD_POST)),
                "computed: 1 - (standard error / SD after)^2",
            ),
        ),
        warning="This method rests on the whole group: a row's class can change when other rows "
        "do. It tests one-sided, so it counts a little more readily than a two-sided method.",
    ),
}
"""Every method; the order is that of the help text."""
