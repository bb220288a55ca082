"""How measures lie within each other: which scores to show, and which would be asked twice."""

from practice.domain.measures.definition import Measure, Scale


def shown_scales(measure: Measure) -> tuple[Scale, ...]:
    """Return the scales that a person's answers are shown by.

    A scale whose items all count in an earlier one (the CSI-4 within the CSI-16) says nothing
    new beside it and is left out; it is still scored and kept.
    """
    shown: list[Scale] = []
    for scale in measure.scales:
        if not any(set(scale.item_keys) <= set(earlier.item_keys) for earlier in shown):
            shown.append(scale)
    return tuple(shown)


def contains(longer: Measure, shorter: Measure) -> bool:
    """Whether answering ``longer`` also gives every score of ``shorter``, another measure."""
    scales = {scale.key for scale in longer.scales}
    return longer.key != shorter.key and all(scale.key in scales for scale in shorter.scales)
