"""Answers that add up to a wanted total, as a person would give them: near each other."""

import random

from practice.domain.measures.definition import Item, Measure


def answers_for(measure: Measure, scale_key: str, total: int) -> dict[str, int]:
    """Return one answer per item of a scale, adding up to ``total``.

    Args:
        measure: All of its items must belong to the scale.
        scale_key: The scale whose total is meant.
        total: Whole points within the scale's range.

    Raises:
        ValueError: if the scale cannot have that total.
    """
    scale = measure.scale(scale_key)
    if not scale.low <= total <= scale.high:
        raise ValueError(f"{scale_key} cannot be {total}")
    share = (total - scale.low) / (scale.high - scale.low)
    items = [measure.item(key) for key in scale.item_keys]
    answers = {item.key: item.low + int((item.high - item.low) * share) for item in items}
    rest = total - sum(answers.values())
    while rest:
        for item in items:
            if rest and answers[item.key] < item.high:
                answers[item.key] += 1
                rest -= 1
    return answers


def answers_about(measure: Measure, share: float, chance: random.Random) -> dict[str, int]:
    """Return an answer per item around a share of its range, 0 to 1; never one that worries."""
    return {item.key: _about(item, share, chance) for item in measure.items if not item.optional}


def _about(item: Item, share: float, chance: random.Random) -> int:
    if item.risk_from is not None:
        return item.low
    wanted = item.low + share * (item.high - item.low) + chance.uniform(-0.8, 0.8)
    return min(sorted(item.values), key=lambda value: abs(value - wanted))
