"""Effect sizes of a caseload of couples: on couple means, for each role, or pooled with a warning.

The two partners of a couple are not independent of each other. An effect size over couples has the
couple's mean as its unit and n couples; one for a role has one person of each couple.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from practice.domain.statistics import EffectSizes, effect_sizes, sample_mean

Pair = tuple[float | None, float | None]
"""Score before and score after of one member, in scale points; None where missing."""

CoupleScores = Mapping[str, Pair]
"""The members of one couple by their role: the same keys mean the same role in every couple."""

POOLED_WARNING = (
    "Partners of one couple are not independent: pooled over single people, n counts couples more "
    "than once and the standard error is too small."
)


class EffectUnit(StrEnum):
    """What one of the n is."""

    COUPLES = "couples, by the mean of their members"
    ROLE = "people, one of each couple"
    PEOPLE = "people, several of one couple among them"


@dataclass(frozen=True, slots=True)
class CaseloadEffects:
    """Effect sizes with what they rest on."""

    unit: EffectUnit
    role: str | None
    """Whose; None for couples and for all people together."""

    n: int
    left_out: int
    """Couples, or people, of whom a score is missing."""

    effects: EffectSizes | None
    """None with fewer than two of the n."""

    warning: str | None
    """To be printed beside the figures."""


def effects_on_couple_means(
    couples: Sequence[CoupleScores], *, higher_is_better: bool
) -> CaseloadEffects:
    """Return the effect sizes of the couples' means; n is the number of couples.

    Args:
        couples: Scores of one scale; a couple of whom any score is missing is left out.
        higher_is_better: Direction of the scale; positive is turned to mean better.

    Raises:
        ValueError: if a couple has fewer than two members, or a score is not finite.

    Source:
        As ``effect_sizes``; the couple as the unit because partners are not independent.
    """
    if any(len(couple) < 2 for couple in couples):
        raise ValueError("a couple has at least two members")
    complete = [[_complete(pair) for pair in couple.values()] for couple in couples]
    means = [
        (sample_mean([before for before, _ in pairs]), sample_mean([after for _, after in pairs]))
        for members in complete
        if len(pairs := [pair for pair in members if pair is not None]) == len(members)
    ]
    left_out = len(couples) - len(means)
    return _of(means, EffectUnit.COUPLES, left_out, higher_is_better=higher_is_better)


def effects_per_role(
    couples: Sequence[CoupleScores], *, higher_is_better: bool
) -> dict[str, CaseloadEffects]:
    """Return the effect sizes of each role; n is the number of people who have it.

    Args:
        couples: Scores of one scale; a person of whom a score is missing is left out.
        higher_is_better: Direction of the scale; positive is turned to mean better.

    Returns:
        By role, in the order in which the roles first occur.

    Raises:
        ValueError: if a score is not finite.

    Source:
        As ``effect_sizes``.
    """
    roles = dict.fromkeys(role for couple in couples for role in couple)
    return {
        role: _of_people(
            [couple[role] for couple in couples if role in couple],
            EffectUnit.ROLE,
            role,
            higher_is_better=higher_is_better,
        )
        for role in roles
    }


def effects_pooled(couples: Sequence[CoupleScores], *, higher_is_better: bool) -> CaseloadEffects:
    """Return the effect sizes over all people at once, with the warning that belongs to them.

    Args:
        couples: Scores of one scale; a person of whom a score is missing is left out.
        higher_is_better: Direction of the scale; positive is turned to mean better.

    Raises:
        ValueError: if a score is not finite.

    Source:
        As ``effect_sizes``.
    """
    people = [pair for couple in couples for pair in couple.values()]
    return _of_people(people, EffectUnit.PEOPLE, None, higher_is_better=higher_is_better)


def _complete(pair: Pair) -> tuple[float, float] | None:
    before, after = pair
    return None if before is None or after is None else (before, after)


def _of_people(
    people: Sequence[Pair], unit: EffectUnit, role: str | None, *, higher_is_better: bool
) -> CaseloadEffects:
    pairs = [pair for pair in map(_complete, people) if pair is not None]
    left_out = len(people) - len(pairs)
    return _of(pairs, unit, left_out, role, higher_is_better=higher_is_better)


def _of(
    pairs: Sequence[tuple[float, float]],
    unit: EffectUnit,
    left_out: int,
    role: str | None = None,
    *,
    higher_is_better: bool,
) -> CaseloadEffects:
    effects = None
    if len(pairs) >= 2:
        before, after = [first for first, _ in pairs], [second for _, second in pairs]
        effects = effect_sizes(before, after, higher_is_better=higher_is_better)
    warning = POOLED_WARNING if unit is EffectUnit.PEOPLE else None
    return CaseloadEffects(unit, role, len(pairs), left_out, effects, warning)
