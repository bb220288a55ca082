"""How measures lie within each other: which scores to show, and which would be asked twice."""

from collections.abc import Iterable

from practice.domain.measures.definition import Measure, Scale


def shown_scales(measure: Measure) -> tuple[Scale, ...]:
    """Return the scales that a person's answers are shown by.

    A scale whose items all count in an earlier one (the CSI-4 within the CSI-16) says nothing
    new beside it and is left out; it is still scored and kept.
    """
    shown: list[Scale] = []
    for scale in measure.scales:
        if not any(_lies_within(scale, earlier) for earlier in shown):
            shown.append(scale)
    return tuple(shown)


def charted_scales(measure: Measure) -> tuple[Scale, ...]:
    """Return the scales that have a chart or a part of their own: none for a board of signs.

    Fifteen signs would be fifteen charts; a board shows them together.
    """
    return () if measure.board else shown_scales(measure)


def is_later_wording(measure: Measure, scale: Scale, before: Measure, earlier: Scale) -> bool:
    """Whether ``scale`` of ``measure`` is a later version of ``earlier``, in the same range.

    Their scores stand in one picture, parted by a line, and are never compared.
    """
    return (
        scale.family_key == earlier.family_key
        and measure.version > before.version
        and (scale.low, scale.high) == (earlier.low, earlier.high)
    )


def charted_in_turn(measures: Iterable[Measure]) -> list[tuple[Measure, Scale]]:
    """Return the newest wording of each scale to be charted, the longest measures first."""
    in_turn = sorted(measures, key=lambda one: (-len(one.items), one.key))
    scales = [(measure, scale) for measure in in_turn for scale in charted_scales(measure)]
    return [one for one in scales if not any(is_later_wording(*other, *one) for other in scales)]


def contains(longer: Measure, shorter: Measure) -> bool:
    """Whether answering ``longer`` also gives every score of ``shorter``, another measure.

    A measure of totals is not answered: it contains nothing, and nothing contains it. Nor does
    anything contain a measure whose answers are not counted.
    """
    if longer.key == shorter.key or longer.totals_only or shorter.totals_only:
        return False
    if not shorter.scales:
        return False
    scales = {scale.key for scale in longer.scales}
    return all(scale.key in scales for scale in shorter.scales)


def _lies_within(scale: Scale, other: Scale) -> bool:
    # Two totals without items share no answer, so neither says what the other does.
    return bool(scale.item_keys) and set(scale.item_keys) <= set(other.item_keys)
