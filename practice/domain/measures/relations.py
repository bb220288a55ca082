"""How measures lie within each other: which scores to show, and which would be asked twice."""

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
