"""Before and after in a whole caseload: classes, shares, effect sizes, and how they were found.

The scores come from anywhere and are not stored. Every figure that the answer rests on is part of
the answer, with where it came from.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from practice.domain.change import (
    METHODS,
    Criteria,
    GroupFigures,
    Method,
    MethodChange,
    MethodEntry,
    PartnerClass,
    judge,
)
from practice.domain.outcomes.criteria import Basis, GroupShares, basis_of, shares_of
from practice.domain.outcomes.question import LARGEST, Parameter, Question, check
from practice.domain.statistics import (
    SMALLEST_N_FOR_PERCENT,
    EffectSizes,
    Interval,
    effect_sizes,
    percent_or_none,
    sample_mean,
    sample_sd,
    wilson_interval,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the source: a person or a couple with two scores."""

    number: int
    """Where it stands in the source, so that it can be found again; the heading is row 1."""

    name: str
    """What the source calls it; "row 7" where it has no name."""

    before: float | None
    after: float | None


class Missing(StrEnum):
    """Why a row is left out."""

    BEFORE = "no score before"
    AFTER = "no score after"
    BOTH = "no score before and none after"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row without a pair of scores."""

    row: Row
    reason: Missing


@dataclass(frozen=True, slots=True)
class RowResult:
    """A row with a pair of scores, and what the change amounts to."""

    row: Row
    change: MethodChange


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many rows have one class."""

    partner_class: PartnerClass
    count: int
    n: int
    percent: float | None
    """0 to 100; None where n is too small for a percentage."""

    interval: Interval | None
    """95 % Wilson interval of the share; None where ``percent`` is."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """Mean and spread of the complete rows at one time, in scale points."""

    mean: float
    sd: float | None
    """None with a single row."""


@dataclass(frozen=True, slots=True)
class OutcomeAnalysis:
    """The whole answer."""

    method: Method
    criteria: Criteria
    figures: GroupFigures
    """What the method was given to judge each row by."""

    parameters: tuple[Parameter, ...]
    results: tuple[RowResult, ...]
    left_out: tuple[LeftOut, ...]
    counts: tuple[ClassCount, ...]
    """One for each class, in the order of ``PartnerClass``; the counts add up to ``n``."""

    before: Distribution
    after: Distribution
    effects: EffectSizes | None
    """Positive is better; None with a single row."""

    shares: GroupShares | None
    """What the method says of the group as a whole, where it does."""

    remarks: tuple[str, ...]
    """What a careful reader should be told beside the figures, as whole sentences."""

    @property
    def entry(self) -> MethodEntry:
        """The method with its name, its source and what it means."""
        return METHODS[self.method]

    @property
    def n(self) -> int:
        """Rows with both scores."""
        return len(self.results)

    @property
    def started(self) -> int:
        """Rows with a score before, whether or not there is one after."""
        return self.n + self.without_after

    @property
    def without_after(self) -> int:
        """Rows that started and have no score after: how they fared is not known."""
        return sum(left.reason is Missing.AFTER for left in self.left_out)


CLASSES: tuple[PartnerClass, ...] = tuple(PartnerClass)


def analyse(rows: Sequence[Row], question: Question) -> OutcomeAnalysis:
    """Classify every row with two scores and count the classes.

    Args:
        rows: In the order of the source; a score that is not there is None.
        question: Direction, reliability and what else is known of the scale.

    Raises:
        ValueError: if no row has two scores, or too few for the method; if a figure of
            ``question`` is outside its range, plays no part in the method, or one that the cut-off
            needs is missing; or if a figure cannot be taken from the rows. The message is one
            sentence for the person who asked.
    """
    complete = [row for row in rows if row.before is not None and row.after is not None]
    if not complete:
        raise ValueError("no row has a score both before and after")
    check(question, len(complete))
    if any(abs(score) > LARGEST for row in complete for score in (row.before, row.after) if score):
        raise ValueError("a score is too large to be one")
    before = [row.before for row in complete if row.before is not None]
    after = [row.after for row in complete if row.after is not None]
    basis = basis_of(before, after, question)
    results = tuple(
        RowResult(row, _judged(first, second, basis))
        for row, first, second in zip(complete, before, after, strict=True)
    )
    left_out = tuple(LeftOut(row, _missing(row)) for row in rows if _is_incomplete(row))
    return OutcomeAnalysis(
        method=basis.method,
        criteria=basis.criteria,
        figures=basis.figures,
        parameters=basis.parameters,
        results=results,
        left_out=left_out,
        counts=_counts(results),
        before=_distribution(before),
        after=_distribution(after),
        effects=_effects(before, after, basis.criteria),
        shares=shares_of(basis),
        remarks=_remarks(results, left_out, METHODS[basis.method]),
    )


def _judged(before: float, after: float, basis: Basis) -> MethodChange:
    return judge(before, after, method=basis.method, criteria=basis.criteria, figures=basis.figures)


def _is_incomplete(row: Row) -> bool:
    return row.before is None or row.after is None


def _missing(row: Row) -> Missing:
    if row.before is None:
        return Missing.BOTH if row.after is None else Missing.BEFORE
    return Missing.AFTER


def _counts(results: Sequence[RowResult]) -> tuple[ClassCount, ...]:
    n = len(results)
    found = Counter(result.change.partner_class for result in results)
    return tuple(_class_count(partner_class, found[partner_class], n) for partner_class in CLASSES)


def _class_count(partner_class: PartnerClass, count: int, n: int) -> ClassCount:
    percent = percent_or_none(count, n)
    interval = None if percent is None else wilson_interval(count, n)
    return ClassCount(partner_class, count, n, percent, interval)


def _distribution(scores: Sequence[float]) -> Distribution:
    return Distribution(sample_mean(scores), sample_sd(scores) if len(scores) > 1 else None)


def _effects(
    before: Sequence[float], after: Sequence[float], criteria: Criteria
) -> EffectSizes | None:
    if len(before) < 2:
        return None
    return effect_sizes(before, after, higher_is_better=criteria.higher_is_better)


def _remarks(
    results: Sequence[RowResult], left_out: Sequence[LeftOut], entry: MethodEntry
) -> tuple[str, ...]:
    changes = [result.change for result in results]
    healthy = sum(change.started_non_distressed for change in changes)
    crossed = sum(change.crossed_cut_without_reliable_change for change in changes)
    unknown = sum(left.reason is Missing.AFTER for left in left_out)
    remarks = (
        (entry.warning is not None, entry.warning or ""),
        (
            len(results) < SMALLEST_N_FOR_PERCENT,
            f"There are only {len(results)} rows with both scores: percentages are not shown "
            f"under {SMALLEST_N_FOR_PERCENT}.",
        ),
        (
            unknown > 0,
            f"Rows with a score before and none after: {unknown} of {len(results) + unknown}. "
            "How they fared is not known; they are not counted as unchanged.",
        ),
        (
            healthy > 0,
            f"Rows that started on the better side of the cut-off: {healthy}. "
            "They could not recover, only improve.",
        ),
        (
            crossed > 0,
            "Rows that crossed the cut-off by a step too small to be reliable: "
            f"{crossed}. They count as unchanged.",
        ),
        (
            _has_repeated_names(results),
            "Some names stand on more than one row. If these are partners of one couple, their "
            "scores go together, and the intervals are too narrow.",
        ),
        (
            True,
            "Without a comparison group, a change cannot be put down to the treatment alone.",
        ),
    )
    return tuple(sentence for holds, sentence in remarks if holds)


def _has_repeated_names(results: Sequence[RowResult]) -> bool:
    names = [result.row.name for result in results]
    return len(set(names)) < len(names)
